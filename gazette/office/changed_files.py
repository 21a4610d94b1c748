"""The files that stand beside the units' with what a table changes in them: written, and the whole content checked with
them; what is wrong is told at its cell."""

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
    """What one row makes of a passage of an article; `tell` gives a problem of it at its cell, `unspliceable` is told
    where the program cannot write it."""

    new: NewPassage
    tell: Callable[[Problem], Problem]
    unspliceable: Problem


class Rows(NamedTuple):
    """What rows change in a file: values of its records, or of the head of an article; and passages."""

    values: list[Placed]
    passages: list[PlacedPassage]


class ChangedFile(NamedTuple):
    """A file of the content: where it lies, its path as an editor types it, its bytes before and after."""

    place: Path
    shown: str
    before: bytes
    data: bytes


def changed_files(content: OpenContent, rows: Mapping[Path, Rows], problems: list[Problem]) -> list[ChangedFile]:
    """The files with what rows change in them. What cannot be written is noted at its cell."""
    found = []
    for place, own in rows.items():
        shown = content.opened.diagnostics.display(place)
        before = content.opened.listing.bytes_of(place)
        try:
            found.append(ChangedFile(place, shown, before, _written(shown, before, own)))
        except (CannotWrite, FileProblems):
            problems += _unspliceable(shown, before, own)
    return found


def content_with(
    content: OpenContent, files: Sequence[ChangedFile], units: Sequence[ChangedUnit], rows: Mapping[Path, Rows]
) -> tuple[OpenContent, list[Problem]]:
    """The content had it these files, where it is right; else the content as it is, and what is wrong: at its cell,
    where it is of one."""
    listing = content.opened.listing
    changed = {listing.name(each.place): each.data for each in files}
    changed |= {listing.name(each.unit.path): each.bytes for each in units}
    try:
        return open_content(listing.with_bytes(changed)), []
    except ContentError as error:
        own = {each.shown: each for each in files}
        told = (_told(each, own[each.path], rows) if each.path in own else each for each in error.problems)
        return content, list(dict.fromkeys(told))


def _written(shown: str, before: bytes, rows: Rows) -> bytes:
    values = [change for each in rows.values for change in each.changes]
    if not shown.endswith(".md"):
        return spliced(shown, before, values)
    puts = [each for each in values if isinstance(each, Put)]
    return spliced_article(shown, before, puts, [each.new for each in rows.passages])


def _unspliceable(shown: str, before: bytes, rows: Rows) -> Iterator[Problem]:
    """The rows that cannot be written alone; all of them where each could."""
    each_alone = [(each.unspliceable, Rows([each], [])) for each in rows.values]
    each_alone += [(passage.unspliceable, Rows([], [passage])) for passage in rows.passages]
    found = [problem for problem, alone in each_alone if not _is_spliceable(shown, before, alone)]
    yield from found or (problem for problem, _ in each_alone)


def _is_spliceable(shown: str, before: bytes, rows: Rows) -> bool:
    try:
        _written(shown, before, rows)
    except (CannotWrite, FileProblems):
        return False
    return True


def _told(problem: Problem, file: ChangedFile, rows: Mapping[Path, Rows]) -> Problem:
    """A problem of a new file at the cell that it comes from: of an article, at the passage that it stands in."""
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
    """Whether a problem stands in the line of a value of an article's head."""
    lines = file.data.decode("utf-8", "replace").splitlines()
    return 0 < problem.line <= len(lines) and lines[problem.line - 1].startswith(f"{row.loc[0]}:")
