"""Makes the views of one pledge in one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gazette.model.forms.measures import measure
from gazette.model.forms.periods import Period
from gazette.model.forms.record import choices
from gazette.model.life.announced import is_by_successor, step_of
from gazette.model.life.answering import answering
from gazette.model.life.deadline_changes import deadline_changes, deadline_of
from gazette.model.life.recurrence import PeriodRecord
from gazette.model.life.status import Status
from gazette.model.life.target_changes import figure_changes, figure_of
from gazette.model.records.lifecycle import NONE, NOTICE_WITHDRAWN, event_of, state_after
from gazette.model.records.successions import OtherUnit
from gazette.model.records.tenures import Assignment, Role, Tenure
from gazette.model.records.unit_parts import Reached, Reply, Source
from gazette.model.records.units import Pledge, Update
from gazette.planning.counting import LedgerEntry
from gazette.planning.language import LanguageContext, iso
from gazette.planning.notice_views import notice_item
from gazette.planning.revision_views import deadline_mark, figure_view, revision_notes
from gazette.site.views.elements import (
    FigureView,
    NoticeItem,
    PeriodsMark,
    PeriodView,
    Ref,
    ReplyView,
    SourceView,
    StatusMark,
    SuccessionView,
    TenureView,
)
from gazette.site.views.pledge import LatestReport, MovedView, PledgeItem, PledgeView, TargetView, UpdateView


def pledge_item(lang: LanguageContext, unit: Ref, entry: LedgerEntry) -> PledgeItem:
    """Return a pledge of a `unit` as lists show it."""
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
        notes=(
            *lang.notes(pledge.notes),
            *revision_notes(lang, pledge.revisions),
            *lang.stale(entry.unit_file, pledge.id),
        ),
        numbers=pledge.numbers,
        joint=unit_refs(lang, pledge.joint),
        answered=unit_refs(lang, answering(entry.unit_file, pledge)),
        periods=_periods(entry.periods),
    )


def pledge_view(
    lang: LanguageContext, entry: LedgerEntry, items: tuple[PledgeItem, ...], index: int, split_from: Ref | None = None
) -> PledgeView:
    """Return the page of a pledge, which is number `index` (from 0) of the `items` of its unit. `split_from` is the
    pledge that it was split from."""
    pledge = entry.pledge
    say, withdrawn = lang.text, pledge.withdrawn
    return PledgeView(
        item=items[index],
        of=len(items),
        why=say(pledge.why),
        done_when=say(pledge.done_when),
        target=_figure(lang, pledge),
        source=source_view(lang, pledge.source),
        updates=_steps(lang, entry),
        moved=tuple(_moved(lang, pledge)),
        targets=tuple(_targets(lang, pledge)),
        assigned=tuple(tenure_view(lang, each, each.role) for each in by_role(pledge.assigned)),
        split=_split(lang, pledge, items),
        split_from=split_from,
        last_event=max((iso(event.date) for event in entry.history if event.changes_something), default=""),
        withdrawn_date=iso(withdrawn.date if withdrawn else None),
        withdrawn_reason=say(withdrawn.reason) if withdrawn else "",
        formerly=pledge.formerly,
        previous=_ref(items[index - 1]) if index else None,
        following=_ref(items[index + 1]) if index + 1 < len(items) else None,
        draft=pledge.draft,
        periods=tuple(map(_record, entry.periods)),
        first_period=period_view(pledge.first_period),
        reply=_reply(lang, pledge.reply),
        notices=tuple(notice_item(lang, file, entry.as_of, pledge.id) for file in reversed(entry.notices)),
    )


def latest_report(lang: LanguageContext, entry: LedgerEntry) -> LatestReport | None:
    """Return the last step of a pledge, or a later withdrawal of a notice; None if there is neither."""
    reports = [event for event in entry.history if event.update is not None or event.what == NOTICE_WITHDRAWN]
    if not reports:
        return None
    last = reports[-1]
    state = state_after(last.update) if last.update else NONE
    return LatestReport(iso(last.date), last.what, state, lang.text(last.text))


def period_view(period: Period | None) -> PeriodView | None:
    """Return a period in the form that templates use; None for None."""
    return PeriodView(period.stated, period.rhythm, period.year, period.n) if period else None


def _record(record: PeriodRecord) -> PeriodView:
    period, updates = record
    inspected = iso(max((update.date for update in updates if update.state == "inspected"), default=None))
    return PeriodView(
        stated=period.stated,
        rhythm=period.rhythm,
        year=period.year,
        n=period.n,
        reports=tuple(iso(each.date) for each in updates),
        inspected=inspected,
    )


def _periods(records: tuple[PeriodRecord, ...]) -> PeriodsMark | None:
    """Return how many periods of a pledge are over, and how many of these have a report; None if none is over."""
    if not records:
        return None
    reported = sum(bool(record.updates) for record in records)
    return PeriodsMark(reported, len(records), _record(PeriodRecord(records[-1].period, ())))


def _ref(item: PledgeItem) -> Ref:
    return Ref(item.ref, item.title)


def _notice(lang: LanguageContext, entry: LedgerEntry, update: Update) -> NoticeItem | None:
    """Return the notice that a step of a pledge comes from; None if it comes from none."""
    files = (file for file in entry.notices if step_of(file.notice, entry.pledge.updates) is update)
    return next((notice_item(lang, file, entry.as_of, entry.pledge.id) for file in files), None)


def _reply(lang: LanguageContext, reply: Reply | None) -> ReplyView | None:
    if reply is None:
        return None
    return ReplyView(iso(reply.date), lang.text(reply.text), lang.evidence(reply.evidence))


def _steps(lang: LanguageContext, entry: LedgerEntry) -> tuple[UpdateView, ...]:
    """Return the steps of a pledge and the withdrawals of notices that name it, in order of date."""
    steps = [_update(lang, entry, update) for update in entry.pledge.updates]
    for event in entry.history:
        if event.what == NOTICE_WITHDRAWN and event.notice is not None:
            item = notice_item(lang, event.notice, entry.as_of, entry.pledge.id)
            steps.append(UpdateView(iso(event.date), event.what, NONE, lang.text(event.text), (), notice=item))
    return tuple(sorted(steps, key=lambda step: step.date))


def _update(lang: LanguageContext, entry: LedgerEntry, update: Update) -> UpdateView:
    say, notice, reached, unit = lang.text, update.notice, update.reached, entry.unit_file.unit
    return UpdateView(
        date=iso(update.date),
        event=event_of(update),
        state=state_after(update),
        text=say(update.text),
        evidence=lang.evidence(update.evidence),
        by=say(update.by),
        took_over_from=say(unit.name) if is_by_successor(update, entry.pledge, unit.ended) else "",
        reached=str(reached.value) if reached else "",
        total=str(reached.of) if reached and reached.of is not None else "",
        promised=_promised(entry.pledge, reached) if reached else "",
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
        reply=_reply(lang, update.reply),
        notice=_notice(lang, entry, update),
    )


def _promised(pledge: Pledge, reached: Reached) -> str:
    """Return the promised figure if the step reports more of the same unit, so that both are shown; else ""."""
    figure = figure_of(pledge)
    is_more = pledge.target is not None and measure(reached.unit) == measure(pledge.target.unit) and figure is not None
    return str(figure) if is_more and figure is not None and reached.value > figure else ""


def _moved(lang: LanguageContext, pledge: Pledge) -> Iterator[MovedView]:
    """Yield the extensions that were granted, each with the deadline before it."""
    for change in deadline_changes(pledge):
        if (moved := change.moved) is not None:
            yield MovedView(
                date=iso(change.date),
                before=deadline_mark(change.before),
                to=deadline_mark(change.to),
                by=lang.text(moved.by),
                reason=lang.text(moved.reason),
                evidence=lang.evidence(moved.evidence),
            )


def _status(status: Status) -> StatusMark:
    return StatusMark(
        code=status.code,
        since=iso(status.since),
        alerts=status.alerts,
        as_of=iso(status.as_of),
        days_late=status.days_late,
        in_moved_time=status.in_moved_time,
        is_again=status.is_again,
        ended=iso(status.ended),
        is_back=status.is_back,
    )


def _figure(lang: LanguageContext, pledge: Pledge) -> FigureView | None:
    now = figure_of(pledge)
    return figure_view(lang, pledge.target, now) if pledge.target else None


def _targets(lang: LanguageContext, pledge: Pledge) -> Iterator[TargetView]:
    """Yield the changes of figures that were granted, each with the figure before it."""
    for date, before, to, unit, change in figure_changes(pledge):
        yield TargetView(
            date=iso(date),
            before=str(before),
            to=str(to),
            unit=lang.text(unit),
            by=lang.text(change.by),
            reason=lang.text(change.reason),
            evidence=lang.evidence(change.evidence),
        )


def _split(lang: LanguageContext, pledge: Pledge, items: tuple[PledgeItem, ...]) -> SuccessionView | None:
    """Return what the pledge was split into; None if it was not."""
    split = pledge.split
    if split is None:
        return None
    into = tuple(_ref(item) for id in split.into for item in items if item.id == id)
    return SuccessionView(iso(split.date), into, lang.text(split.reason), lang.evidence(split.evidence))


def by_role(assigned: Iterable[Assignment]) -> tuple[Assignment, ...]:
    """Sort assignments by role; within a role the latest first."""
    newest_first = [*assigned][::-1]
    return tuple(sorted(newest_first, key=lambda each: ROLES.index(each.role)))


ROLES: tuple[str, ...] = choices(Role)


def tenure_view(lang: LanguageContext, tenure: Tenure, what: str) -> TenureView:
    """Return who held something (`what`: a role or title), and from when to when."""
    return TenureView(
        lang.text(tenure.name), what, iso(tenure.since), iso(tenure.until), lang.evidence(tenure.evidence)
    )


def unit_refs(lang: LanguageContext, others: Iterable[OtherUnit]) -> tuple[Ref, ...]:
    """Return links to other units."""
    return tuple(Ref(f"unit:{other.unit}", lang.text(other.name)) for other in others)


def source_view(lang: LanguageContext, source: Source, *, whole: bool = True) -> SourceView:
    """Return the place of a pledge in the source; with `whole=False` only the heading that its unit stands under."""
    section, translated = source.section, not isinstance(source.section, str) and not lang.is_source
    text = section if isinstance(section, str) else lang.text(section)
    if not whole:
        return SourceView(text, translated=translated)
    url, date = source.url or "", iso(source.date)
    return SourceView(
        section=text, paragraph=source.paragraph or 0, item=source.item or "", translated=translated, url=url, date=date
    )
