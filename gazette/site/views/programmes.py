"""The programmes, together and each on a page of its own."""

from __future__ import annotations

from gazette.site.views.elements import NoteView, View
from gazette.site.views.status import Part


class ProgrammeCard(View, frozen=True):
    """A programme as lists show it; `units` counts those that name it. Where its pledges are too many to be
    listed, and drawn as strokes, it has the `parts` of a bar; then of the units the first `named` are named, of all
    others all (0)."""

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
    parts: tuple[Part, ...] = ()
    named: int = 0


class ProgrammesView(View, frozen=True):
    """All programmes; in a vast city bars, of these parts, stand in place of strokes."""

    programmes: tuple[ProgrammeCard, ...]
    bars: tuple[Part, ...] = ()


class ProgrammeView(View, frozen=True):
    """A programme's page; `notes` say that its translation is older than its source."""

    card: ProgrammeCard
    notes: tuple[NoteView, ...]
