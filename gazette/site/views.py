"""What each template may see: one documented record a template, in one language, without files or HTML.

Texts are strings of the page's language; they may hold links (`[words](term:id)`) and, where they are prose, several
paragraphs with an empty line between (`paras` sets them, `flat` makes a line of them). Dates are ISO 8601 strings; the
template's filters write them as the language does. References (`ref`) are what `routes.route` understands.
"""

from __future__ import annotations

import msgspec

from gazette.model.status import STATES


class View(msgspec.Struct, frozen=True):
    """What every view shares: frozen, compared by value, with one canonical encoding for keys."""


class Ref(View, frozen=True):
    """A thing with a page or an anchor of its own, and its name."""

    ref: str
    name: str


class StatusMark(View, frozen=True):
    """A state of an item, the day it was reached, and whether the stated date has passed. `as_of` is the date that
    this is measured against, where it depends on one: what shows an alert shows that date."""

    code: str
    since: str = ""
    alert: str = ""
    as_of: str = ""


class DeadlineMark(View, frozen=True):
    """A deadline as stated. `stated` is what the editor wrote; `first` and `last` bound a stated time."""

    kind: str
    stated: str
    first: str = ""
    last: str = ""


class NoteView(View, frozen=True):
    """An editorial note. `printed` is what the source prints, in the language of the source; `before` is what stood on
    the page until the correction of `date` (ISO)."""

    kind: str
    text: str
    printed: str = ""
    outside: str = ""
    before: str = ""
    date: str = ""


class SourceView(View, frozen=True):
    """The place in the source. `section` and `item` are as printed."""

    section: str
    paragraph: int = 0
    item: str = ""


class FigureView(View, frozen=True):
    """A figure that the source states."""

    value: str
    unit: str
    what: str


class PledgeItem(View, frozen=True):
    """A pledge as lists show it."""

    id: str
    number: int
    unit: Ref
    title: str
    text: str
    status: StatusMark
    deadline: DeadlineMark
    themes: tuple[Ref, ...]
    programmes: tuple[Ref, ...]
    checkable: str
    notes: tuple[NoteView, ...]

    @property
    def ref(self) -> str:
        """The pledge's own page."""
        return f"pledge:{self.id}"

    @property
    def theme_ids(self) -> str:
        """The ids of the themes, for filters."""
        return " ".join(theme.ref.partition(":")[2] for theme in self.themes)


class EvidenceView(View, frozen=True):
    """Where a report can be checked; `url` and `date` may be empty."""

    title: str
    url: str
    date: str


class UpdateView(View, frozen=True):
    """One dated step. What does not apply is empty."""

    date: str
    state: str
    text: str
    evidence: tuple[EvidenceView, ...]
    inspected: str = ""
    body: str = ""
    basis: str = ""
    notice_begin: str = ""
    notice_end: str = ""
    reason: str = ""
    draft: bool = False


class LanguageView(View, frozen=True):
    """A language of the site."""

    code: str
    tag: str
    name: str


class LicenceView(View, frozen=True):
    """Terms of use: `name` may be shown alone."""

    name: str
    url: str


class SiteView(View, frozen=True):
    """What every page says of the site. Empty settings are empty strings and left out."""

    title: str
    wordmark: str
    place: str
    strapline: str
    motto: str
    source: str
    fictional: str
    statements_date: str
    base_url: str
    languages: tuple[LanguageView, ...]
    publisher: str
    site_code: str
    icp: str
    police: str
    contact: str
    licence_data: LicenceView | None
    licence_texts: LicenceView | None


class Page(View, frozen=True):
    """A page: where it stands, and what its template shows (`view`).

    `ref` names the page, `section` the entry of the navigation it belongs to, `locale` what dates and numbers follow.
    `as_of` is the date that states are measured against: only pages that print it know it, so that midnight remakes
    those, and of the others only what shows another state.
    """

    ref: str
    section: str
    language: str
    tag: str
    script: str
    locale: str
    site: SiteView
    view: object = None
    as_of: str = ""


# ── one unit ─────────────────────────────────────────────────────────────────


class Count(View, frozen=True):
    """A name and how many."""

    code: str
    n: int


