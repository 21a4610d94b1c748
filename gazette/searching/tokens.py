"""The tokens by which texts are found. `templates/static/search.js` makes the same ones of what a reader types; a test
proves it.

Han is cut into pairs of neighbours: no dictionary has to agree with another one, and parts of words are found too. What
is written with spaces is cut into words, of which endings are taken off.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from operator import add

from gazette.lazy_re import pattern

_HAN = r"\u3005\u3007\u3041-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
"""Han and kana: no space stands between words."""

_LETTERS = r"0-9a-z\u00df-\u02ff\u0370-\u1fff\u2c00-\u2dff\ua640-\uabff"
"""Figures, and the small letters of all other scripts, as NFKD leaves them (Hangul is jamo then)."""

_RUN = pattern(f"[{_HAN}]+|[{_LETTERS}]+")
_LEFT_OUT = pattern("['’ʼ\u0300-\u036f]")
_IN_NUMBER = pattern("([0-9])[.,](?=[0-9])")
_LATIN = pattern("[a-z]+")

LEFT = 3
"""So many letters of a word are left at least when an ending is taken off."""


def _is_han(run: str) -> bool:
    """Whether a run of characters is Han or kana, and not of letters."""
    return run[0] > "\u3000" and not "\ua640" <= run[0] <= "\uabff"


def folded(text: str) -> str:
    """A text in which capitals and small letters, full width and half, é and e, 1,000 and 1000 are the same."""
    small = _LEFT_OUT.sub("", unicodedata.normalize("NFKD", text).lower())
    return _IN_NUMBER.sub(r"\1", small)


class Tokenizer:
    """Cuts texts of one language. `passed_over` are words that are in every text, separated by commas. `endings` are
    taken off words of Latin letters, the longest first; `ying:i` says what takes the place of one. They are separated
    by spaces."""

    def __init__(self, passed_over: str, endings: str) -> None:
        self.passed_over = tuple(word for word in map(str.strip, passed_over.split(",")) if word)
        self.endings = tuple((ending, instead) for ending, _, instead in (e.partition(":") for e in endings.split()))
        self._instead = dict(self.endings)
        some = "|".join(re.escape(ending) for ending in self._instead)
        self._ended = re.compile(f"(.{{{LEFT},}}?)({some})") if some else None
        self._word = lru_cache(maxsize=8192)(self._tokens)

    def of(self, text: str) -> list[str]:
        """The tokens of a text, as often as they stand there."""
        found: list[str] = []
        for run in _RUN.findall(folded(text)):
            if not _is_han(run):
                found += self._word(run)
            else:
                found += map(add, run, run[1:]) if len(run) > 1 else run
        return found

    def signs_of(self, text: str) -> set[str]:
        """The single Han characters of a title: by these it is found as well."""
        return {sign for run in _RUN.findall(folded(text)) if _is_han(run) for sign in run}

    def _tokens(self, word: str) -> tuple[str, ...]:
        """The token of a folded word; none for one that is passed over."""
        if word in self.passed_over:
            return ()
        ended = self._ended.fullmatch(word) if self._ended and _LATIN.fullmatch(word) else None
        return (ended[1] + self._instead[ended[2]] if ended else word,)
