"""Defines the views of themes: their list, and the page of each."""

from __future__ import annotations

from gazette.site.views.elements import NoteView, View
from gazette.site.views.listed import Listed
from gazette.site.views.matrix import Matrix
from gazette.site.views.status import Part


class ThemeCard(View, frozen=True):
    """A theme in lists, and what its page `lists`. If some theme has too many pledges to draw as strokes, all have a
    bar of `parts`."""

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
    """All themes. `strokes` are the kinds of strokes that occur. A site of many units has no `matrix`; `bars` are the
    parts of bars that replace strokes, if these would be too many."""

    themes: tuple[ThemeCard, ...]
    pledges: int
    strokes: tuple[str, ...]
    matrix: Matrix | None
    bars: tuple[Part, ...] = ()


class ThemeView(View, frozen=True):
    """A theme's page. `notes` say that its translation is older than its source."""

    card: ThemeCard
    notes: tuple[NoteView, ...]
