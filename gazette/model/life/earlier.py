"""Reduces a pledge and its notices to what is now known to have held on an earlier day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from copy import copy

from msgspec.structs import force_setattr, replace

from gazette.model.forms.dates import Deadline
from gazette.model.records.notices import NoticeFile
from gazette.model.records.units import Pledge


def until(pledge: Pledge, day: datetime.date) -> Pledge:
    """A copy of the pledge with only what happened by `day`. It is not validated again: the records were checked when
    they were read, and this runs once for each of many days."""
    earlier = copy(pledge)
    values = {
        "deadline": _stated_on(pledge, day),
        "updates": tuple(update for update in pledge.updates if update.date <= day),
        "moved": tuple(each for each in pledge.moved if each.date <= day),
        "withdrawn": pledge.withdrawn if pledge.withdrawn and pledge.withdrawn.date <= day else None,
        "split": pledge.split if pledge.split and pledge.split.date <= day else None,
    }
    for name, value in values.items():
        force_setattr(earlier, name, value)
    return earlier


def _stated_on(pledge: Pledge, day: datetime.date) -> Deadline:
    """The stated deadline as it was on `day`. A later change counts only from its own date on; a correction counts from
    the beginning."""
    later = (each for each in pledge.revisions if each.kind == "change" and each.date > day)
    changed = [(each.date, each.was.deadline) for each in later if each.was.deadline is not None]
    return min(changed, key=lambda each: each[0])[1] if changed else pledge.deadline


def notices_until(files: Iterable[NoticeFile], day: datetime.date) -> tuple[NoticeFile, ...]:
    """The notices published by `day`, with only the results and withdrawals known by then."""
    return tuple(_notice_until(file, day) for file in files if file.notice.date <= day)


def _notice_until(file: NoticeFile, day: datetime.date) -> NoticeFile:
    notice = file.notice
    earlier = replace(
        notice,
        result=notice.result if notice.result and notice.result.date <= day else None,
        results=tuple(each for each in notice.results if each.date <= day),
        withdrawn=notice.withdrawn if notice.withdrawn and notice.withdrawn.date <= day else None,
    )
    return replace(file, notice=earlier)
