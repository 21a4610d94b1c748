"""Replaces passages and head values in the files of articles; all other lines keep their bytes."""

from __future__ import annotations

from collections.abc import Sequence

from gazette.lazy_re import pattern
from gazette.model.text.flow import PART
from gazette.model.translated.passages import Passage, blocks
from gazette.office.file_lines import Edit, FileLines
from gazette.office.splice import Put, spliced
from gazette.office.yaml_writing import CannotWrite

_MARKED = pattern(r"(?m)^(?:[ \t]+\S|[-*+>|`~=]|\d+[.)])")
"""What may begin a list, a table, a quotation or code, where a line end does not end a paragraph."""

NewPassage = tuple[Passage, str]
"""A passage, and its new text."""


def words_of(text: str) -> str:
    """Return what somebody wrote, without invisible characters at the end of lines and of the text."""
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def in_paragraphs(words: str, passage: Passage) -> str:
    """Return what somebody wrote for a passage. In prose with one line a paragraph, each new line becomes a
    paragraph."""
    alike = (words, passage.source, passage.translation)
    if any(_MARKED.search(each) for each in alike) or any("\n" in each.replace(PART, "") for each in alike[1:]):
        return words
    return PART.join(line for line in words.split("\n") if line.strip())


def spliced_article(path: str, data: bytes, head: Sequence[Put], body: Sequence[NewPassage]) -> bytes:
    """Return the bytes of an article with some values in its head and some passages replaced.

    The passages are those of the file as it is; `path` is as an editor types it. Raises FileProblems; CannotWrite for
    what `spliced` cannot write, and if a passage would change what surrounds it.
    """
    before = FileLines(path, data)
    first = _end_of_head(before) + 1
    new = before.edited([_edit(before, first, passage, words) for passage, words in body])
    _check(before, FileLines(path, new), first, body)
    if not head:
        return new
    lines = FileLines(path, new)
    end = _end_of_head(lines)
    written = spliced(path, "".join(lines.raw[1:end]).encode("utf-8"), head).decode("utf-8")
    return lines.mark + "".join([lines.raw[0], written, *lines.raw[end:]]).encode("utf-8")


def lines_in(path: str, data: bytes, body: Sequence[NewPassage]) -> list[tuple[int, int]]:
    """Return the lines (from 1, first and last) of each passage after `spliced_article`; `data` are the bytes before
    it."""
    lines = FileLines(path, data)
    first = _end_of_head(lines) + 1
    edits = [_edit(lines, first, passage, words) for passage, words in body]
    ranges = []
    for (passage, words), edit in zip(body, edits, strict=True):
        above = [each for each in edits if (each.start, each.end) < (edit.start, edit.end)]
        above += [each for each in edits[: edits.index(edit)] if (each.start, each.end) == (edit.start, edit.end)]
        grown = sum(each.new.count("\n") - lines.text.count("\n", each.start, each.end) for each in above)
        start = first + 1 + grown + (passage.start if passage.translation else passage.start + 1)
        ranges.append((start, start + words.count("\n")))
    return ranges


def _end_of_head(lines: FileLines) -> int:
    """Return the line (from 0) that ends the head."""
    return next(number for number, line in enumerate(lines.lines) if number and line.rstrip() == "---")


def _edit(lines: FileLines, first: int, passage: Passage, words: str) -> Edit:
    """Return the edit for a passage of the body, which begins at line `first` (from 0). It covers only the lines that
    change."""
    start, end = first + passage.start, first + passage.end
    if start == end:
        return _insert(lines, start, passage.start > 0, words)
    old, new = lines.lines[start:end], words.split("\n")
    while old and new and old[0] == new[0]:
        old, new, start = old[1:], new[1:], start + 1
    while old and new and old[-1] == new[-1]:
        old, new, end = old[:-1], new[:-1], end - 1
    at = lines.offset((start + 1, 1))
    if not old:
        return Edit(at, at, "".join(f"{line}\n" for line in new))
    if not new:
        return Edit(at, lines.offset((end + 1, 1)), "")
    return Edit(at, lines.line_end(lines.offset((end, 1))), "\n".join(new))


def _insert(lines: FileLines, number: int, follows: bool, words: str) -> Edit:
    """Return the edit that inserts a passage before line `number` (from 0), after the passage before it if it `follows`
    one."""
    if not follows:
        at = lines.offset((number + 1, 1))
        return Edit(at, at, f"\n{words}\n" if lines.text[at - 1] == "\n" else f"\n\n{words}\n")
    at = lines.line_end(lines.offset((number, 1)))
    touches = number < len(lines.lines) and lines.lines[number].strip()
    return Edit(at, at, f"\n\n{words}\n" if touches else f"\n\n{words}")


def _check(before: FileLines, after: FileLines, first: int, body: Sequence[NewPassage]) -> None:
    """Raise CannotWrite unless the new body has exactly the blocks of the old one and of the new passages: an unclosed
    quotation, list or code would absorb what follows."""
    kinds = [((2 * each.start, 0), [each.kind]) for each in blocks("\n".join(before.lines[first:]))]
    for number, (passage, words) in enumerate(body, 1):
        inside = range(2 * passage.start, 2 * passage.end)
        kinds = [each for each in kinds if each[0][1] or each[0][0] not in inside]
        order = 2 * passage.start - (not passage.translation)
        kinds.append(((order, number), [block.kind for block in blocks(words)]))
    expected = [kind for _, block_kinds in sorted(kinds) for kind in block_kinds]
    if [block.kind for block in blocks("\n".join(after.lines[first:]))] != expected:
        raise CannotWrite
