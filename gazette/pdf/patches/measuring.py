"""Texts that were measured before are not measured again.

A ledger says the same short things hundreds of times: two in three texts of a bulletin have been there before.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from weasyprint.text import line_break

from gazette.pdf.composition.breaking import ENDLESS
from gazette.pdf.composition.hooks import Around
from gazette.pdf.composition.record import once_a_style
from gazette.pdf.composition.room import present_room

RELIES_ON = {
    "weasyprint.text.line_break:Layout": "8887916c77b4",
    "weasyprint.text.line_break:split_first_line": "e61531ec9aae",
    "weasyprint.text.line_break:first_line_metrics": "5801edf76688",
    "weasyprint.layout.inline:split_text_box": "d9af6a517d10",
    "weasyprint.layout.preferred:inline_line_widths": "95debf22253a",
    "weasyprint.layout.preferred:trailing_whitespace_size": "059e1c335c0b",
}
"""What this uses of other libraries' insides, with digests of the sources (`pdf.sources`): what a layout holds, what
`split_first_line` takes and returns, and what its callers do with the result."""

SHORT = 64
"""Only texts up to this many characters are remembered: longer ones rarely come again."""


@once_a_style
def _lines(_style: Any) -> dict[Any, Any]:
    """The lines of whole texts in a style, by text and spacing."""
    return {}


@once_a_style
def _widths(_style: Any) -> dict[Any, Any]:
    """What was measured in a style, by all that was asked."""
    return {}


def remembering_lines(split: Callable[..., Any]) -> Callable[..., Any]:
    """`split_first_line` as the layout of lines calls it. Where a line holds the whole text, it is remembered: it is
    the same wherever there is room for it."""

    def split_first_line(text: str, style: Any, context: Any, limit: Any, spacing: float, **more: Any) -> Any:
        if limit is None or len(text) > SHORT:
            return split(text, style, context, limit, spacing, **more)
        known = _lines(style)
        found = known.get((text, spacing))
        left = limit - present_room().shortage
        if found is not None and style["font_size"] < left < ENDLESS and found[1][2] <= left:
            layout = object.__new__(line_break.Layout)
            layout.__dict__.update(found[0], max_width=limit)
            return layout, *found[1]
        layout, length, resume_at, *measures = split(text, style, context, limit, spacing, **more)
        if resume_at is None:
            known[text, spacing] = dict(layout.__dict__), (length, None, *measures)
        return layout, length, resume_at, *measures

    return split_first_line


def remembering_widths(split: Callable[..., Any]) -> Callable[..., Any]:
    """`split_first_line` as the search for preferred widths calls it. The layouts are never drawn, so one may be given
    out several times. (The headings of a page are measured for each page.)"""

    def split_first_line(text: str, style: Any, context: Any, limit: Any, spacing: float, **more: Any) -> Any:
        found = _widths(style)
        key = text, limit, spacing, *more.values()
        if key not in found:
            found[key] = split(text, style, context, limit, spacing, **more)
        return found[key]

    return split_first_line


AROUND = Around(remembering_lines, remembering_widths)
"""What `composition.hooks` puts around its own functions."""
