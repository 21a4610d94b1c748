"""Counts: the pledges of a unit with their states, what they add to the totals, and the totals of all units."""

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
"""Kinds of deadline that name a date or a rhythm."""

CHECKABLE = ("yes", "partly", "principle")

STROKES = (
    *("accepted", "notice-result", "notice-over", "objection", "notice", "inspected", "applied"),
    *("sent-back", "under-way", "not-held", "reopened", "none", "split", "withdrawn"),
)
"""The order of strokes in a tally: pledges of one state stand together, the most advanced first."""

STROKE_OF = {
    **{code: code for code in ("none", "accepted", "reopened", "withdrawn")},
    "not-held": "reopened",
    "split": "withdrawn",
}
"""How a state is drawn as a stroke. States that are not listed, in which something was reported, are drawn as
`active`."""

SPLIT = "split"
"""The state of a pledge that was split into several. Pages show it; totals count its parts in its place."""

OVER = ("accepted", "withdrawn", SPLIT)
"""The states in which nothing is due any more."""

KINDS_OF_STROKES = ("none", "active", "accepted", "reopened", "withdrawn")


class LedgerEntry(msgspec.Struct, frozen=True):
    """A pledge with what follows from its records on the day `as_of`: its state, the periods that are over (of a
    recurring pledge), the notices that name it, and its history. `number` is the one in its id."""

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
    """Return the pledges of a unit, in the order of its file, each with the steps that follow from notices.

    `since` is the day of the statements: periods and passed deadlines before it are left out.
    """
    unit_file = as_told(unit_file, as_of)

    def entry(pledge: Pledge) -> LedgerEntry:
        number, state = int(pledge.id.rpartition("-")[2]), status(pledge, as_of, unit_file.notices)
        periods, notices = period_records(pledge, since, as_of), _naming(unit_file, pledge.id)
        happened = (*history(pledge, notices), *passed_dates(pledge, notices, since, as_of))
        events = tuple(sorted(happened, key=lambda event: event.date))
        return LedgerEntry(unit_file, pledge, number, state, periods, notices=notices, history=events, as_of=as_of)

    return tuple(entry(pledge) for pledge in unit_file.unit.pledges)


def _naming(unit_file: UnitFile, pledge: str) -> tuple[NoticeFile, ...]:
    """The notices that name a pledge."""
    return tuple(file for file in unit_file.notices if pledge in file.notice.pledges)


def own_notices(unit_entries: tuple[LedgerEntry, ...]) -> tuple[NoticeFile, ...]:
    """Return the notices for which this unit writes the row in the open data, so that none is counted twice."""
    return tuple(file for file in unit_entries[0].unit_file.notices if file.unit == unit_entries[0].unit_file.id)


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
    """Group pledges by the last day of their stated deadline (ISO 8601; "" without one), in order."""
    groups: dict[str, list[LedgerEntry]] = {}
    for entry in some:
        last = entry.pledge.deadline.last
        groups.setdefault(last.isoformat() if last else "", []).append(entry)
    for last_day in sorted(groups):
        yield last_day, tuple(groups[last_day])


def by_month(some: Iterable[LedgerEntry]) -> Iterator[tuple[str, tuple[LedgerEntry, ...]]]:
    """Group pledges by the month (ISO 8601) of the last day of the deadline in force, in order. Skips pledges without
    such a day."""
    groups: dict[str, list[LedgerEntry]] = {}
    for entry in some:
        if last := deadline_of(entry.pledge).last:
            groups.setdefault(last.isoformat()[:7], []).append(entry)
    for month in sorted(groups):
        yield month, tuple(groups[month])


def counted(some: Iterable[LedgerEntry]) -> tuple[LedgerEntry, ...]:
    """Return the pledges that totals count. A split pledge is left out: its parts are counted."""
    return tuple(entry for entry in some if entry.status.code != SPLIT)


