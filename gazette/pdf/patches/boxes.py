"""What boxes keep and what they are asked: a style knows what is the same for all of its boxes.

A document has hundreds of boxes a page, and hundreds of styles in all. Everything is as WeasyPrint works it out.
"""

from __future__ import annotations

import math
from importlib import import_module
from typing import Any

import pydyf
import weasyprint.document as document
import weasyprint.draw as draw
import weasyprint.layout.background as background
import weasyprint.layout.block as block
import weasyprint.layout.float as floats
import weasyprint.layout.inline as inline
import weasyprint.layout.page as page
from weasyprint.css.functions import check_math
from weasyprint.css.properties import Dimension
from weasyprint.draw.color import get_color
from weasyprint.formatting_structure import boxes
from weasyprint.layout import percent
from weasyprint.layout.absolute import AbsolutePlaceholder

REPLACED = {
    "weasyprint.layout.percent:resolve_percentages": "41f3db763d0e",
    "weasyprint.formatting_structure.boxes:Box.__init__": "d14f9f80b601",
    "weasyprint.formatting_structure.boxes:Box.is_in_normal_flow": "1f765a7f6fa9",
    "weasyprint.formatting_structure.boxes:Box.establishes_formatting_context": "6d5f2e416c7f",
    "weasyprint.formatting_structure.boxes:ParentBox.page_values": "e918615912eb",
    "weasyprint.formatting_structure.boxes:ParentBox._reset_spacing": "bffcdef8622c",
    "weasyprint.formatting_structure.boxes:ParentBox.copy_with_children": "624bbf39f52a",
    "weasyprint.layout.float:avoid_collisions": "33b8c8e10e72",
    "weasyprint.layout.block:relative_positioning": "fc0a9d9302eb",
    "weasyprint.layout.background:layout_box_backgrounds": "f192fb4d03e4",
    "weasyprint.layout.page:make_page": "5ea1175b14cb",
    "weasyprint.draw:draw_border": "5829c299838f",
    "weasyprint.draw:draw_outline": "ba907184f5c4",
    "weasyprint.document:Page.paint": "0ee40c0966a1",
}
"""What this takes the place of, with the digests of the sources it was written against (`pdf.replaced`)."""


def install() -> None:
    """Puts the changes into WeasyPrint, once for the process."""
    percent.resolve_percentages = _resolve_percentages
    for name in ("absolute", "block", "column", "float", "grid", "inline", "page", "table"):
        import_module(f"weasyprint.layout.{name}").resolve_percentages = _resolve_percentages  # type: ignore[attr-defined]
    boxes.Box.is_in_normal_flow = _is_in_normal_flow
    boxes.Box.establishes_formatting_context = _establishes(boxes.Box.establishes_formatting_context)
    boxes.ParentBox.page_values = _page_values
    floats.avoid_collisions = block.avoid_collisions = inline.avoid_collisions = _past_floats(floats.avoid_collisions)
    block.relative_positioning = _relative(block.relative_positioning)
    boxes.Box.__init__, boxes.ParentBox._reset_spacing = _begin, _reset_spacing
    boxes.ParentBox.copy_with_children = _copy_with_children
    boxes.Box.remove_decoration_sides = frozenset()
    boxes.Box.first_letter_style = boxes.Box.first_line_style = boxes.Box.background = None
    for corner in _CORNERS:
        setattr(boxes.Box, corner, (0, 0))
    background.layout_box_backgrounds = _bare_first(background.layout_box_backgrounds)
    page.make_page, boxes.Box.__getattr__ = _shedding(page.make_page), _as_all_of_its_style
    draw.draw_border = _bordered(draw.draw_border)
    draw.draw_outline = _outlined(draw.draw_outline)
    document.Page.paint = _painting(document.Page.paint)
    boxes.TextBox.element_tag = None  # of a text that is forgotten: nobody may take it for a row of its table
    boxes.TextBox.children = ()


# ── lengths ──────────────────────────────────────────────────────────────────

_ACROSS = ("margin_left", "margin_right", "padding_left", "padding_right", "width", "min_width", "max_width")
_DOWN = ("margin_top", "margin_bottom", "padding_top", "padding_bottom")
_HEIGHTS = ("min_height", "max_height")
_BORDERS = ("border_top_width", "border_right_width", "border_bottom_width", "border_left_width")


