"""Lists the texts of a unit's file from its data, so that drafts with gaps work too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from gazette.messages.problems import Loc
from gazette.model.forms.declared import Declaration, ListOf, Nullable, declared, declared_fields
from gazette.model.forms.fields import FieldType
from gazette.model.records.units import Pledge, Unit
from gazette.model.translated.translations import distinct, entry_name
from gazette.office.content import OpenUnit


class FileText(NamedTuple):
    """A text of a unit's file: its key in the records of translations, which is unique in the file; the unit or pledge
    that it belongs to; the path to it; and its words by language, without empty ones."""

    key: str
    owner: str
    loc: Loc
    said: Mapping[str, str]


def texts_of_file(unit: OpenUnit) -> Iterator[FileText]:
    """Yield every text of a unit's file, in the order of the records."""
    seen = Counter[str]()
    for text in _texts(declared(Unit), unit.data, unit.id, unit.id, ()):
        yield text._replace(key=distinct(text.key, seen))


def _texts(declaration: Declaration, value: Any, key: str, owner: str, loc: Loc) -> Iterator[FileText]:
    match declaration.kind:
        case Nullable(there=there):
            yield from _texts(there, value, key, owner, loc)
        case FieldType() if isinstance(value, dict):
            said = {code: words.strip() for code, words in value.items() if isinstance(words, str) and words.strip()}
            yield FileText(key, owner, loc, said)
        case ListOf(entry=entry) if isinstance(value, list):
            for position, each in enumerate(value):
                yield from _entry(entry, each, key, owner, (*loc, position))
        case type() as record if isinstance(value, dict):
            for name, each in declared_fields(record).items():
                inner_key = key if name == "pledges" else f"{key}.{name}"
                yield from _texts(each.declaration, value.get(name), inner_key, owner, (*loc, name))


def _entry(declaration: Declaration, value: Any, key: str, owner: str, loc: Loc) -> Iterator[FileText]:
    """Yield the texts of an entry of a list. A pledge has its id as key."""
    data = value if isinstance(value, dict) else {}
    if declaration.kind is Pledge:
        key = owner = str(data.get("id") or f"{key}.{loc[-1]}")
    else:
        key = f"{key}.{entry_name(data.get, int(loc[-1]))}"
    yield from _texts(declaration, value, key, owner, loc)
