"""Of what recurs it is told that no report on a period was received, and that one came after all."""

from __future__ import annotations

import datetime
from itertools import pairwise

import pytest
from frozen import Archive
from hypothesis import given
from hypothesis import strategies as st
from laid_out import documents
from lives import moved
from lxml import html
from msgspec.structs import replace
from telling import in_full
from test_editions_shown import published
from test_periods import DAY, SINCE, pledge, report

from gazette.cli.changes_told import lines
from gazette.model.forms.periods import MONTHS, following, in_spans, period_with
from gazette.model.life.recurrence import period_records
from gazette.model.published.comparing import compare
from gazette.model.published.snapshot_lines import lines_of
from gazette.model.published.snapshots import Snapshot, gathered
from gazette.model.records.content import UnitFile
from gazette.model.records.successions import Ended, OtherUnit
from gazette.model.records.unit_parts import Signatory
from gazette.model.records.units import Pledge, Unit
from gazette.reading.yaml.parser import compose

NAME = {"zh": "甲区", "en": "Jia"}


def snapshot(own: Pledge, day: str, since: datetime.date | None = SINCE) -> Snapshot:
    return gathered(lines_of(unit_of(own), DAY(day), since))


def unit_of(own: Pledge) -> UnitFile:
    signed = Signatory(name=NAME, title=NAME)
    stated = {"name": NAME, "short": NAME, "kind": "district", "order": 1, "signed_by": signed, "summary": NAME}
    unit = Unit(**stated, commitments=1, pledges=(own,))
    return UnitFile("a", "a.yaml", unit)


def told(before: Snapshot, now: Snapshot) -> list[tuple[str, str, int]]:
    changes = compare(before, now)
    in_full(changes)
    return [(change.kind, change.after[""], change.n) for change in changes if change.kind in ("missed", "caught_up")]


def test_a_period_that_went_by_without_a_report_is_told_once() -> None:
    own = pledge("quarterly")
    june, july, december = (snapshot(own, day) for day in ("2031-06-30", "2031-07-01", "2032-01-05"))
    assert told(june, july) == [("missed", "2031-Q2", 1)]
    assert told(july, july) == []
    assert told(july, december) == [("missed", "2031-Q3 2031-Q4", 2)]


def test_a_report_in_time_is_no_such_change_and_one_that_came_later_is_told() -> None:
    asked, answered = pledge("quarterly"), pledge("quarterly", report("2031-Q2", "2031-07-20"))
    june, july, august = snapshot(asked, "2031-06-30"), snapshot(asked, "2031-07-01"), snapshot(answered, "2031-08-01")
    assert told(june, august) == []
    assert told(july, august) == [("caught_up", "2031-Q2", 1)]
    assert told(august, july) == [("missed", "2031-Q2", 1)]  # the report is there no longer


def test_a_period_that_is_none_any_more_is_not_reported_by_that() -> None:
    before = snapshot(pledge("quarterly"), "2031-10-05")
    later = pledge("quarterly", first_period="2031-Q4")
    assert told(before, snapshot(later, "2031-10-05")) == []
    once = pledge("quarterly", moved=[moved("2031-07-05", "2032")])
    assert told(snapshot(pledge("quarterly"), "2031-07-06"), snapshot(once, "2032-01-05")) == []


def test_who_took_over_from_a_unit_is_asked_for_its_reports() -> None:
    own = unit_of(pledge("monthly", report("2031-08", "2031-09-05")))
    ended = replace(own.unit, ended=Ended(date=DAY("2031-07-01"), into=(OtherUnit(unit="b", name=NAME),), reason=NAME))
    june, october = (
        gathered(lines_of(replace(own, unit=ended), DAY(day), SINCE)) for day in ("2031-06-30", "2031-10-05")
    )
    assert told(june, october) == [("missed", "2031-06 2031-07 2031-09", 3)]


def test_what_became_a_pledge_that_recurs_has_missed_what_went_by() -> None:
    assert told(snapshot(pledge("2031"), "2031-06-30"), snapshot(pledge("quarterly"), "2031-07-01")) == [
        ("missed", "2031-Q2", 1)
    ]


