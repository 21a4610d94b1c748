"""The themes, together and each on a page of its own."""

from __future__ import annotations

from gazette.site.views.elements import NoteView, View


class ThemeCard(View, frozen=True):
    """A theme as lists show it"""

    ref: str
    id: str
    name: str
    text: str
    pledges: int
    states: tuple[str, ...]
    units: int
    total_units: int


class ThemesView(View, frozen=True):
    """All themes."""

    themes: tuple[ThemeCard, ...]
    pledges: int


class ThemeView(View, frozen=True):
    """A theme's page; `notes` say that its translation is older than its source."""

    card: ThemeCard
    notes: tuple[NoteView, ...]
