"""A city that was published, and somebody who edits it afterwards."""

from __future__ import annotations

import datetime
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from program import ROOT, SITE, run

from gazette.building.opening import open_content
from gazette.building.settings import Settings
from gazette.editions.registering import new_registers, write_registers
from gazette.files.cache import NO_CACHE

DAY = datetime.date(2031, 6, 1)
TEXTS = {"zh": "因测算有误。", "en": "It had been worked out wrongly."}
WHO = {"zh": "某组", "en": "Some body"}


@pytest.fixture(scope="module")
def registered_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented registered_city, published on a day."""
    content = tmp_path_factory.mktemp("register") / "content"
    shutil.copytree(SITE, content)
    register_on(content, DAY)
    return content


def register_on(content: Path, day: datetime.date) -> None:
    """What a city states is registered as if it had been public on a day, whatever days it tells of."""
    opened = open_content(Settings(content, ROOT / "templates", content / "no-cache"), NO_CACHE)
    write_registers(opened, new_registers(opened, day))


class Edited:
    """A copy of a published city in which a unit's file is amended."""

    def __init__(self, registered_city: Path, folder: Path) -> None:
        self.content = folder / "content"
        shutil.copytree(registered_city, self.content, symlinks=True)

    def path(self, unit: str) -> Path:
        return self.content / "districts" / f"{unit}.yaml"

    def read(self, unit: str) -> dict[str, Any]:
        return dict(yaml.load(self.path(unit).read_text("utf-8"), yaml.CBaseLoader))

    def write(self, unit: str, value: dict[str, Any]) -> None:
        self.path(unit).write_text(json.dumps(value, ensure_ascii=False, indent=1, default=str), "utf-8")

    def told(self) -> list[str]:
        done = run("check", content=self.content)
        assert "Traceback" not in done.stderr
        lines = done.stderr.splitlines()[:-1]
        assert (done.returncode == 0) == (not lines)
        return [line.partition(": ")[2] for line in lines]


@pytest.fixture
def amended(registered_city: Path, tmp_path: Path) -> Edited:
    return Edited(registered_city, tmp_path)