def states(some: Iterable[LedgerEntry]) -> tuple[str, ...]:
    """Return the state of each counted pledge, in the order of strokes."""
    return tuple(sorted((entry.status.code for entry in counted(some)), key=STROKES.index))


def of_alert(some: Iterable[LedgerEntry], alert: str) -> tuple[LedgerEntry, ...]:
    """Return the pledges that have this alert, among others."""
    return tuple(entry for entry in some if alert in entry.status.alerts)


def is_due_too(entry: LedgerEntry, alert: str) -> bool:
    """True if a pledge is past its stated date (`alert` is "extended") and also due soon by the date in force, so that
    it is counted twice."""
    return alert == "extended" and "due" in entry.status.alerts


def kinds_of_strokes(some: Iterable[str]) -> tuple[str, ...]:
    """Return the kinds of strokes that these states are drawn as, in the order of a key."""
    drawn = {STROKE_OF.get(state, "active") for state in some}
    return tuple(kind for kind in KINDS_OF_STROKES if kind in drawn)


def reported(some: Iterable[LedgerEntry]) -> int:
    """Return how many counted pledges have a report."""
    return sum(bool(entry.pledge.updates) for entry in counted(some))


def terms_of(unit_file: UnitFile, language: str) -> tuple[str, ...]:
    """Return the ids of the glossary terms that a unit's summary and pledges link to, in order of first use."""
    texts = [unit_file.unit.summary[language], *(pledge.text[language] for pledge in unit_file.unit.pledges)]
    targets = (link.target for text in texts if "](" in text for link in links(text))
    return tuple(dict.fromkeys(target[5:] for target in targets if target.startswith("term:")))


# ── totals ───────────────────────────────────────────────────────────────────


def count(unit_entries: tuple[LedgerEntry, ...], languages: Iterable[str]) -> Counter[str]:
    """Return what a unit adds to the totals, by dotted name: `counted`, `theme.water.state.none`, `theme.water.units`,
    …

    A split pledge counts in `state.split`, `theme.water.split` and the like, and its history counts; it adds to no
    other total. Rows of the open data are counted by `open_data.row_counts`.
    """
    unit = unit_entries[0].unit_file.unit
    counts: Counter[str] = Counter({"units": 1, f"kind.{unit.kind}.units": 1})
    for entry in unit_entries:
        pledge = entry.pledge
        counts["spots"] += sum(note.kind == "doubtful" for note in pledge.notes)
        if entry.status.code == SPLIT:
            counts[f"state.{SPLIT}"] += 1
            filed = (f"deadline.{pledge.deadline.kind}", f"checkable.{pledge.checkable}", *map(_theme, pledge.themes))
            counts.update(f"{name}.{SPLIT}" for name in filed)
            continue
        _count_whole(counts, entry)
    counts["spots"] += sum(note.kind == "doubtful" for note in unit.notes)
    for name, number in _due(unit_entries):
        counts[name] = number
    log = [event for entry in unit_entries for event in entry.history if event.changes_something]
    for event in (*log, *unit_history(unit)):
        counts["log"] += 1
        counts["log.of_days"] += event.what in PASSED
        counts[f"month.{event.date.isoformat()[:7]}"] += 1
    for language in languages:
        counts.update(f"term.{id}.{language}.units" for id in terms_of(unit_entries[0].unit_file, language))
    return counts


def _count_whole(counts: Counter[str], entry: LedgerEntry) -> None:
    """Add a pledge that was not split to `counts`."""
    pledge = entry.pledge
    names = ["", f"deadline.{pledge.deadline.kind}."]
    names += [f"{_theme(id)}." for id in pledge.themes] + [f"programme.{id}." for id in pledge.programmes]
    for name in names:
        counts[f"{name}pledges" if name else "counted"] += 1
        counts[f"{name}state.{entry.status.code}"] += 1
        if name:
            counts[f"{name}units"] = 1
    for alert in entry.status.alerts:
        counts[f"alert.{alert}"] += 1
        counts[f"due_too.{alert}"] += is_due_too(entry, alert)
    counts[f"checkable.{pledge.checkable}"] += 1
    counts["reported"] += bool(pledge.updates)
    counts["dated"] += pledge.deadline.last is not None
    counts["periods.reported"] += sum(bool(record.updates) for record in entry.periods)
    counts["recurring"] += bool(rhythm_of(pledge))
    counts["recurring.counted"] += bool(entry.periods)


