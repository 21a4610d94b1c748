"""The desk where the problems of all content files are gathered, and where the place of a value is looked up."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TypeVar

import msgspec

from gazette.fonts.typeface import PrintFonts, load_fonts
from gazette.messages.problems import MOST_OF_ONE_FILE, FileProblems, Loc, Problem
from gazette.reading.decode import decode
from gazette.reading.encoding import read_text
from gazette.reading.listing import Listing, NotOrdinary, told
from gazette.reading.unprintable import unprintable
from gazette.reading.yaml_nodes import Node, compose, parse_leniently

T = TypeVar("T")


class Diagnostics(msgspec.Struct, dict=True):
    """The problems of one opening of the content folder `root`, of which there is one `listing`; none where all texts
    are handed to it. `fonts` are those that the texts are printed in."""

    root: Path
    listing: Listing | None = None
    fonts: PrintFonts = msgspec.field(default_factory=load_fonts)
    problems: list[Problem] = []
    texts: dict[str, str] = {}
    """What was read, by the path as an editor types it."""
    read_files: list[Path] = []
    """The files that were read here."""
    noted: dict[str, int] = {}
    """How many problems of decoded values were noted, by path."""
    counters: dict[str, int] = {}
    """Where in `problems` stands how many more there are, by path."""

    @property
    def files(self) -> Listing:
        """The files of the folder."""
        assert self.listing is not None
        return self.listing

    def display(self, path: Path) -> str:
        """The path as an editor types it."""
        shown = path.as_posix()
        return shown.removeprefix(self._here) if shown.startswith("/") else shown

    @cached_property
    def _here(self) -> str:
        return Path.cwd().as_posix().rstrip("/") + "/"

    def read(self, path: Path) -> str | None:
        """The text of a file that all units share, or None with its problems noted."""
        try:
            data = self.files.bytes_of(path)
        except (OSError, NotOrdinary) as error:
            self.add(told(self.display(path), error))
            return None
        self.read_files.append(path)
        return self.decode_text(self.display(path), data)

    def shared_texts(self) -> Iterator[tuple[Path, str]]:
        """The files that all units share, with their texts, as far as they could be read."""
        return ((path, text) for path in self.read_files if (text := self.texts.get(self.display(path))) is not None)

    def decode_text(self, shown: str, data: bytes) -> str | None:
        """The text of a file's bytes, or None with its problems noted."""
        try:
            text = self.texts[shown] = read_text(shown, data)
        except FileProblems as found:
            self.problems += found.problems
            return None
        self.problems += list(unprintable(shown, text, self.fonts, comments=shown.endswith(".yaml")))
        return text

    def load(self, path: Path, kind: type[T], languages: tuple[str, ...]) -> T | None:
        """A YAML file as a `kind`, or None with its problems noted. Without languages (the settings could not be read)
        it is only looked at as YAML: its texts cannot be judged."""
        text = self.read(path)
        return None if text is None else self.decode(self.display(path), text, kind, languages)

    def decode(self, shown: str, text: str, kind: type[T], languages: tuple[str, ...]) -> T | None:
        """A YAML text as a `kind`, or None with its problems noted."""
        node, wrong = parse_leniently(shown, text)
        self.problems += FileProblems(wrong).problems
        if node is None or not languages:
            return None
        try:
            record = decode(shown, node, kind, languages)
        except FileProblems as found:
            self.problems += found.problems
            return None
        return None if wrong else record

    def node(self, path: str, loc: Loc) -> Node:
        """The node of a value. The text is read again for it, so that no record has to carry its place; a file that is
        another by now has none."""
        try:
            if path not in self.texts:
                self.texts[path] = read_text(path, Path(path).read_bytes())
            return _nodes(path, self.texts[path]).find(loc)
        except (OSError, FileProblems):
            return Node(0, 0)

    def add(self, problem: Problem) -> None:
        self.problems.append(problem)

    def report_at(self, path: str, loc: Loc, code: str, /, **values: object) -> None:
        """Note a problem at a value of a file that was decoded before."""
        if not self._is_one_too_many(path):
            spot = self.node(path, loc)
            self.add(Problem.at(path, spot.line, spot.column, code, **values))

    def report_inside(self, path: str, loc: Loc, offset: int, code: str, /, **values: object) -> None:
        """Note a problem inside a text: at what was found (`values`), `offset` characters after its beginning. In a
        text of several lines, where lines are joined, the first place that reads so is taken."""
        if self._is_one_too_many(path):
            return
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

    def has_enough(self, path: str) -> bool:
        """Whether so many problems of a file are noted that one more is only counted: neither its place nor what was
        meant need be worked out."""
        return self.noted.get(path, 0) >= MOST_OF_ONE_FILE

    def _is_one_too_many(self, path: str) -> bool:
        """Whether a problem is only counted; then it is."""
        full = self.has_enough(path)
        noted = self.noted[path] = self.noted.get(path, 0) + 1
        if not full:
            return False
        more = Problem.at(path, *self._last(path), "more_problems", found=noted - MOST_OF_ONE_FILE)
        if path in self.counters:
            self.problems[self.counters[path]] = more
        else:
            self.counters[path] = len(self.problems)
            self.add(more)
        return True

    def _last(self, path: str) -> tuple[int, int]:
        """The place of the last problem that is told of a file."""
        if path in self.counters:
            counter = self.problems[self.counters[path]]
            return counter.line, counter.column
        return max((problem.line, problem.column) for problem in self.problems if problem.path == path)


@lru_cache(maxsize=64)
def _nodes(path: str, text: str) -> Node:
    return compose(path, text)
