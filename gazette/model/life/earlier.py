"""What was known of a pledge on an earlier day, by what is told of that day now."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from copy import copy

from msgspec.structs import force_setattr, replace

from gazette.model.forms.dates import Deadline
from gazette.model.records.notices import NoticeFile
from gazette.model.records.units import Pledge


def until(pledge: Pledge, day: datetime.date) -> Pledge:
    """A pledge with what happened by a day. It was checked when it was read: each of its many days need not ask again
    whether it may be so."""
    own = copy(pledge)
    known = {
        "deadline": _stated_on(pledge, day),
        "updates": tuple(update for update in pledge.updates if update.date <= day),
        "moved": tuple(each for each in pledge.moved if each.date <= day),
        "withdrawn": pledge.withdrawn if pledge.withdrawn and pledge.withdrawn.date <= day else None,
        "split": pledge.split if pledge.split and pledge.split.date <= day else None,
    }
    for name, value in known.items():
        force_setattr(own, name, value)
    return own


def _stated_on(pledge: Pledge, day: datetime.date) -> Deadline:
    """The stated deadline as it was on a day. One that was changed later was another until then; one that was corrected
    was right all the time, whatever stood there."""
    later = (each for each in pledge.revisions if each.kind == "change" and each.date > day)
    changed = [(each.date, each.was.deadline) for each in later if each.was.deadline is not None]
    return min(changed, key=lambda each: each[0])[1] if changed else pledge.deadline


def notices_until(files: Iterable[NoticeFile], day: datetime.date) -> tuple[NoticeFile, ...]:
    """The notices that were published by a day, with what had come of them."""
    return tuple(_notice_until(file, day) for file in files if file.notice.date <= day)


def _notice_until(file: NoticeFile, day: datetime.date) -> NoticeFile:
    notice = file.notice
    known = replace(
        notice,
        result=notice.result if notice.result and notice.result.date <= day else None,
        results=tuple(each for each in notice.results if each.date <= day),
        withdrawn=notice.withdrawn if notice.withdrawn and notice.withdrawn.date <= day else None,
    )
    return replace(file, notice=known)
