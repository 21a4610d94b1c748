"""What changed between two days, and in which order it is told."""

from __future__ import annotations

import datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from program import SITE
from snapshots import DAY, LATER, WHO, WHY, kinds, pledge_of, reported, snapshot, with_pledge, with_unit
from whole import open_content

from gazette.cli.changes_told import lines as told
from gazette.model.forms.dates import read_deadline
from gazette.model.published.comparing import compare
from gazette.model.published.snapshot_lines import lines_of
from gazette.model.published.snapshots import gathered
from gazette.model.records.changes import GROUP_OF, GROUPS, KINDS, by_group
from gazette.model.records.content import UnitFile
from gazette.model.records.revisions import (
    PledgeBefore,
    PledgeRevision,
    StepBefore,
    UnitBefore,
    UnitRevision,
)
from gazette.model.records.unit_parts import Moved
from gazette.model.records.unit_parts import Withdrawn as Taken


@pytest.fixture(scope="module")
def units() -> tuple[UnitFile, ...]:
    return open_content(SITE).unit_files


# ── what is told ─────────────────────────────────────────────────────────────


def test_drafts_are_in_no_snapshot(units: tuple[UnitFile, ...]) -> None:
    assert "zhiyuan-8" not in snapshot(units) and "zhiyuan-7" in snapshot(units)


def test_nothing_changes_by_itself(units: tuple[UnitFile, ...]) -> None:
    assert compare(snapshot(units), snapshot(list(reversed(units)))) == ()
    assert compare({}, {}) == ()


STEPS = {
    "reopened": ("dengmi-3", "reopened", {}),
    "not_held": ("dengmi-3", "rechecked", {"held": "no", "reason": WHY}),
    "sent_back": ("zhiyuan-1", "inspected", {"result": "sent-back", "reason": WHY}),
    "upheld": ("dengmi-2", "answered", {"upheld": "yes", "reason": WHY}),
    "accepted": ("zhiyuan-1", "accepted", {}),
    "step": ("zhiyuan-1", "milestone", {}),
}


@pytest.mark.parametrize("kind", STEPS)
def test_a_step_is_told_as_what_it_is(units: tuple[UnitFile, ...], kind: str) -> None:
    id, state, more = STEPS[kind]
    after = reported(units, id, state, day="2031-09-20", **more)
    (change, *others) = compare(snapshot(units, None), snapshot(after, None))
    assert (change.kind, change.id, change.day) == (kind, id, "2031-09-20") and others == []
    assert change.title == pledge_of(units, id).title and change.name["en"].endswith("District")


@pytest.mark.parametrize(
    ("steps", "late"),
    [
        ([("accepted", "2031-09-20", {})], 82),
        ([("accepted", "2031-06-30", {})], 0),
        ([("accepted", "2031-07-10", {}), ("reopened", "2031-08-01", {"deadline": "2031-12"})], 10),
        ([("reopened", "2031-08-01", {"deadline": "2031-12"}), ("accepted", "2032-01-05", {})], 5),
        ([("reopened", "2031-08-01", {}), ("accepted", "2032-01-05", {})], 0),
    ],
)
def test_an_acceptance_is_told_with_how_late_it_came(
    units: tuple[UnitFile, ...], steps: list[tuple[str, str, dict[str, str]]], late: int
) -> None:
    after = units
    for state, day, more in steps:
        after = reported(after, "zhiyuan-2", state, day=day, **more)
    found = compare(snapshot(units, None), snapshot(after, None))
    (change,) = (each for each in found if each.kind == "accepted")
    (line,) = told([change], "en")
    due = datetime.date.fromisoformat(change.day) - datetime.timedelta(late)
    words = f", {late} days after the date that was set ({due})." if late else "."
    assert change.n == late and line.endswith(f"accepted and closed on {change.day}{words}")


def test_the_day_alone_makes_pledges_late_once(units: tuple[UnitFile, ...]) -> None:
    early, late, later = (snapshot(units, datetime.date(2031, month, 15)) for month in (6, 7, 9))
    notice = ("step", "dengmi-3")  # its days have come
    assert kinds(early, late) == [("overdue", "zhiyuan-2"), ("past", "zhiyuan-3"), notice]
    assert kinds(late, later) == []
    assert [change.before[""] for change in compare(early, late)[:2]] == ["2031-06", "2031-06-30"]
    assert kinds(snapshot(units, datetime.date(2031, 3, 15)), early) == [("step", "dengmi-2")]  # others are due soon
    assert kinds(snapshot(units, datetime.date(2031, 5, 5)), early) == [("step", "dengmi-2")]  # its notice is over


