"""Whether a translation still belongs to its source: which pairs of texts were right, and what a text says now.

The first language of a site is the source of the others. A pair (what the source said, what the translation said) that
was public, or that somebody looked at, is right for ever. A translation that is known, of another source than now, is
stale; where its words are new, somebody has looked at it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from gazette.messages.problems import Loc
from gazette.model.forms.record import Record
from gazette.model.forms.texts import one_line
from gazette.model.records.units import Pledge, Unit

DIGITS = 10
"""So many hexadecimal digits of a digest tell two wordings of one text apart."""


class TextOfUnit(NamedTuple):
    """A text of a unit's file, or of another: what it is called in the records of translations, what it is part of (the
    unit or pledge), the way to it in the file, and what it says by language."""

    key: str
    owner: str
    loc: Loc
    said: Mapping[str, str]


class Pair(NamedTuple):
    """What a text says in the source and in `language`, as digests."""

    key: str
    language: str
    source: str
    translation: str


def texts_of(id: str, unit: Unit) -> Iterator[TextOfUnit]:
    """Every text of the unit `id`, each with a key of its own. It does not change when entries of lists are added or
    put in another order, but for those of one day and kind."""
    yield from _told_apart(_texts(unit, id, id, ()))


def distinct(key: str, seen: Counter[str]) -> str:
    """A key that tells a text from those before it, which are `seen`: of several entries of one day and kind the first
    keeps the key, the others have their number behind it."""
    seen[key] += 1
    return key if seen[key] == 1 else f"{key}#{seen[key]}"


def texts_in(value: Record | tuple[Record, ...], name: str) -> Iterator[TextOfUnit]:
    """Every text of a record that is no unit, or of a list of such: it is part of what is called `name`, or of an entry
    that has an id, `name.id`. Its key begins with that."""
    yield from _told_apart(_texts(value, name, name, ()))


def _told_apart(texts: Iterator[TextOfUnit]) -> Iterator[TextOfUnit]:
    seen = Counter[str]()
    for text in texts:
        yield text._replace(key=distinct(text.key, seen))


def _texts(value: Any, key: str, owner: str, loc: Loc) -> Iterator[TextOfUnit]:
    if isinstance(value, dict):
        yield TextOfUnit(key, owner, loc, value)
    elif isinstance(value, tuple):
        for position, entry in enumerate(value):
            if isinstance(entry, Pledge):
                yield from _texts(entry, entry.id, entry.id, (*loc, position))
            elif id := _field(entry, "id"):
                yield from _texts(entry, f"{key}.{id}", f"{key}.{id}", (*loc, position))
            else:
                name = entry_name(partial(_field, entry), position)
                yield from _texts(entry, f"{key}.{name}", owner, (*loc, position))
    elif isinstance(value, Record):
        for name in value.__struct_fields__:
            own = key if name == "pledges" else f"{key}.{name}"
            yield from _texts(getattr(value, name), own, owner, (*loc, name))


def _field(entry: Any, name: str) -> Any:
    return getattr(entry, name, None)


def entry_name(field: Callable[[str], Any], position: int) -> str:
    """What an entry of a list is known by: its day and kind, where it has one; else its place. `field` gives what it
    has in a field, if anything."""
    parts = [field(name) for name in ("date", "state", "kind", "role", "part")]
    return "-".join(str(part) for part in parts if part is not None) or str(position)


def pairs_of(text: TextOfUnit, languages: tuple[str, ...]) -> Iterator[Pair]:
    """What a text says now in each language but the first, which is the source."""
    source, *others = languages
    for language in others:
        if source in text.said and language in text.said:
            yield Pair(text.key, language, digest(text.said[source]), digest(text.said[language]))


def digest(words: str) -> str:
    """The digest of a wording. How its lines are broken makes no difference."""
    return hashlib.sha256(one_line(words).encode()).hexdigest()[:DIGITS]


def is_stale(now: Pair, right: Collection[Pair]) -> bool:
    """Whether the translation belongs to another wording of the source. `right` are the pairs of this text in this
    language that were right."""
    return now not in right and any(now.translation == pair.translation for pair in right)
