"""Editions as they are kept: frozen once, never changed, restored byte for byte."""

from __future__ import annotations

import datetime
import io
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from frozen import FILES, FIRST, SECOND, Archive
from program import tree
from test_uptodate import keep_state

import build
from gazette.editions.issues import next_issue
from gazette.editions.registering import register
from gazette.editions.restoring import editions_of, numbers_of, restore
from gazette.files import checksums
from gazette.messages.problems import ContentError
from gazette.reading.loader import load_shared


def codes(error: pytest.ExceptionInfo[ContentError]) -> list[str]:
    return [problem.code for problem in error.value.problems]


# ── freezing ─────────────────────────────────────────────────────────────────


def test_an_edition_holds_what_was_published_and_its_content(fresh: Archive) -> None:
    before = tree(fresh.content)
    done = fresh.freeze(FIRST)
    found = tree(done.folder)
    assert done.folder == fresh.editions / "1" and done.registered.lines > 100
    assert {path.removeprefix("files/"): data for path, data in found.items() if path.startswith("files/")} == {
        **FILES,
        checksums.NAME: found[f"files/{checksums.NAME}"],
    }
    for folder in (done.folder, done.folder / "files"):
        assert (compared := checksums.compare(folder)) and compared.agrees
    assert found["edition.yaml"].decode().splitlines()[:2] == ["number: 1", "date: 2031-10-01"]
    with zipfile.ZipFile(io.BytesIO(found["content.zip"])) as content:
        archived = {name: content.read(name) for name in content.namelist()}
    kept = {path: data for path, data in tree(fresh.content).items() if path.startswith(("register/", "translations/"))}
    (line,) = kept.pop("register/_editions.tsv").decode().splitlines()
    assert line.split("\t") == [
        "edition-1",
        "edition",
        "",
        str(FIRST),
        checksums.digest_of(done.folder / checksums.NAME),
    ]
    assert archived == {**before, **kept}
    assert Counter(path.partition("/")[0] for path in kept) == {"register": 4, "translations": 6}


def test_the_same_day_gives_the_same_bytes(fresh: Archive, tmp_path: Path) -> None:
    other = Archive(tmp_path / "elsewhere")
    assert tree(fresh.freeze(FIRST).folder) == tree(other.freeze(FIRST).folder)


NOON = datetime.datetime(2031, 10, 5, 4, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("day", "now", "told"),
    [
        (datetime.date(2031, 10, 5), NOON, []),
        (datetime.date(2031, 10, 6), NOON, ["edition_ahead"]),
        (datetime.date(2031, 10, 6), NOON + datetime.timedelta(hours=13), []),  # it is tomorrow there
        (datetime.date(2031, 10, 6), datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC), []),  # an invented city
    ],
)
def test_no_edition_is_of_a_day_to_come(
    fresh: Archive, day: datetime.date, now: datetime.datetime, told: list[str]
) -> None:
    found = []
    try:
        assert next_issue(fresh.settings, day, now).day == day
    except ContentError as error:
        found = [problem.code for problem in error.problems]
    assert found == told


def test_the_day_that_was_registered_is_neither_emptied_nor_set_back(fresh: Archive) -> None:
    """Also where there is no edition; one that holds the day itself needs no line."""
    register(fresh.settings, None, NOON)
    place = fresh.content / "register" / "_editions.tsv"
    assert place.read_text("utf-8") == "site\tas_of\t\t2031-10-05\t2031-09-30\n"
    site = fresh.content / "site.yaml"
    text = site.read_text("utf-8")
    for as_of, code in (("", "as_of_unsaid"), (" 2031-09-29", "as_of_behind"), (" 2031-10-01", "")):
        site.write_text(text.replace("as_of: 2031-09-30", f"as_of:{as_of}"), "utf-8")
        opened = load_shared(fresh.content)
        told = [problem.code for problem in opened.diagnostics.problems if problem.code.startswith("as_of")]
        assert told == [code] * bool(code)
    site.write_text(text, "utf-8")
    fresh.freeze(FIRST)
    register(fresh.settings, None, NOON)
    assert place.read_text("utf-8").count("as_of") == 1


def test_numbers_run_on_and_days_do_not_run_back(fresh: Archive) -> None:
    with pytest.raises(ContentError) as told:
        fresh.freeze(datetime.date(2031, 9, 29))
    assert codes(told) == ["edition_before_as_of"] and not fresh.editions.exists()
    assert fresh.freeze(FIRST).number == 1
    before = tree(fresh.content)
    for day, code in ((FIRST, "edition_same_day"), (datetime.date(2031, 9, 30), "edition_early")):
        with pytest.raises(ContentError) as told:
            fresh.freeze(day)
        assert codes(told) == [code]
    assert tree(fresh.content) == before
    assert fresh.freeze(SECOND).number == 2


def test_the_number_and_the_day_in_the_settings_agree_or_are_told(fresh: Archive) -> None:
    settings = fresh.content / "site.yaml"
    text = settings.read_text("utf-8")
    settings.write_text(f"{text}bulletin: {{number: 7, date: 2031-10-01}}\n", "utf-8")
    with pytest.raises(ContentError) as told:
        fresh.freeze(SECOND)
    assert codes(told) == ["edition_date"] and told.value.problems[0].line > 1
    assert fresh.freeze(FIRST).number == 7  # a bulletin that was numbered by hand goes on
    settings.write_text(f"{text}bulletin: {{number: 7}}\n", "utf-8")
    with pytest.raises(ContentError) as told:
        fresh.freeze(SECOND)
    assert codes(told) == ["edition_number"] and dict(told.value.problems[0].values)["expected"] == "8"
    settings.write_text(f"{text}bulletin: {{number: {{zh: 试刊, en: Trial}}}}\n", "utf-8")
    assert fresh.freeze(SECOND).number == 8


