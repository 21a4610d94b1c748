"""The question whether what was published of a unit, a pledge or a notice is still said, or a revision keeps it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from gazette.model.held import Data
from gazette.model.published import OF_RECORDS, STEP, STEPS, PublishedFact

Dated = tuple[PublishedFact, datetime.date]
"""A fact, and the first day on which it was public."""

KEYS = ("date", "state")
"""What tells a step from others."""


class Comparing(NamedTuple):
    """How what was published is compared: in these `languages`; `called` is what ids of this file are now; `units` are
    the ids of all units, None where nobody knows; `register` is the path of the file that says what was published;
    `files` those that are evidence of the owner."""

    languages: tuple[str, ...]
    called: Mapping[str, str]
    register: str
    units: frozenset[str] | None = None
    files: tuple[str, ...] = ()

    def holds(self, now: Data | None, before: Data) -> bool:
        """Whether what is said `now` says all that was said `before`; it may say more."""
        if isinstance(before, dict):
            if not isinstance(now, dict):
                return False
            is_text = bool(now) and {*now} <= {*self.languages}
            asked = (key for key in before if not (is_text and key not in self.languages))
            return all(self._holds_field(now, before, key) for key in asked)
        if isinstance(before, list):
            there = now if isinstance(now, list) else []
            return all(self.is_lost_file(one) or any(self.holds(each, one) for each in there) for one in before)
        return now == before or now == self.called.get(before, before)

    def _holds_field(self, now: dict[str, Data], before: dict[str, Data], key: str) -> bool:
        """Another unit's name is its own affair, and its id where no unit has it any more: it was renamed."""
        unit = before.get("unit")
        if isinstance(unit, str) and (key == "name" or (key == "unit" and unit not in (self.units or (unit,)))):
            return True
        return self.holds(now.get(key), before[key])

    def is_lost_file(self, before: Data) -> bool:
        """Whether it is evidence in a file that is none of the owner any more: `published_evidence` tells of it."""
        return isinstance(before, dict) and "title" in before and before.get("file") not in (None, *self.files)


class Said(NamedTuple):
    """What is said `now`, and what revisions keep of `before`, by id, field and language."""

    now: Mapping[tuple[str, str, str], list[Data]]
    before: Mapping[tuple[str, str, str], list[Data]]

    @classmethod
    def of(cls, now: Iterable[PublishedFact], before: Iterable[PublishedFact]) -> Said:
        return cls(_gathered(now), _gathered(before))


def _gathered(facts: Iterable[PublishedFact]) -> dict[tuple[str, str, str], list[Data]]:
    found: dict[tuple[str, str, str], list[Data]] = {}
    for fact in facts:
        found.setdefault(fact[:3], []).append(_value(fact))
    return found


def _value(fact: PublishedFact) -> Data:
    data: Data = json.loads(fact.value) if fact.field in OF_RECORDS else fact.value
    return data


class Missing(NamedTuple):
    """What was published in a `field` and is neither said now nor kept: the values by language. It was public since
    `date` at the latest."""

    field: str
    date: datetime.date
    values: dict[str, list[Data]]


def missing(said: Said, facts: Iterable[Dated], comparing: Comparing) -> Iterator[Missing]:
    """What is missing of the `facts`, which are all of one thing and in their order: a field at a time, and each record
    of a list by itself."""
    fields: dict[str, Missing] = {}
    gone: list[Data] = []
    for fact, day in facts:
        if fact.language not in ("", *comparing.languages):
            continue
        if fact.field in (STEP, STEPS):
            lost = _lost_of_step(said, fact, comparing)
            if lost and not (lost.keys() == {*KEYS} and lost in gone):
                gone.append(lost)
                yield Missing(STEP if lost.keys() == {*KEYS} else STEPS, day, {"": [lost]})
        elif not _is_said(said, fact, comparing):
            if fact.field in OF_RECORDS:
                yield Missing(fact.field, day, {"": [_value(fact)]})
            else:
                own = fields.setdefault(fact.field, Missing(fact.field, day, {}))
                own.values.setdefault(fact.language, []).append(fact.value)
    yield from fields.values()


def _is_said(said: Said, fact: PublishedFact, comparing: Comparing) -> bool:
    value = _value(fact)
    there = (*said.now.get(fact[:3], ()), *said.before.get(fact[:3], ()))
    return comparing.is_lost_file(value) or any(comparing.holds(each, value) for each in there)


def _lost_of_step(said: Said, fact: PublishedFact, comparing: Comparing) -> dict[str, Data]:
    """What of a step is said no longer: its day and its state, where it is gone, else beside them what it says
    otherwise; nothing where all is said or kept."""
    before = _value(fact)
    if not isinstance(before, dict):  # an older register has no more
        before = dict(zip(KEYS, str(before).split(" "), strict=False))
    key = {name: before[name] for name in KEYS}
    place = (fact.id, STEPS, "")
    now, kept = ([each for each in some.get(place, ()) if comparing.holds(each, key)] for some in said)
    if not now:
        return {} if kept else key
    lost = ([name for name in before if not _is_kept(name, before, (each, *kept), comparing)] for each in now)
    names = min(lost, key=len)
    return {**key, **{name: before[name] for name in names}} if names else {}


def _is_kept(name: str, before: dict[str, Data], among: Iterable[Data], comparing: Comparing) -> bool:
    return any(isinstance(each, dict) and comparing.holds(each.get(name), before[name]) for each in among)
