"""The printed editions of a city, read as they are on paper, beside what they were made from."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import cities
import glyphs
from pypdf import PdfReader
from whole import Content

from gazette.rendering.formats import date_as_written
from gazette.site.routes import PARALLEL


class Printed:
    """An edition of a city as it was printed."""

    def __init__(self, city: str, file: Path, data: Path) -> None:
        self.city, self.file, self.reader = city, file, PdfReader(file)
        self.content: Content = cities.content(city)
        self.pages = list(glyphs.pages(file))
        self.texts = [re.sub(r"—\d+—", "", squeezed(page)) for page in glyphs.texts(file)]
        self.rows = _rows(data / "pledges.csv")
        files = _rows(data / "files.csv") if (data / "files.csv").exists() else []
        self.pictures = [row for row in files if row["file_kind"] == "picture"]

    @property
    def text(self) -> str:
        return "".join(self.texts)

    @property
    def languages(self) -> tuple[str, ...]:
        own = self.file.parent.name
        return (own,) if own in ("zh", "en") else ("zh", "en")

    def word(self, name: str, code: str) -> str:
        return squeezed(self.content.content.words[name][code])

    @property
    def shows_pictures(self) -> bool:
        """Whether a picture has its words below it. In all languages at once only its title stands there, and a step
        says what it rests on in full."""
        return self.file.name != PARALLEL

    def told_in_order(self, some: Iterable[Any]) -> list[Any]:
        """Evidence in the order in which it is told: the line of its step comes before the pictures below."""
        shown = {row["title_zh"] for row in self.pictures} if self.shows_pictures else set()
        return sorted(some, key=lambda each: each.title["zh"] in shown)

    def date(self, day: Any, code: str) -> str:
        locale = next(each.locale for each in self.content.content.site.languages if each.code == code)
        return squeezed(date_as_written(day.isoformat(), "long", locale))


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as table:
        return list(csv.DictReader(table))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad-]", "", text)


@cache
def read(city: str, folder: Path, edition: str) -> Printed:
    return Printed(city, folder / edition, folder / "data")
