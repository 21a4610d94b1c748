"""Decides whether a translation still belongs to its source, from confirmed pairs of texts.

The first language of a site is the source of the others. A pair (source text, translation) is confirmed for good once
it was published or someone reviewed it. A known translation paired with another source text than the confirmed one is
stale; a translation with new words counts as reviewed.
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
"""Length of a digest in hexadecimal digits: enough to tell apart the wordings of one text."""


class TextOfUnit(NamedTuple):
    """A text of a unit's file, or of another: its key in the records of translations, the id of its owner (unit or
    pledge), its location in the file, and `{language: text}`."""

    key: str
    owner: str
    loc: Loc
    said: Mapping[str, str]


class Pair(NamedTuple):
    """The digests of a text in the source and in `language`."""

    key: str
    language: str
    source: str
    translation: str


def texts_of(id: str, unit: Unit) -> Iterator[TextOfUnit]:
    """Each text of the unit `id`, with a key of its own. Keys do not change when list entries are added or reordered,
    except for entries of the same day and kind."""
    yield from _told_apart(_texts(unit, id, id, ()))


def distinct(key: str, seen: Counter[str]) -> str:
    """The key, with a number appended if `seen` holds it already: among entries of one day and kind the first keeps its
    key."""
    seen[key] += 1
    return key if seen[key] == 1 else f"{key}#{seen[key]}"


def texts_in(value: Record | tuple[Record, ...], name: str) -> Iterator[TextOfUnit]:
    """Each text of a record that is no unit, or of a list of records. Its owner and the beginning of its key are
    `name`, or `name.id` for an entry with an id."""
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
            field_key = key if name == "pledges" else f"{key}.{name}"
            yield from _texts(getattr(value, name), field_key, owner, (*loc, name))


def _field(entry: Any, name: str) -> Any:
    return getattr(entry, name, None)


def entry_name(field: Callable[[str], Any], position: int) -> str:
    """The name of a list entry in keys: its day and kind if it has them, otherwise its position. `field` returns the
    value of one of its fields, or None."""
    parts = [field(name) for name in ("date", "state", "kind", "role", "part")]
    return "-".join(str(part) for part in parts if part is not None) or str(position)


def pairs_of(text: TextOfUnit, languages: tuple[str, ...]) -> Iterator[Pair]:
    """The pairs of a text, for each language except the first, which is the source."""
    source, *others = languages
    for language in others:
        if source in text.said and language in text.said:
            yield Pair(text.key, language, digest(text.said[source]), digest(text.said[language]))


def digest(words: str) -> str:
    """The digest of a wording. Line breaks make no difference."""
    return hashlib.sha256(one_line(words).encode()).hexdigest()[:DIGITS]


def is_stale(now: Pair, right: Collection[Pair]) -> bool:
    """True if the translation belongs to another wording of the source. `right` are the confirmed pairs of this text in
    this language."""
    return now not in right and any(now.translation == pair.translation for pair in right)
