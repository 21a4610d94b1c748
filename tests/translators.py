"""An office that has its translations made: the table that it gives away, and what it gets back."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from clerks import Clerk, Rows, Said, columns, difference, edit
from program import run

SHEET = "中文 → English"
OLD, NEW = (
    "text: {zh: 已开工5座。, en: Work has begun on five.}",
    "text: {zh: 已开工6座。, en: Work has begun on five.}",
)
STALE = "zhiyuan zhiyuan-1.updates.2031-03-01-under-way.text"

DRAFT = """\
draft: true
name: {zh: 云州区, en: Yunzhou District}
short: {zh: 云州}
kind: district
order: 7
summary:
  zh: |
    第一段。

    见[灯笼](term:denglong)。
  en:
pledges:
  - id: yunzhou-1
    title:
      zh: 修桥
    text:
      zh: 该区修桥一座。
      en: # to come
    updates:
      - {date: 2031-05-01, text: {zh: 已开工。, en: }}
      - {date: 2031-05-01, text: {zh: 已停工。}}
"""
MISSING = {
    "yunzhou.short": "Yunzhou",
    "yunzhou.summary": "One.\n\nSee the [lantern](term:denglong).",
    "yunzhou-1.title": "Build: a bridge",
    "yunzhou-1.text": "The district builds a bridge.",
    "yunzhou-1.updates.2031-05-01.text": "Begun.",
    "yunzhou-1.updates.2031-05-01.text#2": "Stopped.",
}


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented city with the records of its translations, which registering makes; nothing of it is public, so
    that texts may change without a reason."""
    clerk = Clerk(tmp_path_factory.mktemp("translators"))
    assert clerk.run("register", "--at", "2031-10-01") == 0
    shutil.rmtree(clerk.content / "register")
    return clerk.content


@pytest.fixture
def agency(registered: Path, clerk: Clerk) -> Clerk:
    """Somebody in that city whose colleague has changed a text and not its translation."""
    shutil.rmtree(clerk.content)
    shutil.copytree(registered, clerk.content, symlinks=True)
    edit(clerk, OLD, NEW, "zhiyuan.yaml")
    return clerk


def table(clerk: Clerk, *more: str, language: str = "en") -> Clerk:
    clerk.book.unlink(missing_ok=True)
    assert clerk.run("translations", "table", str(clerk.book), *more, language=language) == 0
    return clerk


def fill(clerk: Clerk, text: str, sheet: str = SHEET, /, **cells: Any) -> None:
    """Somebody writes into the row of a text."""

    def change(rows: Rows) -> None:
        places = columns(rows)
        (row,) = (row for row in rows[2:] if row[places["key"]] == text)
        for name, value in cells.items():
            row[places[name]] = value

    clerk.fill_in(sheet, change)


def kept(clerk: Clerk) -> dict[str, bytes]:
    """The files of the units, and the records of their translations."""
    records = {f"translations/{path.name}": path.read_bytes() for path in (clerk.content / "translations").glob("*")}
    return clerk.files() | records


def imported(clerk: Clerk) -> list[str]:
    """What an import that must succeed changes in the files of the units; a second one changes nothing."""
    before = clerk.files()
    assert clerk.run("import", str(clerk.book), "--yes") == 0
    after = kept(clerk)
    assert clerk.run("import", str(clerk.book), "--yes") == 0
    assert kept(clerk) == after and clerk.run("check") == 0
    return difference(before, clerk.files())


def told(clerk: Clerk, capsys: Said) -> list[str]:
    """What is told of a table that must be refused, without the path."""
    before = kept(clerk)
    capsys.readouterr()
    assert clerk.run("import", str(clerk.book), "--yes") == 1
    lines = capsys.readouterr().err.splitlines()
    assert kept(clerk) == before and lines[-1].startswith("Nothing was written")
    return [line.removeprefix(f"{clerk.book} ") for line in lines[:-2]]


def listed(clerk: Clerk) -> list[str]:
    return run("translations", content=clerk.content).stdout.splitlines()