class UnitCard(View, frozen=True):
    """A unit as lists show it. `late` counts its pledges whose stated date has passed, by how they are late, on the day
    `as_of` (empty where there are none)."""

    id: str
    name: str
    short: str
    also: str
    kind: str
    order: int
    signed_name: str
    signed_title: str
    summary: str
    states: tuple[str, ...]
    reported: int
    checkable: tuple[Count, ...]
    dated: int
    late: tuple[Count, ...]
    as_of: str

    @property
    def ref(self) -> str:
        """The unit's own page."""
        return f"unit:{self.id}"

    @property
    def by_state(self) -> tuple[Count, ...]:
        """How many of its pledges are in each state that occurs, in the order of the states."""
        return tuple(Count(code, self.states.count(code)) for code in STATES if code in self.states)


class UnitView(View, frozen=True):
    """A unit's page."""

    card: UnitCard
    notes: tuple[NoteView, ...]
    pledges: tuple[PledgeItem, ...]
    programmes: tuple[Ref, ...]
    source: SourceView
    draft: bool


class PledgeView(View, frozen=True):
    """A pledge's page."""

    item: PledgeItem
    of: int
    why: str
    done_when: str
    target: FigureView | None
    source: SourceView
    updates: tuple[UpdateView, ...]
    withdrawn_date: str
    withdrawn_reason: str
    formerly: tuple[str, ...]
    previous: Ref | None
    following: Ref | None
    draft: bool


class FormerView(View, frozen=True):
    """The page that stays at an address that something had before: what is there `now` with its `id`, the id that it
    had (`former`), and the page `above` it (one of the navigation has no name here)."""

    now: Ref
    id: str
    former: str
    above: Ref


# ── what a unit adds to the pages that all share ─────────────────────────────


class UnitFragment(View, frozen=True):
    """A unit in a list of units; `level` is the rank of its heading."""

    card: UnitCard
    level: int = 0


class GroupFragment(View, frozen=True):
    """Some pledges of a unit: those of a theme, a programme, a kind of deadline or a way of being late (`kind`)."""

    unit: Ref
    anchor: str
    pledges: tuple[PledgeItem, ...]
    states: tuple[str, ...]
    kind: str = ""


class Cell(View, frozen=True):
    """What a unit promised under one theme: a state for each pledge, and for how many of them anything was reported
    (a withdrawn pledge may have been reported on before, so the states do not say it)."""

    theme: Ref
    states: tuple[str, ...]
    reported: int

    @property
    def accepted(self) -> int:
        """How many pledges are accepted and closed."""
        return self.states.count("accepted")


class MatrixFragment(View, frozen=True):
    """A unit's row of the matrix: a cell for each theme, and the number of its pledges (a pledge may have several)."""

    unit: Ref
    short: str
    anchor: str
    cells: tuple[Cell, ...]
    pledges: int


class ProgressFragment(View, frozen=True):
    """A unit's row in the brief: how many of its pledges have a report, are accepted, are past their stated date."""

    short: str
    pledges: int
    reported: int
    accepted: int
    late: int


class TileFragment(View, frozen=True):
    """A unit's place on the schematic map."""

    card: UnitCard
    column: int
    row: int


class DoubtfulSpot(View, frozen=True):
    """A doubtful spot of the source, with the page where it is marked."""

    where: Ref
    unit: str
    note: NoteView


class SpotsFragment(View, frozen=True):
    """The doubtful spots of a unit's statement."""

    spots: tuple[DoubtfulSpot, ...]


class SitemapFragment(View, frozen=True):
    """Addresses of pages: a group holds a page's language versions (tag, path)."""

    base: str
    groups: tuple[tuple[tuple[str, str], ...], ...]


class StatementFragment(View, frozen=True):
    """A unit's whole statement, as documents print it."""

    unit: UnitView
    pledges: tuple[PledgeView, ...]


class PairFragment(View, frozen=True):
    """A thing in all languages: a page for each, around what a line of one language shows (a UnitLine, a MatrixLine, a
    GroupLine, a StatementLine) or a paragraph of the foreword (an ArticleView)."""

    sides: tuple[Page, ...]


