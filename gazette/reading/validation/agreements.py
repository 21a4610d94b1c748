"""What units say of each other, and whether they agree: names, joint pledges, who goes on for whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote, unquote

from gazette.messages.problems import Loc
from gazette.model.forms.values import unit_of
from gazette.model.records.content import UnitFile
from gazette.model.records.successions import OtherUnit
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.location import Location
from gazette.reading.yaml.braces import in_braces

Said = Mapping[str, tuple[str, Sequence[str]]]
"""By the id of a unit the path of its file, and what it says: words with a colon before the first `=`.

`public:=` that it is no draft; `called:UNIT:LANGUAGE=NAME` what it calls another; `joint:PLEDGE=UNIT` with whom it
promised something; `title:PLEDGE:LANGUAGE=TITLE` what such a pledge is called; `shown:PLEDGE:LANGUAGE=TITLE` what it
calls a joint pledge of another; `ended:UNIT=DATE` which goes on for it since when, `took-over:UNIT=DATE` for which it
goes on. Names and titles are percent-encoded.
"""


def sayings(unit_file: UnitFile) -> Iterator[str]:
    """What a unit says of others. What is a draft says nothing."""
    unit = unit_file.unit
    if unit.draft:
        return
    yield "public:="
    if unit.ended is not None:
        for other in unit.ended.into:
            yield from _called(other)
            yield f"ended:{other.unit}={unit.ended.date}"
    for taken in unit.took_over:
        yield from _called(taken)
        yield f"took-over:{taken.unit}={taken.date}"
    for pledge in unit.pledges:
        for other in () if pledge.draft else pledge.joint:
            yield from _called(other)
            yield f"joint:{pledge.id}={other.unit}"
        if pledge.joint and not pledge.draft:
            yield from (f"title:{pledge.id}:{language}={quote(text)}" for language, text in pledge.title.items())
    for shown in unit.joint_pledges:
        yield from (f"shown:{shown.pledge}:{language}={quote(text)}" for language, text in shown.title.items())


def _called(other: OtherUnit) -> Iterator[str]:
    yield from (f"called:{other.unit}:{language}={quote(name)}" for language, name in other.name.items())


def check_agreements(diagnostics: Diagnostics, said: Said) -> None:
    """Everything that units say of each other is so."""
    for id, (path, words) in said.items():
        file = Location(diagnostics, path)
        told: set[str] = set()
        for word in words:
            kind, _, rest = word.partition(":")
            if kind == "called":
                _check_called(file, rest, said, told)
            elif kind == "joint":
                _check_answered(file, rest, said)
            elif kind == "shown":
                _check_shown(file, id, rest, said, told)
            elif kind in ("ended", "took-over"):
                _check_succession(file, id, kind, rest, said)


def _joint_pledge(pledge: str, said: Said) -> dict[str, str]:
    """What its unit says of a joint pledge: its title by language, and each unit that it is joint with (`=UNIT`)."""
    found: dict[str, str] = {}
    for word in said.get(unit_of(pledge), ("", ()))[1]:
        name, _, value = word.partition("=")
        if name == f"joint:{pledge}":
            found[f"={value}"] = ""
        elif name.startswith(f"title:{pledge}:"):
            found[name.rpartition(":")[2]] = unquote(value)
    return found


def _check_called(file: Location, rest: str, said: Said, told: set[str]) -> None:
    """What a unit calls another is the name in the other's file. A unit that is not there is told by itself."""
    name, _, value = rest.partition("=")
    unit, _, language = name.partition(":")
    if unit not in said or unit in told:
        return
    path, words = said[unit]
    expected = next((word.partition("=")[2] for word in words if word.startswith(f"{language}=")), value)
    spots = [*_places_of_unit(file, unit)]
    if "public:=" not in words:
        told.add(unit)
        for spot in spots:
            file.within(*spot, "unit").report("unit_draft", found=unit, other=path)
    elif expected != value:
        told.add(unit)
        for spot in spots:
            place = file.within(*spot, "name", language)
            if quote((place.node.scalar or "").strip()) == value:
                values = {"unit": unit, "language": language, "expected": unquote(expected), "found": unquote(value)}
                place.report("unit_called", **values)


