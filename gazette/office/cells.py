"""Converts cells of a table: to the value of a field, and back for an editor to read."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Sequence
from typing import TypeAlias

from gazette.lazy_re import pattern
from gazette.messages.catalogue import Catalogue, catalogue, languages
from gazette.model.records.columns import Column
from gazette.model.text.flow import PART

Cell: TypeAlias = (
    "str | float | int | bool | datetime.date | datetime.datetime | datetime.time | datetime.timedelta | None"
)
"""What a table file gives for a cell."""

CellValue: TypeAlias = "str | tuple[str, ...]"
"""The value of a cell: its text, or a tuple of bare words. Empty for an empty cell."""

_BETWEEN = pattern(r"[,，、;；\s]+")
_MEANING = pattern(r"\s*[（(].*[)）]\s*\Z", re.S)
_DAY = pattern(r"([0-9]{4})\s?[-/.年]\s?([0-9]{1,2})(?:\s?[-/.月]\s?([0-9]{1,2}))?\s?[日号月]?")
_BLANK = pattern(r" *\t[ \t]*")
_LINE_ENDS = pattern(r"[ \t\xa0\u3000]*(?:\r\n|\r|\n)\s*")


def value_of(column: Column, cell: Cell) -> CellValue:
    """Return the value of a cell in the form of the content. What this column cannot hold stays as it is, so that it is
    reported."""
    text = _text(cell)
    line = _LINE_ENDS.sub(" ", text)
    match column.form:
        case "words":
            return tuple(_MEANING.sub("", word) for word in _BETWEEN.split(_without_meanings(text)) if word)
        case "choice":
            return word_meant(line, column.words)
        case "flag":
            return _flag(line)
        case "date" | "deadline":
            return _day(cell.date().isoformat() if isinstance(cell, datetime.datetime) else line)
        case "text":
            return _LINE_ENDS.sub(PART, text)
        case _:
            return line


def lines_of(cell: Cell) -> str:
    """Return the text of a cell as lines of Markdown, without spaces at line ends or around the whole."""
    lines = re.split("\r\n|\r|\n", _text(cell))
    return "\n".join(line.rstrip(" \xa0\u3000") for line in lines)


def shown(column: Column, value: CellValue, messages: Catalogue) -> str:
    """Return a value as a workbook shows it: words joined by commas, a choice with its meaning."""
    if isinstance(value, tuple):
        return ", ".join(value)
    if column.form == "choice" and value in messages.choices and messages.choices[value] != value:
        return messages.phrases["choice"].format(word=value, meaning=messages.choices[value])
    if column.form == "flag" and value:
        return messages.office[value] if value in ("yes", "no") else value
    return value


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(" ")
    text = unicodedata.normalize("NFC", str(cell)).strip(" \t\r\n\xa0\u3000")
    return _BLANK.sub(" ", text) if "\t" in text else text


def _without_meanings(text: str) -> str:
    """Return bare words without the explanations in brackets that follow them."""
    return re.sub(r"\s*[（(][^（()）]*[)）]", "", text)


def word_meant(text: str, words: Sequence[str]) -> str:
    """Return which of `words` was chosen, with or without its meaning, or by its meaning alone in any language; else
    the text."""
    if text in words:
        return text
    short = _MEANING.sub("", text)
    if short in words:
        return short
    meant = {word for language in languages() for word in words if catalogue(language).choices.get(word) == text}
    return meant.pop() if len(meant) == 1 else text


_YES, _NO = ("yes", "true", "on", "y", "1"), ("no", "false", "off", "n", "0")


def _flag(text: str) -> str:
    word = text.lower()
    for answer, words in (("yes", _YES), ("no", _NO)):
        if word in words or word in (_word(language, answer) for language in languages()):
            return answer
    return text


def _word(language: str, answer: str) -> str:
    office = catalogue(language).office
    return (office["yes"] if answer == "yes" else office["no"]).lower()


def _day(text: str) -> str:
    """Return a day or a month in ISO 8601 if the text begins with a year, so that its order is certain; else the
    text."""
    match = _DAY.fullmatch(unicodedata.normalize("NFKC", text)) if text else None
    if match is None:
        return text
    year, month, day = match.groups()
    return "-".join([year, month.zfill(2), *([day.zfill(2)] if day else [])])
