"""The writing of the register: what is public from now on is kept beside the content."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from gazette.building.opening import open_cache, open_content
from gazette.building.pipeline import check
from gazette.building.settings import Settings
from gazette.files.cache import replace_file
from gazette.model.published import facts_of, facts_of_notices
from gazette.reading.loader import LoadedContent
from gazette.reading.register import FOLDER, format_register
from gazette.reading.unit_loader import UnitSource, load_unit, read_register, without_drafts


class Registered(NamedTuple):
    """How much the register took up: new lines, and the units that they are of."""

    lines: int
    units: int


def register(settings: Settings, day: datetime.date) -> Registered:
    """What every unit states in public is kept as published, from `day` on where it is new. Raises ContentError where
    the content is wrong: then nothing is written. Each file is written at once; what a stop leaves undone, the same
    command does."""
    check(settings)
    opened = open_content(settings, open_cache(settings))
    found = [_take_up(opened, source, day) for source, _ in opened.open_units()]
    return Registered(sum(found), sum(map(bool, found)))


def _take_up(opened: LoadedContent, source: UnitSource, day: datetime.date) -> int:
    """The lines that are new in the register of one unit; how many they are."""
    unit_file = load_unit(opened.diagnostics, source, opened.known, opened.languages, None)
    shown = without_drafts(unit_file) if unit_file else None
    before = read_register(opened.diagnostics, source.beside[FOLDER]) if FOLDER in source.beside else None
    register = dict(before or {})
    facts = (*facts_of(source.id, shown.unit), *facts_of_notices(shown.notices)) if shown else ()
    register |= dict.fromkeys((fact for fact in facts if fact not in register), day)
    text = format_register(register).encode()
    if register and (FOLDER not in source.beside or text != source.beside[FOLDER].data):
        place = opened.diagnostics.root / FOLDER / f"{source.id}.tsv"
        place.parent.mkdir(exist_ok=True)
        replace_file(place, text)
    return len(register) - len(before or {})
