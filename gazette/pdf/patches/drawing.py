"""What a text or a picture adds to a page: equal ones are drawn once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import weasyprint.draw.text as drawing
import weasyprint.images as images
from weasyprint.text import line_break

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
    """Puts the changes into WeasyPrint, over all that draws lines, once for the process."""
    line_break.Layout.activate = line_break.Layout.reactivate
    line_break.Layout.reactivate, line_break.Layout.deactivate = _put_off, _deactivate
    drawing.draw_first_line = _remembered(drawing.draw_first_line)
    images.SVGImage.draw = _drawn_before(images.SVGImage.draw)


# ── texts ────────────────────────────────────────────────────────────────────


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


# ── pictures ─────────────────────────────────────────────────────────────────

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
