"""Guesses what an editor meant where YAML cannot be parsed, or means something else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import yaml

from gazette.lazy_re import pattern
from gazette.messages.problems import Problem

Told = tuple[str, dict[str, object]]
"""(message code, its values)"""

_ODD = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
"""Characters that look like a space but are none to YAML."""

_NAME = r"[a-z][a-z0-9_-]*"
_SLIP = pattern(rf"(?P<key>{_NAME})[ {_ODD}]*(?P<colon>：|:(?=[^ \n/]))(?P<rest>.*)", re.S)
_FIELD = pattern(rf"[ {_ODD}]*(?:- +)*(?={_NAME}[ {_ODD}]*[:：])")
_INDENT = pattern(rf" *([{_ODD}])[ {_ODD}]*(?:- |{_NAME}[ {_ODD}]*[:：])")
_BLOCK = pattern(r"( *).*: +[|>][-+0-9]*(?: +#.*)?$")
_WIDE_BRACKET = pattern(rf"(?:[:：] *|- +)[｛［]|(?<=[^{_ODD}\s])[｝］]$")
_INSIDE = pattern(rf"[{{,，][ {_ODD}]*(?={_NAME}[ {_ODD}]*[:：])")
_HALF = {"｛": "{", "｝": "}", "［": "[", "］": "]"}
_CLOSING = {"{": "}", "[": "]"}

_EXPECTED = (
    "did not find expected key",
    "did not find expected ',' or '}'",
    "did not find expected ',' or ']'",
    "did not find expected '-' indicator",
    "could not find expected ':'",
)


def quoted(text: str) -> str:
    """The text in quotes as an editor would write it, shortened if long."""
    text = " ".join(text.split())
    short = text if len(text) <= 40 else text[:18] + "…" + text[-18:]
    if '"' not in short:
        return f'"{short}"'
    return f"'{short}'" if "'" not in short else '"' + short.replace('"', '\\"') + '"'


def missing_colon(text: str) -> tuple[int, Told, str, str] | None:
    """Find a field whose colon is full-width or lacks a space. Returns the colon's offset (from 0), the message, the
    field and its value; None if there is no such field."""
    match = _SLIP.match(text)
    if match is None:
        return None
    key, rest = match["key"], match["rest"]
    value = rest.strip()
    first = " ".join(re.split(rf"\n| (?={_NAME}[：:])", value)[0].split())
    cure = f"{key}: {first[:24]}{'…' if len(first) > 24 else ''}".rstrip()
    if match["colon"] == "：":
        message: Told = "colon_wide", {"cure": cure}
    elif re.match(rf"[{_ODD}]", rest):
        message = "colon_odd_space", {"cure": cure, "reason": f"U+{ord(rest[0]):04X}"}
    else:
        message = "colon_space", {"cure": cure}
    return match.start("colon"), message, key, value


def unquoted_comma(key: str, value: str) -> Told:
    """The message for a value in braces that holds commas without quotes."""
    if re.fullmatch(r"-?\d+(, ?\d{3})+(\.\d+)?", value):
        return "comma_in_number", {"cure": f"{key}: {re.sub(', ?', '', value)}"}
    return "comma_in_text", {"cure": f"{key}: {quoted(value)}"}


# ── line by line ─────────────────────────────────────────────────────────────


def likely_typos(path: str, text: str) -> list[Problem]:
    """A problem for each line that looks like a field but is none to YAML."""
    problems = []
    for number, line in _lines(text):
        match = _INDENT.match(line)
        if match:
            reason = f"U+{ord(match[1]):04X}"
            problems.append(Problem.at(path, number, match.start(1) + 1, "indent_odd_space", reason=reason))
        begin = _FIELD.match(line)
        slip = missing_colon(line[begin.end() :]) if begin else None
        if begin and slip:
            problems.append(Problem.at(path, number, begin.end() + slip[0] + 1, slip[1][0], **slip[1][1]))
        for bracket in _WIDE_BRACKET.finditer(line):
            wide = bracket[0][-1]
            problems.append(Problem.at(path, number, bracket.end(), "bracket_wide", found=wide, cure=_HALF[wide]))
    return problems


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The numbered lines of a text, without comments and without texts under `|` and `>`."""
    block: int | None = None
    for number, line in enumerate(text.split("\n"), 1):
        indent = len(line) - len(line.lstrip(" "))
        if block is not None and (indent > block or not line.strip()):
            continue
        match = _BLOCK.match(line)
        block = len(match[1]) if match else None
        if not line.lstrip().startswith("#"):
            yield number, line


