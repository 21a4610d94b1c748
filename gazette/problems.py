"""Owns what an editor is told: one problem, its place and its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from gazette.messages import MESSAGES, NEAR, YAML_WORDS

LANGUAGES = ("zh", "en")

Loc = tuple[str | int, ...]
"""The way to a value inside a content file: keys and 0-based positions."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong. `line` and `column` count from 1; 0 means the file as a whole."""

    path: str
    line: int
    column: int
    code: str
    values: tuple[tuple[str, str], ...] = field(default=())

    @classmethod
    def at(cls, path: str, line: int, column: int, code: str, /, **values: object) -> Problem:
        """A problem whose message takes `values`; every one is shown as text."""
        return cls(path, line, column, code, tuple(sorted((k, str(v)) for k, v in values.items())))

    def message(self, language: str) -> str:
        """What was expected, what was found, what to write; on one line."""
        words = {name: _clip(value) for name, value in self.values}
        if self.code == "yaml":
            words["found"] = YAML_WORDS.get(words["found"], {}).get(language, words["found"])
        if words.get("near"):
            words["near"] = NEAR[language].format(near=words["near"])
        return " ".join(MESSAGES[self.code][language].format_map(words).split())

    def show(self, language: str) -> str:
        """`path:line:column: message`, as compilers print it, so that editors' programs can jump there."""
        return f"{self.path}:{self.line}:{self.column}: {self.message(language)}"


class ContentError(Exception):
    """The content or a template is wrong. Carries every problem that was found, in order of place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(_once_each(problems))
        super().__init__(self.problems)


def _once_each(problems: Iterable[Problem]) -> Iterator[Problem]:
    """A template's mistake is told once, with the first of the pages that it spoils."""
    seen = set()
    for problem in sorted(problems):
        place = (problem.path, problem.line, problem.column, problem.code)
        what = place, tuple(pair for pair in problem.values if pair[0] != "page")
        if what not in seen:
            seen.add(what)
            yield problem


def _clip(value: str, limit: int = 120) -> str:
    """A found value may be a whole page, or hold characters that would disturb a terminal."""
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in value[: limit + 1])
    return shown if len(value) <= limit else shown[:limit] + "…"
