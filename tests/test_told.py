"""Whatever the records can say is told where it changes: each field of each record, whatever is done to it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace
from program import SITE
from telling import (
    DAY,
    NOTICE,
    ON,
    OTHER,
    PLEDGE,
    SAID,
    SHEET,
    UNIT,
    UPDATE,
    in_full,
    snapshot,
    unchecked,
    with_pledge,
    with_unit,
)
from whole import open_content

from gazette.cli.changes_told import lines
from gazette.model.forms.record import Record
from gazette.model.published.comparing import compare
from gazette.model.published.fingerprints import fingerprint
from gazette.model.published.snapshot_lines import NOT_TOLD, TOLD, lines_of, lines_of_notices
from gazette.model.published.snapshots import gathered
from gazette.model.records.content import UnitFile
from gazette.model.records.notices import (
    Notice,
    NoticeFile,
    NoticeResult,
    ResultOfSome,
)
from gazette.model.records.revisions import PledgeBefore, PledgeRevision, StepBefore
from gazette.model.records.successions import Ended, OtherUnit, TookOver
from gazette.model.records.tenures import Assignment, Head
from gazette.model.records.unit_parts import Withdrawn
from gazette.model.records.units import Pledge, Unit, Update


@pytest.fixture(scope="module")
def units() -> tuple[UnitFile, ...]:
    return open_content(SITE).unit_files


@pytest.fixture(scope="module")
def notices() -> tuple[NoticeFile, ...]:
    return open_content(SITE).notices


# ── each field ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize("record", [Unit, Pledge, Notice])
def test_no_field_is_forgotten(record: type[Record]) -> None:
    """A field that is added to a record stands in one of both lists, and so is told or not for a reason."""
    samples = {Unit: UNIT, Pledge: PLEDGE, Notice: NOTICE}[record]
    assert {*samples} | {*NOT_TOLD[record]} == {*record.__struct_fields__} and {*samples} - {"updates"} <= {*TOLD}
    assert {*UPDATE} | {"draft"} == {*Update.__struct_fields__}


@pytest.mark.parametrize("field", UNIT)
def test_a_unit_is_told(units: tuple[UnitFile, ...], field: str) -> None:
    changes = compare(snapshot(units), snapshot(with_unit(units, **{field: UNIT[field]})))
    assert {change.id for change in changes} == {"zhiyuan"} and all(change.title == {} for change in changes)
    back = compare(snapshot(with_unit(units, **{field: UNIT[field]})), snapshot(units))
    assert {change.id for change in back} == {"zhiyuan"}
    in_full((*changes, *back))


@pytest.mark.parametrize("field", PLEDGE)
def test_a_pledge_is_told(units: tuple[UnitFile, ...], field: str) -> None:
    changes = compare(snapshot(units), snapshot(with_pledge(units, **{field: PLEDGE[field]})))
    assert {change.id for change in changes} == {"zhiyuan-1"} and all(change.title for change in changes)
    back = compare(snapshot(with_pledge(units, **{field: PLEDGE[field]})), snapshot(units))
    assert {change.id for change in back} == {"zhiyuan-1"}
    in_full((*changes, *back))


@pytest.mark.parametrize("field", UPDATE)
def test_a_step_is_told_whatever_of_it_is_another(units: tuple[UnitFile, ...], field: str) -> None:
    step = Update(date=datetime.date(2031, 8, 1), state="applied", text=SAID)
    before = snapshot(with_pledge(units, updates=(step,)))
    changes = compare(before, snapshot(with_pledge(units, updates=(unchecked(step, **{field: UPDATE[field]}),))))
    assert {change.id for change in changes} == {"zhiyuan-1"}
    in_full(changes)


def test_what_a_correction_of_a_step_explains_is_told_as_one(units: tuple[UnitFile, ...]) -> None:
    step = Update(date=ON, state="applied", text=SAID)
    was = PledgeBefore(step=StepBefore(date=ON, state="applied"))
    why = PledgeRevision(date=DAY, kind="correction", reason=SAID, was=was)
    before = snapshot(with_pledge(units, updates=(step,), revisions=()))
    after = with_pledge(units, updates=(replace(step, text=OTHER),), revisions=(why,))
    (change,) = compare(before, snapshot(after))
    assert (change.kind, change.what, change.day) == ("correction", "details", str(DAY))
    (told,) = lines((change,), "en")
    assert told.endswith(
        "corrected on 2031-09-30: details of an entry in the progress record (2031-09-05 closure applied for)."
    )


def test_a_text_that_is_broken_otherwise_says_the_same(units: tuple[UnitFile, ...]) -> None:
    text = {"zh": "某话", "en": "Some\nwords  "}
    step = Update(date=ON, state="applied", text=SAID)
    before, after = with_pledge(units, updates=(step,)), with_pledge(units, updates=(replace(step, text=text),))
    assert compare(snapshot(before), snapshot(after)) == ()


def test_a_new_language_changes_nothing_of_what_has_fingerprints(
    units: tuple[UnitFile, ...], notices: tuple[NoticeFile, ...]
) -> None:
    every = (*(line for unit in units for line in lines_of(unit, DAY)), *lines_of_notices(notices, DAY))
    assert compare(gathered(line for line in every if line.language != "en"), gathered(every)) == ()


def records(value: Any) -> Iterator[Record]:
    """A record and those in it."""
    for each in value if isinstance(value, tuple) else (value,):
        if isinstance(each, Record):
            yield each
            yield from (found for name in each.__struct_fields__ for found in records(getattr(each, name)))


def test_a_fingerprint_is_another_for_each_field_of_each_record(units: tuple[UnitFile, ...]) -> None:
    samples = (*UNIT.values(), *PLEDGE.values(), *NOTICE.values(), *UPDATE.values())
    found = {type(each): each for each in records((*samples, *(file.unit for file in units)))}
    assert len(found) > 20
    for record in found.values():
        for name in record.__struct_fields__:
            assert fingerprint(unchecked(record, **{name: "?"}), "zh") != fingerprint(record, "zh"), (record, name)
        assert len(fingerprint(record, "zh")) == 16


# ── who is in charge, and what becomes of units ──────────────────────────────


def test_who_came_and_whose_time_ended_is_told_by_name(units: tuple[UnitFile, ...]) -> None:
    first = Head(name=SAID, title=OTHER, since=datetime.date(2031, 1, 1))
    before = snapshot(with_unit(units, heads=(first,)))
    after = (replace(first, until=ON), Head(name=OTHER, title=OTHER, since=DAY, evidence=SHEET))
    ended, came = compare(before, snapshot(with_unit(units, heads=after)))
    assert (came.kind, came.day, came.what, came.after["en"]) == (
        "appointed",
        str(DAY),
        "head",
        "Other words | Other words",
    )
    assert (ended.kind, ended.day, ended.after["zh"]) == ("released", str(ON), "某话 | 另一句")
    assert [*lines((ended,), "zh")] == ["纸鸢区（zhiyuan）：至2031-09-05止，主要负责人为某话，另一句。"]
    gone = compare(before, snapshot(with_unit(units, heads=())))
    assert [change.kind for change in gone] == ["dropped"]


def test_the_evidence_of_an_assignment_is_told_once(units: tuple[UnitFile, ...]) -> None:
    lead = Assignment(role="lead", name=SAID, since=ON)
    before = snapshot(with_pledge(units, assigned=(lead,)))
    (change,) = compare(before, snapshot(with_pledge(units, assigned=(replace(lead, evidence=SHEET),))))
    assert (change.kind, change.what) == ("altered", "assigned")


@pytest.mark.parametrize("others", [("dengmi",), ("dengmi", "yinghuo")])
def test_a_unit_that_ended_goes_on_as_others(units: tuple[UnitFile, ...], others: tuple[str, ...]) -> None:
    into = tuple(OtherUnit(unit=id, name={"zh": f"{id}区", "en": id}) for id in others)
    (change,) = compare(snapshot(units), snapshot(with_unit(units, ended=Ended(date=ON, into=into, reason=SAID))))
    assert (change.kind, change.after["en"]) == ("merged" if len(others) == 1 else "divided", " | ".join(others))


def test_a_unit_that_took_over_says_from_which_and_once(units: tuple[UnitFile, ...]) -> None:
    other = TookOver(unit="dengmi", name=OTHER, date=ON)
    before = snapshot(with_unit(units, took_over=()))
    (change,) = compare(before, snapshot(with_unit(units, took_over=(other,))))
    assert (change.kind, change.group, change.day, change.after) == ("took_over", "taken_over", str(ON), OTHER)
    assert [*lines((change,), "zh")] == ["纸鸢区（zhiyuan）：2031-09-05起接续另一句的承诺。"]
    called = snapshot(with_unit(units, took_over=(replace(other, name=SAID),)))
    assert compare(snapshot(with_unit(units, took_over=(other,))), called) == (), "how it is called is told of it"
    (gone,) = compare(called, before)
    assert (gone.kind, gone.what) == ("altered_unit", "took_over")


def test_a_pledge_that_is_split_says_into_which(units: tuple[UnitFile, ...]) -> None:
    (change,) = compare(snapshot(units), snapshot(with_pledge(units, split=PLEDGE["split"])))
    titles = [pledge.title["zh"] for pledge in units[0].unit.pledges if pledge.id in PLEDGE["split"].into]
    assert change.kind == "split" and change.after["zh"].split(" | ") == titles


def test_how_another_unit_is_called_is_told_of_that_unit_alone(units: tuple[UnitFile, ...]) -> None:
    joint, renamed = ((OtherUnit(unit="dengmi", name=name),) for name in (SAID, OTHER))
    assert compare(snapshot(with_pledge(units, joint=joint)), snapshot(with_pledge(units, joint=renamed))) == ()


# ── notices ──────────────────────────────────────────────────────────────────


def with_notice(notices: tuple[NoticeFile, ...], **more: Any) -> tuple[NoticeFile, ...]:
    return tuple(
        replace(file, notice=unchecked(file.notice, **more)) if file.id == "closing-2031-7" else file
        for file in notices
    )


@pytest.mark.parametrize("field", NOTICE)
def test_a_notice_is_told(notices: tuple[NoticeFile, ...], field: str) -> None:
    other = with_notice(notices, **{field: NOTICE[field]})
    for before, after in ((notices, other), (other, notices)):
        changes = compare(snapshot((), before), snapshot((), after))
        assert changes and {(change.unit, change.id) for change in changes} == {("", "closing-2031-7")}
        in_full(changes)


def test_a_notice_comes_and_goes_by_its_days(notices: tuple[NoticeFile, ...]) -> None:
    asked = with_notice(notices, result=None)
    days = [datetime.date(2031, 7, day) for day in (4, 5, 12, 13)]
    ahead, opened, still, over = (snapshot((), asked, day) for day in days)
    assert [(change.kind, change.day) for change in compare(ahead, opened)] == [("notice_open", "2031-07-12")]
    assert compare(opened, still) == ()
    assert [(change.kind, change.day) for change in compare(still, over)] == [("notice_over", "2031-07-12")]
    (known,) = compare(over, snapshot((), notices, DAY))
    assert (known.kind, known.what, known.day) == ("notice_result", "result-unopposed", "2031-07-13")
    upheld = with_notice(notices, result=NoticeResult(date=ON, outcome="upheld"))
    assert compare(over, snapshot((), upheld, DAY))[0].group == "back"
    assert [each.kind for each in compare(snapshot(()), over)] == ["notice_added"] * 3
    assert [each.kind for each in compare(over, snapshot(()))] == ["notice_gone"] * 3
    taken_back = with_notice(asked, withdrawn=Withdrawn(date=ON, reason=SAID))
    for other, kind in ((notices, "notice_result"), (upheld, "notice_upheld"), (taken_back, "notice_withdrawn")):
        came = compare(snapshot(()), snapshot((), other, DAY))  # and something came of it before anybody compared
        assert sorted(each.kind for each in came) == sorted((*["notice_added"] * 3, kind))


def test_an_objection_that_was_upheld_goes_back_once(
    units: tuple[UnitFile, ...], notices: tuple[NoticeFile, ...]
) -> None:
    """The pledge says so itself: its notice only tells the result. Where the pledge does not, the notice counts."""
    asked = with_notice(notices, pledges=("zhiyuan-1",), result=None)
    upheld = with_notice(asked, result=NoticeResult(date=ON, outcome="upheld"))
    some = ResultOfSome(date=ON, outcome="upheld", pledges=("zhiyuan-1",))
    answer = Update(date=ON, state="answered", text=SAID, body=SAID, upheld=True, reason=SAID)
    said = with_pledge(units, updates=(answer,))
    bare = with_pledge(units, updates=())
    for known in (upheld, with_notice(asked, results=(some,))):
        for own, kinds in ((said, {"upheld"}), (bare, {"notice_upheld", "notice_upheld_of"})):
            back = [each for each in compare(snapshot(bare, asked), snapshot(own, known)) if each.group == "back"]
            assert len(back) == 1 and back[0].kind in kinds


def test_a_notice_may_be_called_as_a_unit_is(units: tuple[UnitFile, ...], notices: tuple[NoticeFile, ...]) -> None:
    called = tuple(replace(file, id="zhiyuan") for file in notices[:1])
    whole = snapshot(units, called)
    assert whole["zhiyuan"].is_unit and whole["notice:zhiyuan"].is_notice
    renamed = (replace(notices[0], notice=unchecked(notices[0].notice, formerly=("zhiyuan",))),)
    (change,) = compare(whole, snapshot(units, renamed))
    assert (change.kind, change.before, change.after) == ("renamed_notice", {"": "zhiyuan"}, {"": notices[0].id})


def test_what_is_said_of_one_thing_stands_together(units: tuple[UnitFile, ...]) -> None:
    first = Head(name=SAID, title=OTHER, since=datetime.date(2031, 1, 1))
    later = (replace(first, until=ON), Head(name=OTHER, title=OTHER, since=DAY))
    lead = (Assignment(role="lead", name=SAID, until=ON), Assignment(role="lead", name=OTHER, since=DAY))
    before = with_pledge(with_unit(units, heads=(first,)), assigned=(Assignment(role="lead", name=SAID),))
    after = with_pledge(with_unit(units, heads=later), assigned=lead)
    told = [(change.id, change.kind) for change in compare(snapshot(before), snapshot(after))]
    assert told == [(id, kind) for id in ("zhiyuan", "zhiyuan-1") for kind in ("released", "appointed")]
