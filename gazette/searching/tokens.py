"""Cuts texts into the tokens by which they are found.

`templates/static/search.js` does the same with what a reader types; a test compares them. Han is cut into pairs of
neighbours: this needs no dictionary that both would have to share, and finds parts of words too. Text with spaces is
cut into words without endings.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from operator import add

from gazette.lazy_re import pattern

_HAN = r"\u3005\u3007\u3041-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
"""Han and kana, which have no spaces between words."""

_LETTERS = r"0-9a-z\u00df-\u02ff\u0370-\u1fff\u2c00-\u2dff\ua640-\uabff"
"""Digits, and lower-case letters of all other scripts in NFKD (Hangul as jamo)."""

_RUN = pattern(f"[{_HAN}]+|[{_LETTERS}]+")
_LEFT_OUT = pattern("['’ʼ\u0300-\u036f]")
_IN_NUMBER = pattern("([0-9])[.,](?=[0-9])")
_LATIN = pattern("[a-z]+")

LEFT = 3
"""The smallest number of letters that remain when an ending is removed."""


def _is_han(run: str) -> bool:
    """True if the run is Han or kana, not letters."""
    return run[0] > "\u3000" and not "\ua640" <= run[0] <= "\uabff"


def folded(text: str) -> str:
    """The text without differences of case, width and accents, and without separators in numbers: 1,000 becomes
    1000."""
    small = _LEFT_OUT.sub("", unicodedata.normalize("NFKD", text).lower())
    return _IN_NUMBER.sub(r"\1", small)


class Tokenizer:
    """Cuts texts of one language.

    `passed_over` are words that every text has, separated by commas. `endings` are removed from words of Latin letters,
    the longest first; `ying:i` names a replacement. They are separated by spaces.
    """

    def __init__(self, passed_over: str, endings: str) -> None:
        self.passed_over = tuple(word for word in map(str.strip, passed_over.split(",")) if word)
        self.endings = tuple((ending, instead) for ending, _, instead in (e.partition(":") for e in endings.split()))
        self._instead = dict(self.endings)
        some = "|".join(re.escape(ending) for ending in self._instead)
        self._ended = re.compile(f"(.{{{LEFT},}}?)({some})") if some else None
        self._word = lru_cache(maxsize=8192)(self._tokens)

    def of(self, text: str) -> list[str]:
        """The tokens of a text, with repetitions."""
        tokens: list[str] = []
        for run in _RUN.findall(folded(text)):
            if not _is_han(run):
                tokens += self._word(run)
            else:
                tokens += map(add, run, run[1:]) if len(run) > 1 else run
        return tokens

    def signs_of(self, text: str) -> set[str]:
        """The single Han characters of a title, which also find it."""
        return {sign for run in _RUN.findall(folded(text)) if _is_han(run) for sign in run}

    def _tokens(self, word: str) -> tuple[str, ...]:
        """The token of a folded word; none if it is passed over."""
        if word in self.passed_over:
            return ()
        ended = self._ended.fullmatch(word) if self._ended and _LATIN.fullmatch(word) else None
        return (ended[1] + self._instead[ended[2]] if ended else word,)
