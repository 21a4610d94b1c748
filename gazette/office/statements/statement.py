"""Divides a statement into title, units with their signatories, and the items that each promised. No character is
lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from gazette.lazy_re import pattern
from gazette.messages.problems import Problem
from gazette.model.records.unit_parts import UnitKind
from gazette.model.text.flow import joined
from gazette.office.statements.statement_heads import Head, Signatory, find_heads, kind_of_unit, signatories_in
from gazette.office.statements.statement_items import Mark, find_items, label, problems_of
from gazette.office.statements.statement_text import SourceText, TextLine, size

_END = pattern("[。！？；：!?;:…）)》」』”]$")
_BEGINS = pattern(
    r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)、.．是要]|[①-⑳]|第[一二三四五六七八九十]{1,3}[，,、]"
)
_END_INSIDE = pattern("[。！？；]")
SENTENCE = pattern("[。！？；，,;]")
"""Punctuation that a line has if it is more than a name, a title or a few words such as “下一步”."""


class Item(msgspec.Struct, frozen=True):
    """What becomes a draft pledge: the number as printed ("" if there is none), the paragraph of the unit (from 1) and
    the line of the file where it begins, and its wording, paragraph by paragraph."""

    label: str
    paragraph: int
    line: int
    wording: tuple[str, ...]


class UnitStatement(msgspec.Struct, frozen=True):
    """The statement of one unit. `rest` is everything outside items, in order: the head, what introduces the items,
    what follows them. `unnumbered` are the paragraphs among it that have no number (line and words)."""

    name: str
    kind: UnitKind
    signatories: tuple[Signatory, ...]
    line: int
    paragraphs: int
    items: tuple[Item, ...]
    rest: tuple[str, ...]
    unnumbered: tuple[tuple[int, str], ...] = ()

    @property
    def size(self) -> int:
        """How many characters of the statement it holds."""
        return sum(map(size, self.rest)) + sum(size(words) for item in self.items for words in item.wording)

    @property
    def is_numbered(self) -> bool:
        """True if any item has a number."""
        return any(item.label for item in self.items)


class Statement(msgspec.Struct, frozen=True):
    """A whole statement: its title, the lines that belong to no unit, the units, and the problems (`told`) to
    report."""

    title: tuple[TextLine, ...]
    strays: tuple[TextLine, ...]
    units: tuple[UnitStatement, ...]
    told: tuple[Problem, ...]


def split(path: str, source: SourceText) -> Statement:
    """Divide the statement of a file, whose path is `path` as an editor types it."""
    heads = find_heads(source.lines)
    if not heads:
        return Statement((), source.lines, (), source.told)
    above = source.lines[: heads[0].places[0]]
    title = _title(above)
    ends = [*(head.places[0] for head in heads[1:]), len(source.lines)]
    units, problems_found = [], list(source.told)
    for head, end in zip(heads, ends, strict=True):
        unit, problems = _unit(path, head, source.lines, end)
        units.append(unit)
        problems_found += problems
    return Statement(title, above[len(title) :], tuple(units), tuple(problems_found))


def _title(lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
    """Return the lines at the top that are not sentences."""
    count = next((n for n, line in enumerate(lines) if _END_INSIDE.search(line.text)), len(lines))
    return tuple(lines[:count])


# ── one unit ─────────────────────────────────────────────────────────────────


class _Paragraph(msgspec.Struct, frozen=True):
    line: int
    text: str


def _unit(path: str, head: Head, lines: Sequence[TextLine], end: int) -> tuple[UnitStatement, list[Problem]]:
    head_lines = [lines[index] for index in head.places]
    body = [line for index, line in enumerate(lines[:end]) if index > head.places[0] and index not in head.places]
    signatories = head.signatories
    signed = [line for line in body if signatories_in(line.text)]
    if not signatories and signed:  # they signed below what they promise
        signatories = tuple(each for line in signed for each in signatories_in(line.text))
    notes = [] if signatories else [Problem.at(path, head_lines[0].number, 1, "statement_unsigned", found=head.name)]
    notes += [
        Problem.at(path, line.number, 1, "statement_signature", found=line.text) for line in signed if head.signatories
    ]
    paragraphs = list(_paragraphs(line for line in body if line not in signed))
    items, rest, problems = _items(path, paragraphs)
    parts = (*(line.text for line in head_lines), *(words for _, words in rest), *(line.text for line in signed))
    if not items:
        notes.append(Problem.at(path, head_lines[0].number, 1, "statement_bare", found=head.name))
    unit = UnitStatement(
        name=head.name,
        kind=kind_of_unit(head.name, signatories),
        signatories=signatories,
        line=head_lines[0].number,
        paragraphs=len(paragraphs),
        items=tuple(items),
        rest=parts,
        unnumbered=tuple(rest),
    )
    return unit, [*notes, *problems]


def _paragraphs(lines: Iterator[TextLine]) -> Iterator[_Paragraph]:
    """Yield the paragraphs of a text: one a line, except where a line was broken because it was full."""
    open_: list[TextLine] = []
    for line in lines:
        broken = open_ and line.follows and not line.indented and not _END.search(open_[-1].text)
        if open_ and not (broken and not _BEGINS.match(line.text)):
            yield _Paragraph(open_[0].number, joined("\n".join(each.text for each in open_)))
            open_ = []
        open_.append(line)
    if open_:
        yield _Paragraph(open_[0].number, joined("\n".join(each.text for each in open_)))


def _items(path: str, paragraphs: Sequence[_Paragraph]) -> tuple[list[Item], list[tuple[int, str]], list[Problem]]:
    """Return the items of a unit, the text outside them with its lines, and problems. Without numbers each paragraph is
    an item."""
    marks, odd = find_items([paragraph.text for paragraph in paragraphs])
    notes = list(problems_of(path, odd, [paragraph.line for paragraph in paragraphs]))
    if not marks:
        items = [Item("", number, each.line, (each.text,)) for number, each in enumerate(paragraphs, 1)]
        return items, [], notes
    cuts = [(mark.paragraph, mark.begin) for mark in marks]
    rest = list(_between(paragraphs, (0, 0), cuts[0]))
    items, heading = [], list[tuple[int, str]]()
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        stop = _end_of(mark, following)
        inside = [*heading, *_between(paragraphs, (mark.paragraph, mark.begin), stop)]
        if following is not None and len(following.path) > len(mark.path):
            heading = inside  # it is the heading of the items inside it
            continue
        heading = []
        line = paragraphs[mark.paragraph].line
        items.append(Item(label(mark.path), mark.paragraph + 1, line, tuple(words for _, words in inside)))
        next_cut = (following.paragraph, following.begin) if following else (len(paragraphs), 0)
        rest += _between(paragraphs, stop, next_cut)
    return items, rest, notes


def _end_of(mark: Mark, following: Mark | None) -> tuple[int, int]:
    """Return where an item ends: where the next begins; the last of its list ends with its paragraph."""
    if following is not None and (not following.fresh or following.paragraph == mark.paragraph):
        return following.paragraph, following.begin
    return mark.paragraph + 1, 0


def _between(
    paragraphs: Sequence[_Paragraph], begin: tuple[int, int], end: tuple[int, int]
) -> Iterator[tuple[int, str]]:
    """Yield the text between two positions, paragraph by paragraph, each with its line."""
    for number in range(begin[0], min(end[0] + 1, len(paragraphs))):
        text = paragraphs[number].text
        part = text[begin[1] if number == begin[0] else 0 : end[1] if number == end[0] else len(text)].strip()
        if part:
            yield paragraphs[number].line, part
