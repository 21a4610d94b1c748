"""The views of one pledge in one language."""

from __future__ import annotations

from gazette.model.status import Status
from gazette.model.unit_records import Pledge, Source, Update
from gazette.planning.counting import LedgerEntry
from gazette.planning.language import LanguageContext, iso
from gazette.site.views.elements import DeadlineMark, FigureView, Ref, SourceView, StatusMark
from gazette.site.views.pledge import EvidenceView, PledgeItem, PledgeView, UpdateView


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
        deadline=_deadline(pledge),
        themes=tuple(lang.themes[id] for id in pledge.themes),
        programmes=tuple(lang.programmes[id] for id in pledge.programmes),
        checkable=pledge.checkable,
        notes=lang.notes(pledge.notes),
    )


def pledge_view(lang: LanguageContext, pledge: Pledge, items: tuple[PledgeItem, ...], place: int) -> PledgeView:
    """The page of a pledge, which stands at `place` (from 0) among the `items` of its unit."""
    say, target, withdrawn = lang.text, pledge.target, pledge.withdrawn
    return PledgeView(
        item=items[place],
        of=len(items),
        why=say(pledge.why),
        done_when=say(pledge.done_when),
        target=FigureView(str(target.value), say(target.unit), say(target.what)) if target else None,
        source=_source(pledge.source),
        updates=tuple(_update(lang, update) for update in pledge.updates),
        withdrawn_date=iso(withdrawn.date if withdrawn else None),
        withdrawn_reason=say(withdrawn.reason) if withdrawn else "",
        formerly=pledge.formerly,
        previous=_ref(items[place - 1]) if place else None,
        following=_ref(items[place + 1]) if place + 1 < len(items) else None,
        draft=pledge.draft,
    )


def _ref(item: PledgeItem) -> Ref:
    return Ref(item.ref, item.title)


def _update(lang: LanguageContext, update: Update) -> UpdateView:
    say = lang.text
    return UpdateView(
        date=iso(update.date),
        state=update.state,
        text=say(update.text),
        evidence=tuple(EvidenceView(say(e.title), e.url or "", iso(e.date)) for e in update.evidence),
        inspected=iso(update.inspected),
        body=say(update.body),
        basis=say(update.basis),
        notice_begin=iso(update.notice.begin if update.notice else None),
        notice_end=iso(update.notice.end if update.notice else None),
        reason=say(update.reason),
        draft=update.draft,
    )


def _status(status: Status) -> StatusMark:
    return StatusMark(status.code, iso(status.since), status.alert, iso(status.as_of))


def _deadline(pledge: Pledge) -> DeadlineMark:
    own = pledge.deadline
    return DeadlineMark(own.kind, own.stated, iso(own.first), iso(own.last))


def _source(source: Source) -> SourceView:
    return SourceView(source.section, source.paragraph or 0, source.item or "")