def test_an_edition_that_knows_nothing_of_periods_makes_none_missed() -> None:
    own = pledge("monthly")
    before, now = lines_of(unit_of(own), DAY("2031-06-30"), SINCE), snapshot(own, "2031-08-02")
    as_it_was_kept = gathered(line for line in before if line.field != "periods")
    assert told(as_it_was_kept, now) == []
    assert told(snapshot(own, "2031-06-30"), now) == [("missed", "2031-06 2031-07", 2)]


@given(st.sampled_from([*MONTHS]), st.dates(DAY("2031-01-15"), DAY("2040-01-01")), st.integers(0, 800))
def test_each_period_is_told_as_missed_once_however_often_editions_come(
    rhythm: str, first: datetime.date, more: int
) -> None:
    days = [DAY("2031-01-20"), first, first + datetime.timedelta(days=more)]
    own = pledge(rhythm)
    kept = [gathered(lines_of(unit_of(own), day, SINCE)) for day in sorted(days)]
    missed = [period for before, now in pairwise(kept) for _, some, _ in told(before, now) for period in some.split()]
    assert missed == [record.period.stated for record in period_records(own, SINCE, days[2])]


# ── how it is said ───────────────────────────────────────────────────────────


@given(st.sampled_from([*MONTHS]), st.sets(st.integers(0, 30), min_size=1))
def test_runs_of_periods_hold_each_period_once(rhythm: str, which: set[int]) -> None:
    every = [period_with(rhythm, DAY("2031-01-01"))]
    while len(every) < 31:
        every.append(following(every[-1]))
    some, found = [every[n] for n in sorted(which)], []
    for first, last in in_spans(period.stated for period in some):
        found.append(first)
        while found[-1] != last:
            found.append(following(found[-1]))
        assert following(last) not in some
    assert found == some


def test_the_words_say_that_no_report_was_received_and_nothing_of_failure() -> None:
    asked = pledge("monthly")
    some = [report(f"2031-0{n}", "2031-09-01") for n in (2, 3, 5)]
    before, now = snapshot(asked, "2031-06-01"), snapshot(pledge("monthly", *some), "2031-09-05")
    changes = compare(before, now)
    english, chinese = (
        [line for line in lines(changes, code) if "report for" in line or "report received" in line or "的报告" in line]
        for code in ("en", "zh")
    )
    assert english == [
        "Jia, text (a-1): no report received for 2031-06 to 2031-08.",
        "Jia, text (a-1): report for 2031-02 to 2031-03, 2031-05 received; there had been none.",
    ]
    assert chinese[0] == "甲区，文（a-1）：未收到2031-06至2031-08的报告。"
    groups = [change.group for change in changes]
    assert groups[0] == "missed" and "back" not in groups


@pytest.mark.long
def test_documents_open_with_it_and_the_page_of_the_next_edition_has_it(archive: Archive) -> None:
    """After an edition a period goes by (one of a unit that was taken over, too), and a theme gets another name."""
    settings, themes = archive.content / "site.yaml", archive.content / "themes.yaml"
    settings.write_text(settings.read_text("utf-8").replace("as_of: 2031-09-30", "as_of: 2031-12-01"), "utf-8")
    name = compose("x", themes.read_text("utf-8")).data()[0]["name"]["en"]
    themes.write_text(themes.read_text("utf-8").replace(f"en: {name}", "en: Quite another name", 1), "utf-8")
    english = "no report received for Q3 2031.", "Theme “Quite another name”: now reads differently: Name."
    chinese = ("未收到2031年第3季度的报告。",)
    documents_of = {path: _words(text) for path, text in documents(archive.content, archive.folder / "cache")}
    expected = {
        "en/bulletin.pdf": english,
        "bulletin-parallel.pdf": (*english, *chinese),
        "zh/bulletin-official.pdf": chinese,
    }
    for path, sentences in expected.items():
        assert all(words in documents_of[path] for words in sentences), path
    briefs = [words for path, words in documents_of.items() if path == "en/brief.pdf"]
    assert briefs and all("2 without a report for a period" in words for words in briefs)
    archive.freeze(datetime.date(2031, 12, 2))
    page = _words((published(archive) / "en" / "editions.html").read_text("utf-8"))
    assert all(words in page for words in english) and "measured against" not in page


def _words(text: str) -> str:
    return " ".join(html.document_fromstring(text).text_content().split())
