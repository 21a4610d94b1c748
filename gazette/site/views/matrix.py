"""Defines the views of the matrix: units by themes."""

from __future__ import annotations

from gazette.site.views.elements import Count, Ref, View


class Cell(View, frozen=True):
    """A unit's pledges under one theme: their states, and how many have a report, which the states do not tell of
    withdrawn ones."""

    theme: Ref
    states: tuple[str, ...]
    reported: int

    @property
    def accepted(self) -> int:
        """The number of pledges accepted and closed."""
        return self.states.count("accepted")


class MatrixFragment(View, frozen=True):
    """A unit's row of the matrix: a cell for each theme, and the number of its pledges (a pledge may have several
    themes)."""

    unit: Ref
    short: str
    anchor: str
    cells: tuple[Cell, ...]
    pledges: int


class Matrix(View, frozen=True):
    """Units by themes. `kinds` counts the units of each kind; `units_naming[i]` counts those of all `units` with a
    pledge under theme i."""

    themes: tuple[Ref, ...]
    kinds: tuple[Count, ...]
    units_naming: tuple[int, ...]
    units: int
    pledges: int

    @property
    def long_names(self) -> bool:
        """True if a theme's name is too long to stand upright or slanted over a column."""
        return any(len(theme.name) > UPRIGHT for theme in self.themes)

    @property
    def stair(self) -> bool:
        """True if the names fit one above the other, each the lower the further right its column is."""
        return not self.long_names and len(self.themes) <= STEPS


UPRIGHT = 18
"""The longest name, in letters, that fits over a narrow column when rotated."""


STEPS = 16
"""The largest number of column names one above the other; more would make heads higher than their table."""
