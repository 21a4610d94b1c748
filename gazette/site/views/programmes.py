"""The programmes, together and each on a page of its own."""

from __future__ import annotations

from gazette.site.views.elements import NoteView, View
from gazette.site.views.listed import Listed
from gazette.site.views.status import Part


class ProgrammeCard(View, frozen=True):
    """A programme as lists show it, and what its page `lists`; `units` counts those that name it. Where the pledges of
    any programme are too many to be drawn as strokes, all have the `parts` of a bar. Where the units are too many to be
    named, the first `named` are, or else all (0)."""

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
    lists: Listed = "pledges"


class ProgrammesView(View, frozen=True):
    """All programmes; where strokes would be too many, bars, of these parts, stand in their place."""

    programmes: tuple[ProgrammeCard, ...]
    bars: tuple[Part, ...] = ()


class ProgrammeView(View, frozen=True):
    """A programme's page; `notes` say that its translation is older than its source."""

    card: ProgrammeCard
    notes: tuple[NoteView, ...]
