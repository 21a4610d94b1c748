"""The order of the terms of the glossary in each language."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from gazette.lazy_re import pattern
from gazette.site.views.glossary import TermView

_CODES = {"Hans": "gb18030", "Hant": "big5hkscs"}
"""Codes whose characters stand in the order of their script's dictionaries: those of GB/T 2312, which GB 18030 holds,
by pinyin (the common ones first, the rest after them by radical), those of Big5 by the number of their strokes."""

_OTHER_SOUNDS = (
    (pattern("(?<=反)弹|弹(?=性)"), "谈"),
    (pattern("(?<=[区市县镇乡村局处科所站队组河湖林路])长(?!江)"), "掌"),
    (pattern("重(?=[复新返])"), "虫"),
    (pattern("(?<=[协空])调|调(?=[整解节和])"), "条"),
    (pattern("(?<=银)行|行(?=业)"), "航"),
    (pattern("率(?=先)|(?<=表)率"), "帅"),
)
"""Words in which a character is read otherwise than its place in GB/T 2312 says, and one that is read so."""

_OPENING = "“‘「『《\"'"


def is_by_pinyin(script: str) -> bool:
    """Whether terms in a script (ISO 15924) stand in the order of pinyin."""
    return _CODES.get(script) == "gb18030"


def in_order(terms: Iterable[TermView], script: str, passed_over: Collection[str]) -> tuple[TermView, ...]:
    """Terms in the order of their `script`. Opening quotes do not count, nor does a first word that is passed over,
    such as an article."""
    return tuple(sorted(terms, key=lambda term: _sort_key(term.term, script, passed_over)))


def _sort_key(term: str, script: str, passed_over: Collection[str]) -> tuple[bytes, str]:
    term = term.lower().lstrip(_OPENING)
    first, space, rest = term.partition(" ")
    if space and first in passed_over:
        term = rest.lstrip(_OPENING)
    for characters, read in _OTHER_SOUNDS:
        term = characters.sub(read, term)
    return term.encode(_CODES.get(script, "utf-8"), "replace"), term
