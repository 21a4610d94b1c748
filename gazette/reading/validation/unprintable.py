"""Reports characters that no bundled font has, and what to write instead."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from gazette.fonts.typeface import PrintFonts
from gazette.lazy_re import pattern
from gazette.messages.problems import Problem

SHOWN = 5
"""The number of characters reported one by one; further ones of a file are only counted."""

ADDED = 60
"""The largest number of characters named in the command that adds them."""

LETTERS = 3
"""From this number of different letters on, a script is reported as a whole, not as a slip."""

_RADICALS = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺫目⺬示⺭礻⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺶羊⺹耂⺺肀"
    "⺻聿⺼肉⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀"
    "⻳龟"
)
"""The CJK radicals supplement (U+2E80 to U+2EF3), each followed by the character that it looks like (Unicode,
EquivalentUnifiedIdeograph). Those of U+2F00 to U+2FD5 have theirs as their compatibility form."""

_MEANT = dict(zip(map(ord, _RADICALS[::2]), _RADICALS[1::2], strict=True))

_ORIGINAL = pattern(r"( *)original: \|[-+]?$")
"""The line before the source's wording in a draft, as `import-statement` writes it."""

Places = Mapping[str, tuple[int, int]]
"""`{character: (line, column)}` of its first occurrence."""


def unprintable(path: str, text: str, fonts: PrintFonts, comments: bool = True) -> Iterator[Problem]:
    """Problems for characters that the bulletins could not print: one for those that look like others, one for each
    script without a font, one for the rest. With `comments`, YAML comments are skipped."""
    absent = fonts.missing(text)
    if absent:
        yield from tell(path, _places(text, absent, comments), fonts)


def tell(path: str, places: Places, fonts: PrintFonts) -> Iterator[Problem]:
    """Problems for these characters, which no font has."""
    likely = {character: meant for character in places if (meant := instead(character, fonts))}
    if likely:
        items = [f"{_named(c, places)} → {meant}" for c, meant in likely.items()]
        yield _problem(path, places, likely, "character_likely", items)
    rest = [character for character in places if character not in likely]
    scripts = Counter(script for character in rest if (script := _script(character)))
    for script, n in scripts.items():
        letters = [character for character in rest if _script(character) == script]
        if n >= LETTERS:
            rest = [character for character in rest if character not in letters]
            place = min(places[character] for character in letters)
            yield Problem.at(path, *place, "script_missing", found="".join(letters[:20]), reason=script, n=n)
    if rest:
        cure = f".venv/bin/python tools/make_print_fonts.py --add {''.join(rest[:ADDED])}"
        yield _problem(path, places, rest, "character_missing", [_named(c, places) for c in rest], cure=cure)


def instead(character: str, fonts: PrintFonts) -> str:
    """The character or word to write instead: 目 for ⽬. "" if there is none, or if it cannot be printed either."""
    meant = _MEANT.get(ord(character)) or unicodedata.normalize("NFKC", character).strip()
    return "" if meant == character or fonts.missing(meant) else meant


def _problem(
    path: str, places: Places, some: Mapping[str, str] | list[str], code: str, items: list[str], **values: str
) -> Problem:
    more = len(items) - SHOWN
    found = ", ".join(items[:SHOWN]) + (f", … (+{more})" if more > 0 else "")
    return Problem.at(path, *min(places[character] for character in some), code, found=found, **values)


def _named(character: str, places: Places) -> str:
    """The character with its code point and line, in a form that suits all languages."""
    return f"{character} U+{ord(character):04X} :{places[character][0]}"


def _script(character: str) -> str:
    """The script of a letter, as its Unicode name begins. "" for anything but letters, and for Han, of which only
    single rare characters are missing."""
    if not unicodedata.category(character).startswith(("L", "M")) or unicodedata.east_asian_width(character) == "W":
        return "HANGUL" if "\uac00" <= character <= "\ud7a3" else ""
    return unicodedata.name(character, "").partition(" ")[0].replace("COMBINING", "")


def _places(text: str, absent: str, comments: bool) -> dict[str, tuple[int, int]]:
    """`{character: (line, column)}` of the first occurrence of each `absent` character, in order."""
    places: dict[str, tuple[int, int]] = {}
    for number, line in enumerate(_without_originals(text.split("\n")) if comments else text.split("\n"), 1):
        for column, character in enumerate(printed(line) if comments else line, 1):
            if character in absent:
                places.setdefault(character, (number, column))
    return places


def _without_originals(lines: Iterable[str]) -> Iterator[str]:
    """The lines of a YAML file, with the source's wording in drafts emptied, since it is not printed."""
    indent = None
    for line in lines:
        line_indent = len(line) - len(line.lstrip(" "))
        if indent is not None and (line_indent > indent or not line.strip()):
            yield ""
            continue
        match = _ORIGINAL.match(line)
        indent = len(match[1]) if match else None
        yield line


def printed(line: str) -> str:
    """A line of YAML without its comment."""
    if line.lstrip().startswith("#"):
        return ""
    words, sign, _ = line.partition(" #")
    return line if sign and words.count('"') % 2 else words
