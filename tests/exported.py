"""The invented city with its open data in further forms, at no address and at one of its own: built once, read only."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from compiled import compiled
from program import SITE
from shared import once, root

import build

BASE = "https://example.org:8443/promises/"
KINDS = ("pages", "data", "exports")


def made(folder: Path, content: Path, *more: str) -> Path:
    """The site of a content folder, without documents."""
    asked = ["--content", str(content), "--output", str(folder / "site"), "--cache", str(compiled(folder / "cache"))]
    assert build.main([*asked, "--only", ",".join(KINDS), "--jobs", "1", "--messages", "en", *more]) == 0
    return folder / "site"


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented city, at no address."""
    return once(root(tmp_path_factory) / "plain", lambda folder: made(folder, SITE)) / "site"


@pytest.fixture(scope="session")
def addressed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same at an address of its own."""
    return once(root(tmp_path_factory) / "addressed", lambda folder: made(folder, SITE, "--base-url", BASE)) / "site"


def said(site: Path, table: str) -> list[dict[str, Any]]:
    return list(json.loads((site / "data" / f"{table}.json").read_text("utf-8"))[table])


def calendar(site: Path, code: str) -> Any:
    """The calendar of a language, as `icalendar` reads it."""
    from icalendar import Calendar

    return Calendar.from_ical((site / code / "deadlines.ics").read_bytes())


def rows_of(path: Path, sheet: int = 0) -> list[list[Any]]:
    """The rows of a sheet of a workbook, from 0."""
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(path).get_sheet_by_index(sheet).to_python(skip_empty_area=False)
