"""Owns the facts: what a unit, a pledge, an update, a theme, a programme and a term are. No files, no HTML."""

from __future__ import annotations

import datetime
import re
import string
import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    PlainSerializer,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from gazette.markup import looks_linked

FORMAT = 1
"""The version of the layout of a content folder that this program reads (`format:` in site.yaml)."""

ID_PATTERN = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
PLEDGE_ID_PATTERN = rf"{ID_PATTERN}-[1-9][0-9]{{0,4}}"

LANGUAGE_PATTERN = "[a-z]{2,3}"

ID_LIMIT = 60
"""An id becomes the name of a file."""

TITLE_LIMIT = 120
PROSE_LIMIT = 2_000

State = Literal["under-way", "applied", "inspected", "notice", "accepted", "reopened"]
"""What an update reports. The life of an item: 整改中 → 申请销号 → 已核查 → 公示中 → 已销号 (→ 重新整改)."""

Checkable = Literal["yes", "partly", "principle"]
DeadlineKind = Literal["date", "month", "year", "period", "rhythm", "limit", "standing", "unstated"]


class Record(BaseModel):
    """What every record shares: frozen, no unknown keys, outer white space dropped."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True)


T = TypeVar("T")


class _Filled:
    """A field that may be left out. Where it is written, something stands behind it: `withdrawn:` alone could mean
    that a pledge was withdrawn, or that it was not."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        schema: Any = handler(source)
        fields = ", ".join(_needed(source))

        def check(value: Any) -> Any:
            if value is None:
                raise PydanticCustomError("empty_record" if fields else "empty_optional", "", {"fields": fields})
            return value

        inner = schema["schema"] if schema["type"] == "nullable" else schema
        return core_schema.no_info_before_validator_function(check, inner)


def _needed(annotation: Any) -> Iterator[str]:
    """What must stand in the record that a type such as `Target | None` holds."""
    for kind in get_args(annotation) if get_origin(annotation) is not tuple else ():
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from (name for name, field in kind.model_fields.items() if field.is_required())


FILLED = _Filled()
Filled = Annotated[T | None, FILLED]
"""Left out (None), or filled in. The settings of a site (`X | None`) may also be written and left empty."""


# ── texts ────────────────────────────────────────────────────────────────────


def _languages(info: ValidationInfo) -> tuple[str, ...]:
    return tuple((info.context or {}).get("languages", ()))


def _text(limit: int, *, links: bool) -> Callable[[Any, ValidationInfo], dict[str, str]]:
    def check(value: Any, info: ValidationInfo) -> dict[str, str]:
        languages = _languages(info)
        if not isinstance(value, dict):
            raise PydanticCustomError("text_shape", "", {"languages": ", ".join(languages)})
        wrong = list(_wrong_languages(value, languages, limit))
        wrong += _wrong_wording(value, links)
        if wrong:
            raise PydanticCustomError("several", "", {"several": wrong})
        return {code: value[code].strip() for code in languages or value}

    return check


Wrong = tuple[str | None, str, dict[str, object]]
"""One wrong thing in a text: the language it concerns (None: the text as a whole), a message's code, its values."""


def _wrong_languages(value: dict[str, Any], languages: tuple[str, ...], limit: int) -> Iterator[Wrong]:
    """What is wrong with the languages of a text. Where the site's languages cannot be read, nobody knows them."""
    for code, words in value.items():
        if languages and code not in languages:
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


def _wrong_wording(value: dict[str, Any], links: bool) -> Iterator[Wrong]:
    """What is wrong with the words of a text: the guide's dots instead of words, and a link where none can be."""
    for code, words in value.items():
        if isinstance(words, str) and not words.strip(" .…。") and words.strip():
            yield code, "text_dots", {"found": words.strip()}
        elif isinstance(words, str) and not links and looks_linked(words):
            yield code, "title_link", {"found": words}


def _text_schema(limit: int) -> WithJsonSchema:
    return WithJsonSchema(
        {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": {"type": "string", "minLength": 1, "maxLength": limit},
        }
    )


Title = Annotated[dict[str, str], BeforeValidator(_text(TITLE_LIMIT, links=False)), _text_schema(TITLE_LIMIT)]
"""A short text with a field for each language of the site. It holds no links: it may stand inside one."""

