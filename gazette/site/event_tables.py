"""Defines the tables of open data with a row for each event, revision, withdrawal or notice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from gazette.model.forms.record import choices
from gazette.model.life.deadline_changes import DeadlineEvent, DeadlineStep
from gazette.model.life.history import Event
from gazette.model.life.status import PASSED, RECHECK
from gazette.model.published.facts import REVISED
from gazette.model.records.lifecycle import EVENTS, NOTICE_WITHDRAWN, OF_UNITS
from gazette.model.records.notices import Notice, NoticeFile, NoticeKind, NoticeOutcome
from gazette.model.records.revisions import RevisionKind
from gazette.model.records.tenures import Role
from gazette.model.records.unit_parts import Withdrawn
from gazette.site.column import Column, joined, stated, texts, titles, urls


class Deferred(NamedTuple):
    """A change of a pledge's deadline."""

    unit: str
    pledge: str
    step: DeadlineStep


class TakenBack(NamedTuple):
    """A withdrawn pledge or notice; the id of the other is ""."""

    unit: str
    pledge: str
    notice: str
    title: dict[str, str]
    withdrawn: Withdrawn


class Happened(NamedTuple):
    """An event of a pledge, or of a unit itself (then `pledge` is "")."""

    unit: str
    pledge: str
    event: Event


def _reached(event: Event, name: str) -> Any:
    reached = event.update.reached if event.update else None
    return getattr(reached, name) if reached else None


def _notice(event: Event, name: str) -> Any:
    withdrawn = event.notice.notice.period if event.notice and event.what == NOTICE_WITHDRAWN else None
    notice = event.update.notice if event.update else withdrawn
    return getattr(notice, name) if notice else None


def _update(name: str) -> Callable[[Happened], Any]:
    """A function that reads a field of the event's update; it returns None if there is none."""
    return lambda h: getattr(h.event.update, name) if h.event.update else None


def _by(event: Event) -> dict[str, str] | None:
    """The body that reported or granted the event."""
    granted = event.moved or (event.figure and event.figure.change)
    return granted.by if granted else event.update.by if event.update else None


def _period_of(row: Happened) -> str | None:
    """The period that the event's report concerns."""
    period = row.event.update.period if row.event.update else None
    return period.stated if period else None


def _deadline(row: Happened) -> str | None:
    """The deadline that was granted or set, or the one that passed."""
    event = row.event
    return stated(event.passed or (event.moved.to if event.moved else _update("deadline")(row)))


HISTORY: tuple[Column, ...] = (
    Column("pledge", "id", lambda h: h.pledge or None),
    Column("unit", "id", lambda h: h.unit),
    Column("date", "date", lambda h: h.event.date),
    Column("event", "code", lambda h: h.event.what, (*EVENTS, *OF_UNITS, *choices(RevisionKind), *PASSED)),
    Column("text", "texts", lambda h: texts(h.event.text) or None),
    Column("names", "texts", lambda h: joined(h.event.names)),
    Column("by", "texts", lambda h: _by(h.event)),
    Column("reached", "number", lambda h: _reached(h.event, "value")),
    Column("total", "number", lambda h: _reached(h.event, "of")),
    Column("reached_unit", "texts", lambda h: _reached(h.event, "unit")),
    Column("inspected", "date", _update("inspected")),
    Column("body", "texts", _update("body")),
    Column("basis", "texts", _update("basis")),
    Column("notice_begin", "date", lambda h: _notice(h.event, "begin")),
    Column("notice_end", "date", lambda h: _notice(h.event, "end")),
    Column("reason", "texts", lambda h: texts(_update("reason")(h))),
    Column("recheck", "date", lambda h: h.event.date if h.event.what == RECHECK else _update("recheck")(h)),
    Column("deadline", "text", _deadline),
    Column("period", "text", _period_of),
    Column("deadline_before", "text", lambda h: stated(h.event.before)),
    Column("target", "number", lambda h: h.event.figure.to if h.event.figure else None),
    Column("target_before", "number", lambda h: h.event.figure.before if h.event.figure else None),
    Column("role", "code", lambda h: h.event.assigned.role if h.event.assigned else None, choices(Role)),
    Column("split_into", "list", lambda h: list(h.event.split.into) if h.event.split else []),
    Column("evidence", "texts", lambda h: titles(h.event.evidence)),
    Column("evidence_urls", "list", lambda h: urls(h.event.evidence)),
)


