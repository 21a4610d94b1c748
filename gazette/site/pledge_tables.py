"""Defines the tables of open data with a row for each unit or pledge, or for a part of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from gazette.model.forms.record import choices
from gazette.model.life.answering import answered_for, answering
from gazette.model.life.deadline_changes import deadline_of
from gazette.model.life.in_charge import stated_of
from gazette.model.life.recurrence import PeriodRecord, rhythm_of
from gazette.model.life.status import ALERTS, STATES
from gazette.model.life.target_changes import figure_of
from gazette.model.records.successions import Renamed
from gazette.model.records.tenures import Role
from gazette.model.records.unit_parts import Source
from gazette.site.column import Column, joined, note_texts, texts, titles, urls


def _former(renamed: Iterable[Renamed]) -> dict[str, str] | None:
    return joined(each.before for each in renamed)


def _printed(source: Source) -> str | None:
    """The heading as printed: in the source's language, which comes first."""
    return source.section if isinstance(source.section, str) else next(iter(source.section.values()))


def _translated(source: Source) -> dict[str, str] | None:
    return None if isinstance(source.section, str) else source.section


def _answered_by(entry: Any) -> list[str]:
    """The ids of the units that answer for a pledge now; empty if it was withdrawn or split."""
    if entry.pledge.withdrawn is not None or entry.pledge.split is not None:
        return []
    return [each.unit for each in answering(entry.unit_file, entry.pledge)] or [entry.unit_file.id]


def _periods_reported(entry: Any) -> int | None:
    return sum(bool(record.updates) for record in entry.periods) if rhythm_of(entry.pledge) else None


PLEDGES: tuple[Column, ...] = (
    Column("id", "id", lambda e: e.pledge.id),
    Column("unit", "id", lambda e: e.unit_file.id),
    Column("unit_name", "texts", lambda e: e.unit_file.unit.name),
    Column("number", "integer", lambda e: e.number),
    Column("title", "texts", lambda e: e.pledge.title),
    Column("text", "texts", lambda e: texts(e.pledge.text)),
    Column("themes", "list", lambda e: list(e.pledge.themes)),
    Column("programmes", "list", lambda e: list(e.pledge.programmes)),
    Column("checkable", "code", lambda e: e.pledge.checkable, ("yes", "partly", "principle")),
    Column("why", "texts", lambda e: texts(e.pledge.why)),
    Column("done_when", "texts", lambda e: texts(e.pledge.done_when)),
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
    Column("alert", "list", lambda e: list(e.status.alerts), ALERTS),
    Column("days_late", "integer", lambda e: e.status.days_late or None),
    Column("updates", "integer", lambda e: len(e.pledge.updates)),
    Column("first_period", "text", lambda e: e.pledge.first_period.stated if e.pledge.first_period else None),
    Column("periods", "integer", lambda e: len(e.periods) if rhythm_of(e.pledge) else None),
    Column("periods_reported", "integer", _periods_reported),
    Column("covers", "list", lambda e: [str(item) for item in e.pledge.covers]),
    Column("numbers", "list", lambda e: list(e.pledge.numbers)),
    Column("joint", "list", lambda e: [other.unit for other in e.pledge.joint]),
    Column("answered_by", "list", _answered_by),
    Column("split_into", "list", lambda e: list(e.pledge.split.into) if e.pledge.split else []),
    Column("source_section", "text", lambda e: _printed(e.pledge.source)),
    Column("source_section_words", "texts", lambda e: _translated(e.pledge.source)),
    Column("source_paragraph", "integer", lambda e: e.pledge.source.paragraph),
    Column("source_item", "text", lambda e: e.pledge.source.item),
    Column("source_url", "text", lambda e: e.pledge.source.url),
    Column("source_date", "date", lambda e: e.pledge.source.date),
    Column("notes", "texts", lambda e: note_texts(e.pledge.notes)),
    Column("formerly", "list", lambda e: list(e.pledge.formerly)),
)


def _is_counted(entry: Any) -> bool:
    """True if totals count the pledge. A split pledge is counted by its parts."""
    return bool(entry.status.code != "split")


def _stated(role: Role) -> Callable[[Any], int]:
    """A function that counts a unit's pledges with this role filled, as totals count them."""
    return lambda u: sum(role in stated_of(entry.pledge) for entry in u[1] if _is_counted(entry))


UNITS: tuple[Column, ...] = (
    Column("id", "id", lambda u: u[0].id),
    Column("name", "texts", lambda u: u[0].unit.name),
    Column("also", "texts", lambda u: u[0].unit.also),
    Column("kind", "code", lambda u: u[0].unit.kind, ("district", "zone")),
    Column("order", "integer", lambda u: u[0].unit.order),
    Column("signed_name", "texts", lambda u: u[0].unit.signed_by.name),
    Column("signed_title", "texts", lambda u: u[0].unit.signed_by.title),
    Column("summary", "texts", lambda u: texts(u[0].unit.summary)),
    Column("commitments", "integer", lambda u: u[0].unit.commitments),
    Column("pledges", "integer", lambda u: sum(_is_counted(entry) for entry in u[1])),
    Column("reported", "integer", lambda u: sum(bool(e.pledge.updates) for e in u[1] if _is_counted(e))),
    Column("with_plan", "integer", _stated("plan")),
    Column("with_lead", "integer", _stated("lead")),
    Column("with_task_force", "integer", _stated("task-force")),
    Column("notes", "texts", lambda u: note_texts(u[0].unit.notes)),
    Column("formerly", "list", lambda u: list(u[0].unit.formerly)),
    Column("former_names", "texts", lambda u: _former(u[0].unit.renamed)),
    Column("renamed", "list", lambda u: [each.date.isoformat() for each in u[0].unit.renamed]),
    Column("ended", "date", lambda u: u[0].unit.ended.date if u[0].unit.ended else None),
    Column("ended_into", "list", lambda u: [each.unit for each in u[0].unit.ended.into] if u[0].unit.ended else []),
    Column("ended_reason", "texts", lambda u: texts(u[0].unit.ended.reason) if u[0].unit.ended else None),
    Column("took_over", "list", lambda u: [each.unit for each in u[0].unit.took_over]),
    Column("took_over_on", "list", lambda u: [each.date.isoformat() for each in u[0].unit.took_over]),
    Column("joint_pledges", "list", lambda u: [each.pledge for each in u[0].unit.joint_pledges]),
    Column("answers_for", "list", lambda u: [pledge.id for _, pledge in answered_for(u[0])]),
)


def _tenure() -> tuple[Column, ...]:
    """The columns of a term, read from the second of a pair."""
    return (
        Column("name", "texts", lambda h: h[1].name),
        Column("since", "date", lambda h: h[1].since),
        Column("until", "date", lambda h: h[1].until),
        Column("evidence", "texts", lambda h: titles(h[1].evidence)),
        Column("evidence_urls", "list", lambda h: urls(h[1].evidence)),
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
