"""Checks that readers learn where to object to an open public notice."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from gazette.model.life.announced import step_of
from gazette.model.life.notice_status import notice_state
from gazette.model.records.notices import Notice, NoticeFile
from gazette.model.records.units import Pledge
from gazette.reading.location import Location


def check_contact_of_notice(file: Location, notice: Notice, as_of: datetime.date | None) -> None:
    """Report a notice that is open or ahead on `as_of` and names no contact. Called if the site's settings name
    none."""
    is_open = notice.withdrawn is None and notice_state(notice, as_of) in ("ahead", "open")
    if is_open and notice.contact is None and not notice.draft:
        file.within("period").report("notice_contact")


def check_contacts(
    location: Location, pledge: Pledge, as_of: datetime.date | None, notices: Iterable[NoticeFile]
) -> None:
    """Report the pledge's last step if it is an open public notice without a contact, and no notice file states it."""
    last = pledge.updates[-1] if pledge.updates else None
    if last is None or last.notice is None or last.notice.contact is not None or as_of is None or last.draft:
        return
    has_file = any(step_of(file.notice, pledge.updates) is last for file in notices if pledge.id in file.notice.pledges)
    if last.notice.end >= as_of and not has_file:
        place = location.within("updates", len(pledge.updates) - 1, "notice")
        place.report("step_contact")
