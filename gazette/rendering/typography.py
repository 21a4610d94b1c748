"""The manners of scripts: which words are foreign on a page, which are no words but addresses and codes, and how
runs of both are marked."""

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
"""Two or more Latin words: a single one (PDF, PM10, Excel) is at home in a Chinese sentence."""

_PINYIN = pattern(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|er|in|un|ia|ie|iu|ua|ui|uo|ue|a|e|i|o|u|v)"
    r"(?![aeiouv])",
    re.I,
)
"""One syllable of a Chinese name in Latin letters; the next one begins with a consonant or after an apostrophe."""

_FOREIGN = {"Latn": ("Hans", _HAN), "Hans": ("Latn", _LATIN), "Hant": ("Latn", _LATIN)}


Place = Literal["paper", "page", "name"]
"""Where a text stands: on paper, on a page, or there as a name or a title."""


def mark_runs(text: str, script: str, tags: Mapping[str, str], place: Place = "page") -> Markup:
    """`text` escaped, with every run of another script in a span that names its language. On a page, long addresses and
    codes may break (`_breakable`), and short words of names stay whole at their hyphens (`_whole_at_hyphens`); on
    paper, short runs have the class `word`, and stay whole.

    `script` is the page's (ISO 15924), `tags` gives the language tag to use for each script of the site.
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
"""So many characters of another script, or of a word with hyphens, find room on any line."""


def is_word(text: str) -> bool:
    """Whether a text of another script is short enough to stay whole in print."""
    return len(text) <= WORD


_HYPHENED = pattern(r"(?<![^\s(“‘])[^\W\d_]+(?:[’'-][^\W\d_]+)+(?=[\s),.;:”’]|$)")
"""A word with hyphens or apostrophes. After a hyphen a browser ends the line, also where the next has room for all."""


def _whole_at_hyphens(text: str) -> Markup:
    """`text` as `_breakable` marks it, with each short word that has hyphens in a span of the class `word`: it goes to
    the next line whole. (No sign that nobody sees joins it, which somebody would copy.)"""
    out, done = Markup(""), 0
    for match in _HYPHENED.finditer(text):
        if "-" in match.group() and is_word(match.group()):
            out += _breakable(text[done : match.start()])
            out += Markup('<span class="word">{}</span>').format(match.group())
            done = match.end()
    return out + _breakable(text[done:])


LONG = 20
"""So many letters, digits and marks without a space or a hyphen are an address or a code, or stand in its place."""

_LONG = pattern(rf"[!-~\u00a1-\u00ac\u00ae-\u024f]{{{LONG},}}")
_PLACES = pattern("(?<=[/._?&=+,;:#%~-])(?![/._?&=+,;:#%~-])")
"""Behind the marks of addresses and codes (RFC 3986 2.2, 2.3), where a line ends best."""


def _breakable(text: str) -> Markup:
    """`text` escaped, with every long address and code in a span that says so, and with the places where a line may end
    in it. (Style sheets let it end anywhere else where there is none, and put no hyphen.)"""
    out, done = Markup(""), 0
    for match in _LONG.finditer(text):
        if max(map(len, match.group().split("-"))) >= LONG:
            parts = Markup("<wbr>").join(part for part in _PLACES.split(match.group()) if part)
            out += escape(text[done : match.start()]) + Markup('<span class="run">{}</span>').format(parts)
            done = match.end()
    return out + escape(text[done:]) if done else escape(text)


_PLAIN: dict[str, Callable[[str], Markup]] = {"paper": escape, "page": _breakable, "name": _whole_at_hyphens}


def cut(text: str, room: float) -> str:
    """So much of `text` as so many em hold, and “…” where it is more; for places that have room for names of a usual
    length only. A Chinese character is as wide as an em, a capital letter three quarters, others about a half."""
    width = 0.0
    for place, character in enumerate(text):
        width += 1.0 if character > "\u2e7f" else 0.75 if character.isupper() else 0.55
        if width > room:
            return f"{text[:place].rstrip()}…"
    return text


def described(text: str) -> str:
    """So much of `text`, one paragraph, as a description of a page has room for: 80 Chinese characters, 160 letters.
    It ends behind the last whole sentence, or else behind the last whole word or clause and with “…”."""
    widths = accumulate(1.0 if character > "\u2e7f" else 0.5 for character in text)
    begun = text[: sum(width <= DESCRIPTION for width in widths)]
    if begun == text:
        return text
    half = len(begun) // 2
    ends = [match.end() for match in _SENTENCE_END.finditer(begun, half)]
    clauses = [match.start() for match in _CLAUSE_END.finditer(begun, half)]
    return begun[: ends[-1]] if ends else f"{begun[: clauses[-1]] if clauses else begun}…"


DESCRIPTION = 80.0
"""The room for a description, in em."""


_SENTENCE_END = pattern(r"[。！？；][”’）]*|[.!?;][”’)]*(?= )")
_CLAUSE_END = pattern("[，、：]|[,:]? ")


def hyphenate(text: str, locale: str) -> str:
    """`text` with soft hyphens (U+00AD) where its long Latin words may break: Chinese names at their syllables (after
    an apostrophe without a hyphen, U+200B), other words by the hyphenation patterns of `locale`. Words of fewer than
    ten letters stay whole: there is room for those wherever names stand."""
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

    known = pyphen.language_fallback(locale)
    return str(pyphen.Pyphen(lang=known, left=3, right=3).inserted(word)).split("-") if known else [word]


def begun(text: str) -> str:
    """A text that stands by itself: it begins with a capital letter, where its script has any."""
    return text[:1].upper() + text[1:]


FEW = 6
"""So many numbers of a list find room on any line."""


def together(items: Sequence[str], between: str) -> str:
    """Some numbers with `between` between them. A few of them go to the next line together: no line ends at a space."""
    return (between.replace(" ", "\u00a0") if len(items) <= FEW else between).join(items)


def han_number(number: int) -> str:
    """A number as Chinese documents number their parts: 一, 十六, 一百二十一, 一千零五, 一万零一十 (GB/T 9704 7.3.3);
    from 1 to 99999."""
    digits, said, gap = str(number), "", False
    for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if digit == "0":
            gap = True
            continue
        said += ("零" if gap else "") + _HAN_DIGITS[int(digit)] + _HAN_PLACES[place]
        gap = False
    return said.removeprefix("一") if 10 <= number < 20 else said


def figures(numeral: str) -> str:
    """In figures what a Chinese numeral writes: 三 is 3. What is none stays as it is."""
    return _figures().get(numeral, numeral)


@lru_cache(maxsize=1)
def _figures() -> dict[str, str]:
    return {han_number(n): str(n) for n in range(1, 100)}


_HAN_DIGITS, _HAN_PLACES = "零一二三四五六七八九", ("", "十", "百", "千", "万")
