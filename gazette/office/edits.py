"""The edits of a text that write a value at its place in YAML, add an entry to a list, or remove something."""

from __future__ import annotations

from collections.abc import Sequence

from gazette.lazy_re import pattern
from gazette.office.file_lines import Edit
from gazette.office.places import Place
from gazette.office.yaml_writing import (
    STEP,
    Value,
    below,
    block_lines,
    block_reads,
    entry,
    fits_inline,
    head,
    inline,
    pair,
)
from gazette.reading.yaml.nodes import Node

_HEADER = pattern(r"([|>])([-+]?)( +#.*)?")
"""The line of the key of a text of several paragraphs, with a comment."""

_REMARK = pattern(r" *#")


# ── values ───────────────────────────────────────────────────────────────────


def put(place: Place, value: Value, after: Sequence[str]) -> list[Edit]:
    """Return the edits that write a value at its place. Raises CannotWrite."""
    node = place.node
    if node is None:
        return _new_key(place, value, after)
    if node.style in ("|", ">"):
        return _over_block(place, node, value)
    if place.in_flow or isinstance(place.step, int):
        is_text = isinstance(value, str)
        return [_over(place, node, inline(value, place.in_flow or not is_text, node.style, _is_remarked(place, node)))]
    if _in_lines(node) or not fits_inline(value):
        return [_whole(place, node, value)]
    start = place.start_of(node)
    gap = " " if place.lines.text[start - 1 : start] == ":" else ""
    style = node.style if node.scalar is not None else ""
    return [_over(place, node, gap + inline(value, not isinstance(value, str), style, _is_remarked(place, node)))]


def _is_remarked(place: Place, node: Node) -> bool:
    """Return whether a comment follows a value in its line."""
    return bool(_REMARK.match(place.lines.text, place.end_of(node)))


def _in_lines(node: Node) -> bool:
    """Return whether a value begins below its key."""
    return not node.style and bool(node.items or node.entries)


def _over(place: Place, node: Node, new: str) -> Edit:
    return Edit(place.start_of(node), place.end_of(node), new)


def _whole(place: Place, node: Node, value: Value) -> Edit:
    """Replace everything after the colon of a key. The comment in its line stays."""
    lines, start, end = place.lines, place.after_colon(), place.end_of(node)
    if _in_lines(node):
        remark = lines.text[start : lines.line_end(start)].rstrip()
    else:
        remark, end = lines.text[end : lines.line_end(end)].rstrip(), lines.line_end(end)
    return Edit(start, end, _behind_colon(place, value, remark))


def _behind_colon(place: Place, value: Value, remark: str) -> str:
    """Return a value as it is written after the colon of its key, with the comment of that line."""
    if fits_inline(value):
        return f" {inline(value, not isinstance(value, str), remarked=bool(remark))}{remark}"
    return "\n".join([head(value) + remark, *below(value, place.indent)])


def _over_block(place: Place, node: Node, value: Value) -> list[Edit]:
    """Replace a text of several lines. Another such text keeps its sign (`|` or `>`) and its indentation."""
    lines, start, end = place.lines, place.start_of(node), place.end_of(node)
    header = _HEADER.match(lines.text[start : lines.line_end(start)])
    sign, remark = (header[1], header[3] or "") if header else ("", "")
    if sign and isinstance(value, str) and value and block_reads(value, sign):
        body = lines.text[lines.line_end(start) : end].lstrip("\n")
        indent = len(body) - len(body.lstrip(" ")) or place.indent + STEP
        return [
            Edit(start, end, "\n".join([f"{sign}{header[2] if header else ''}{remark}", *block_lines(value, indent)]))
        ]
    if isinstance(place.step, int):
        return [Edit(start, end, inline(value, not isinstance(value, str), remarked=bool(remark)) + remark)]
    return [Edit(place.after_colon(), end, _behind_colon(place, value, remark))]


# ── new keys ─────────────────────────────────────────────────────────────────


def _new_key(place: Place, value: Value, after: Sequence[str]) -> list[Edit]:
    key = str(place.step)
    before = [number for number, name in enumerate(place.keys) if name in after] if after else [place.count - 1]
    if place.parent.style == "{":
        return [_in_braces(place, f"{inline(key)}: {inline(value)}", before[-1] if before else -1)]
    written = pair(key, value, place.indent)
    if not before:
        first = place.begin(0)
        return [Edit(first, first, "\n".join([*written, " " * place.indent]))]
    return [_lines_after(place, before[-1], place.indent, written)]


def _in_braces(place: Place, written: str, number: int) -> Edit:
    """Add something in braces or brackets after the item `number` (-1: before all)."""
    if not place.count:
        at = place.start_of(place.parent) + 1
        return Edit(at, at, written)
    if number < 0:
        return Edit(place.begin(0), place.begin(0), f"{written}, ")
    return Edit(place.end(number), place.end(number), f", {written}")


def _lines_after(place: Place, number: int, indent: int, written: Sequence[str]) -> Edit:
    """Add lines after those of a key or an entry."""
    at = place.lines.line_end(place.end(number))
    return Edit(at, at, "\n" + "\n".join([" " * indent + written[0], *written[1:]]))


# ── entries ──────────────────────────────────────────────────────────────────


def insert(place: Place, position: int, value: Value, after: Sequence[str]) -> list[Edit]:
    """Return the edits that add an entry to the list at a place, before its entry `position`. Raises CannotWrite."""
    node = place.node
    if node is None or not node.entries:
        return put(place, [value], after)
    inside = Place(place.lines, node, position, None, place.in_flow or node.style == "[")
    if node.style == "[":
        return [_in_braces(inside, inline(value), position - 1)]
    written = entry(value, inside.indent)
    if position:
        return [_lines_after(inside, position - 1, inside.indent, written)]
    at = place.start_of(node)
    return [Edit(at, at, "\n".join([*written, " " * inside.indent]))]


# ── what goes ────────────────────────────────────────────────────────────────


def remove(place: Place) -> list[Edit]:
    """Return the edits that remove a key or an entry."""
    number, lines = place.number, place.lines
    begin, end = (place.begin(number), place.end(number))
    if place.parent.style:
        return [_out_of_braces(place, number)]
    if isinstance(place.step, int):
        begin = lines.text.rindex("-", 0, begin)
    start, after = lines.line_start(begin), lines.line_end(end)
    if not lines.text[start:begin].strip(" "):
        return [Edit(start, after + 1, "")] if after < len(lines.text) else [Edit(max(start - 1, 0), after, "")]
    if number + 1 < place.count and "#" not in lines.text[end : place.begin(number + 1)]:
        return [Edit(begin, place.begin(number + 1), "")]
    return [Edit(begin, end, "")]


def _out_of_braces(place: Place, number: int) -> Edit:
    if number:
        return Edit(place.end(number - 1), place.end(number), "")
    return Edit(place.begin(0), place.begin(1) if place.count > 1 else place.end(0), "")
