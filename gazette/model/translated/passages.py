"""Pairs the blocks of an article's body in one language with those of the source.

A block is a heading, a paragraph, a list, a table, a quotation or a piece of code. Pairs of blocks that were confirmed
are fixed points. The blocks between two fixed points are paired one by one if both sides have the same kinds, otherwise
heading by heading, otherwise as a whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from gazette.model.text.markdown import parse
from gazette.model.translated.translations import Pair, digest

MOST_BLOCKS = 1_000
"""Bodies with more blocks are not searched for fixed points, because that would take too long."""


class Block(NamedTuple):
    """A block of a body: its kind (`h2`, `paragraph_open`, …) and its lines from 0, `end` excluded."""

    kind: str
    start: int
    end: int

    @property
    def is_heading(self) -> bool:
        """True for a heading; its kind gives its level."""
        return self.kind[1:].isdecimal()


class Passage(NamedTuple):
    """A piece of an article as written in the source and in a translation.

    One of both may be "": the translation if there is none yet. `start` and `end` are its lines in the translation's
    body (from 0, `end` excluded); if the translation is "", they are equal and mark where it belongs. `kinds` are the
    kinds of the source's blocks, `parts` the texts of the translation's blocks.
    """

    source: str
    translation: str
    start: int
    end: int
    kinds: tuple[str, ...]
    parts: tuple[str, ...]

    def pair(self, key: str, language: str) -> Pair:
        """The pair of digests that the passage has now, in `language`."""
        return Pair(key, language, digest(self.source), digest(self.translation))

    def is_stale(self, key: str, language: str, right: Collection[Pair]) -> bool:
        """True if the translation, or one of its blocks, belongs to another wording of the source. `right` are the
        confirmed pairs of this article's passages in this language."""
        confirmed = {pair.translation for pair in right}
        return self.pair(key, language) not in right and any(
            digest(part) in confirmed for part in (self.translation, *self.parts) if part
        )


def blocks(body: str) -> list[Block]:
    """The blocks of a Markdown body, in order."""
    lines, body_blocks = body.split("\n"), []
    for token in parse(body)[0]:
        if token.level == 0 and token.nesting >= 0 and token.map:
            start, end = token.map
            while end > start + 1 and not lines[end - 1].strip():
                end -= 1
            body_blocks.append(Block(token.tag if token.type == "heading_open" else token.type, start, end))
    return body_blocks


def passages(source: str, body: str, right: Collection[Pair]) -> list[Passage]:
    """The passages of an article, from two bodies. `right` are the confirmed pairs of this article in this language.

    Each line of a block is in exactly one passage. If all pairs by kind are confirmed, they stay, however often a block
    is repeated.
    """
    ours, theirs = _Body(source), _Body(body)
    plain = _passages(ours, theirs, _matched(ours.blocks, theirs.blocks))
    confirmed = {pair[2:] for pair in right}
    if all((digest(each.source), digest(each.translation)) in confirmed for each in plain if each.translation):
        return plain
    runs = (run for between in _between(ours, theirs, right) for run in _matched(*between))
    return _passages(ours, theirs, runs)


def _passages(ours: _Body, theirs: _Body, runs: Iterable[Run]) -> list[Passage]:
    """The passages of two bodies, from their paired blocks."""
    end, made = 0, []
    for mine, other in _gathered(runs):
        start = other[0].start if other else end
        end = other[-1].end if other else end
        parts = tuple(map(theirs.words, other))
        kinds = tuple(each.kind for each in mine)
        made.append(
            Passage(
                source=ours.lines_of(mine),
                translation=theirs.lines_of(other),
                start=start,
                end=end,
                kinds=kinds,
                parts=parts,
            )
        )
    return made


def _gathered(runs: Iterable[Run]) -> list[Run]:
    """The runs, with those that have no source block merged into the run before, or else the one after."""
    merged: list[Run] = []
    for mine, other in runs:
        if not mine and merged:
            merged[-1] = (merged[-1][0], [*merged[-1][1], *other])
        elif merged and not merged[-1][0]:
            merged[-1] = (mine, [*merged[-1][1], *other])
        else:
            merged.append((mine, other))
    return merged


