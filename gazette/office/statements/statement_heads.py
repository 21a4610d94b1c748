"""Finds the heads of a statement: the units and their signatories, printed above (or below) what they promise."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from gazette.lazy_re import pattern
from gazette.model.records.unit_parts import UnitKind
from gazette.office.statements.statement_text import TextLine

LONGEST_NAME, LONGEST_SIGNATURE = 30, 80
"""The most characters of a line that can be the name of a unit, and of one that can be signatures."""

_HAN = r"[〇\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"

_POST = (
    "主任|[区县市州盟旗镇乡村]长|书记|[局厅部处科院校所站队组台会署社]长|董事长|总经理|经理|总裁|主席"
    "|秘书长|专员|委员|负责人|巡视员|督导员"
)
"""The endings of titles of people who sign for a unit."""

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
"""A name of two characters, spaced to the width of three."""

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
    """Somebody who signed, with their title, exactly as printed."""

    title: str
    name: str


class Head(msgspec.Struct, frozen=True):
    """The head of a unit: its name, its signatories, and the positions of its lines among those of the statement (from
    0)."""

    name: str
    signatories: tuple[Signatory, ...]
    places: tuple[int, ...]


def kind_of_unit(name: str, signatories: Sequence[Signatory]) -> UnitKind:
    """Guess the kind of a unit from its name, or else from the body whose head signed."""
    if _IS_ZONE.fullmatch(name):
        return "zone"
    if _IS_DISTRICT.fullmatch(name):
        return "district"
    return "zone" if any("管委会" in each.title or "管理委员会" in each.title for each in signatories) else "district"


def signatories_in(line: str) -> tuple[Signatory, ...]:
    """Return the signatories in a line; () if the line says anything else."""
    text = _SPACED.sub(r"\1\2", line).replace("\u3000", " ")
    if len(text) > LONGEST_SIGNATURE or _SENTENCE.search(text.rstrip("；;")):
        return ()
    at, signatories = len(_BEFORE.match(text)[0]), []  # type: ignore[index]
    while at < len(text):
        match = _SIGNATURE.match(text, at) or _SIGNATURE_TURNED.match(text, at)
        if match is None:
            return ()
        signatories.append(Signatory(match["title"], re.sub(" +", "、", match["name"].strip())))
        at = match.end()
        at += len(_GAP.match(text, at)[0])  # type: ignore[index]
    return tuple(signatories)


def find_heads(lines: Sequence[TextLine]) -> list[Head]:
    """Return the heads of all units, in order."""
    heads: list[Head] = []
    position = 0
    while position < len(lines):
        head = _head_at(lines, position, bool(heads))
        if head is not None and not _signs_below(head, heads):
            heads.append(head)
            position = head.places[-1]
        position += 1
    return heads


def _signs_below(head: Head, heads: Sequence[Head]) -> bool:
    """Return whether what looks like a head is the signature of the last unit, below what it promises."""
    return bool(heads) and heads[-1].name == head.name and not heads[-1].signatories and len(head.places) == 1


def _head_at(lines: Sequence[TextLine], position: int, has_unit: bool) -> Head | None:
    """Return the head that begins at a line; None if none does. A name without a signature counts only after another
    unit (`has_unit`), and only if a sentence follows it."""
    text = lines[position].text
    name = _DECORATED.sub("", text)
    if not _may_be_name(name):
        return _head_in_one_line(text, position)
    signatories, places = _signed_from(lines, position + 1)
    if signatories and not signatories_in(text):
        return Head(name, signatories, (position, *places))
    if in_one_line := _head_in_one_line(text, position):
        more, places = _signed_from(lines, position + 1)
        return Head(in_one_line.name, (*in_one_line.signatories, *more), (position, *places))
    after = lines[position + 1].text if position + 1 < len(lines) else ""
    if has_unit and _UNIT_LINE.fullmatch(name) and _SENTENCE.search(after):
        return Head(name, (), (position,))
    return None


def _may_be_name(name: str) -> bool:
    return 1 < len(name) <= LONGEST_NAME and not re.search("[，。；：！？,;:!?“”]", name)


def _signed_from(lines: Sequence[TextLine], position: int) -> tuple[tuple[Signatory, ...], tuple[int, ...]]:
    """Return the signatures from a line on, and their positions: one a line, or the title in one and the name in the
    next."""
    signatories: list[Signatory] = []
    positions: list[int] = []
    while position < len(lines):
        text = lines[position].text
        after = lines[position + 1].text if position + 1 < len(lines) else ""
        if in_line := signatories_in(text):
            signatories += in_line
            positions.append(position)
        elif _TITLE_ALONE.fullmatch(text) and _NAME_ALONE.fullmatch(_SPACED.sub(r"\1\2", after)):
            signatories.append(Signatory(text, _SPACED.sub(r"\1\2", after)))
            positions += [position, position + 1]
        else:
            break
        position = positions[-1] + 1
    return tuple(signatories), tuple(positions)


def _head_in_one_line(text: str, position: int) -> Head | None:
    """Return the head of a unit whose name and signatories are in one line; None if they are not."""
    line = _DECORATED.sub("", text).replace("\u3000", " ")
    name, _, rest = line.partition(" ")
    if rest and _UNIT_LINE.fullmatch(name) and (signed := signatories_in(rest.strip())):
        return Head(name, signed, (position,))
    match = _UNIT_AND_MORE.fullmatch(line)
    if match and _BODY.match(match["more"]) and (signed := signatories_in(match["more"])):
        return Head(match["unit"], signed, (position,))
    return None
