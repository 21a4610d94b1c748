"""The counting: the pledges of a unit with their states, what they add to the totals, and the totals of all."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from gazette.model.forms.dates import DeadlineKind
from gazette.model.forms.record import choices
from gazette.model.life.announced import as_told
from gazette.model.life.deadline_changes import deadline_of
from gazette.model.life.history import Event, history, unit_history
from gazette.model.life.passed import passed_dates
from gazette.model.life.recurrence import PeriodRecord, period_records, rhythm_of
from gazette.model.life.status import PASSED, STATES, Status, status
from gazette.model.records.content import UnitFile
from gazette.model.records.notices import NoticeFile
from gazette.model.records.units import Pledge
from gazette.model.text.markup import links

DEADLINE_ORDER: tuple[str, ...] = choices(DeadlineKind)
"""Kinds of deadline, stated dates first."""

WITH_A_TIME = ("date", "month", "year", "period", "rhythm")
"""Kinds of deadline that say when."""

CHECKABLE = ("yes", "partly", "principle")

STROKES = (
    *("accepted", "notice-result", "notice-over", "objection", "notice", "inspected", "applied"),
    *("sent-back", "under-way", "not-held", "reopened", "none", "split", "withdrawn"),
)
"""The order of strokes in a tally: those of one state stand together, the farthest advanced first."""

STROKE_OF = {
    **{code: code for code in ("none", "accepted", "reopened", "withdrawn")},
    "not-held": "reopened",
    "split": "withdrawn",
}
"""How a state is drawn as a stroke; the others, on which something was reported, are all drawn as `active`."""

SPLIT = "split"
"""The state of a pledge that goes on as several others: it is told, and they are counted in its place."""

OVER = ("accepted", "withdrawn", SPLIT)
"""The states in which nothing is due any more."""

KINDS_OF_STROKES = ("none", "active", "accepted", "reopened", "withdrawn")


class LedgerEntry(msgspec.Struct, frozen=True):
    """A pledge with its unit, its number, its state, the periods that are over where it recurs, the notices that name
    it, and what happened to it; `as_of` is the day that all this is measured against."""

    unit_file: UnitFile
    pledge: Pledge
    number: int
    status: Status
    periods: tuple[PeriodRecord, ...] = ()
    notices: tuple[NoticeFile, ...] = ()
    history: tuple[Event, ...] = ()
    as_of: datetime.date | None = None


def entries(
    unit_file: UnitFile, as_of: datetime.date | None, since: datetime.date | None = None
) -> tuple[LedgerEntry, ...]:
    """The pledges of a unit, in the order of its file, each with the steps that follow from notices. The number is the
    one in the id. `since` is the day of the statements."""
    unit_file = as_told(unit_file, as_of)

    def entry(pledge: Pledge) -> LedgerEntry:
        number, state = int(pledge.id.rpartition("-")[2]), status(pledge, as_of, unit_file.notices)
        periods, notices = period_records(pledge, since, as_of), _naming(unit_file, pledge.id)
        happened = (*history(pledge, notices), *passed_dates(pledge, notices, since, as_of))
        told = tuple(sorted(happened, key=lambda event: event.date))
        return LedgerEntry(unit_file, pledge, number, state, periods, notices, told, as_of)

    return tuple(entry(pledge) for pledge in unit_file.unit.pledges)


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


def by_month(some: Iterable[LedgerEntry]) -> Iterator[tuple[str, tuple[LedgerEntry, ...]]]:
    """Some pledges by the month (ISO) of the last day of the deadline that holds, in order; those without one are left
    out."""
    groups: dict[str, list[LedgerEntry]] = {}
    for entry in some:
        if last := deadline_of(entry.pledge).last:
            groups.setdefault(last.isoformat()[:7], []).append(entry)
    for month in sorted(groups):
        yield month, tuple(groups[month])


def counted(some: Iterable[LedgerEntry]) -> tuple[LedgerEntry, ...]:
    """Those of some pledges that totals count: one that was split is counted as its parts."""
    return tuple(entry for entry in some if entry.status.code != SPLIT)


def states(some: Iterable[LedgerEntry]) -> tuple[str, ...]:
    """The states of some pledges, in the order of strokes, each that is counted once."""
    return tuple(sorted((entry.status.code for entry in counted(some)), key=STROKES.index))


def of_alert(some: Iterable[LedgerEntry], alert: str) -> tuple[LedgerEntry, ...]:
    """The pledges of which the day says one thing, whatever else it says of them."""
    return tuple(entry for entry in some if alert in entry.status.alerts)


def is_due_too(entry: LedgerEntry, alert: str) -> bool:
    """Whether a pledge that is past its stated date (`alert`) is due soon by the one that holds, so that it is counted
    twice."""
    return alert == "extended" and "due" in entry.status.alerts


def kinds_of_strokes(some: Iterable[str]) -> tuple[str, ...]:
    """The kinds of strokes that some states are drawn as, in the order of a key."""
    drawn = {STROKE_OF.get(state, "active") for state in some}
    return tuple(kind for kind in KINDS_OF_STROKES if kind in drawn)


def reported(some: Iterable[LedgerEntry]) -> int:
    """How many pledges anything was reported for, of those that are counted."""
    return sum(bool(entry.pledge.updates) for entry in counted(some))


def terms_of(unit_file: UnitFile, language: str) -> tuple[str, ...]:
    """The glossary terms that a unit's summary and pledges link to, in order of first use."""
    texts = [unit_file.unit.summary[language], *(pledge.text[language] for pledge in unit_file.unit.pledges)]
    targets = (link.target for text in texts if "](" in text for link in links(text))
    return tuple(dict.fromkeys(target[5:] for target in targets if target.startswith("term:")))


