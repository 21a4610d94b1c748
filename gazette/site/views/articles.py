"""Defines the views of articles, and of the doubtful spots listed below one of them."""

from __future__ import annotations

from gazette.site.views.elements import NoteView, Ref, View


class ArticleView(View, frozen=True):
    """An article in Markdown. `notes` say that its translation is older than its source."""

    id: str
    title: str
    description: str
    body: str
    notes: tuple[NoteView, ...]


class StepRow(View, frozen=True):
    """A step that may be reported: the codes of the fields it needs besides date and text, the states that it may
    follow, and the state that it leads to; `or_else` is that state if it ends against the unit, "" if it cannot."""

    code: str
    needs: tuple[str, ...]
    after: tuple[str, ...]
    leads_to: str
    or_else: str


class MethodView(View, frozen=True):
    """The article about the method, with the table of steps below it."""

    article: ArticleView
    steps: tuple[StepRow, ...]


class DoubtfulSpot(View, frozen=True):
    """A doubtful spot of the source, with the page on which it is marked."""

    where: Ref
    unit: str
    note: NoteView


class SpotsFragment(View, frozen=True):
    """The doubtful spots in a unit's statement."""

    spots: tuple[DoubtfulSpot, ...]


class AboutView(View, frozen=True):
    """The article about the site, and the number of doubtful spots."""

    article: ArticleView
    spots: int
