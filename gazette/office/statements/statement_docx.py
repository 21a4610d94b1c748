"""Reads the text of a Word file: its paragraphs, with the numbers that Word only displays, and problems with the
rest."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser

from gazette.messages.problems import FileProblems, Problem
from gazette.office.statements.statement_text import SourceText, TextLine, fit
from gazette.office.statements.word_package import COUNTED, DOCUMENT, NOTED, WordText, missing, plain_word

MAX_UNPACKED = 100_000_000
"""The most bytes of an unpacked file; a larger one is not a statement."""

_BLOCKS = ("p", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6")


def read_docx(path: str, data: bytes) -> SourceText:
    """Return the paragraphs of a Word file as lines, numbered from 1.

    The rows of a table are paragraphs too, and text boxes follow the paragraph that they are anchored to. The problems
    name all that Word shows and that is not in the lines, or not as it is shown. Raises FileProblems if it is not a
    Word file, or mammoth is not installed.
    """
    try:
        import mammoth
    except ImportError:
        cure = f"{sys.executable} -m pip install mammoth"
        raise FileProblems([Problem.at(path, 0, 0, "statement_package", found="mammoth", cure=cure)]) from None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > MAX_UNPACKED:
                raise FileProblems([Problem.at(path, 0, 0, "file_too_large", limit=MAX_UNPACKED)])
            packed.getinfo(DOCUMENT)
        word = plain_word(data)
        html = mammoth.convert_to_html(io.BytesIO(word.data)).value
    except FileProblems:
        raise
    except Exception:  # whatever fails, the file is not what it should be
        raise FileProblems([Problem.at(path, 0, 0, "statement_docx")]) from None
    return _text_of(path, html, word)


def _text_of(path: str, html: str, word: WordText) -> SourceText:
    reader = _Paragraphs()
    reader.feed(html)
    reader.close()
    text, unfit = fit(path, "\n".join(reader.paragraphs))
    lines = [
        TextLine(number, part)
        for number, paragraph in enumerate(text.split("\n"), 1)
        for words in paragraph.split("\r")
        if (part := words.replace("\t", " ").strip())
    ]
    if not lines:
        raise FileProblems([Problem.at(path, 1, 1, "file_empty")])
    return SourceText(tuple(lines), (*unfit, *_told(path, reader, word)))


def _told(path: str, reader: _Paragraphs, word: WordText) -> Iterator[Problem]:
    """Yield what an editor has to compare with the printed statement."""
    if reader.counted:
        yield Problem.at(path, reader.counted[0], 1, "statement_counted", n=len(reader.counted))
    if reader.pictures:
        yield Problem.at(path, reader.pictures[0], 1, "statement_pictures", n=len(reader.pictures))
    for line, words in zip(reader.noted, word.notes, strict=False):
        yield Problem.at(path, line, 1, "statement_note", found=words)
    for words in word.around:
        yield Problem.at(path, 1, 1, "statement_around", found=words)
    for words in missing(word, "".join(reader.paragraphs)):
        yield Problem.at(path, 1, 1, "statement_unread", found=words)
    for code, n in (
        ("statement_changes", word.changes),
        ("statement_boxes", word.boxes),
        ("statement_comments", word.comments),
    ):
        if n:
            yield Problem.at(path, 1, 1, code, n=n)


class _Paragraphs(HTMLParser):
    """Collects the paragraphs of mammoth's HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.paragraphs: list[str] = []
        self.counted: list[int] = []
        """The paragraphs (from 1) whose number was counted."""
        self.pictures: list[int] = []
        """The paragraphs that a picture precedes."""
        self.noted: list[int] = []
        """The paragraphs that the notes belong to."""
        self._words: list[str] = []
        self._cells = 0
        """How many table cells are open. The cells of a row form one line; further paragraphs of a cell form others."""
        self._joins = False

    def handle_starttag(self, tag: str, _: object) -> None:
        """Begin a paragraph or a cell, or note a line break or a picture."""
        if tag in ("td", "th"):
            self._cells, self._joins = self._cells + 1, True
            self._words += [" "] if self._words else []
        elif tag in _BLOCKS and self._joins:
            self._joins = False
        elif tag in _BLOCKS:
            self._end()
        if tag == "br":
            self._words.append("\r")
        elif tag == "img":
            self.pictures.append(len(self.paragraphs) + 1)

    def handle_endtag(self, tag: str) -> None:
        """End a paragraph or a cell."""
        if tag in ("td", "th"):
            self._cells, self._joins = self._cells - 1, False
        elif tag == "tr" or (tag in _BLOCKS and not self._cells):
            self._end()

    def handle_data(self, data: str) -> None:
        """Add words, and note the signs of counted numbers and notes."""
        here = len(self.paragraphs) + 1
        self.counted += [here] * data.count(COUNTED)
        self.noted += [here] * data.count(NOTED)
        data = data.replace(COUNTED, "").replace(NOTED, "")
        self._words.append(data.replace("\n", " ").replace("\r", " "))

    def close(self) -> None:
        """End the last paragraph."""
        super().close()
        self._end()

    def _end(self) -> None:
        words = "".join(self._words)
        if words.strip():
            self.paragraphs.append(words)
        self._words = []
