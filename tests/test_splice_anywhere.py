"""Any text at any place of any content file can be written, and read back as it was."""

from __future__ import annotations

import copy
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from edits import SEEDS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_splice import FILES, changed_lines, data_of

from gazette.office.splice import Insert, Put, Remove, spliced
from gazette.reading.files.encoding import read_text, unseen
from gazette.reading.yaml.nodes import Node
from gazette.reading.yaml.parser import compose

NASTY = st.sampled_from(
    [
        "",
        " ",
        "~",
        "null",
        "yes",
        "- a",
        "? a",
        "a: b",
        "a:",
        ": a",
        "#",
        "a #b",
        "a, b",
        "{a}",
        "[a",
        "]",
        "'",
        '"',
        "\\",
        "''",
        "it's",
        "%a",
        "@a",
        "`a",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
        "|-",
        "---",
        "...",
        "<<",
        "=",
        "-",
        "1.50",
        "0x1f",
        "2017-06-30",
        "甲：乙",
        "，",
        "甲 # 乙",
        "“甲”",
        "🙂",
        "a\tb",
        "\\n",
        "甲\n\n乙",
        "- 甲\n\n- 乙",
        "#甲\n\n乙: 丙",
        " a ",
        "é",
        "<<<<<<< a",
        "a" * 300,
    ]
)
TEXTS = NASTY | st.text(max_size=30).map(
    lambda text: unicodedata.normalize("NFC", "".join(c for c in text if c not in "\n\r" and not unseen(c)))
)


@cache
def scalars(path: Path) -> tuple[bytes, list[tuple[tuple[str | int, ...], Node]]]:
    """The bytes of a file, and its scalars that are values, with their ways."""
    data = path.read_bytes()
    found: list[tuple[tuple[str | int, ...], Node]] = []

    def walk(node: Node, loc: tuple[str | int, ...]) -> None:
        for key, value in node.items or ():
            walk(value, (*loc, key.scalar or ""))
        for number, value in enumerate(node.entries or ()):
            walk(value, (*loc, number))
        if node.scalar is not None:
            found.append((loc, node))

    walk(compose("x", read_text("x", data)), ())
    return data, found


def put_in(data: Any, loc: tuple[str | int, ...], value: Any) -> Any:
    data = copy.deepcopy(data)
    parent = data
    for step in loc[:-1]:
        parent = parent[step]
    parent[loc[-1]] = value
    return data


@pytest.mark.long
@settings(max_examples=150 * len(SEEDS), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_text_at_any_place_of_any_file(draw: st.DataObject) -> None:
    data, found = scalars(draw.draw(st.sampled_from(FILES), "file"))
    loc, node = draw.draw(st.sampled_from(found), "place")
    text = draw.draw(TEXTS, "text")
    after = spliced("x", data, [Put(loc, text)])
    assert data_of(after) == put_in(data_of(data), loc, text)
    gone, come = changed_lines(data, after)
    lines = max(1, node.last - node.line + 1)
    assert len(gone) <= lines and len(come) <= max(1, text.count("\n") + 2)


@pytest.mark.long
@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_update_comes_and_goes(draw: st.DataObject) -> None:
    """An entry that is added to a list and taken away again leaves the file as it was, byte for byte."""
    path = draw.draw(st.sampled_from([path for path in FILES if path.parent.name == "districts"]), "file")
    data = path.read_bytes()
    pledges = data_of(data)["pledges"]
    number = draw.draw(st.integers(0, len(pledges) - 1), "pledge")
    there = pledges[number].get("updates") or []
    position = draw.draw(st.integers(0, len(there)), "position")
    update = {"date": "2031-01-01", "text": {"zh": draw.draw(TEXTS), "en": draw.draw(TEXTS)}, "by": draw.draw(TEXTS)}
    loc = ("pledges", number, "updates")
    after = spliced("x", data, [Insert(loc, position, update, ("source", "notes", "deadline"))])
    assert data_of(after)["pledges"][number]["updates"] == [*there[:position], update, *there[position:]]
    gone, _ = changed_lines(data, after)
    assert gone in ([], [b"    updates: []\n"])
    if there:
        assert spliced("x", after, [Remove((*loc, position))]) == data
    elif not gone:
        assert spliced("x", after, [Remove(loc)]) == data