class ChangeFragment(View, frozen=True):
    """One dated step: a report, a state reached, a correction or a withdrawal (`what` is its code)."""

    date: str
    what: str
    unit: Ref
    pledge: Ref
    text: str


# ── the pages that units share ───────────────────────────────────────────────


class Matrix(View, frozen=True):
    """Units by themes; `kinds` counts the units of each kind. `units_naming[i]` counts those with a pledge under
    theme i, of `units` in all."""

    themes: tuple[Ref, ...]
    kinds: tuple[Count, ...]
    units_naming: tuple[int, ...]
    units: int
    pledges: int

    @property
    def long_names(self) -> bool:
        """Whether a theme's name is too long to stand upright or aslant over a column."""
        return any(len(theme.name) > UPRIGHT for theme in self.themes)

    @property
    def stair(self) -> bool:
        """Whether the names find room above one another, each as far down as its column is to the right."""
        return not self.long_names and len(self.themes) <= STEPS


UPRIGHT = 18
"""The length, in letters, of a name that finds room over a narrow column of a matrix when it is turned."""

STEPS = 16
"""So many names of columns may stand above one another; the heads of more would be higher than their table."""

SHORT_LANE = 6
"""So many pledges of one kind of deadline are shown one by one; more as a tally, or by unit."""


class Lane(View, frozen=True):
    """A kind of deadline: how many pledges of how many units, and their states."""

    kind: str
    pledges: int
    units: int
    states: tuple[str, ...]

    @property
    def short(self) -> bool:
        """Whether the pledges are shown one by one."""
        return self.pledges <= SHORT_LANE


class RiverView(View, frozen=True):
    """A river on the map; `label` is the column and row of its name, or None."""

    name: str
    wide: bool
    course: tuple[tuple[int, int], ...]
    label: tuple[int, int] | None


class StyleView(View, frozen=True):
    """What the style sheet takes from the content: the themes to filter by, and the places of the map."""

    themes: tuple[str, ...]
    columns: int
    rows: int
    places: tuple[tuple[int, int], ...]


class ThemeCard(View, frozen=True):
    """A theme as lists show it."""

    ref: str
    id: str
    name: str
    text: str
    pledges: int
    states: tuple[str, ...]
    units: int
    total_units: int


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


class HomeView(View, frozen=True):
    """The front page. A site of many units shows its themes there, and neither the matrix nor the units. `states` are
    those that occur, `strokes` the kinds of strokes that they are drawn as, `late` the ways of being late."""

    units: int
    kinds: tuple[Count, ...]
    pledges: int
    reported: int
    matrix: Matrix | None
    themes: tuple[ThemeCard, ...]
    states: tuple[Count, ...]
    strokes: tuple[str, ...]
    late: tuple[Count, ...]
    lanes: tuple[Lane, ...]
    tiles: int
    rivers: tuple[RiverView, ...]
    columns: int
    rows: int


class UnitsView(View, frozen=True):
    """All units, by kind."""

    units: int
    kinds: tuple[Count, ...]


class ThemesView(View, frozen=True):
    """All themes."""

    themes: tuple[ThemeCard, ...]
    pledges: int


class ThemeView(View, frozen=True):
    """A theme's page."""

    card: ThemeCard


class ProgrammesView(View, frozen=True):
    """All programmes."""

    programmes: tuple[ProgrammeCard, ...]


class ProgrammeView(View, frozen=True):
    """A programme's page."""

    card: ProgrammeCard


class LedgerView(View, frozen=True):
    """Every pledge in one table."""

    pledges: int
    themes: tuple[Ref, ...]
    states: tuple[Count, ...]
    late: tuple[Count, ...]
    deadlines: tuple[Count, ...]


class DeadlinesView(View, frozen=True):
    """Pledges by the kind of their deadline; before them those that are late, by how (`late`)."""

    late: tuple[Count, ...]
    lanes: tuple[Lane, ...]
    pledges: int


