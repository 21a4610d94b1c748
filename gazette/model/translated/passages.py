"""The passages of an article: which blocks of its body in one language belong to which of the source.

A block is a heading, a paragraph, a list, a table, a quotation or a piece of code. Pairs of blocks that were right are
fixed points. What lies between two of them belongs together: block by block where both sides have the same kinds, else
heading by heading, else as a whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from gazette.model.text.markdown import parse
from gazette.model.translated.translations import Pair, digest

MOST_BLOCKS = 1_000
"""The fixed points of a longer body are not looked for: that would take too long."""


class Block(NamedTuple):
    """A block of a body: its kind (`h2`, `paragraph_open`, …), and its lines from 0, the last one excluded."""

    kind: str
    start: int
    end: int

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading, whose kind is its level."""
        return self.kind[1:].isdecimal()


class Passage(NamedTuple):
    """A piece of an article in the source and in a translation, as it is written there; one of both may be empty, the
    translation where there is none yet. It stands in the lines `start` to `end` (from 0, the last one excluded) of the
    translation's body; where there is none, they are the same, and it belongs behind the block that ends there. `kinds`
    are those of the source's blocks, `parts` what the blocks of the translation say."""

    source: str
    translation: str
    start: int
    end: int
    kinds: tuple[str, ...]
    parts: tuple[str, ...]

    def pair(self, key: str, language: str) -> Pair:
        """What it says now, in `language`."""
        return Pair(key, language, digest(self.source), digest(self.translation))

    def is_stale(self, key: str, language: str, right: Collection[Pair]) -> bool:
        """Whether the translation, or a block of it, belongs to another wording of the source. `right` are the pairs of
        the passages of this article in this language that were right."""
        known = {pair.translation for pair in right}
        return self.pair(key, language) not in right and any(
            digest(part) in known for part in (self.translation, *self.parts) if part
        )


def blocks(body: str) -> list[Block]:
    """The blocks of a Markdown body, in order."""
    lines, found = body.split("\n"), []
    for token in parse(body)[0]:
        if token.level == 0 and token.nesting >= 0 and token.map:
            start, end = token.map
            while end > start + 1 and not lines[end - 1].strip():
                end -= 1
            found.append(Block(token.tag if token.type == "heading_open" else token.type, start, end))
    return found


def passages(source: str, body: str, right: Collection[Pair]) -> list[Passage]:
    """The passages of an article, from two bodies; `right` are the pairs of this article in this language that were
    right. Every line of a block of both is in exactly one of them. Where all is right as the kinds of the blocks have
    it, it stays so, however often a block is repeated."""
    ours, theirs = _Body(source), _Body(body)
    plain = _passages(ours, theirs, _matched(ours.blocks, theirs.blocks))
    known = {pair[2:] for pair in right}
    if all((digest(each.source), digest(each.translation)) in known for each in plain if each.translation):
        return plain
    runs = (run for between in _between(ours, theirs, right) for run in _matched(*between))
    return _passages(ours, theirs, runs)


def _passages(ours: _Body, theirs: _Body, runs: Iterable[Run]) -> list[Passage]:
    """The passages of two bodies from what belongs together."""
    end, told = 0, []
    for mine, other in _gathered(runs):
        start = other[0].start if other else end
        end = other[-1].end if other else end
        parts = tuple(map(theirs.words, other))
        kinds = tuple(each.kind for each in mine)
        told.append(Passage(ours.lines_of(mine), theirs.lines_of(other), start, end, kinds, parts))
    return told


def _gathered(runs: Iterable[Run]) -> list[Run]:
    """The same, where what the source does not say (any more) belongs to what stands before; else to what follows."""
    found: list[Run] = []
    for mine, other in runs:
        if not mine and found:
            found[-1] = (found[-1][0], [*found[-1][1], *other])
        elif found and not found[-1][0]:
            found[-1] = (mine, [*found[-1][1], *other])
        else:
            found.append((mine, other))
    return found


class _Body:
    """A body with its blocks."""

    def __init__(self, text: str) -> None:
        self.lines, self.blocks = text.split("\n"), blocks(text)

    def words(self, block: Block) -> str:
        """What stands in a block."""
        return self.lines_of([block])

    def lines_of(self, run: Sequence[Block]) -> str:
        """What stands from the first to the last of some blocks."""
        return "\n".join(self.lines[run[0].start : run[-1].end]) if run else ""


Run = tuple[list[Block], list[Block]]
"""Blocks of the source, and those of the translation that belong to them."""


def _between(ours: _Body, theirs: _Body, right: Collection[Pair]) -> Iterator[Run]:
    """The fixed points of two bodies, and what lies between them, in order."""
    done, other = 0, 0
    for one, two in [*_fixed(ours, theirs, right), (len(ours.blocks), len(theirs.blocks))]:
        if done < one or other < two:
            yield ours.blocks[done:one], theirs.blocks[other:two]
        yield from [([ours.blocks[one]], [theirs.blocks[two]])] if one < len(ours.blocks) else []
        done, other = one + 1, two + 1


def _fixed(ours: _Body, theirs: _Body, right: Collection[Pair]) -> list[tuple[int, int]]:
    """The numbers of blocks that are a pair that was right."""
    if not right or max(len(ours.blocks), len(theirs.blocks)) > MOST_BLOCKS:
        return []
    sources = [digest(ours.words(block)) for block in ours.blocks]
    there = {*sources}
    meant = {pair.translation: pair.source for pair in sorted(right) if pair.source in there}
    translations = [meant.get(digest(theirs.words(block)), "") for block in theirs.blocks]
    return _in_common(sources, translations)


def _in_common(one: Sequence[str], two: Sequence[str]) -> list[tuple[int, int]]:
    """The numbers of entries that two lists have in common, in order. What they begin and end with alike is taken
    first: the longest run alone would take an entry that is repeated from its place."""
    shorter = min(len(one), len(two))
    start = next((n for n in range(shorter) if one[n] != two[n]), shorter)
    end = next((n for n in range(shorter - start) if one[-1 - n] != two[-1 - n]), shorter - start)
    inner = SequenceMatcher(None, one[start : len(one) - end], two[start : len(two) - end], autojunk=False)
    between = [(a + n + start, b + n + start) for a, b, size in inner.get_matching_blocks() for n in range(size)]
    after = [(len(one) - n, len(two) - n) for n in range(end, 0, -1)]
    return [*((n, n) for n in range(start)), *between, *after]


def _matched(mine: list[Block], other: list[Block]) -> Iterator[Run]:
    """What lies between two fixed points, in as small pieces as can be told."""
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
    """A heading with the other one, and what follows it as a whole."""
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
    """What stands before the first heading, then each heading with what follows it."""
    starts = [number for number, block in enumerate(run) if block.is_heading]
    return [run[start:end] for start, end in zip([0, *starts], [*starts, len(run)], strict=True)]


def headings(words: str) -> tuple[str, ...]:
    """The kinds of the headings in a piece of a body."""
    return tuple(block.kind for block in blocks(words) if block.is_heading)
