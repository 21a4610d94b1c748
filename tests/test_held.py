"""Whatever was published is held: each field of each record, however it is changed or taken away."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from program import SITE
from reached import at_least_one
from telling import NOTICE, PLEDGE, SAID, UNIT, UPDATE, unchecked
from whole import open_content

from gazette.editions.registering import facts_to_register
from gazette.model.forms.dates import Deadline, read_deadline
from gazette.model.forms.declared import declared_fields
from gazette.model.forms.periods import Period, period
from gazette.model.forms.record import Record
from gazette.model.published.held import NOT_HELD, held_fields
from gazette.model.records.content import UnitFile
from gazette.model.records.notices import Notice, NoticeBefore, NoticeRevision
from gazette.model.records.revisions import PledgeBefore, PledgeRevision, StepBefore, UnitBefore, UnitRevision
from gazette.model.records.successions import OtherUnit
from gazette.model.records.unit_parts import Withdrawn
from gazette.model.records.units import Pledge, Unit, Update
from gazette.planning.language import LanguageContext
from gazette.planning.revision_views import revision_notes
from gazette.reading.decode import decode
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.location import Location
from gazette.reading.published.fields import Comparing
from gazette.reading.published.register import Register, called_now
from gazette.reading.published.units import check_published, check_published_notices
from gazette.reading.yaml.parser import compose

DAY, LATER = datetime.date(2031, 9, 30), datetime.date(2031, 10, 9)
LANGUAGES = ("zh", "en")
BASE = Update(date=datetime.date(2031, 8, 1), state="applied", text=SAID)
WHY: dict[str, Any] = {"date": LATER, "kind": "correction", "reason": SAID}


@pytest.fixture(scope="module")
def unit_file() -> UnitFile:
    """The unit, with the notices of which its register has all."""
    content = open_content(SITE)
    found = next(file for file in content.unit_files if file.id == "zhiyuan")
    return replace(found, notices=tuple(file for file in content.notices if file.unit == "zhiyuan")[:1])


def published(file: UnitFile) -> Register:
    """The register that a unit would have after `build.py register`."""
    return dict.fromkeys(facts_to_register(file, LANGUAGES), DAY)


def told(file: UnitFile, register: Register) -> list[str]:
    """What a revision has to keep below `was:`, for everything that is told of a unit."""
    diagnostics = Diagnostics(Path("x"))
    comparing = Comparing(LANGUAGES, called_now(file), "x", frozenset({"zhiyuan", "dengmi"}))
    check_published(Location(diagnostics, "x"), file, file, register, comparing)
    check_published_notices(diagnostics, file, register, comparing)
    assert all(problem.code.startswith("published_") for problem in diagnostics.problems)
    return [dict(problem.values)["was"] for problem in diagnostics.problems]


CHOICES = {
    "zone": "district",
    "partly": "yes",
    "circular": "accountability",
    "under-way": "applied",
    "passed": "sent-back",
    "upheld": "unopposed",
    "lead": "plan",
}


def other(value: Any) -> Any:
    """Another value in the place of one."""
    match value:
        case bool():
            return not value
        case int() | Decimal():
            return value + 1
        case datetime.date():
            return value + datetime.timedelta(days=1)
        case Deadline():
            return read_deadline("2039")
        case Period():
            return period("yearly", 2039, 1)
        case _:
            return CHOICES.get(value, f"{value}9")


def others(value: Any) -> Iterator[Any]:
    """Every way to take something from a value, or to say it otherwise."""
    if isinstance(value, dict):
        yield from ({**value, code: other(text)} for code, text in value.items())
    elif isinstance(value, Record):
        for name in held_fields(type(value)):
            own = getattr(value, name)
            if own in (None, ()) or (isinstance(value, OtherUnit) and name == "name"):  # it follows the other's file
                continue
            if not declared_fields(type(value))[name].required:
                yield unchecked(value, **{name: () if isinstance(own, tuple) else None})
            yield from (unchecked(value, **{name: each}) for each in others(own))
    elif isinstance(value, tuple):
        for n, entry in enumerate(value):
            yield (*value[:n], *value[n + 1 :])
            yield from ((*value[:n], each, *value[n + 1 :]) for each in others(entry))
    else:
        yield other(value)


def with_field(file: UnitFile, kind: type[Record], field: str, value: Any) -> UnitFile:
    """The unit with another value in a field of itself, of its first pledge, of its only step or of its notice."""
    first, *rest = file.unit.pledges
    if kind is Notice:
        return replace(
            file, notices=(replace(file.notices[0], notice=unchecked(file.notices[0].notice, **{field: value})),)
        )
    if kind is Unit:
        return replace(file, unit=unchecked(file.unit, **{field: value}))
    if kind is Update:
        field, value = "updates", (unchecked(first.updates[0], **{field: value}),)
    return replace(file, unit=unchecked(file.unit, pledges=(unchecked(first, **{field: value}), *rest)))


def with_reasons(file: UnitFile, kind: type[Record], kept: list[str]) -> UnitFile:
    """The unit with a revision for each of what was told, as it is copied from the messages."""
    owner = Pledge if kind is Update else kind
    revision: Any = {Unit: UnitRevision, Pledge: PledgeRevision, Notice: NoticeRevision}[owner]
    read = (decode("x", compose("x", was), BEFORE[owner], LANGUAGES) for was in kept)
    there = {Unit: file.unit, Pledge: file.unit.pledges[0], Notice: file.notices[0].notice}[owner].revisions
    return with_field(file, owner, "revisions", (*there, *(revision(was=was, **WHY) for was in read)))


SAMPLES: dict[type[Record], Mapping[str, Any]] = {
    Unit: UNIT,
    Pledge: PLEDGE,
    Notice: {**NOTICE, "pledges": ("zhiyuan-1", "zhiyuan-2")},
    Update: UPDATE,
}
BEFORE: dict[type[Record], type[Record]] = {
    Unit: UnitBefore,
    Pledge: PledgeBefore,
    Notice: NoticeBefore,
    Update: StepBefore,
}
FIELDS = [(kind, field) for kind, samples in SAMPLES.items() for field in samples if field not in NOT_HELD[kind]]
OPTIONAL = [(kind, field) for kind, field in FIELDS if not declared_fields(kind)[field].required]


@pytest.mark.parametrize("kind", SAMPLES, ids=lambda kind: kind.__name__)
def test_every_field_is_held_and_can_be_kept_or_is_free_for_a_reason(kind: type[Record]) -> None:
    """A field that is added to a record is held, can stand below `was:`, and has a sample here."""
    assert all(NOT_HELD[kind].values()) and {*NOT_HELD[kind]} <= {*kind.__struct_fields__}
    held = {*held_fields(kind)} - {"updates"}
    kept = {*BEFORE[kind].__struct_fields__} - {"step", "alert"} - ({"evidence"} - {*kind.__struct_fields__})
    assert held == kept == {*SAMPLES[kind]} - {*NOT_HELD[kind]} - {"updates"}


@pytest.mark.parametrize(("kind", "field"), FIELDS, ids=lambda each: getattr(each, "__name__", each))
def test_a_field_is_held_until_a_revision_keeps_what_it_said(
    unit_file: UnitFile, kind: type[Record], field: str
) -> None:
    value = SAMPLES[kind][field] or ("x",)
    bare = with_field(unit_file, Pledge, "updates", (BASE,))
    stated = with_field(bare, kind, field, value)
    register = published(stated)
    assert told(stated, register) == []
    optional = not declared_fields(kind)[field].required
    ways = [() if isinstance(value, tuple) else None] if optional else []
    for way in at_least_one((*ways, *others(value))):
        changed = with_field(stated, kind, field, way)
        kept = told(changed, register)
        assert kept, way
        settled = with_reasons(changed, kind, kept)
        assert told(settled, register) == [], (way, kept)


@pytest.mark.parametrize(("kind", "field"), FIELDS, ids=lambda each: getattr(each, "__name__", each))
def test_a_reason_is_none_for_the_next_change_of_what_is_said_again(
    unit_file: UnitFile, kind: type[Record], field: str
) -> None:
    """There and back, each with a reason; the third change asks for its own, whatever it leads to."""
    value = SAMPLES[kind][field] or ("x",)
    stated = with_field(with_field(unit_file, Pledge, "updates", (BASE,)), kind, field, value)
    first, register = stated, dict(published(stated))
    gone = () if isinstance(value, tuple) else None
    for way in (next(others(value)), *((gone, gone) if (kind, field) in OPTIONAL else ()), [*others(value)][-1]):
        changed = with_field(stated, kind, field, way)
        kept = told(changed, register)
        assert kept, way
        changed = with_reasons(changed, kind, kept)
        register |= published(changed)
        back = with_field(changed, kind, field, value)
        stated = with_reasons(back, kind, told(back, register))
        assert told(changed, register) == told(stated, register) == []
        register |= published(stated)
    assert told(first, register)  # the reasons are held as well


@pytest.mark.parametrize(("kind", "field"), OPTIONAL, ids=lambda each: getattr(each, "__name__", each))
def test_what_comes_to_a_record_needs_no_reason(unit_file: UnitFile, kind: type[Record], field: str) -> None:
    value = SAMPLES[kind][field]
    bare = with_field(
        with_field(unit_file, Pledge, "updates", (BASE,)), kind, field, () if isinstance(value, tuple) else None
    )
    assert told(with_field(bare, kind, field, value), published(bare)) == []


def test_what_was_said_before_ends_with_one_stop() -> None:
    """Sentences stand last in what is shown of a record, and bring their own stop."""
    content = open_content(SITE).content
    lang = LanguageContext(content, content.site.languages[0], {})
    long = PledgeBefore(withdrawn=Withdrawn(reason={"zh": "另行办理。", "en": "Elsewhere."}, date=DAY))
    short = PledgeBefore(checkable="partly")
    notes = revision_notes(lang, [PledgeRevision(was=was, **WHY) for was in (long, short)])
    assert [each.is_sentence for note in notes for each in note.before] == [True, False]
    assert notes[0].before[0].parts[-1].text == "另行办理。"
