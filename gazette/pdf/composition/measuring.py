"""What was measured is not measured again. A ledger says the same short things hundreds of times: of the texts of a
bulletin, two in three were there before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from weasyprint.text import line_break

from gazette.pdf.composition.breaking import ENDLESS
from gazette.pdf.composition.room import room_of

SHORT = 64
"""Longer texts, in characters, are rarely there again: they are not remembered."""


def measured_once(split: Callable[..., Any]) -> Callable[..., Any]:
    """The first line of a text, remembered with its style where it is all of the text: it is the same wherever there
    is room for it."""

    def split_first_line(text: str, style: Any, context: Any, limit: Any, spacing: float, **more: Any) -> Any:
        if limit is None or len(text) > SHORT:
            return split(text, style, context, limit, spacing, **more)
        known = style.__dict__.setdefault("measured", {})
        found = known.get((text, spacing))
        left = limit - room_of(context).shortage
        if found is not None and style["font_size"] < left < ENDLESS and found[1][2] <= left:
            layout = object.__new__(line_break.Layout)
            layout.__dict__.update(found[0], max_width=limit)
            return layout, *found[1]
        layout, length, resume_at, *measures = split(text, style, context, limit, spacing, **more)
        if resume_at is None:
            known[text, spacing] = dict(layout.__dict__), (length, None, *measures)
        return layout, length, resume_at, *measures

    return split_first_line


def known(split: Callable[..., Any]) -> Callable[..., Any]:
    """The same where a text is only measured, to know how much room it would like to have: what heads a page is
    measured again for each page. Nobody draws what comes of it."""

    def split_first_line(text: str, style: Any, context: Any, limit: Any, spacing: float, **more: Any) -> Any:
        found = style.__dict__.setdefault("liked", {})
        key = text, limit, spacing, *more.values()
        if key not in found:
            found[key] = split(text, style, context, limit, spacing, **more)
        return found[key]

    return split_first_line
