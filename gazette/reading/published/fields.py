"""The question whether what was published of a unit, a pledge or a notice is still said, or a revision keeps it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from gazette.model.published.facts import OF_RECORDS, STEP, STEPS, PublishedFact
from gazette.model.published.held import Data

Dated = tuple[PublishedFact, datetime.date]
"""A fact, and the first day on which it was public."""

KEYS = ("date", "state")
"""What tells a step from others."""


class Comparing(NamedTuple):
    """How what was published is compared: in these `languages`; `called` is what ids of this file are now; `units` are
    the ids of all units, None where nobody knows; `register` is the path of the file that says what was published;
    `files` those that are evidence of the owner, None where none counts as lost."""

    languages: tuple[str, ...]
    called: Mapping[str, str]
    register: str
    units: frozenset[str] | None = None
    files: tuple[str, ...] | None = ()

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
        if self.files is None or not isinstance(before, dict) or "title" not in before:
            return False
        return before.get("file") not in (None, *self.files)


class Said(NamedTuple):
    """What is said `now`, and what revisions keep of `before`, by id, field and language."""

    now: Mapping[tuple[str, str, str], list[Data]]
    before: Mapping[tuple[str, str, str], list[Data]]

    @classmethod
    def of(cls, now: Iterable[PublishedFact], before: Iterable[PublishedFact]) -> Said:
        return cls(_gathered(now), _gathered(before))

    def kept(self, place: tuple[str, str, str], value: Data, comparing: Comparing) -> int:
        """How many revisions keep a value. Of a step as a whole only those that are about no part of it."""
        there = [each for each in self.before.get(place, ()) if comparing.holds(each, value)]
        is_step = place[1] == STEPS and isinstance(value, dict) and value.keys() == {*KEYS}
        return sum(each.keys() == {*KEYS} for each in there if isinstance(each, dict)) if is_step else len(there)


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
            if lost and lost not in gone:
                gone.append(lost)
                yield Missing(STEP if lost.keys() == {*KEYS} else STEPS, day, {"": [lost]})
        elif not _is_said(said, fact, comparing):
            own = fields.setdefault(fact.field, Missing(fact.field, day, {}))
            values = own.values.setdefault(fact.language, [])
            if (value := _value(fact)) not in values:
                values.append(value)
                if fact.field in OF_RECORDS:
                    yield Missing(fact.field, day, {"": [value]})
    yield from (each for each in fields.values() if each.field not in OF_RECORDS)


def _is_said(said: Said, fact: PublishedFact, comparing: Comparing) -> bool:
    value = _value(fact)
    if comparing.is_lost_file(value) or any(comparing.holds(each, value) for each in said.now.get(fact[:3], ())):
        return True
    return said.kept(fact[:3], value, comparing) >= fact.times


def _lost_of_step(said: Said, fact: PublishedFact, comparing: Comparing) -> dict[str, Data]:
    """What of a step is said no longer: its day and its state, where it is gone, else beside them what it says
    otherwise; nothing where all is said or kept."""
    before = _value(fact)
    if not isinstance(before, dict):  # an older register has no more
        before = dict(zip(KEYS, str(before).split(" "), strict=False))
    key = {name: before[name] for name in KEYS}
    place = (fact.id, STEPS, "")
    now = [each for each in said.now.get(place, ()) if comparing.holds(each, key)]
    if not now:
        times = fact.times if before == key else 1  # a part that is said again is no step that is
        return {} if said.kept(place, key, comparing) >= times else key
    kept = [name for name in before if said.kept(place, {**key, name: before[name]}, comparing) >= fact.times]
    asked = [name for name in before if name not in (*key, *kept)]
    lost = ([name for name in asked if not comparing.holds(_of(each, name), before[name])] for each in now)
    names = min(lost, key=len)
    return {**key, **{name: before[name] for name in names}} if names else {}


def _of(record: Data, name: str) -> Data | None:
    return record.get(name) if isinstance(record, dict) else None


# ── what is said again ───────────────────────────────────────────────────────


def said_again(said: Said, comparing: Comparing) -> Iterator[PublishedFact]:
    """What revisions keep and is said now all the same: of a step, each part. It was said once more than revisions keep
    it, so that these are no reason for taking it away again."""
    for place, values in said.before.items():
        for value in (part for each in values for part in _parts(place[1], each)):
            if any(comparing.holds(each, value) for each in said.now.get(place, ())):
                line = json.dumps(value, ensure_ascii=False) if place[1] in OF_RECORDS else str(value)
                yield PublishedFact(*place, line, said.kept(place, value, comparing) + 1)


def _parts(field: str, value: Data) -> Iterator[Data]:
    if field != STEPS or not isinstance(value, dict) or value.keys() == {*KEYS}:
        yield value
    else:
        key = {name: value[name] for name in KEYS}
        yield from ({**key, name: part} for name, part in value.items() if name not in KEYS)
