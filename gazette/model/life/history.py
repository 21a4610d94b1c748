"""What happened to a pledge, in order of date: reports, replies, changes of deadline, figure and those in charge,
corrections, notices, an end."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

import msgspec

from gazette.model.forms.dates import Deadline
from gazette.model.life.announced import step_of, was_open
from gazette.model.life.deadline_changes import deadline_changes
from gazette.model.life.target_changes import FigureChange, figure_changes
from gazette.model.records.evidence import Evidence
from gazette.model.records.lifecycle import NOTICE_WITHDRAWN, event_of
from gazette.model.records.notices import Notice, NoticeFile
from gazette.model.records.revisions import PledgeRevision, UnitRevision
from gazette.model.records.successions import Split
from gazette.model.records.tenures import Assignment, Head
from gazette.model.records.unit_parts import Moved, Note, Reply
from gazette.model.records.units import Pledge, Unit, Update


class Event(msgspec.Struct, frozen=True):
    """Something that happened on a day. `what` is one of `lifecycle.EVENTS`, or the kind of a revision or of the
    editors' note; `text` says it in every language. What it comes from is the one of `update`, `moved`, `revision`,
    `note`, `figure`, `assigned`, `split`, `reply` and `notice` that is there; none is for a withdrawal. `before` is the
    deadline that was moved. Of a unit, `names` are what it was called before, what it went on as, from which other
    it took over, or who came or went, with the title. What a day said (`status.PASSED`) comes from no
    entry; of a deadline it has the one that `passed`."""

    date: datetime.date
    what: str
    text: dict[str, str]
    update: Update | None = None
    moved: Moved | None = None
    revision: PledgeRevision | UnitRevision | None = None
    note: Note | None = None
    before: Deadline | None = None
    figure: FigureChange | None = None
    assigned: Assignment | None = None
    split: Split | None = None
    reply: Reply | None = None
    notice: NoticeFile | None = None
    names: tuple[dict[str, str], ...] = ()
    passed: Deadline | None = None

    @property
    def changes_something(self) -> bool:
        """Whether it changed what is known of the pledge: a remark or a doubt of the editors did not, however dated."""
        return self.note is None

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Where it can be checked."""
        granted, noticed = self.figure and self.figure.change, self.notice and self.notice.notice
        sources = self.update, self.moved, self.revision, granted, self.assigned, self.split, self.reply, noticed
        return next((source.evidence for source in sources if source), ())


def history(pledge: Pledge, notices: Iterable[NoticeFile] = ()) -> tuple[Event, ...]:
    """All that happened to a pledge, which the `notices` name; it has the steps that follow from them. What is of one
    day comes in the order of the file."""
    return tuple(sorted((*_events(pledge), *_notices(pledge, notices)), key=lambda event: event.date))


def is_its_step(notice: Notice) -> bool:
    """Whether that a notice was published is told by the step of its pledges alone: they are on public notice from that
    day on. One that was published before its first day is told by itself as well. So what is told once is told on."""
    return was_open(notice) and notice.period is not None and notice.period.begin <= notice.date


def _notices(pledge: Pledge, notices: Iterable[NoticeFile]) -> Iterator[Event]:
    """That notices were published, where no step tells that, and that some were withdrawn."""
    for file in notices:
        notice, withdrawn = file.notice, file.notice.withdrawn
        is_told = withdrawn is None or step_of(notice, pledge.updates) is not None
        if not (is_its_step(notice) and is_told):
            yield Event(notice.date, notice.kind, notice.title, notice=file)
        if withdrawn is not None:
            yield Event(withdrawn.date, NOTICE_WITHDRAWN, withdrawn.reason, notice=file)


def unit_history(unit: Unit) -> tuple[Event, ...]:
    """What happened to a unit itself: what was corrected or changed, other names, an end, what it took over from
    others, who headed it."""
    revised = (Event(each.date, each.kind, each.reason, revision=each) for each in unit.revisions)
    return tuple(sorted((*revised, *_of_unit(unit)), key=lambda event: event.date))


def _of_unit(unit: Unit) -> Iterator[Event]:
    for renamed in unit.renamed:
        yield Event(renamed.date, "renamed", renamed.reason or {}, names=(renamed.before,))
    for head in unit.heads:
        own = (head.name, head.title)
        if head.since is not None:
            yield Event(head.since, "head", {}, names=own)
        if head.until is not None and not any(_follows(other, head) for other in unit.heads):
            yield Event(head.until, "head-left", {}, names=own)
    for other in unit.took_over:
        yield Event(other.date, "took-over", {}, names=(other.name,))
    if unit.ended is not None:
        what = "merged" if len(unit.ended.into) == 1 else "divided"
        yield Event(unit.ended.date, what, unit.ended.reason, names=tuple(each.name for each in unit.ended.into))


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
    for figure in figure_changes(pledge):
        yield Event(figure.date, "target-changed", figure.change.reason, figure=figure)
    yield from _assignments(pledge)
    if pledge.split is not None:
        yield Event(pledge.split.date, "split", pledge.split.reason, split=pledge.split)
    if pledge.withdrawn is not None:
        yield Event(pledge.withdrawn.date, "withdrawn", pledge.withdrawn.reason)


def _assignments(pledge: Pledge) -> Iterator[Event]:
    """Who was put in charge, and who no longer is: where another takes the place on that day or the next, that tells
    both."""
    for own in pledge.assigned:
        if own.since is not None:
            yield Event(own.since, "assigned", own.name, assigned=own)
        if own.until is not None and not any(_follows(other, own) for other in pledge.assigned):
            yield Event(own.until, "released", own.name, assigned=own)


def _follows(other: Head | Assignment, own: Head | Assignment) -> bool:
    """Whether another takes the place where a term ends."""
    if getattr(other, "role", "") != getattr(own, "role", "") or other is own:
        return False
    if other.since is None or own.until is None:
        return False
    return 0 <= (other.since - own.until).days <= 1