def _theme(id: str) -> str:
    return f"theme.{id}"


def _due(unit_entries: tuple[LedgerEntry, ...]) -> Iterator[tuple[str, int]]:
    """Yield how many pledges of a unit are due in each month, how many of these are late, and how many are closed."""
    for month, due in by_month(counted(unit_entries)):
        yield f"due.{month}", len(due)
        yield f"due.{month}.late", sum(entry.status.is_late for entry in due)
        yield f"due.{month}.closed", sum(entry.status.code in OVER for entry in due)


PART_OF_LEDGER = "ledger."
"""The prefix of totals that count the rows of a part of the ledger."""


class Totals:
    """The sums over all units, by dotted name; 0 for a name that no unit adds to. `kinds` are the kinds of units, in
    the order of their first unit."""

    def __init__(self, sums: Mapping[str, int], kinds: tuple[str, ...]) -> None:
        self._sums, self.kinds = sums, kinds

    def __getitem__(self, name: str) -> int:
        return self._sums.get(name, 0)

    def states(self, name: str = "") -> tuple[str, ...]:
        """Return a state for each pledge counted under `name` (such as `theme.water.`), in the order of strokes."""
        return tuple(code for code in STROKES if code != SPLIT for _ in range(self[f"{name}state.{code}"]))

    def state_counts(self) -> Iterator[tuple[str, int]]:
        """Yield each state that occurs, with its number of pledges; split pledges are included."""
        for code in STATES:
            if self[f"state.{code}"]:
                yield code, self[f"state.{code}"]

    def alert_counts(self, alerts: Iterable[str]) -> Iterator[tuple[str, int, int]]:
        """Yield each of `alerts` that occurs, with its number of pledges and how many of these are also due soon."""
        for alert in alerts:
            if self[f"alert.{alert}"]:
                yield alert, self[f"alert.{alert}"], self[f"due_too.{alert}"]

    def months(self) -> Iterator[tuple[str, int]]:
        """Yield the months (ISO 8601) in which something happened, the newest first, with the number of events."""
        for name in sorted((name for name in self._sums if name.startswith("month.")), reverse=True):
            if self[name]:
                yield name.removeprefix("month."), self[name]

    def due_months(self) -> Iterator[tuple[str, int]]:
        """Yield the months (ISO 8601) in which pledges are due, in order, with the number of pledges."""
        for name in sorted(name for name in self._sums if name.startswith("due.") and name.count(".") == 1):
            if self[name]:
                yield name.removeprefix("due."), self[name]

    def parts(self) -> Iterator[tuple[int, int]]:
        """Yield the number of each part of the ledger, in order, with its number of rows."""
        names = (name for name in self._sums if name.startswith(PART_OF_LEDGER))
        for number in sorted(int(name.removeprefix(PART_OF_LEDGER)) for name in names):
            if self[f"{PART_OF_LEDGER}{number}"]:
                yield number, self[f"{PART_OF_LEDGER}{number}"]

    def kind_counts(self) -> Iterator[tuple[str, int]]:
        """Yield each kind of unit with its number of units."""
        for kind in self.kinds:
            yield kind, self[f"kind.{kind}.units"]

    def deadline_counts(self) -> Iterator[tuple[str, int]]:
        """Yield each kind of deadline that occurs, with its number of pledges."""
        for kind in DEADLINE_ORDER:
            if self[f"deadline.{kind}.pledges"]:
                yield kind, self[f"deadline.{kind}.pledges"]
