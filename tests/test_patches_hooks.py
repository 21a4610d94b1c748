"""What hooks in WeasyPrint tell each other is kept beside its objects, for one document alone."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from gazette.pdf import PdfWriter
from gazette.pdf.composition.record import Record, once_a_style, part, recording
from gazette.pdf.engine import load_weasyprint

LIBRARIES = Path(next(place for place in sys.path if place.endswith("-packages")))
PAGE = '<!doctype html><html lang="en"><title>x</title><body><p>x</p></body></html>'


def attributes_in(library: str) -> set[str]:
    """The names of all attributes and functions in the source of a library."""
    text = "".join(path.read_text("utf-8") for path in (LIBRARIES / library).rglob("*.py"))
    return {*re.findall(r"(?:\.|def )(\w+)", text)}


def objects_of_weasyprint(thing: Any) -> list[Any]:
    """The objects of WeasyPrint to which something leads."""
    waiting, found = [thing], dict[int, Any]()
    while waiting:
        one = waiting.pop()
        if id(one) in found:
            continue
        found[id(one)] = one
        if isinstance(one, list | tuple):
            waiting += one
        elif isinstance(one, dict):
            waiting += one.values()
        if is_its_own(one):
            waiting += vars(one).values()
    return [one for one in found.values() if is_its_own(one)]


def is_its_own(thing: Any) -> bool:
    return type(thing).__module__.startswith("weasyprint.") and hasattr(thing, "__dict__")


def test_nothing_is_written_into_objects_of_the_library() -> None:
    """A document with lines of all kinds, laid out and drawn: its boxes, styles, layouts and fonts have the attributes
    that WeasyPrint gives them."""
    load_weasyprint()
    rows = "".join(f"<tr><td>{'a' * 90}<td>第{n}项整改于2017年12月完成<td>{'b' * 90}</tr>" for n in range(3))
    body = f"<p>{'按照“党政同责”的要求，该区将在2017年12月底前建成16个项目。' * 9}完</p><table>{rows}</table>"
    writer = PdfWriter(['p { text-align: justify; hyphens: auto } body { font-family: "Noto Serif SC" }'], {})
    made = writer.lay_out(PAGE.replace("<p>x</p>", f"{body}<p>https://example.org/{'x' * 200}</p>"))
    things = objects_of_weasyprint([[page._page_box for page in made.document.pages], writer.fonts])
    writer.printed(made, carries=True)
    found = {(type(thing).__name__, name) for thing in things for name in vars(thing)}
    assert {"TextBox", "LineBox", "ComputedStyle", "Layout", "FontConfiguration"} <= {kind for kind, _ in found}
    known = attributes_in("weasyprint")
    assert known.isdisjoint({"measured", "liked", "face", "contexts", "loose", "edge", "spread"})
    assert {(kind, name) for kind, name in found if name not in known} == set()
    assert len(made.record) > 3


def test_a_record_belongs_to_one_document() -> None:
    with pytest.raises(LookupError):
        part(list)
    first, second = Record(), Record()
    with recording(first):
        part(list).append(1)
        with recording(second):
            assert part(list) == []
        assert part(list) == [1]
    with recording(first):
        assert part(list) == [1]


def test_what_is_worked_out_of_a_style_is_worked_out_once_in_a_document() -> None:
    asked: list[Any] = []

    @once_a_style
    def worked_out(style: Any) -> int:
        asked.append(style)
        return len(style)

    style, equal = {"a": 1}, {"a": 1}
    for record in (Record(), Record()):
        with recording(record):
            assert [worked_out(style), worked_out(equal), worked_out(style)] == [1, 1, 1]
    assert [each is style for each in asked] == [True, False, True, False]


def test_a_table_whose_columns_are_capped_leaves_what_weasyprint_remembers() -> None:
    load_weasyprint()
    from gazette.pdf.composition import overlong

    box = SimpleNamespace(margin_left=0, margin_right=0, get_wrapped_table=lambda: table)
    table = SimpleNamespace(padding_left=0, padding_right=0, border_left_width=0, border_right_width=0)
    table = _Hashable(**vars(table))
    whole = (300, 400, [200, 100], [300, 100], [], [], 0, [])
    context, seen = SimpleNamespace(tables={table: {False: whole, True: whole}}), []
    overlong.sharing_columns(lambda context, *_: seen.append(context.tables[table][False]))(context, box, (100, None))
    assert seen == [(100, 400, [50, 50], *whole[3:])]
    assert context.tables == {table: {False: whole, True: whole}}


class _Hashable(SimpleNamespace):
    __hash__ = object.__hash__