def _slips_in_braces(path: str, number: int, line: str) -> Iterator[Problem]:
    """Problems for fields in braces that are none to YAML."""
    for match in _INSIDE.finditer(line) if "{" in line else ():
        if match[0][0] == "，":
            yield Problem.at(path, number, match.start() + 1, "comma_wide")
        slip = missing_colon(re.split(r"[,，}]", line[match.end() : match.end() + 200])[0])
        if slip:
            yield Problem.at(path, number, match.end() + slip[0] + 1, slip[1][0], **slip[1][1])


# ── where reading stopped ────────────────────────────────────────────────────


class ParseFailure(msgspec.Struct, frozen=True):
    """Where libyaml stopped, and what was open then. Lines and columns count from 0."""

    lines: list[str]
    error: yaml.MarkedYAMLError
    opened: tuple[int, int] | None
    """The innermost open bracket or brace; None if there is none."""
    quoted: tuple[int, int] | None
    """The beginning of the last text, if it was quoted and had several lines; otherwise None."""

    @property
    def mark(self) -> tuple[int, int]:
        """(line, column) of the stop."""
        mark: Any = self.error.problem_mark or self.error.context_mark
        return (mark.line, mark.column) if mark else (0, 0)

    @property
    def context(self) -> tuple[int, int]:
        """(line, column) at which the failing construct began."""
        mark: Any = self.error.context_mark
        return (mark.line, mark.column) if mark else self.mark

    def rest(self, place: tuple[int, int]) -> str:
        """The rest of the line from (line, column) on."""
        line, column = place
        return self.lines[line][column:] if line < len(self.lines) else ""

    @property
    def before(self) -> str:
        """The line up to the stop."""
        line, column = self.mark
        return self.lines[line][:column] if line < len(self.lines) else ""


def reading_problems(path: str, text: str, stop: ParseFailure, known: list[Problem]) -> list[Problem]:
    """Explain why a text cannot be parsed: all slips in it, and the place of the stop, unless one of the slips or of
    the `known` problems is near enough to explain it."""
    problems = likely_typos(path, text)
    first, last = _near(stop)
    for number in range(first, min(last, first + 50) + 1):
        problems += _slips_in_braces(path, number, stop.lines[number - 1][:10_000])
    if any(first <= problem.line <= last for problem in (*problems, *known)):
        return problems
    for rule in _RULES:
        result = rule(stop)
        if result:
            (line, column), code, values = result
            return [*problems, Problem.at(path, line + 1, column + 1, code, **values)]
    line, column = min(stop.mark, (len(stop.lines) - 1, len(stop.lines[-1])))
    reason = stop.error.problem or stop.error.context or "syntax"
    return [*problems, Problem.at(path, line + 1, column + 1, "yaml", reason=reason)]


def _near(stop: ParseFailure) -> tuple[int, int]:
    """The lines (first, last; from 1) that may be to blame: from what was open, or the last non-empty line, to the
    stop."""
    last = min(stop.mark[0], len(stop.lines) - 1)
    first = last
    while first > 0 and not stop.lines[first - 1].strip():
        first -= 1
    return min(max(0, first - 1), stop.context[0], (stop.opened or stop.mark)[0]) + 1, last + 1


Rule = Callable[[ParseFailure], "tuple[tuple[int, int], str, dict[str, object]] | None"]


