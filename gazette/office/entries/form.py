"""Describes the form of a new entry: the single values of a record, and the entry that answers make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from gazette.model.forms.declared import Choice, Declaration, ListOf, Nullable, declared_fields
from gazette.model.forms.fields import FieldType
from gazette.model.forms.record import Record
from gazette.office.yaml_writing import Value

Path = tuple[str, ...]
"""The path to a single value in an entry: fields, with a language at the end for texts."""

Answers = Mapping[Path, str]


class Leaf(msgspec.Struct, frozen=True):
    """A single value: its path, its language ("" if it is not a text), its choices (() if it is free), whether it is a
    list, and whether its record requires it."""

    path: Path
    language: str = ""
    choices: tuple[str, ...] = ()
    listed: bool = False
    needed: bool = True

    @property
    def field(self) -> str:
        """The path without the language, dotted."""
        return ".".join(self.path[:-1] if self.language else self.path)


def leaves(kind: type[Record], name: str, languages: Sequence[str]) -> list[Leaf]:
    """Return the single values of one field of a record."""
    return list(_leaves((name,), declared_fields(kind)[name].declaration, languages, True))


def _leaves(path: Path, declaration: Declaration, languages: Sequence[str], needed: bool) -> Iterator[Leaf]:
    match declaration.kind:
        case Nullable(there=there):
            yield from _leaves(path, there, languages, needed)
        case FieldType(schema=schema) if schema.get("type") == "object":
            yield from (Leaf((*path, code), code, needed=needed) for code in languages)
        case FieldType():
            yield Leaf(path, needed=needed)
        case Choice(words=words):
            yield Leaf(path, choices=words, needed=needed)
        case ListOf(entry=entry) if isinstance(entry.kind, FieldType):
            yield Leaf(path, listed=True, needed=needed)
        case ListOf(entry=entry):
            yield from _leaves(path, entry, languages, needed)
        case record:
            for name, each in declared_fields(record).items():
                yield from _leaves((*path, name), each.declaration, languages, needed and each.required)


def names_of(kind: type[Record], fields: Iterable[str], languages: Sequence[str]) -> list[str]:
    """Return the values of some fields of a record as `--set` names them: `text.zh`."""
    return [".".join(leaf.path) for name in fields for leaf in leaves(kind, name, languages)]


def lists_of_records(kind: type[Record]) -> set[str]:
    """Return the fields whose value is a list of records, of which only one entry is asked for."""
    names = set()
    for name, each in declared_fields(kind).items():
        declaration = each.declaration
        if isinstance(declaration.kind, ListOf) and not isinstance(declaration.kind.entry.kind, FieldType):
            names.add(name)
    return names


def entry_of(kind: type[Record], answers: Answers, listed: frozenset[Path]) -> dict[str, Value]:
    """Return the entry that `answers` make, with its fields in the order of the record. The values at `listed` become
    lists."""
    tree: dict[str, Value] = {}
    for path, answer in answers.items():
        inner = tree
        for step in path[:-1]:
            inner = inner.setdefault(step, {})  # type: ignore[assignment]
        inner[path[-1]] = parted(answer) if path in listed else answer
    for name in lists_of_records(kind):
        if name in tree:
            tree[name] = [tree[name]]
    return {name: tree[name] for name in declared_fields(kind) if name in tree}


def parted(answer: str) -> list[str]:
    """Return the entries of a list as they are typed: separated by commas or spaces, Chinese ones too."""
    return [each for each in answer.replace("，", ",").replace("、", ",").replace(" ", ",").split(",") if each]
