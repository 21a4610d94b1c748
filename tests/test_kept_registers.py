"""Registers and editions know of each other: neither loses anything while the other is there."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from frozen import FIRST, SECOND, Archive

import build
from gazette.files import checksums
from gazette.files.cache import Cache
from gazette.messages.catalogue import catalogue
from gazette.reading.loader import check_all_units, load_shared


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of the invented city with two editions."""
    archive = Archive(tmp_path_factory.mktemp("kept"))
    archive.freeze(FIRST)
    archive.edit("yinghuo", "en: Turn the lights off at night", "en: Dim the lights at night")
    reason = "kind: correction, reason: {zh: 译得不准。, en: It was ill translated.}"
    title = "{zh: 夜里关灯, en: Turn the lights off at night}"
    archive.edit(
        "yinghuo",
        "    done_when",
        f"    revisions: [{{date: 2031-09-29, {reason}, was: {{title: {title}}}}}]\n    done_when",
    )
    archive.freeze(SECOND)
    return archive.content


@pytest.fixture
def content(frozen: Path, tmp_path: Path) -> Iterator[Path]:
    shutil.copytree(frozen, tmp_path / "content", symlinks=True)
    yield tmp_path / "content"


def told(content: Path) -> list[tuple[str, str]]:
    """What is told of a content folder: which file, and with which message."""
    opened = load_shared(content, cache=Cache(content.parent / "cache", "any"))
    check_all_units(opened)
    found = sorted(opened.diagnostics.problems)
    assert all(problem.message("zh") and problem.message("en") for problem in found)
    return [(str(Path(problem.path).relative_to(content)), problem.code) for problem in found]


def _without_register(content: Path) -> None:
    shutil.rmtree(content / "register")


def _without_lines(content: Path) -> None:
    place = content / "register" / "yinghuo.tsv"
    lines = place.read_text("utf-8").splitlines(keepends=True)
    place.write_text("".join(line for line in lines if "2031-10-01" not in line), "utf-8")


def _without_last_edition(content: Path) -> None:
    shutil.rmtree(content / "editions" / "2")


def _without_editions(content: Path) -> None:
    shutil.rmtree(content / "editions")


def _with_another_edition(content: Path) -> None:
    folder = content / "editions" / "2"
    changes = folder / "changes.json"
    changes.write_text("[]\n", "utf-8")
    listed, _ = checksums.read((folder / checksums.NAME).read_text("utf-8"))
    listed["changes.json"] = checksums.digest_of(changes)
    (folder / checksums.NAME).write_text(checksums.written(listed), "utf-8")


def _without_register_of_editions(content: Path) -> None:
    shutil.rmtree(content / "editions" / "2")
    (content / "register" / "_editions.tsv").unlink()


def _with_an_empty_register_of_editions(content: Path) -> None:
    _without_register_of_editions(content)
    (content / "register" / "_editions.tsv").write_bytes(b"\n")


UNITS = ("dengmi", "wuyu-gang", "yinghuo", "zhiyuan")
LOSSES: dict[Callable[[Path], None], list[tuple[str, str]]] = {
    _without_register: [
        *[("register/_editions.tsv", "edition_unregistered")] * 2,
        *((f"register/{name}.tsv", "register_gone") for name in ("_editions", *UNITS)),
    ],
    _without_register_of_editions: [("register/_editions.tsv", "edition_unregistered")],
    _with_an_empty_register_of_editions: [("register/_editions.tsv", "edition_unregistered")],
    _without_lines: [("register/yinghuo.tsv", "register_lost")],
    _without_last_edition: [("editions/2", "edition_lost")],
    _without_editions: [("editions/1", "edition_lost"), ("editions/2", "edition_lost")],
    _with_another_edition: [("editions/2", "edition_replaced")],
}


@pytest.mark.parametrize("lose", LOSSES, ids=lambda lose: lose.__name__.strip("_"))
def test_what_is_lost_is_told_each_time(content: Path, lose: Callable[[Path], None]) -> None:
    assert told(content) == []
    lose(content)
    assert told(content) == told(content) == LOSSES[lose]


def test_an_edition_without_a_line_is_registered_again(content: Path) -> None:
    place = content / "register" / "_editions.tsv"
    before = place.read_bytes()
    place.write_bytes(before.splitlines(keepends=True)[0])
    assert told(content) == [("register/_editions.tsv", "edition_unregistered")]
    assert build.main(["register", "--content", str(content), "--at", str(SECOND)]) == 0
    assert place.read_bytes() == before and told(content) == []


def test_a_register_that_was_merged_is_right(content: Path) -> None:
    """Whatever the order of its lines, however often they are there, and from whichever day on."""
    place = content / "register" / "yinghuo.tsv"
    text = place.read_text("utf-8").replace("2031-11-01", "2031-10-20")
    lines = text.splitlines()
    place.write_bytes("\r\n".join([*sorted(lines, reverse=True), *lines, ""]).encode())
    assert told(content) == []


def test_the_messages_say_where_what_is_lost_can_be_found() -> None:
    for language in ("zh", "en"):
        words = catalogue(language).problems
        assert all("{archive}" in words[code] for code in ("register_gone", "register_lost"))
