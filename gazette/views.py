"""Owns what each template may see: one documented record a template, in one language, without files or HTML.

Texts are strings of the page's language and may hold links (`[words](term:id)`). Dates are ISO 8601 strings; the
template's filters write them as the language does. References (`ref`) are what `routes.route` understands.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ref:
    """A thing with a page or an anchor of its own, and its name."""

    ref: str
    name: str


@dataclass(frozen=True, slots=True)
class StatusMark:
    """A state of an item, the day it was reached, and whether the stated date has passed."""

    code: str
    since: str = ""
    alert: str = ""


@dataclass(frozen=True, slots=True)
class DeadlineMark:
    """A deadline as stated. `stated` is what the editor wrote; `first` and `last` bound a stated time."""

    kind: str
    stated: str
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class NoteView:
    """An editorial note. `printed` is what the source prints, in the language of the source; `before` is what stood on
    the page until the correction of `date` (ISO)."""

    kind: str
    text: str
    printed: str = ""
    outside: str = ""
    before: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class SourceView:
    """The place in the source. `section` and `item` are as printed."""

    section: str
    paragraph: int = 0
    item: str = ""


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure that the source states."""

    value: str
    unit: str
    what: str


@dataclass(frozen=True, slots=True)
class PledgeItem:
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


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """Where a report can be checked; `url` and `date` may be empty."""

    title: str
    url: str
    date: str


@dataclass(frozen=True, slots=True)
class UpdateView:
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


@dataclass(frozen=True, slots=True)
class LanguageView:
    """A language of the site."""

    code: str
    tag: str
    name: str


@dataclass(frozen=True, slots=True)
class LicenceView:
    """Terms of use: `name` may be shown alone."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class SiteView:
    """What every page says of the site. Empty settings are empty strings and left out."""

    title: str
    wordmark: str
    place: str
    strapline: str
    motto: str
    source: str
    fictional: str
    as_of: str
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


@dataclass(frozen=True, slots=True)
class Page:
    """A page: where it stands, and what its template shows (`view`).

    `ref` names the page, `section` the entry of the navigation it belongs to, `locale` what dates and numbers follow.
    """

    ref: str
    section: str
    language: str
    tag: str
    script: str
    locale: str
    site: SiteView
    view: object = None


# ── the matrix ───────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Cell:
    """What one unit promised under one theme: a state for each pledge, in the order of the pledges."""

    theme: Ref
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A unit with a cell for each theme, and the number of its pledges (a pledge may have several themes)."""

    unit: Ref
    short: str
    cells: tuple[Cell, ...]
    pledges: int


@dataclass(frozen=True, slots=True)
class MatrixGroup:
    """The units of one kind."""

    kind: str
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Units by themes. `units_naming[i]` counts the units with a pledge under theme i, of `units` in all."""

    themes: tuple[Ref, ...]
    groups: tuple[MatrixGroup, ...]
    units_naming: tuple[int, ...]
    units: int
    pledges: int


# ── pages ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Count:
    """A name and how many."""

    code: str
    n: int


@dataclass(frozen=True, slots=True)
class LaneGroup:
    """The pledges of one unit within a lane."""

    unit: Ref
    pledges: tuple[PledgeItem, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """The pledges of one kind of deadline: `pledges` in order of date, `groups` by unit."""

    kind: str
    pledges: tuple[PledgeItem, ...]
    groups: tuple[LaneGroup, ...]
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitCard:
    """A unit as lists show it."""

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

    @property
    def ref(self) -> str:
        """The unit's own page."""
        return f"unit:{self.id}"


@dataclass(frozen=True, slots=True)
class TileView:
    """A unit's place on the schematic map."""

    unit: UnitCard
    column: int
    row: int


@dataclass(frozen=True, slots=True)
class RiverView:
    """A river on the map; `label` is the column and row of its name, or None."""

    name: str
    wide: bool
    course: tuple[tuple[int, int], ...]
    label: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class StyleView:
    """What the style sheet takes from the content: the themes to filter by, and the places of the map."""

    themes: tuple[str, ...]
    columns: int
    rows: int
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class HomeView:
    """The front page."""

    units: tuple[UnitCard, ...]
    kinds: tuple[Count, ...]
    pledges: int
    reported: int
    matrix: Matrix
    states: tuple[Count, ...]
    lanes: tuple[Lane, ...]
    tiles: tuple[TileView, ...]
    rivers: tuple[RiverView, ...]
    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class UnitsView:
    """All units, by kind."""

    units: tuple[UnitCard, ...]
    kinds: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit's page."""

    card: UnitCard
    notes: tuple[NoteView, ...]
    pledges: tuple[PledgeItem, ...]
    programmes: tuple[Ref, ...]
    source: SourceView
    draft: bool
    total_units: int


