"""Checks who reports on a pledge: its unit, joint units, and once one of them ended, its successors.

Before the end, a body that is no unit may report as well; afterwards nobody else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from urllib.parse import quote, unquote

from gazette.model.life.own_names import forms_of, is_itself
from gazette.model.records.content import UnitFile
from gazette.model.records.lifecycle import OWN_REPORTS
from gazette.model.records.units import Pledge, Unit, Update
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.location import Location
from gazette.reading.validation.agreements import Said
from gazette.reading.yaml.braces import in_braces


def spoken(unit_file: UnitFile) -> Iterator[str]:
    """A unit's statements on who reports, in the form of `agreements.Said`.

    `spoke:PLEDGE:POSITION:STEP:DATE:LANGUAGE=NAME`: who reports a step after the unit ended. `signed:…`, with the same
    parts: who signs a report before that. `known:LANGUAGE=NAME`: another present or former name of the unit.
    """
    unit = unit_file.unit
    if unit.draft:
        return
    names = (unit.short, unit.also or {}, *(each.before for each in unit.renamed))
    yield from (f"known:{language}={quote(name)}" for each in names for language, name in each.items())
    for position, pledge in enumerate(unit.pledges):
        for number, update in enumerate(() if pledge.draft else pledge.updates):
            if not update.draft:
                kind, by = _speaker(unit, pledge, update)
                for language, name in by.items():
                    yield f"{kind}:{pledge.id}:{position}:{number}:{update.date}:{language}={quote(name)}"


def _speaker(unit: Unit, pledge: Pledge, update: Update) -> tuple[str, Mapping[str, str]]:
    """The kind of statement on who reports a step, and the names to check; no names for those in charge of the
    pledge."""
    reporter = update.by if update.state in OWN_REPORTS else None
    if unit.ended is None or update.date <= unit.ended.date:
        in_charge = [name for each in pledge.assigned for name in each.name.values()]
        return "signed", {} if any(is_itself(name, in_charge) for name in (reporter or {}).values()) else reporter or {}
    into = unit.ended.into
    return "spoke", reporter or (into[0].name if update.by is None and len(into) == 1 else {})


def check_speakers(diagnostics: Diagnostics, said: Said) -> None:
    """Report updates by a unit that has no part in the pledge, and, after the unit ended, by anyone but its successors
    on that day and joint units. Each step is reported once."""
    units = _UnitNames(said)
    for id, (path, words) in said.items():
        reported: set[tuple[str, str]] = set()
        for word in words:
            if word.startswith(("spoke:", "signed:")):
                step, _, name = word.partition("=")
                kind, pledge, position, number, day, language = step.split(":")
                asked, by = (id, pledge, day, language), unquote(name)
                if (position, number) in reported or _may(said, asked, by) or (kind == "signed" and not units.has(by)):
                    continue
                reported.add((position, number))
                location = Location(diagnostics, path).within("pledges", int(position), "updates", int(number))
                _report(location, said, asked, by, "speaks_for_none" if kind == "spoke" else "signed_by_another")


class _UnitNames:
    """The present and former names of all units, with those of their governments and committees."""

    def __init__(self, said: Said) -> None:
        self.said = said

    @cached_property
    def _forms(self) -> frozenset[tuple[str, ...]]:
        words = (word.partition("=") for _, words in self.said.values() for word in words)
        names = (unquote(name) for kind, _, name in words if kind.startswith("known:") or ":" not in kind)
        return frozenset(form for name in names if name for form in forms_of(name))

    def has(self, body: str) -> bool:
        """True if `body` is one of the units."""
        return not self._forms.isdisjoint(forms_of(body))


_Asked = tuple[str, str, str, str]
"""(unit that ended, its pledge, day in ISO 8601, language)"""


def _may(said: Said, asked: _Asked, name: str) -> bool:
    speakers = _speakers(said, asked)
    return not speakers or is_itself(name, (own for each in speakers for own in _names(said, each, asked[3])))


def _report(location: Location, said: Said, asked: _Asked, name: str, code: str) -> None:
    expected = " / ".join(in_braces(_name(said, each)) for each in _speakers(said, asked))
    is_written = any(key.scalar == "by" for key, _ in location.node.items or ())
    spot = location.within("by", asked[3]) if is_written else location.within("date")
    code = code if is_written or code == "signed_by_another" else "speaks_unsigned"
    spot.report(code, found=name, date=asked[2], expected=expected)


def _speakers(said: Said, asked: _Asked) -> tuple[str, ...]:
    """The units that may report on a pledge on a day; empty if one of them does not exist, which is reported
    elsewhere."""
    unit, pledge, day, _ = asked
    promisers = [unit, *_values(said, unit, f"joint:{pledge}=")]
    successors = [each for other in promisers for each in _going_on(said, other, day, {unit})]
    return () if "" in successors else tuple(dict.fromkeys(successors))


def _going_on(said: Said, unit: str, day: str, seen: set[str]) -> Iterator[str]:
    """The unit, or its successors on `day` if it had ended by then; "" for a unit that does not exist."""
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
