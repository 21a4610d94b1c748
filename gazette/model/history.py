"""What happened to a pledge, in order of date: reports, changes of deadline, figure and those in charge, corrections,
an end."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import msgspec

from gazette.model.dates import Deadline
from gazette.model.deadline_changes import deadline_changes
from gazette.model.evidence import Evidence
from gazette.model.lifecycle import event_of
from gazette.model.revisions import PledgeRevision, UnitRevision
from gazette.model.successions import Split
from gazette.model.target_changes import FigureChange, figure_changes
from gazette.model.tenures import Assignment
from gazette.model.unit_parts import Note
from gazette.model.unit_records import Moved, Pledge, Unit, Update


class Event(msgspec.Struct, frozen=True):
    """Something that happened on a day. `what` is one of `lifecycle.EVENTS`, or the kind of a revision or of the
    editors' note; `text` says it in every language. What it comes from is the one of `update`, `moved`, `revision`,
    `note`, `figure`, `assigned` and `split` that is there; none is for a withdrawal. `before` is the deadline that was
    moved."""

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

    @property
    def changes_something(self) -> bool:
        """Whether it changed what is known of the pledge: a remark or a doubt of the editors did not, however dated."""
        return self.note is None

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Where it can be checked."""
        granted = self.figure and self.figure.change
        source = self.update or self.moved or self.revision or granted or self.assigned or self.split
        return source.evidence if source else ()


def history(pledge: Pledge) -> tuple[Event, ...]:
    """All that happened to a pledge; of one day in the order of the file."""
    return tuple(sorted(_events(pledge), key=lambda event: event.date))


def unit_history(unit: Unit) -> tuple[Event, ...]:
    """What was corrected or changed of a unit itself."""
    events = (Event(each.date, each.kind, each.reason, revision=each) for each in unit.revisions)
    return tuple(sorted(events, key=lambda event: event.date))


def _events(pledge: Pledge) -> Iterator[Event]:
    for update in pledge.updates:
        yield Event(update.date, event_of(update), update.text, update)
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


def _follows(other: Assignment, own: Assignment) -> bool:
    if other.role != own.role or other.since is None or own.until is None or other is own:
        return False
    return 0 <= (other.since - own.until).days <= 1
