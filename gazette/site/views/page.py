"""Defines what every page shows besides its own view, and the views of pages that only redirect."""

from __future__ import annotations

from gazette.site.page_kinds import PageKind, kind_of
from gazette.site.views.elements import Ref, View


class LanguageView(View, frozen=True):
    """A language of the site."""

    code: str
    tag: str
    name: str


class LicenceView(View, frozen=True):
    """Terms of use. `name` may stand alone, without `url`."""

    name: str
    url: str


class ListView(View, frozen=True):
    """The list of the level above that pledges answer. `url` and `date` (ISO) may be ""."""

    name: str
    url: str
    date: str


class SiteView(View, frozen=True):
    """What every page says of the site. Empty settings are "", and pages leave them out."""

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
    """True if any edition was frozen."""
    has_feed: bool = False
    """True if there is a feed, whatever the units contain."""
    superior_list: ListView | None = None
    has_notices: bool = False
    has_programmes: bool = True
    has_glossary: bool = True
    is_portal: bool = True
    """True if, by the settings, a public body runs the site; then pages carry the meta tags of such sites."""
    feedback: str = ""
    """Where readers report errors: an e-mail address, or a form's address, which may contain `{id}`."""
    policies: tuple[Ref, ...] = ()
    """The articles that a public body owes its readers, with their titles."""


class Dates(View, frozen=True):
    """When a page was first published and when it last changed (`YYYY-MM-DDTHH:MM+08:00`, "" if unknown), with the
    digests of what it shows (`site/shown.py`)."""

    shown: tuple[str, ...]
    first: str = ""
    last: str = ""


class Page(View, frozen=True):
    """A page: its place in the site, and the `view` for its template.

    `ref` names the page, `section` its entry in the navigation; `locale` decides how dates and numbers are written.
    `as_of` is the reference date. Only pages that print it have it, so that a new day makes only these anew, and of the
    others those whose states change. `dates` are those of its publication, None if it has none.
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
        """The kind of page for portals."""
        return "aside" if isinstance(self.view, FormerView) else kind_of(self.ref)


class FormerView(View, frozen=True):
    """The page that remains at a former address. It links to the present thing (`now`, with the id `id`) and to the
    page `above` it. `former` is the former id. A page of the navigation has no name here."""

    now: Ref
    id: str
    former: str
    above: Ref


class NotFoundWords(View, frozen=True):
    """The words of the page for unknown addresses, in one language (code and tag)."""

    language: str
    tag: str
    title: str
    text: str
    ledger: str


class EntryView(View, frozen=True):
    """The page at the site's root, or the one for unknown addresses, in all languages or in one."""

    sites: tuple[SiteView, ...]
    not_found: tuple[NotFoundWords, ...]
