"""Owns the facts: what a unit, a pledge, an update, a theme, a programme and a term are. No files, no HTML."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

FORMAT = 1
"""The version of the layout of a content folder that this program reads (`format:` in site.yaml)."""

ID_PATTERN = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
PLEDGE_ID_PATTERN = rf"{ID_PATTERN}-[1-9][0-9]*"

TITLE_LIMIT = 120
PROSE_LIMIT = 2_000

State = Literal["under-way", "applied", "inspected", "notice", "accepted", "reopened"]
"""What an update reports. The life of an item: 整改中 → 申请销号 → 已核查 → 公示中 → 已销号 (→ 重新整改)."""

Checkable = Literal["yes", "partly", "principle"]
DeadlineKind = Literal["date", "month", "year", "period", "rhythm", "limit", "standing", "unstated"]


class Record(BaseModel):
    """What every record shares: frozen, no unknown keys, outer white space dropped."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


# ── texts ────────────────────────────────────────────────────────────────────


def _languages(info: ValidationInfo) -> tuple[str, ...]:
    return tuple((info.context or {}).get("languages", ()))


def _text(limit: int) -> Callable[[Any, ValidationInfo], dict[str, str]]:
    def check(value: Any, info: ValidationInfo) -> dict[str, str]:
        languages = _languages(info)
        if not isinstance(value, dict):
            raise PydanticCustomError("text_shape", "", {"languages": ", ".join(languages)})
        wrong = list(_wrong_languages(value, languages, limit))
        if wrong:
            raise PydanticCustomError("several", "", {"several": wrong})
        return {code: value[code].strip() for code in languages}

    return check


def _wrong_languages(
    value: dict[str, Any], languages: tuple[str, ...], limit: int
) -> Iterator[tuple[str | None, str, dict[str, object]]]:
    """Each wrong thing in one text: the language it concerns (None: the text as a whole), code and values."""
    for code, words in value.items():
        if code not in languages:
            yield code, "language_unknown", {"found": code, "languages": ", ".join(languages)}
        elif words is None or (isinstance(words, str) and not words.strip()):
            yield code, "language_empty", {"language": code}
        elif not isinstance(words, str):
            yield code, "not_text", {}
        elif len(words) > limit:
            yield code, "too_long", {"limit": limit, "found": len(words)}
    missing = [code for code in languages if code not in value]
    if missing:
        yield None, "language_missing", {"languages": ", ".join(missing)}


def _text_schema(limit: int) -> WithJsonSchema:
    return WithJsonSchema(
        {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": {"type": "string", "minLength": 1, "maxLength": limit},
        }
    )


Title = Annotated[dict[str, str], BeforeValidator(_text(TITLE_LIMIT)), _text_schema(TITLE_LIMIT)]
"""A short text with a field for each language of the site."""

Prose = Annotated[dict[str, str], BeforeValidator(_text(PROSE_LIMIT)), _text_schema(PROSE_LIMIT)]
"""A text of some sentences with a field for each language; `[words](term:id)` links a glossary term."""


def _word(value: Any, info: ValidationInfo) -> dict[str, str]:
    languages = _languages(info)
    if not isinstance(value, dict):
        raise PydanticCustomError("text_shape", "", {"languages": ", ".join(languages)})
    blank = [code for code, words in value.items() if isinstance(words, str) and not words.strip()]
    wrong = [found for found in _wrong_languages(value, languages, PROSE_LIMIT) if found[0] not in blank]
    if wrong:
        raise PydanticCustomError("several", "", {"several": wrong})
    return {code: value[code] for code in languages}


Word = Annotated[dict[str, str], BeforeValidator(_word), _text_schema(PROSE_LIMIT)]
"""A word of the interface: kept with its spaces, and it may be empty (`""`) where a language needs nothing."""


# ── scalars ──────────────────────────────────────────────────────────────────


def _date(value: Any) -> datetime.date:
    if isinstance(value, datetime.date):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip()):
        raise PydanticCustomError("date_form", "", {"found": value})
    try:
        return datetime.date.fromisoformat(value.strip())
    except ValueError:
        raise PydanticCustomError("date_impossible", "", {"found": value}) from None


