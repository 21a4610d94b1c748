"""Marks what a script treats specially: runs of other scripts, long addresses and codes, and words with hyphens."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Literal

from markupsafe import Markup, escape

from gazette.lazy_re import pattern

_HAN = pattern("[〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
                  "(?:[\u3001-\u3003\u3005-\u301f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff5e\U00020000-\U0003ffff]*"
                  "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff09\u300b\U00020000-\U0003ffff])?")  # fmt: skip
_LATIN = pattern(r"[A-Za-z][A-Za-z’'\-]+(?: [A-Za-z][A-Za-z’'\-]+)+")
"""Two or more Latin words. A single one (PDF, PM10, Excel) is common in a Chinese sentence."""

_PINYIN = pattern(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|er|in|un|ia|ie|iu|ua|ui|uo|ue|a|e|i|o|u|v)"
    r"(?![aeiouv])",
    re.I,
)
"""One syllable of a Chinese name in Latin letters; the next syllable begins with a consonant or after an apostrophe."""

_FOREIGN = {"Latn": ("Hans", _HAN), "Hans": ("Latn", _LATIN), "Hant": ("Latn", _LATIN)}


Place = Literal["paper", "page", "name"]
"""Where a text stands: on paper, on a page, or on a page as a name or title."""


def mark_runs(text: str, script: str, tags: Mapping[str, str], place: Place = "page") -> Markup:
    """Return `text` escaped, with every run of another script in a span that names its language.

    On a page, long addresses and codes may break (`_breakable`), and short words of names do not break at hyphens
    (`_whole_at_hyphens`). On paper, short runs have the class `word`, and do not break. `script` is the page's (ISO
    15924); `tags` gives the language tag for each script of the site.
    """
    foreign, pattern = _FOREIGN.get(script, ("", _HAN))
    tag = tags.get(foreign)
    plain = _PLAIN[place]
    if tag is None or not pattern.search(text):
        return plain(text)
    out, done = Markup(""), 0
    for match in pattern.finditer(text):
        out += plain(text[done : match.start()])
        word = Markup(' class="word"') if place == "paper" and is_word(match.group()) else ""
        run = _whole_at_hyphens(match.group()) if place == "name" else match.group()
        out += Markup('<span lang="{}"{}>{}</span>').format(tag, word, run)
        done = match.end()
    return out + plain(text[done:])


WORD = 12
"""The most characters of a run of another script, or of a word with hyphens, that fit any line."""


def is_word(text: str) -> bool:
    """Return whether a run of another script is short enough not to break in print."""
    return len(text) <= WORD


_HYPHENED = pattern(r"(?<![^\s(“‘])[^\W\d_]+(?:[’'-][^\W\d_]+)+(?=[\s),.;:”’]|$)")
"""A word with hyphens or apostrophes. A browser breaks after a hyphen even where the next line has room for the whole
word."""


def _whole_at_hyphens(text: str) -> Markup:
    """Return `text` as `_breakable` marks it, with each short word that has hyphens in a span of the class `word`,
    which does not break. (An invisible character in it would be copied with the word.)"""
    out, done = Markup(""), 0
    for match in _HYPHENED.finditer(text):
        if "-" in match.group() and is_word(match.group()):
            out += _breakable(text[done : match.start()])
            out += Markup('<span class="word">{}</span>').format(match.group())
            done = match.end()
    return out + _breakable(text[done:])


LONG = 20
"""The length from which characters without a space or hyphen are taken for an address or a code."""

_LONG = pattern(rf"[!-~\u00a1-\u00ac\u00ae-\u024f]{{{LONG},}}")
_PLACES = pattern("(?<=[/._?&=+,;:#%~-])(?![/._?&=+,;:#%~-])")
"""The best places to end a line in an address or code: after its punctuation (RFC 3986 2.2, 2.3)."""


def _breakable(text: str) -> Markup:
    """Return `text` escaped, with every long address and code in a span, and with line breaks allowed at its
    punctuation. (The style sheets let the span break anywhere else if it must, without a hyphen.)"""
    out, done = Markup(""), 0
    for match in _LONG.finditer(text):
        if max(map(len, match.group().split("-"))) >= LONG:
            parts = Markup("<wbr>").join(part for part in _PLACES.split(match.group()) if part)
            out += escape(text[done : match.start()]) + Markup('<span class="run">{}</span>').format(parts)
            done = match.end()
    return out + escape(text[done:]) if done else escape(text)


_PLAIN: dict[str, Callable[[str], Markup]] = {"paper": escape, "page": _breakable, "name": _whole_at_hyphens}


def cut(text: str, room: float) -> str:
    """Return as much of `text` as `room` em hold, with “…” if it was cut; for places that have room only for names of
    usual length. A Chinese character counts 1 em, a capital letter 0.75, others 0.55."""
    width = 0.0
    for index, character in enumerate(text):
        width += 1.0 if character > "\u2e7f" else 0.75 if character.isupper() else 0.55
        if width > room:
            return f"{text[:index].rstrip()}…"
    return text


def described(text: str) -> str:
    """Return as much of `text`, one paragraph, as a description of a page has room for: 80 Chinese characters or 160
    letters. It ends after the last whole sentence, or else after the last whole word or clause with “…”."""
    widths = accumulate(1.0 if character > "\u2e7f" else 0.5 for character in text)
    begun = text[: sum(width <= DESCRIPTION for width in widths)]
    if begun == text:
        return text
    half = len(begun) // 2
    ends = [match.end() for match in _SENTENCE_END.finditer(begun, half)]
    clauses = [match.start() for match in _CLAUSE_END.finditer(begun, half)]
    return begun[: ends[-1]] if ends else f"{begun[: clauses[-1]] if clauses else begun}…"


DESCRIPTION = 80.0
"""The length of a description, in em."""


_SENTENCE_END = pattern(r"[。！？；][”’）]*|[.!?;][”’)]*(?= )")
_CLAUSE_END = pattern("[，、：]|[,:]? ")


def hyphenate(text: str, locale: str) -> str:
    """Return `text` with soft hyphens (U+00AD) in its long Latin words: Chinese names at their syllables (after an
    apostrophe U+200B instead), other words by the patterns of `locale`. Words of fewer than ten letters stay whole,
    because they fit wherever names stand."""
    return _WORD.sub(lambda match: _in_parts(match.group(), locale), text)


_WORD = pattern("[A-Za-z][A-Za-z’']{9,}")
_SEPARATOR = pattern("(?<=[a-z])[’'](?=[aoe])")
"""The apostrophe before a syllable that begins with a vowel: Jiang’an, Xi’an (GB/T 16159)."""


def _in_parts(word: str, locale: str) -> str:
    broken = _LETTERS.sub(lambda match: "\u00ad".join(_parts(match.group(), locale)), word)
    return _SEPARATOR.sub("\\g<0>\u200b", broken)


_LETTERS = pattern("[A-Za-z]{6,}")


def _parts(word: str, locale: str) -> list[str]:
    syllables = [match.group() for match in _PINYIN.finditer(word)]
    if "".join(syllables) == word:
        return syllables
    import pyphen

    fallback = pyphen.language_fallback(locale)
    return str(pyphen.Pyphen(lang=fallback, left=3, right=3).inserted(word)).split("-") if fallback else [word]


def begun(text: str) -> str:
    """Return a text with a capital first letter, if its script has any."""
    return text[:1].upper() + text[1:]


FEW = 6
"""The most numbers of a list that fit any line."""


def together(items: Sequence[str], between: str) -> str:
    """Join numbers with `between`. A list of at most `FEW` gets no-break spaces, so that it moves to the next line as a
    whole."""
    return (between.replace(" ", "\u00a0") if len(items) <= FEW else between).join(items)


def han_number(number: int) -> str:
    """Return a number from 1 to 99999 as Chinese documents number their parts: 一, 十六, 一百二十一, 一千零五,
    一万零一十 (GB/T 9704 7.3.3)."""
    digits, said, gap = str(number), "", False
    for power, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if digit == "0":
            gap = True
            continue
        said += ("零" if gap else "") + _HAN_DIGITS[int(digit)] + _HAN_PLACES[power]
        gap = False
    return said.removeprefix("一") if 10 <= number < 20 else said


def figures(numeral: str) -> str:
    """Return a Chinese numeral from 一 to 九十九 in figures: 三 is 3. Any other text stays as it is."""
    return _figures().get(numeral, numeral)


@lru_cache(maxsize=1)
def _figures() -> dict[str, str]:
    return {han_number(n): str(n) for n in range(1, 100)}


_HAN_DIGITS, _HAN_PLACES = "零一二三四五六七八九", ("", "十", "百", "千", "万")
