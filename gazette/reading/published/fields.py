"""Checks whether published values of a unit, pledge or notice are still stated, or kept by a revision."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from gazette.model.published.facts import OF_RECORDS, STEP, STEPS, PublishedFact
from gazette.model.published.held import Data

Dated = tuple[PublishedFact, datetime.date]
"""(fact, first day on which it was public)"""

KEYS = ("date", "state")
"""The fields that tell a step apart from others."""


class Comparing(NamedTuple):
    """How published values are compared.

    `languages` are those compared; `called` is `{id then: id now}` of this file; `register` is the path of the file
    with the published facts. `units` are the ids of all units, None if unknown. `files` are the evidence files of the
    owner, None if none counts as lost.
    """

    languages: tuple[str, ...]
    called: Mapping[str, str]
    register: str
    units: frozenset[str] | None = None
    files: tuple[str, ...] | None = ()

    def holds(self, now: Data | None, before: Data) -> bool:
        """True if `now` states all that `before` stated; it may state more."""
        if isinstance(before, dict):
            if not isinstance(now, dict):
                return False
            is_text = bool(now) and {*now} <= {*self.languages}
            asked = (key for key in before if not (is_text and key not in self.languages))
            return all(self._holds_field(now, before, key) for key in asked)
        if isinstance(before, list):
            entries = now if isinstance(now, list) else []
            return all(self.is_lost_file(one) or any(self.holds(each, one) for each in entries) for one in before)
        return now == before or now == self.called.get(before, before)

    def _holds_field(self, now: dict[str, Data], before: dict[str, Data], key: str) -> bool:
        """Compare one field. Another unit's name is its own affair, and so is its id once no unit has it any more,
        because it was renamed."""
        unit = before.get("unit")
        if isinstance(unit, str) and (key == "name" or (key == "unit" and unit not in (self.units or (unit,)))):
            return True
        return self.holds(now.get(key), before[key])

    def is_lost_file(self, before: Data) -> bool:
        """True for evidence in a file that the owner no longer has; the check of published evidence reports it."""
        if self.files is None or not isinstance(before, dict) or "title" not in before:
            return False
        return before.get("file") not in (None, *self.files)


class Said(NamedTuple):
    """Values stated `now`, and values that revisions keep of `before`, by (id, field, language)."""

    now: Mapping[tuple[str, str, str], list[Data]]
    before: Mapping[tuple[str, str, str], list[Data]]

    @classmethod
    def of(cls, now: Iterable[PublishedFact], before: Iterable[PublishedFact]) -> Said:
        """Group the facts stated `now` and those kept of `before`."""
        return cls(_gathered(now), _gathered(before))

    def kept(self, place: tuple[str, str, str], value: Data, comparing: Comparing) -> int:
        """The number of revisions that keep a value. For a step as a whole, only revisions of the whole step count."""
        keeping = [each for each in self.before.get(place, ()) if comparing.holds(each, value)]
        is_step = place[1] == STEPS and isinstance(value, dict) and value.keys() == {*KEYS}
        return sum(each.keys() == {*KEYS} for each in keeping if isinstance(each, dict)) if is_step else len(keeping)


def _gathered(facts: Iterable[PublishedFact]) -> dict[tuple[str, str, str], list[Data]]:
    by_place: dict[tuple[str, str, str], list[Data]] = {}
    for fact in facts:
        by_place.setdefault(fact[:3], []).append(_value(fact))
    return by_place


def _value(fact: PublishedFact) -> Data:
    data: Data = json.loads(fact.value) if fact.field in OF_RECORDS else fact.value
    return data


class Missing(NamedTuple):
    """Published values of a `field` that are neither stated now nor kept, by language. They were public by `date` at
    the latest."""

    field: str
    date: datetime.date
    values: dict[str, list[Data]]


def missing(said: Said, facts: Iterable[Dated], comparing: Comparing) -> Iterator[Missing]:
    """The missing values of `facts`, which all concern one owner, in order: one result for each field, and one for each
    record of a list."""
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
            field = fields.setdefault(fact.field, Missing(fact.field, day, {}))
            values = field.values.setdefault(fact.language, [])
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
    """The part of a step that is no longer stated: its date and state if it is gone, otherwise these and the fields
    that changed. Empty if all is stated or kept."""
    before = _value(fact)
    if not isinstance(before, dict):  # an older register holds only these
        before = dict(zip(KEYS, str(before).split(" "), strict=False))
    key = {name: before[name] for name in KEYS}
    key_of_steps = (fact.id, STEPS, "")
    now = [each for each in said.now.get(key_of_steps, ()) if comparing.holds(each, key)]
    if not now:
        times = fact.times if before == key else 1  # repeating one part does not repeat the step
        return {} if said.kept(key_of_steps, key, comparing) >= times else key
    kept = [name for name in before if said.kept(key_of_steps, {**key, name: before[name]}, comparing) >= fact.times]
    asked = [name for name in before if name not in (*key, *kept)]
    lost = ([name for name in asked if not comparing.holds(_of(each, name), before[name])] for each in now)
    names = min(lost, key=len)
    return {**key, **{name: before[name] for name in names}} if names else {}


def _of(record: Data, name: str) -> Data | None:
    return record.get(name) if isinstance(record, dict) else None


# ── what is said again ───────────────────────────────────────────────────────


def said_again(said: Said, comparing: Comparing) -> Iterator[PublishedFact]:
    """Kept values that are stated again now, for steps each part. Their `times` is one more than the revisions that
    keep them, so that these cannot justify removing them again."""
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
