"""Locates and reports published values that are no longer stated, with the lines for a revision."""

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
    """A unit, pledge or notice: its location, its record, and the files that are its evidence."""

    place: Location
    record: Record
    files: tuple[str, ...]


_GRANTED = {"deadline": "published_moved", "target": "published_figure"}
"""Fields that change by a grant. The grant is written beside them, and they stay as stated."""


def report_missing(owner: Owner, lost: Missing, comparing: Comparing) -> None:
    """Report a published value that its owner no longer states, at its place, with the lines that a revision has to
    keep."""
    name, languages = of_notice(lost.field), comparing.languages
    loc = _loc(owner.record, name, lost, languages)
    location = owner.place.within(*loc)
    values = {"date": lost.date, "was": in_braces(_kept(owner.record, name, lost, languages))}
    current = getattr(owner.record, name, None)
    if lost.field == STEP:
        location.report("published_step", **values)
    elif current not in (None, ()) and (len(loc) > 1 or not isinstance(current, tuple)):
        code = _GRANTED.get(name, "published_changed")
        location.report(code, register=comparing.register, **values)
    else:
        location.report("published_gone", register=comparing.register, **values)


# ── the place ────────────────────────────────────────────────────────────────


def _loc(record: Record, name: str, lost: Missing, languages: tuple[str, ...]) -> Loc:
    """The location of the changed value: the language of a text, or the field of a record. For a value that is gone,
    where it stood."""
    if lost.field == STEP:
        return (STEPS,)
    if lost.field not in OF_RECORDS:
        language = next((code for code in languages if code in lost.values), "")
        return (name, language) if language and name not in _JOINED else (name,)
    before, current = lost.values[""][0], getattr(record, name)
    if not isinstance(before, dict) or current in (None, ()):
        return (name,)
    if not isinstance(current, tuple):
        return (name, *_first_other(data_of(current), before))
    alike = [sum(_of(data_of(each), key) == value for key, value in before.items()) for each in current]
    if lost.field == STEPS:
        alike = [
            n + len(before) * (_key(data_of(each)) == _key(before)) for n, each in zip(alike, current, strict=True)
        ]
    nearest = alike.index(max(alike))
    return (name, nearest, *_first_other(data_of(current[nearest]), before)) if alike[nearest] else (name,)


def _of(data: Data, key: str) -> Data | None:
    return data.get(key) if isinstance(data, dict) else None


def _key(step: Data) -> tuple[Data | None, ...]:
    return tuple(_of(step, name) for name in KEYS)


def _first_other(now: Data, before: Mapping[str, Data]) -> Loc:
    """The first field of a record whose value changed."""
    return next(((key,) for key, value in before.items() if _of(now, key) not in (None, value)), ())


# ── what a revision keeps ────────────────────────────────────────────────────

_JOINED = ("signed_by", "target")
"""Records that a register holds as texts in each language."""


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
    """A signatory or figure, from the texts in which the register holds it."""
    first = {code: text.partition(" | ")[0] for code, text in texts.items()}
    second: Data = {code: text.partition(" | ")[2] for code, text in texts.items()}
    if name == "signed_by":
        return {"name": {**first}, "title": second}
    number = next(iter(first.values())).partition(" ")[0]
    return {"value": number, "unit": {code: text.partition(" ")[2] for code, text in first.items()}, "what": second}


def _in_languages(data: Data, languages: tuple[str, ...]) -> Data:
    """The data in the languages that the site has now."""
    if isinstance(data, list):
        return [_in_languages(each, languages) for each in data]
    if not isinstance(data, dict):
        return data
    is_text = all(isinstance(each, str) and re.fullmatch(LANGUAGE_PATTERN, key) for key, each in data.items())
    return {key: _in_languages(each, languages) for key, each in data.items() if not is_text or key in languages}
