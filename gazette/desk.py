"""Owns the desk where the problems of all content files are gathered, and where the place of a value is looked up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

from gazette.decode import Node, ProblemsFound, compose, decode, read_text
from gazette.problems import Loc, Problem
from gazette.typeface import missing

T = TypeVar("T")


@dataclass
class Desk:
    """The problems of one opening of the content folder `root`."""

    root: Path
    problems: list[Problem] = field(default_factory=list)

    def show(self, path: Path) -> str:
        """The path as an editor types it."""
        try:
            return path.relative_to(Path.cwd()).as_posix()
        except ValueError:
            return path.as_posix()

    def read(self, path: Path, *, missing_matters: bool = True) -> str | None:
        """The text of a file, or None with its problems noted."""
        shown = self.show(path)
        try:
            text = read_text(shown, path.read_bytes())
            self.problems += _unprintable(shown, text)
            return text
        except FileNotFoundError:
            if missing_matters:
                self.add(Problem.at(shown, 0, 0, "file_missing", path=shown))
        except OSError as error:
            self.add(Problem.at(shown, 0, 0, "file_unreadable", reason=error.strerror or error))
        except ProblemsFound as found:
            self.problems += found.problems
        return None

    def load(self, path: Path, kind: type[T] | TypeAdapter[T], languages: tuple[str, ...]) -> T | None:
        """A YAML file as a `kind`, or None with its problems noted. Without languages (the settings could not be read)
        it is only looked at as YAML: its texts cannot be judged."""
        text = self.read(path)
        if text is None:
            return None
        try:
            node = compose(self.show(path), text)
            return decode(self.show(path), node, kind, languages) if languages else None
        except ProblemsFound as found:
            self.problems += found.problems
            return None

    def add(self, problem: Problem) -> None:
        self.problems.append(problem)

    def at(self, path: str, loc: Loc, code: str, /, **values: object) -> None:
        """Note a problem at a value of a file that was decoded before. The place is read again from the file,
        so that no record has to carry it."""
        spot = nodes(path, str(Path.cwd())).find(loc)
        self.add(Problem.at(path, spot.line, spot.column, code, **values))

    def inside(self, path: str, loc: Loc, offset: int, code: str, /, **values: object) -> None:
        """Note a problem inside a text that stands on one line, `offset` characters after its beginning."""
        spot = nodes(path, str(Path.cwd())).find(loc)
        column = spot.column + offset + (0 if spot.plain else 1)
        self.add(Problem.at(path, spot.line, column, code, **values))


def _unprintable(path: str, text: str) -> Iterator[Problem]:
    """Characters that no bundled font has: the bulletins could not print them. Comments are not printed."""
    absent = missing(text)
    if not absent:
        return
    for number, line in enumerate(text.split("\n"), 1):
        for column, character in enumerate(line.partition(" #")[0] if not line.lstrip().startswith("#") else "", 1):
            if character in absent:
                values = {
                    "found": character,
                    "code": f"U+{ord(character):04X}",
                    "cure": f"python tools/make_print_fonts.py --add {character}",
                }
                yield Problem.at(path, number, column, "character_missing", **values)


@lru_cache(maxsize=64)
def nodes(path: str, _cwd: str) -> Node:
    return compose(path, read_text(path, Path(path).read_bytes()))
