"""States each field of a unit, pledge or notice as lines of text, or says why it is passed over.

Published content is kept in this form, so that fields added later are kept as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from gazette.model.forms.declared import Declaration, ListOf, Nullable, declared_fields
from gazette.model.forms.record import Record
from gazette.model.forms.texts import one_line
from gazette.model.records.notices import Notice, NoticeRevision
from gazette.model.records.revisions import EvidenceBefore, PledgeRevision, StepBefore, UnitRevision
from gazette.model.records.unit_parts import Figure, Reached, Signatory
from gazette.model.records.units import Pledge, Unit, Update

_DRAFT = {"draft": "no draft is public, and what is public cannot become one"}
_OF_DRAFTS = {"original": "only a draft may hold it", **_DRAFT}
_NOTES = {"notes": "the editors' own remarks, which they may settle or word otherwise"}

NOT_HELD: dict[type[Record], dict[str, str]] = {
    Unit: {
        "pledges": "each of them is held by itself",
        "short": "an abbreviation of the name, which is held",
        "also": "another name that the source prints, for readers only",
        "order": "where the unit stands on pages",
        "joint_pledges": "the file of the other unit holds them, and both must agree",
        **_NOTES,
        **_OF_DRAFTS,
    },
    Pledge: {
        "id": "no id is lost: that is asked by itself",
        "themes": "how the editors file it",
        "programmes": "how the editors file it",
        **_NOTES,
        **_OF_DRAFTS,
    },
    Notice: _DRAFT,
    Update: _DRAFT,
    PledgeRevision: {"was": "each old value is held by itself"},
    UnitRevision: {"was": "each old value is held by itself"},
    NoticeRevision: {"was": "each old value is held by itself"},
}
"""The fields that may change without a reason once public, and why. A change of any other field is refused; additions,
such as a step, a reply or the last day of a term, are free."""

Data: TypeAlias = "str | list[Data] | dict[str, Data]"
"""A value as YAML would state it: text, list or mapping."""

Stated = tuple[str, str]
"""(language, line of text); the language is "" if the line is the same in all."""


def held_fields(kind: type[Record]) -> tuple[str, ...]:
    """The held fields of a kind of record, in their order."""
    passed_over = NOT_HELD.get(kind, {})
    return tuple(name for name in kind.__struct_fields__ if name not in passed_over)


def lines_of_field(value: object) -> Iterator[Stated]:
    """The lines of a field's value: one for each language of a text, otherwise one for each entry of a list; a record
    is written as JSON."""
    if value is None:
        return
    if isinstance(value, Signatory):
        yield from ((code, f"{one_line(name)} | {one_line(value.title[code])}") for code, name in value.name.items())
    elif isinstance(value, Figure):
        yield from ((code, one_line(f"{value.value} {unit} | {value.what[code]}")) for code, unit in value.unit.items())
    elif isinstance(value, dict):
        yield from ((code, one_line(text)) for code, text in value.items())
    else:
        for each in value if isinstance(value, tuple) else (value,):
            data = data_of(each)
            yield "", data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)


def data_of(value: object) -> Data:
    """The value as YAML would state it, without empty fields and fields that are not held."""
    if isinstance(value, Record):
        fields = {name: getattr(value, name) for name in held_fields(type(value))}
        return {name: data_of(each) for name, each in fields.items() if each is not None and each != ()}
    if isinstance(value, dict):
        return {code: one_line(text) for code, text in value.items()}
    if isinstance(value, tuple):
        return [data_of(each) for each in value]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(getattr(value, "stated", value))


def is_of_records(kind: type[Record], field: str) -> bool:
    """True if the lines of the field are records, written as JSON."""
    declaration = declared_fields(kind)[field].declaration
    return isinstance(_inner(declaration), type) and _inner(declaration) not in (Signatory, Figure)


def is_list(kind: type[Record], field: str) -> bool:
    """True if the field is a list."""
    return isinstance(declared_fields(kind)[field].declaration.kind, ListOf)


def _inner(declaration: Declaration) -> object:
    kind = declaration.kind
    if isinstance(kind, Nullable | ListOf):
        return _inner(kind.there if isinstance(kind, Nullable) else kind.entry)
    return kind


def spoken(value: object, language: str) -> str:
    """The value in one language, on one line. The fields of a record are joined by ` | `, with sentences last."""
    if isinstance(value, Signatory | Figure | dict):
        return dict(lines_of_field(value)).get(language, "")
    if isinstance(value, Reached):
        return f"{value.value}{f'/{value.of}' if value.of is not None else ''} {value.unit.get(language, '')}"
    if isinstance(value, StepBefore):
        more = tuple(getattr(value, name) for name in value.__struct_fields__ if name not in ("date", "state"))
        return " | ".join(filter(None, (f"{value.date} {value.state}", _joined(more, language))))
    if isinstance(value, EvidenceBefore) and value.sha256 is not None:
        return value.stated
    if isinstance(value, Record):
        return _joined((getattr(value, name) for name in held_fields(type(value))), language)
    if isinstance(value, tuple):
        return _joined(value, language)
    return "" if value is None else str(data_of(value))


def _joined(values: Iterable[object], language: str) -> str:
    said = filter(None, (spoken(each, language) for each in values))
    return " | ".join(sorted(said, key=lambda text: text.endswith(STOPS)))


STOPS = ("。", "！", "？", ".", "!", "?")
"""Characters that end a sentence."""