class _Body:
    """A body with its lines and blocks."""

    def __init__(self, text: str) -> None:
        self.lines, self.blocks = text.split("\n"), blocks(text)

    def words(self, block: Block) -> str:
        """The text of a block."""
        return self.lines_of([block])

    def lines_of(self, run: Sequence[Block]) -> str:
        """The text from the first to the last block of `run`; "" if it is empty."""
        return "\n".join(self.lines[run[0].start : run[-1].end]) if run else ""


Run = tuple[list[Block], list[Block]]
"""Blocks of the source, and the blocks of the translation that belong to them."""


def _between(ours: _Body, theirs: _Body, right: Collection[Pair]) -> Iterator[Run]:
    """The fixed points of two bodies and the runs between them, in order."""
    done, other = 0, 0
    for one, two in [*_fixed(ours, theirs, right), (len(ours.blocks), len(theirs.blocks))]:
        if done < one or other < two:
            yield ours.blocks[done:one], theirs.blocks[other:two]
        yield from [([ours.blocks[one]], [theirs.blocks[two]])] if one < len(ours.blocks) else []
        done, other = one + 1, two + 1


def _fixed(ours: _Body, theirs: _Body, right: Collection[Pair]) -> list[tuple[int, int]]:
    """The indexes (source, translation) of blocks that form a confirmed pair."""
    if not right or max(len(ours.blocks), len(theirs.blocks)) > MOST_BLOCKS:
        return []
    sources = [digest(ours.words(block)) for block in ours.blocks]
    source_digests = {*sources}
    meant = {pair.translation: pair.source for pair in sorted(right) if pair.source in source_digests}
    translations = [meant.get(digest(theirs.words(block)), "") for block in theirs.blocks]
    return _in_common(sources, translations)


def _in_common(one: Sequence[str], two: Sequence[str]) -> list[tuple[int, int]]:
    """The indexes of entries that two lists have in common, in order. Common beginnings and ends are taken first, since
    the longest run alone could move a repeated entry."""
    shorter = min(len(one), len(two))
    start = next((n for n in range(shorter) if one[n] != two[n]), shorter)
    end = next((n for n in range(shorter - start) if one[-1 - n] != two[-1 - n]), shorter - start)
    inner = SequenceMatcher(None, one[start : len(one) - end], two[start : len(two) - end], autojunk=False)
    between = [(a + n + start, b + n + start) for a, b, size in inner.get_matching_blocks() for n in range(size)]
    after = [(len(one) - n, len(two) - n) for n in range(end, 0, -1)]
    return [*((n, n) for n in range(start)), *between, *after]


def _matched(mine: list[Block], other: list[Block]) -> Iterator[Run]:
    """Split the blocks between two fixed points into the smallest runs that can be paired."""
    if not other:
        yield from (([block], []) for block in mine)
    elif _kinds(mine) == _kinds(other):
        yield from (([one], [two]) for one, two in zip(mine, other, strict=True))
    elif any(block.is_heading for block in mine) and _levels(mine) == _levels(other):
        for one, two in zip(_sections(mine), _sections(other), strict=True):
            yield from _matched(one, two) if one and two and _kinds(one) == _kinds(two) else _section(one, two)
    else:
        yield mine, other


def _section(mine: list[Block], other: list[Block]) -> Iterator[Run]:
    """Pair the two headings, and what follows them as a whole."""
    if mine and other and mine[0].is_heading:
        yield mine[:1], other[:1]
        mine, other = mine[1:], other[1:]
    if mine and not other:
        yield from _matched(mine, other)
    elif mine or other:
        yield mine, other


def _kinds(run: Sequence[Block]) -> list[str]:
    return [block.kind for block in run]


def _levels(run: Sequence[Block]) -> list[str]:
    return [block.kind for block in run if block.is_heading]


def _sections(run: list[Block]) -> list[list[Block]]:
    """Split blocks at headings: those before the first heading, then each heading with what follows it."""
    starts = [number for number, block in enumerate(run) if block.is_heading]
    return [run[start:end] for start, end in zip([0, *starts], [*starts, len(run)], strict=True)]


def headings(words: str) -> tuple[str, ...]:
    """The kinds of the headings in a piece of a body."""
    return tuple(block.kind for block in blocks(words) if block.is_heading)
