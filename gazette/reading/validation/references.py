"""Checks that references lead somewhere: ids in lists, and links in texts."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from gazette.messages.problems import Loc
from gazette.model.forms.addresses import fault
from gazette.model.forms.record import Record, steps_into
from gazette.model.records.shared import Programme, Term, Theme
from gazette.model.text.markup import PAGES, links, mistyped
from gazette.model.text.signs import signs
from gazette.reading.location import Location

T = TypeVar("T")

Names = Mapping[str, tuple[str, ...]]
"""`{id: its names in all languages and former ids}` of everything that can be referred to."""


def repeated(entries: Iterable[T]) -> Iterator[tuple[int, T, bool]]:
    """(index, entry, True if it occurred before) of each entry."""
    seen: set[T] = set()
    for index, entry in enumerate(entries):
        yield index, entry, entry in seen
        seen.add(entry)


def check_repeated(location: Location, entries: Iterable[str], *steps: str) -> None:
    """Report entries of a list that occur twice, at the location `steps` inside the entry."""
    for index, entry, again in repeated(entries):
        if again:
            location.within(index, *steps).report("repeated", found=entry)


def names_of(entries: Iterable[Theme | Programme | Term] | None) -> Names | None:
    """The ids of a file's entries with names and former ids. None if the file could not be read, or if an id occurs
    twice: then another id is missing, and references cannot be judged."""
    if entries is None:
        return None
    named = [(entry.id, _names(entry)) for entry in entries]
    return dict(named) if len(dict(named)) == len(named) else None


def _names(entry: Theme | Programme | Term) -> tuple[str, ...]:
    return (*(entry.term if isinstance(entry, Term) else entry.name).values(), *entry.formerly)


def check_known(location: Location, code: str, id: str, known: Names | None) -> None:
    """Report an unknown id with `code`. A name in place of an id is reported with the id meant."""
    if known is None or id in known:
        return
    if location.is_full:
        location.report(code)
    elif meant := _named(id, known):
        location.report("name_for_id", found=id, likely=meant)
    else:
        location.report(code, found=id, near=near(id, known), expected=", ".join(sorted(known)))


def _named(name: str, known: Names) -> str:
    """The id of the entry called `name`; "" if there is none."""
    return next((id for id, names in known.items() if name.casefold() in map(str.casefold, names)), "")


def near(found: str, known: Iterable[str]) -> str:
    """The known word most similar to `found`; "" if none is similar."""
    close = difflib.get_close_matches(found, sorted(known), 1)
    return close[0] if close else ""


def link_problem(target: str, terms: Names | None) -> tuple[str, dict[str, object]] | None:
    """The fault of a link's target as (message code, values); None if it has none."""
    code = _link_fault(target, terms)
    return (code, _link_values(code, target, terms)) if code else None


def _link_fault(target: str, terms: Names | None) -> str:
    """The code of a link target's fault; "" if it has none."""
    kind, _, name = target.partition(":")
    if kind == "term":
        return "" if terms is None or name in terms else "markup_term"
    if kind == "page":
        return "" if name in PAGES else "markup_page"
    if target.startswith(("http://", "https://")):
        return fault(target)
    return "markup_link" if target else "link_form"


def _link_values(code: str, target: str, terms: Names | None) -> dict[str, object]:
    """The values of the message, with the target that was probably meant."""
    name = target.partition(":")[2]
    if code == "link_form":
        return {"found": "[…]()", "likely": "[…](term:…)"}
    if code == "markup_term" and terms is not None:
        return {"found": name, "near": _named(name, terms) or near(name, terms)}
    return {"found": name, "expected": ", ".join(PAGES)} if code == "markup_page" else {"found": target}


def check_links(file: Location, records: Iterable[tuple[Loc, Record]], terms: Names | None) -> None:
    """Report faulty links in all texts of a file's records, and other signs of markup."""
    for loc, record in records:
        for text_loc, text in texts(record, loc):
            if not text.startswith(("http://", "https://")):
                _check_text(file.within(*text_loc), text, terms)


def _check_text(location: Location, text: str, terms: Names | None) -> None:
    for sign in (*mistyped(text), *signs(text)):
        location.report_inside(sign.offset, sign.code, found=sign.found, likely=sign.likely)
    for link in links(text) if "](" in text else ():
        code = _link_fault(link.target, terms)
        if code:
            values = {} if location.is_full else _link_values(code, link.target, terms)
            location.report_inside(link.offset, code, **values)


def texts(value: Record | tuple[object, ...] | dict[str, object], loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """All strings of a record, as (location, string)."""
    steps: Iterable[tuple[str | int, object]] = value.items() if isinstance(value, dict) else steps_into(value)
    for step, inner in steps:
        if isinstance(inner, str):
            yield (*loc, step), inner
        elif isinstance(inner, Record | dict | tuple):
            yield from texts(inner, (*loc, step))
