"""The matrix: units by themes."""

from __future__ import annotations

from gazette.site.views.elements import Count, Ref, View


class Cell(View, frozen=True):
    """What a unit promised under one theme: a state for each pledge, and for how many of them anything was reported
    (a withdrawn pledge may have been reported on before, so the states do not say it)."""

    theme: Ref
    states: tuple[str, ...]
    reported: int

    @property
    def accepted(self) -> int:
        """How many pledges are accepted and closed."""
        return self.states.count("accepted")


class MatrixFragment(View, frozen=True):
    """A unit's row of the matrix: a cell for each theme, and the number of its pledges (a pledge may have several)."""

    unit: Ref
    short: str
    anchor: str
    cells: tuple[Cell, ...]
    pledges: int


class Matrix(View, frozen=True):
    """Units by themes; `kinds` counts the units of each kind. `units_naming[i]` counts those with a pledge under
    theme i, of `units` in all."""

    themes: tuple[Ref, ...]
    kinds: tuple[Count, ...]
    units_naming: tuple[int, ...]
    units: int
    pledges: int

    @property
    def long_names(self) -> bool:
        """Whether a theme's name is too long to stand upright or aslant over a column."""
        return any(len(theme.name) > UPRIGHT for theme in self.themes)

    @property
    def stair(self) -> bool:
        """Whether the names find room above one another, each as far down as its column is to the right."""
        return not self.long_names and len(self.themes) <= STEPS


UPRIGHT = 18
"""The length, in letters, of a name that finds room over a narrow column of a matrix when it is turned."""


STEPS = 16
"""So many names of columns may stand above one another; the heads of more would be higher than their table."""