Prose = Annotated[dict[str, str], BeforeValidator(_text(PROSE_LIMIT, links=True)), _text_schema(PROSE_LIMIT)]
"""A text of some sentences with a field for each language; `[words](term:id)` links a glossary term."""


def _word(value: Any, info: ValidationInfo) -> dict[str, str]:
    languages = _languages(info)
    if not isinstance(value, dict):
        raise PydanticCustomError("text_shape", "", {"languages": ", ".join(languages)})
    blank = [code for code, words in value.items() if isinstance(words, str) and not words.strip()]
    wrong = [found for found in _wrong_languages(value, languages, PROSE_LIMIT) if found[0] not in blank]
    wrong += [] if wrong else _wrong_braces(value)
    if wrong:
        raise PydanticCustomError("several", "", {"several": wrong})
    return {code: value[code] for code in languages}


def _wrong_braces(value: dict[str, str]) -> Iterator[Wrong]:
    """The `{names}` that a word is filled in with: each language has those of the first."""
    names = {code: _names_in(words) if "{" in words or "}" in words else set() for code, words in value.items()}
    expected = next((found for found in names.values() if found is not None), set())
    for code, found in names.items():
        if found is None:
            yield code, "word_braces", {"found": value[code]}
        elif found != expected:
            yield code, "word_names", {"expected": _braced(expected), "found": _braced(found)}


def _braced(names: set[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))


def _names_in(words: str) -> set[str] | None:
    """The `{names}` in a word; None where its braces are not those of names."""
    try:
        parts = [part for part in string.Formatter().parse(words) if part[1] is not None]
    except ValueError:
        return None
    plain = all(re.fullmatch("[a-z_]+", name or "") and not form and turned is None for _, name, form, turned in parts)
    return {str(name) for _, name, _, _ in parts} if plain else None


Word = Annotated[dict[str, str], BeforeValidator(_word), _text_schema(PROSE_LIMIT)]
"""A word of the interface: kept with its spaces, and it may be empty (`""`) where a language needs nothing."""


# ── scalars ──────────────────────────────────────────────────────────────────


FIRST_YEAR, LAST_YEAR = 1900, 2999


def _half_width(text: str, pattern: str) -> None:
    """Refuses what only its full-width characters keep from being right: １００, ２０１７－０６－３０."""
    half = unicodedata.normalize("NFKC", text).strip()
    if half != text and re.fullmatch(pattern, half):
        raise PydanticCustomError("full_width", "", {"likely": half})


def _day(stated: str) -> datetime.date:
    if not FIRST_YEAR <= int(stated[:4]) <= LAST_YEAR:
        raise PydanticCustomError("year_range", "", {"first": FIRST_YEAR, "last": LAST_YEAR})
    try:
        return datetime.date.fromisoformat(stated)
    except ValueError:
        raise PydanticCustomError("date_impossible", "") from None


_DAY, _MONTH, _YEAR = "[0-9]{4}-[0-9]{2}-[0-9]{2}", "[0-9]{4}-[0-9]{2}", "[0-9]{4}"
_TIMES = (
    (r"([0-9]{4}) ?[年./-] ?([0-9]{1,2}) ?[月./-] ?([0-9]{1,2}) ?[日号]?", (1, 2, 3)),
    (r"([0-9]{1,2}) ?[./-] ?([0-9]{1,2}) ?[./-] ?([0-9]{4})", (3, 2, 1)),
    (r"([0-9]{4})([0-9]{2})([0-9]{2})", (1, 2, 3)),
    (r"([0-9]{4}) ?[年./-] ?([0-9]{1,2}) ?月?", (1, 2)),
    (r"([0-9]{4}) ?年", (1,)),
)
"""How dates, months and years are written elsewhere, and which part is the year, the month and the day."""


def likely_time(found: str) -> str:
    """The date, month or year that was probably meant, as it should be written; empty where nobody can tell."""
    half = unicodedata.normalize("NFKC", found).strip()
    for pattern, order in _TIMES:
        match = re.fullmatch(pattern, half)
        if match:
            likely = "-".join(match[n].zfill(2) for n in order)
            try:
                _span(likely)
            except PydanticCustomError:
                return ""
            return likely
    return ""


def _date(value: Any) -> datetime.date:
    if isinstance(value, datetime.date):
        return value
    text = value.strip() if isinstance(value, str) else ""
    if re.fullmatch(_DAY, text):
        return _day(text)
    _half_width(text, _DAY)
    likely = likely_time(text)
    raise PydanticCustomError("date_form", "", {"near": likely if re.fullmatch(_DAY, likely) else ""})


