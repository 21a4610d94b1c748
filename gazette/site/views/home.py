"""The front page, with its map."""

from __future__ import annotations

from gazette.site.views.deadlines import Lane
from gazette.site.views.elements import Count, View
from gazette.site.views.matrix import Matrix
from gazette.site.views.status import Outcome
from gazette.site.views.themes import ThemeCard
from gazette.site.views.unit import UnitCard


class RiverView(View, frozen=True):
    """A river on the map; `label` is the column and row of its name, or None."""

    name: str
    wide: bool
    course: tuple[tuple[int, int], ...]
    label: tuple[int, int] | None


class TileFragment(View, frozen=True):
    """A unit's place on the schematic map."""

    card: UnitCard
    column: int
    row: int


class HomeView(View, frozen=True):
    """The front page. A site of many units has no rows of these there (`by_unit`), and the matrix only where there is
    room; whether the page of themes has one is `has_whole_matrix`. `states` are those that occur, `strokes` the kinds
    of strokes that they are drawn as, `late` the ways of being late, `watched` what else the day says of pledges.
    `changes` counts what has happened, 0 where there is no page of it."""

    units: int
    kinds: tuple[Count, ...]
    pledges: int
    reported: int
    outcome: Outcome
    by_unit: bool
    matrix: Matrix | None
    has_whole_matrix: bool
    themes: tuple[ThemeCard, ...]
    states: tuple[Count, ...]
    strokes: tuple[str, ...]
    late: tuple[Count, ...]
    watched: tuple[Count, ...]
    changes: int
    lanes: tuple[Lane, ...]
    tiles: int
    rivers: tuple[RiverView, ...]
    columns: int
    rows: int
