"""Where a line with Chinese text ends, and how its gaps are drawn.

WeasyPrint sets text with Pango, which ends lines where the general rules of Unicode allow, and justifies by stretching
spaces only. Here lines end by the rules of Chinese (`rules`), and `justification` spreads what is left over between
characters. The text itself stays as it is: the spread is drawn as character spacing (the operator Tc) and other gaps as
kerning, so that readers copy and find the same words. One Pango layout gives all widths.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import accumulate
from typing import Any

from weasyprint.text import line_break
from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, pango

from gazette.pdf.composition.glyphs import glyphs_of
from gazette.pdf.composition.justification import spread_of
from gazette.pdf.composition.room import present_room
from gazette.pdf.composition.rules import (
    HAN_LATIN,
    HANGING,
    closes,
    ends_of_line,
    hangs,
    has_han,
    is_mark,
    may_end,
    meetings,
    meets,
    widens,
)

Split = tuple[Any, int, int | None, float, float, float]
"""What `split_first_line` returns: a layout, the length of its text in bytes, how many bytes to skip for the next line
(None: there is none); width, height and baseline in CSS pixels."""


# ── where a line ends ────────────────────────────────────────────────────────


def breaking(split: Callable[..., Split]) -> Callable[..., Split]:
    """`text.line_break.split_first_line`: ends lines with Chinese text by our rules, others as WeasyPrint does."""

    def split_first_line(
        text: str, style: Any, context: Any, max_width: float | None, *spacing: float, **more: bool
    ) -> Split:
        room = present_room()
        limit = None if max_width is None else max_width - room.shortage
        if _is_ours(text, style) and limit is not None and style["font_size"] < limit < ENDLESS:
            made = _compose(text, style, limit, room.taken(limit))
            if made:
                return made
        made = split(text, style, context, limit, *spacing, **more)
        if made[2] is not None and _fits_but_for_a_space(split, text, style, context, limit):
            made = split(text, style, context, None, *spacing, **more)
        layout, length, resume_at, width, height, baseline = made
        width += _gap(style) * len(meetings(layout.text))
        return layout, length, resume_at, width, height, baseline

    return split_first_line


ENDLESS = 2**21
"""From this length on, in CSS pixels, WeasyPrint treats a line as unlimited and measures it in another way."""


def _fits_but_for_a_space(
    split: Callable[..., Split], text: str, style: Any, context: Any, limit: float | None
) -> bool:
    """Whether a text fits into a line and only the space after it does not. That space hangs over the end of the line.
    WeasyPrint takes such a text for one too long word, and puts its first word alone on the line."""
    words = text.rstrip(" ")
    if limit is None or words == text or style["white_space"] != "normal" or len(text) * style["font_size"] > 4 * limit:
        return False
    _, _, resume_at, width, _, _ = split(words, style, context, limit, 0)
    return resume_at is None and bool(width <= limit)


def _is_ours(text: str, style: Any) -> bool:
    return style["white_space"] == "normal" and has_han(text) and not {"\n", "\u00ad"} & set(text)


def _compose(text: str, style: Any, limit: float, taken: float) -> Split | None:
    """The first line of `text` within `limit`, where other texts have `taken` a part of the line; None where the rules
    find no place to end it."""
    em = style["font_size"]
    layout = line_break.Layout(style)
    part = text[: int(limit / em * 1.5) + 8]
    ends = widths_to(layout, part, style)
    if ends[len(part.rstrip(" "))] <= limit and part != text:
        part = text
        ends = widths_to(layout, part, style)
    if part == text and ends[len(part.rstrip(" "))] <= limit:
        return measured(layout, text, None, ends[-1], style)
    for place in ends_of_line(part, ends, limit, em, taken):
        line = part[:place].rstrip(" ")
        if _stands_alone(layout, part, len(line)):
            layout.text, width = line, ends[len(line)]
        else:
            width = widths_to(layout, line, style)[-1]
        if width > limit and hangs(line):
            width -= HANGING * em
        if width <= limit:  # alone it may be wider: a mark is closed up only before its neighbour
            return measured(layout, line, len(part[:place].encode()), width, style)
    return None


def _stands_alone(layout: Any, text: str, end: int) -> bool:
    """Whether the first `end` characters of a text are as wide alone as they are in it, so that they need no layout of
    their own: they end with no mark that its neighbour closes up, and have the same fonts. Most lines do."""
    if end == 0 or layout.text != text or (is_mark(text[end - 1]) and is_mark(text[end : end + 1])):
        return False
    last, fonts = len(text[:end].encode()), dict[Any, bool]()
    for run, starts, _ in _runs(layout):
        font = run.item.analysis.font
        fonts[font] = fonts.get(font, False) or min(starts, default=last) < last
    return all(fonts.values())


def measured(layout: Any, text: str, resume_at: int | None, width: float, style: Any) -> Split:
    """A line as `split_first_line` returns it, from its layout and what was found out about it."""
    line, _ = layout.get_first_line()
    _, height = line_break.line_size(line, style)
    baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
    layout.deactivate()
    return layout, len(text.encode()), resume_at, width, height, baseline


def widths_to(layout: Any, text: str, style: Any) -> list[float]:
    """The width of the first n characters of `text`, for each n from 0 to its length, in CSS pixels and with the gaps
    between Han and Latin."""
    layout.set_text(text)
    index = {offset: number for number, offset in enumerate(accumulate((len(c.encode()) for c in text), initial=0))}
    advances = [0.0] * len(text)
    for run, starts, _ in _runs(layout):
        for start, width in zip(starts, glyphs_of(run.glyphs)[1], strict=True):
            advances[index[start]] += width * FROM_UNITS
    gap = _gap(style)
    for number in meetings(text):
        advances[number] += gap
    return list(accumulate(advances, initial=0.0))


def _runs(layout: Any) -> Iterator[tuple[Any, list[int], int]]:
    """Each run (`PangoGlyphItem`) of a layout's first line, the byte where the character of each glyph starts, and the
    byte where the run ends."""
    line, _ = layout.get_first_line()
    run = line.runs[0] if line.runs != ffi.NULL else ffi.NULL
    while run != ffi.NULL:
        item = run.data.item
        string = run.data.glyphs
        starts = [item.offset + start for start in ffi.unpack(string.log_clusters, string.num_glyphs)]
        yield run.data, starts, item.offset + item.length
        run = run.next


def _gap(style: Any) -> float:
    return float(HAN_LATIN * style["font_size"])


def parting(can_break: Callable[[str, str], bool | None]) -> Callable[[str, str], bool]:
    """`text.line_break.can_break_text`: decides by our rules between two characters, for which WeasyPrint asks where
    two boxes meet."""

    @lru_cache(maxsize=4096)
    def can_break_text(text: str, language: str) -> bool:
        if len(text) == 2 and has_han(text):
            return may_end(text, 1)
        return bool(can_break(text, language))

    return can_break_text


# ── drawing ──────────────────────────────────────────────────────────────────


def reactivating(reactivate: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """`text.line_break.Layout.reactivate`, which makes a layout again to draw it: puts its gaps back too."""

    def again(layout: Any, style: Any) -> None:
        reactivate(layout, style)
        if has_han(layout.text) or spread_of(layout):
            pango.pango_layout_set_single_paragraph_mode(layout.layout, True)  # set later, it would undo what follows
            _kern(layout, style)

    return again


def _kern(layout: Any, style: Any) -> None:
    """Widen the gaps between Han and Latin, take back the spread of the line where a gap must not widen, and close
    marks up.

    WeasyPrint cuts kerning to whole thousandths of an em: hence half a thousandth more.
    """
    text, gap, half, spread = layout.text, _gap(style), 0.0005 * style["font_size"], spread_of(layout)
    changes, offset = dict[int, int](), 0
    for number in range(1, len(text)):
        offset += len(text[number - 1].encode())
        change = (gap + half) * meets(text, number)
        if spread > 0 and text[number - 1] not in "\u200b\u2060" and not widens(text, number):
            change -= spread + half
        if spread < 0 and closes(text, number):
            change += spread - half
        if change:
            changes[offset] = round(change * TO_UNITS)
    if not changes:
        return
    for run, starts, end in _runs(layout):
        for number, after in enumerate([*starts[1:], end]):
            if after in changes and after != starts[number]:
                run.glyphs.glyphs[number].geometry.width += changes[after]


def drawing(draw: Callable[..., Any]) -> Callable[..., Any]:
    """`draw.text.draw_first_line`: draws a text with the spread of its line as character spacing (ISO 32000-1, 9.3.2).
    Marks that are closed up are few and are kerned instead: with negative spacing taken back everywhere else, readers
    would find spaces."""

    def draw_first_line(stream: Any, textbox: Any, *others: Any) -> Any:
        spread = spread_of(textbox.pango_layout)
        if spread <= 0:
            return draw(stream, textbox, *others)
        _space(stream, f"{spread:.4f}")
        try:
            return draw(stream, textbox, *others)
        finally:
            _space(stream, "0")

    return draw_first_line


def _space(stream: Any, space: str) -> None:
    """Set the character spacing, for which pydyf has no method."""
    stream.stream.append(f"{space} Tc".encode())
