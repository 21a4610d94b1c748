"""A city whose pages are published, in this process, with the moments that they state."""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from edits import City, first_build
from shared import once, root

from gazette.building.database.reader import shown_pages
from gazette.building.opening import open_cache, open_content
from gazette.building.output import Output
from gazette.building.pipeline import run
from gazette.building.place import OutputPlace, output_place
from gazette.building.settings import BuildReport, Settings
from gazette.editions.publications import publication_records, write_publication_records
from gazette.model.records.publications import moment_text
from gazette.reading.published.publications import parse_publications

FIRST = datetime.datetime(2031, 10, 1, 1, 14, 7, tzinfo=datetime.UTC)
SECOND, THIRD = FIRST + datetime.timedelta(days=30), FIRST + datetime.timedelta(days=61)
TEXT = {FIRST: "2031-10-01T09:14+08:00", SECOND: "2031-10-31T09:14+08:00", THIRD: "2031-12-01T09:14+08:00"}
KINDS = ("pages", "data", "exports", "pictures", "search")

_STATED = re.compile(r'<p class="dates">.*?</p>')
_TIME = re.compile(r'datetime="([^"]*)"')


class PublishedCity(City):
    """The small city, which has an address, and its publications."""

    @property
    def place(self) -> OutputPlace:
        return output_place(self.site, self.folder / "cache", "site")

    def settings(self, moment: datetime.datetime | None) -> Settings:
        asked = {"as_of": datetime.date.fromisoformat(self.as_of[0]), "published_at": moment, "only": KINDS}
        base = self.base[1] if self.base else None
        return Settings(self.content, self.templates, self.folder / "cache", base_url=base, **asked)  # type: ignore[arg-type]

    def made(self, moment: datetime.datetime | None = None) -> BuildReport:
        """What a build does, for a publication where there is a moment."""
        return run(Output(*self.place), self.settings(moment), lambda _: None, lambda _: "")

    def record(self, moment: datetime.datetime) -> int:
        """What is built is public from this moment on. Returns how many pages have another record than before."""
        settings = self.settings(None)
        opened = open_content(settings, open_cache(settings))
        records = publication_records(opened, shown_pages(self.place.database), moment)
        return write_publication_records(opened, records)

    def publish(self, moment: datetime.datetime) -> BuildReport:
        report = self.made(moment)
        self.record(moment)
        return report

    def records(self, name: str) -> dict[str, tuple[str, str]]:
        """Both dates of each page, as a file of records has them."""
        file = self.content / "published" / f"{name}.tsv"
        found = parse_publications(file.name, file.read_text("utf-8"))
        return {path: (moment_text(each.first), moment_text(each.last)) for path, each in found.items()}

    def dates(self, path: str) -> tuple[str, ...]:
        """The moments that a page states to its readers."""
        stated = _STATED.findall((self.site / path).read_text("utf-8"))
        return tuple(_TIME.findall("".join(stated)))

    def moved(self, moment: datetime.datetime) -> set[str]:
        """The pages whose last change was at this moment, in all records."""
        found = [self.records(file.stem) for file in sorted((self.content / "published").glob("*.tsv"))]
        return {path for records in found for path, (_, last) in records.items() if last == TEXT[moment]}


BASE = "https://example.org/x/"


@pytest.fixture
def unpublished(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> PublishedCity:
    """The small city as it is after its first build, for each test its own."""
    return PublishedCity(shutil.copytree(first_build(tmp_path_factory), tmp_path / "city", symlinks=True))


@pytest.fixture
def dated(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> PublishedCity:
    """The small city, which has an address and was published for the first time, for each test its own."""
    make: Callable[[Path], None] = partial(_published, first_build(tmp_path_factory))
    first = once(root(tmp_path_factory) / "dated-city", make)
    city = PublishedCity(shutil.copytree(first, tmp_path / "city", symlinks=True))
    city.base = ["--base-url", BASE]
    return city


def _published(first: Path, folder: Path) -> None:
    city = PublishedCity(shutil.copytree(first, folder, symlinks=True))
    city.base = ["--base-url", BASE]
    city.replace("content/site.yaml", "site_code: none", "site_code: 4201000001")  # the site of a public body
    city.publish(FIRST)
