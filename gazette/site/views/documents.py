"""The printed documents."""

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
    """What a bulletin says of itself: the number of the issue, or what is written in its place (`text`), and the day on
    which it comes out. What is not set is 0 or empty."""

    number: int
    text: str
    date: str


class BulletinView(View, frozen=True):
    """The printed bulletin: everything, in one language. What the units say stands in their fragments. `late` are the
    ways of being late that occur, `watched` what else the day says of pledges; many units are not `named` on
    the cover. `states` counts the states that occur, once there is something to tell of them; `parts` are those of a
    bar for all pledges."""

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
    """What is different since the last edition, if there is one."""
    notices: tuple[NoticeView, ...] = ()


class OfficialView(View, frozen=True):
    """The official edition: totals in sentences and short tables. What the units say stands in their fragments."""

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
    """A thing in all languages: a page for each, around what a fragment of one language shows (a UnitFragment, a
    MatrixFragment, a GroupFragment, a StatementFragment, a NoticeFragment), a paragraph of the foreword (an
    ArticleView) or a notice (a NoticeView)."""

    sides: tuple[Page, ...]


class ParallelView(View, frozen=True):
    """The bulletin in all languages side by side: a page for each, around a BulletinView each. Their terms stand in the
    order of the first; `foreword` holds its paragraphs, `notices` the notices."""

    sides: tuple[Page, ...]
    foreword: tuple[PairFragment, ...]
    notices: tuple[PairFragment, ...]


class BriefView(View, frozen=True):
    """What the units say together, on one page. `late` counts the pledges that are late, by how; of all of them the
    `late_shown` whose dates came first are listed. Many units show their themes in place of the matrix; of all dated
    steps (`changes`) the newest `shown` are listed."""

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
        """How many pledges are past their stated date."""
        return sum(each.n for each in self.late)


class ProgressFragment(View, frozen=True):
    """A unit's row in the brief: how many of its pledges have a report, are accepted, are past their stated date."""

    short: str
    pledges: int
    reported: int
    accepted: int
    late: int


class ChangeFragment(Happened, frozen=True):
    """Something that happened to a pledge, or to a unit (`about`); `what` is its code, as on the page of changes."""

    date: str
    unit: Ref
    about: Ref