@dataclass(frozen=True, slots=True)
class PledgeView:
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
    previous: PledgeItem | None
    following: PledgeItem | None
    draft: bool


@dataclass(frozen=True, slots=True)
class FormerView:
    """The page that stays at an address that a pledge had before."""

    item: PledgeItem
    former: str


@dataclass(frozen=True, slots=True)
class UnitPledges:
    """Some pledges of one unit, with their states."""

    unit: UnitCard
    pledges: tuple[PledgeItem, ...]
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThemeCard:
    """A theme as lists show it."""

    ref: str
    name: str
    text: str
    states: tuple[str, ...]
    units: int
    total_units: int


@dataclass(frozen=True, slots=True)
class ThemesView:
    """All themes."""

    themes: tuple[ThemeCard, ...]
    pledges: int


@dataclass(frozen=True, slots=True)
class ThemeView:
    """A theme's page."""

    card: ThemeCard
    groups: tuple[UnitPledges, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeCard:
    """A programme as lists show it."""

    ref: str
    id: str
    name: str
    text: str
    basis: str
    outside: str
    states: tuple[str, ...]
    units: tuple[Ref, ...]
    total_units: int


@dataclass(frozen=True, slots=True)
class ProgrammesView:
    """All programmes."""

    programmes: tuple[ProgrammeCard, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """A programme's page."""

    card: ProgrammeCard
    groups: tuple[UnitPledges, ...]


@dataclass(frozen=True, slots=True)
class LedgerView:
    """Every pledge in one table."""

    pledges: tuple[PledgeItem, ...]
    themes: tuple[Ref, ...]
    units: tuple[Ref, ...]
    states: tuple[Count, ...]
    deadlines: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class DeadlinesView:
    """Pledges by the kind of their deadline."""

    lanes: tuple[Lane, ...]
    pledges: int


@dataclass(frozen=True, slots=True)
class TermView:
    """A glossary entry; `other` is the term in the other languages (tag, words)."""

    id: str
    term: str
    other: tuple[tuple[str, str], ...]
    text: str
    basis: str
    outside: str
    see: tuple[Ref, ...]
    units: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class GlossaryView:
    """All terms, in the order of their names."""

    terms: tuple[TermView, ...]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article in Markdown."""

    id: str
    title: str
    description: str
    body: str


@dataclass(frozen=True, slots=True)
class DoubtfulSpot:
    """A doubtful spot of the source, with the page where it is marked."""

    where: Ref
    unit: str
    note: NoteView


@dataclass(frozen=True, slots=True)
class AboutView:
    """The article about the site, with the list of doubtful spots."""

    article: ArticleView
    spots: tuple[DoubtfulSpot, ...]


@dataclass(frozen=True, slots=True)
class FileView:
    """Something to download. `language` is a tag, empty where the file serves all."""

    ref: str
    name: str
    format: str
    language: str


@dataclass(frozen=True, slots=True)
class DownloadsView:
    """What can be downloaded."""

    files: tuple[FileView, ...]
    pledges: int
    units: int


@dataclass(frozen=True, slots=True)
class FieldView:
    """A column of the open data."""

    name: str
    type: str
    text: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """A table of the open data."""

    name: str
    fields: tuple[FieldView, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class DictionaryView:
    """The data dictionary."""

    tables: tuple[TableView, ...]


@dataclass(frozen=True, slots=True)
class BulletinView:
    """The printed bulletin: everything, in one language."""

    foreword: ArticleView
    matrix: Matrix
    units: tuple[UnitView, ...]
    pledges: tuple[tuple[PledgeView, ...], ...]
    lanes: tuple[Lane, ...]
    states: tuple[Count, ...]
    kinds: tuple[Count, ...]
    programmes: tuple[ProgrammeCard, ...]
    terms: tuple[TermView, ...]
    spots: tuple[DoubtfulSpot, ...]
    total: int
    reported: int


@dataclass(frozen=True, slots=True)
class NotFoundWords:
    """What the page for a wrong address says, in one language."""

    title: str
    text: str
    ledger: str


@dataclass(frozen=True, slots=True)
class EntryView:
    """The page at the site's root and the page for what was not found: they speak all languages, in order."""

    sites: tuple[SiteView, ...]
    not_found: tuple[NotFoundWords, ...]


@dataclass(frozen=True, slots=True)
class SitemapView:
    """The addresses of all pages: a group holds a page's language versions (tag, path)."""

    base: str
    groups: tuple[tuple[tuple[str, str], ...], ...]
