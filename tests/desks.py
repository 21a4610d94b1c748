"""The invented city on the desk of somebody who publishes evidence."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from compiled import compiled
from lxml import html
from PIL import Image
from program import SITE, tree
from shared import once, root

import build


class Desk:
    """The invented city on somebody's desk."""

    def __init__(self, folder: Path, said: pytest.CaptureFixture[str]) -> None:
        self.folder, self.said, self.answers = folder, said, ""
        self.content, self.site = folder / "content", folder / "site"

    @property
    def files(self) -> Path:
        return self.content / "files"

    def run(self, command: str = "build", *more: str) -> tuple[int, str]:
        """Exit status, and what stands on stderr."""
        asked = ["--content", str(self.content), "--cache", str(self.folder / "cache"), "--messages", "en"]
        if command == "build":
            report = str(self.folder / "report.json")
            asked += ["--output", str(self.site), "--no-pdf", "--jobs", "1", "--report", report]
        status = build.main([command, *asked, *more])
        out, err = self.said.readouterr()
        self.answers = out
        return status, err

    def build(self, *more: str) -> dict[str, Any]:
        status, told = self.run("build", *more)
        assert status == 0, told
        return dict(json.loads((self.folder / "report.json").read_text("utf-8")))

    def told(self, *more: str) -> list[str]:
        """What is wrong, without the place of the content folder."""
        status, told = self.run("build", *more)
        assert status == 1
        return told.replace(f"{self.content}/", "").splitlines()[:-1]

    def edit(self, old: str, new: str, unit: str = "zhiyuan") -> None:
        file = self.content / "districts" / f"{unit}.yaml"
        text = file.read_text("utf-8")
        assert text.count(old) == 1
        file.write_text(text.replace(old, new), "utf-8")

    def paint(self, name: str, colour: str, size: tuple[int, int] = (800, 600), **how: Any) -> Path:
        place = self.files / name
        place.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", size, colour).save(place, **how)
        return place

    def rows(self) -> list[dict[str, str]]:
        text = (self.site / "data" / "files.csv").read_text("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def page(self, path: str) -> html.HtmlElement:
        return html.document_fromstring((self.site / path).read_bytes())

    def published(self) -> set[str]:
        return {path for path in tree(self.site) if path.startswith("files/")}


@pytest.fixture
def city_desk(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]) -> Desk:
    """The city after its first build, for each test its own."""

    def first_build(folder: Path) -> None:
        shutil.copytree(SITE, folder / "content")
        compiled(folder / "cache")
        Desk(folder, capsys).build()

    made = once(root(tmp_path_factory) / "desk", first_build)
    return Desk(shutil.copytree(made, tmp_path / "desk"), capsys)
