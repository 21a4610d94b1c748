"""The heads of a statement: who speaks, and who signed, as they are printed above (or under) what is promised."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from gazette.lazy_re import pattern
from gazette.model.records.unit_parts import UnitKind
from gazette.office.statements.statement_text import TextLine

LONGEST_NAME, LONGEST_SIGNATURE = 30, 80
"""Characters of a line that may be the name of a unit, or signatures."""

_HAN = r"[〇\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"

_POST = (
    "主任|[区县市州盟旗镇乡村]长|书记|[局厅部处科院校所站队组台会署社]长|董事长|总经理|经理|总裁|主席"
    "|秘书长|专员|委员|负责人|巡视员|督导员"
)
"""How the titles of those who sign for a unit end."""

_BRACKETS = "(?:[（(][^（）()]*[）)])"
_IN_TITLE = r"[^\s，。；：！？,;:!?由是请让把将的]"
_TITLE_PART = rf"{_IN_TITLE}*?(?:{_POST}){_BRACKETS}*"
_TITLE = rf"{_TITLE_PART}(?:[兼、]{_TITLE_PART})*"
_PERSON = rf"(?!{_HAN}*(?:{_POST}))(?:{_HAN}+[·•・]{_HAN}+|{_HAN}{{2,4}})"
_PEOPLE = rf"{_PERSON}(?:[、 ]+{_PERSON}(?![^\s，,;；、]))*"

_ONE = rf"(?P<title>{_TITLE})[ :：]*(?P<name>{_PEOPLE})"
_TURNED = rf"(?P<name>{_PERSON}) +(?P<title>{_TITLE})"
_LABEL = r"(?:(?:签发|署名|责任|承诺|表态|发言|签字)人?[:：] *)?"
_BETWEEN = r"[ ，,；;、/]*"

_SIGNATURE, _SIGNATURE_TURNED = pattern(_ONE), pattern(_TURNED)
_TITLE_ALONE, _NAME_ALONE = pattern(_TITLE), pattern(_PERSON)
_BEFORE, _GAP = pattern(_LABEL), pattern(_BETWEEN)

_SPACED = pattern(rf"(?<!{_HAN})({_HAN})[ \u3000]+({_HAN})(?!{_HAN})")
"""A name of two characters, set as wide as one of three."""

_SENTENCE = pattern("[。！？；!?;]")

_ZONE = (
    "开发区|高新区|经开区|新区|风景区|景区|度假区|旅游区|化工区|工业区|产业区|园区|示范区|试验区|保护区|保税区"
    "|合作区|管理区|功能区|自贸区|工业园|产业园|科技园|管委会|管理委员会"
)
_DISTRICT = "[区县市州盟旗]"
_UNIT = rf"{_ZONE}|{_DISTRICT}|镇|乡|街道|街道办事处"

_UNIT_LINE = pattern(rf".*(?:{_UNIT})(?:[（(][^（）()]*[）)])?")
_IS_ZONE, _IS_DISTRICT = pattern(rf".*(?:{_ZONE})(?:[（(].*)?"), pattern(rf".*(?:{_DISTRICT})(?:[（(].*)?")
_UNIT_AND_MORE = pattern(rf"(?P<unit>{_HAN}{{2,}}?(?:{_ZONE}|{_DISTRICT})(?:[（(][^（）()]*[）)])?)(?P<more>.+)")
_BODY = pattern(
    "(?:人民)?政府|管委会|管理委员会|党工委|工委|[区县市]委|常务|副|党组|代理?[区县市]长|[区县市]长|主任|书记"
)
_DECORATED = pattern(
    r"^[\s【\[《「■□●○◆◇★☆▲△▼—\-–*#•·]*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]+)?\s*|[\s】\]》」■□●○◆◇★☆▲△▼—\-–*#:：]*$"
)


class Signatory(msgspec.Struct, frozen=True):
    """Somebody who signed, and with which title, exactly as printed."""

    title: str
    name: str


class Head(msgspec.Struct, frozen=True):
    """The head of a unit: its name, who signed, and the places of its lines among those of the statement (from 0)."""

    name: str
    signatories: tuple[Signatory, ...]
    places: tuple[int, ...]


def kind_of_unit(name: str, signatories: Sequence[Signatory]) -> UnitKind:
    """What kind of unit it is by its name, or else by the body whose head signed: a guess."""
    if _IS_ZONE.fullmatch(name):
        return "zone"
    if _IS_DISTRICT.fullmatch(name):
        return "district"
    return "zone" if any("管委会" in each.title or "管理委员会" in each.title for each in signatories) else "district"


def signatories_in(line: str) -> tuple[Signatory, ...]:
    """Who signed, if that is all that the line says."""
    text = _SPACED.sub(r"\1\2", line).replace("\u3000", " ")
    if len(text) > LONGEST_SIGNATURE or _SENTENCE.search(text.rstrip("；;")):
        return ()
    at, found = len(_BEFORE.match(text)[0]), []  # type: ignore[index]
    while at < len(text):
        match = _SIGNATURE.match(text, at) or _SIGNATURE_TURNED.match(text, at)
        if match is None:
            return ()
        found.append(Signatory(match["title"], re.sub(" +", "、", match["name"].strip())))
        at = match.end()
        at += len(_GAP.match(text, at)[0])  # type: ignore[index]
    return tuple(found)


def find_heads(lines: Sequence[TextLine]) -> list[Head]:
    """The heads of all units, in their order."""
    heads: list[Head] = []
    place = 0
    while place < len(lines):
        head = _head_at(lines, place, bool(heads))
        if head is not None and not _signs_below(head, heads):
            heads.append(head)
            place = head.places[-1]
        place += 1
    return heads


def _signs_below(head: Head, heads: Sequence[Head]) -> bool:
    """Whether what looks like a head is a unit's signature below what it promises."""
    return bool(heads) and heads[-1].name == head.name and not heads[-1].signatories and len(head.places) == 1


