"""The views of one pledge in one language."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.model.deadline_changes import deadline_changes, deadline_of
from gazette.model.history import step_of
from gazette.model.lifecycle import event_of, state_after
from gazette.model.status import Status
from gazette.model.unit_parts import Reply
from gazette.model.unit_records import Pledge, Source, Update
from gazette.planning.counting import LedgerEntry
from gazette.planning.language import LanguageContext, iso
from gazette.planning.notice_views import notice_item
from gazette.planning.revision_views import deadline_mark, evidence_views, figure_view, revision_notes
from gazette.site.views.elements import Ref, ReplyView, SourceView, StatusMark
from gazette.site.views.pledge import MovedView, PledgeItem, PledgeView, UpdateView


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
        notes=(*lang.notes(pledge.notes), *revision_notes(lang, pledge.revisions)),
    )


def pledge_view(lang: LanguageContext, entry: LedgerEntry, items: tuple[PledgeItem, ...], place: int) -> PledgeView:
    """The page of a pledge, which stands at `place` (from 0) among the `items` of its unit."""
    pledge, say, withdrawn = entry.pledge, lang.text, entry.pledge.withdrawn
    return PledgeView(
        item=items[place],
        of=len(items),
        why=say(pledge.why),
        done_when=say(pledge.done_when),
        target=figure_view(lang, pledge.target) if pledge.target else None,
        source=_source(pledge.source),
        updates=tuple(_update(lang, update, _notice(lang, entry, update)) for update in pledge.updates),
        moved=tuple(_moved(lang, pledge)),
        last_event=max((iso(event.date) for event in entry.history if event.changes_something), default=""),
        withdrawn_date=iso(withdrawn.date if withdrawn else None),
        withdrawn_reason=say(withdrawn.reason) if withdrawn else "",
        formerly=pledge.formerly,
        previous=_ref(items[place - 1]) if place else None,
        following=_ref(items[place + 1]) if place + 1 < len(items) else None,
        draft=pledge.draft,
        reply=_reply(lang, pledge.reply),
        notices=tuple(notice_item(lang, file) for file in reversed(entry.notices)),
    )


def _ref(item: PledgeItem) -> Ref:
    return Ref(item.ref, item.title)


def _notice(lang: LanguageContext, entry: LedgerEntry, update: Update) -> Ref | None:
    """The notice that a step of a pledge tells of."""
    found = (file for file in entry.notices if step_of(file.notice, entry.pledge) is update)
    return next((Ref(f"notice:{file.id}", lang.text(file.notice.title)) for file in found), None)


def _reply(lang: LanguageContext, reply: Reply | None) -> ReplyView | None:
    if reply is None:
        return None
    return ReplyView(iso(reply.date), lang.text(reply.text), evidence_views(lang, reply.evidence))


def _update(lang: LanguageContext, update: Update, notice_ref: Ref | None) -> UpdateView:
    say, notice, reached = lang.text, update.notice, update.reached
    return UpdateView(
        date=iso(update.date),
        event=event_of(update),
        state=state_after(update),
        text=say(update.text),
        evidence=evidence_views(lang, update.evidence),
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
        reason=say(update.reason),
        draft=update.draft,
        reply=_reply(lang, update.reply),
        notice=notice_ref,
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
                evidence=evidence_views(lang, moved.evidence),
            )


def _status(status: Status) -> StatusMark:
    day, late = iso(status.as_of), status.days_late
    return StatusMark(status.code, iso(status.since), status.alert, day, late, status.in_moved_time)


def _source(source: Source) -> SourceView:
    return SourceView(source.section, source.paragraph or 0, source.item or "")
