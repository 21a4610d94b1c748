"""Registers and editions know of each other: neither loses anything while the other is there."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from clerks import Said
from frozen import FIRST, SECOND, Archive
from program import ROOT, SITE, tree

import build
from gazette.files import checksums
from gazette.files.cache import Cache
from gazette.messages.catalogue import catalogue
from gazette.reading.loader import check_all_units, load_shared

PAGES = "published/yinghuo.tsv"


def _page(language: str, first: str = "10-01", last: str = "10-09", shown: str = "a") -> str:
    """The record of publication of a unit's page."""
    moments = (f"2031-{day}T09:00+08:00" for day in (first, last))
    return "\t".join((f"{language}/districts/yinghuo.html", *moments, 16 * shown)) + "\n"


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
    (archive.content / "published").mkdir()
    (archive.content / PAGES).write_text("".join(map(_page, ("zh", "en"))), "utf-8")
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


def _without_translations(content: Path) -> None:
    shutil.rmtree(content / "translations")


def _without_lines_of_translations(content: Path) -> None:
    place = content / "translations" / "_shared.tsv"
    place.write_text("".join(place.read_text("utf-8").splitlines(keepends=True)[1:]), "utf-8")


def _without_publications(content: Path) -> None:
    (content / PAGES).unlink()


def _without_a_page(content: Path) -> None:
    (content / PAGES).write_text(_page("zh"), "utf-8")


def _first_published_later(content: Path) -> None:
    (content / PAGES).write_text(_page("zh") + _page("en", first="10-02"), "utf-8")


def _last_changed_earlier(content: Path) -> None:
    (content / PAGES).write_text(_page("zh") + _page("en", last="10-08", shown="b"), "utf-8")


def _settings(content: Path, line: str) -> None:
    place = content / "site.yaml"
    place.write_text(re.sub("(?m)^as_of:.*$", line, place.read_text("utf-8")), "utf-8")


def _without_as_of(content: Path) -> None:
    _settings(content, "as_of:")


def _with_no_line_of_as_of(content: Path) -> None:
    _settings(content, "")


def _with_an_earlier_as_of(content: Path) -> None:
    _settings(content, "as_of: 2031-09-29")


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
    _without_translations: [(f"translations/{name}.tsv", "records_gone") for name in ("_notices", "_shared", *UNITS)],
    _without_lines_of_translations: [("translations/_shared.tsv", "records_lost")],
    _without_publications: [(PAGES, "publications_gone")],
    _without_a_page: [(PAGES, "publications_lost")],
    _first_published_later: [(PAGES, "publications_lost")],
    _last_changed_earlier: [(PAGES, "publications_lost")],
    _without_as_of: [("site.yaml", "as_of_gone")],
    _with_no_line_of_as_of: [("site.yaml", "as_of_gone")],
    _with_an_earlier_as_of: [("site.yaml", "as_of_back")],
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


def test_the_next_publication_moves_the_dates(content: Path) -> None:
    """That pages changed since, and that others were added, takes nothing from what the edition has kept."""
    moved = (_page("zh"), _page("en", last="11-02", shown="b"), _page("zh").replace("districts", "sheets"))
    (content / PAGES).write_text("".join(moved), "utf-8")
    assert told(content) == []


def test_the_messages_say_where_what_is_lost_can_be_found() -> None:
    for language in ("zh", "en"):
        words = catalogue(language).problems
        codes = [f"{kind}_{what}" for kind in ("register", "records", "publications") for what in ("gone", "lost")]
        assert all("{archive}" in words[code] for code in codes)


# ── without an edition ───────────────────────────────────────────────────────


def _without(*names: str) -> Callable[[Path], None]:
    def lose(content: Path) -> None:
        for name in names:
            (content / "translations" / f"{name}.tsv").unlink()

    return lose


def _empty(content: Path) -> None:
    (content / "translations" / "dengmi.tsv").write_bytes(b"\n")


@pytest.mark.parametrize(
    ("lose", "lost"),
    [
        (_without_translations, ["_notices", "_shared", *UNITS]),
        (_without("zhiyuan"), ["zhiyuan"]),
        (_without("_shared"), ["_shared"]),
        (_without("_notices"), ["_notices"]),
        (_empty, ["dengmi"]),
    ],
)
def test_a_register_says_that_there_were_records_of_translations(
    lose: Callable[[Path], None], lost: list[str], registered_city: Path, tmp_path: Path
) -> None:
    content = tmp_path / "content"
    shutil.copytree(registered_city, content, symlinks=True)
    assert told(content) == []
    lose(content)
    assert told(content) == [(f"translations/{name}.tsv", "translations_gone") for name in lost]
    names = ("site", "notices", *UNITS)
    assert build.main(["translations", "--content", str(content), *(f"--reviewed={name}" for name in names)]) == 0
    assert told(content) == []


def test_a_city_that_was_registered_in_one_language_had_none(registered_city: Path, tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(registered_city, content, symlinks=True)
    _without_translations(content)
    for place in (content / "register").glob("*.tsv"):
        lines = place.read_text("utf-8").splitlines(keepends=True)
        place.write_text("".join(line for line in lines if line.split("\t")[2] != "en"), "utf-8")
    assert told(content) == []


# ── the day of registering ───────────────────────────────────────────────────


def test_nothing_is_registered_of_a_day_on_which_it_was_not_public(content: Path, capsys: Said) -> None:
    """The invented city is of days to come, of which the clock says nothing; what it has frozen says enough."""
    before = tree(content)
    for day, expected in (
        ("2031-01-14", "the edition of 2031-11-01 holds everything that was public then"),
        ("2031-10-31", "the edition of 2031-11-01 holds everything that was public then"),
    ):
        assert build.main(["register", "--content", str(content), "--at", day, "--messages", "en"]) == 1
        said = capsys.readouterr().err
        assert expected in said and f"public on {day}" in said and tree(content) == before
    assert build.main(["register", "--content", str(content), "--at", "2031-11-01"]) == 0


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2031-01-14", "the states on the site are those of 2031-09-30 (as_of)"),
        ("2031-09-29", "the states on the site are those of 2031-09-30 (as_of)"),
    ],
)
def test_the_day_of_a_first_registration(day: str, expected: str, tmp_path: Path, capsys: Said) -> None:
    content = tmp_path / "content"
    shutil.copytree(SITE, content)
    assert build.main(["register", "--content", str(content), "--at", day, "--messages", "en"]) == 1
    assert expected in capsys.readouterr().err and not (content / "register").exists()


def test_a_day_to_come_and_one_before_the_last(tmp_path: Path, capsys: Said) -> None:
    """Of a city whose settings are not of days to come themselves."""
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    _settings(content, "as_of: 2026-06-01")
    arguments = ["register", "--content", str(content), "--messages", "en", "--at"]
    assert build.main([*arguments, "2999-01-01"]) == 1
    assert "the content cannot have become public on 2999-01-01: today is 2" in capsys.readouterr().err
    assert build.main([*arguments, "2026-06-03"]) == 0
    assert build.main([*arguments, "2026-06-02"]) == 1
    assert "everything public up to 2026-06-03 is registered already" in capsys.readouterr().err
