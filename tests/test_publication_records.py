"""The records of publication: lines that are right in any order and number, and what a publication writes."""

from __future__ import annotations

import datetime
import random
import subprocess
from pathlib import Path

import pytest
from dates import FIRST, SECOND, TEXT, PublishedCity
from edits import UNITS
from frozen import FIRST as DAY
from frozen import Archive
from hypothesis import given
from hypothesis import strategies as st

from gazette.building.database.reader import shown_pages
from gazette.building.opening import open_cache, open_content
from gazette.editions.publications import publication_records, write_publication_records
from gazette.editions.restoring import restore
from gazette.messages.problems import ContentError
from gazette.model.records.publications import Publication, joined, moment_of, published
from gazette.reading.published.publications import format_publications, parse_publications

ROOT = Path(__file__).resolve().parent.parent
DIGESTS = st.text("abcXYZ019+/", min_size=16, max_size=16)
MOMENTS = st.builds(
    lambda minutes, zone: moment_of(FIRST + datetime.timedelta(minutes=minutes), zone),
    st.integers(0, 5),
    st.sampled_from(["Asia/Shanghai", "UTC", "America/St_Johns"]),
)
RECORDS = st.builds(
    lambda moments, shown: Publication(min(moments), max(moments), shown),
    st.lists(MOMENTS, min_size=2, max_size=2),
    st.frozensets(DIGESTS, min_size=1, max_size=2),
)
KNOWN = Publication(moment_of(FIRST, "UTC"), moment_of(SECOND, "UTC"), frozenset(["abcdefghijklmnop"]))
LINES = st.lists(
    st.tuples(st.sampled_from(["zh/index.html", "en/feed.xml", "zh/pledges/a-1.html"]), RECORDS), max_size=8
)


