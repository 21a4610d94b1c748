"""Reads the records of translations outside unit files, and finds translations older than their sources."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from gazette.messages.problems import FileProblems, Problem, clip
from gazette.model.records.content import SharedContent
from gazette.model.records.notices import NoticeFile
from gazette.model.records.stale_texts import StaleText
from gazette.model.translated.shared_texts import SharedText, notice_texts, shared_texts
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.file_reader import read_file
from gazette.reading.files.listing import OF_NOTICES, OF_SHARED, TRANSLATIONS
from gazette.reading.translations import Pairs
from gazette.reading.unit_loader import SourceFile, read_pairs
from gazette.reading.yaml.nodes import Node
from gazette.reading.yaml.parser import compose

LONGEST = 60
"""The number of characters of a passage that a message shows."""


def records_of(diagnostics: Diagnostics, name: str) -> SourceFile | None:
    """The records with this name; None if there are none, or if they cannot be read, with the problem in
    `diagnostics`."""
    path = diagnostics.root / TRANSLATIONS / f"{name}.tsv"
    read = read_file(diagnostics, path) if diagnostics.files.kind(path) is not None else None
    return SourceFile(*read[:2]) if read else None


def right_of(diagnostics: Diagnostics, name: str) -> Pairs:
    """The confirmed pairs in the records with this name."""
    file = records_of(diagnostics, name)
    return read_pairs(diagnostics, file) if file else frozenset()


def with_stale(diagnostics: Diagnostics, content: SharedContent, release: bool) -> SharedContent:
    """The shared content with its stale translations, which are problems for a `release`."""
    texts = shared_texts(content, right_of(diagnostics, OF_SHARED))
    return replace(content, stale=_stale(diagnostics, texts, release))


def notices_with_stale(
    diagnostics: Diagnostics, notices: Iterable[NoticeFile], languages: tuple[str, ...], release: bool
) -> list[NoticeFile]:
    """The notices with their stale translations, which are problems for a `release`, except in drafts."""
    right = right_of(diagnostics, OF_NOTICES)
    return [
        replace(
            file,
            stale=_stale(diagnostics, notice_texts(file, languages, right), release and not file.notice.draft),
        )
        for file in notices
    ]


def _stale(diagnostics: Diagnostics, texts: Iterable[SharedText], release: bool) -> tuple[StaleText, ...]:
    stale = [each for each in texts if each.is_stale]
    for each in stale if release else ():
        display_path = diagnostics.display(diagnostics.root / each.file)
        spot, values = spot_of(diagnostics, each), {"found": each.text.key, "language": each.language}
        if each.passage and not each.passage.translation:
            values["found"] = clip(each.passage.source, LONGEST)
            diagnostics.add(Problem.at(display_path, *spot, "passage_untranslated", **values))
        else:
            diagnostics.add(
                Problem.at(display_path, *spot, "shared_translation_stale", owner=each.text.owner, **values)
            )
    return tuple(
        StaleText(each.text.owner, each.text.key, (*each.text.loc, each.language), each.language) for each in stale
    )


def spot_of(diagnostics: Diagnostics, text: SharedText) -> tuple[int, int]:
    """(line, column), from 1, of a translation or of the place for it."""
    display_path = diagnostics.display(diagnostics.root / text.file)
    if text.file.endswith(".yaml"):
        node = diagnostics.node(display_path, (*text.text.loc, text.language))
        return node.line, node.column
    lines = diagnostics.texts[display_path].split("\n")
    end = next(number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---")
    if text.passage:
        return end + 2 + text.passage.start, 1
    node = _head(display_path, lines[1:end]).find(text.text.loc)
    return node.line, node.column


def _head(display_path: str, lines: list[str]) -> Node:
    """The head of an article, with lines as in its file."""
    try:
        return compose(display_path, "\n".join(["", *lines]))
    except FileProblems:
        return Node(1, 1)
