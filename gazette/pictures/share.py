"""Draws the pictures that appear beside a shared link: the name, its pledges as strokes, and the name of the site.

Everything is drawn in shades of one ink, and gets a palette of sixteen fixed colours at the end: so a picture is small,
and the colours are the same in all of them.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from gazette.pictures.lettering import Fitted, fit, length, write
from gazette.site.views.share import ShareView

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

WIDE, SQUARE = (1200, 630), (600, 600)
"""Sizes in pixels: the one that Open Graph recommends, and the one that WeChat shows beside a link."""

_PAPER, _INK, _RED = (0xFB, 0xFB, 0xF8), (0x1A, 0x1B, 0x1D), (0xB3, 0x2D, 0x18)
"""The colours --paper, --ink and --zhu of the style sheet."""

_SHADES = 15
_BLACK, _DARK, _HAIR = 255, 200, 60

_STROKES = (
    (3, 3.5, 17, 3.5),
    (10.5, 3.5, 10.5, 16.5),
    (10.5, 9.5, 15.8, 9.5),
    (5.5, 8.5, 5.5, 16.5),
    (1.5, 16.5, 18.5, 16.5),
)
"""The strokes of 正 in a box of 20, as the pages draw them (templates/_sprite.html); a single stroke is `_ONE`."""

_ONE = (2, 10, 18, 10)


def share_picture(view: ShareView, counted: str) -> bytes:
    """Return the PNG of a view. `counted` says how many pledges there are. Equal arguments give equal bytes."""
    from PIL import Image

    canvas = Image.new("L", SQUARE if view.square else WIDE, 0)
    icon = _square(canvas, view) if view.square else _wide(canvas, view, counted)
    return _png(canvas, icon)


def _wide(canvas: Image, view: ShareView, counted: str) -> tuple[int, int, int]:
    """Draw name, strokes and count between two rules. Return where the sign of the site goes (x, y) and its size, in
    pixels."""
    from PIL import ImageDraw

    (width, height), margin, draw = WIDE, 72, ImageDraw.Draw(canvas)
    _rules(draw, margin, 60, width)
    _invented(canvas, view, width - margin, 116)
    room = width - 2 * margin
    above = fit(view.above, (room - 170, 40), range(30, 29, -1))
    write(canvas, (margin, 118), above.lines[0], above.size, _DARK)
    bottom = _lines(canvas, margin, 118 + 26, fit(view.name, (room, 220), range(124, 55, -4)), 186)
    _tally(draw, view.strokes, (margin, bottom + 30), (room, height - 142 - bottom - 30))
    draw.rectangle((margin, height - 116, width - margin, height - 115), fill=_HAIR)
    site = fit(view.site, (room - 100 - int(length(counted, 30)), 50), range(36, 23, -2))
    write(canvas, (margin + 58, height - 62), site.lines[0], site.size, _BLACK)
    write(canvas, (width - margin - length(counted, 30), height - 62), counted, 30, _DARK)
    return margin, height - 96, 44


def _square(canvas: Image, view: ShareView) -> tuple[int, int, int]:
    """Draw name and strokes only: the picture is shown as small as a thumb. Returns the same as `_wide`."""
    from PIL import ImageDraw

    (width, height), margin, draw = SQUARE, 44, ImageDraw.Draw(canvas)
    _rules(draw, margin, 40, width)
    _invented(canvas, view, width - margin, 96)
    name = fit(view.name, (width - 2 * margin, 320), range(190, 55, -4))
    bottom = _lines(canvas, margin, 104, name, 300)
    _tally(draw, view.strokes, (margin, bottom + 24), (width - 2 * margin, height - 104 - bottom - 24))
    site = fit(view.site, (width - 2 * margin - 60, 46), range(34, 19, -2))
    write(canvas, (margin + 58, height - 48), site.lines[0], site.size, _BLACK)
    return margin, height - 82, 44


def _rules(draw: ImageDraw, margin: int, y: int, width: int) -> None:
    """Draw the double rule that heads every page of the site."""
    draw.rectangle((margin, y, width - margin, y + 5), fill=_BLACK)
    draw.rectangle((margin, y + 11, width - margin, y + 12), fill=_BLACK)


def _invented(canvas: Image, view: ShareView, right: int, base: int) -> None:
    """State in a frame that the city is fictional: a picture is passed on without its page."""
    from PIL import ImageDraw

    if view.invented:
        draw = ImageDraw.Draw(canvas)
        left = right - length(view.invented, 26) - 24
        draw.rectangle((left, base - 31, right, base + 11), outline=_BLACK, width=2)
        write(canvas, (left + 12, base), view.invented, 26, _BLACK)


def _lines(canvas: Image, x: int, top: int, name: Fitted, most: int) -> int:
    """Draw the lines of a name below `top`, centred in at least `most` pixels of height. Return the y of the lower
    end."""
    step, high = name.height // len(name.lines), name.height
    first = top + max(0, (most - high) // 2) + name.size
    for index, line in enumerate(name.lines):
        write(canvas, (x, first + index * step), line, name.size, _BLACK)
    return max(top + most, top + high)


def _tally(draw: ImageDraw, strokes: int, at: tuple[int, int], room: tuple[int, int]) -> None:
    """Draw one stroke a pledge, five to a sign, with signs as large as fit `room`; none if they do not fit."""
    signs = -(-strokes // 5)
    side = next((side for side in range(96, 11, -2) if _fits(signs, side, room)), 0)
    if not side:
        return
    a_row, step = room[0] // _step(side), _step(side)
    top = at[1] + (room[1] - -(-signs // a_row) * step) // 2
    for sign in range(signs):
        corner = at[0] + sign % a_row * step, top + sign // a_row * step
        count = min(5, strokes - 5 * sign)
        for stroke in (_ONE,) if count == 1 else _STROKES[:count]:
            draw.rectangle(_bar(stroke, corner, side, 1.8), fill=_BLACK)


def _step(side: int) -> int:
    """Return the distance from one sign to the next, in pixels."""
    return side + side // 4


def _fits(signs: int, side: int, room: tuple[int, int]) -> bool:
    return (room[0] // _step(side)) * (room[1] // _step(side)) >= signs


def _bar(
    stroke: tuple[float, float, float, float], corner: tuple[int, int], side: int, width: float
) -> tuple[int, int, int, int]:
    """Return a stroke of a sign as a rectangle of whole pixels, so that no edge is grey."""
    unit, half = side / 20, max(1, round(side * width / 20)) / 2
    left, top, right, bottom = (side_at + unit * value for side_at, value in zip(corner * 2, stroke, strict=True))
    upright = left == right
    across = (half, 0.0) if upright else (0.0, half)
    return (
        round(left - across[0]),
        round(top - across[1]),
        round(right + across[0]) - (1 if upright else 0),
        round(bottom + across[1]) - (0 if upright else 1),
    )


def _png(canvas: Image, icon: tuple[int, int, int]) -> bytes:
    """Return the canvas as a PNG in its palette (paper, shades of ink, red), with the sign of the site in red."""
    from PIL import ImageDraw

    shades = canvas.point([round(level * (_SHADES - 1) / 255) for level in range(256)])
    x, y, side = icon
    draw = ImageDraw.Draw(shades)
    for stroke in _STROKES:
        draw.rectangle(_bar(stroke, (x, y), side, 2.4), fill=_SHADES)
    shades.putpalette(_palette())
    out = io.BytesIO()
    shades.save(out, "PNG", bits=4, compress_level=4)
    return out.getvalue()


def _palette() -> list[int]:
    """Return sixteen colours: from paper to ink in equal steps, then red."""
    colours = []
    for shade in range(_SHADES):
        part = shade / (_SHADES - 1)
        colours += [round(paper + (ink - paper) * part) for paper, ink in zip(_PAPER, _INK, strict=True)]
    return [*colours, *_RED]