def _pattern(pattern: str, code: str) -> AfterValidator:
    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise PydanticCustomError(code, "", {"found": value})
        return value

    return AfterValidator(check)


def _figure(value: Any) -> Decimal:
    """A figure is kept as printed: 1.50 stays 1.50."""
    try:
        figure = Decimal(str(value).strip())
    except InvalidOperation:
        raise PydanticCustomError("number_form", "", {"found": value}) from None
    if not figure.is_finite():
        raise PydanticCustomError("number_form", "", {"found": value})
    return figure


def _known_format(value: str) -> str:
    if value != str(FORMAT):
        raise PydanticCustomError("format", "", {"found": value, "expected": FORMAT})
    return value


def _url(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s<>\"'`{}|\\^]+", value):
        raise PydanticCustomError("url_form", "", {"found": value})
    return value


Date = Annotated[
    datetime.date, BeforeValidator(_date), WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"})
]
Figure = Annotated[
    Decimal,
    BeforeValidator(_figure),
    PlainSerializer(str),
    WithJsonSchema({"type": ["number", "string"], "pattern": r"^-?\d+(\.\d+)?$"}),
]
Id = Annotated[str, _pattern(ID_PATTERN, "id_form"), Field(json_schema_extra={"pattern": f"^{ID_PATTERN}$"})]
PledgeId = Annotated[
    str, _pattern(PLEDGE_ID_PATTERN, "pledge_id_form"), Field(json_schema_extra={"pattern": f"^{PLEDGE_ID_PATTERN}$"})
]
Url = Annotated[str, AfterValidator(_url), Field(max_length=500)]
Line = Annotated[str, Field(min_length=1, max_length=TITLE_LIMIT)]


class Deadline(Record):
    """When a pledge is due, as the source states it. `first` and `last` bound a stated time, both included."""

    kind: DeadlineKind
    stated: str
    first: datetime.date | None = None
    last: datetime.date | None = None


_RHYTHMS = ("monthly", "quarterly", "yearly")
_WORDS: dict[str, DeadlineKind] = {"limit": "limit", "standing": "standing", "unstated": "unstated"}


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("date_impossible", "", {"found": text}) from None


def _span(stated: str) -> tuple[DeadlineKind, datetime.date, datetime.date]:
    """The first and last day of a date, a month or a year."""
    if re.fullmatch(r"\d{4}", stated):
        return "year", _day(f"{stated}-01-01"), _day(f"{stated}-12-31")
    if re.fullmatch(r"\d{4}-\d{2}", stated):
        first = _day(f"{stated}-01")
        following = (first + datetime.timedelta(days=31)).replace(day=1)
        return "month", first, following - datetime.timedelta(days=1)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", stated):
        return "date", _day(stated), _day(stated)
    raise PydanticCustomError("deadline_form", "", {"found": stated})


def read_deadline(value: Any) -> Deadline:
    """A deadline from what an editor writes: `2017-06-30`, `2017-06`, `2017`, `2017/2020`, `monthly`,
    `quarterly`, `yearly`, `limit`, `standing` or `unstated`. Anything else raises `deadline_form`.
    """
    if isinstance(value, Deadline):
        return value
    if not isinstance(value, str):
        raise PydanticCustomError("deadline_form", "", {"found": value})
    stated = value.strip()
    if stated in _WORDS:
        return Deadline(kind=_WORDS[stated], stated=stated)
    if stated in _RHYTHMS:
        return Deadline(kind="rhythm", stated=stated)
    if stated.count("/") == 1:
        begin, end = (_span(part) for part in stated.split("/"))
        if end[2] < begin[1]:
            raise PydanticCustomError("period_backwards", "", {"found": stated})
        return Deadline(kind="period", stated=stated, first=begin[1], last=end[2])
    kind, first, last = _span(stated)
    return Deadline(kind=kind, stated=stated, first=first, last=last)


