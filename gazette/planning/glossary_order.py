"""Sorts the terms of the glossary in the order of each language."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from gazette.lazy_re import pattern
from gazette.site.views.glossary import TermView

_CODES = {"Hans": "gb18030", "Hant": "big5hkscs"}
"""Encodings whose byte order is that of their script's dictionaries. GB 18030 holds GB/T 2312, sorted by pinyin (the
common characters; the rest follow by radical); Big5 is sorted by number of strokes."""

_OTHER_SOUNDS = (
    (pattern("(?<=反)弹|弹(?=性)"), "谈"),
    (pattern("(?<=[区市县镇乡村局处科所站队组河湖林路])长(?!江)"), "掌"),
    (pattern("重(?=[复新返])"), "虫"),
    (pattern("(?<=[协空])调|调(?=[整解节和])"), "条"),
    (pattern("(?<=银)行|行(?=业)"), "航"),
    (pattern("率(?=先)|(?<=表)率"), "帅"),
)
"""Words in which a character has another reading than its place in GB/T 2312 assumes, each with a character of that
reading."""

_OPENING = "“‘「『《\"'"


def is_by_pinyin(script: str) -> bool:
    """True if terms in a script (ISO 15924) are sorted by pinyin."""
    return _CODES.get(script) == "gb18030"


def in_order(terms: Iterable[TermView], script: str, passed_over: Collection[str]) -> tuple[TermView, ...]:
    """Sort terms by the order of their `script` (ISO 15924). Opening quotes do not count, nor does a first word that is
    in `passed_over`, such as an article."""
    return tuple(sorted(terms, key=lambda term: _sort_key(term.term, script, passed_over)))


def _sort_key(term: str, script: str, passed_over: Collection[str]) -> tuple[bytes, str]:
    term = term.lower().lstrip(_OPENING)
    first, space, rest = term.partition(" ")
    if space and first in passed_over:
        term = rest.lstrip(_OPENING)
    for characters, read in _OTHER_SOUNDS:
        term = characters.sub(read, term)
    return term.encode(_CODES.get(script, "utf-8"), "replace"), term
