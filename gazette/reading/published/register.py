"""Reads and writes the registers of published facts: a file of lines for each unit.

A line holds, separated by tabs, the id of the unit or pledge, a field, the language ("" if the same in all), the first
day on which the value was public, and the value; a value of several fields is JSON. A value that a revision keeps and
that is stated again, since it was changed back, has a line of its own that ends with the number of times it was stated:
the reason for the first change does not justify the next.

Lines are only ever added. Their order and number make no difference, so two copies of a file are merged by keeping the
lines of both.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping

from gazette.messages.problems import FileProblems, Problem
from gazette.model.forms.values import ID_PATTERN
from gazette.model.published.facts import FIELDS, OF_NOTICES, OF_RECORDS, PublishedFact
from gazette.model.records.content import UnitFile
from gazette.reading.files.listing import REGISTER

FOLDER = REGISTER

Register = Mapping[PublishedFact, datetime.date]
"""`{fact: first day on which it was public}`"""


def parse_register(
    path: str, text: str, fields: tuple[str, ...] = (*FIELDS, *OF_NOTICES)
) -> dict[PublishedFact, datetime.date]:
    """The lines of a register, which may be about these `fields`. Raises FileProblems with every line that cannot be
    read."""
    register: dict[PublishedFact, datetime.date] = {}
    wrong = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        entry = _parse_line(line, fields)
        if entry is None:
            wrong.append(Problem.at(path, number, 1, "register_line", found=line.replace("\t", " ⇥ ")))
        else:
            fact, day = entry
            register[fact] = min(day, register.get(fact, day))
    if wrong:
        raise FileProblems(wrong)
    return register


def _parse_line(line: str, fields: tuple[str, ...]) -> tuple[PublishedFact, datetime.date] | None:
    parts = line.rstrip("\r").split("\t")
    times = parts.pop() if len(parts) == 6 else "1"
    if len(parts) != 5 or not re.fullmatch(ID_PATTERN, parts[0]) or parts[1] not in fields or not parts[4]:
        return None
    try:
        day = datetime.date.fromisoformat(parts[3])
    except ValueError:
        return None
    if not re.fullmatch("[1-9][0-9]{0,3}", times):
        return None
    fact = PublishedFact(parts[0], parts[1], parts[2], parts[4], int(times))
    return (fact, day) if fact.field not in OF_RECORDS or _is_record(fact.value) else None


def _is_record(value: str) -> bool:
    try:
        return isinstance(json.loads(value), dict)
    except ValueError:
        return False


def format_register(register: Register) -> str:
    """The lines of a register, sorted."""
    return "".join(f"{line}\n" for line in sorted(_line(*each) for each in register.items()))


def _line(fact: PublishedFact, day: datetime.date) -> str:
    times = f"\t{fact.times}" if fact.times > 1 else ""
    return f"{fact.id}\t{fact.field}\t{fact.language}\t{day}\t{fact.value}{times}"


def called_now(unit_file: UnitFile) -> dict[str, str]:
    """`{id: id now}` for each id that the unit and its pledges have or had."""
    unit, id = unit_file.unit, unit_file.id
    names = {former: pledge.id for pledge in unit.pledges for former in (*pledge.formerly, pledge.id)}
    return names | dict.fromkeys((id, *unit.formerly), id)


def published_ids(register: Register) -> Iterator[str]:
    """The ids of units and pledges in the register, each once."""
    yield from dict.fromkeys(fact.id for fact in register if fact.field not in OF_NOTICES)
