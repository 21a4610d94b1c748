"""The articles, with the doubtful spots of the source that stand below one of them."""

from __future__ import annotations

from gazette.site.views.elements import NoteView, Ref, View


class ArticleView(View, frozen=True):
    """An article in Markdown; `notes` say that its translation is older than its source."""

    id: str
    title: str
    description: str
    body: str
    notes: tuple[NoteView, ...]


class StepRow(View, frozen=True):
    """A step that may be reported: what it must say beside its date and text (the codes of fields), after which states
    it may come, and the state that it leads to; `or_else` the one where it ends against the unit, or empty."""

    code: str
    needs: tuple[str, ...]
    after: tuple[str, ...]
    leads_to: str
    or_else: str


class MethodView(View, frozen=True):
    """The article about the method, and the table of steps below it."""

    article: ArticleView
    steps: tuple[StepRow, ...]


class DoubtfulSpot(View, frozen=True):
    """A doubtful spot of the source, with the page where it is marked."""

    where: Ref
    unit: str
    note: NoteView


class SpotsFragment(View, frozen=True):
    """The doubtful spots of a unit's statement."""

    spots: tuple[DoubtfulSpot, ...]


class AboutView(View, frozen=True):
    """The article about the site, and how many doubtful spots the source has."""

    article: ArticleView
    spots: int
