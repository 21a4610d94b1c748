"""The views of notices in one language."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from gazette.model.life.notice_status import notice_state
from gazette.model.records.notices import Notice, NoticeContact, NoticeFile
from gazette.planning.language import LanguageContext, iso
from gazette.planning.revision_views import revision_notes
from gazette.site.views.elements import NoticeItem
from gazette.site.views.notices import AccountableView, ContactView, NoticeView, SectionView


def notice_item(lang: LanguageContext, file: NoticeFile, as_of: datetime.date | None) -> NoticeItem:
    """A notice, as lists show it on the day `as_of`."""
    notice, say = file.notice, lang.text
    period, result, withdrawn = notice.period, notice.result, notice.withdrawn
    return NoticeItem(
        id=file.id,
        kind=notice.kind,
        title=say(notice.title),
        date=iso(notice.date),
        body=say(notice.body),
        begin=iso(period.begin if period else None),
        end=iso(period.end if period else None),
        state=(not withdrawn and notice_state(notice, as_of)) or "",
        result=result.outcome if result else "",
        result_date=iso(result.date if result else None),
        withdrawn=iso(withdrawn.date if withdrawn else None),
        draft=notice.draft,
    )


def notice_views(
    lang: LanguageContext, files: Iterable[NoticeFile], as_of: datetime.date | None
) -> tuple[NoticeView, ...]:
    """Some notices with all that they say, the newest first."""
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


def _accountable(lang: LanguageContext, notice: Notice) -> tuple[AccountableView, ...]:
    say = lang.text
    return tuple(
        AccountableView(say(each.post), say(each.measure), say(each.name), say(each.waiver) if each.name else "")
        for each in notice.accountable
    )


def _contact(lang: LanguageContext, contact: NoticeContact) -> ContactView:
    return ContactView(lang.text(contact.office), contact.phone or "", contact.email or "", lang.text(contact.address))
