"""Defines a column of the open data, and functions that several columns use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from gazette.model.forms.dates import Deadline
from gazette.model.records.evidence import Evidence
from gazette.model.records.unit_parts import Note
from gazette.model.text.markup import plain


class Column(msgspec.Struct, frozen=True):
    """A column of a table.

    `read` takes the table's row: a pledge's entry; a unit's file with its entries; an entry with an event, an
    assignment, a number or a period; a unit's file with a head; or a revised field. `type` is text, integer, number,
    date, id, list, code, or `texts` for a text in each language. `codes` are the values of a code.
    """

    name: str
    type: str
    read: Callable[[Any], Any]
    codes: tuple[str, ...] = ()


def texts(value: Mapping[str, str] | None) -> dict[str, str] | None:
    """The text without markup, in each language; None stays None."""
    return None if value is None else {language: plain(text) for language, text in value.items()}


def note_texts(notes: Iterable[Note]) -> dict[str, str] | None:
    """The texts of notes, joined in each language; None if there are none."""
    return joined(note.text for note in notes)


def titles(evidence: Iterable[Evidence]) -> dict[str, str] | None:
    """The titles of evidence, joined in each language; None if there are none."""
    return joined(each.title for each in evidence)


def joined(texts: Iterable[Mapping[str, str]]) -> dict[str, str] | None:
    """Join texts with ` / ` in each language, without markup; None if there are none."""
    joined: dict[str, list[str]] = {}
    for text in texts:
        for language, words in text.items():
            joined.setdefault(language, []).append(plain(words))
    return {language: " / ".join(parts) for language, parts in joined.items()} or None


def urls(evidence: Iterable[Evidence]) -> list[str]:
    """The addresses of evidence that has one."""
    return [each.url for each in evidence if each.url]


def stated(deadline: Deadline | None) -> str | None:
    """The deadline as it is written; None stays None."""
    return deadline.stated if deadline else None