def _bad_beginning(stop: ParseFailure) -> Any:
    """A text begins with a character that has a meaning in YAML."""
    error = stop.error
    if error.problem == "found character that cannot start any token" or stop.rest(stop.mark).startswith("%"):
        return stop.mark, "text_begins", {"found": stop.rest(stop.mark)[:1]}
    if error.context in ("while scanning an alias", "while scanning an anchor", "while scanning a block scalar"):
        return stop.context, "text_begins", {"found": stop.rest(stop.context)[:1]}
    if error.context in ("while scanning a tag", "while parsing a tag"):
        return stop.context, "text_begins", {"found": "!"}
    if error.context == "while scanning a directive":
        return stop.context, "text_begins", {"found": "%"}
    match = re.search(r"(?:^|[:{\[,-] )\s*([*&!])\S*\s*$", stop.before)
    if match:
        return (stop.mark[0], match.start(1)), "text_begins", {"found": match[1]}
    return None


def _open_quote(stop: ParseFailure) -> Any:
    if stop.error.context == "while scanning a quoted scalar":
        return stop.context, "quote_open", {}
    if stop.quoted and stop.error.problem in _EXPECTED:
        return stop.quoted, "quote_open", {}
    return None


def _escape(stop: ParseFailure) -> Any:
    if stop.error.context == "while parsing a quoted scalar":
        line, column = stop.mark
        return (line, max(stop.before.rfind("\\"), 0) if stop.rest(stop.mark)[:1] != "\\" else column), "escape", {}
    return None


def _words_after_quote(stop: ParseFailure) -> Any:
    if stop.error.problem in _EXPECTED and stop.before.rstrip().endswith(('"', "'")):
        return stop.mark, "quote_then_more", {}
    return None


def _colon_in_text(stop: ParseFailure) -> Any:
    """A second colon follows after a text has begun, in a line or in braces."""
    if not stop.rest(stop.mark).startswith(":"):
        return None
    braces = re.search(r"[{,] *([\w-]+): +([^,{}]+)$", stop.before) if stop.opened else None
    match = braces or re.match(r"\s*(?:- +)*([\w-]+): +(.*)$", stop.before)
    if match is None:
        return None
    rest = stop.rest(stop.mark)
    text = match[2] + (re.split(r"[,}]", rest)[0] if braces else rest)
    code = "quote_curly" if text.startswith(("“", "‘", "「")) else "colon_in_text"
    return (stop.mark[0], match.start(2)), code, {"cure": f"{match[1]}: {quoted(text)}"}


def _open_bracket(stop: ParseFailure) -> Any:
    line, _ = stop.mark
    over = stop.opened and (line > stop.opened[0] or (not stop.rest(stop.mark).strip() and line + 2 > len(stop.lines)))
    if not stop.opened or not over:
        return None
    opening = stop.rest(stop.opened)[:1]
    return stop.opened, "bracket_open", {"found": opening, "cure": _CLOSING.get(opening, "")}


def _dash(stop: ParseFailure) -> Any:
    if stop.error.problem == "block sequence entries are not allowed in this context":
        return stop.mark, "dash_here", {}
    return None


def _no_colon(stop: ParseFailure) -> Any:
    if stop.error.problem == "could not find expected ':'":
        return stop.context, "no_colon", {}
    return None


def _indent(stop: ParseFailure) -> Any:
    if stop.error.problem == "mapping values are not allowed in this context":
        line = stop.mark[0]
        above = next((number for number in range(line - 1, -1, -1) if stop.lines[number].strip()), line)
        if not re.search(r":( |$)", stop.lines[above]):
            return (above, len(stop.lines[above]) - len(stop.lines[above].lstrip())), "no_colon", {}
        return (stop.mark[0], len(stop.before) - len(stop.before.lstrip())), "indent_wrong", {}
    return None


_RULES: tuple[Rule, ...] = (
    _bad_beginning,
    _open_quote,
    _escape,
    _words_after_quote,
    _colon_in_text,
    _open_bracket,
    _dash,
    _no_colon,
    _indent,
)
