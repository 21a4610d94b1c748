"""Lists the fields of shared content whose changes are reported, or says why a field is passed over."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from gazette.model.forms.record import Record
from gazette.model.records.content import Article
from gazette.model.records.shared import Programme, Term, Theme
from gazette.model.records.site import Licence, Publisher, Site, SuperiorList

SHARED: dict[str, type[msgspec.Struct]] = {
    "theme": Theme,
    "programme": Programme,
    "term": Term,
    "article": Article,
    "site": Site,
}
"""The kinds of shared content, and the record of each."""

WORDS = "words"
"""The interface words, which have no record."""

ORDER = ("", *SHARED, WORDS)
"""The order in which changes are reported; "" stands for content that is not shared."""

CALLED = {"theme": "name", "programme": "name", "term": "term", "article": "title", "site": "title"}
"""The field that holds each kind's name or title."""

SIGNER_ONLY = ("site", WORDS)
"""Kinds reported to the person who signs an edition, and on no page. They say how the site looks and who answers for
it, not what was promised or what a word means, and each page shows their current state anyway."""

_ID = {"id": "it is what the lines are about"}

NOT_TOLD_SHARED: dict[type[msgspec.Struct], dict[str, str]] = {
    Theme: _ID,
    Programme: _ID,
    Term: _ID,
    Article: {**_ID, "language": "each language is a value of the same field"},
    Site: {
        "format": "there is one that the program reads",
        "bulletin": "the number and the day of the edition itself, which are others each time",
    },
}
"""The fields that are not reported, and why."""

NESTED: dict[str, type[Record]] = {
    "publisher": Publisher,
    "licence_data": Licence,
    "licence_texts": Licence,
    "superior_list": SuperiorList,
}
"""The settings that are records. Each of their fields is reported by itself."""


def told_fields(record: msgspec.Struct) -> Iterator[tuple[str, object]]:
    """(name, value) of the reported fields of a shared record. Fields of a nested record are prefixed with its name."""
    for name in record.__struct_fields__:
        if name in NOT_TOLD_SHARED.get(type(record), {}):
            continue
        value = getattr(record, name)
        if isinstance(value, Record):
            yield from ((f"{name}_{part_name}", part) for part_name, part in told_fields(value))
        else:
            yield name, value


def _names(record: type[msgspec.Struct]) -> Iterator[str]:
    for name in record.__struct_fields__:
        if name not in NOT_TOLD_SHARED[record]:
            yield from (
                [f"{name}_{part_name}" for part_name in NESTED[name].__struct_fields__] if name in NESTED else [name]
            )


SHARED_TOLD = tuple(dict.fromkeys(name for record in SHARED.values() for name in _names(record)))
"""The names of all fields that may be reported."""

PUBLIC_SHARED = tuple(of for of in SHARED if of not in SIGNER_ONLY)
"""The kinds of shared content reported on pages."""

PUBLIC_TOLD = tuple(dict.fromkeys(name for of in PUBLIC_SHARED for name in _names(SHARED[of])))
"""The names of their fields."""
