"""What happened to a pledge, in order of date: reports, moved deadlines, corrections, a withdrawal."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import msgspec

from gazette.model.dates import Deadline
from gazette.model.deadline_changes import deadline_changes
from gazette.model.lifecycle import event_of
from gazette.model.unit_records import Evidence, Moved, Note, Pledge, Unit, Update


class Event(msgspec.Struct, frozen=True):
    """Something that happened on a day. `what` is one of `lifecycle.EVENTS`, or the kind of the editors' note; `text`
    says it in every language. What it comes from is the one of `update`, `moved` and `note` that is there; none is for
    a withdrawal. `before` is the deadline that was moved."""

    date: datetime.date
    what: str
    text: dict[str, str]
    update: Update | None = None
    moved: Moved | None = None
    note: Note | None = None
    before: Deadline | None = None

    @property
    def changes_something(self) -> bool:
        """Whether it changed what is known of the pledge: a remark or a doubt of the editors did not, however dated."""
        return self.note is None or self.note.kind == "correction"

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Where it can be checked."""
        source = self.update or self.moved
        return source.evidence if source else ()


def history(pledge: Pledge) -> tuple[Event, ...]:
    """All that happened to a pledge; of one day in the order of the file."""
    return tuple(sorted(_events(pledge), key=lambda event: event.date))


def corrections(unit: Unit) -> tuple[Event, ...]:
    """What the editors corrected of a unit itself."""
    events = (
        Event(note.date, note.kind, note.text, note=note)
        for note in unit.notes
        if note.kind == "correction" and note.date is not None
    )
    return tuple(sorted(events, key=lambda event: event.date))


def _events(pledge: Pledge) -> Iterator[Event]:
    for update in pledge.updates:
        yield Event(update.date, event_of(update), update.text, update)
    for change in deadline_changes(pledge):
        if change.moved is not None:
            yield Event(change.date, "moved", change.moved.reason, moved=change.moved, before=change.before)
    for note in pledge.notes:
        if note.date is not None:
            yield Event(note.date, note.kind, note.text, note=note)
    if pledge.withdrawn is not None:
        yield Event(pledge.withdrawn.date, "withdrawn", pledge.withdrawn.reason)
