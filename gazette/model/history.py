"""What happened to a pledge, in order of date: reports, replies, moved deadlines, corrections, notices, withdrawal."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

import msgspec

from gazette.model.dates import Deadline
from gazette.model.deadline_changes import deadline_changes
from gazette.model.lifecycle import event_of
from gazette.model.notice_records import Notice, NoticeFile
from gazette.model.revisions import PledgeRevision
from gazette.model.unit_parts import Evidence, Note, Reply
from gazette.model.unit_records import Moved, Pledge, Update


class Event(msgspec.Struct, frozen=True):
    """Something that happened on a day. `what` is one of `lifecycle.EVENTS`, or the kind of a revision or of the
    editors' note; `text` says it in every language. What it comes from is the one of `update`, `moved`, `revision`,
    `note`, `reply` and `notice` that is there; none is for a withdrawal. `before` is the deadline that was moved."""

    date: datetime.date
    what: str
    text: dict[str, str]
    update: Update | None = None
    moved: Moved | None = None
    revision: PledgeRevision | None = None
    note: Note | None = None
    before: Deadline | None = None
    reply: Reply | None = None
    notice: NoticeFile | None = None

    @property
    def changes_something(self) -> bool:
        """Whether it changed what is known of the pledge: a remark or a doubt of the editors did not, however dated."""
        return self.note is None

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Where it can be checked."""
        source = self.update or self.moved or self.revision or self.reply or (self.notice and self.notice.notice)
        return source.evidence if source else ()


def history(pledge: Pledge, notices: Iterable[NoticeFile] = ()) -> tuple[Event, ...]:
    """All that happened to a pledge, which the `notices` name; of one day in the order of the file."""
    return tuple(sorted((*_events(pledge), *_notices(pledge, notices)), key=lambda event: event.date))


def step_of(notice: Notice, pledge: Pledge) -> Update | None:
    """The step of a pledge that an acceptance notice belongs to: the first that tells of a public notice of the same
    days."""
    period = notice.period
    if period is None:
        return None
    told = (update for update in pledge.updates if update.notice is not None)
    return next((each for each in told if _is_period(each, period.begin, period.end)), None)


def _is_period(update: Update, begin: datetime.date, end: datetime.date) -> bool:
    notice = update.notice
    return notice is not None and (notice.begin, notice.end) == (begin, end)


def _notices(pledge: Pledge, notices: Iterable[NoticeFile]) -> Iterator[Event]:
    for file in notices:
        if step_of(file.notice, pledge) is None:
            yield Event(file.notice.date, file.notice.kind, file.notice.title, notice=file)


def _events(pledge: Pledge) -> Iterator[Event]:
    for update in pledge.updates:
        yield Event(update.date, event_of(update), update.text, update)
    for reply in (pledge.reply, *(update.reply for update in pledge.updates)):
        if reply is not None:
            yield Event(reply.date, "reply", reply.text, reply=reply)
    for change in deadline_changes(pledge):
        if change.moved is not None:
            yield Event(change.date, "moved", change.moved.reason, moved=change.moved, before=change.before)
    for revision in pledge.revisions:
        yield Event(revision.date, revision.kind, revision.reason, revision=revision)
    for note in pledge.notes:
        if note.date is not None:
            yield Event(note.date, note.kind, note.text, note=note)
    if pledge.withdrawn is not None:
        yield Event(pledge.withdrawn.date, "withdrawn", pledge.withdrawn.reason)