DeadlineField = Annotated[
    Deadline,
    BeforeValidator(read_deadline),
    PlainSerializer(lambda deadline: deadline.stated),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?(/\d{4}(-\d{2}(-\d{2})?)?)?$"},
                {"type": "integer", "minimum": 1900, "maximum": 2999},
                {"enum": [*_RHYTHMS, *_WORDS]},
            ]
        }
    ),
]


# ── the records ──────────────────────────────────────────────────────────────


class Note(Record):
    """What the editors add: a doubtful spot of the source, a remark, or a correction of their own mistake, which keeps
    the day and what stood there `before`. Never part of the pledge."""

    kind: Literal["doubtful", "remark", "correction"]
    date: Date | None = None
    printed: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    before: Prose | None = None
    text: Prose
    outside: Prose | None = None

    @model_validator(mode="after")
    def _shows_what_it_is_about(self) -> Note:
        if self.kind == "doubtful" and self.printed is None:
            raise PydanticCustomError("note_printed_missing", "")
        missing = [name for name in ("date", "before") if getattr(self, name) is None]
        if self.kind == "correction" and missing:
            raise PydanticCustomError("correction_incomplete", "", {"fields": ", ".join(missing)})
        return self


class Evidence(Record):
    """Where a report can be checked."""

    title: Title
    url: Url | None = None
    date: Date | None = None


class Period(Record):
    """Two dates, both included."""

    begin: Date
    end: Date

    @model_validator(mode="after")
    def _in_order(self) -> Period:
        if self.end < self.begin:
            raise PydanticCustomError("notice_backwards", "", {"begin": self.begin, "end": self.end})
        return self


class Update(Record):
    """One dated step in the life of a pledge.

    Accepted needs the day of the inspection, the accepting body, the basis, and the public notice's first and
    last day; reopened needs its reason (rectification practice: 现场核查 → 公示 → 备案销号; 反弹).
    """

    date: Date
    state: State
    text: Prose
    evidence: Annotated[tuple[Evidence, ...], Field(max_length=20)] = ()
    inspected: Date | None = None
    body: Title | None = None
    basis: Title | None = None
    notice: Period | None = None
    reason: Prose | None = None
    draft: bool = False

    @model_validator(mode="after")
    def _complete(self) -> Update:
        needed = {
            "accepted": ("inspected", "body", "basis", "notice"),
            "notice": ("inspected", "body", "notice"),
            "inspected": ("body",),
            "reopened": ("reason",),
        }.get(self.state, ())
        missing = [name for name in needed if getattr(self, name) is None]
        if missing:
            raise PydanticCustomError("update_incomplete", "", {"state": self.state, "fields": ", ".join(missing)})
        return self


class Withdrawn(Record):
    """Why and when a pledge was taken back; its address stays."""

    date: Date
    reason: Prose


class Target(Record):
    """A figure that the source states, with its unit and what it counts."""

    value: Figure
    unit: Title
    what: Title


class Source(Record):
    """Where the statement stands in the source: the heading, the paragraph (from 1) and the printed item."""

    section: Line
    paragraph: Annotated[int, Field(ge=1, le=999)] | None = None
    item: Annotated[str, Field(min_length=1, max_length=12)] | None = None


class Pledge(Record):
    """One promise of one unit: an act or a result that could be found done or not done."""

    id: PledgeId
    covers: Annotated[tuple[Annotated[int, Field(ge=1, le=9999)], ...], Field(min_length=1)]
    title: Title
    text: Prose
    themes: Annotated[tuple[Id, ...], Field(min_length=1, max_length=5)]
    programmes: tuple[Id, ...] = ()
    checkable: Checkable
    why: Prose | None = None
    done_when: Prose
    target: Target | None = None
    deadline: DeadlineField
    source: Source
    notes: Annotated[tuple[Note, ...], Field(max_length=20)] = ()
    updates: Annotated[tuple[Update, ...], Field(max_length=500)] = ()
    withdrawn: Withdrawn | None = None
    formerly: tuple[PledgeId, ...] = ()
    draft: bool = False

    @model_validator(mode="after")
    def _says_why(self) -> Pledge:
        if self.checkable != "yes" and self.why is None:
            raise PydanticCustomError("why_missing", "", {"found": self.checkable})
        return self


