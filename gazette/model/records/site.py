"""Defines the records of a site's settings (site.yaml)."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from gazette.model.forms.addresses import fault
from gazette.model.forms.dates import Date
from gazette.model.forms.fields import FILLED, FieldType, IfFilled, Languages, ListRule, as_text, invalid
from gazette.model.forms.numbers import MAP_EDGE, Issue, points, whole
from gazette.model.forms.record import Record
from gazette.model.forms.texts import Notice, Title
from gazette.model.forms.values import LANGUAGE_PATTERN, URL_LIMIT, BaseUrl, Flag, Id, Line, Url, matching, naming

FORMAT = 1
"""The version of the content folder's layout that this program reads (`format:` in site.yaml)."""


def _known_format(value: Any, _: Languages) -> str:
    if as_text(value) != str(FORMAT):
        raise invalid("format", expected=FORMAT)
    return str(FORMAT)


NO_SITE_CODE = "none"
"""Replaces the code of a site that no public body runs."""


def _site_code(value: Any, _: Languages) -> str:
    text = as_text(value)
    if text != NO_SITE_CODE and not re.fullmatch(SITE_CODE_PATTERN, text):
        raise invalid("site_code_form", found=text)
    return text


SITE_CODE_PATTERN = r"[0-9]{10}|bm[0-9]{8}"
"""网站标识码 after the Guideline for the Development of Government Websites (2017): ten digits, of which the first six
are the area's; or `bm` and eight digits for a ministry."""

SiteCode = Annotated[
    str, FieldType(_site_code, {"type": ["string", "integer"], "pattern": f"^({SITE_CODE_PATTERN}|{NO_SITE_CODE})$"})
]


def _feedback(value: Any, _: Languages) -> str:
    text = as_text(value)
    code = "" if re.fullmatch(_MAIL, text) else fault(text.replace(PLEDGE_IN_ADDRESS, "jiangxia-1"))
    if len(text) > URL_LIMIT:
        raise invalid("too_long", found=len(text), limit=URL_LIMIT)
    if code:
        raise invalid("feedback_form" if code == "url_form" else code, found=text)
    return text


_MAIL = r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"

PLEDGE_IN_ADDRESS = "{id}"
"""Placeholder in a form's address for the id of the pledge that a reader writes about."""

Feedback = Annotated[str, FieldType(_feedback, {"type": "string", "maxLength": URL_LIMIT})]
"""Where readers report errors: an e-mail address, or the address of a form."""

Script = Literal["Hans", "Hant", "Latn", "Cyrl"]


class Language(Record, frozen=True, kw_only=True):
    """A language of the site. `tag` is a BCP 47 tag; `locale` decides how dates and numbers are written."""

    code: Annotated[str, naming(matching(LANGUAGE_PATTERN, "language_code_form"), "language_reserved")]
    tag: Annotated[str, matching(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", "language_tag_form")]
    locale: Annotated[str, matching(r"[a-z]{2,3}(_[A-Za-z0-9]+)*", "language_code_form")]
    name: Line
    script: Script


class Licence(Record, frozen=True, kw_only=True):
    """The terms under which others may use the data or the texts."""

    name: Title
    url: IfFilled[Url] = None


class Publisher(Record, frozen=True, kw_only=True):
    """Who is responsible for the site. Empty in the shipped content; a release build requires it. `site_code` is the
    number of a government site (`none` for one that no public body runs); `feedback` is where readers report errors."""

    name: Title | None = None
    site_code: SiteCode | None = None
    icp: Line | None = None
    police: Line | None = None
    contact: Title | None = None
    feedback: Feedback | None = None


class Bulletin(Record, frozen=True, kw_only=True):
    """The issue's number and date of publication, for the bulletin's cover."""

    number: Issue | None = None
    date: Date | None = None


class SuperiorList(Record, frozen=True, kw_only=True):
    """The list of the level above whose items pledges answer (`numbers`), with its address and date."""

    name: Title
    url: IfFilled[Url] = None
    date: IfFilled[Date] = None


class Tile(Record, frozen=True, kw_only=True):
    """A unit's place on the schematic map: column and row, from 1."""

    unit: Id
    column: Annotated[int, whole(1, MAP_EDGE)]
    row: Annotated[int, whole(1, MAP_EDGE)]


class River(Record, frozen=True, kw_only=True):
    """A river on the schematic map. `course` follows the edges of the tiles, as `x,y` pairs from the top left."""

    name: Title
    wide: Flag = False
    course: Annotated[str, points(0, several=True)]
    label: IfFilled[Annotated[str, points(1, several=False)]] = None


class Site(Record, frozen=True, kw_only=True):
    """The settings of a site (site.yaml). Pages leave out what is empty. `occasion` is what the statements followed (an
    inspection, worded as part of a sentence). `public_numbers` look like a person's own (a mobile, an identity number)
    but are public."""

    format: Annotated[str, FieldType(_known_format, {"const": FORMAT})]
    languages: Annotated[tuple[Language, ...], ListRule(most=12, needed=True)]
    title: Title
    wordmark: Title | None = None
    place: Title
    strapline: Title
    occasion: Title | None = None
    motto: Title
    source: Title
    fictional: Notice | None = None
    as_of: Date | None = None
    statements_date: Date | None = None
    timezone: Annotated[Line, FILLED] = "Asia/Shanghai"
    base_url: BaseUrl | None = None
    publisher: Annotated[Publisher, FILLED] = Publisher()
    bulletin: Bulletin | None = None
    superior_list: SuperiorList | None = None
    licence_data: Licence | None = None
    licence_texts: Licence | None = None
    public_numbers: Annotated[tuple[Line, ...], ListRule(most=200, words=True), FILLED] = ()
    tiles: Annotated[tuple[Tile, ...], ListRule(most=MAP_EDGE * MAP_EDGE), FILLED] = ()
    rivers: Annotated[tuple[River, ...], ListRule(most=20), FILLED] = ()
