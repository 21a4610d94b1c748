"""Computes the schematic map: its size, its rivers, and the cells in use."""

from __future__ import annotations

from gazette.model.records.content import SharedContent
from gazette.model.records.site import River
from gazette.planning.language import LanguageContext
from gazette.site.views.home import RiverView


def extent(content: SharedContent) -> tuple[int, int]:
    """Return the columns and rows of the map; (0, 0) without tiles."""
    tiles = content.site.tiles
    return max((tile.column for tile in tiles), default=0), max((tile.row for tile in tiles), default=0)


def places(content: SharedContent) -> tuple[tuple[int, int], ...]:
    """Return the cells (row and column, from 1, sorted) that hold a tile or the name of a river."""
    cells = {(tile.row, tile.column) for tile in content.site.tiles}
    for river in content.site.rivers:
        if river.label:
            column, row = _point(river.label)
            cells.add((row, column))
    return tuple(sorted(cells))


def rivers(lang: LanguageContext) -> tuple[RiverView, ...]:
    """Return the rivers, with their names in one language."""
    return tuple(_river(lang, river) for river in lang.content.site.rivers)


def _river(lang: LanguageContext, river: River) -> RiverView:
    course = tuple(_point(point) for point in river.course.split())
    return RiverView(lang.text(river.name), river.wide, course, _point(river.label) if river.label else None)


def _point(text: str) -> tuple[int, int]:
    x, _, y = text.partition(",")
    return int(x), int(y)
