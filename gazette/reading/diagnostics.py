"""The problems of all content files, of each file the first hundred."""

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
    """The problems of one opening of the content folder `root`, of which there is one `listing`; none where all texts
    are handed to it. `fonts` are those that the texts are printed in."""

    root: Path
    listing: Listing | None = None
    fonts: PrintFonts = msgspec.field(default_factory=load_fonts)
    problems: list[Problem] = []
    unfinished: list[Problem] = []
    """What is still to be filled in in drafts."""
    texts: dict[str, str] = {}
    """What was read, by the path as an editor types it."""
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
        """Note a problem of any file."""
        self.problems.append(problem)

    def report_file(self, path: Path, code: str, /, **values: object) -> None:
        """Note a problem of a file or folder as a whole."""
        shown = self.display(path)
        is_folder = code == "folder_missing" or path.is_dir()
        self.add(Problem.of_folder(shown, code, **values) if is_folder else Problem.at(shown, 0, 0, code, **values))

    def is_full(self, path: str) -> bool:
        """Whether so many problems of a file are noted that one more is only counted: neither its place nor what was
        meant need be worked out."""
        return self.noted.get(path, 0) >= MOST_OF_ONE_FILE

    def only_counts(self, path: str) -> bool:
        """Whether one problem more of a file is only counted; then it is."""
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
        """The place of the last problem that is told of a file."""
        if path in self.counters:
            counter = self.problems[self.counters[path]]
            return counter.line, counter.column
        return max((problem.line, problem.column) for problem in self.problems if problem.path == path)


@lru_cache(maxsize=64)
def _nodes(path: str, text: str) -> Node:
    return compose(path, text)
