"""Plans the files that search engines ask for: the site map and robots.txt. Only a site with a `base_url` has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gazette.model.records.content import SharedContent
from gazette.site.target import Fragment, Slot, Target
from gazette.site.views.files import SitemapFragment
from gazette.site.views.page import FormerView, Page

PATH = "sitemap.xml"


def sitemap_targets(content: SharedContent, pages: Iterable[Target]) -> Iterator[Target]:
    """Yield the site map, which holds the addresses of the shared `pages` and a slot for those of units, and
    robots.txt."""
    if content.site.base_url:
        view, nothing = _addresses(content.site.base_url, pages), _addresses(content.site.base_url, ())
        yield Target(PATH, "pages", "text", view, "sitemap.xml", slots=(Slot("sitemap"),))
        yield Target("robots.txt", "pages", "text", nothing, "robots.txt")


def sitemap_fragments(content: SharedContent, pages: Iterable[Target]) -> Iterator[Fragment]:
    """Yield the addresses of the `pages` of a unit."""
    if content.site.base_url:
        view = _addresses(content.site.base_url, pages)
        yield Fragment(
            slot="sitemap", path=PATH, kind="pages", maker="text", view=view, template="fragments/sitemap.xml"
        )


def _addresses(base: str, pages: Iterable[Target]) -> SitemapFragment:
    """Group the addresses of pages by what they are. Pages of former ids are left out: they only redirect."""
    groups: dict[str, list[tuple[str, str, str]]] = {}
    for target in pages:
        page = target.view
        if isinstance(page, Page) and not isinstance(page.view, FormerView):
            changed = page.dates.last if page.dates else ""
            groups.setdefault(page.ref, []).append((page.tag, target.path, changed))
    return SitemapFragment(base, tuple(tuple(group) for group in groups.values()))
