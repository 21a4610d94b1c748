"""Owns the groupings: pledges by theme, programme, deadline and state, with their totals. Pure and sorted."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gazette.content import Shard
from gazette.model import DeadlineKind, Pledge, choices
from gazette.status import STATES, Status, status

DEADLINE_ORDER: tuple[str, ...] = choices(DeadlineKind)


@dataclass(frozen=True)
class Entry:
    """A pledge with its unit, its number within the unit and its state."""

    shard: Shard
    pledge: Pledge
    number: int
    status: Status


def entries(shards: Iterable[Shard], as_of: datetime.date | None) -> tuple[Entry, ...]:
    """Every pledge, in the order of the units and of their files. The number is the one in its id."""
    return tuple(
        Entry(shard, pledge, int(pledge.id.rpartition("-")[2]), status(pledge, as_of))
        for shard in shards
        for pledge in shard.unit.pledges
    )


def of_unit(all_entries: Iterable[Entry], unit: str) -> tuple[Entry, ...]:
    """The pledges of one unit."""
    return tuple(entry for entry in all_entries if entry.shard.id == unit)


def of_theme(all_entries: Iterable[Entry], theme: str) -> tuple[Entry, ...]:
    """The pledges filed under a theme."""
    return tuple(entry for entry in all_entries if theme in entry.pledge.themes)


def of_programme(all_entries: Iterable[Entry], programme: str) -> tuple[Entry, ...]:
    """The pledges that name a programme."""
    return tuple(entry for entry in all_entries if programme in entry.pledge.programmes)


def by_deadline(all_entries: Iterable[Entry]) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """Kinds of deadline that occur, stated ones first, each with its pledges; dated ones in order of date."""
    kept = tuple(all_entries)
    for kind in DEADLINE_ORDER:
        found = [entry for entry in kept if entry.pledge.deadline.kind == kind]
        if found:
            yield kind, tuple(sorted(found, key=lambda entry: entry.pledge.deadline.last or datetime.date.min))


def by_unit(some_entries: Iterable[Entry]) -> Iterator[tuple[Shard, tuple[Entry, ...]]]:
    """Pledges by unit, in official order."""
    groups: dict[str, list[Entry]] = {}
    for entry in some_entries:
        groups.setdefault(entry.shard.id, []).append(entry)
    for group in groups.values():
        yield group[0].shard, tuple(group)


def units_in(some_entries: Iterable[Entry]) -> int:
    """How many units the pledges belong to."""
    return len({entry.shard.id for entry in some_entries})


def counts(codes: Iterable[str], order: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """How often each code of `order` occurs, zeros included."""
    counted = Counter(codes)
    return tuple((code, counted[code]) for code in order)


def state_counts(some_entries: Iterable[Entry]) -> tuple[tuple[str, int], ...]:
    """How many pledges are in each state; withdrawn only where it occurs."""
    found = counts((entry.status.code for entry in some_entries), STATES)
    return tuple((code, n) for code, n in found if code != "withdrawn" or n)


def reported(some_entries: Iterable[Entry]) -> int:
    """How many pledges anything was reported for."""
    return sum(bool(entry.pledge.updates) for entry in some_entries)