DEADLINES: tuple[Column, ...] = (
    Column("pledge", "id", lambda d: d.pledge),
    Column("unit", "id", lambda d: d.unit),
    Column("date", "date", lambda d: d.step.date),
    Column("became", "code", lambda d: d.step.event, choices(DeadlineEvent)),
    Column("deadline_before", "text", lambda d: d.step.before.stated),
    Column("last_before", "date", lambda d: d.step.before.last),
    Column("deadline", "text", lambda d: d.step.to.stated),
    Column("last", "date", lambda d: d.step.to.last),
    Column("by", "texts", lambda d: d.step.source.by),
    Column("reason", "texts", lambda d: texts(d.step.source.reason)),
    Column("evidence", "texts", lambda d: titles(d.step.source.evidence)),
    Column("evidence_urls", "list", lambda d: urls(d.step.source.evidence)),
)

WITHDRAWALS: tuple[Column, ...] = (
    Column("pledge", "id", lambda t: t.pledge or None),
    Column("notice", "id", lambda t: t.notice or None),
    Column("unit", "id", lambda t: t.unit),
    Column("title", "texts", lambda t: t.title),
    Column("date", "date", lambda t: t.withdrawn.date),
    Column("reason", "texts", lambda t: texts(t.withdrawn.reason)),
)

REVISIONS: tuple[Column, ...] = (
    Column("id", "id", lambda r: r.id or None),
    Column("unit", "id", lambda r: r.unit),
    Column("notice", "id", lambda r: r.notice or None),
    Column("date", "date", lambda r: r.revision.date),
    Column("revision", "code", lambda r: r.revision.kind, choices(RevisionKind)),
    Column("field", "code", lambda r: r.field, REVISED),
    Column("before", "texts", lambda r: texts(r.before)),
    Column("reason", "texts", lambda r: texts(r.revision.reason)),
    Column("by", "texts", lambda r: r.revision.by),
    Column("evidence", "texts", lambda r: titles(r.revision.evidence)),
    Column("evidence_urls", "list", lambda r: urls(r.revision.evidence)),
)


def _sections(notice: Notice) -> dict[str, str] | None:
    return joined([*([notice.intro] if notice.intro else []), *(section.text for section in notice.sections)])


def _measures(notice: Notice) -> dict[str, str] | None:
    return joined(
        {code: f"{post} | {each.measure[code]}" for code, post in each.post.items()} for each in notice.accountable
    )


def _outcomes(notice: Notice) -> list[str]:
    """`ID OUTCOME DATE` for each pledge with a result of its own."""
    return [f"{pledge} {result.outcome} {result.date}" for result in notice.results for pledge in result.pledges]


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
    Column("inspected", "date", _of(lambda n: n.inspected)),
    Column("period_begin", "date", _of(lambda n: n.period.begin if n.period else None)),
    Column("period_end", "date", _of(lambda n: n.period.end if n.period else None)),
    Column("outcome", "code", _of(lambda n: n.result.outcome if n.result else None), choices(NoticeOutcome)),
    Column("outcome_date", "date", _of(lambda n: n.result.date if n.result else None)),
    Column("outcomes", "list", _of(_outcomes)),
    Column("withdrawn", "date", _of(lambda n: n.withdrawn.date if n.withdrawn else None)),
    Column("formerly", "list", _of(lambda n: list(n.formerly))),
)
