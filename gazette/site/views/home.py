"""Defines the views of the front page and its map."""

from __future__ import annotations

from gazette.site.views.deadlines import Lane
from gazette.site.views.elements import Count, View
from gazette.site.views.matrix import Matrix
from gazette.site.views.status import Outcome
from gazette.site.views.themes import ThemeCard
from gazette.site.views.unit import UnitCard


class RiverView(View, frozen=True):
    """A river on the map. `label` is the (column, row) of its name, or None."""

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
    """The front page.

    A site of many units has no rows for them (`by_unit` is False), and a matrix only if there is room;
    `has_whole_matrix` says that the page of themes has one. `states` and `strokes` are those that occur, `late` counts
    kinds of lateness, `watched` other alerts. `changes` is the number of events, 0 if they have no page.
    """

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