def test_a_check_after_closure_that_comes_due_is_told_once(units: tuple[UnitFile, ...]) -> None:
    """However often editions come, until its result is known; the next check is another."""
    once = reported(units, "dengmi-3", "rechecked", day="2031-09-01", recheck="2031-12-01")
    again = reported(once, "dengmi-3", "rechecked", day="2031-12-20", recheck="2032-01-10")
    days = (
        (once, "2031-11-30"),
        (once, "2031-12-01"),
        (once, "2031-12-15"),
        (again, "2031-12-31"),
        (again, "2032-02-01"),
    )
    found = [snapshot(own, datetime.date.fromisoformat(day)) for own, day in days]
    due = [[each for each in compare(*both) if each.kind == "recheck"] for both in pairwise(found)]
    assert [[each.before[""] for each in some] for some in due] == [["2031-12-01"], [], [], ["2032-01-10"]]
    (line,) = told(due[0], "en")
    assert line.endswith("check after closure due since 2031-12-01, no result recorded.")
    assert due[0][0].group == "rechecks" and kinds(found[1], found[4]).count(("recheck", "dengmi-3")) == 1
    said = {field: values for field, values in found[1]["dengmi-3"].said.items() if field[0] != "recheck"}
    earlier = {**found[1], "dengmi-3": replace(found[1]["dengmi-3"], said=said)}  # an edition that knows no day of it
    assert compare(earlier, found[1]) == compare(earlier, earlier) == ()


def test_a_moved_deadline_says_from_what_to_what_and_by_whom(units: tuple[UnitFile, ...]) -> None:
    moved = Moved(date=LATER, to=read_deadline("2032-06"), by=WHO, reason=WHY)
    (change,) = compare(snapshot(units), snapshot(with_pledge(units, "zhiyuan-2", moved=(moved,))))
    assert (change.kind, change.before, change.after, change.by) == ("moved", {"": "2031-06"}, {"": "2032-06"}, WHO)


def test_a_granted_deadline_that_passes_too_makes_late_once_more(units: tuple[UnitFile, ...]) -> None:
    moved = Moved(date=datetime.date(2031, 6, 20), to=read_deadline("2031-08"), by=WHO, reason=WHY)
    after = with_pledge(units, "zhiyuan-2", moved=(moved,))
    june, august, september = (snapshot(after, datetime.date(2031, month, 15)) for month in (6, 8, 9))
    assert kinds(june, august) == [("past", "zhiyuan-3"), ("step", "dengmi-3")]
    (change,) = compare(august, september)
    assert (change.kind, change.id, change.before) == ("overdue", "zhiyuan-2", {"": "2031-08"})
    assert kinds(snapshot(units), snapshot(after)) == [("overdue", "zhiyuan-2"), ("moved", "zhiyuan-2")]


def test_a_deadline_set_anew_on_reopening_is_told_beside_it(units: tuple[UnitFile, ...]) -> None:
    after = reported(units, "dengmi-3", "reopened", day="2031-09-20", deadline="2032-01")
    assert kinds(snapshot(units), snapshot(after)) == [("reopened", "dengmi-3"), ("reset", "dengmi-3")]


def test_a_text_that_reads_otherwise_is_told_with_its_reason_or_as_without_one(units: tuple[UnitFile, ...]) -> None:
    title = {"zh": "另一个题目", "en": "Another title"}
    after = with_pledge(units, "zhiyuan-2", title=title)
    (change,) = compare(snapshot(units), snapshot(after))
    was = pledge_of(units, "zhiyuan-2").title
    assert (change.kind, change.what, change.before, change.after) == ("reworded", "title", was, title)
    why = PledgeRevision(date=LATER, kind="correction", was=PledgeBefore(title=was), reason=WHY)
    (change,) = compare(snapshot(units), snapshot(with_pledge(after, "zhiyuan-2", revisions=(why,))))
    assert (change.kind, change.day, change.title) == ("correction", str(LATER), title)


def test_a_unit_that_calls_itself_otherwise_is_told(units: tuple[UnitFile, ...]) -> None:
    name = {"zh": "风筝区", "en": "Kite District"}
    was = next(file.unit.name for file in units if file.id == "zhiyuan")
    why = UnitRevision(date=LATER, kind="change", was=UnitBefore(name=was), reason=WHY, by=WHO)
    (change,) = compare(snapshot(units), snapshot(with_unit(units, "zhiyuan", name=name, revisions=(why,))))
    assert (change.kind, change.id, change.before) == ("change_unit", "zhiyuan", was)


def test_a_unit_that_took_another_name_is_told_with_the_day(units: tuple[UnitFile, ...]) -> None:
    wuyu = next(file.unit for file in units if file.id == "wuyu-gang")
    (renamed,) = wuyu.renamed
    assert snapshot(units)["wuyu-gang"].texts("name") == wuyu.name
    assert renamed.short is not None
    before = snapshot(with_unit(units, "wuyu-gang", name=renamed.before, short=renamed.short, renamed=()))
    change, short = compare(before, snapshot(units))
    assert (short.kind, short.what, short.day) == ("change_unit", "short", str(renamed.date))
    assert (change.kind, change.id, change.day) == ("change_unit", "wuyu-gang", str(renamed.date))
    assert (change.before, change.after) == (renamed.before, wuyu.name)


