"""The two cities that tests look at, the invented one and the real one: each is built once for all modules and workers.

What is built here is read only.
"""

from __future__ import annotations

import datetime
import functools
import shutil
from functools import partial
from pathlib import Path

import pytest
from compiled import compiled
from program import ROOT, SITE, apart, build
from shared import once, root
from whole import Content, open_content

from gazette.building.output import Output
from gazette.building.pipeline import run
from gazette.building.place import output_place
from gazette.building.settings import BuildReport, Settings
from gazette.planning import site_views
from gazette.planning.pages import deadlines, ledger, parts
from gazette.site.views import deadlines as views

BASE = "https://www.example.org/ledger/"
CITIES = {"nowhere": SITE, "wuhan": ROOT / "content"}


@functools.cache
def content(city: str) -> Content:
    """What a city publishes."""
    return open_content(CITIES[city])


def built(folders: pytest.TempPathFactory, city: str) -> Path:
    """The documents and data of a city whose site has an address."""
    return _made(root(folders), f"bulletins-{city}", city, "--only", "pdf,data", "--jobs", "2", "--base-url", BASE)


def carried_tables(data: Path) -> list[str]:
    """The names of the files in a folder of open data that documents carry: each table as CSV and as JSON, but that of
    the files of evidence, which is of use beside these only. What describes the tables stays on the site."""
    names = {path.stem for path in data.glob("*.csv")} - {"files"}
    return sorted(path.name for path in data.iterdir() if path.stem in names and path.suffix in (".csv", ".json"))


def published(folders: pytest.TempPathFactory, city: str) -> Path:
    """A city as it is shipped, without an address; its documents alone are those of the one with an address, since to
    lay them out takes longer than all else."""

    def make(site: Path) -> None:
        build(CITIES[city], site, "--no-pdf", "--jobs", "1", cache=root(folders) / "cache", call=apart)
        documents = built(folders, city)
        for path in documents.rglob("*.pdf"):
            (site / path.relative_to(documents)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, site / path.relative_to(documents))

    return once(root(folders) / f"published-{city}", make)


def in_parts(folders: pytest.TempPathFactory) -> Path:
    """The pages and the data of the invented city, with its ledger in parts."""
    return once(root(folders) / "in-parts", lambda site: build_in_parts(SITE, site, ("pages", "data")))


def vast(folders: pytest.TempPathFactory) -> Path:
    """The pages and the data of the invented city, which list and name as little as if it had thousands of units."""
    return once(root(folders) / "vast", lambda site: build_vast(SITE, site, ("pages", "data")))


def build_vast(content: Path, site: Path, only: tuple[str, ...] = ("pages",)) -> BuildReport:
    """A build in which all is in parts and nothing in lists, on a day on which some pledges are late."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("UNITS_ON_A_SCREEN", "UNITS_IN_A_LINE"):
            patch.setattr(site_views, name, 1)
        patch.setattr(parts, "UNITS_ON_A_PAGE", 1)
        patch.setattr(ledger, "UNITS_NAMED", 1)
        patch.setattr(deadlines, "LISTED", 1)
        patch.setattr(views, "SHORT_LANE", 1)
        return build_in_parts(content, site, only, datetime.date(2033, 1, 1))


def build_in_parts(
    content: Path, site: Path, only: tuple[str, ...] = ("pages",), as_of: datetime.date | None = None
) -> BuildReport:
    """A build whose ledger is in parts of two units each, as if the city were large."""
    cache = compiled(site.with_name(f"{site.name}-cache"))
    settings = Settings(content, ROOT / "templates", cache, only=only, executor="serial", as_of=as_of)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site_views, "IN_PARTS_FROM", 10)
        patch.setattr(parts, "UNITS_IN_A_PART", 2)
        return run(Output(*output_place(site, cache, "site")), settings, lambda _: None, lambda _: "")


@functools.cache
def _made(folder: Path, name: str, city: str, *asked: str) -> Path:
    make = partial(build, CITIES[city], cache=folder / "cache", call=apart)
    return once(folder / name, lambda site: make(site, *asked))
