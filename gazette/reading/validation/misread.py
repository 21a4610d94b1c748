"""Finds Markdown in articles that does not do what its editor meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec

from gazette.lazy_re import pattern
from gazette.model.text.flow import run_on
from gazette.model.text.markdown import Piece
from gazette.model.text.signs import signs_in_words

if TYPE_CHECKING:
    from markdown_it.token import Token


class Misread(msgspec.Struct, frozen=True):
    """A finding in an article's body: line (from 0), column (from 1), message code and its values."""

    line: int
    column: int
    code: str
    values: Mapping[str, object] = {}


def misread(body: str, tokens: Sequence[Token], noted: Mapping[str, Any]) -> Iterator[Misread]:
    """Findings in a body. `tokens` and `noted` are the results of parsing it."""
    lines = body.split("\n")
    yield from _headings(tokens)
    yield from _definitions(noted, lines)
    for token in tokens:
        for rule in _RULES.get(token.type, ()):
            yield from rule(token, lines)


def misread_words(piece: Piece, lines: Sequence[str]) -> Iterator[Misread]:
    """Signs of markup left in a line of words."""
    for sign in signs_in_words(piece.text):
        values = {"found": sign.found, "likely": sign.likely}
        yield Misread(piece.line, column_of(sign.found, lines, piece.line), sign.code, values)


def column_of(found: str, lines: Sequence[str], line: int) -> int:
    """The column (from 1) of `found` in a line; 1 if the line does not hold it as such."""
    return lines[line].find(found) + 1 or 1 if line < len(lines) else 1


def _place(token: Token) -> int:
    return token.map[0] if token.map else 0


# ── headings ─────────────────────────────────────────────────────────────────


def _headings(tokens: Sequence[Token]) -> Iterator[Misread]:
    """Report headings that do not begin with ## (the page's own title is the first level) or skip a level (ISO 14289-1
    7.4.2)."""
    above = 1
    for token, inside in pairwise(tokens):
        if token.type != "heading_open":
            continue
        level, words = int(token.tag[1]), inside.content
        if token.markup in ("-", "="):
            yield Misread(_place(token), 1, "article_underlined", {"found": words, "likely": token.markup * 3})
        elif not words:
            yield Misread(_place(token), 1, "article_heading_empty", {"found": token.markup})
        elif level == 1:
            yield Misread(_place(token), 1, "article_heading_first", {"found": f"# {words}", "likely": f"## {words}"})
        elif level > above + 1:
            values = {"found": f"{token.markup} {words}", "likely": f"{'#' * (above + 1)} {words}"}
            yield Misread(_place(token), 1, "article_heading_skips", values)
        above = max(2, level if level <= above + 1 else above + 1)


# ── what vanishes, or becomes code ───────────────────────────────────────────


def _definitions(noted: Mapping[str, Any], lines: Sequence[str]) -> Iterator[Misread]:
    """Report `[words]: address`, which is not shown at all."""
    definitions = [*noted.get("references", {}).values(), *noted.get("duplicate_refs", ())]
    for line in sorted(each["map"][0] for each in definitions):
        yield Misread(line, 1, "article_definition", {"found": lines[line].strip()})


def _indented(token: Token, lines: Sequence[str]) -> Iterator[Misread]:
    yield Misread(_place(token), 1, "article_indented", {"found": lines[_place(token)].strip()})


_FENCE = pattern(r"[\s>]*(`{3,}|~{3,})\s*\Z")


def _open_fence(token: Token, lines: Sequence[str]) -> Iterator[Misread]:
    first, after = token.map or [0, 0]
    last = _FENCE.match(lines[min(after, len(lines)) - 1])
    if after - first < 2 or last is None or not last[1].startswith(token.markup):
        yield Misread(first, 1, "article_fence", {"found": token.markup})


def _quoted_number(token: Token, lines: Sequence[str]) -> Iterator[Misread]:
    """Report a “more than” sign that became a quotation."""
    match = re.match(r"\s*(> ?\d\S*)", lines[_place(token)])
    if match:
        yield Misread(_place(token), match.start(1) + 1, "article_more_than", {"found": match[1]})


_CELLS = pattern(r"(?<!\\)\|")


def _row(token: Token, lines: Sequence[str]) -> Iterator[Misread]:
    """Report a row with more cells than the table has columns: the surplus would not be shown."""
    first = _place(token)
    columns, *rows = (_cells(line) for line in lines[first : (token.map or [0, 0])[1]])
    for number, cells in enumerate(rows, first + 1):
        if cells > columns:
            yield Misread(number, 1, "article_row", {"found": cells, "expected": columns})


def _cells(line: str) -> int:
    """The number of cells in a row."""
    return len(_CELLS.split(line.strip().strip(">").strip().removeprefix("|").removesuffix("|")))


_AFTER_BLANKS = pattern(r"[\s>]*[\u3000\u00a0\u2000-\u200a]\s*((?:[-*+>]|\d+[.)])\s.*)")


def _paragraph(token: Token, lines: Sequence[str]) -> Iterator[Misread]:
    """Report lines that were meant to begin anew, and spaces that keep a sign from making a list or quotation."""
    first, after = token.map or [0, 0]
    match = _AFTER_BLANKS.match(lines[first])
    if match:
        yield Misread(first, match.start(1) + 1, "article_blanks", {"found": match[1].strip()})
    for line, column, code in run_on(lines[first:after]):
        yield Misread(first + line, column, code)


_RULES: dict[str, tuple[Callable[[Token, Sequence[str]], Iterable[Misread]], ...]] = {
    "code_block": (_indented,),
    "fence": (_open_fence,),
    "blockquote_open": (_quoted_number,),
    "table_open": (_row,),
    "paragraph_open": (_paragraph,),
}
"""The rules for each kind of block."""
