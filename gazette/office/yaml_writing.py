"""Writes values as YAML, in the plainest form that reads back as the same value."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from gazette.messages.problems import FileProblems
from gazette.model.text.flow import PART
from gazette.reading.files.encoding import unseen
from gazette.reading.yaml.parser import compose

Value: TypeAlias = "str | Sequence[Value] | Mapping[str, Value]"
"""A value that can be written: a text as readers see it (paragraphs with an empty line between them), a list, a
mapping."""

SHORT = 96
"""A mapping of at most so many characters is written in braces, in the line of its key."""

STEP = 2
"""The number of spaces of one level of indentation."""

_PLAIN, _SINGLE, _DOUBLE = "", "'", '"'


class CannotWrite(Exception):
    """No YAML of ours reads back as the value. The arguments are the characters that no content may hold, as `U+2028`,
    where there are such."""


def composed(value: Value) -> Value:
    """Return a value in Unicode NFC, as content is read. Raises CannotWrite for characters that no content may hold:
    invisible ones, and those that YAML takes for the end of a line."""
    if isinstance(value, str):
        if found := [*unseen(value), *(["U+000D"] if "\r" in value else [])]:
            raise CannotWrite(*found)
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {key: composed(each) for key, each in value.items()}
    return [composed(each) for each in value]


def inline(value: Value, in_flow: bool = True, style: str = _PLAIN, remarked: bool = False) -> str:
    """Return a value on one line: a mapping in braces, a list in brackets. A text keeps the `style` of its quotes where
    it can. It needs quotes less often outside of brackets (`in_flow` is False), more often before a comment
    (`remarked`). Raises CannotWrite."""
    if isinstance(value, str):
        return _scalar(value, in_flow, style, remarked)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{inline(key)}: {inline(each)}" for key, each in value.items()) + "}"
    return "[" + ", ".join(inline(each) for each in value) + "]"


def pair(key: str, value: Value, indent: int) -> list[str]:
    """Return the lines of a key and its value in a mapping with an indentation of `indent` spaces; the first line comes
    without them. Raises CannotWrite."""
    first = f"{inline(key, in_flow=False)}:"
    if fits_inline(value):
        return [f"{first} {inline(value, in_flow=not isinstance(value, str))}"]
    return [f"{first}{head(value)}", *below(value, indent)]


def entry(value: Value, indent: int) -> list[str]:
    """Return the lines of an entry of a list whose dashes have an indentation of `indent` spaces; the first line comes
    without them. Raises CannotWrite."""
    if not isinstance(value, Mapping) or not value:
        return [f"- {inline(value, in_flow=not isinstance(value, str))}"]
    lines = [line for key, each in value.items() for line in _indented(pair(key, each, indent + STEP), indent + STEP)]
    return [f"- {lines[0].lstrip(' ')}", *lines[1:]]


def fits_inline(value: Value) -> bool:
    """Return whether a value is written in the line of its key."""
    if isinstance(value, str):
        return not _is_block(value)
    if isinstance(value, Mapping):
        texts = all(isinstance(each, str) and PART not in each for each in value.values())
        return texts and (not value or len(inline(value)) <= SHORT)
    return all(isinstance(each, str) for each in value)


def head(value: Value) -> str:
    """Return what follows the colon where the value is written in the lines below."""
    return " |" if isinstance(value, str) else ""


def below(value: Value, indent: int) -> list[str]:
    """Return the lines of a value below its key, which has an indentation of `indent` spaces. Raises CannotWrite."""
    inner = indent + STEP
    if isinstance(value, str):
        return block_lines(value, inner)
    if isinstance(value, Mapping):
        return [line for key, each in value.items() for line in _indented(pair(key, each, inner), inner)]
    return [line for each in value for line in _indented(entry(each, inner), inner)]


def block_lines(text: str, indent: int) -> list[str]:
    """Return the lines of a text of several paragraphs below `|` or `>`."""
    return [" " * indent + line if line else "" for line in text.split("\n")]


def block_reads(text: str, sign: str) -> bool:
    """Return whether a text below `|` or `>` reads back as the same."""
    return _reads(f"k: {sign}\n" + "\n".join(block_lines(text, STEP)) + "\n", text)


def _is_block(text: str) -> bool:
    return PART in text and block_reads(text, "|")


def _indented(lines: Sequence[str], indent: int) -> Iterator[str]:
    """Indent the first of some lines; the others are indented already."""
    yield " " * indent + lines[0]
    yield from lines[1:]


def _scalar(text: str, in_flow: bool, style: str, remarked: bool) -> str:
    end = " # x\n" if remarked else "\n"
    for each in dict.fromkeys((style, _PLAIN, _DOUBLE)):
        written = _FORMS[each](text) if each in _FORMS else None
        if written is not None and _reads(
            f"k: [{written}, x]{end}" if in_flow else f"k: {written}{end}", text, in_flow
        ):
            return written
    raise CannotWrite


def _reads(yaml: str, text: str, in_flow: bool = False) -> bool:
    """Return whether a YAML text is valid and has this value at `k` (in flow: as the first entry of it)."""
    try:
        data = compose("", yaml).data()
    except FileProblems:
        return False
    return bool(data == {"k": [text, "x"] if in_flow else text})


def _double(text: str) -> str:
    for character, written in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        text = text.replace(character, written)
    return f'"{text}"'


_FORMS = {
    _PLAIN: lambda text: None if "\n" in text else text,
    _SINGLE: lambda text: None if "\n" in text else "'" + text.replace("'", "''") + "'",
    _DOUBLE: _double,
}
