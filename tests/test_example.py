"""The example city: everything that the model knows happens in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from program import ROOT
from reached import at_least_one

from gazette.building.opening import open_cache, open_content
from gazette.building.settings import Settings
from gazette.model.forms.dates import RHYTHMS, DeadlineKind
from gazette.model.forms.declared import Choice, Declaration, ListOf, Nullable, declared_fields
from gazette.model.forms.record import Former, Record, choices
from gazette.model.life.announced import as_told
from gazette.model.life.deadline_changes import deadline_changes
from gazette.model.life.history import history
from gazette.model.life.notice_status import NoticeState, notice_state
from gazette.model.life.recurrence import period_records, rhythm_of
from gazette.model.life.status import ALERTS, STATES, status
from gazette.model.records.content import UnitFile
from gazette.model.records.lifecycle import EVENTS
from gazette.model.records.notices import Notice, NoticeFile
from gazette.model.records.revisions import EvidenceBefore, RevisionBefore
from gazette.model.records.shared import Programme, Term
from gazette.model.records.units import Pledge, Unit
from gazette.reading.loaded_content import LoadedContent
from gazette.reading.unit_loader import without_drafts
from tools.play_example import EXAMPLE


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> LoadedContent:
    settings = Settings(EXAMPLE, ROOT / "templates", tmp_path_factory.mktemp("cache"))
    return open_content(settings, open_cache(settings))


@pytest.fixture(scope="module")
def units(opened: LoadedContent) -> list[UnitFile]:
    """Every unit with its notices, drafts and all."""
    files = [file for _, file in opened.load_units()]
    assert opened.diagnostics.problems == [] and None not in files
    return [file for file in files if file is not None]


@pytest.fixture(scope="module")
def notices(units: list[UnitFile]) -> list[NoticeFile]:
    return [*{file.id: file for unit in units for file in unit.notices}.values()]


def shown(units: list[UnitFile]) -> list[Pledge]:
    return [pledge.without_drafts() for file in units for pledge in file.unit.pledges if not pledge.draft]


# ── everything that the model knows ──────────────────────────────────────────

LEFT_OUT = {"Unit.draft", "Unit.original", "Pledge.original"}
"""What only the draft of a whole unit may hold, such as the wording of a source: here there is no source."""

CORRECTED = {
    *(f"UnitBefore.{name}" for name in ("name", "signed_by", "summary")),
    *(f"PledgeBefore.{name}" for name in ("title", "text", "done_when", "target", "deadline", "step")),
    *("StepBefore.text", "StepBefore.reached", "NoticeBefore.title"),
}
"""What was corrected or changed here. A revision can keep whatever was published (`test_held`), and most of it never
was another in this city."""


def records_of(value: Any) -> Iterator[Record]:
    """A record and all those in it."""
    if isinstance(value, Record):
        yield value
        for name in value.__struct_fields__:
            yield from records_of(getattr(value, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from records_of(each)


def kinds_in(kind: type[Record]) -> set[type[Record]]:
    """A kind of record, and all those that may stand in it."""
    found, waiting = set[type[Record]](), [kind]
    while waiting:
        own = waiting.pop()
        if own not in found:
            found.add(own)
            waiting += [inner for each in declared_fields(own).values() for inner in _records(each.declaration)]
    return found


def _records(declaration: Declaration) -> Iterator[type[Record]]:
    kind = declaration.kind
    if isinstance(kind, Nullable | ListOf):
        yield from _records(kind.there if isinstance(kind, Nullable) else kind.entry)
    elif isinstance(kind, type):
        yield kind


def _words(declaration: Declaration) -> tuple[str, ...]:
    kind = declaration.kind
    if isinstance(kind, Nullable | ListOf):
        return _words(kind.there if isinstance(kind, Nullable) else kind.entry)
    return kind.words if isinstance(kind, Choice) else ()


def demanded(kinds: set[type[Record]]) -> set[str]:
    """What a content can say: every field that may be left out, and every word that may be chosen."""
    found = set()
    for kind in kinds:
        for name, own in declared_fields(kind).items():
            place, is_former = f"{owner_of(kind, name)}.{name}", issubclass(kind, Former)
            if not is_former:
                found |= {f"{place}={word}" for word in _words(own.declaration)}
            if not own.required and (not is_former or place in CORRECTED):
                found.add(place)
    return found - LEFT_OUT


def owner_of(kind: type[Record], name: str) -> str:
    """The kind of record that a field comes from: what is said in one that is derived from it, is said of it."""
    bases = (base for base in kind.__mro__[::-1] if issubclass(base, Record) and base is not Record)
    return next(base.__name__ for base in bases if name in base.__struct_fields__)


def said(record: Record) -> Iterator[str]:
    """The same of one record."""
    for name, own in declared_fields(type(record)).items():
        kind, value = owner_of(type(record), name), getattr(record, name)
        yield f"{kind}.{name}={value}"
        if not own.required and value != own.default:
            yield f"{kind}.{name}"


def test_the_example_uses_every_field_and_every_word(
    opened: LoadedContent, units: list[UnitFile], notices: list[NoticeFile]
) -> None:
    assert opened.content is not None
    shared = opened.content
    values = ([file.unit for file in units], [file.notice for file in notices], shared.programmes, shared.glossary)
    found = {each for group in values for value in group for record in records_of(value) for each in said(record)}
    kinds = kinds_in(Unit) | kinds_in(Notice) | kinds_in(Programme) | kinds_in(Term)
    kinds -= {EvidenceBefore, RevisionBefore}
    assert len(kinds) > 20
    assert demanded(kinds) - found == set()


def test_a_field_that_nobody_uses_would_be_missed(units: list[UnitFile]) -> None:
    bare = units[-1].unit
    found = {each for record in records_of(bare) for each in said(record)}
    assert {"Pledge.moved", "Update.state=reopened", "Revision.kind=change"} & (demanded(kinds_in(Unit)) - found)


def test_every_state_and_every_alert_is_there(opened: LoadedContent, units: list[UnitFile]) -> None:
    assert opened.content is not None
    day = opened.content.site.as_of
    public = [as_told(file, day) for file in map(without_drafts, units) if file is not None]
    found = [status(pledge, day, file.notices) for file in public for pledge in file.unit.pledges]
    assert {each.code for each in found} == {*STATES}
    assert {each.alerts for each in found} >= {(), *((alert,) for alert in ALERTS)}
    late = [each for each in found if each.days_late]
    assert {each.in_moved_time for each in late} == {True, False}


def test_everything_happened_that_can(units: list[UnitFile]) -> None:
    public = [(file.unit.pledges, [n for n in file.notices if not n.notice.draft]) for file in units]
    events = {
        event.what for pledges, own in public for pledge in pledges for event in history(pledge, own_of(pledge, own))
    }
    assert {*EVENTS} - events == set()


def own_of(pledge: Pledge, notices: list[NoticeFile]) -> list[NoticeFile]:
    return [file for file in notices if pledge.id in file.notice.pledges]


def test_deadlines_of_every_kind_are_there_and_move_in_every_way(units: list[UnitFile]) -> None:
    pledges = shown(units)
    assert {pledge.deadline.kind for pledge in pledges} == {*choices(DeadlineKind)}
    assert {rhythm_of(pledge) for pledge in pledges} == {"", *RHYTHMS}
    changes = [change for pledge in pledges for change in deadline_changes(pledge)]
    assert {change.moved is None for change in changes} == {True, False}  # granted, and set anew on reopening
    assert any(change.before.kind == "rhythm" and change.to.kind == "date" for change in changes)
    figures = [
        (pledge.target.value, change.to) for pledge in pledges if pledge.target for change in pledge.target_changed
    ]
    assert {now > before for before, now in figures} == {True, False}


def test_periods_were_reported_on_and_missed(opened: LoadedContent, units: list[UnitFile]) -> None:
    assert opened.content is not None
    site = opened.content.site
    for rhythm in ("monthly", "quarterly"):
        own = [pledge for pledge in shown(units) if rhythm_of(pledge) == rhythm]
        records = [each for pledge in own for each in period_records(pledge, site.statements_date, site.as_of)]
        assert {bool(record.updates) for record in records} == {True, False}


def test_notices_end_in_every_way(opened: LoadedContent, notices: list[NoticeFile]) -> None:
    assert opened.content is not None
    found = {notice_state(file.notice, opened.content.site.as_of) for file in notices if not file.notice.withdrawn}
    assert found == {None, *choices(NoticeState)}


def test_numbers_of_the_list_are_many_to_many(units: list[UnitFile]) -> None:
    numbers = [(pledge.id, number) for pledge in shown(units) for number in pledge.numbers]
    of_one = [id for id, _ in numbers]
    assert max(of_one.count(id) for id in of_one) > 1
    assert max([n for _, n in numbers].count(number) for _, number in numbers) > 1


def test_no_two_texts_are_the_same_but_for_a_figure(units: list[UnitFile]) -> None:
    for language in ("zh", "en"):
        told = [update.text[language] for pledge in shown(units) for update in pledge.updates]
        bare = ["".join(c for c in text if not c.isdigit()) for text in [p.text[language] for p in shown(units)]]
        assert len(set(bare)) == len(bare)
        assert len(set(told)) > 0.9 * len(told)


def test_nothing_in_it_leads_anywhere_real() -> None:
    words = [(path, word) for path in sorted(EXAMPLE.glob("*/*.yaml")) for word in path.read_text("utf-8").split()]
    for path, address in at_least_one((path, word) for path, word in words if "://" in word):
        assert address.startswith("https://example.org/linjiang"), (path, address)