def _resolve_percentages(box: Any, containing_block: Any) -> None:
    """As `resolve_percentages`: nearly all lengths are fixed ones, and are only written down. Where all are, a style
    knows what is written."""
    fixed = getattr(box.style, "fixed", None)
    if fixed is None:
        fixed = box.style.fixed = _fixed(box)
    if fixed and not isinstance(box, boxes.PageBox):
        box.__dict__.update(fixed)
        return
    if isinstance(containing_block, boxes.Box):
        width, height = containing_block.width, containing_block.height
    else:
        width, height = containing_block
    style, used = box.style, box.__dict__
    _write_down(box, _ACROSS, width)
    _write_down(box, _DOWN, height if isinstance(box, boxes.PageBox) else width)
    if height == "auto":
        own = style["height"]
        fixed = own != "auto" and not check_math(own) and own.unit != "%"
        used["height"] = own.value if fixed else "auto"
        percent.resolve_one_percentage(box, "min_height", 0)
        percent.resolve_one_percentage(box, "max_height", math.inf)
    else:
        _write_down(box, ("height", *_HEIGHTS), height)
    collapse = style["border_collapse"] == "collapse"
    for name in _BORDERS:
        if not (collapse and hasattr(box, name)):
            used[name] = style[name]
    if style["box_sizing"] != "content-box":
        percent.adjust_box_sizing(box, "width")
        percent.adjust_box_sizing(box, "height")


_TABLES = (
    *(boxes.TableBox, boxes.TableRowGroupBox, boxes.TableRowBox, boxes.TableCellBox),
    *(boxes.TableColumnGroupBox, boxes.TableColumnBox, boxes.TableCaptionBox),
)


def _fixed(box: Any) -> dict[str, Any]:
    """What all boxes of the style of a box have, wherever they are; nothing where that depends on where they are, or on
    the borders beside them. (What is in a table inherits from it that borders collapse; only its own parts do it.)"""
    style = box.style
    parts = isinstance(box, _TABLES) or box.is_table_wrapper
    if (parts and style["border_collapse"] == "collapse") or style["box_sizing"] != "content-box":
        return {}
    found = {name: style[name] for name in _BORDERS}
    for name in (*_ACROSS, *_DOWN, "height", *_HEIGHTS):
        value = style[name]
        if value == "auto":
            found[name] = 0 if name.startswith("min") else value
        elif type(value) is Dimension and value.unit == "px":
            found[name] = value.value
        else:
            return {}
    return found


def _write_down(box: Any, names: tuple[str, ...], whole: Any) -> None:
    style, used = box.style, box.__dict__
    for name in names:
        value = style[name]
        if value == "auto" and not name.startswith("min"):
            used[name] = value
        elif type(value) is Dimension and value.unit == "px":
            used[name] = value.value
        else:
            percent.resolve_one_percentage(box, name, whole)


# ── what is asked again and again ──────────────────────────────────────────────


def _is_in_normal_flow(self: Any) -> bool:
    """As the method of `Box`, which asks for float and position five times over: a style knows its answer."""
    style = self.style
    found: bool | None = getattr(style, "in_flow", None)
    if found is None:
        found = style.in_flow = style["float"] == "none" and style["position"] in ("static", "relative")
    return found


def _establishes(establishes: Any) -> Any:
    """Whether a box establishes a formatting context is asked ten times for each: a style knows, for each class."""

    def established(self: Any) -> bool:
        known: dict[Any, bool] = self.style.__dict__.setdefault("establishing", {})
        key = type(self), self.is_column
        if key not in known:
            known[key] = bool(establishes(self))
        return known[key]

    return established


def _page_values(self: Any) -> tuple[str, str]:
    """As the method of `ParentBox`, which looks at both ends of each box at either end."""
    return _page_value(self, 1), _page_value(self, -1)


def _page_value(box: Any, step: int) -> str:
    """The name of the page that a box begins (step 1) or ends (-1) on."""
    own: str = box.style["page"]
    if isinstance(box, boxes.ParentBox) and not isinstance(box, boxes.TableBox):
        for child in box.children[::step]:
            if child.is_in_normal_flow() or child.is_floated():
                return _page_value(child, step) or own
    return own


def _relative(position: Any) -> Any:
    """As `relative_positioning`, which visits each part of each line: nearly none is positioned."""

    def positioned(box: Any, containing_block: Any) -> None:
        if box.style["position"] == "relative":
            position(box, containing_block)
        elif isinstance(box, boxes.InlineBox | boxes.LineBox):
            for child in box.children:
                if child.children or child.style["position"] == "relative":
                    positioned(child, containing_block)

    return positioned


# ── what all boxes begin with ──────────────────────────────────────────────────


def _begin(self: Any, element_tag: str, style: Any, element: Any) -> None:
    """As `Box.__init__`, without what nearly all boxes leave as it is, a set among it."""
    self.element_tag, self.style, self.element, self.children = element_tag, style, element, []


def _reset_spacing(self: Any, side: str) -> None:
    """As the method, for a set that boxes share."""
    self.remove_decoration_sides = self.remove_decoration_sides | {side}
    for name in (f"margin_{side}", f"padding_{side}", f"border_{side}_width"):
        setattr(self, name, 0)


def _copy_with_children(self: Any, children: Any) -> Any:
    """As the method: what was removed at a break is kept by the copy only."""
    copied = self.copy()
    copied.children = children
    self.__dict__.pop("remove_decoration_sides", None)
    return copied


