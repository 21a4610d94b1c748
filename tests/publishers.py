"""A small city that is published."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from compiled import compiled
from cut_down import cut_down, one_unit
from program import Done, run
from shared import once, root

DAY = "2031-10-01T09:00"
ZONE = "Asia/Shanghai"
"""That of the city, by whose clock it is published."""

DESTINATIONS = """portal:
  kind: folder
  path: ../public
  keep: 3
"""


UPDATE = """    source: {section: 萤火新区}
    updates:
      - date: 2031-09-20
        state: under-way
        text: {zh: 已开始关灯。, en: Lights are being turned off.}
        evidence:
          - title: {zh: 通告, en: Notice}
            url: https://example.org/notice
            date: 2031-09-20"""
"""A first report on the pledge of the zone."""


class Office:
    """A small city in `folder` that is published to a folder beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.content, self.public = folder, folder / "content", folder / "public"

    def publish(self, *more: str, name: str = "portal", at: str = DAY, judged: bool = False, zone: str = ZONE) -> Done:
        """The command, which finds what was built before. Where documents are not `judged` it finds no Java, which
        would take longer than all else."""
        asked = ("publish", name, *self.places(), "--at", at, *more)
        return run(*asked, content=self.content, env={"TZ": zone, **({} if judged else {"PATH": ""})})

    def places(self) -> tuple[str, ...]:
        folders = {"output": "output", "cache": "cache", "signed": "signed", "templates": "templates"}
        return tuple(part for option, name in folders.items() for part in (f"--{option}", str(self.folder / name)))

    def edit(self, old: str, new: str, file: str = "districts/yinghuo.yaml") -> None:
        place = self.content / file
        text = place.read_text("utf-8")
        assert old in text
        place.write_text(text.replace(old, new, 1), "utf-8")

    @property
    def current(self) -> Path:
        return self.public / "current"


def _prepare(folder: Path) -> None:
    """The city with one unit, next to nothing in its documents, and its settings filled in; built once."""
    one_unit(folder / "content")
    cut_down(folder / "templates")
    site = folder / "content" / "site.yaml"
    site.write_text(re.sub("(?m)^base_url:.*", "base_url: http://nowhere.example/", site.read_text("utf-8")), "utf-8")
    (folder / "content" / "publish.yaml").write_text(DESTINATIONS, "utf-8")
    shutil.rmtree(folder / "content" / "register", ignore_errors=True)
    compiled(folder / "cache")
    done = Office(folder).publish("--dry-run")
    assert done.returncode == 0, done.stderr


@pytest.fixture
def publisher(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Such a city, built and not published yet."""
    made = once(root(tmp_path_factory) / "office", _prepare)
    shutil.copytree(made, tmp_path / "office", symlinks=True, copy_function=shutil.copy2)
    return Office(tmp_path / "office")
