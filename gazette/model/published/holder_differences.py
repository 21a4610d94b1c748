"""Finds who replaced whom between two snapshots: in charge of a unit or pledge, and among units."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gazette.model.published.snapshots import Entry
from gazette.model.records.changes import Found


def taken_over(old: Entry, entry: Entry) -> Iterator[Found]:
    """The units from which this one has newly taken over."""
    before = {
        _without_name(each) for language in old.languages("took_over") for each in old.values("took_over", language)
    }
    names_by_unit: dict[tuple[str, str], dict[str, str]] = {}
    for language in entry.languages("took_over"):
        for each in entry.values("took_over", language):
            names_by_unit.setdefault(_without_name(each), {})[language] = each.split(" ", 2)[2]
    for (day, unit), names in names_by_unit.items():
        if (day, unit) not in before:
            yield Found("took_over", day, after=names)


def _without_name(took_over: str) -> tuple[str, str]:
    day, unit, _ = took_over.split(" ", 2)
    return day, unit


class _Tenure(NamedTuple):
    """A term in a snapshot; `since` and `until` are ISO 8601, "" if unknown. `names` is `{language: name}`."""

    role: str
    since: str
    until: str
    names: dict[str, str]


def tenures(old: Entry, entry: Entry) -> Iterator[Found]:
    """Persons and bodies who came, whose term ended, or who are no longer named."""
    before, now = _by_key(old), _by_key(entry)
    for key, now_held in now.items():
        was = before.get(key)
        if was is None:
            yield Found("appointed" if now_held.since else "named", now_held.since, now_held.role, after=now_held.names)
        if now_held.until and (was is None or was.until != now_held.until):
            yield Found("released", now_held.until, now_held.role, after=now_held.names)
        elif was and was.until != now_held.until:
            yield Found("appointed" if now_held.since else "named", now_held.since, now_held.role, after=now_held.names)
    for key, was in before.items():
        if key not in now:
            yield Found("dropped", "", was.role, after=was.names)


def _by_key(entry: Entry) -> dict[str, _Tenure]:
    tenures_by_key: dict[str, _Tenure] = {}
    for language in entry.languages("tenure"):
        for value in entry.values("tenure", language):
            role, since, until, key, name = value.split(" ", 4)
            tenure = tenures_by_key.setdefault(key, _Tenure(role, since.strip("-"), until.strip("-"), {}))
            tenure.names[language] = name
    return tenures_by_key
