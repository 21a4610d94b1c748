"""Defines the views of printed documents."""

from __future__ import annotations

from gazette.site.views.articles import ArticleView
from gazette.site.views.deadlines import Axis, Lane
from gazette.site.views.editions import SinceView
from gazette.site.views.elements import Count, Happened, Ref, View
from gazette.site.views.glossary import TermView
from gazette.site.views.matrix import Matrix
from gazette.site.views.notices import NoticeView
from gazette.site.views.page import Page
from gazette.site.views.programmes import ProgrammeCard
from gazette.site.views.status import Outcome, Part
from gazette.site.views.themes import ThemeCard


class IssueView(View, frozen=True):
    """A bulletin's issue: its number, or the `text` in place of one, and its date of publication. Unset values are 0 or
    ""."""

    number: int
    text: str
    date: str


class BulletinView(View, frozen=True):
    """The printed bulletin in one language. Units' statements are in their fragments.

    `late` counts the kinds of lateness that occur, `watched` the other alerts, `states` the states once anything was
    reported; `parts` make a bar of all pledges. `named` says that the cover names the units, which it does unless they
    are many. `by_pinyin` says that terms are in Chinese phonetic order.
    """

    issue: IssueView
    late: tuple[Count, ...]
    watched: tuple[Count, ...]
    named: bool

    foreword: ArticleView
    matrix: Matrix
    axis: Axis | None
    lanes: tuple[Lane, ...]
    programmes: tuple[ProgrammeCard, ...]
    terms: tuple[TermView, ...]
    by_pinyin: bool
    total: int
    reported: int
    states: tuple[Count, ...]
    parts: tuple[Part, ...]
    outcome: Outcome
    since: SinceView | None
    """The changes since the last edition; None if there is none."""
    notices: tuple[NoticeView, ...] = ()


class OfficialView(View, frozen=True):
    """The official edition: totals in sentences and short tables. Units' statements are in their fragments."""

    issue: IssueView
    late: tuple[Count, ...]
    watched: tuple[Count, ...]

    foreword: ArticleView
    units: int
    kinds: tuple[Count, ...]
    pledges: int
    reported: int
    states: tuple[Count, ...]
    lanes: tuple[Lane, ...]
    themes: tuple[ThemeCard, ...]
    since: SinceView | None
    notices: tuple[NoticeView, ...] = ()


class PairFragment(View, frozen=True):
    """Something in all languages: a page in each, around a view in that language. The view is a UnitFragment,
    MatrixFragment, GroupFragment, StatementFragment or NoticeFragment, a paragraph of the foreword (ArticleView) or a
    notice (NoticeView)."""

    sides: tuple[Page, ...]


class ParallelView(View, frozen=True):
    """The bulletin in all languages side by side: a page in each, around its BulletinView. Terms are in the order of
    the first language; `foreword` holds its paragraphs, `notices` the notices."""

    sides: tuple[Page, ...]
    foreword: tuple[PairFragment, ...]
    notices: tuple[PairFragment, ...]


class BriefView(View, frozen=True):
    """The summary of all units on one page.

    `late` counts late pledges by kind of lateness; the `late_shown` earliest of them are listed. `matrix` is None for
    many units, which show their themes instead. Of the `changes` dated steps, the newest `shown` are listed.
    """

    units: int
    kinds: tuple[Count, ...]
    pledges: int
    reported: int
    accepted: int
    outcome: Outcome
    late: tuple[Count, ...]
    watched: tuple[Count, ...]
    late_shown: int
    dated: int
    matrix: Matrix | None
    themes: tuple[ThemeCard, ...]
    states: tuple[Count, ...]
    lanes: tuple[Lane, ...]
    changes: int
    shown: int
    since: SinceView | None

    @property
    def all_late(self) -> int:
        """The number of pledges past their stated date."""
        return sum(each.n for each in self.late)


class ProgressFragment(View, frozen=True):
    """A unit's row in the brief: the numbers of its pledges that have a report, are accepted, are past their stated
    date."""

    short: str
    pledges: int
    reported: int
    accepted: int
    late: int


class ChangeFragment(Happened, frozen=True):
    """An event of a pledge or of a unit (`about`). `what` is its code, as on the page of changes."""

    date: str
    unit: Ref
    about: Ref
