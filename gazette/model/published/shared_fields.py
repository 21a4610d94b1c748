"""The fields of what every page shares that are told where they change: each of them, or passed over for a reason."""

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
"""What is shared, and the record of each."""

WORDS = "words"
"""The words of the interface, which have no record."""

ORDER = ("", *SHARED, WORDS)
"""In which order changes of it are told; what is not shared comes first."""

CALLED = {"theme": "name", "programme": "name", "term": "term", "article": "title", "site": "title"}
"""The field that says how each is called."""

SIGNER_ONLY = ("site", WORDS)
"""What is told to the person who signs an edition, and on no page: it says how the site looks and who answers for it,
not what was promised or what a word means, and each page shows it as it is."""

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
"""The fields that are not told, and why."""

NESTED: dict[str, type[Record]] = {
    "publisher": Publisher,
    "licence_data": Licence,
    "licence_texts": Licence,
    "superior_list": SuperiorList,
}
"""The settings that are records: each of their fields is told by itself."""


def told_fields(record: msgspec.Struct) -> Iterator[tuple[str, object]]:
    """The fields of a shared record that are told, with their values: those of a record in it behind its own name."""
    for name in record.__struct_fields__:
        if name in NOT_TOLD_SHARED.get(type(record), {}):
            continue
        value = getattr(record, name)
        if isinstance(value, Record):
            yield from ((f"{name}_{own}", part) for own, part in told_fields(value))
        else:
            yield name, value


def _names(record: type[msgspec.Struct]) -> Iterator[str]:
    for name in record.__struct_fields__:
        if name not in NOT_TOLD_SHARED[record]:
            yield from [f"{name}_{own}" for own in NESTED[name].__struct_fields__] if name in NESTED else [name]


SHARED_TOLD = tuple(dict.fromkeys(name for record in SHARED.values() for name in _names(record)))
"""The fields that may be told as different."""

PUBLIC_SHARED = tuple(of for of in SHARED if of not in SIGNER_ONLY)
"""What is shared and told on pages."""

PUBLIC_TOLD = tuple(dict.fromkeys(name for of in PUBLIC_SHARED for name in _names(SHARED[of])))
"""Those of them that pages tell."""
