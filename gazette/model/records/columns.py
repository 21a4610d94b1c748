"""Derives the columns of an office's tables from the types of the records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any, Literal

import msgspec

from gazette.model.forms.dates import Date, StatedDeadline
from gazette.model.forms.declared import Choice, Declaration, Kind, ListOf, Nullable, declared, declared_fields
from gazette.model.forms.fields import FieldType, Languages
from gazette.model.forms.periods import StatedPeriod
from gazette.model.forms.record import Former, Record
from gazette.model.forms.values import Original, YesOrNo
from gazette.model.records.unit_parts import Figure, Reached, Source
from gazette.model.records.units import Pledge

PLEDGES = "pledges"
"""The table with one row for each pledge."""

ID, NUMBER, STATE = "id", "number", "row_state"
"""Columns that identify a row besides its fields: the pledge's id, the entry's number (from 1), and the row's state
when the workbook was written."""

MOST_ENTRIES = 20
"""The largest number of entries of a list inside a row (the limit of `evidence`)."""

NAMING = (ID, NUMBER, STATE)

Form = Literal["text", "line", "date", "deadline", "flag", "choice", "words"]
"""How a cell is written: text in one language, single value, day, deadline or period, yes or no, one of several words,
or bare words separated by commas."""

Path = tuple[str | int, ...]
"""The way to a value in a record: field names, language codes, indexes from 0."""


class Column(msgspec.Struct, frozen=True):
    """A column: the path from the row's record to the cell's value. `words` are the ones that a choice allows."""

    path: Path
    form: Form
    words: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The column's name in a file, such as `evidence.1.title.en`."""
        return ".".join(str(step + 1) if isinstance(step, int) else step for step in self.path)

    @property
    def fields(self) -> tuple[str, ...]:
        """The field names on the path."""
        steps = self.path[:-1] if self.form == "text" else self.path
        return tuple(step for step in steps if isinstance(step, str))


def tables() -> dict[str, type[Record]]:
    """`{name: record}` of the tables: one for the pledges, and one for each list of records that pledges hold."""
    lists = {name: each for name, each in declared_fields(Pledge).items() if _entry(each.declaration.kind) is not None}
    return {PLEDGES: Pledge} | {name: _entry(each.declaration.kind) or Record for name, each in lists.items()}


def _entry(kind: Kind) -> type[Record] | None:
    """The record class of a list's entries; None if it is no list of records."""
    inner = kind.entry.kind if isinstance(kind, ListOf) else None
    return inner if isinstance(inner, type) else None


def columns(kind: type[Record], languages: Languages, counts: Mapping[str, int]) -> tuple[Column, ...]:
    """The columns of a kind of record, in the order of its fields. A list of records without a table of its own has
    columns for as many entries as `counts` says under its name."""
    return _declared_columns(kind, tuple(languages), tuple(counts.items()))


@lru_cache(maxsize=64)
def _declared_columns(
    kind: type[Record], languages: tuple[str, ...], counts: tuple[tuple[str, int], ...]
) -> tuple[Column, ...]:
    """Does the work of `columns`, cached because each row of a table asks for its columns."""
    tables_of_pledges = tables()
    columns_found: list[Column] = []
    for name, each in declared_fields(kind).items():
        if not (kind is Pledge and (name in tables_of_pledges or name == ID)):
            columns_found += _columns_of(each.declaration, (name,), languages, dict(counts))
    return tuple(columns_found)


def _columns_of(
    declaration: Declaration, path: Path, languages: Languages, counts: Mapping[str, int]
) -> Iterator[Column]:
    kind = declaration.kind
    entry = _entry(kind)
    match kind:
        case Nullable(there=there):
            yield from _columns_of(there, path, languages, counts)
        case ListOf() if entry is not None:
            for number in range(counts.get(str(path[-1]), 0)):
                yield from _columns_of(declared(entry), (*path, number), languages, counts)
        case FieldType() | Choice() | ListOf():
            yield from _simple(kind, path, languages)
        case record:
            for name, each in declared_fields(record).items():
                if not issubclass(record, Former) or _has_columns(each.declaration.kind):
                    yield from _columns_of(each.declaration, (*path, name), languages, counts)


def _has_columns(kind: Kind) -> bool:
    """True if a value that a revision keeps has columns. Whole former records have none, except figures: they would
    make a sheet four times as wide, and editors copy them from a message into the file."""
    if isinstance(kind, Nullable):
        return _has_columns(kind.there.kind)
    return _entry(kind) is None and (not isinstance(kind, type) or issubclass(kind, (Former, Figure, Reached)))


def _simple(kind: FieldType | Choice | ListOf, path: Path, languages: Languages) -> Iterator[Column]:
    if isinstance(kind, Choice):
        yield Column(path, "choice", kind.words)
    elif isinstance(kind, ListOf):
        yield Column(path, "words")
    elif id(kind) == _UNREAD:
        return
    else:
        if kind.schema.get("type") != "object":
            yield Column(path, _FORMS.get(id(kind), "line"))
        if kind.schema.get("type") == "object" or id(kind) == _IN_LANGUAGES:
            for code in languages:
                yield Column((*path, code), "text")


def _of(annotation: Any) -> int:
    return id(declared(annotation).kind)


_FORMS: dict[int, Form] = {
    _of(Date): "date",
    _of(StatedDeadline): "deadline",
    _of(StatedPeriod): "deadline",
    _of(YesOrNo): "flag",
}

_IN_LANGUAGES = id(declared_fields(Source)["section"].declaration.kind)
"""A value that is as printed or in each language; it has columns for both."""

_UNREAD = _of(Original)
"""A value that no table shows: the source's wording, kept for those who restate it."""


def column(kind: type[Record], key: str, languages: Languages) -> Column | None:
    """The column of a key such as `evidence.1.title.en`; None if no record has it."""
    steps = key.split(".")
    counts = {name: int(number) for name, number in pairwise(steps) if _is_number(number)}
    return next((each for each in columns(kind, languages, counts) if each.key == key), None)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and text[0] != "0" and int(text[:3]) <= MOST_ENTRIES


def steps_before(kind: type[Record], path: Path, languages: Languages) -> tuple[str, ...]:
    """The names that come before the last step of `path` in the mapping that holds it: field names or languages."""
    declaration: Declaration = declared(kind)
    for step in path[:-1]:
        declaration = _inside(declaration, step)
    inner = declaration.kind.there.kind if isinstance(declaration.kind, Nullable) else declaration.kind
    names: Iterable[str] = declared_fields(inner) if isinstance(inner, type) else languages
    names = list(names)
    return tuple(names[: names.index(str(path[-1]))]) if path[-1] in names else ()


def _inside(declaration: Declaration, step: str | int) -> Declaration:
    kind = declaration.kind
    if isinstance(kind, Nullable):
        return _inside(kind.there, step)
    if isinstance(kind, ListOf):
        return kind.entry
    return declared_fields(kind)[str(step)].declaration if isinstance(kind, type) else declaration