def _check_answered(file: Location, rest: str, said: Said) -> None:
    """The unit that something was promised with names it too."""
    pledge, _, unit = rest.partition("=")
    if unit not in said or "public:=" not in said[unit][1]:
        return
    path, words = said[unit]
    if not any(word.startswith(f"shown:{pledge}:") for word in words):
        spot = next((spot for spot in _places_of_unit(file, unit, pledge)), ())
        file.within(*spot, "unit").report("joint_unanswered", pledge=pledge, unit=unit, other=path)


def _check_shown(file: Location, id: str, rest: str, said: Said, told: set[str]) -> None:
    """A joint pledge of another is one with this unit, and is called what it is called there."""
    name, _, value = rest.partition("=")
    pledge, _, language = name.partition(":")
    own = _joint_pledge(pledge, said)
    if pledge in told or unit_of(pledge) not in {*said} - {id}:
        return  # that the other unit is not there, or is this one, is told by itself
    spot = _place_of_pledge(file, pledge)
    if f"={id}" not in own:
        told.add(pledge)
        file.within(*spot, "pledge").report("joint_unfounded", found=pledge, unit=id)
    elif own.get(language, "") != unquote(value):
        told.add(pledge)
        values = {"pledge": pledge, "language": language, "expected": own.get(language, ""), "found": unquote(value)}
        file.within(*spot, "title", language).report("joint_title", **values)


# ── who goes on for whom ─────────────────────────────────────────────────────


def _check_succession(file: Location, id: str, kind: str, rest: str, said: Said) -> None:
    """A unit that ended and one that goes on for it name each other, with one day. That the other is not there, is a
    draft, or is this one, is told by itself."""
    unit, _, day = rest.partition("=")
    path, words = said.get(unit, ("", ()))
    if unit == id or "public:=" not in words:
        return
    answer = f"{'took-over' if kind == 'ended' else 'ended'}:{id}="
    days = [word.removeprefix(answer) for word in words if word.startswith(answer)]
    if not days:
        _report_unanswered(file, id, (kind, unit, day), path, said)
    elif kind == "took-over" and day not in days:
        spot = next(_places_of_unit(file, unit), ())
        file.within(*spot, "date").report("took_over_date", found=day, unit=unit, other=path, date=days[0])


def _report_unanswered(file: Location, id: str, own: tuple[str, str, str], path: str, said: Said) -> None:
    """The file at `path` says nothing of what this one does: the line that is missing there is told."""
    kind, unit, day = own
    names = (word.partition("=") for word in said[id][1] if ":" not in word and "=" in word)
    name = in_braces({language: unquote(text) for language, _, text in names})
    if kind == "ended":
        code, line = "ended_unanswered", f"- {{date: {day}, unit: {id}, name: {name}}}"
    else:
        code, line = "took_over_unfounded", f"- {{unit: {id}, name: {name}}}"
    spot = next(_places_of_unit(file, unit), ())
    file.within(*spot, "unit").report(code, found=unit, unit=unit, other=path, expected=line)


def _places_of_unit(file: Location, unit: str, pledge: str = "") -> Iterator[Loc]:
    """Where a file names another unit, first as one that goes on for it or that it goes on for; where a `pledge` is
    given, only as one that it is joint with."""
    for place, other in enumerate(() if pledge else file.within("ended", "into").node.entries or ()):
        if other.find(("unit",)).scalar == unit:
            yield "ended", "into", place
    for place, other in enumerate(() if pledge else file.within("took_over").node.entries or ()):
        if other.find(("unit",)).scalar == unit:
            yield "took_over", place
    for position, own in enumerate(file.within("pledges").node.entries or ()):
        for place, other in enumerate(own.find(("joint",)).entries or ()):
            if other.find(("unit",)).scalar == unit and pledge in ("", own.find(("id",)).scalar):
                yield "pledges", position, "joint", place


def _place_of_pledge(file: Location, pledge: str) -> Loc:
    """Where a file names a joint pledge of another unit."""
    for place, other in enumerate(file.within("joint_pledges").node.entries or ()):
        if other.find(("pledge",)).scalar == pledge:
            return "joint_pledges", place
    return ()
