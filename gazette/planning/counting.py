"""The counting: the pledges of a unit with their states, what they add to the totals, and the totals of all."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from gazette.model.content import UnitFile
from gazette.model.dates import DeadlineKind
from gazette.model.history import Event, history
from gazette.model.markup import links
from gazette.model.notice_records import NoticeFile
from gazette.model.record import choices
from gazette.model.status import ALERTS, STATES, Status, status
from gazette.model.unit_records import Pledge, Unit

DEADLINE_ORDER: tuple[str, ...] = choices(DeadlineKind)
"""Kinds of deadline, stated dates first."""

WITH_A_TIME = ("date", "month", "year", "period", "rhythm")
"""Kinds of deadline that say when."""

CHECKABLE = ("yes", "partly", "principle")

STROKES = (
    *("accepted", "notice-over", "objection", "notice", "inspected", "applied", "sent-back", "under-way"),
    *("not-held", "reopened", "none", "withdrawn"),
)
"""The order of strokes in a tally: those of one state stand together, the farthest advanced first."""

STROKE_OF = {
    **{code: code for code in ("none", "accepted", "reopened", "withdrawn")},
    "not-held": "reopened",
}
"""How a state is drawn as a stroke; the others, on which something was reported, are all drawn as `active`."""

KINDS_OF_STROKES = ("none", "active", "accepted", "reopened", "withdrawn")


class LedgerEntry(msgspec.Struct, frozen=True):
    """A pledge with its unit, its number and its state, and the notices that name it."""

    unit_file: UnitFile
    pledge: Pledge
    number: int
    status: Status
    notices: tuple[NoticeFile, ...] = ()

    @property
    def history(self) -> tuple[Event, ...]:
        """What happened to the pledge."""
        return history(self.pledge, self.notices)


def entries(unit_file: UnitFile, as_of: datetime.date | None) -> tuple[LedgerEntry, ...]:
    """The pledges of a unit, in the order of its file. The number is the one in the id."""
    return tuple(
        LedgerEntry(
            unit_file, pledge, int(pledge.id.rpartition("-")[2]), status(pledge, as_of), _naming(unit_file, pledge.id)
        )
        for pledge in unit_file.unit.pledges
    )


def _naming(unit_file: UnitFile, pledge: str) -> tuple[NoticeFile, ...]:
    """The notices that name a pledge."""
    return tuple(file for file in unit_file.notices if pledge in file.notice.pledges)


def own_notices(own: tuple[LedgerEntry, ...]) -> tuple[NoticeFile, ...]:
    """The notices whose line in the open data a unit gives: no notice is counted twice."""
    return tuple(file for file in own[0].unit_file.notices if file.unit == own[0].unit_file.id)


def of_theme(some: Iterable[LedgerEntry], theme: str) -> tuple[LedgerEntry, ...]:
    """The pledges filed under a theme."""
    return tuple(entry for entry in some if theme in entry.pledge.themes)


def of_programme(some: Iterable[LedgerEntry], programme: str) -> tuple[LedgerEntry, ...]:
    """The pledges that name a programme."""
    return tuple(entry for entry in some if programme in entry.pledge.programmes)


def of_deadline(some: Iterable[LedgerEntry], kind: str) -> tuple[LedgerEntry, ...]:
    """The pledges with one kind of deadline."""
    return tuple(entry for entry in some if entry.pledge.deadline.kind == kind)


def by_date(some: Iterable[LedgerEntry]) -> Iterator[tuple[str, tuple[LedgerEntry, ...]]]:
    """Some pledges by the last day of their deadline (ISO; empty without one), in order."""
    groups: dict[str, list[LedgerEntry]] = {}
    for entry in some:
        last = entry.pledge.deadline.last
        groups.setdefault(last.isoformat() if last else "", []).append(entry)
    for last_day in sorted(groups):
        yield last_day, tuple(groups[last_day])


def states(some: Iterable[LedgerEntry]) -> tuple[str, ...]:
    """The states of some pledges, in the order of strokes."""
    return tuple(sorted((entry.status.code for entry in some), key=STROKES.index))


def of_alert(some: Iterable[LedgerEntry], alert: str) -> tuple[LedgerEntry, ...]:
    """The pledges that are late in one way."""
    return tuple(entry for entry in some if entry.status.alert == alert)


def kinds_of_strokes(some: Iterable[str]) -> tuple[str, ...]:
    """The kinds of strokes that some states are drawn as, in the order of a key."""
    drawn = {STROKE_OF.get(state, "active") for state in some}
    return tuple(kind for kind in KINDS_OF_STROKES if kind in drawn)


def reported(some: Iterable[LedgerEntry]) -> int:
    """How many pledges anything was reported for."""
    return sum(bool(entry.pledge.updates) for entry in some)


def terms_of(unit_file: UnitFile, language: str) -> tuple[str, ...]:
    """The glossary terms that a unit's summary and pledges link to, in order of first use."""
    texts = [unit_file.unit.summary[language], *(pledge.text[language] for pledge in unit_file.unit.pledges)]
    targets = (link.target for text in texts if "](" in text for link in links(text))
    return tuple(dict.fromkeys(target[5:] for target in targets if target.startswith("term:")))


# ── totals ───────────────────────────────────────────────────────────────────