def test_nothing_is_frozen_of_content_that_changes_meanwhile_or_of_other_files(fresh: Archive) -> None:
    before = tree(fresh.content)
    with pytest.raises(ContentError) as told:
        fresh.freeze(FIRST, changed=True)
    assert codes(told) == ["edition_content_changed"]
    right = FILES["zh/bulletin.pdf"]
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Path, "write_bytes", lambda place, data, own=Path.write_bytes: own(
                place, b"another" if data == right else data))  # fmt: skip
            with pytest.raises(ContentError) as told:
                fresh.freeze(FIRST)
    finally:
        assert codes(told) == ["edition_stale"]
    assert tree(fresh.content) == before and not fresh.editions.exists()


def test_what_a_killed_command_left_is_no_edition(archive: Archive) -> None:
    (archive.editions / ".new" / "files").mkdir(parents=True)
    (archive.editions / ".new" / "edition.yaml").write_text("number: 3\n")
    assert [edition.number for edition in editions_of(archive.content, None)] == [1, 2]
    assert archive.freeze(datetime.date(2031, 12, 1)).number == 3
    assert not (archive.editions / ".new").exists()


# ── keeping ──────────────────────────────────────────────────────────────────

BULLETIN = "files/zh/bulletin.pdf"
DAMAGES: dict[str, Callable[[Path], object]] = {
    "edition_changed": lambda folder: keep_state(folder / BULLETIN, b"%PDF-1.7 ZH"),
    "edition_missing": lambda folder: (folder / BULLETIN).unlink(),
    "edition_extra": lambda folder: (folder / "files" / "zh" / "more.pdf").write_bytes(b"%PDF"),
    "edition_unlisted": lambda folder: (folder / checksums.NAME).unlink(),
    "edition_list": lambda folder: (folder / checksums.NAME).write_text(
        "what\n" + (folder / checksums.NAME).read_text()
    ),
    "edition_gone": lambda folder: shutil.rmtree(folder),
    "edition_place": lambda folder: folder.rename(folder.with_name("first")),
}


def rewritten(folder: Path) -> None:
    """Another file, with a list of checksums that agrees."""
    (folder / BULLETIN).write_bytes(b"another")
    listed, _ = checksums.read((folder / checksums.NAME).read_text("utf-8"))
    digests = {path: checksums.digest_of(folder / path) for path in listed}
    (folder / checksums.NAME).write_text(checksums.written(digests), "utf-8")


DAMAGES["edition_rewritten"] = rewritten


@pytest.mark.long
@pytest.mark.parametrize("code", DAMAGES)
def test_an_edition_that_was_touched_is_told_by_the_check_and_by_every_build(archive: Archive, code: str) -> None:
    asked = ["--content", str(archive.content), "--cache", str(archive.folder / "cache")]
    site = ["--output", str(archive.folder / "out"), "--no-pdf", "--jobs", "1"]
    assert build.main([*asked, *site]) == 0
    there = tree(archive.folder / "out")
    DAMAGES[code](archive.editions / "1")
    with pytest.raises(ContentError) as told:
        editions_of(archive.content, archive.folder / "cache")
    assert code in codes(told)
    for command in (["check", *asked], [*asked, *site]):
        assert build.main(command) == 1
    assert tree(archive.folder / "out") == there


def test_an_edition_is_restored_byte_for_byte_and_over_nothing(archive: Archive, tmp_path: Path) -> None:
    day = tree(archive.content)
    known = day["register/_editions.tsv"].splitlines(keepends=True)
    day["register/_editions.tsv"] = known[0]  # an edition cannot hold the line that says what its digest is
    place = tmp_path / "then"
    done = restore(archive.content, 2, place)
    assert (done.edition.number, done.files) == (2, len(FILES) + 1)
    assert tree(place / "files") == tree(archive.editions / "2" / "files")
    assert tree(place / "content") == {p: data for p, data in day.items() if not p.startswith("editions/2/")}
    (place / "content" / "site.yaml").write_text("mine")
    before = tree(place)
    with pytest.raises(ContentError) as told:
        restore(archive.content, 1, place)
    assert codes(told) == ["restore_taken"] and tree(place) == before
    with pytest.raises(ContentError) as told:
        restore(archive.content, 9, tmp_path / "nine")
    assert codes(told) == ["edition_unknown"] and not (tmp_path / "nine").exists()
    (archive.editions / "1" / "content.zip").write_bytes(b"PK")
    for number in (1, 2):  # the second would bring the first along
        with pytest.raises(ContentError) as told:
            restore(archive.content, number, tmp_path / "again")
        assert codes(told) == ["edition_changed"] and not (tmp_path / "again").exists()


def test_what_is_no_number_is_no_edition(tmp_path: Path) -> None:
    for name in ("1", "2", "10", "01", "٣", "x", "3.old"):
        (tmp_path / "editions" / name).mkdir(parents=True)
    (tmp_path / "editions" / "4").touch()
    assert numbers_of(tmp_path) == [1, 2, 10] and numbers_of(tmp_path / "1") == []
