"""What tests of sheets, briefs and booklets share: a city printed once, and what stands on its paper."""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import cities
import glyphs
import pytest
import yaml

from gazette.pdf.composition.rules import HANGING, hangs

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "tests" / "site"

Build = Callable[..., Path]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder of a city's printed documents, with a base address."""
    return partial(cities.built, tmp_path_factory)


@functools.cache
def texts(content: Path) -> dict[str, Any]:
    """The public units of a content folder by id, as they are written; read only."""
    files = (content / "districts").glob("*.yaml")
    found = {path.stem: yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) for path in files}
    public = {id: unit for id, unit in found.items() if not unit.get("draft")}
    for unit in public.values():
        unit["pledges"] = [pledge for pledge in unit["pledges"] if not pledge.get("draft")]
    return public


def squeezed(text: str) -> str:
    """A text without what setting it in lines changes: spaces, hyphens, the links of Markdown."""
    return re.sub(r"[\s\u00ad\u200b\u2010-]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text))


def shown(file: Path) -> str:
    """The text of a document, without what setting it in lines changes."""
    return squeezed("".join(glyphs.texts(file)))


@functools.cache
def words() -> Any:
    """The words of the interface, as they are written."""
    return yaml.load((ROOT / "content" / "words.yaml").read_text("utf-8"), yaml.CSafeLoader)


MM = 72 / 25.4
PAPER = (14 * MM, 10 * MM, (210 - 14) * MM, (297 - 11) * MM)
"""The narrowest margins of what is printed on one page: left, lower, right and upper edge in points."""


def inside(file: Path) -> None:
    """Every character, rule, frame and mark stands inside the margins, and no letter is smaller than 9 pt."""
    (page,), (drawn,) = glyphs.pages(file), glyphs.marks(file)
    assert len(page) > 100 and len(drawn) > 3
    left, low, right, high = PAPER
    for glyph in page:
        hanging = HANGING * glyph.size if hangs(glyph.text) else 0
        assert left - 0.6 <= glyph.x and glyph.right - hanging <= right + 0.6 and low <= glyph.y <= high, glyph
        assert glyph.size >= 8.99, glyph
    for mark in drawn:
        assert left - 0.6 <= mark.left and mark.right <= right + 0.6 and low <= mark.low and mark.high <= high + 0.6, (
            mark
        )


def rows(folder: Path) -> list[dict[str, str]]:
    """The table of pledges as the site hands it out."""
    found = [*csv.DictReader((folder / "data" / "pledges.csv").read_text("utf-8-sig").splitlines())]
    assert found, folder
    return found


def word(name: str, code: str) -> str:
    found = words()
    for step in name.split("."):
        found = found[step]
    return squeezed(str(found[code]))


DAY = {"zh": "2031年9月30日", "en": "30September2031"}
"""The date that the made-up city's states are measured against."""
