"""How texts are written into a page: equal ones are shaped once, and glyphs are read in one piece."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import weasyprint.draw.text as drawing
import weasyprint.images as images
from weasyprint.text import line_break
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from gazette.pdf.glyphs import glyphs_of
from gazette.pdf.patches.shaping import SHORT

Draw = Callable[..., list[Any]]
"""Draws the line of a text box into a stream, and returns the coloured glyphs that are still to be drawn."""


REPLACED = {
    "weasyprint.text.line_break:Layout.reactivate": "bd3baa717dd0",
    "weasyprint.text.line_break:Layout.deactivate": "2cb704e3f16a",
    "weasyprint.draw.text:draw_first_line": "d150dc388453",
    "weasyprint.images:SVGImage.draw": "9df9f6b3e93b",
}
"""What this takes the place of, with the digests of the sources it was written against (`pdf.replaced`)."""


def install() -> None:
    """Puts what writes a line into WeasyPrint, once for the process."""
    drawing.draw_first_line = _in_one_piece(drawing.draw_first_line)


def install_memory() -> None:
    """Puts what remembers lines into WeasyPrint, over all that writes them, once for the process."""
    layout = line_break.Layout
    layout.activate, layout.reactivate, layout.deactivate = layout.reactivate, _put_off, _deactivate
    drawing.draw_first_line = _remembered(drawing.draw_first_line)
    images.SVGImage.draw = _drawn_before(images.SVGImage.draw)


# ── texts that were there before ─────────────────────────────────────────────


def _put_off(layout: Any, style: Any) -> None:
    """A layout is only made again if its text has to be shaped: see `_remembered`."""
    layout.style = style


def _deactivate(layout: Any) -> None:
    """As the method, also for a layout that was not made again."""
    for name in ("layout", "language", "style"):
        layout.__dict__.pop(name, None)


def _remembered(draw: Draw) -> Draw:
    """What a text adds to a page is remembered with its style: it is the same wherever the text stands."""

    def draw_first_line(stream: Any, textbox: Any, overflow: str, ellipsis: Any, matrix: Any) -> list[Any]:
        layout, style = textbox.pango_layout, textbox.style
        key = layout.text, layout.spread, layout.justification_spacing
        file, known = style.__dict__.get("drawn", (None, None))
        if known is None or file is not stream._fonts:  # what was drawn is in the fonts of this file
            file, known = style.drawn = stream._fonts, {}
        whole = overflow != "ellipsis" and ellipsis == "none"
        if whole and key in known:
            for name, arguments in known[key]:
                getattr(stream, name)(*(matrix.values if name == _PLACE else arguments))
            return []
        if "layout" not in layout.__dict__:
            layout.activate(style)
        noting = _Noting(stream)
        emojis = draw(noting, textbox, overflow, ellipsis, matrix)
        if whole and not emojis and len(layout.text) <= SHORT:
            known[key] = noting.notes
        return emojis

    return draw_first_line


class _Noting:
    """A stream that notes what is shown of a text."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.notes: list[tuple[str, tuple[Any, ...]]] = []

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._stream, name)
        if name not in _NOTED:
            return method

        def noted(*arguments: Any) -> None:
            self.notes.append((name, arguments))
            method(*arguments)

        return noted


_PLACE = "set_text_matrix"
_NOTED = frozenset((_PLACE, "set_font_size", "set_text_rise", "set_character_spacing", "show_text"))


# ── drawings that were there before ──────────────────────────────────────────

_STATE = ("_current_color", "_current_color_stroke", "_current_alpha", "_current_alpha_stroke", "_current_font")
"""What a stream remembers so that it does not say it again."""


def _drawn_before(draw: Callable[..., None]) -> Callable[..., None]:
    """What a drawing adds to a page is remembered with the file: a tally stands at every unit, often the same. One that
    needs things of its own (a group, a pattern) is drawn each time: they are made for the place where it stands."""

    def drawn(self: Any, stream: Any, width: float, height: float, style: Any) -> None:
        known = stream._resources.__dict__.setdefault("drawings", {})
        key = ElementTree.tostring(self._svg.tree._etree_node), width, height, *_state(stream)
        if key in known:
            operators, after = known[key]
            stream.stream += operators
            stream.__dict__.update(zip(_STATE, after, strict=True))
            return
        before, things = len(stream.stream), _things(stream)
        draw(self, stream, width, height, style)
        if _things(stream) == things:
            known[key] = stream.stream[before:], _state(stream)

    return drawn