class Signatory(Record):
    """Who signed the statement, and with which title, exactly as printed."""

    name: Title
    title: Title


class Unit(Record):
    """A district or zone with its statement. Its id is the name of its file."""

    name: Title
    short: Title
    also: Title | None = None
    kind: Literal["district", "zone"]
    order: Annotated[int, Field(ge=1, le=99_999)]
    commitments: Annotated[int, Field(ge=1, le=9_999)]
    signed_by: Signatory
    summary: Prose
    notes: Annotated[tuple[Note, ...], Field(max_length=20)] = ()
    pledges: Annotated[tuple[Pledge, ...], Field(min_length=1, max_length=2_000)]
    draft: bool = False


class Theme(Record):
    """A subject under which the editors file pledges."""

    id: Id
    name: Title
    text: Prose


Basis = Literal["source", "outside", "unexplained"]
"""Whether the source itself explains a word, an outside source does, or nobody does."""


def _outside_is_named(basis: Basis, outside: object) -> None:
    if basis == "outside" and outside is None:
        raise PydanticCustomError("outside_missing", "")


class Programme(Record):
    """A named campaign, plan or scheme."""

    id: Id
    name: Title
    text: Prose
    basis: Basis
    outside: Prose | None = None

    @model_validator(mode="after")
    def _sourced(self) -> Programme:
        _outside_is_named(self.basis, self.outside)
        return self


class Term(Record):
    """A glossary entry."""

    id: Id
    term: Title
    text: Prose
    basis: Basis
    outside: Prose | None = None
    see: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _sourced(self) -> Term:
        _outside_is_named(self.basis, self.outside)
        return self


# ── the site ─────────────────────────────────────────────────────────────────


class Language(Record):
    """A language of the site. `tag` is BCP 47, `locale` is what dates and numbers follow."""

    code: Annotated[str, _pattern(r"[a-z]{2,3}", "language_code_form")]
    tag: Annotated[str, _pattern(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", "language_tag_form")]
    locale: Annotated[str, _pattern(r"[a-z]{2,3}(_[A-Za-z0-9]+)*", "language_code_form")]
    name: Line
    script: Literal["Hans", "Hant", "Latn", "Cyrl", "Arab"]


class Licence(Record):
    """Under which terms others may use the data or the texts."""

    name: Title
    url: Url | None = None


class Publisher(Record):
    """Who answers for the site. Empty in the shipped content; a release build demands it."""

    name: Title | None = None
    site_code: Line | None = None
    icp: Line | None = None
    police: Line | None = None
    contact: Title | None = None


class Tile(Record):
    """Where a unit stands on the schematic map: column and row, from 1."""

    unit: Id
    column: Annotated[int, Field(ge=1, le=24)]
    row: Annotated[int, Field(ge=1, le=24)]


class River(Record):
    """A river on the schematic map: its course along the edges of the tiles, as `x,y` pairs from the top left."""

    name: Title
    wide: bool = False
    course: Annotated[str, _pattern(r"\d+,\d+( \d+,\d+)+", "course_form")]
    label: Annotated[str, _pattern(r"\d+,\d+", "course_form")] | None = None


class Site(Record):
    """The settings of a site (site.yaml). What is empty is left out of the pages, never made up."""

    format: Annotated[str, AfterValidator(_known_format), WithJsonSchema({"const": FORMAT})]
    languages: Annotated[tuple[Language, ...], Field(min_length=1, max_length=12)]
    title: Title
    wordmark: Title | None = None
    place: Title
    strapline: Title
    motto: Title
    source: Title
    fictional: Prose | None = None
    as_of: Date | None = None
    statements_date: Date | None = None
    timezone: Line = "Asia/Shanghai"
    base_url: Url | None = None
    publisher: Publisher = Publisher()
    licence_data: Licence | None = None
    licence_texts: Licence | None = None
    tiles: tuple[Tile, ...] = ()
    rivers: tuple[River, ...] = ()


def choices(annotation: Any) -> tuple[str, ...]:
    """The words that a `Literal` allows, in order."""
    return get_args(annotation)
