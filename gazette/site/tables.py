"""The tables of the open data: which columns each has, and what a column reads of a pledge or a unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from gazette.model.dates import Deadline
from gazette.model.deadline_changes import deadline_of
from gazette.model.history import Event
from gazette.model.lifecycle import EVENTS
from gazette.model.markup import plain
from gazette.model.notice_records import Notice, NoticeFile, NoticeKind, NoticeOutcome
from gazette.model.published import FIELDS
from gazette.model.record import choices
from gazette.model.revisions import RevisionKind
from gazette.model.status import ALERTS, STATES
from gazette.model.unit_parts import Evidence, Note


class Column(msgspec.Struct, frozen=True):
    """A column. It is read of a pledge's entry, of a unit's file with its entries, of a pledge's entry with what
    happened to it once, or of a field that was revised. `type` is text, integer, number, date, id, list or code; a text
    in each language is `texts`."""

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
    joined: dict[str, list[str]] = {}
    for each in evidence:
        for language, title in each.title.items():
            joined.setdefault(language, []).append(title)
    return {language: " / ".join(titles) for language, titles in joined.items()} or None


def _stated(deadline: Deadline | None) -> str | None:
    return deadline.stated if deadline else None


def _reached(event: Event, name: str) -> Any:
    reached = event.update.reached if event.update else None
    return getattr(reached, name) if reached else None


def _notice(event: Event, name: str) -> Any:
    notice = event.update.notice if event.update else None
    return getattr(notice, name) if notice else None


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
    Column("covers", "list", lambda e: [str(item) for item in e.pledge.covers]),
    Column("source_section", "text", lambda e: e.pledge.source.section),
    Column("source_paragraph", "integer", lambda e: e.pledge.source.paragraph),
    Column("source_item", "text", lambda e: e.pledge.source.item),
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
)


def _update(name: str) -> Callable[[tuple[Any, Event]], Any]:
    """Reads a field of the report that an event is."""
    return lambda h: getattr(h[1].update, name) if h[1].update else None


HISTORY: tuple[Column, ...] = (
    Column("pledge", "id", lambda h: h[0].pledge.id),
    Column("unit", "id", lambda h: h[0].unit_file.id),
    Column("date", "date", lambda h: h[1].date),
    Column("event", "code", lambda h: h[1].what, (*EVENTS, *choices(RevisionKind))),
    Column("text", "texts", lambda h: _texts(h[1].text)),
    Column("by", "texts", lambda h: h[1].moved.by if h[1].moved else _update("by")(h)),
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
    Column("deadline_before", "text", lambda h: _stated(h[1].before)),
    Column("evidence", "texts", lambda h: _titles(h[1].evidence)),
    Column("evidence_urls", "list", lambda h: [each.url for each in h[1].evidence if each.url]),
)


def _joined(texts: Iterable[Mapping[str, str]]) -> dict[str, str] | None:
    """Some texts as one in each language."""
    joined: dict[str, list[str]] = {}
    for text in texts:
        for language, words in text.items():
            joined.setdefault(language, []).append(plain(words))
    return {language: " / ".join(found) for language, found in joined.items()} or None


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

AS_OF = Column("as_of", "date", lambda _: None)
"""The last column of each CSV: a file says by itself which day it speaks of, also when several are put together. A JSON
file says it once, before its records."""


TABLES: dict[str, tuple[Column, ...]] = {
    "pledges": PLEDGES,
    "units": UNITS,
    "history": HISTORY,
    "revisions": REVISIONS,
    "notices": NOTICES,
}
"""The tables of the open data: one row a pledge, one row a unit, one row for each thing that happened to a pledge, one
row for each thing that was corrected or changed after it was published, one row a notice."""

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