def _things(stream: Any) -> int:
    """How many things pages refer to by name."""
    return sum(len(kind) for kind in stream._resources.values() if isinstance(kind, dict))


def _state(stream: Any) -> tuple[Any, ...]:
    return tuple(getattr(stream, name) for name in _STATE)


# ── texts that are new ───────────────────────────────────────────────────────


def _in_one_piece(draw: Draw) -> Draw:
    """As WeasyPrint's, for lines of outlines that stand on their baseline: all but a few. It looks at each glyph
    through cffi, ten times; here what a glyph of a width adds to a line is worked out once for a font and size."""

    def draw_first_line(stream: Any, textbox: Any, overflow: str, ellipsis: Any, matrix: Any) -> list[Any]:
        layout, size = textbox.pango_layout, textbox.style["font_size"]
        runs = None
        if overflow != "ellipsis" and ellipsis == "none" and textbox.text.strip() and size >= 1e-6:
            pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
            runs = _plain_runs(layout, stream, size)
        if runs is None:
            return draw(stream, textbox, overflow, ellipsis, matrix)
        stream.set_text_matrix(*matrix.values)
        string, previous = "", None
        for item, string_of_glyphs, font, font_size, glyphs, widths in runs:
            if item.analysis.font != previous:
                previous = item.analysis.font
                if string:
                    stream.show_text(string)
                string = ""
                stream.set_font_size(font.hash, font_size)
            known = font.__dict__.setdefault("pieces", {})
            pieces = known.get(font_size)
            if pieces is None:
                pieces = known[font_size] = _Pieces(font, font_size, stream)
            pieces.run = layout.text, item, string_of_glyphs, glyphs
            string += "<" + "".join([pieces[key] for key in zip(glyphs, widths, strict=True)])
            string = string[:-1] if string[-1] == "<" else string + ">"
        stream.show_text(string)
        return []

    return draw_first_line


def _plain_runs(layout: Any, stream: Any, size: float) -> list[tuple[Any, ...]] | None:
    """Of each run of a line its item, its string, font and size, glyphs and widths. None where one is not plain."""
    line, _ = layout.get_first_line()
    found, run = list[tuple[Any, ...]](), line.runs[0]
    while run != ffi.NULL:
        item, string = run.data.item, run.data.glyphs
        font, font_size = stream.add_font(item.analysis.font)
        if pango.pango_version() < _SIZES_RIGHT:
            font_size = size
        glyphs, widths, right, up = glyphs_of(string)
        coloured = font.bitmap or font.png or font.svg or font.colr
        if coloured or any(right) or any(up) or item.analysis.level % 2 or max(glyphs, default=0) > _EMPTY:
            return None
        found.append((item, string, font, font_size, glyphs, widths))
        run = run.next
    return found


_SIZES_RIGHT = 14802
"""Since this version Pango tells the size of a font right (its issue 530)."""

_EMPTY: int = pango.PANGO_GLYPH_EMPTY
"""The glyph of a character that is not seen. Greater numbers are of characters that no font has."""


class _Pieces(dict[tuple[int, int], str]):
    """What a glyph of a width adds to a line, in hexadecimal digits, with what is to be moved after it in thousandths
    of an em; for a font and size. What is new is also noted for the font's own tables."""

    def __init__(self, font: Any, font_size: float, stream: Any) -> None:
        self.font, self.font_size, self.stream = font, font_size, stream
        self.run: tuple[str, Any, Any, list[int]]

    def __missing__(self, key: tuple[int, int]) -> str:
        glyph, width = key
        if glyph == _EMPTY:
            piece = f">{-width / self.font_size}<"
        else:
            kerning = self._own_width(glyph) - width * 1000 * FROM_UNITS / self.font_size
            piece = f"{glyph:04x}>{int(kerning)}<" if kerning else f"{glyph:04x}"
        self[key] = piece
        return piece

    def _own_width(self, glyph: int) -> float:
        """In thousandths of an em, and of which text the glyph is."""
        text, item, string, glyphs = self.run
        if glyph not in self.font.to_unicode:
            ends = [*ffi.unpack(string.log_clusters, string.num_glyphs), item.length]
            place = glyphs.index(glyph)
            self.font.to_unicode[glyph] = text.encode()[item.offset :][ends[place] : ends[place + 1]].decode()
        if glyph not in self.font.widths:
            box = self.stream.logical_rect
            pango.pango_font_get_glyph_extents(item.analysis.font, glyph, self.stream.ink_rect, box)
            self.font.widths[glyph] = round(box.width * 1000 * FROM_UNITS / self.font_size)
        return float(self.font.widths[glyph])
