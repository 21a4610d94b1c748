"""Draws the site's title as outlines, which need no font; the lower half 正 of a 整 is in the editors' ink."""

from __future__ import annotations

from markupsafe import Markup

from gazette.fonts.typeface import FOLDER

FONT = FOLDER / "NotoSerifSC-Bold.ttf"
_EM = 1000
_TALLY_HOST, _SEAM = "整", 0.36
"""Contours of 整 whose top is below this part of the em belong to its lower half."""


def wordmark(title: str, tally_ink: str = "") -> Markup:
    """Return an `<svg>` with the title as paths in `currentColor`. The 正 of a 整 has the class `zheng`, and the colour
    `tally_ink` where style sheets do not apply (print)."""
    import uharfbuzz as hb

    font = hb.Font(hb.Face(hb.Blob.from_file_path(str(FONT))))
    scale = _EM / font.face.upem
    buffer = hb.Buffer()
    buffer.add_str(title)
    buffer.guess_segment_properties()
    hb.shape(font, buffer, {"pwid": True})
    ink: list[str] = []
    tally: list[str] = []
    x = 0.0
    for info, placement in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        host = title[info.cluster] == _TALLY_HOST
        for contour in _contours(font, info.codepoint):
            path = _path(contour, x + placement.x_offset * scale, scale)
            top = max(y for _, points in contour for _, y in points) * scale
            (tally if host and top < _SEAM * _EM else ink).append(path)
        x += placement.x_advance * scale
    marks = [Markup('<path d="{}"/>').format("".join(ink))]
    if tally:
        ink_of_tally = Markup(' fill="{}"').format(tally_ink) if tally_ink else Markup("")
        marks.append(Markup('<path class="zheng"{} d="{}"/>').format(ink_of_tally, "".join(tally)))
    head = Markup('<svg viewBox="0 {} {} {}" role="img"><title>{}</title>')
    return head.format(-_EM * 88 // 100, round(x), _EM, title) + Markup("").join(marks) + Markup("</svg>")


_Contour = list[tuple[str, list[tuple[float, float]]]]


def _contours(font: object, glyph: int) -> list[_Contour]:
    """Return the closed contours of a glyph, as pen commands in font units."""
    import uharfbuzz as hb

    contours: list[_Contour] = []
    funcs = hb.DrawFuncs()
    funcs.set_move_to_func(lambda x, y, _: contours.append([("M", [(x, y)])]))
    funcs.set_line_to_func(lambda x, y, _: contours[-1].append(("L", [(x, y)])))
    funcs.set_quadratic_to_func(lambda a, b, x, y, _: contours[-1].append(("Q", [(a, b), (x, y)])))
    funcs.set_cubic_to_func(lambda a, b, c, d, x, y, _: contours[-1].append(("C", [(a, b), (c, d), (x, y)])))
    font.draw_glyph(glyph, funcs)  # type: ignore[attr-defined]
    return contours


def _path(contour: _Contour, x: float, scale: float) -> str:
    """Return a contour as the shortest SVG path: relative points, `h` and `v` for straight lines, and `t` where a curve
    continues smoothly (TrueType outlines consist of such curves)."""

    def placed(point: tuple[float, float]) -> tuple[int, int]:
        return round(x + point[0] * scale), round(-point[1] * scale)

    steps = _Steps()
    here = bend = (0, 0)
    for command, points in contour:
        places = [placed(point) for point in points]
        if command == "L" and places == [here]:
            continue
        name, numbers = command.lower(), [n - o for place in places for n, o in zip(place, here, strict=True)]
        if command == "M":
            name, numbers = "M", [*places[0]]
        elif command == "L" and 0 in numbers:
            name, numbers = ("v", numbers[1:]) if numbers[0] == 0 else ("h", numbers[:1])
        elif command == "Q" and bend != here and _is_smooth(bend, here, places[0]):
            name, numbers = "t", numbers[2:]
        steps.draw(name, numbers)
        if name == "t":  # as a renderer mirrors the bend, so that rounding errors do not add up
            places[0] = (2 * here[0] - bend[0], 2 * here[1] - bend[1])
        here, bend = places[-1], places[0] if command == "Q" else places[-1]
    return f"{steps.text}z"


def _is_smooth(bend: tuple[int, int], here: tuple[int, int], following: tuple[int, int]) -> bool:
    """Return whether `here` is midway between `bend` and `following`, within the rounding to whole numbers."""
    return all(abs(b + f - 2 * h) <= 1 for b, h, f in zip(bend, here, following, strict=True))


class _Steps:
    """Writes path data: a repeated command is written once, and a minus sign separates numbers by itself."""

    def __init__(self) -> None:
        self.text = ""
        self._before = ""

    def draw(self, name: str, numbers: list[int]) -> None:
        """Append a command with its numbers."""
        for position, number in enumerate(numbers):
            if position == 0 and name != self._before:
                self.text += name
            elif number >= 0:
                self.text += " "
            self.text += str(number)
        self._before = name
