"""What every page shows beside its own view, and the views of the pages that only lead on."""

from __future__ import annotations

from gazette.site.page_kinds import PageKind, kind_of
from gazette.site.views.elements import Ref, View


class LanguageView(View, frozen=True):
    """A language of the site."""

    code: str
    tag: str
    name: str


class LicenceView(View, frozen=True):
    """Terms of use: `name` may be shown alone."""

    name: str
    url: str


class ListView(View, frozen=True):
    """The list of the level above that pledges answer; `url` and `date` (ISO) may be empty."""

    name: str
    url: str
    date: str


class SiteView(View, frozen=True):
    """What every page says of the site. Empty settings are empty strings and left out."""

    title: str
    wordmark: str
    place: str
    strapline: str
    occasion: str
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
    editions: bool
    """Whether there is anything that was frozen."""
    has_feed: bool = False
    """Whether there is a feed whatever units say."""
    superior_list: ListView | None = None
    has_notices: bool = False
    has_programmes: bool = True
    has_glossary: bool = True
    is_portal: bool = True
    """Whether a public body runs it, as far as the settings say: then pages carry the tags of such sites."""
    feedback: str = ""
    """Where readers report an error: an address of mail, or that of a form, in which `{id}` may stand."""
    policies: tuple[Ref, ...] = ()
    """The articles that a public body owes its readers, by their titles."""


class Dates(View, frozen=True):
    """When a page was first published and when it last changed (`YYYY-MM-DDTHH:MM+08:00`, empty where that is not
    known), with the digests of what it shows (`site/shown.py`)."""

    shown: tuple[str, ...]
    first: str = ""
    last: str = ""


class Page(View, frozen=True):
    """A page: where it stands, and what its template shows (`view`).

    `ref` names the page, `section` the entry of the navigation it belongs to, `locale` what dates and numbers follow.
    `as_of` is the date that states are measured against: only pages that print it know it, so that midnight remakes
    those, and of the others only what shows another state. `dates` are those of its publication, where it has any.
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
    dates: Dates | None = None

    @property
    def kind(self) -> PageKind:
        """What the page is to a portal."""
        return "aside" if isinstance(self.view, FormerView) else kind_of(self.ref)


class FormerView(View, frozen=True):
    """The page that stays at an address that something had before: what is there `now` with its `id`, the id that it
    had (`former`), and the page `above` it (one of the navigation has no name here)."""

    now: Ref
    id: str
    former: str
    above: Ref


class NotFoundWords(View, frozen=True):
    """What the page for a wrong address says, in one language (its code, and its tag)."""

    language: str
    tag: str
    title: str
    text: str
    ledger: str


class EntryView(View, frozen=True):
    """The page at the site's root and the page for what was not found: they speak all languages, in order, or one."""

    sites: tuple[SiteView, ...]
    not_found: tuple[NotFoundWords, ...]
