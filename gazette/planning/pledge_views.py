"""The views of one pledge in one language."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.model.dates import Deadline
from gazette.model.deadline_changes import deadline_changes, deadline_of
from gazette.model.lifecycle import event_of, state_after
from gazette.model.periods import Period
from gazette.model.recurrence import PeriodRecord
from gazette.model.status import Status
from gazette.model.unit_records import Evidence, Pledge, Source, Update
from gazette.planning.counting import LedgerEntry
from gazette.planning.language import LanguageContext, iso
from gazette.site.views.elements import (
    DeadlineMark,
    FigureView,
    PeriodsMark,
    PeriodView,
    Ref,
    SourceView,
    StatusMark,
)
from gazette.site.views.pledge import EvidenceView, MovedView, PledgeItem, PledgeView, UpdateView


def pledge_item(lang: LanguageContext, unit: Ref, entry: LedgerEntry) -> PledgeItem:
    """A pledge of a `unit`, as lists show it."""
    pledge, say = entry.pledge, lang.text
    return PledgeItem(
        id=pledge.id,
        number=entry.number,
        unit=unit,
        title=say(pledge.title),
        text=say(pledge.text),
        status=_status(entry.status),
        deadline=deadline_mark(pledge.deadline, deadline_of(pledge)),
        themes=tuple(lang.themes[id] for id in pledge.themes),
        programmes=tuple(lang.programmes[id] for id in pledge.programmes),
        checkable=pledge.checkable,
        notes=lang.notes(pledge.notes),
        periods=_periods(entry.periods),
    )


def pledge_view(lang: LanguageContext, entry: LedgerEntry, items: tuple[PledgeItem, ...], place: int) -> PledgeView:
    """The page of a pledge, which stands at `place` (from 0) among the `items` of its unit."""
    pledge = entry.pledge
    say, target, withdrawn = lang.text, pledge.target, pledge.withdrawn
    return PledgeView(
        item=items[place],
        of=len(items),
        why=say(pledge.why),
        done_when=say(pledge.done_when),
        target=FigureView(str(target.value), say(target.unit), say(target.what)) if target else None,
        source=_source(pledge.source),
        updates=tuple(_update(lang, update) for update in pledge.updates),
        moved=tuple(_moved(lang, pledge)),
        withdrawn_date=iso(withdrawn.date if withdrawn else None),
        withdrawn_reason=say(withdrawn.reason) if withdrawn else "",
        formerly=pledge.formerly,
        previous=_ref(items[place - 1]) if place else None,
        following=_ref(items[place + 1]) if place + 1 < len(items) else None,
        draft=pledge.draft,
        periods=tuple(map(_record, entry.periods)),
        first_period=period_view(pledge.first_period),
    )


def period_view(period: Period | None) -> PeriodView | None:
    """A period, as templates name it."""
    return PeriodView(period.stated, period.rhythm, period.year, period.n) if period else None


def _record(record: PeriodRecord) -> PeriodView:
    own, updates = record
    inspected = any(update.state == "inspected" for update in updates)
    return PeriodView(own.stated, own.rhythm, own.year, own.n, tuple(iso(each.date) for each in updates), inspected)


def _periods(records: tuple[PeriodRecord, ...]) -> PeriodsMark | None:
    """How many periods of a pledge are over, and how many of them were reported on."""
    if not records:
        return None
    reported = sum(bool(record.updates) for record in records)
    return PeriodsMark(reported, len(records), _record(PeriodRecord(records[-1].period, ())))


def _ref(item: PledgeItem) -> Ref:
    return Ref(item.ref, item.title)


def _update(lang: LanguageContext, update: Update) -> UpdateView:
    say, notice, reached = lang.text, update.notice, update.reached
    return UpdateView(
        date=iso(update.date),
        event=event_of(update),
        state=state_after(update),
        text=say(update.text),
        evidence=_evidence(lang, update.evidence),
        by=say(update.by),
        reached=str(reached.value) if reached else "",
        total=str(reached.of) if reached and reached.of is not None else "",
        reached_unit=say(reached.unit) if reached else "",
        inspected=iso(update.inspected),
        body=say(update.body),
        basis=say(update.basis),
        notice_begin=iso(notice.begin if notice else None),
        notice_end=iso(notice.end if notice else None),
        contact=say(notice.contact) if notice else "",
        recheck=iso(update.recheck),
        deadline=deadline_mark(update.deadline) if update.deadline else None,
        period=period_view(update.period),
        reason=say(update.reason),
        draft=update.draft,
    )


def _moved(lang: LanguageContext, pledge: Pledge) -> Iterator[MovedView]:
    """The deadlines that were granted, each with the one before it."""
    for date, before, to, moved in deadline_changes(pledge):
        if moved is not None:
            yield MovedView(
                date=iso(date),
                before=deadline_mark(before),
                to=deadline_mark(to),
                by=lang.text(moved.by),
                reason=lang.text(moved.reason),
                evidence=_evidence(lang, moved.evidence),
            )


def _evidence(lang: LanguageContext, evidence: tuple[Evidence, ...]) -> tuple[EvidenceView, ...]:
    return tuple(EvidenceView(lang.text(each.title), each.url or "", iso(each.date)) for each in evidence)


def _status(status: Status) -> StatusMark:
    day, late = iso(status.as_of), status.days_late
    return StatusMark(status.code, iso(status.since), status.alert, day, late, status.in_moved_time)


def deadline_mark(own: Deadline, now: Deadline | None = None) -> DeadlineMark:
    """A deadline, with the one that holds now where that is another."""
    changed = None if now is None or now == own else deadline_mark(now)
    return DeadlineMark(own.kind, own.stated, iso(own.first), iso(own.last), changed)


def _source(source: Source) -> SourceView:
    return SourceView(source.section, source.paragraph or 0, source.item or "")
