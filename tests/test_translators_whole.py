"""No text that has a translation is forgotten: each of every file is among those that translators are given."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from program import ROOT

from gazette.messages.problems import Loc
from gazette.model.forms.declared import Declaration, ListOf, Nullable, declared, declared_fields
from gazette.model.forms.fields import FieldType
from gazette.model.forms.record import Record
from gazette.model.records.notices import Notice
from gazette.model.records.shared import Programme, Term, Theme
from gazette.model.records.site import Site
from gazette.model.records.units import Unit
from gazette.office.content import open_content
from gazette.office.translated import parts_of
from gazette.office.translations import translations
from gazette.reading.files.encoding import read_text
from gazette.reading.yaml.parser import compose

EXAMPLE = ROOT / "examples" / "linjiang" / "content"


def _records(declaration: Declaration) -> Iterator[type[Record]]:
    match declaration.kind:
        case Nullable(there=there):
            yield from _records(there)
        case ListOf(entry=entry):
            yield from _records(entry)
        case type() as record:
            yield record
            for field in declared_fields(record).values():
                yield from _records(field.declaration)


def _has_texts(record: type[Record]) -> bool:
    kinds = [field.declaration.kind for field in declared_fields(record).values()]
    kinds = [kind.there.kind if isinstance(kind, Nullable) else kind for kind in kinds]
    return any(isinstance(kind, FieldType) and "additionalProperties" in kind.schema for kind in kinds)


def _all_records(kind: type[Record] = Record) -> Iterator[type[Record]]:
    for each in kind.__subclasses__():
        yield from (each, *_all_records(each))


def test_every_record_with_texts_is_part_of_one_whose_texts_are_kept() -> None:
    """A new kind of file cannot be forgotten: its record would be in none of these."""
    walked = {each for root in (Unit, Notice, Site, Theme, Programme, Term) for each in _records(declared(root))}
    others = {base for each in walked for base in each.__mro__}
    found = {each for each in _all_records() if each.__module__.startswith("gazette.") and _has_texts(each)}
    assert len(found) > 20 and found - walked - others == set()


def _texts(value: Any, languages: set[str], loc: Loc = ()) -> Iterator[Loc]:
    if isinstance(value, dict) and value and set(value) <= languages:
        yield loc
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, languages, (*loc, key))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _texts(inner, languages, (*loc, position))


@pytest.mark.parametrize("root", [ROOT / "content", EXAMPLE], ids=["shipped", "example"])
def test_every_text_of_every_file_is_there(root: Path) -> None:
    """The example has every field that there is. The words of the interface come with the program."""
    content = open_content(root)
    found = [(each.place, each.text.loc) for each in translations(content, parts_of(content)) if not each.passage]
    expected = {
        (path, loc)
        for path in sorted(root.rglob("*.yaml"))
        if path.name != "words.yaml" and "editions" not in path.parts
        for loc in _texts(compose(str(path), read_text(str(path), path.read_bytes())).data(), {*content.languages})
    }
    articles = {(root / "articles" / f"{id}.en.md", (f,)) for id, _ in content.shared.articles for f in HEAD}
    assert {*found} == expected | articles and len(expected) > 100


HEAD = ("title", "description")
