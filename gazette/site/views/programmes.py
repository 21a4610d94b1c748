"""The programmes, together and each on a page of its own."""

from __future__ import annotations

from gazette.site.views.elements import NoteView, View


class ProgrammeCard(View, frozen=True):
    """A programme as lists show it; `units` counts those that name it."""

    ref: str
    id: str
    name: str
    text: str
    basis: str
    outside: str
    pledges: int
    states: tuple[str, ...]
    units: int
    total_units: int


class ProgrammesView(View, frozen=True):
    """All programmes."""

    programmes: tuple[ProgrammeCard, ...]


class ProgrammeView(View, frozen=True):
    """A programme's page; `notes` say that its translation is older than its source."""

    card: ProgrammeCard
    notes: tuple[NoteView, ...]