# ── totals ───────────────────────────────────────────────────────────────────


def count(own: tuple[LedgerEntry, ...], languages: Iterable[str]) -> Counter[str]:
    """What a unit adds to the totals, by dotted name: `counted`, `theme.water.state.none`, `theme.water.units`, …; but
    for the rows of the open data, which are counted where they are listed. A pledge that was split is in `state.split`,
    `theme.water.split` and the like, and among what happened, and in no other total."""
    unit = own[0].unit_file.unit
    found: Counter[str] = Counter({"units": 1, f"kind.{unit.kind}.units": 1})
    for entry in own:
        pledge = entry.pledge
        found["spots"] += sum(note.kind == "doubtful" for note in pledge.notes)
        if entry.status.code == SPLIT:
            found[f"state.{SPLIT}"] += 1
            filed = (f"deadline.{pledge.deadline.kind}", f"checkable.{pledge.checkable}", *map(_theme, pledge.themes))
            found.update(f"{name}.{SPLIT}" for name in filed)
            continue
        _count_whole(found, entry)
    found["spots"] += sum(note.kind == "doubtful" for note in unit.notes)
    for name, number in _due(own):
        found[name] = number
    log = [event for entry in own for event in entry.history if event.changes_something]
    for event in (*log, *unit_history(unit)):
        found["log"] += 1
        found["log.of_days"] += event.what in PASSED
        found[f"month.{event.date.isoformat()[:7]}"] += 1
    for language in languages:
        found.update(f"term.{id}.{language}.units" for id in terms_of(own[0].unit_file, language))
    return found


