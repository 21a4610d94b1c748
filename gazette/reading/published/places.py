"""Where it is told that what was published is said no longer, and the lines with which a revision keeps it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from gazette.messages.problems import Loc
from gazette.model.forms.record import Record
from gazette.model.forms.values import LANGUAGE_PATTERN
from gazette.model.published.facts import EVIDENCE, OF_RECORDS, STEP, STEPS, of_notice
from gazette.model.published.held import Data, data_of, lines_of_field
from gazette.reading.location import Location
from gazette.reading.published.fields import KEYS, Comparing, Missing
from gazette.reading.yaml.braces import in_braces


class Owner(NamedTuple):
    """A unit, a pledge or a notice: where it stands, what stands there, and the files that are evidence of it."""

    place: Location
    record: Record
    files: tuple[str, ...]


_GRANTED = {"deadline": "published_moved", "target": "published_figure"}
"""The fields that change where somebody grants it: that is written beside them, and they stay as they were stated."""


def report_missing(owner: Owner, lost: Missing, comparing: Comparing) -> None:
    """Tell what was published of an owner and is said no longer, at its place, with what a revision has to keep."""
    name, languages = of_notice(lost.field), comparing.languages
    loc = _loc(owner.record, name, lost, languages)
    place = owner.place.within(*loc)
    values = {"date": lost.date, "was": in_braces(_kept(owner.record, name, lost, languages))}
    there = getattr(owner.record, name, None)
    if lost.field == STEP:
        place.report("published_step", **values)
    elif there not in (None, ()) and (len(loc) > 1 or not isinstance(there, tuple)):
        code = _GRANTED.get(name, "published_changed")
        place.report(code, register=comparing.register, **values)
    else:
        place.report("published_gone", register=comparing.register, **values)


# ── the place ────────────────────────────────────────────────────────────────


def _loc(record: Record, name: str, lost: Missing, languages: tuple[str, ...]) -> Loc:
    """The way to what says something else now: to the language of a text, to the field of a record; of what is there no
    longer, to where it stood."""
    if lost.field == STEP:
        return (STEPS,)
    if lost.field not in OF_RECORDS:
        language = next((code for code in languages if code in lost.values), "")
        return (name, language) if language and name not in _JOINED else (name,)
    before, there = lost.values[""][0], getattr(record, name)
    if not isinstance(before, dict) or there in (None, ()):
        return (name,)
    if not isinstance(there, tuple):
        return (name, *_first_other(data_of(there), before))
    alike = [sum(_of(data_of(each), key) == value for key, value in before.items()) for each in there]
    if lost.field == STEPS:
        alike = [n + len(before) * (_key(data_of(each)) == _key(before)) for n, each in zip(alike, there, strict=True)]
    nearest = alike.index(max(alike))
    return (name, nearest, *_first_other(data_of(there[nearest]), before)) if alike[nearest] else (name,)


def _of(data: Data, key: str) -> Data | None:
    return data.get(key) if isinstance(data, dict) else None


def _key(step: Data) -> tuple[Data | None, ...]:
    return tuple(_of(step, name) for name in KEYS)


def _first_other(now: Data, before: Mapping[str, Data]) -> Loc:
    """The first field of a record that says something else."""
    return next(((key,) for key, value in before.items() if _of(now, key) not in (None, value)), ())


# ── what a revision keeps ────────────────────────────────────────────────────

_JOINED = ("signed_by", "target")
"""The records that a register has as texts in each language."""


def _kept(record: Record, name: str, lost: Missing, languages: tuple[str, ...]) -> Data:
    """What a revision has to keep below `was:`."""
    if lost.field in (STEP, STEPS):
        return {STEP: _in_languages(lost.values[""][0], languages)}
    if "" not in lost.values:
        now = dict(lines_of_field(getattr(record, name)))
        texts = {code: str((lost.values.get(code) or [now.get(code, "")])[-1]) for code in languages}
        texts = {code: text for code, text in texts.items() if text}
        return {name: _parted(name, texts) if name in _JOINED else {**texts}}
    values = [_in_languages(each, languages) for each in lost.values[""]]
    is_one = name == EVIDENCE or not isinstance(getattr(record, name), tuple)
    return {name: values[-1] if is_one else values}


def _parted(name: str, texts: Mapping[str, str]) -> Data:
    """A signatory or a figure from the texts in which the register has it."""
    first = {code: text.partition(" | ")[0] for code, text in texts.items()}
    second: Data = {code: text.partition(" | ")[2] for code, text in texts.items()}
    if name == "signed_by":
        return {"name": {**first}, "title": second}
    number = next(iter(first.values())).partition(" ")[0]
    return {"value": number, "unit": {code: text.partition(" ")[2] for code, text in first.items()}, "what": second}


def _in_languages(data: Data, languages: tuple[str, ...]) -> Data:
    """What was said, in the languages that the site has now."""
    if isinstance(data, list):
        return [_in_languages(each, languages) for each in data]
    if not isinstance(data, dict):
        return data
    is_text = all(isinstance(each, str) and re.fullmatch(LANGUAGE_PATTERN, key) for key, each in data.items())
    return {key: _in_languages(each, languages) for key, each in data.items() if not is_text or key in languages}
