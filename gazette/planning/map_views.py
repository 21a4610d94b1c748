"""The schematic map: its size, its rivers, and the places on it."""

from __future__ import annotations

from gazette.model.records.content import SharedContent
from gazette.model.records.site import River
from gazette.planning.language import LanguageContext
from gazette.site.views.home import RiverView


def extent(content: SharedContent) -> tuple[int, int]:
    """Columns and rows of the map."""
    tiles = content.site.tiles
    return max((tile.column for tile in tiles), default=0), max((tile.row for tile in tiles), default=0)


def places(content: SharedContent) -> tuple[tuple[int, int], ...]:
    """The places (row and column, from 1, sorted) of the tiles and of the names of rivers."""
    found = {(tile.row, tile.column) for tile in content.site.tiles}
    for river in content.site.rivers:
        if river.label:
            column, row = _point(river.label)
            found.add((row, column))
    return tuple(sorted(found))


def rivers(lang: LanguageContext) -> tuple[RiverView, ...]:
    """The rivers, with their names in one language."""
    return tuple(_river(lang, river) for river in lang.content.site.rivers)


def _river(lang: LanguageContext, river: River) -> RiverView:
    course = tuple(_point(point) for point in river.course.split())
    return RiverView(lang.text(river.name), river.wide, course, _point(river.label) if river.label else None)


def _point(text: str) -> tuple[int, int]:
    x, _, y = text.partition(",")
    return int(x), int(y)