def _past_floats(avoid: Any) -> Any:
    """As `avoid_collisions`, which looks for floats three times for each line: where there are none, nothing moves."""

    def avoided(context: Any, box: Any, containing_block: Any, outer: bool = True) -> tuple[float, float, float]:
        if context.excluded_shapes or containing_block.style["direction"] != "ltr" or box.style["float"] != "none":
            found: tuple[float, float, float] = avoid(context, box, containing_block, outer)
            return found
        left = containing_block.content_box_x()
        right = left + containing_block.width
        if outer:
            return left, box.position_y, right - left
        left += box.margin_left
        right -= box.margin_right
        return left - box.margin_left, box.border_box_y() - box.margin_top, right - left

    return avoided


_CORNERS = tuple(f"border_{side}_{end}_radius" for side in ("top", "bottom") for end in ("left", "right"))


def _bare_first(lay_out: Any) -> Any:
    """As `layout_box_backgrounds`. Nearly every box is bare: it keeps what all boxes have, no background and square
    corners, instead of five entries that say so."""

    def laid_out(page: Any, box: Any, get_image: Any, layout_children: bool = True, style: Any = None) -> None:
        if style is None and box is not page and _is_bare(box.style):
            if layout_children:
                for child in box.all_children():
                    laid_out(page, child, get_image)
            return
        lay_out(page, box, get_image, layout_children, style)

    return laid_out


def _bordered(draw_border: Any) -> Any:
    """Nearly every box is drawn without a border, for which four widths are asked of it each time."""

    def bordered(stream: Any, box: Any) -> None:
        if not _has_no_border(box.style):
            draw_border(stream, box)

    return bordered


def _has_no_border(style: Any) -> bool:
    found: bool | None = getattr(style, "borderless", None)
    if found is None:
        fixed: dict[str, Any] = getattr(style, "fixed", None) or {}
        found = bool(fixed) and not any(fixed[name] for name in _BORDERS)
        found = found and style["column_width"] == style["column_count"] == "auto"
        style.borderless = found = found and style["border_image_source"][0] == "none"
    return found


def _outlined(draw_outline: Any) -> Any:
    """As `draw_outline`, which asks for four properties of each part of a page, and visits them all."""

    def outlined(stream: Any, box: Any) -> None:
        width = getattr(box.style, "outline", None)
        if width is None:
            width = box.style.outline = box.style["outline_width"]
        if width:
            draw_outline(stream, box)
            return
        for child in box.children:
            if isinstance(child, boxes.Box):
                outlined(stream, child)

    return outlined


def _is_bare(style: Any) -> bool:
    found: bool | None = getattr(style, "bare", None)
    if found is None:
        nothing = all(style[name][0] == "none" for name in ("border_image_source", "mask_border_source"))
        nothing &= not style["box_shadow"] and not any(value for _, value in style["background_image"])
        nothing &= all(Dimension(0, "px") in style[corner] for corner in _CORNERS)
        found = style.bare = bool(
            nothing and style["visibility"] != "hidden" and get_color(style, "background_color").alpha == 0
        )
    return found


# ── boxes of pages that wait, and of those that are done ───────────────────────


def _as_all_of_its_style(self: Any, name: str) -> Any:
    """What a box that was laid out does not keep itself."""
    fixed = name in _FIXED and getattr(self.style, "fixed", None)
    if not fixed:
        raise AttributeError(name)
    return fixed[name]


_FIXED = frozenset((*_ACROSS, *_DOWN, *_HEIGHTS, *_BORDERS, "height"))


def _shedding(make_page: Any) -> Any:
    """Of the boxes of a page, thirty entries each, only those stay that are not the same for all of a style. They are
    the greater part of the memory of a long document: its pages wait until the last one is made."""

    def made(*arguments: Any) -> Any:
        page, *rest = make_page(*arguments)
        _shed(page)
        return page, *rest

    return made


def _shed(box: Any) -> None:
    fixed = getattr(box.style, "fixed", None)
    if fixed:
        box.__dict__ = {name: value for name, value in box.__dict__.items() if fixed.get(name, box) is not value}
    for child in box.all_children():
        _shed(child._box if isinstance(child, AbsolutePlaceholder) else child)


def _painting(paint: Any) -> Any:
    """The many operators of a page that was painted become one string at once."""

    def painted(self: Any, stream: Any, scale: float = 1) -> None:
        paint(self, stream, scale)
        stream.stream = [b"\n".join(map(pydyf._to_bytes, stream.stream))]
        _forget(self._page_box)

    return painted


def _forget(box: Any) -> None:
    """The texts of a painted page: its tags have to know which they are, and no more."""
    for child in box.all_children():
        own = child._box if isinstance(child, AbsolutePlaceholder) else child
        if isinstance(own, boxes.TextBox):
            own.__dict__.clear()
        else:
            _forget(own)
            if isinstance(own, boxes.LineBox):
                own.__dict__ = {name: own.__dict__[name] for name in _OF_A_LINE}


_OF_A_LINE = ("element", "element_tag", "style", "children")
