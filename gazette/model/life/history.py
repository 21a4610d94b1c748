"""Lists what happened to a pledge or a unit, in order of date."""

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
    """Something that happened on `date`.

    `what` is one of `lifecycle.EVENTS`, or the kind of a revision or of an editors' note. `text` describes it in each
    language. The record that it comes from is the one of `update`, `moved`, `revision`, `note`, `figure`, `assigned`,
    `split`, `reply` and `notice` that is not None; a withdrawal has none. `before` is the deadline that was moved.

    In a unit's history, `names` are its former name, its successors, the unit it took over from, or the person who came
    or left, with the title. An event of a passed date (`status.PASSED`) comes from no record; if a deadline passed,
    `passed` is that deadline.
    """

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
        """True unless the event is an editors' note: a remark changes nothing that is known of the pledge."""
        return self.note is None

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The evidence of the record that the event comes from."""
        granted, noticed = self.figure and self.figure.change, self.notice and self.notice.notice
        sources = self.update, self.moved, self.revision, granted, self.assigned, self.split, self.reply, noticed
        return next((source.evidence for source in sources if source), ())


def history(pledge: Pledge, notices: Iterable[NoticeFile] = ()) -> tuple[Event, ...]:
    """All events of a pledge, by date; those of one day in file order. `notices` are those that name the pledge, and
    `pledge` already has the steps that follow from them."""
    return tuple(sorted((*_events(pledge), *_notices(pledge, notices)), key=lambda event: event.date))


def is_its_step(notice: Notice) -> bool:
    """True if the pledges' own steps already report this notice, so that it is not listed twice. A notice published
    before its first day is listed as well."""
    return was_open(notice) and notice.period is not None and notice.period.begin <= notice.date


def _notices(pledge: Pledge, notices: Iterable[NoticeFile]) -> Iterator[Event]:
    """Events for notices that no step reports, and for withdrawn notices."""
    for file in notices:
        notice, withdrawn = file.notice, file.notice.withdrawn
        is_told = withdrawn is None or step_of(notice, pledge.updates) is not None
        if not (is_its_step(notice) and is_told):
            yield Event(notice.date, notice.kind, notice.title, notice=file)
        if withdrawn is not None:
            yield Event(withdrawn.date, NOTICE_WITHDRAWN, withdrawn.reason, notice=file)


def unit_history(unit: Unit) -> tuple[Event, ...]:
    """Events of the unit itself, by date: revisions, changes of name, heads, takeovers and its end."""
    revised = (Event(each.date, each.kind, each.reason, revision=each) for each in unit.revisions)
    return tuple(sorted((*revised, *_of_unit(unit)), key=lambda event: event.date))


def _of_unit(unit: Unit) -> Iterator[Event]:
    for renamed in unit.renamed:
        yield Event(renamed.date, "renamed", renamed.reason or {}, names=(renamed.before,))
    for head in unit.heads:
        names = (head.name, head.title)
        if head.since is not None:
            yield Event(head.since, "head", {}, names=names)
        if head.until is not None and not any(_follows(other, head) for other in unit.heads):
            yield Event(head.until, "head-left", {}, names=names)
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
    """Events for those who took charge or left. If a successor follows on the same or the next day, the departure has
    no event of its own."""
    for assignment in pledge.assigned:
        if assignment.since is not None:
            yield Event(assignment.since, "assigned", assignment.name, assigned=assignment)
        if assignment.until is not None and not any(_follows(other, assignment) for other in pledge.assigned):
            yield Event(assignment.until, "released", assignment.name, assigned=assignment)


def _follows(other: Head | Assignment, term: Head | Assignment) -> bool:
    """True if `other` takes the same role on the day `term` ends or the day after."""
    if getattr(other, "role", "") != getattr(term, "role", "") or other is term:
        return False
    if other.since is None or term.until is None:
        return False
    return 0 <= (other.since - term.until).days <= 1