def _count_whole(found: Counter[str], entry: LedgerEntry) -> None:
    """What a pledge that was not split adds."""
    pledge = entry.pledge
    names = ["", f"deadline.{pledge.deadline.kind}."]
    names += [f"{_theme(id)}." for id in pledge.themes] + [f"programme.{id}." for id in pledge.programmes]
    for name in names:
        found[f"{name}pledges" if name else "counted"] += 1
        found[f"{name}state.{entry.status.code}"] += 1
        if name:
            found[f"{name}units"] = 1
    for alert in entry.status.alerts:
        found[f"alert.{alert}"] += 1
        found[f"due_too.{alert}"] += is_due_too(entry, alert)
    found[f"checkable.{pledge.checkable}"] += 1
    found["reported"] += bool(pledge.updates)
    found["dated"] += pledge.deadline.last is not None
    found["periods.reported"] += sum(bool(record.updates) for record in entry.periods)
    found["recurring"] += bool(rhythm_of(pledge))
    found["recurring.counted"] += bool(entry.periods)


def _theme(id: str) -> str:
    return f"theme.{id}"


def _due(own: tuple[LedgerEntry, ...]) -> Iterator[tuple[str, int]]:
    """How many pledges of a unit are due in each month, and how many of these are late, and closed."""
    for month, due in by_month(counted(own)):
        yield f"due.{month}", len(due)
        yield f"due.{month}.late", sum(entry.status.is_late for entry in due)
        yield f"due.{month}.closed", sum(entry.status.code in OVER for entry in due)


PART_OF_LEDGER = "ledger."
"""What the names of totals begin with that count the rows of a part of the ledger."""


class Totals:
    """The sums over all units, by dotted name. `kinds` are the kinds of units, in the order of their first unit."""

    def __init__(self, sums: Mapping[str, int], kinds: tuple[str, ...]) -> None:
        self._sums, self.kinds = sums, kinds

    def __getitem__(self, name: str) -> int:
        return self._sums.get(name, 0)

    def states(self, name: str = "") -> tuple[str, ...]:
        """A state for each pledge counted under `name` (such as `theme.water.`), in the order of strokes."""
        return tuple(code for code in STROKES if code != SPLIT for _ in range(self[f"{name}state.{code}"]))

    def state_counts(self) -> Iterator[tuple[str, int]]:
        """How many pledges are in each state that occurs, also of those that were split."""
        for code in STATES:
            if self[f"state.{code}"]:
                yield code, self[f"state.{code}"]

    def alert_counts(self, alerts: Iterable[str]) -> Iterator[tuple[str, int, int]]:
        """How many pledges have each of some alerts that occurs, and how many of those are due soon, too."""
        for alert in alerts:
            if self[f"alert.{alert}"]:
                yield alert, self[f"alert.{alert}"], self[f"due_too.{alert}"]

    def months(self) -> Iterator[tuple[str, int]]:
        """The months (ISO) in which something happened, the newest first, and how much."""
        for name in sorted((name for name in self._sums if name.startswith("month.")), reverse=True):
            if self[name]:
                yield name.removeprefix("month."), self[name]

    def due_months(self) -> Iterator[tuple[str, int]]:
        """The months (ISO) in which pledges are due, in order, and how many."""
        for name in sorted(name for name in self._sums if name.startswith("due.") and name.count(".") == 1):
            if self[name]:
                yield name.removeprefix("due."), self[name]

    def parts(self) -> Iterator[tuple[int, int]]:
        """The parts of the ledger that there are, in order, and how many rows each has."""
        names = (name for name in self._sums if name.startswith(PART_OF_LEDGER))
        for number in sorted(int(name.removeprefix(PART_OF_LEDGER)) for name in names):
            if self[f"{PART_OF_LEDGER}{number}"]:
                yield number, self[f"{PART_OF_LEDGER}{number}"]

    def kind_counts(self) -> Iterator[tuple[str, int]]:
        """How many units there are of each kind."""
        for kind in self.kinds:
            yield kind, self[f"kind.{kind}.units"]

    def deadline_counts(self) -> Iterator[tuple[str, int]]:
        """How many pledges have each kind of deadline that occurs."""
        for kind in DEADLINE_ORDER:
            if self[f"deadline.{kind}.pledges"]:
                yield kind, self[f"deadline.{kind}.pledges"]
