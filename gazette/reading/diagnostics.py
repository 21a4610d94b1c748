"""Collects the problems of all content files, and counts those beyond the first hundred of a file."""

from __future__ import annotations

from functools import cached_property, lru_cache
from pathlib import Path

import msgspec

from gazette.fonts.typeface import PrintFonts, load_fonts
from gazette.messages.problems import MOST_OF_ONE_FILE, FileProblems, Loc, Problem
from gazette.reading.files.encoding import read_text
from gazette.reading.files.listing import Listing
from gazette.reading.yaml.nodes import Node
from gazette.reading.yaml.parser import compose


class Diagnostics(msgspec.Struct, dict=True):
    """The problems found while opening the content folder `root`. `listing` lists its files; None if all texts are
    passed in. `fonts` are those in which the texts are printed."""

    root: Path
    listing: Listing | None = None
    fonts: PrintFonts = msgspec.field(default_factory=load_fonts)
    problems: list[Problem] = []
    unfinished: list[Problem] = []
    """Parts of drafts that are still to be filled in."""
    texts: dict[str, str] = {}
    """`{path as editors type it: text}` of the files read."""
    noted: dict[str, int] = {}
    """`{path: number of problems}` of decoded values."""
    counters: dict[str, int] = {}
    """`{path: index}` in `problems` of the one that counts the rest."""

    @property
    def files(self) -> Listing:
        """The listing of the folder."""
        assert self.listing is not None
        return self.listing

    def display(self, path: Path) -> str:
        """The path as editors type it: relative to the current folder where possible."""
        text = path.as_posix()
        return text.removeprefix(self._here) if text.startswith("/") else text

    @cached_property
    def _here(self) -> str:
        return Path.cwd().as_posix().rstrip("/") + "/"

    def node(self, path: str, loc: Loc) -> Node:
        """The node of the value at `loc`. The text is parsed again for it, so that records need not carry positions. A
        file that cannot be read or parsed any more has none: then line and column are 0."""
        try:
            if path not in self.texts:
                self.texts[path] = read_text(path, Path(path).read_bytes())
            return _nodes(path, self.texts[path]).find(loc)
        except (OSError, FileProblems):
            return Node(0, 0)

    def add(self, problem: Problem) -> None:
        """Add a problem of any file."""
        self.problems.append(problem)

    def report_file(self, path: Path, code: str, /, **values: object) -> None:
        """Add a problem of a file or folder as a whole."""
        display_path = self.display(path)
        is_folder = code == "folder_missing" or path.is_dir()
        self.add(
            Problem.of_folder(display_path, code, **values)
            if is_folder
            else Problem.at(display_path, 0, 0, code, **values)
        )

    def is_full(self, path: str) -> bool:
        """True if a further problem of this file is only counted, so that its details need not be worked out."""
        return self.noted.get(path, 0) >= MOST_OF_ONE_FILE

    def only_counts(self, path: str) -> bool:
        """Count a problem of the file. Returns True if it is only counted, not to be added."""
        full = self.is_full(path)
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
        """(line, column) of the last problem added for a file."""
        if path in self.counters:
            counter = self.problems[self.counters[path]]
            return counter.line, counter.column
        return max((problem.line, problem.column) for problem in self.problems if problem.path == path)


@lru_cache(maxsize=64)
def _nodes(path: str, text: str) -> Node:
    return compose(path, text)
