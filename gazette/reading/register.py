"""The register of what was published: a file of lines for each unit, and the question whether the unit still says it.

A line holds, between tabs, the id of the unit or pledge, what is stated of it, the language (none where it is the same
in all), the first day on which it was public, and the text. Lines are only ever added. Their order and their number
make no difference, so two copies of a file are put together by keeping the lines of both.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping

from gazette.messages.problems import FileProblems, Loc, Problem
from gazette.model.content import UnitFile
from gazette.model.published import EVIDENCE, FIELDS, OF_NOTICES, PublishedFact, explained_facts, facts_of
from gazette.model.values import ID_PATTERN
from gazette.reading.location import Location

FOLDER = "register"

Register = Mapping[PublishedFact, datetime.date]
"""What was published, each with the first day on which it was."""


def parse_register(path: str, text: str) -> dict[PublishedFact, datetime.date]:
    """The lines of a register. Raises FileProblems where one cannot be read."""
    found: dict[PublishedFact, datetime.date] = {}
    wrong = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        entry = _parse_line(line)
        if entry is None:
            wrong.append(Problem.at(path, number, 1, "register_line", found=line.replace("\t", " ⇥ ")))
        else:
            fact, day = entry
            found[fact] = min(day, found.get(fact, day))
    if wrong:
        raise FileProblems(wrong)
    return found


def _parse_line(line: str) -> tuple[PublishedFact, datetime.date] | None:
    parts = line.rstrip("\r").split("\t")
    if (
        len(parts) != 5
        or not re.fullmatch(ID_PATTERN, parts[0])
        or parts[1] not in (*FIELDS, *OF_NOTICES)
        or not parts[4]
    ):
        return None
    try:
        day = datetime.date.fromisoformat(parts[3])
    except ValueError:
        return None
    return PublishedFact(parts[0], parts[1], parts[2], parts[4]), day


def format_register(register: Register) -> str:
    """The lines of a register, in their order."""
    lines = sorted(f"{fact.id}\t{fact.field}\t{fact.language}\t{day}\t{fact.value}" for fact, day in register.items())
    return "".join(f"{line}\n" for line in lines)


def check_published(
    file: Location, unit_file: UnitFile, shown: UnitFile | None, register: Register, languages: tuple[str, ...]
) -> tuple[str, ...]:
    """Whether a unit still states what was published of it in the site's `languages`, or says why not. `shown` is the
    unit without its drafts; None where nothing of it is public. Returns the ids that were published and stand in this
    file no longer, nor as former ones: another unit may have them."""
    unit, id = unit_file.unit, unit_file.id
    now_called = called_now(unit_file)
    places = {pledge.id: file.within("pledges", n) for n, pledge in enumerate(unit.pledges)} | {id: file}
    public = {id, *(pledge.id for pledge in shown.unit.pledges)} if shown else set()
    known = {*explained_facts(id, unit), *(facts_of(id, shown.unit) if shown else ())}
    lost: dict[str, None] = {}
    changed: dict[Loc, None] = {}
    hidden: dict[str, datetime.date] = {}
    for fact, day in sorted(register.items()):
        if fact.field in OF_NOTICES:
            continue  # see check_published_notices
        own = now_called.get(fact.id)
        if own is None:
            lost[fact.id] = None
        elif own not in public:
            hidden.setdefault(own, day)
        elif fact.field == EVIDENCE:
            continue  # see check_published_evidence
        elif fact._replace(id=own) not in known and fact.language in ("", *languages):
            place = places[own].within(*_steps(fact))
            if fact.field == "step" or place.loc not in changed:  # whose languages are in one place, is told once
                code = "published_step" if fact.field == "step" else "published_changed"
                place.report(code, found=fact.value, field=fact.field, date=day, register=f"{FOLDER}/{id}.tsv")
            changed[place.loc] = None
    for own, day in hidden.items():
        if shown or own == id:  # of a unit that is a draft as a whole it is told once
            places[own].within("draft").report("published_draft", found=own, date=day)
    return tuple(lost)


def called_now(unit_file: UnitFile) -> dict[str, str]:
    """What is called how now, of a unit and its pledges, by all ids that each has or had."""
    unit, id = unit_file.unit, unit_file.id
    found = {former: pledge.id for pledge in unit.pledges for former in (*pledge.formerly, pledge.id)}
    return found | dict.fromkeys((id, *unit.formerly), id)


def _steps(fact: PublishedFact) -> Loc:
    """The way to what a fact is about, inside a unit or a pledge."""
    if fact.field == "step":
        return ("updates",)
    return (fact.field,) if fact.field in ("signed_by", "target", "deadline") else (fact.field, fact.language)


def published_ids(register: Register) -> Iterator[str]:
    """The ids of units and pledges of which something was published, each once."""
    yield from dict.fromkeys(fact.id for fact in register if fact.field not in OF_NOTICES)
