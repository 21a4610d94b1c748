"""The text of a Word file: its paragraphs, with the numbers that Word only shows."""

from __future__ import annotations

import io
import sys
import zipfile
from html.parser import HTMLParser

from gazette.messages.problems import FileProblems, Problem
from gazette.office.statements.statement_text import SourceText, TextLine, fit

MAX_UNPACKED = 100_000_000
"""Bytes. A file that is larger once it is unpacked is no statement."""

_BLOCKS = ("p", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6")


def read_docx(path: str, data: bytes) -> SourceText:
    """The paragraphs of a Word file as lines, numbered from 1; the rows of a table are paragraphs too. What is told:
    that automatic numbers were counted, and pictures. Raises FileProblems where it is no Word file, or what reads it is
    not installed."""
    try:
        import mammoth
    except ImportError:
        cure = f"{sys.executable} -m pip install mammoth"
        raise FileProblems([Problem.at(path, 0, 0, "statement_package", found="mammoth", cure=cure)]) from None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > MAX_UNPACKED:
                raise FileProblems([Problem.at(path, 0, 0, "file_too_large", limit=MAX_UNPACKED)])
            packed.getinfo("word/document.xml")
        html = mammoth.convert_to_html(io.BytesIO(data)).value
    except FileProblems:
        raise
    except Exception:  # whatever it stumbles over: the file is not what it should be
        raise FileProblems([Problem.at(path, 0, 0, "statement_docx")]) from None
    return _text_of(path, html)


def _text_of(path: str, html: str) -> SourceText:
    reader = _Paragraphs()
    reader.feed(html)
    reader.close()
    text, told = fit(path, "\n".join(reader.paragraphs))
    lines = [
        TextLine(number, part)
        for number, paragraph in enumerate(text.split("\n"), 1)
        for words in paragraph.split("\r")
        if (part := words.replace("\t", " ").strip())
    ]
    if not lines:
        raise FileProblems([Problem.at(path, 1, 1, "file_empty")])
    more = []
    if reader.counted:
        more.append(Problem.at(path, reader.counted[0], 1, "statement_counted", n=len(reader.counted)))
    if reader.pictures:
        more.append(Problem.at(path, reader.pictures[0], 1, "statement_pictures", n=len(reader.pictures)))
    return SourceText(tuple(lines), (*told, *more))


class _Paragraphs(HTMLParser):
    """Gathers the paragraphs of mammoth's HTML. Items of a numbered list are given the numbers that Word shows."""

    def __init__(self) -> None:
        super().__init__()
        self.paragraphs: list[str] = []
        self.counted: list[int] = []
        """The paragraphs (from 1) whose number was counted."""
        self.pictures: list[int] = []
        """The paragraphs before which a picture stands."""
        self._words: list[str] = []
        self._lists: list[int | None] = []
        """Of each list that is open the number of the item before; None where its items have none."""

    def handle_starttag(self, tag: str, _: object) -> None:
        if tag in _BLOCKS:
            self._end()
        if tag in ("ol", "ul"):
            self._end()
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li" and self._lists and self._lists[-1] is not None:
            number = self._lists[-1] = self._lists[-1] + 1
            self.counted.append(len(self.paragraphs) + 1)
            self._words.append(f"{number}．" if len(self._lists) == 1 else f"（{number}）")
        elif tag == "br":
            self._words.append("\r")
        elif tag == "img":
            self.pictures.append(len(self.paragraphs) + 1)
        elif tag in ("td", "th") and self._words:
            self._words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS or tag in ("ol", "ul"):
            self._end()
        if tag in ("ol", "ul"):
            self._lists.pop()

    def handle_data(self, data: str) -> None:
        self._words.append(data.replace("\n", " ").replace("\r", " "))

    def close(self) -> None:
        super().close()
        self._end()

    def _end(self) -> None:
        words = "".join(self._words)
        if words.strip():
            self.paragraphs.append(words)
        self._words = []
