"""Computes the numbers that Word displays before paragraphs of its lists and stores in no text (ECMA-376 part 1,
17.9)."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import msgspec

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_DIGITS = "〇一二三四五六七八九"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_DEEPEST = 9


class Level(msgspec.Struct, frozen=True):
    """The numbers of one level: the first value, their form, the text around them (`%1.`)."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    is_plain: bool = False
    """True if the numbers of all levels are written in digits here."""


class _List(msgspec.Struct, frozen=True):
    """A list of the file: the definition that counts it, its levels, and the values at which it restarts them."""

    counted_with: str
    levels: dict[int, Level]
    starts: dict[int, int]


def value_at(element: Element | None, *path: str) -> str:
    """Return the value of an element inside another, by path; "" if there is none."""
    for name in path:
        element = element.find(W + name) if element is not None else None
    return element.get(W + "val", "") if element is not None else ""


class Numbers:
    """The numbers of the paragraphs of a file, which must be requested in order. `numbering` and `styles` are the parts
    of the file that define them; None if it has none."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._styles = {each.get(W + "styleId", ""): each for each in _each(styles, "style")}
        self._abstract = {each.get(W + "abstractNumId", ""): each for each in _each(numbering, "abstractNum")}
        self._nums = {each.get(W + "numId", ""): each for each in _each(numbering, "num")}
        self._lists = {id: self._list(each) for id, each in self._nums.items()}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()

    def of(self, paragraph: Element) -> str:
        """Return the number before a paragraph, such as `1.` or `（二）`; "" if it has none."""
        id, depth = self._place(paragraph)
        numbered = self._lists.get(id)
        level = numbered.levels.get(depth) if numbered else None
        if numbered is None or level is None or level.form == "bullet":
            return ""
        counts = self._counts.setdefault(numbered.counted_with, {})
        if id not in self._begun:
            self._begun.add(id)
            for deep, start in numbered.starts.items():
                counts[deep] = start - 1
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        return _label(level, depth, numbered.levels, counts)

    # ── the list of a paragraph ──

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """Return the list and the level of a paragraph, which may come from its style."""
        direct = paragraph.find(W + "pPr")
        id, depth = value_at(direct, "numPr", "numId"), value_at(direct, "numPr", "ilvl")
        style, seen = value_at(direct, "pStyle"), set[str]()
        while not (id and depth) and style in self._styles and style not in seen:
            seen.add(style)
            properties = self._styles[style].find(W + "pPr")
            id = id or value_at(properties, "numPr", "numId")
            depth = depth or value_at(properties, "numPr", "ilvl") or self._depth_of(id, style)
            style = value_at(self._styles[style], "basedOn")
        return id, int(depth) if depth.isdecimal() else 0

    def _depth_of(self, id: str, style: str) -> str:
        """Return the level of a list that a style is tied to; "" if none is."""
        abstract = self._abstract.get(value_at(self._nums.get(id), "abstractNumId"))
        tied = (each for each in _each(abstract, "lvl") if value_at(each, "pStyle") == style)
        return next((each.get(W + "ilvl", "") for each in tied), "")

    def _list(self, num: Element) -> _List:
        abstract_id = value_at(num, "abstractNumId")
        abstract = self._abstract.get(abstract_id)
        style = self._styles.get(value_at(abstract, "numStyleLink"))
        linked = value_at(self._nums.get(value_at(style, "pPr", "numPr", "numId")), "abstractNumId")
        abstract = self._abstract.get(linked, abstract)
        levels = dict(map(_level, _each(abstract, "lvl")))
        starts: dict[int, int] = {}
        for override in _each(num, "lvlOverride"):
            depth = int(override.get(W + "ilvl", "0"))
            start = value_at(override, "startOverride")
            levels |= dict(map(_level, _each(override, "lvl")))
            starts |= {depth: int(start)} if start.isdecimal() else {}
        return _List(linked or abstract_id, levels, starts)


def _each(element: Element | None, name: str) -> list[Element]:
    return element.findall(W + name) if element is not None else []


def _level(element: Element) -> tuple[int, Level]:
    depth, start = int(element.get(W + "ilvl", "0")), value_at(element, "start")
    level_text = element.find(W + "lvlText")
    text = f"%{depth + 1}." if level_text is None else level_text.get(W + "val", "")
    form = value_at(element, "numFmt") or "decimal"
    return depth, Level(int(start) if start.isdecimal() else 1, form, text, element.find(W + "isLgl") is not None)


def _label(level: Level, depth: int, levels: dict[int, Level], counts: dict[int, int]) -> str:
    text = level.text
    for other in range(_DEEPEST):
        if f"%{other + 1}" in text:
            of_level = levels.get(other, Level())
            form = "decimal" if level.is_plain and other < depth else of_level.form
            text = text.replace(f"%{other + 1}", written(counts.get(other, of_level.start), form))
    return text


def written(number: int, form: str) -> str:
    """Return a number in one of Word's forms; in digits for forms that statements do not use."""
    if form in ("none", "bullet"):
        return ""
    if form.startswith(("chineseCounting", "taiwaneseCounting", "japaneseCounting", "ideographLegal")):
        return _counted(number)
    if form in ("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"):
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    if form.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if form.endswith("Letter") and 1 <= number <= 26:
        return chr(ord("A" if form.startswith("upper") else "a") + number - 1)
    if form.endswith("Roman") and 1 <= number < 40:
        return _roman(number).upper() if form.startswith("upper") else _roman(number)
    if form == "decimalZero":
        return f"{number:02}"
    return str(number)


def _counted(number: int) -> str:
    """Return a number up to 999 in Chinese: 一, 十, 十二, 二十, 一百零二."""
    if not 0 < number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        said += f"{'' if tens == 1 and not hundreds else _DIGITS[tens]}十"
    elif hundreds and ones:
        said += "零"
    return said + (_DIGITS[ones] if ones else "")


def _roman(number: int) -> str:
    said = ""
    for worth, sign in _ROMAN:
        said, number = said + sign * (number // worth), number % worth
    return said
