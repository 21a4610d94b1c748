"""The writing of the register: what is public from now on is kept beside the content."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gazette.building.opening import open_cache, open_content
from gazette.building.pipeline import check
from gazette.building.settings import Settings
from gazette.files.cache import replace_file
from gazette.model.published import facts_of, facts_of_notices
from gazette.office.translations import right_pairs
from gazette.reading.loader import LoadedContent
from gazette.reading.register import FOLDER, format_register
from gazette.reading.unit_loader import UnitSource, load_unit, read_register, without_drafts


class Registered(NamedTuple):
    """How much the register took up: new lines, and the units that they are of."""

    lines: int
    units: int


class NewRegister(NamedTuple):
    """A file of the register, or of the records of translations, as it is to be: its path in the content folder, and
    how many lines of what was published are new in it."""

    path: str
    data: bytes
    lines: int


def register(settings: Settings, day: datetime.date) -> Registered:
    """What every unit states in public is kept as published, from `day` on where it is new. Raises ContentError where
    the content is wrong: then nothing is written. Each file is written at once; what a stop leaves undone, the same
    command does."""
    check(settings)
    opened = open_content(settings, open_cache(settings))
    return write_registers(opened, new_registers(opened, day))


def new_registers(opened: LoadedContent, day: datetime.date) -> tuple[NewRegister, ...]:
    """The registers that are others with what every unit of right content states now."""
    return tuple(each for source, _ in opened.open_units() for each in _take_up(opened, source, day))


def write_registers(opened: LoadedContent, registers: Iterable[NewRegister]) -> Registered:
    """Each file at once. Raises OSError."""
    found = (*registers,)
    for each in found:
        place = opened.diagnostics.root / each.path
        place.parent.mkdir(exist_ok=True)
        replace_file(place, each.data)
    return Registered(sum(each.lines for each in found), sum(bool(each.lines) for each in found))


def _take_up(opened: LoadedContent, source: UnitSource, day: datetime.date) -> Iterator[NewRegister]:
    """The register of one unit with the lines that are new, and the records of its translations, where they are not as
    they were."""
    unit_file = load_unit(opened.diagnostics, source, opened.known, opened.languages, None)
    shown = without_drafts(unit_file) if unit_file else None
    before = read_register(opened.diagnostics, source.beside[FOLDER]) if FOLDER in source.beside else None
    register = dict(before or {})
    facts = (*facts_of(source.id, shown.unit), *facts_of_notices(shown.notices)) if shown else ()
    register |= dict.fromkeys((fact for fact in facts if fact not in register), day)
    data = format_register(register).encode()
    if register and (FOLDER not in source.beside or data != source.beside[FOLDER].data):
        yield NewRegister(f"{FOLDER}/{source.id}.tsv", data, len(register) - len(before or {}))
    if unit_file and (pairs := right_pairs(opened, source, unit_file)):
        yield NewRegister(pairs.path, pairs.data, 0)