@given(LINES, st.randoms())
def test_neither_the_order_nor_the_number_of_lines_makes_a_difference(
    lines: list[tuple[str, Publication]], chance: random.Random
) -> None:
    once = joined(lines)
    twice = [*lines, *lines[: len(lines) // 2], *once.items()]
    chance.shuffle(twice)
    assert joined(twice) == once
    text = "".join(format_publications({path: record}) for path, record in twice)
    assert parse_publications("x.tsv", text) == once
    assert format_publications(parse_publications("x.tsv", text)) == format_publications(once)


@given(LINES)
def test_of_two_lines_the_first_publication_and_the_last_change_count(lines: list[tuple[str, Publication]]) -> None:
    expected = {}
    for path in {name for name, _ in lines}:
        own = [each for name, each in lines if name == path]
        first, last = min(each.first for each in own), max(each.last for each in own)
        shown = frozenset().union(*(each.shown for each in own if each.last == last))
        expected[path] = Publication(first, last, shown)
    assert joined(lines) == expected


@given(RECORDS, RECORDS, MOMENTS)
def test_publishing_moves_the_last_change_only_for_something_else(
    before: Publication, other: Publication, at: datetime.datetime
) -> None:
    assert published(before, before.shown, at) == before
    assert published(None, before.shown, at) == Publication(at, at, before.shown)
    now = published(before, other.shown, at)
    assert now.shown == other.shown and now.first == before.first
    assert now.last == (before.last if before.shown & other.shown else max(before.last, at))


def test_a_moment_is_that_of_the_site(dated: PublishedCity) -> None:
    """To the minute, by its clock, in summer and in winter."""
    assert TEXT[FIRST] in (dated.content / "published" / "yinghuo.tsv").read_text("utf-8")
    for month, shown in ((1, "+01:00"), (7, "+02:00")):
        at = datetime.datetime(2031, month, 1, 12, tzinfo=datetime.UTC)
        assert moment_of(at, "Europe/Berlin").isoformat().endswith(shown)


def git(folder: Path, *command: str) -> str:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")
    return subprocess.run(["git", *who, *command], cwd=folder, check=True, capture_output=True, text=True).stdout


def test_two_branches_that_both_published_are_put_together(dated: PublishedCity) -> None:
    """By Git itself, as this repository tells it to; the next publication writes the lines tidily again."""
    (dated.folder / ".gitattributes").write_bytes((ROOT / ".gitattributes").read_bytes())
    git(dated.folder, "init", "-q")
    git(dated.folder, "add", ".gitattributes", "content")
    git(dated.folder, "commit", "-qm", "first")
    git(dated.folder, "checkout", "-qb", "other")
    dated.replace(f"{UNITS}/yinghuo.yaml", "夜里关灯", "夜里熄灯")
    dated.publish(SECOND)
    git(dated.folder, "commit", "-qam", "published there")
    git(dated.folder, "checkout", "-q", "main")
    dated.replace(f"{UNITS}/yinghuo.yaml", "公布关灯时间并照做", "公布关灯时间，并照做")
    dated.publish(SECOND + datetime.timedelta(days=1))
    git(dated.folder, "commit", "-qam", "published here")
    git(dated.folder, "merge", "-q", "-m", "both", "other")
    doubled = (dated.content / "published" / "yinghuo.tsv").read_text("utf-8")
    found = dated.records("yinghuo")
    assert doubled.count("\n") > len(found)
    assert found["zh/pledges/yinghuo-1.html"] == (TEXT[FIRST], "2031-11-01T09:14+08:00")
    dated.publish(SECOND + datetime.timedelta(days=2))
    tidy = (dated.content / "published" / "yinghuo.tsv").read_text("utf-8").splitlines()
    assert len(tidy) == len(found) and tidy == sorted(tidy)


def test_only_the_records_that_are_others_are_written(dated: PublishedCity) -> None:
    before = {file.name: file.stat().st_mtime_ns for file in (dated.content / "published").iterdir()}
    assert set(before) == {"_site.tsv", *(f"{file.stem}.tsv" for file in (dated.content / "districts").iterdir())}
    dated.replace(f"{UNITS}/yinghuo.yaml", "text: {zh: 该区承诺", "text: {zh: 本区承诺")
    dated.publish(SECOND)
    now = {file.name: file.stat().st_mtime_ns for file in (dated.content / "published").iterdir()}
    assert {name for name in now if now[name] != before[name]} == {"_site.tsv", "yinghuo.tsv"}


def test_what_somebody_recorded_meanwhile_is_not_overwritten(dated: PublishedCity) -> None:
    dated.replace(f"{UNITS}/yinghuo.yaml", "夜里关灯", "夜里熄灯")
    dated.made(SECOND)
    settings = dated.settings(None)
    opened = open_content(settings, open_cache(settings))
    records = publication_records(opened, shown_pages(dated.place.database), SECOND)
    own, other = dated.content / "published" / "yinghuo.tsv", dated.content / "published" / "_site.tsv"
    own.write_bytes(own.read_bytes() + b"\n")
    before = other.read_bytes()
    with pytest.raises(ContentError):
        write_publication_records(opened, records)
    assert other.read_bytes() == before


def test_pages_that_are_gone_keep_their_records(dated: PublishedCity) -> None:
    """They may come back, and another branch may still have them."""
    before = dated.records("wuyu-gang")
    (dated.content / "notices" / "accountability-2031-1.yaml").unlink()
    dated.publish(SECOND)
    assert "zh/notices/accountability-2031-1.html" in dated.records("_site")
    assert dated.records("wuyu-gang").keys() == before.keys()


def test_an_edition_keeps_the_records_and_gives_them_back(tmp_path: Path) -> None:
    archive, lines = Archive(tmp_path / "archive"), format_publications({"zh/index.html": KNOWN})
    (archive.content / "published").mkdir()
    (archive.content / "published" / "_site.tsv").write_text(lines, "utf-8")
    archive.freeze(DAY)
    restore(archive.content, 1, tmp_path / "restored")
    assert (tmp_path / "restored" / "content" / "published" / "_site.tsv").read_text("utf-8") == lines