def _pattern(pattern: str, code: str, limit: int = TITLE_LIMIT) -> AfterValidator:
    def check(value: str) -> str:
        if len(value) > limit or not re.fullmatch(pattern, value):
            raise PydanticCustomError(code, "", {"limit": limit})
        return value

    return AfterValidator(check)


_WHOLE = "0|-?[1-9][0-9]{0,8}"
_FIGURE = r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?"


def _whole(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    _half_width(value, _WHOLE)
    if not re.fullmatch(_WHOLE, value.strip()):
        raise PydanticCustomError("not_number", "")
    return int(value)


def _figure(value: Any) -> Decimal:
    """A figure is kept as printed: 1.50 stays 1.50."""
    text = str(value).strip()
    _half_width(text, _FIGURE)
    if not re.fullmatch(_FIGURE, text):
        long = re.fullmatch(r"-?[1-9][0-9]*(\.[0-9]+)?", text)
        raise PydanticCustomError("number_long" if long else "number_form", "")
    return Decimal(text)


def _known_format(value: str) -> str:
    if value != str(FORMAT):
        raise PydanticCustomError("format", "", {"expected": FORMAT})
    return value


def _url(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s<>\"'`{}|\\^]+", value):
        raise PydanticCustomError("url_form", "")
    return value


Date = Annotated[
    datetime.date, BeforeValidator(_date), WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"})
]
Figure = Annotated[
    Decimal,
    BeforeValidator(_figure),
    PlainSerializer(str),
    WithJsonSchema({"type": ["number", "string"], "pattern": f"^{_FIGURE}$"}),
]
WHOLE = BeforeValidator(_whole)
"""A whole number as people write it: digits only."""
Id = Annotated[
    str,
    _pattern(ID_PATTERN, "id_form", ID_LIMIT),
    Field(json_schema_extra={"pattern": f"^{ID_PATTERN}$", "maxLength": ID_LIMIT}),
]
PledgeId = Annotated[
    str,
    _pattern(PLEDGE_ID_PATTERN, "pledge_id_form", ID_LIMIT + 6),
    Field(json_schema_extra={"pattern": f"^{PLEDGE_ID_PATTERN}$", "maxLength": ID_LIMIT + 6}),
]
Reference = Annotated[
    str, Field(min_length=1, max_length=TITLE_LIMIT, json_schema_extra={"pattern": f"^{ID_PATTERN}$"})
]
"""The id of something in another file. What it looks like is told there, where the names are known too."""
Url = Annotated[str, AfterValidator(_url), Field(max_length=500)]
Line = Annotated[str, Field(min_length=1, max_length=TITLE_LIMIT)]


# ── lists ────────────────────────────────────────────────────────────────────

_COMMAS = r"[，、；;]"
_NOTHING = frozenset({"无", "没有", "暂无", "none", "None", "-", "/"})


def _listed(*, needed: bool) -> BeforeValidator:
    """A list of ids or numbers as it should be written. What only its commas or brackets spoil is told once."""

    def check(value: Any) -> Any:
        if isinstance(value, str):
            parts = [part for part in re.split(rf"(?:{_COMMAS}|[,\s])+", value.strip("[]［］【】 ")) if part]
            _refuse_nothing(parts, needed)
            raise PydanticCustomError("list_form", "", {"likely": f"[{', '.join(parts)}]"})
        if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
            _refuse_nothing(value, needed)
            if any(re.search(_COMMAS, entry) for entry in value):
                parts = [part.strip() for entry in value for part in re.split(_COMMAS, entry) if part.strip()]
                raise PydanticCustomError("list_commas", "", {"likely": f"[{', '.join(parts)}]"})
        return value

    return BeforeValidator(check)


def _refuse_nothing(parts: list[str], needed: bool) -> None:
    if not needed and parts and _NOTHING.issuperset(parts):
        raise PydanticCustomError("list_nothing", "")


def _some(value: tuple[T, ...]) -> tuple[T, ...]:
    if not value:
        raise PydanticCustomError("list_empty", "")
    return value


SOME = AfterValidator(_some)
"""At least one entry. Asked after the entries, so that a list whose only entry is wrong is not called empty too."""

_SOME_SCHEMA = Field(json_schema_extra={"minItems": 1})

References = Annotated[tuple[Reference, ...], _listed(needed=False), FILLED]


class Deadline(Record):
    """When a pledge is due, as the source states it. `first` and `last` bound a stated time, both included."""

    kind: DeadlineKind
    stated: str
    first: datetime.date | None = None
    last: datetime.date | None = None


_RHYTHMS = ("monthly", "quarterly", "yearly")
_WORDS: dict[str, DeadlineKind] = {"limit": "limit", "standing": "standing", "unstated": "unstated"}


_SAID = {
    "长期": "standing",
    "每月": "monthly",
    "每季度": "quarterly",
    "每季": "quarterly",
    "每年": "yearly",
    "限期": "limit",
    "未写": "unstated",
    "无": "unstated",
    "未定": "unstated",
}
"""What an editor may write for one of the words."""


def _span(stated: str) -> tuple[DeadlineKind, datetime.date, datetime.date]:
    """The first and last day of a date, a month or a year."""
    if re.fullmatch(_YEAR, stated):
        return "year", _day(f"{stated}-01-01"), _day(f"{stated}-12-31")
    if re.fullmatch(_MONTH, stated):
        first = _day(f"{stated}-01")
        following = (first + datetime.timedelta(days=31)).replace(day=1)
        return "month", first, following - datetime.timedelta(days=1)
    if re.fullmatch(_DAY, stated):
        return "date", _day(stated), _day(stated)
    raise PydanticCustomError("date_impossible", "")


def _likely_deadline(found: str) -> str:
    parts = re.split(r"[-—–~～至到]+", unicodedata.normalize("NFKC", found).replace("年", ""))
    years = [part.strip() for part in parts]
    if len(years) == 2 and all(re.fullmatch(_YEAR, year) for year in years):
        return "/".join(years)
    return likely_time(found) or _SAID.get(found, "")


def read_deadline(value: Any) -> Deadline:
    """A deadline from what an editor writes: `2017-06-30`, `2017-06`, `2017`, `2017/2020`, `monthly`,
    `quarterly`, `yearly`, `limit`, `standing` or `unstated`. Anything else raises `deadline_form`.
    """
    if isinstance(value, Deadline):
        return value
    stated = value.strip() if isinstance(value, str) else ""
    if stated in _WORDS:
        return Deadline(kind=_WORDS[stated], stated=stated)
    if stated in _RHYTHMS:
        return Deadline(kind="rhythm", stated=stated)
    time = rf"(?:{_DAY}|{_MONTH}|{_YEAR})"
    if re.fullmatch(rf"{time}/{time}", stated):
        begin, end = (_span(part) for part in stated.split("/"))
        if end[2] < begin[1]:
            raise PydanticCustomError("period_backwards", "")
        return Deadline(kind="period", stated=stated, first=begin[1], last=end[2])
    if re.fullmatch(time, stated):
        kind, first, last = _span(stated)
        return Deadline(kind=kind, stated=stated, first=first, last=last)
    _half_width(stated, rf"{time}(?:/{time})?")
    raise PydanticCustomError("deadline_form", "", {"near": _likely_deadline(stated)})


DeadlineField = Annotated[
    Deadline,
    BeforeValidator(read_deadline),
    PlainSerializer(lambda deadline: deadline.stated),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?(/\d{4}(-\d{2}(-\d{2})?)?)?$"},
                {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR},
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
    date: Filled[Date] = None
    printed: Filled[Annotated[str, Field(min_length=1, max_length=60)]] = None
    before: Filled[Prose] = None
    text: Prose
    outside: Filled[Prose] = None

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
    url: Filled[Url] = None
    date: Filled[Date] = None


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
    evidence: Annotated[tuple[Evidence, ...], Field(max_length=20), FILLED] = ()
    inspected: Filled[Date] = None
    body: Filled[Title] = None
    basis: Filled[Title] = None
    notice: Filled[Period] = None
    reason: Filled[Prose] = None
    draft: Annotated[bool, FILLED] = False

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
    paragraph: Filled[Annotated[int, Field(ge=1, le=999), WHOLE]] = None
    item: Filled[Annotated[str, Field(min_length=1, max_length=12)]] = None


class Pledge(Record):
    """One promise of one unit: an act or a result that could be found done or not done."""

    id: PledgeId
    covers: Annotated[tuple[Annotated[int, Field(ge=1, le=9999), WHOLE], ...], _SOME_SCHEMA, _listed(needed=True), SOME]
    title: Title
    text: Prose
    themes: Annotated[tuple[Reference, ...], Field(max_length=5), _SOME_SCHEMA, _listed(needed=True), SOME]
    programmes: References = ()
    checkable: Checkable
    why: Filled[Prose] = None
    done_when: Prose
    target: Filled[Target] = None
    deadline: DeadlineField
    source: Source
    notes: Annotated[tuple[Note, ...], Field(max_length=20), FILLED] = ()
    updates: Annotated[tuple[Update, ...], Field(max_length=500), FILLED] = ()
    withdrawn: Filled[Withdrawn] = None
    formerly: Annotated[tuple[PledgeId, ...], _listed(needed=False), FILLED] = ()
    draft: Annotated[bool, FILLED] = False

    @model_validator(mode="after")
    def _says_why(self) -> Pledge:
        if self.checkable != "yes" and self.why is None:
            raise PydanticCustomError("why_missing", "", {"found": self.checkable})
        if self.checkable == "yes" and self.why is not None:
            raise PydanticCustomError("why_needless", "")
        return self


class Signatory(Record):
    """Who signed the statement, and with which title, exactly as printed."""

    name: Title
    title: Title


class Unit(Record):
    """A district or zone with its statement. Its id is the name of its file."""

    name: Title
    short: Title
    also: Filled[Title] = None
    kind: Literal["district", "zone"]
    order: Annotated[int, Field(ge=1, le=99_999), WHOLE]
    commitments: Annotated[int, Field(ge=1, le=9_999), WHOLE]
    signed_by: Signatory
    summary: Prose
    notes: Annotated[tuple[Note, ...], Field(max_length=20), FILLED] = ()
    pledges: Annotated[tuple[Pledge, ...], Field(max_length=2_000), _SOME_SCHEMA, SOME]
    draft: Annotated[bool, FILLED] = False


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
    outside: Filled[Prose] = None

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
    outside: Filled[Prose] = None
    see: References = ()

    @model_validator(mode="after")
    def _sourced(self) -> Term:
        _outside_is_named(self.basis, self.outside)
        return self


# ── the site ─────────────────────────────────────────────────────────────────


class Language(Record):
    """A language of the site. `tag` is BCP 47, `locale` is what dates and numbers follow."""

    code: Annotated[str, _pattern(LANGUAGE_PATTERN, "language_code_form")]
    tag: Annotated[str, _pattern(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", "language_tag_form")]
    locale: Annotated[str, _pattern(r"[a-z]{2,3}(_[A-Za-z0-9]+)*", "language_code_form")]
    name: Line
    script: Literal["Hans", "Hant", "Latn", "Cyrl", "Arab"]


class Licence(Record):
    """Under which terms others may use the data or the texts."""

    name: Title
    url: Filled[Url] = None


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
    column: Annotated[int, Field(ge=1, le=24), WHOLE]
    row: Annotated[int, Field(ge=1, le=24), WHOLE]


class River(Record):
    """A river on the schematic map: its course along the edges of the tiles, as `x,y` pairs from the top left."""

    name: Title
    wide: Annotated[bool, FILLED] = False
    course: Annotated[str, _pattern(r"\d+,\d+( \d+,\d+)+", "course_form")]
    label: Filled[Annotated[str, _pattern(r"\d+,\d+", "course_form")]] = None


class Site(Record):
    """The settings of a site (site.yaml). What is empty is left out of the pages, never made up."""

    format: Annotated[str, AfterValidator(_known_format), WithJsonSchema({"const": FORMAT})]
    languages: Annotated[tuple[Language, ...], Field(max_length=12), _SOME_SCHEMA, SOME]
    title: Title
    wordmark: Title | None = None
    place: Title
    strapline: Title
    motto: Title
    source: Title
    fictional: Prose | None = None
    as_of: Date | None = None
    statements_date: Date | None = None
    timezone: Annotated[Line, FILLED] = "Asia/Shanghai"
    base_url: Url | None = None
    publisher: Annotated[Publisher, FILLED] = Publisher()
    licence_data: Licence | None = None
    licence_texts: Licence | None = None
    tiles: Annotated[tuple[Tile, ...], FILLED] = ()
    rivers: Annotated[tuple[River, ...], FILLED] = ()


def choices(annotation: Any) -> tuple[str, ...]:
    """The words that a `Literal` allows, in order."""
    return get_args(annotation)
