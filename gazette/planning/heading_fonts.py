"""Splits the heading font into parts, so that a page loads only the parts whose characters its headings hold.

The style sheet tells a browser which characters a part has (`unicode-range`). Han takes most of the bytes, about 150 a
character; so its parts follow what headings say: the names of units; the words of the front page, units and pledges;
themes; programmes; articles; the words of all other pages. Characters that the front page has in common with articles
and all other pages form a part of their own; all other characters that several of these share form another. Each
character is in one part.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from gazette.model.records.content import SharedContent

_LETTERS, _FIGURES = "static/heading.woff2", "static/heading-figures.woff2"
_SIGNS = "static/heading-signs.woff2"
_COMMON, _WORDS = "static/heading-han.woff2", "static/heading-words.woff2"
_UNITS, _FRONT = "static/heading-units.woff2", "static/heading-front.woff2"
_THEMES, _PROGRAMMES = "static/heading-themes.woff2", "static/heading-programmes.woff2"
_ARTICLES, _REST = "static/heading-articles.woff2", "static/heading-more.woff2"

FONT_PATHS = (_LETTERS, _REST, _ARTICLES, _PROGRAMMES, _THEMES, _FRONT, _UNITS, _WORDS, _COMMON, _FIGURES, _SIGNS)
"""The parts, in the order of the style sheet. Where two ranges hold a character, a browser takes the later one."""

_LATIN = (_LETTERS, _FIGURES, _SIGNS)
"""The parts with the characters before Han, and with 正."""

_HAN = 0x2E80
"""The code point where Han and its punctuation begin."""

_OF_LETTERS, _OF_REST = f"U+0-{_HAN - 1:X}", f"U+{_HAN:X}-10FFFF"
_OF_FIGURES = ((0x20, 0x40), (0x5B, 0x60), (0x7B, 0xBF), (0x2000, 0x206F), (ord("正"), ord("正")))
"""Ranges of figures and punctuation: all the characters before Han that headings in Han need. 正 belongs to them: pages
in all languages mention it, as a figure of five strokes."""

_OF_SIGNS = ((0x20, 0x20), (0x26, 0x29), (0x2C, 0x2E), (0x2019, 0x2019))
"""Ranges of what stands between words and in names, so that names need no figures."""


class FontPart(NamedTuple):
    """A file of the heading font: its path, its characters (sorted), and its `unicode-range`."""

    path: str
    characters: str
    range: str


def font_parts(content: SharedContent, units: str, tables: tuple[str, ...]) -> tuple[FontPart, ...]:
    """Return the parts that have any characters, in the order of the style sheet.

    `units` are the characters of the units' names; `tables` are the tables of open data, each of which is a heading of
    the data dictionary.
    """
    said = {
        _REST: _characters(_of_rest(content, tables)),
        _ARTICLES: _characters(_of_articles(content)),
        _PROGRAMMES: _characters(_of_programmes(content)),
        _THEMES: _characters(_of_themes(content)),
        _FRONT: _characters(_of_front(content)),
        _UNITS: _characters(_of_units(content, units)),
    }
    every = set().union(*said.values())
    signs = _within(_OF_SIGNS, every)
    figures = _within(_OF_FIGURES, every) - signs
    latin = {c for c in every if ord(c) < _HAN} | figures
    part_of = {c: _place([path for path in said if c in said[path]]) for c in every - latin}
    han = ((path, {c for c in part_of if part_of[c] == path}) for path in FONT_PATHS if path not in _LATIN)
    parts = (
        (_LETTERS, latin - figures - signs, _OF_LETTERS),
        *((path, characters, _OF_REST if path == _REST else _ranges(characters)) for path, characters in han),
        (_FIGURES, figures, ",".join(f"U+{first:X}-{last:X}" for first, last in _OF_FIGURES)),
        (_SIGNS, signs, _ranges(signs)),
    )
    return tuple(
        FontPart(path, "".join(sorted(characters)), ranges) for path, characters, ranges in parts if characters
    )


def _within(ranges: Iterable[tuple[int, int]], characters: set[str]) -> set[str]:
    return {c for c in characters if any(first <= ord(c) <= last for first, last in ranges)}


def _place(saying: list[str]) -> str:
    """Return the part for a character that occurs in the parts `saying`."""
    if len(saying) == 1 or saying == [_REST, _ARTICLES]:
        return saying[0]
    return _WORDS if {_REST, _ARTICLES, _FRONT}.issuperset(saying) else _COMMON


def _characters(texts: Iterable[str]) -> set[str]:
    return set("".join(texts)) - set("\n\r\t")


def _ranges(characters: set[str]) -> str:
    """Return characters as a `unicode-range`, with neighbours joined into one range."""
    codes = sorted(map(ord, characters))
    firsts = [codes[0], *(b for a, b in pairwise(codes) if b > a + 1)] if codes else []
    lasts = [*(a for a, b in pairwise(codes) if b > a + 1), *codes[-1:]]
    return ",".join(
        f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in zip(firsts, lasts, strict=True)
    )


_UNITS_WORDS = ("heading.units", "heading.ledger", "heading.compare", "heading.themes")
"""Prefixes of the interface's words that the style sheets set in the heading font where units' names are headings."""

_FRONT_WORDS = (
    "n.",
    "result.some",
    "result.none",
    "result.late",
    "kind.",
    "lane.",
    "matrix.head",
    "heading.matrix",
    "heading.map",
    "heading.deadlines",
    "heading.how_to_read",
    "heading.downloads",
    "heading.pledges",
    "heading.taken",
    "heading.joint",
    "heading.line",
    "heading.gist",
    "heading.done_when",
    "heading.look_at",
    "heading.history",
    "heading.cite",
    "heading.status",
)
"""Prefixes of the words set in it on the front page and on the pages of units and pledges."""

_HEADING_WORDS = (
    "heading.",
    "alert.",
    "rhythm.",
    "deadline.period_words",
    "not_found.title",
)
"""Prefixes of the other words set in it."""

_OF_NOTICES = (
    "heading.notices",
    "notice_part.",
    "notice_kinds.",
    "notices.pledges",
    "notices.accountable",
    "notices.year",
)
"""Prefixes of those words that only a site with notices shows."""

_OF_EDITIONS = ("heading.editions", "heading.by_issue", "editions.title", "editions.since", "editions.files")
"""Prefixes of those words that only a site with editions shows."""

_IN_PRINT = ("heading.contents", "heading.summary", "heading.colophon", "heading.statements", "heading.reply")
"""Prefixes of words that occur only in documents, which have fonts of their own."""


def _of_units(content: SharedContent, units: str) -> Iterator[str]:
    yield units
    yield from _words(content, _UNITS_WORDS, ())


def _of_front(content: SharedContent) -> Iterator[str]:
    yield from content.site.title.values()
    yield from content.site.motto.values()
    yield from _words(content, _FRONT_WORDS, ())
    yield "，。年月日"


def _of_themes(content: SharedContent) -> Iterator[str]:
    for theme in content.themes:
        yield from theme.name.values()


def _of_programmes(content: SharedContent) -> Iterator[str]:
    yield from _words(content, ("heading.programmes",), ())
    for programme in content.programmes:
        yield from programme.name.values()


def _of_articles(content: SharedContent) -> Iterator[str]:
    for article in content.articles.values():
        yield article.title
        yield from (line for line in article.body.splitlines() if line.startswith("#"))


def _of_rest(content: SharedContent, tables: tuple[str, ...]) -> Iterator[str]:
    """Yield all other headings, and the characters of dates. Pledge titles, glossary terms and people's names use the
    reader's own fonts."""
    kinds = ((_OF_NOTICES, content.has_notices), (_OF_EDITIONS, bool(content.editions)))
    wanted = [*_HEADING_WORDS, *(f"file.{table}" for table in tables)]
    unwanted = [*_IN_PRINT, *_UNITS_WORDS, *_FRONT_WORDS]
    for names, is_there in kinds:
        (wanted if is_there else unwanted).extend(names)
    yield from _words(content, wanted, unwanted)
    yield from (*string.ascii_letters, *string.digits)
    yield " !%&'()+,-./:;?“”‘’–—…·、：；（）《》"


def _words(content: SharedContent, wanted: Iterable[str], unwanted: Iterable[str]) -> Iterator[str]:
    """Yield the words of the interface whose names begin with one of the prefixes `wanted` and none of `unwanted`."""
    for name, word in content.words.items():
        if name.startswith(tuple(wanted)) and not name.startswith(tuple(unwanted)):
            yield from word.values()
