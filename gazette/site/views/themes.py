"""The themes, together and each on a page of its own."""

from __future__ import annotations

from gazette.site.views.elements import NoteView, View
from gazette.site.views.listed import Listed
from gazette.site.views.matrix import Matrix
from gazette.site.views.status import Part


class ThemeCard(View, frozen=True):
    """A theme as lists show it, and what its page `lists`. Where the pledges of any theme are too many to be drawn as
    strokes, all have the `parts` of a bar."""

    ref: str
    id: str
    name: str
    text: str
    pledges: int
    states: tuple[str, ...]
    units: int
    total_units: int
    parts: tuple[Part, ...] = ()
    lists: Listed = "pledges"


class ThemesView(View, frozen=True):
    """All themes; `strokes` are the kinds of strokes that their pledges are drawn as. A site of many units has no
    `matrix`; where strokes would be too many, its themes have bars, of these parts."""

    themes: tuple[ThemeCard, ...]
    pledges: int
    strokes: tuple[str, ...]
    matrix: Matrix | None
    bars: tuple[Part, ...] = ()


class ThemeView(View, frozen=True):
    """A theme's page; `notes` say that its translation is older than its source."""

    card: ThemeCard
    notes: tuple[NoteView, ...]