def test_a_figure_that_was_granted_is_told_with_the_day(units: tuple[UnitFile, ...]) -> None:
    (granted,) = pledge_of(units, "zhiyuan-1").target_changed
    (change,) = compare(snapshot(with_pledge(units, "zhiyuan-1", target_changed=())), snapshot(units))
    assert (change.kind, change.day, change.by) == ("retargeted", str(granted.date), granted.by)
    assert (change.before["en"], change.after["en"]) == ("12 stations", "10 stations")


def test_a_step_that_is_taken_out_is_told(units: tuple[UnitFile, ...]) -> None:
    first, *rest = pledge_of(units, "dengmi-3").updates
    after = with_pledge(units, "dengmi-3", updates=tuple(rest))
    (change,) = compare(snapshot(units), snapshot(after))
    assert (change.kind, change.what, change.before) == ("reworded", "step", {"": f"{first.date} {first.state}"})
    was = PledgeBefore(step=StepBefore(date=first.date, state=first.state))
    why = PledgeRevision(date=LATER, kind="correction", was=was, reason=WHY)
    (change,) = compare(snapshot(units), snapshot(with_pledge(after, "dengmi-3", revisions=(why,))))
    assert (change.kind, change.what, change.day) == ("correction", "step", str(LATER))


def test_a_new_language_changes_nothing(units: tuple[UnitFile, ...]) -> None:
    without = gathered(line for unit in units for line in lines_of(unit, DAY) if line.language != "en")
    assert compare(without, snapshot(units)) == ()


def test_what_comes_goes_or_is_called_otherwise(units: tuple[UnitFile, ...]) -> None:
    whole = snapshot(units)
    without = snapshot([file for file in units if file.id != "zhiyuan"])
    (new,), (gone,) = compare(without, whole), compare(whole, without)
    assert (new.kind, new.id, new.n) == ("added_unit", "zhiyuan", 7)
    assert (gone.kind, gone.id, gone.n) == ("gone_unit", "zhiyuan", 7)
    zhiyuan = next(file for file in units if file.id == "zhiyuan").unit
    fewer = snapshot(with_unit(units, "zhiyuan", pledges=zhiyuan.pledges[1:]))
    assert kinds(fewer, whole) == [("added", "zhiyuan-1")] and kinds(whole, fewer) == [("gone", "zhiyuan-1")]
    called = with_pledge(units, "zhiyuan-2", id="zhiyuan-9", formerly=("zhiyuan-2",))
    (change,) = compare(whole, snapshot(called))
    assert (change.kind, change.before, change.after) == ("renamed", {"": "zhiyuan-2"}, {"": "zhiyuan-9"})
    taken = with_pledge(units, "zhiyuan-2", withdrawn=Taken(date=LATER, reason=WHY))
    assert kinds(whole, snapshot(taken)) == [("withdrawn", "zhiyuan-2")]


def test_two_that_become_one_are_told_as_such(units: tuple[UnitFile, ...]) -> None:
    zhiyuan = next(file for file in units if file.id == "zhiyuan").unit
    kept = tuple(
        replace(pledge, formerly=("zhiyuan-2",)) if pledge.id == "zhiyuan-1" else pledge
        for pledge in zhiyuan.pledges
        if pledge.id != "zhiyuan-2"
    )
    assert kinds(snapshot(units), snapshot(with_unit(units, "zhiyuan", pledges=kept))) == [("renamed", "zhiyuan-1")]


ids = st.sampled_from([f"zhiyuan-{n}" for n in range(1, 8)])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(ids, st.sampled_from(["withdrawn", "title", "moved", "gone"])), max_size=6))
def test_what_went_back_comes_first_and_nothing_is_told_twice(edits: list[tuple[str, str]]) -> None:
    units = open_once()
    after, gone = units, set[str]()
    for id, what in edits:
        more: dict[str, Any] = {
            "withdrawn": {"withdrawn": Taken(date=LATER, reason=WHY)},
            "title": {"title": {"zh": "新", "en": "new"}},
            "moved": {"moved": (Moved(date=LATER, to=read_deadline("2033"), by=WHO, reason=WHY),)},
        }.get(what, {})
        after = with_pledge(after, id, **more)
        gone |= {id} if what == "gone" and len(gone) < 5 else set()
    zhiyuan = next(file for file in after if file.id == "zhiyuan").unit
    after = with_unit(after, "zhiyuan", pledges=tuple(each for each in zhiyuan.pledges if each.id not in gone))
    found = compare(snapshot(units), snapshot(after))
    places = [KINDS.index(change.kind) for change in found]
    assert places == sorted(places)
    told = [(change.kind, change.id, change.what) for change in found]
    assert len(told) == len({*told})
    assert {change.id for change in found} == {id for id, what in edits if what != "gone" or id in gone}
    assert sum(by_group(found).values()) == len(found)
    assert compare(snapshot(after), snapshot(after)) == ()


def open_once() -> tuple[UnitFile, ...]:
    if not _opened:
        _opened.append(open_content(SITE).unit_files)
    return _opened[0]


_opened: list[tuple[UnitFile, ...]] = []


def test_each_kind_is_of_one_group() -> None:
    assert len(KINDS) == len({*KINDS}) and {*GROUP_OF.values()} == {*GROUPS}