class TermView(View, frozen=True):
    """A glossary entry; `other` is the term in the other languages (tag, words), `formerly` are the places that it had
    before, `units` counts those that use it."""

    id: str
    term: str
    other: tuple[tuple[str, str], ...]
    text: str
    basis: str
    outside: str
    see: tuple[Ref, ...]
    formerly: tuple[str, ...]
    units: int


class GlossaryView(View, frozen=True):
    """All terms, in the order of their names; `by_pinyin`: that is the order of their Chinese sounds."""

    terms: tuple[TermView, ...]
    by_pinyin: bool


class ArticleView(View, frozen=True):
    """An article in Markdown."""

    id: str
    title: str
    description: str
    body: str


class AboutView(View, frozen=True):
    """The article about the site, and how many doubtful spots the source has."""

    article: ArticleView
    spots: int


class FileView(View, frozen=True):
    """Something to download: its `name`, and `what` is in it. `language` is a tag, empty where the file serves all."""

    ref: str
    name: str
    what: str
    format: str
    language: str


class DownloadsView(View, frozen=True):
    """What can be downloaded."""

    files: tuple[FileView, ...]
    pledges: int
    units: int


class FieldView(View, frozen=True):
    """A column of the open data."""

    name: str
    type: str
    text: str
    values: tuple[tuple[str, str], ...]


class TableView(View, frozen=True):
    """A table of the open data."""

    name: str
    fields: tuple[FieldView, ...]
    rows: int


class DictionaryView(View, frozen=True):
    """The data dictionary."""

    tables: tuple[TableView, ...]


class IssueView(View, frozen=True):
    """What a bulletin says of itself: the number of the issue, or what is written in its place (`text`), and the day on
    which it comes out. What is not set is 0 or empty."""

    number: int
    text: str
    date: str


class BulletinView(View, frozen=True):
    """The printed bulletin: everything, in one language. What the units say stands in their lines. `late` are the ways
    of being late that occur; many units are not `named` on the cover."""

    issue: IssueView
    late: tuple[Count, ...]
    named: bool

    foreword: ArticleView
    matrix: Matrix
    lanes: tuple[Lane, ...]
    programmes: tuple[ProgrammeCard, ...]
    terms: tuple[TermView, ...]
    by_pinyin: bool
    total: int
    reported: int


class OfficialView(View, frozen=True):
    """The official edition: totals in sentences and short tables. What the units say stands in their lines."""

    issue: IssueView
    late: tuple[Count, ...]

    foreword: ArticleView
    units: int
    kinds: tuple[Count, ...]
    pledges: int
    reported: int
    states: tuple[Count, ...]
    lanes: tuple[Lane, ...]
    themes: tuple[ThemeCard, ...]


class ParallelView(View, frozen=True):
    """The bulletin in all languages side by side: a page for each, around a BulletinView each. Their terms stand in the
    order of the first; `foreword` holds its paragraphs."""

    sides: tuple[Page, ...]
    foreword: tuple[PairFragment, ...]


class BriefView(View, frozen=True):
    """What the units say together, on one page. `late` counts the pledges that are late, by how; of all of them the
    `late_shown` whose dates came first are listed. Many units show their themes in place of the matrix; of all dated
    steps (`changes`) the newest `shown` are listed."""

    units: int
    kinds: tuple[Count, ...]
    pledges: int
    reported: int
    accepted: int
    late: tuple[Count, ...]
    late_shown: int
    dated: int
    matrix: Matrix | None
    themes: tuple[ThemeCard, ...]
    states: tuple[Count, ...]
    lanes: tuple[Lane, ...]
    changes: int
    shown: int

    @property
    def all_late(self) -> int:
        """How many pledges are past their stated date."""
        return sum(each.n for each in self.late)


class DataView(View, frozen=True):
    """A table of the open data: what stands before and after its rows, and the day that states are measured against
    (ISO, or nothing)."""

    before: str
    after: str
    as_of: str


class NotFoundWords(View, frozen=True):
    """What the page for a wrong address says, in one language."""

    title: str
    text: str
    ledger: str


class EntryView(View, frozen=True):
    """The page at the site's root and the page for what was not found: they speak all languages, in order."""

    sites: tuple[SiteView, ...]
    not_found: tuple[NotFoundWords, ...]
