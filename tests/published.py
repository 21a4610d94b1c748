"""The sites that tests look at as a visitor finds them: fixtures, and what several modules read of a built site."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import cities
import pytest
from program import tree

LANGUAGES = {"zh": "zh-Hans", "en": "en"}


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented city, built with everything; read only."""
    return cities.published(tmp_path_factory, "nowhere")


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real city, built with everything; read only."""
    return cities.published(tmp_path_factory, "wuhan")


@pytest.fixture(scope="session", params=["small", "real"])
def published(request: pytest.FixtureRequest) -> Path:
    """The invented city, and the real one: what every site must keep."""
    return Path(request.getfixturevalue(request.param))


def is_door(page: Path, folder: Path) -> bool:
    """Whether a page has no frame: those at the root, and those for what is not found."""
    return page.parent == folder or page.name == "404.html"


def pages(folder: Path) -> list[Path]:
    found = sorted(folder.rglob("*.html"))
    assert len(found) > 30, folder
    return found


OF_TOOLS = (
    *(".woff2", ".jpg", ".pdf", ".xlsx"),
    *("data/files.csv", "data/files.json", "data/datapackage.json", "data/catalog.jsonld"),
)


def text_files(folder: Path) -> dict[str, bytes]:
    """All but fonts, pictures and documents, whose bytes belong to the tools, and what has their checksums."""
    found = {path: data for path, data in tree(folder).items() if not path.endswith(OF_TOOLS)}
    if sums := found.get("sha256sums.txt"):
        lines = sums.splitlines(keepends=True)
        of_tools = tuple(f"{ending}\n".encode() for ending in OF_TOOLS)
        found["sha256sums.txt"] = b"".join(line for line in lines if not line.endswith(of_tools))
    return found


def rows(site: Path, name: str) -> list[dict[str, str]]:
    """A table of the open data."""
    data = (site / "data" / f"{name}.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") and b"\r\n" in data
    found = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert found, name
    return found
