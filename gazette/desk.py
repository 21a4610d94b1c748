"""Owns the desk where the problems of all content files are gathered, and where the place of a value is looked up."""

from __future__ import annotations

import stat
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TypeVar

import msgspec

from gazette.decode import decode
from gazette.nodes import Node, compose, look
from gazette.problems import Loc, Problem, ProblemsFound, reason_of
from gazette.text import MAX_BYTES, read_text
from gazette.unprintable import unprintable

T = TypeVar("T")


class Desk(msgspec.Struct, dict=True):
    """The problems of one opening of the content folder `root`."""

    root: Path
    problems: list[Problem] = []
    texts: dict[str, str] = {}
    """What was read, by the path as an editor types it."""

    def show(self, path: Path) -> str:
        """The path as an editor types it."""
        shown = path.as_posix()
        return shown.removeprefix(self._here) if shown.startswith("/") else shown

    @cached_property
    def _here(self) -> str:
        return Path.cwd().as_posix().rstrip("/") + "/"

    def read(self, path: Path, *, missing_matters: bool = True) -> str | None:
        """The text of a file, or None with its problems noted."""
        data = self.bytes_of(path, missing_matters=missing_matters)
        return None if data is None else self.take(self.show(path), data)

    def bytes_of(self, path: Path, *, missing_matters: bool = True) -> bytes | None:
        """The bytes of a file, or None with the problem noted."""
        shown = self.show(path)
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                self.add(Problem.at(shown, 0, 0, "file_not_ordinary"))  # a pipe or a device may never end
                return None
            with path.open("rb") as file:
                return file.read(MAX_BYTES + 1)
        except FileNotFoundError:
            if missing_matters:
                self.add(Problem.at(shown, 0, 0, "file_missing", path=shown))
        except OSError as error:
            self.add(Problem.at(shown, 0, 0, "file_unreadable", reason=reason_of(error)))
        return None

    def take(self, shown: str, data: bytes) -> str | None:
        """The text of a file's bytes, or None with its problems noted."""
        try:
            text = self.texts[shown] = read_text(shown, data)
        except ProblemsFound as found:
            self.problems += found.problems
            return None
        self.problems += list(unprintable(shown, text, comments=shown.endswith(".yaml")))
        return text

    def load(self, path: Path, kind: type[T], languages: tuple[str, ...]) -> T | None:
        """A YAML file as a `kind`, or None with its problems noted. Without languages (the settings could not be read)
        it is only looked at as YAML: its texts cannot be judged."""
        text = self.read(path)
        return None if text is None else self.decode(self.show(path), text, kind, languages)

    def decode(self, shown: str, text: str, kind: type[T], languages: tuple[str, ...]) -> T | None:
        """A YAML text as a `kind`, or None with its problems noted."""
        node, wrong = look(shown, text)
        self.problems += ProblemsFound(wrong).problems
        if node is None or not languages:
            return None
        try:
            record = decode(shown, node, kind, languages)
        except ProblemsFound as found:
            self.problems += found.problems
            return None
        return None if wrong else record

    def node(self, path: str, loc: Loc) -> Node:
        """The node of a value. The text is read again for it, so that no record has to carry its place."""
        if path not in self.texts:
            self.texts[path] = read_text(path, Path(path).read_bytes())
        return _nodes(path, self.texts[path]).find(loc)

    def add(self, problem: Problem) -> None:
        self.problems.append(problem)

    def at(self, path: str, loc: Loc, code: str, /, **values: object) -> None:
        """Note a problem at a value of a file that was decoded before."""
        spot = self.node(path, loc)
        self.add(Problem.at(path, spot.line, spot.column, code, **values))

    def inside(self, path: str, loc: Loc, offset: int, code: str, /, **values: object) -> None:
        """Note a problem inside a text: at what was found (`values`), `offset` characters after its beginning. In a
        text of several lines, where lines are joined, the first place that reads so is taken."""
        spot = self.node(path, loc)
        line, column = spot.line, spot.column + offset + (0 if spot.plain else 1)
        if spot.last > spot.line:
            lines = self.texts[path].split("\n")[spot.line - 1 : spot.last]
            wanted = str(values["found"]).partition(" ")[0]
            line, column = next(
                ((line, text.index(wanted) + 1) for line, text in enumerate(lines, spot.line) if wanted in text),
                (spot.line, spot.column),
            )
        self.add(Problem.at(path, line, column, code, **values))


@lru_cache(maxsize=64)
def _nodes(path: str, text: str) -> Node:
    return compose(path, text)
