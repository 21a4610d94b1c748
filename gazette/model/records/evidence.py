"""Defines evidence: an address where a statement can be checked, or a file published with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any

from gazette.lazy_re import pattern
from gazette.messages.problems import Loc
from gazette.model.forms.dates import Date
from gazette.model.forms.fields import FILLED, FieldType, IfFilled, Languages, ListRule, as_text, invalid
from gazette.model.forms.record import Former, Record, steps_into
from gazette.model.forms.texts import Title
from gazette.model.forms.values import Url
from gazette.model.records.evidence_files import NAME_LIMIT, NAME_PATTERN, likely_name


def _file_name(value: Any, _: Languages) -> str:
    text = as_text(value)
    if len(text) > NAME_LIMIT or not re.fullmatch(NAME_PATTERN, text):
        raise invalid("evidence_form", likely=likely_name(text), limit=NAME_LIMIT)
    return text


FileName = Annotated[
    str, FieldType(_file_name, {"type": "string", "pattern": f"^{NAME_PATTERN}$", "maxLength": NAME_LIMIT})
]
"""The name of a file in the evidence folder, including a subfolder if any."""


class Evidence(Record, frozen=True, kw_only=True):
    """Where a report can be checked: at an address (`url`), in a `file` that the site publishes, in both (the file is
    then a copy), or in a paper that only `title` names. `alt` says what a picture shows."""

    title: Title
    url: IfFilled[Url] = None
    date: IfFilled[Date] = None
    file: IfFilled[FileName] = None
    alt: IfFilled[Title] = None


EvidenceList = Annotated[tuple[Evidence, ...], ListRule(most=20), FILLED]


def all_evidence(value: object, loc: Loc = ()) -> Iterator[tuple[Loc, Evidence]]:
    """All evidence inside a record, each with its location. Former values are skipped: they are evidence of nothing
    now."""
    if isinstance(value, Evidence):
        yield loc, value
    elif isinstance(value, Record | tuple) and not isinstance(value, Former):
        for step, inner in steps_into(value):
            if isinstance(inner, Record | tuple):  # skips plain values, the most common case
                yield from all_evidence(inner, (*loc, step))


def files_of(value: object) -> tuple[str, ...]:
    """The files named by evidence inside a record, each once, in order."""
    return tuple(dict.fromkeys(each.file for _, each in all_evidence(value) if each.file))


NAMED = pattern(rb"[a-z0-9][a-z0-9/-]*\.[a-z]{3,4}")
"""Bytes in a content file that may be the name of a file."""
