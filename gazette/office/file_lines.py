"""Edits a content file as text, so that all lines that are not edited keep their bytes."""

from __future__ import annotations

import codecs
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate

import msgspec

from gazette.lazy_re import pattern
from gazette.reading.files.encoding import read_text
from gazette.reading.yaml.checks import Mark

_LINE = pattern("[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


class Edit(msgspec.Struct, frozen=True):
    """A replacement: the text from the offset `start` to `end` becomes `new`."""

    start: int
    end: int
    new: str

    def overlaps(self, other: Edit) -> bool:
        """Return whether both edits change the same characters, or one inserts inside the other."""
        return self.start < other.end and other.start < self.end


class FileLines:
    """The file `path` (as an editor types it) with its bytes. `text` is its text as it is read (`encoding.read_text`):
    without a byte order mark, with LF alone, accents composed. Raises FileProblems."""

    def __init__(self, path: str, data: bytes) -> None:
        self.text = read_text(path, data)
        self.mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
        self.raw: list[str] = _LINE.findall(data.decode("utf-8-sig"))
        self.lines = self.text.split("\n")
        self.starts = [0, *accumulate(len(line) + 1 for line in self.lines)]
        self.newline = next((end for end in ("\r\n", "\r", "\n") if self.raw[0].endswith(end)), "\n")

    def offset(self, mark: Mark) -> int:
        """Return the offset of a line and column (both from 1). A column after the end of the line means its end: in a
        marked text (`flow.marked`) a line can be longer by one."""
        line, column = mark
        if line > len(self.lines):
            return len(self.text)
        return self.starts[line - 1] + min(column - 1, len(self.lines[line - 1]))

    def line_start(self, offset: int) -> int:
        """Return the offset of the start of the line that holds `offset`."""
        return self.text.rfind("\n", 0, offset) + 1

    def line_end(self, offset: int) -> int:
        """Return the offset of the end of the line that holds `offset`, before its LF."""
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else end

    def trimmed(self, offset: int) -> int:
        """Return the offset after the last visible character before `offset`."""
        return len(self.text[:offset].rstrip())

    def edited(self, edits: Iterable[Edit]) -> bytes:
        """Return the bytes with some edits, which must not overlap. Edits at one offset are applied in the given
        order."""
        written: list[str] = []
        done = 0
        for edit in sorted(edits, key=lambda each: (each.start, each.end)):
            written += [*self._kept(done, edit.start), edit.new.replace("\n", self.newline)]
            done = edit.end
        written += self._kept(done, len(self.text))
        return self.mark + "".join(written).encode("utf-8")

    def _kept(self, start: int, end: int) -> Iterable[str]:
        """Return a range of the text in pieces; its whole lines are as they are in the file."""
        first, last = bisect_left(self.starts, start), bisect_right(self.starts, end) - 1
        if end == len(self.text):
            last = len(self.raw)
        if first >= last:
            return [self.text[start:end].replace("\n", self.newline)]
        before, after = self.text[start : self.starts[first]], self.text[self.starts[last] : end]
        return [before.replace("\n", self.newline), *self.raw[first:last], after.replace("\n", self.newline)]
