"""Who speaks for the pledges of a unit that ended: on each day the units that go on with them then, and no other."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from urllib.parse import quote, unquote

from gazette.model.life.own_names import is_itself
from gazette.model.records.content import UnitFile
from gazette.model.records.lifecycle import OWN_REPORTS
from gazette.model.records.units import Unit
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.location import Location
from gazette.reading.validation.agreements import Said
from gazette.reading.yaml.braces import in_braces


def spoken(unit_file: UnitFile) -> Iterator[str]:
    """What a unit says of who speaks, in words as `agreements.Said` has them: `spoke:PLEDGE:POSITION:STEP:DATE:` with
    `LANGUAGE=NAME`, who reports a step after the unit ended; `known:LANGUAGE=NAME` what one that others go on as, or
    are joint with, is or was called beside its name."""
    unit = unit_file.unit
    if unit.draft:
        return
    if unit.took_over or unit.joint_pledges:
        names = (unit.short, unit.also or {}, *(each.before for each in unit.renamed))
        yield from (f"known:{language}={quote(name)}" for each in names for language, name in each.items())
    if unit.ended is not None:
        yield from _reports(unit, unit.ended.date)


def _reports(unit: Unit, end: datetime.date) -> Iterator[str]:
    into = unit.ended.into if unit.ended else ()
    for position, pledge in enumerate(unit.pledges):
        for number, update in enumerate(() if pledge.draft else pledge.updates):
            if update.date <= end or update.draft:
                continue
            own = update.by if update.state in OWN_REPORTS else None
            by = own or (into[0].name if update.by is None and len(into) == 1 else {})
            for language, name in by.items():
                yield f"spoke:{pledge.id}:{position}:{number}:{update.date}:{language}={quote(name)}"


def check_speakers(diagnostics: Diagnostics, said: Said) -> None:
    """Every report on a pledge of a unit that ended is by one that goes on with it on that day, or was joint in it from
    the beginning; each such step is told once."""
    for id, (path, words) in said.items():
        told: set[tuple[str, str]] = set()
        for word in words:
            if word.startswith("spoke:"):
                step, _, name = word.partition("=")
                _, pledge, position, number, day, language = step.split(":")
                if (position, number) not in told and not _may(said, (id, pledge, day, language), unquote(name)):
                    told.add((position, number))
                    place = Location(diagnostics, path).within("pledges", int(position), "updates", int(number))
                    _report(place, said, (id, pledge, day, language), unquote(name))


_Asked = tuple[str, str, str, str]
"""A unit that ended, its pledge, a day (ISO 8601), and a language."""


def _may(said: Said, asked: _Asked, name: str) -> bool:
    speakers = _speakers(said, asked)
    return not speakers or is_itself(name, (own for each in speakers for own in _names(said, each, asked[3])))


def _report(place: Location, said: Said, asked: _Asked, name: str) -> None:
    expected = " / ".join(in_braces(_name(said, each)) for each in _speakers(said, asked))
    is_written = any(key.scalar == "by" for key, _ in place.node.items or ())
    spot = place.within("by", asked[3]) if is_written else place.within("date")
    spot.report("speaks_for_none", found=name, date=asked[2], expected=expected)


def _speakers(said: Said, asked: _Asked) -> tuple[str, ...]:
    """The units that go on with a pledge on a day; none where one of them is not there, which is told by itself."""
    unit, pledge, day, _ = asked
    own = [unit, *_values(said, unit, f"joint:{pledge}=")]
    found = [each for other in own for each in _going_on(said, other, day, {unit})]
    return () if "" in found else tuple(dict.fromkeys(found))


def _going_on(said: Said, unit: str, day: str, seen: set[str]) -> Iterator[str]:
    """A unit, or where it had ended by a day, the units that go on for it then; nothing for one that is not there."""
    if unit not in said:
        yield ""
        return
    ends = [word.removeprefix("ended:").partition("=") for word in said[unit][1] if word.startswith("ended:")]
    into = [other for other, _, end in ends if end < day]
    if not into:
        yield unit
    for other in into:
        if other not in seen:
            yield from _going_on(said, other, day, {*seen, other})


def _values(said: Said, unit: str, beginning: str) -> list[str]:
    return [word.removeprefix(beginning) for word in said[unit][1] if word.startswith(beginning)]


def _names(said: Said, unit: str, language: str) -> Iterator[str]:
    for beginning in (f"{language}=", f"known:{language}="):
        yield from map(unquote, _values(said, unit, beginning))


def _name(said: Said, unit: str) -> dict[str, str]:
    names = (word.partition("=") for word in said[unit][1] if ":" not in word and "=" in word)
    return {language: unquote(text) for language, _, text in names}
