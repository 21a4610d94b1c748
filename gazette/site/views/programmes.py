"""Defines the views of programmes: their list, and the page of each."""

from __future__ import annotations

from gazette.site.views.elements import NoteView, View
from gazette.site.views.listed import Listed
from gazette.site.views.status import Part


class ProgrammeCard(View, frozen=True):
    """A programme in lists, and what its page `lists`.

    `units` counts the units that name it. If some programme has too many pledges to draw as strokes, all have a bar of
    `parts`. The first `named` units are named, 0 for all.
    """

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
    """All programmes. `bars` are the parts of bars that replace strokes, if these would be too many."""

    programmes: tuple[ProgrammeCard, ...]
    bars: tuple[Part, ...] = ()


class ProgrammeView(View, frozen=True):
    """A programme's page. `notes` say that its translation is older than its source."""

    card: ProgrammeCard
    notes: tuple[NoteView, ...]
