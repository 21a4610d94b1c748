"""A column of the open data, and what several of them read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from gazette.model.forms.dates import Deadline
from gazette.model.records.evidence import Evidence
from gazette.model.records.unit_parts import Note
from gazette.model.text.markup import plain


class Column(msgspec.Struct, frozen=True):
    """A column. It is read of a pledge's entry, of a unit's file with its entries, of a pledge's entry with what
    happened to it once, with one of those in charge, one of its numbers or one of its periods, of a unit's file with
    one of its heads, or of a field that was revised. `type` is text, integer, number, date, id, list or code; a text in
    each language is `texts`."""

    name: str
    type: str
    read: Callable[[Any], Any]
    codes: tuple[str, ...] = ()


def texts(value: Mapping[str, str] | None) -> dict[str, str] | None:
    """A text without markup."""
    return None if value is None else {language: plain(text) for language, text in value.items()}


def note_texts(notes: Iterable[Note]) -> dict[str, str] | None:
    """What editors' notes say, as one text in each language."""
    return joined(note.text for note in notes)


def titles(evidence: Iterable[Evidence]) -> dict[str, str] | None:
    """What evidence is called, as one text in each language."""
    return joined(each.title for each in evidence)


def joined(texts: Iterable[Mapping[str, str]]) -> dict[str, str] | None:
    """Some texts as one in each language."""
    joined: dict[str, list[str]] = {}
    for text in texts:
        for language, words in text.items():
            joined.setdefault(language, []).append(plain(words))
    return {language: " / ".join(found) for language, found in joined.items()} or None


def urls(evidence: Iterable[Evidence]) -> list[str]:
    """The addresses of evidence that has one."""
    return [each.url for each in evidence if each.url]


def stated(deadline: Deadline | None) -> str | None:
    """A deadline as it is written."""
    return deadline.stated if deadline else None
