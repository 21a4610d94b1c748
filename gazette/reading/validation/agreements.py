"""Checks whether units agree in what they say of each other: names, joint pledges, successions."""

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
"""`{unit id: (path of its file, statements)}`; a statement has a colon before its first `=`.

`public:=`: the unit is no draft. `called:UNIT:LANGUAGE=NAME`: what it calls another. `joint:PLEDGE=UNIT`: with whom it
made a promise. `title:PLEDGE:LANGUAGE=TITLE`: the title of such a pledge. `shown:PLEDGE:LANGUAGE=TITLE`: what it calls
a joint pledge of another. `ended:UNIT=DATE`: its successor, and since when. `took-over:UNIT=DATE`: its predecessor.
Names and titles are percent-encoded.
"""


def sayings(unit_file: UnitFile) -> Iterator[str]:
    """The statements of a unit about others. A draft makes none."""
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
    for other_pledge in unit.joint_pledges:
        yield from (
            f"shown:{other_pledge.pledge}:{language}={quote(text)}" for language, text in other_pledge.title.items()
        )


def _called(other: OtherUnit) -> Iterator[str]:
    yield from (f"called:{other.unit}:{language}={quote(name)}" for language, name in other.name.items())


def check_agreements(diagnostics: Diagnostics, said: Said) -> None:
    """Report every statement about another unit that the other contradicts."""
    for id, (path, words) in said.items():
        file = Location(diagnostics, path)
        reported: set[str] = set()
        for word in words:
            kind, _, rest = word.partition(":")
            if kind == "called":
                _check_called(file, rest, said, reported)
            elif kind == "joint":
                _check_answered(file, rest, said)
            elif kind == "shown":
                _check_shown(file, id, rest, said, reported)
            elif kind in ("ended", "took-over"):
                _check_succession(file, id, kind, rest, said)


def _joint_pledge(pledge: str, said: Said) -> dict[str, str]:
    """The statements of a pledge's unit about it: `{language: title}`, and a key `=UNIT` for each unit that it is joint
    with."""
    statements: dict[str, str] = {}
    for word in said.get(unit_of(pledge), ("", ()))[1]:
        name, _, value = word.partition("=")
        if name == f"joint:{pledge}":
            statements[f"={value}"] = ""
        elif name.startswith(f"title:{pledge}:"):
            statements[name.rpartition(":")[2]] = unquote(value)
    return statements


def _check_called(file: Location, rest: str, said: Said, reported: set[str]) -> None:
    """Report a name for another unit that differs from its own. Missing units are reported elsewhere."""
    name, _, value = rest.partition("=")
    unit, _, language = name.partition(":")
    if unit not in said or unit in reported:
        return
    path, words = said[unit]
    expected = next((word.partition("=")[2] for word in words if word.startswith(f"{language}=")), value)
    spots = [*_places_of_unit(file, unit)]
    if "public:=" not in words:
        reported.add(unit)
        for spot in spots:
            file.within(*spot, "unit").report("unit_draft", found=unit, other=path)
    elif expected != value:
        reported.add(unit)
        for spot in spots:
            location = file.within(*spot, "name", language)
            if quote((location.node.scalar or "").strip()) == value:
                values = {"unit": unit, "language": language, "expected": unquote(expected), "found": unquote(value)}
                location.report("unit_called", **values)


def _check_answered(file: Location, rest: str, said: Said) -> None:
    """Report a unit that does not name a pledge that another made jointly with it."""
    pledge, _, unit = rest.partition("=")
    if unit not in said or "public:=" not in said[unit][1]:
        return
    path, words = said[unit]
    if not any(word.startswith(f"shown:{pledge}:") for word in words):
        spot = next((spot for spot in _places_of_unit(file, unit, pledge)), ())
        file.within(*spot, "unit").report("joint_unanswered", pledge=pledge, unit=unit, other=path)


def _check_shown(file: Location, id: str, rest: str, said: Said, reported: set[str]) -> None:
    """Report a joint pledge of another unit that is not joint with this one, or has another title there."""
    name, _, value = rest.partition("=")
    pledge, _, language = name.partition(":")
    statements = _joint_pledge(pledge, said)
    if pledge in reported or unit_of(pledge) not in {*said} - {id}:
        return  # a missing unit, or this one, is reported elsewhere
    spot = _place_of_pledge(file, pledge)
    if f"={id}" not in statements:
        reported.add(pledge)
        file.within(*spot, "pledge").report("joint_unfounded", found=pledge, unit=id)
    elif statements.get(language, "") != unquote(value):
        reported.add(pledge)
        values = {
            "pledge": pledge,
            "language": language,
            "expected": statements.get(language, ""),
            "found": unquote(value),
        }
        file.within(*spot, "title", language).report("joint_title", **values)


# ── who goes on for whom ─────────────────────────────────────────────────────


def _check_succession(file: Location, id: str, kind: str, rest: str, said: Said) -> None:
    """Report a unit and its successor that do not name each other with the same day. Missing units, drafts and the unit
    itself are reported elsewhere."""
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


def _report_unanswered(file: Location, id: str, statement: tuple[str, str, str], path: str, said: Said) -> None:
    """Report that the file at `path` lacks the matching statement, with the line to add there."""
    kind, unit, day = statement
    names = (word.partition("=") for word in said[id][1] if ":" not in word and "=" in word)
    name = in_braces({language: unquote(text) for language, _, text in names})
    if kind == "ended":
        code, line = "ended_unanswered", f"- {{date: {day}, unit: {id}, name: {name}}}"
    else:
        code, line = "took_over_unfounded", f"- {{unit: {id}, name: {name}}}"
    spot = next(_places_of_unit(file, unit), ())
    file.within(*spot, "unit").report(code, found=unit, unit=unit, other=path, expected=line)


def _places_of_unit(file: Location, unit: str, pledge: str = "") -> Iterator[Loc]:
    """The locations at which a file names another unit: first as successor or predecessor, then as joint. With
    `pledge`, only as joint in that pledge."""
    for index, other in enumerate(() if pledge else file.within("ended", "into").node.entries or ()):
        if other.find(("unit",)).scalar == unit:
            yield "ended", "into", index
    for index, other in enumerate(() if pledge else file.within("took_over").node.entries or ()):
        if other.find(("unit",)).scalar == unit:
            yield "took_over", index
    for position, pledge_node in enumerate(file.within("pledges").node.entries or ()):
        for index, other in enumerate(pledge_node.find(("joint",)).entries or ()):
            if other.find(("unit",)).scalar == unit and pledge in ("", pledge_node.find(("id",)).scalar):
                yield "pledges", position, "joint", index


def _place_of_pledge(file: Location, pledge: str) -> Loc:
    """The location at which a file names a joint pledge of another unit."""
    for index, other in enumerate(file.within("joint_pledges").node.entries or ()):
        if other.find(("pledge",)).scalar == pledge:
            return "joint_pledges", index
    return ()
