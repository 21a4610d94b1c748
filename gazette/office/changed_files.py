"""Applies the changes of a table to files other than the units', and checks the whole content with them. Problems are
reported at their cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from gazette.messages.problems import ContentError, FileProblems, Problem
from gazette.office.articles import NewPassage, lines_in, spliced_article
from gazette.office.changed_units import Cells, ChangedUnit, Placed
from gazette.office.content import OpenContent, open_content
from gazette.office.splice import Put, spliced
from gazette.office.yaml_writing import CannotWrite


class PlacedPassage(NamedTuple):
    """The change of one row to a passage of an article. `tell` moves a problem of it to its cell; `unspliceable` is the
    problem to report if the change cannot be written."""

    new: NewPassage
    tell: Callable[[Problem], Problem]
    unspliceable: Problem


class Rows(NamedTuple):
    """The changes of rows to one file: values of its records, or of the head of an article; and passages."""

    values: list[Placed]
    passages: list[PlacedPassage]


class ChangedFile(NamedTuple):
    """A file of the content: where it is, its path as an editor types it, its bytes before and after."""

    place: Path
    shown: str
    before: bytes
    data: bytes


def changed_files(content: OpenContent, rows: Mapping[Path, Rows], problems: list[Problem]) -> list[ChangedFile]:
    """Return the files with the changes of rows. Adds a problem for each change that cannot be written, at its cell."""
    files = []
    for full_path, rows_of_file in rows.items():
        path = content.opened.diagnostics.display(full_path)
        before = content.opened.listing.bytes_of(full_path)
        try:
            files.append(ChangedFile(full_path, path, before, _written(path, before, rows_of_file)))
        except (CannotWrite, FileProblems):
            problems += _unspliceable(path, before, rows_of_file)
    return files


def content_with(
    content: OpenContent, files: Sequence[ChangedFile], units: Sequence[ChangedUnit], rows: Mapping[Path, Rows]
) -> tuple[OpenContent, list[Problem]]:
    """Return the content with these files, and []; if it has problems then, the unchanged content and the problems, at
    their cells if they come from one."""
    listing = content.opened.listing
    changed = {listing.name(each.place): each.data for each in files}
    changed |= {listing.name(each.unit.path): each.bytes for each in units}
    try:
        return open_content(listing.with_bytes(changed)), []
    except ContentError as error:
        by_path = {each.shown: each for each in files}
        problems = (_told(each, by_path[each.path], rows) if each.path in by_path else each for each in error.problems)
        return content, list(dict.fromkeys(problems))


def _written(path: str, before: bytes, rows: Rows) -> bytes:
    values = [change for each in rows.values for change in each.changes]
    if not path.endswith(".md"):
        return spliced(path, before, values)
    puts = [each for each in values if isinstance(each, Put)]
    return spliced_article(path, before, puts, [each.new for each in rows.passages])


def _unspliceable(path: str, before: bytes, rows: Rows) -> Iterator[Problem]:
    """Yield the problems of the rows that cannot be written even alone; of all rows if each could be."""
    each_alone = [(each.unspliceable, Rows([each], [])) for each in rows.values]
    each_alone += [(passage.unspliceable, Rows([], [passage])) for passage in rows.passages]
    failing = [problem for problem, alone in each_alone if not _is_spliceable(path, before, alone)]
    yield from failing or (problem for problem, _ in each_alone)


def _is_spliceable(path: str, before: bytes, rows: Rows) -> bool:
    try:
        _written(path, before, rows)
    except (CannotWrite, FileProblems):
        return False
    return True


def _told(problem: Problem, file: ChangedFile, rows: Mapping[Path, Rows]) -> Problem:
    """Return a problem of a new file at the cell that it comes from; in an article, at the passage that holds its
    line."""
    values, passages = rows[file.place]
    if not file.shown.endswith(".md"):
        return Cells(file.shown, file.data, values).of(problem)
    places = lines_in(file.shown, file.before, [each.new for each in passages])
    for (start, end), passage in zip(places, passages, strict=True):
        if start <= problem.line <= end:
            return passage.tell(problem)
    alone = values[0].tell(problem, ()) if values else passages[0].tell(problem)
    return next((each.tell(problem, ()) for each in values if _is_in_head(problem, file, each)), alone)


def _is_in_head(problem: Problem, file: ChangedFile, row: Placed) -> bool:
    """Return whether a problem is in the line of the head that a row changed."""
    lines = file.data.decode("utf-8", "replace").splitlines()
    return 0 < problem.line <= len(lines) and lines[problem.line - 1].startswith(f"{row.loc[0]}:")
