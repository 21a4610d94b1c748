"""Makes the views of notices in one language."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from gazette.model.life.notice_status import notice_state, result_date
from gazette.model.records.notices import Notice, NoticeContact, NoticeFile
from gazette.planning.language import LanguageContext, iso
from gazette.planning.revision_views import revision_notes
from gazette.site.views.elements import NoticeItem
from gazette.site.views.notices import AccountableView, ContactView, NoticeView, ResultView, SectionView


def notice_item(lang: LanguageContext, file: NoticeFile, as_of: datetime.date | None, pledge: str = "") -> NoticeItem:
    """Return a notice as lists show it on the day `as_of`. With the id of a `pledge`, its state and result are those of
    that pledge."""
    notice, say = file.notice, lang.text
    period, withdrawn, day = notice.period, notice.withdrawn, result_date(notice, pledge)
    state = notice_state(notice, as_of, pledge) or ""
    return NoticeItem(
        id=file.id,
        kind=notice.kind,
        title=say(notice.title),
        date=iso(notice.date),
        body=say(notice.body),
        begin=iso(period.begin if period else None),
        end=iso(period.end if period else None),
        state="" if withdrawn else state,
        result=state if day else "",
        result_date=iso(day),
        withdrawn=iso(withdrawn.date if withdrawn else None),
        draft=notice.draft,
    )


def notice_views(
    lang: LanguageContext, files: Iterable[NoticeFile], as_of: datetime.date | None
) -> tuple[NoticeView, ...]:
    """Return the full views of notices, the newest first. `files` are in order of date."""
    return tuple(_view(lang, file, as_of) for file in reversed([*files]))


def _view(lang: LanguageContext, file: NoticeFile, as_of: datetime.date | None) -> NoticeView:
    notice, say = file.notice, lang.text
    item = notice_item(lang, file, as_of)
    return NoticeView(
        item=item,
        numbers=notice.numbers,
        of_list=say(notice.of_list),
        intro=say(notice.intro),
        sections=tuple(SectionView(s.part or "", say(s.heading), say(s.text)) for s in notice.sections),
        accountable=_accountable(lang, notice),
        accepted_by=say(notice.accepted_by),
        inspected=iso(notice.inspected),
        contact=_contact(lang, notice.contact) if notice.contact else None,
        result_text=say(notice.result.text) if notice.result else "",
        evidence=lang.evidence(notice.evidence),
        notes=(*revision_notes(lang, notice.revisions), *lang.stale(file, f"notices.{file.id}")),
        withdrawn_reason=say(notice.withdrawn.reason) if notice.withdrawn else "",
        formerly=notice.formerly,
        as_of=iso(as_of) if item.state == "over" else "",
    )


def results_of(lang: LanguageContext, notice: Notice, pledges: Iterable[str]) -> tuple[ResultView | None, ...]:
    """Return the result of a notice for each of `pledges` (ids), None where it is not known. A notice with one result
    for all gives ()."""
    if not notice.results:
        return ()
    results = (notice.result_of(pledge) for pledge in pledges)
    return tuple(
        ResultView(result.outcome, iso(result.date), lang.text(result.text)) if result else None for result in results
    )


def _accountable(lang: LanguageContext, notice: Notice) -> tuple[AccountableView, ...]:
    say = lang.text
    return tuple(
        AccountableView(say(each.post), say(each.measure), say(each.name), say(each.waiver) if each.name else "")
        for each in notice.accountable
    )


def _contact(lang: LanguageContext, contact: NoticeContact) -> ContactView:
    return ContactView(lang.text(contact.office), contact.phone or "", contact.email or "", lang.text(contact.address))