def count(own: tuple[LedgerEntry, ...], languages: Iterable[str]) -> Counter[str]:
    """What a unit adds to the totals, by dotted name: `pledges`, `theme.water.state.none`, `theme.water.units`, …"""
    unit = own[0].unit_file.unit
    found: Counter[str] = Counter({"units": 1, f"kind.{unit.kind}.units": 1})
    for entry in own:
        pledge = entry.pledge
        names = ["", f"deadline.{pledge.deadline.kind}."]
        names += [f"theme.{id}." for id in pledge.themes] + [f"programme.{id}." for id in pledge.programmes]
        for name in names:
            found[f"{name}pledges"] += 1
            found[f"{name}state.{entry.status.code}"] += 1
            if name:
                found[f"{name}units"] = 1
        if entry.status.alert:
            found[f"alert.{entry.status.alert}"] += 1
        found["reported"] += bool(pledge.updates)
        found["dated"] += pledge.deadline.last is not None
        found["changes"] += len(entry.history)
        found["history"] += sum(event.changes_something for event in entry.history)
        found["spots"] += sum(note.kind == "doubtful" for note in pledge.notes)
    found["spots"] += sum(note.kind == "doubtful" for note in unit.notes)
    found["notices"] = len(own_notices(own))
    for language in languages:
        found.update(f"term.{id}.{language}.units" for id in terms_of(own[0].unit_file, language))
    return found


class Totals:
    """The sums over all units, by dotted name. `kinds` are the kinds of units, in the order of their first unit."""

    def __init__(self, sums: Mapping[str, int], kinds: tuple[str, ...]) -> None:
        self._sums, self.kinds = sums, kinds

    def __getitem__(self, name: str) -> int:
        return self._sums.get(name, 0)

    def states(self, name: str = "") -> tuple[str, ...]:
        """A state for each pledge counted under `name` (such as `theme.water.`), in the order of strokes."""
        return tuple(code for code in STROKES for _ in range(self[f"{name}state.{code}"]))

    def state_counts(self) -> Iterator[tuple[str, int]]:
        """How many pledges are in each state that occurs."""
        for code in STATES:
            if self[f"state.{code}"]:
                yield code, self[f"state.{code}"]

    def alert_counts(self) -> Iterator[tuple[str, int]]:
        """How many pledges are late, in each way that occurs."""
        for alert in ALERTS:
            if self[f"alert.{alert}"]:
                yield alert, self[f"alert.{alert}"]

    def kind_counts(self) -> Iterator[tuple[str, int]]:
        """How many units there are of each kind."""
        for kind in self.kinds:
            yield kind, self[f"kind.{kind}.units"]

    def deadline_counts(self) -> Iterator[tuple[str, int]]:
        """How many pledges have each kind of deadline that occurs."""
        for kind in DEADLINE_ORDER:
            if self[f"deadline.{kind}.pledges"]:
                yield kind, self[f"deadline.{kind}.pledges"]


# ── time ─────────────────────────────────────────────────────────────────────


def valid_days(unit: Unit, as_of: datetime.date | None) -> tuple[str, str]:
    """The first and last day (ISO, both included) on which a unit's pages and fragments are as on `as_of`: its states
    are the same, no day that it tells has gone by or is still to come that was not before, and it need not say the day
    itself. The empty text is the day of a site without a date, and comes before all days; an empty end is no end."""
    steps = set(_days_told(unit))
    steps |= {end + datetime.timedelta(days=1) for end in _ends(unit) if end < datetime.date.max}
    if not steps:
        return "", ""
    if as_of is None:
        return "", "0"
    if any(status(pledge, as_of).as_of for own in unit.pledges for pledge in (own, own.without_drafts())):
        return as_of.isoformat(), as_of.isoformat()
    first = max((step for step in steps if step <= as_of), default=datetime.date.min)
    after = min((step for step in steps if step > as_of), default=None)
    return first.isoformat(), (after - datetime.timedelta(days=1)).isoformat() if after else ""


def _ends(unit: Unit) -> Iterator[datetime.date]:
    """The last days of deadlines and public notices: on the day after, states may be others."""
    for pledge in unit.pledges:
        deadlines = [pledge.deadline, *(moved.to for moved in pledge.moved)]
        deadlines += [update.deadline for update in pledge.updates if update.deadline is not None]
        yield from (deadline.last for deadline in deadlines if deadline.last is not None)
        yield from (update.notice.end for update in pledge.updates if update.notice)


def _days_told(unit: Unit) -> Iterator[datetime.date]:
    """The days that reports, evidence, corrections and withdrawals give, of drafts too: each is checked against the
    date that the site speaks of."""
    notes = [*unit.notes, *(note for pledge in unit.pledges for note in pledge.notes)]
    yield from (note.date for note in notes if note.date is not None)
    for revisions in (unit.revisions, *(pledge.revisions for pledge in unit.pledges)):
        for revision in revisions:
            yield revision.date
            yield from (each.date for each in revision.evidence if each.date is not None)
    for pledge in unit.pledges:
        if pledge.withdrawn is not None:
            yield pledge.withdrawn.date
        yield from (entry.date for entries in (pledge.updates, pledge.moved) for entry in entries)
        for reply in (pledge.reply, *(update.reply for update in pledge.updates)):
            if reply is not None:
                yield reply.date
                yield from (each.date for each in reply.evidence if each.date is not None)
        evidence = [each for entries in (pledge.updates, pledge.moved) for entry in entries for each in entry.evidence]
        yield from (each.date for each in evidence if each.date is not None)
