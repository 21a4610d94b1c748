"""The form of a new entry: the single values that a record consists of, and the entry that answers make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from gazette.model.forms.declared import Choice, Declaration, ListOf, Nullable, declared_fields
from gazette.model.forms.fields import FieldType
from gazette.model.forms.record import Record
from gazette.office.yaml_writing import Value

Path = tuple[str, ...]
"""The way to a single value in an entry: fields, and a language at the end of a text's."""

Answers = Mapping[Path, str]


class Leaf(msgspec.Struct, frozen=True):
    """A single value: the way to it, its language if it has one, the words that it may be, whether it is a list, and
    whether its record needs it."""

    path: Path
    language: str = ""
    choices: tuple[str, ...] = ()
    listed: bool = False
    needed: bool = True

    @property
    def field(self) -> str:
        """The way without the language."""
        return ".".join(self.path[:-1] if self.language else self.path)


def leaves(kind: type[Record], name: str, languages: Sequence[str]) -> list[Leaf]:
    """The values of one field of a record."""
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
    """The values of some fields of a record as answers are given beforehand: `text.zh`."""
    return [".".join(leaf.path) for name in fields for leaf in leaves(kind, name, languages)]


def lists_of_records(kind: type[Record]) -> set[str]:
    """The fields of a record whose one entry is asked for as if it were a record."""
    found = set()
    for name, each in declared_fields(kind).items():
        declaration = each.declaration
        if isinstance(declaration.kind, ListOf) and not isinstance(declaration.kind.entry.kind, FieldType):
            found.add(name)
    return found


def entry_of(kind: type[Record], answers: Answers, listed: frozenset[Path]) -> dict[str, Value]:
    """The entry that some answers make, its fields in the order of the record; those at `listed` are lists."""
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
    """The entries of a list as they are typed: with commas or spaces between them, Chinese ones too."""
    return [each for each in answer.replace("，", ",").replace("、", ",").replace(" ", ",").split(",") if each]
