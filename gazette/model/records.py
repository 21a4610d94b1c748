"""The facts: what a unit, a pledge, an update, a theme, a programme and a term are. No files, no HTML."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

import msgspec
from msgspec.structs import replace

from gazette.model.dates import Date, StatedDeadline
from gazette.model.fields import (
    FILLED,
    LANGUAGE_PATTERN,
    BaseUrl,
    FieldType,
    Flag,
    Id,
    IfFilled,
    Languages,
    Line,
    ListRule,
    Notice,
    PledgeId,
    Prose,
    Reference,
    Sentences,
    Title,
    Url,
    as_text,
    invalid,
    line,
    matching,
    naming,
)
from gazette.model.numbers import MAP_EDGE, FigureValue, Issue, points, whole

FORMAT = 1
"""The version of the layout of a content folder that this program reads (`format:` in site.yaml)."""

State = Literal["under-way", "applied", "inspected", "notice", "accepted", "reopened"]
"""What an update reports. The life of an item: 推进中 → 申请办结 → 已核查 → 公示中 → 已办结 (→ 重新办理)."""

NoteKind = Literal["doubtful", "remark", "correction"]

UnitKind = Literal["district", "zone"]

Checkable = Literal["yes", "partly", "principle"]


class Record(msgspec.Struct, frozen=True):
    """What every record shares: it never changes, and has no fields but those that are declared. What does not fit
    together in one record is told when it is made (Wrong)."""


FormerIds = Annotated[tuple[Id, ...], ListRule(most=50, words=True), FILLED]
"""What something was called before, or what was merged into it: its old addresses lead on."""

References = Annotated[tuple[Reference, ...], ListRule(most=50, words=True), FILLED]


def _known_format(value: Any, _: Languages) -> str:
    if as_text(value) != str(FORMAT):
        raise invalid("format", expected=FORMAT)
    return str(FORMAT)


# ── the unit and its pledges ─────────────────────────────────────────────────


class Note(Record, frozen=True, kw_only=True):
    """What the editors add: a doubtful spot of the source, a remark, or a correction of their own mistake, which keeps
    the day and what stood there `before`. Never part of the pledge."""

    kind: NoteKind
    date: IfFilled[Date] = None
    printed: IfFilled[Annotated[str, line(60)]] = None
    before: IfFilled[Prose] = None
    text: Prose
    outside: IfFilled[Sentences] = None

    def __post_init__(self) -> None:
        if self.kind == "doubtful" and self.printed is None:
            raise invalid("note_printed_missing")
        missing = [name for name in ("date", "before") if getattr(self, name) is None]
        if self.kind == "correction" and missing:
            raise invalid("correction_incomplete", fields=", ".join(missing))


class Evidence(Record, frozen=True, kw_only=True):
    """Where a report can be checked."""

    title: Title
    url: IfFilled[Url] = None
    date: IfFilled[Date] = None


class Period(Record, frozen=True, kw_only=True):
    """Two dates, both included."""

    begin: Date
    end: Date

    def __post_init__(self) -> None:
        if self.end < self.begin:
            raise invalid("notice_backwards", begin=self.begin, end=self.end)


class Update(Record, frozen=True, kw_only=True):
    """One dated step in the life of a pledge.

    Accepted needs the day of the inspection, the accepting body, the basis, and the public notice's first and
    last day; reopened needs its reason (rectification practice: 现场核查 → 公示 → 备案销号; 反弹).
    """

    date: Date
    state: State
    text: Prose
    evidence: Annotated[tuple[Evidence, ...], ListRule(most=20), FILLED] = ()
    inspected: IfFilled[Date] = None
    body: IfFilled[Title] = None
    basis: IfFilled[Title] = None
    notice: IfFilled[Period] = None
    reason: IfFilled[Sentences] = None
    draft: Flag = False

    def __post_init__(self) -> None:
        needed = {
            "accepted": ("inspected", "body", "basis", "notice"),
            "notice": ("inspected", "body", "notice"),
            "inspected": ("body",),
            "reopened": ("reason",),
        }.get(self.state, ())
        missing = [name for name in needed if getattr(self, name) is None]
        if missing:
            raise invalid("update_incomplete", state=self.state, fields=", ".join(missing))


class Withdrawn(Record, frozen=True, kw_only=True):
    """Why and when a pledge was taken back; its address stays."""

    date: Date
    reason: Sentences


class Figure(Record, frozen=True, kw_only=True):
    """A figure that the source states, with its unit and what it counts."""

    value: FigureValue
    unit: Title
    what: Title


class Source(Record, frozen=True, kw_only=True):
    """Where the statement stands in the source: the heading, the paragraph (from 1) and the printed item."""

    section: Line
    paragraph: IfFilled[Annotated[int, whole(1, 999)]] = None
    item: IfFilled[Annotated[str, line(12)]] = None


class Pledge(Record, frozen=True, kw_only=True):
    """One promise of one unit: an act or a result that could be found done or not done."""

    id: PledgeId
    covers: Annotated[tuple[Annotated[int, whole(1, 9999)], ...], ListRule(most=500, needed=True, words=True)]
    title: Title
    text: Prose
    themes: Annotated[tuple[Reference, ...], ListRule(most=5, needed=True, words=True)]
    programmes: References = ()
    checkable: Checkable
    why: IfFilled[Prose] = None
    done_when: Prose
    target: IfFilled[Figure] = None
    deadline: StatedDeadline
    source: Source
    notes: Annotated[tuple[Note, ...], ListRule(most=20), FILLED] = ()
    updates: Annotated[tuple[Update, ...], ListRule(most=500), FILLED] = ()
    withdrawn: IfFilled[Withdrawn] = None
    formerly: Annotated[tuple[PledgeId, ...], ListRule(most=20, words=True), FILLED] = ()
    draft: Flag = False

    def __post_init__(self) -> None:
        if self.checkable != "yes" and self.why is None:
            raise invalid("why_missing", found=self.checkable)
        if self.checkable == "yes" and self.why is not None:
            raise invalid("why_needless")

    def without_drafts(self) -> Pledge:
        """The pledge as the public sees it."""
        return replace(self, updates=tuple(update for update in self.updates if not update.draft))


class Signatory(Record, frozen=True, kw_only=True):
    """Who signed the statement, and with which title, exactly as printed."""

    name: Title
    title: Title


class Unit(Record, frozen=True, kw_only=True):
    """A district or zone with its statement. Its id is the name of its file."""

    name: Title
    short: Title
    also: IfFilled[Title] = None
    kind: UnitKind
    order: Annotated[int, whole(1, 99_999)]
    commitments: Annotated[int, whole(1, 9_999)]
    signed_by: Signatory
    summary: Prose
    notes: Annotated[tuple[Note, ...], ListRule(most=20), FILLED] = ()
    pledges: Annotated[tuple[Pledge, ...], ListRule(most=2_000, needed=True)]
    formerly: FormerIds = ()
    draft: Flag = False


class Theme(Record, frozen=True, kw_only=True):
    """A subject under which the editors file pledges."""

    id: Id
    name: Title
    text: Prose
    formerly: FormerIds = ()


Basis = Literal["source", "usage", "outside", "unexplained"]
"""Who explains a word: the source itself, general usage (in the editors' words), an outside source that is named, or
nobody."""


def _outside_is_named(basis: Basis, outside: object) -> None:
    if basis == "outside" and outside is None:
        raise invalid("outside_missing")


class Programme(Record, frozen=True, kw_only=True):
    """A named campaign, plan or scheme."""

    id: Id
    name: Title
    text: Prose
    basis: Basis
    outside: IfFilled[Sentences] = None
    formerly: FormerIds = ()

    def __post_init__(self) -> None:
        _outside_is_named(self.basis, self.outside)


class Term(Record, frozen=True, kw_only=True):
    """A glossary entry."""

    id: Id
    term: Title
    text: Prose
    basis: Basis
    outside: IfFilled[Sentences] = None
    see: References = ()
    formerly: FormerIds = ()

    def __post_init__(self) -> None:
        _outside_is_named(self.basis, self.outside)


Themes = Annotated[tuple[Theme, ...], ListRule(most=40)]
"""What themes.yaml holds: each is a column of the overview table."""

Programmes = Annotated[tuple[Programme, ...], ListRule(most=500)]
Glossary = Annotated[tuple[Term, ...], ListRule(most=2_000)]


# ── the site ─────────────────────────────────────────────────────────────────


Script = Literal["Hans", "Hant", "Latn", "Cyrl"]


class Language(Record, frozen=True, kw_only=True):
    """A language of the site. `tag` is BCP 47, `locale` is what dates and numbers follow."""

    code: Annotated[str, naming(matching(LANGUAGE_PATTERN, "language_code_form"), "language_reserved")]
    tag: Annotated[str, matching(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", "language_tag_form")]
    locale: Annotated[str, matching(r"[a-z]{2,3}(_[A-Za-z0-9]+)*", "language_code_form")]
    name: Line
    script: Script


class Licence(Record, frozen=True, kw_only=True):
    """Under which terms others may use the data or the texts."""

    name: Title
    url: IfFilled[Url] = None


class Publisher(Record, frozen=True, kw_only=True):
    """Who answers for the site. Empty in the shipped content; a release build demands it."""

    name: Title | None = None
    site_code: Line | None = None
    icp: Line | None = None
    police: Line | None = None
    contact: Title | None = None


class Bulletin(Record, frozen=True, kw_only=True):
    """What the cover of the bulletin says of the issue: its number, and the day on which it comes out."""

    number: Issue | None = None
    date: Date | None = None


class Tile(Record, frozen=True, kw_only=True):
    """Where a unit stands on the schematic map: column and row, from 1."""

    unit: Id
    column: Annotated[int, whole(1, MAP_EDGE)]
    row: Annotated[int, whole(1, MAP_EDGE)]


class River(Record, frozen=True, kw_only=True):
    """A river on the schematic map: its course along the edges of the tiles, as `x,y` pairs from the top left."""

    name: Title
    wide: Flag = False
    course: Annotated[str, points(0, several=True)]
    label: IfFilled[Annotated[str, points(1, several=False)]] = None


class Site(Record, frozen=True, kw_only=True):
    """The settings of a site (site.yaml). What is empty is left out of the pages, never made up."""

    format: Annotated[str, FieldType(_known_format, {"const": FORMAT})]
    languages: Annotated[tuple[Language, ...], ListRule(most=12, needed=True)]
    title: Title
    wordmark: Title | None = None
    place: Title
    strapline: Title
    motto: Title
    source: Title
    fictional: Notice | None = None
    as_of: Date | None = None
    statements_date: Date | None = None
    timezone: Annotated[Line, FILLED] = "Asia/Shanghai"
    base_url: BaseUrl | None = None
    publisher: Annotated[Publisher, FILLED] = Publisher()
    bulletin: Bulletin | None = None
    licence_data: Licence | None = None
    licence_texts: Licence | None = None
    tiles: Annotated[tuple[Tile, ...], ListRule(most=MAP_EDGE * MAP_EDGE), FILLED] = ()
    rivers: Annotated[tuple[River, ...], ListRule(most=20), FILLED] = ()


def choices(annotation: Any) -> tuple[str, ...]:
    """The words that a `Literal` allows, in order."""
    return get_args(annotation)