def _head_at(lines: Sequence[TextLine], place: int, has_unit: bool) -> Head | None:
    """The head that begins with a line, if one does. A name that nobody signed is only taken for one where a unit
    (`has_unit`) stands above it already, and sentences below."""
    text = lines[place].text
    name = _DECORATED.sub("", text)
    if not _may_be_name(name):
        return _head_in_one_line(text, place)
    signatories, places = _signed_from(lines, place + 1)
    if signatories and not signatories_in(text):
        return Head(name, signatories, (place, *places))
    if own := _head_in_one_line(text, place):
        more, places = _signed_from(lines, place + 1)
        return Head(own.name, (*own.signatories, *more), (place, *places))
    after = lines[place + 1].text if place + 1 < len(lines) else ""
    if has_unit and _UNIT_LINE.fullmatch(name) and _SENTENCE.search(after):
        return Head(name, (), (place,))
    return None


def _may_be_name(name: str) -> bool:
    return 1 < len(name) <= LONGEST_NAME and not re.search("[，。；：！？,;:!?“”]", name)


def _signed_from(lines: Sequence[TextLine], place: int) -> tuple[tuple[Signatory, ...], tuple[int, ...]]:
    """The signatures from a line on, and their places: a line each, or the title in one and the name in the next."""
    found: list[Signatory] = []
    places: list[int] = []
    while place < len(lines):
        text = lines[place].text
        after = lines[place + 1].text if place + 1 < len(lines) else ""
        if own := signatories_in(text):
            found += own
            places.append(place)
        elif _TITLE_ALONE.fullmatch(text) and _NAME_ALONE.fullmatch(_SPACED.sub(r"\1\2", after)):
            found.append(Signatory(text, _SPACED.sub(r"\1\2", after)))
            places += [place, place + 1]
        else:
            break
        place = places[-1] + 1
    return tuple(found), tuple(places)


def _head_in_one_line(text: str, place: int) -> Head | None:
    """The head of a unit whose name stands in one line with those who signed."""
    line = _DECORATED.sub("", text).replace("\u3000", " ")
    name, _, rest = line.partition(" ")
    if rest and _UNIT_LINE.fullmatch(name) and (signed := signatories_in(rest.strip())):
        return Head(name, signed, (place,))
    match = _UNIT_AND_MORE.fullmatch(line)
    if match and _BODY.match(match["more"]) and (signed := signatories_in(match["more"])):
        return Head(match["unit"], signed, (place,))
    return None
