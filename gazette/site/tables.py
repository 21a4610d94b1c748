"""The tables of the open data: which columns each has, and what a column reads of a pledge or a unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from gazette.model.dates import Deadline
from gazette.model.deadline_changes import deadline_of
from gazette.model.evidence import Evidence
from gazette.model.history import Event
from gazette.model.lifecycle import EVENTS
from gazette.model.markup import plain
from gazette.model.notice_records import Notice, NoticeFile, NoticeKind, NoticeOutcome
from gazette.model.published import FIELDS
from gazette.model.record import choices
from gazette.model.recurrence import PeriodRecord, rhythm_of
from gazette.model.revisions import RevisionKind
from gazette.model.status import ALERTS, STATES
from gazette.model.successions import Renamed
from gazette.model.target_changes import figure_of
from gazette.model.tenures import Role
from gazette.model.unit_parts import Note
from gazette.model.unit_records import Source


class Column(msgspec.Struct, frozen=True):
    """A column. It is read of a pledge's entry, of a unit's file with its entries, of a pledge's entry with what
    happened to it once, with one of those in charge, one of its numbers or one of its periods, of a unit's file with
    one of its heads, or of a field that was revised. `type` is text, integer, number, date, id, list or code; a text in
    each language is `texts`."""

    name: str
    type: str
    read: Callable[[Any], Any]
    codes: tuple[str, ...] = ()


def _texts(value: Mapping[str, str] | None) -> dict[str, str] | None:
    return None if value is None else {language: plain(text) for language, text in value.items()}


def _notes(notes: Iterable[Note]) -> dict[str, str] | None:
    joined: dict[str, list[str]] = {}
    for note in notes:
        for language, text in note.text.items():
            joined.setdefault(language, []).append(plain(text))
    return {language: " / ".join(texts) for language, texts in joined.items()} or None


def _titles(evidence: Iterable[Evidence]) -> dict[str, str] | None:
    return _joined(each.title for each in evidence)


def _joined(texts: Iterable[Mapping[str, str]]) -> dict[str, str] | None:
    """Some texts as one in each language."""
    joined: dict[str, list[str]] = {}
    for text in texts:
        for language, words in text.items():
            joined.setdefault(language, []).append(plain(words))
    return {language: " / ".join(found) for language, found in joined.items()} or None


def _urls(evidence: Iterable[Evidence]) -> list[str]:
    return [each.url for each in evidence if each.url]


def _former(renamed: Iterable[Renamed]) -> dict[str, str] | None:
    return _joined(each.before for each in renamed)


def _printed(source: Source) -> str | None:
    """The heading as printed: that of the language of the source, which comes first."""
    return source.section if isinstance(source.section, str) else next(iter(source.section.values()))


def _translated(source: Source) -> dict[str, str] | None:
    return None if isinstance(source.section, str) else source.section


def _stated(deadline: Deadline | None) -> str | None:
    return deadline.stated if deadline else None


def _reached(event: Event, name: str) -> Any:
    reached = event.update.reached if event.update else None
    return getattr(reached, name) if reached else None


def _notice(event: Event, name: str) -> Any:
    notice = event.update.notice if event.update else None
    return getattr(notice, name) if notice else None


def _periods_reported(entry: Any) -> int | None:
    return sum(bool(record.updates) for record in entry.periods) if rhythm_of(entry.pledge) else None


PLEDGES: tuple[Column, ...] = (
    Column("id", "id", lambda e: e.pledge.id),
    Column("unit", "id", lambda e: e.unit_file.id),
    Column("unit_name", "texts", lambda e: e.unit_file.unit.name),
    Column("number", "integer", lambda e: e.number),
    Column("title", "texts", lambda e: e.pledge.title),
    Column("text", "texts", lambda e: _texts(e.pledge.text)),
    Column("themes", "list", lambda e: list(e.pledge.themes)),
    Column("programmes", "list", lambda e: list(e.pledge.programmes)),
    Column("checkable", "code", lambda e: e.pledge.checkable, ("yes", "partly", "principle")),
    Column("why", "texts", lambda e: _texts(e.pledge.why)),
    Column("done_when", "texts", lambda e: _texts(e.pledge.done_when)),
    Column("target_value", "number", lambda e: e.pledge.target.value if e.pledge.target else None),
    Column("target_unit", "texts", lambda e: e.pledge.target.unit if e.pledge.target else None),
    Column("target_what", "texts", lambda e: e.pledge.target.what if e.pledge.target else None),
    Column("target_now", "number", lambda e: figure_of(e.pledge)),
    Column(
        "deadline_kind",
        "code",
        lambda e: e.pledge.deadline.kind,
        ("date", "month", "year", "period", "rhythm", "limit", "standing", "unstated"),
    ),
    Column("deadline", "text", lambda e: e.pledge.deadline.stated),
    Column("deadline_first", "date", lambda e: e.pledge.deadline.first),
    Column("deadline_last", "date", lambda e: e.pledge.deadline.last),
    Column("deadline_now", "text", lambda e: deadline_of(e.pledge).stated),
    Column("deadline_now_last", "date", lambda e: deadline_of(e.pledge).last),
    Column(
        "status",
        "code",
        lambda e: e.status.code,
        STATES,
    ),
    Column("status_since", "date", lambda e: e.status.since),
    Column("alert", "code", lambda e: e.status.alert or None, ALERTS),
    Column("days_late", "integer", lambda e: e.status.days_late or None),
    Column("updates", "integer", lambda e: len(e.pledge.updates)),
    Column("first_period", "text", lambda e: e.pledge.first_period.stated if e.pledge.first_period else None),
    Column("periods", "integer", lambda e: len(e.periods) if rhythm_of(e.pledge) else None),
    Column("periods_reported", "integer", _periods_reported),
    Column("covers", "list", lambda e: [str(item) for item in e.pledge.covers]),
    Column("numbers", "list", lambda e: list(e.pledge.numbers)),
    Column("joint", "list", lambda e: [other.unit for other in e.pledge.joint]),
    Column("split_into", "list", lambda e: list(e.pledge.split.into) if e.pledge.split else []),
    Column("source_section", "text", lambda e: _printed(e.pledge.source)),
    Column("source_section_words", "texts", lambda e: _translated(e.pledge.source)),
    Column("source_paragraph", "integer", lambda e: e.pledge.source.paragraph),
    Column("source_item", "text", lambda e: e.pledge.source.item),
    Column("source_url", "text", lambda e: e.pledge.source.url),
    Column("source_date", "date", lambda e: e.pledge.source.date),
    Column("notes", "texts", lambda e: _notes(e.pledge.notes)),
    Column("formerly", "list", lambda e: list(e.pledge.formerly)),
)

UNITS: tuple[Column, ...] = (
    Column("id", "id", lambda u: u[0].id),
    Column("name", "texts", lambda u: u[0].unit.name),
    Column("also", "texts", lambda u: u[0].unit.also),
    Column("kind", "code", lambda u: u[0].unit.kind, ("district", "zone")),
    Column("order", "integer", lambda u: u[0].unit.order),
    Column("signed_name", "texts", lambda u: u[0].unit.signed_by.name),
    Column("signed_title", "texts", lambda u: u[0].unit.signed_by.title),
    Column("summary", "texts", lambda u: _texts(u[0].unit.summary)),
    Column("commitments", "integer", lambda u: u[0].unit.commitments),
    Column("pledges", "integer", lambda u: len(u[1])),
    Column("reported", "integer", lambda u: sum(bool(entry.pledge.updates) for entry in u[1])),
    Column("notes", "texts", lambda u: _notes(u[0].unit.notes)),
    Column("formerly", "list", lambda u: list(u[0].unit.formerly)),
    Column("former_names", "texts", lambda u: _former(u[0].unit.renamed)),
    Column("renamed", "list", lambda u: [each.date.isoformat() for each in u[0].unit.renamed]),
    Column("ended", "date", lambda u: u[0].unit.ended.date if u[0].unit.ended else None),
    Column("ended_into", "list", lambda u: [each.unit for each in u[0].unit.ended.into] if u[0].unit.ended else []),
    Column("ended_reason", "texts", lambda u: _texts(u[0].unit.ended.reason) if u[0].unit.ended else None),
    Column("joint_pledges", "list", lambda u: [each.pledge for each in u[0].unit.joint_pledges]),
)


def _update(name: str) -> Callable[[tuple[Any, Event]], Any]:
    """Reads a field of the report that an event is."""
    return lambda h: getattr(h[1].update, name) if h[1].update else None


def _by(event: Event) -> dict[str, str] | None:
    """Who says or granted what happened."""
    granted = event.moved or (event.figure and event.figure.change)
    return granted.by if granted else event.update.by if event.update else None


def _period_of(row: tuple[Any, Event]) -> str | None:
    """The period that a report is about."""
    period = row[1].update.period if row[1].update else None
    return period.stated if period else None


HISTORY: tuple[Column, ...] = (
    Column("pledge", "id", lambda h: h[0].pledge.id),
    Column("unit", "id", lambda h: h[0].unit_file.id),
    Column("date", "date", lambda h: h[1].date),
    Column("event", "code", lambda h: h[1].what, (*EVENTS, *choices(RevisionKind))),
    Column("text", "texts", lambda h: _texts(h[1].text)),
    Column("by", "texts", lambda h: _by(h[1])),
    Column("reached", "number", lambda h: _reached(h[1], "value")),
    Column("total", "number", lambda h: _reached(h[1], "of")),
    Column("reached_unit", "texts", lambda h: _reached(h[1], "unit")),
    Column("inspected", "date", _update("inspected")),
    Column("body", "texts", _update("body")),
    Column("basis", "texts", _update("basis")),
    Column("notice_begin", "date", lambda h: _notice(h[1], "begin")),
    Column("notice_end", "date", lambda h: _notice(h[1], "end")),
    Column("reason", "texts", lambda h: _texts(_update("reason")(h))),
    Column("recheck", "date", _update("recheck")),
    Column("deadline", "text", lambda h: _stated(h[1].moved.to if h[1].moved else _update("deadline")(h))),
    Column("period", "text", _period_of),
    Column("deadline_before", "text", lambda h: _stated(h[1].before)),
    Column("target", "number", lambda h: h[1].figure.to if h[1].figure else None),
    Column("target_before", "number", lambda h: h[1].figure.before if h[1].figure else None),
    Column("role", "code", lambda h: h[1].assigned.role if h[1].assigned else None, choices(Role)),
    Column("split_into", "list", lambda h: list(h[1].split.into) if h[1].split else []),
    Column("evidence", "texts", lambda h: _titles(h[1].evidence)),
    Column("evidence_urls", "list", lambda h: _urls(h[1].evidence)),
)


def _tenure() -> tuple[Column, ...]:
    """Who held something and when, read of the second of a pair."""
    return (
        Column("name", "texts", lambda h: h[1].name),
        Column("since", "date", lambda h: h[1].since),
        Column("until", "date", lambda h: h[1].until),
        Column("evidence", "texts", lambda h: _titles(h[1].evidence)),
        Column("evidence_urls", "list", lambda h: _urls(h[1].evidence)),
    )


HEADS: tuple[Column, ...] = (
    Column("unit", "id", lambda h: h[0].id),
    _tenure()[0],
    Column("title", "texts", lambda h: h[1].title),
    *_tenure()[1:],
)

ASSIGNMENTS: tuple[Column, ...] = (
    Column("pledge", "id", lambda h: h[0].pledge.id),
    Column("unit", "id", lambda h: h[0].unit_file.id),
    Column("role", "code", lambda h: h[1].role, choices(Role)),
    *_tenure(),
)

NUMBERS: tuple[Column, ...] = (
    Column("number", "text", lambda h: h[1]),
    Column("pledge", "id", lambda h: h[0].pledge.id),
    Column("unit", "id", lambda h: h[0].unit_file.id),
    Column("title", "texts", lambda h: h[0].pledge.title),
)


def _sections(notice: Notice) -> dict[str, str] | None:
    return _joined([*([notice.intro] if notice.intro else []), *(section.text for section in notice.sections)])


def _measures(notice: Notice) -> dict[str, str] | None:
    return _joined(
        {code: f"{post} | {each.measure[code]}" for code, post in each.post.items()} for each in notice.accountable
    )


def _of(read: Callable[[Notice], Any]) -> Callable[[NoticeFile], Any]:
    return lambda file: read(file.notice)


NOTICES: tuple[Column, ...] = (
    Column("id", "id", lambda file: file.id),
    Column("notice_kind", "code", _of(lambda n: n.kind), choices(NoticeKind)),
    Column("date", "date", _of(lambda n: n.date)),
    Column("title", "texts", _of(lambda n: n.title)),
    Column("body", "texts", _of(lambda n: n.body)),
    Column("pledges", "list", _of(lambda n: list(n.pledges))),
    Column("numbers", "list", _of(lambda n: list(n.numbers))),
    Column("of_list", "texts", _of(lambda n: n.of_list)),
    Column("text", "texts", _of(_sections)),
    Column("measures", "texts", _of(_measures)),
    Column("accepted_by", "texts", _of(lambda n: n.accepted_by)),
    Column("period_begin", "date", _of(lambda n: n.period.begin if n.period else None)),
    Column("period_end", "date", _of(lambda n: n.period.end if n.period else None)),
    Column("outcome", "code", _of(lambda n: n.result.outcome if n.result else None), choices(NoticeOutcome)),
    Column("outcome_date", "date", _of(lambda n: n.result.date if n.result else None)),
    Column("withdrawn", "date", _of(lambda n: n.withdrawn.date if n.withdrawn else None)),
    Column("formerly", "list", _of(lambda n: list(n.formerly))),
)

REVISIONS: tuple[Column, ...] = (
    Column("id", "id", lambda r: r.id),
    Column("unit", "id", lambda r: r.unit),
    Column("date", "date", lambda r: r.revision.date),
    Column("revision", "code", lambda r: r.revision.kind, choices(RevisionKind)),
    Column("field", "code", lambda r: r.field, FIELDS),
    Column("before", "texts", lambda r: _texts(r.before)),
    Column("reason", "texts", lambda r: _texts(r.revision.reason)),
    Column("by", "texts", lambda r: r.revision.by),
    Column("evidence", "texts", lambda r: _titles(r.revision.evidence)),
    Column("evidence_urls", "list", lambda r: [each.url for each in r.revision.evidence if each.url]),
)


def _report(record: PeriodRecord) -> str:
    if not record.updates:
        return "none"
    return "inspected" if any(update.state == "inspected" for update in record.updates) else "reported"


PERIODS: tuple[Column, ...] = (
    Column("pledge", "id", lambda p: p[0].pledge.id),
    Column("unit", "id", lambda p: p[0].unit_file.id),
    Column("period", "text", lambda p: p[1].period.stated),
    Column("first", "date", lambda p: p[1].period.first),
    Column("last", "date", lambda p: p[1].period.last),
    Column("report", "code", lambda p: _report(p[1]), ("none", "reported", "inspected")),
    Column("reported_on", "date", lambda p: p[1].updates[0].date if p[1].updates else None),
)

AS_OF = Column("as_of", "date", lambda _: None)
"""The last column of each CSV: a file says by itself which day it speaks of, also when several are put together. A JSON
file says it once, before its records."""


TABLES: dict[str, tuple[Column, ...]] = {
    "pledges": PLEDGES,
    "units": UNITS,
    "history": HISTORY,
    "periods": PERIODS,
    "revisions": REVISIONS,
    "heads": HEADS,
    "assignments": ASSIGNMENTS,
    "numbers": NUMBERS,
    "notices": NOTICES,
}
"""The tables of the open data: one row a pledge; a unit; each thing that happened to a pledge; each period of a pledge
that recurs; each thing that was corrected or changed after it was published; each who headed a unit; each that a pledge
was assigned to; each number of the superior list that a pledge answers; each notice."""

ALWAYS = ("pledges", "units", "history")
"""The tables that every site has; the others are there where they have a row."""


def present(rows: Callable[[str], int]) -> tuple[str, ...]:
    """The tables of a site where `rows` says how many rows each has."""
    return tuple(name for name in TABLES if name in ALWAYS or rows(name))


ENDINGS = ("csv", "json")
"""The forms in which each is published."""


def columns(name: str, languages: tuple[str, ...]) -> tuple[tuple[str, Column], ...]:
    """The columns of a table as its CSV has them: a text of each language is a column of its own."""
    found: list[tuple[str, Column]] = []
    for column in TABLES[name]:
        if column.type == "texts":
            found += [(f"{column.name}_{language}", column) for language in languages]
        else:
            found.append((column.name, column))
    return (*found, (AS_OF.name, AS_OF))
