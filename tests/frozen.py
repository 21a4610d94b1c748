"""Editions for tests: a content folder whose editions are frozen from given files, without a build."""

from __future__ import annotations

import datetime
import hashlib
import shutil
from pathlib import Path

import pytest
from compiled import compiled
from program import ROOT, SITE

from gazette.building.settings import Settings
from gazette.editions.freezing import BuiltFile, FrozenEdition, freeze
from gazette.editions.issues import next_issue

FILES = {
    "zh/bulletin.pdf": b"%PDF-1.7 zh",
    "en/bulletin.pdf": b"%PDF-1.7 en",
    "zh/sheets/dengmi.pdf": b"%PDF-1.7 sheet",
    "data/pledges.csv": b"id\r\ndengmi-1\r\n",
}
"""Some files of a site, as short as can be."""

FIRST, SECOND = datetime.date(2031, 10, 1), datetime.date(2031, 11, 1)


class Archive:
    """A content folder in `folder`, of which editions are made."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.content = folder / "content"
        if not self.content.exists():
            shutil.copytree(SITE, self.content)
        self.settings = Settings(self.content, ROOT / "templates", compiled(folder / "cache"))

    @property
    def editions(self) -> Path:
        return self.content / "editions"

    def freeze(self, day: datetime.date, changed: bool = False) -> FrozenEdition:
        """An edition of a day, of `FILES`; as if the content had `changed` meanwhile."""
        built = self.folder / "built"
        for path, data in FILES.items():
            (built / path).parent.mkdir(parents=True, exist_ok=True)
            (built / path).write_bytes(data)
        files = {path: BuiltFile(built / path, hashlib.sha256(data).hexdigest()) for path, data in FILES.items()}
        issue = next_issue(self.settings, day, datetime.datetime(2999, 1, 1, tzinfo=datetime.UTC))
        return freeze(self.settings, issue, files, lambda: not changed)

    def edit(self, unit: str, old: str, new: str) -> None:
        file = self.content / "districts" / f"{unit}.yaml"
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")

    def reopen(self) -> None:
        """Something that went back: an accepted pledge is reopened."""
        sheet = "          - title: {zh: 验收单, en: Acceptance sheet}\n"
        self.edit("dengmi", sheet, f"{sheet}{REOPENED}")


REOPENED = """      - date: 2031-09-12
        state: reopened
        text: {zh: 锅炉又点火了。, en: The boiler was lit again.}
        reason: {zh: 居民反映。, en: A resident said so.}
        deadline: 2032-01
"""


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The invented city with two editions, between which a pledge was reopened; read only."""
    archive = Archive(tmp_path_factory.mktemp("editions"))
    archive.freeze(FIRST)
    archive.reopen()
    archive.freeze(SECOND)
    return archive


@pytest.fixture
def archive(kept: Archive, tmp_path: Path) -> Archive:
    """The same in a folder of its own, with what is remembered."""
    shutil.copytree(kept.content, tmp_path / "content")
    return Archive(tmp_path)


@pytest.fixture
def fresh(tmp_path: Path) -> Archive:
    """The invented city without an edition."""
    return Archive(tmp_path)
