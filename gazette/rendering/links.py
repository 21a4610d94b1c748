"""Computes the addresses that templates link to."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import urljoin

from markupsafe import Markup

from gazette.model.forms.fields import invalid
from gazette.model.text.markup import OUTWARD
from gazette.rendering.attributes import values
from gazette.rendering.citing import Citation
from gazette.rendering.state import RenderState
from gazette.site.routes import is_of_unit, may_be_absent, relative, route, stamped


class Links:
    """Addresses, relative to the page that is being rendered. `building/links.py` checks that their targets exist,
    before anything is written."""

    def __init__(self, state: RenderState) -> None:
        self.state = state
        self._paths: dict[tuple[str, str], str] = {}

    def names(self) -> dict[str, Any]:
        """Return the functions that templates can call, by name."""
        functions = (self.url, self.twin, self.absolute, self.trail, self.citation, self.qr)
        return {function.__name__: function for function in functions}

    def url(self, ref: str, language: str | None = None) -> str:
        """Return the relative link to `ref` in this (or another) language. Raises InvalidValue if the site has no such
        page. On a 404 page the link begins at the root, because such a page is served at any address."""
        current = self.state.current
        path = self._path(ref, language or current.page.language)
        if current.page.ref == "404" and current.page.site.base_url:
            base = re.sub(r"^https?://[^/]+", "", current.page.site.base_url)
            return f"{base or '/'}{path}"
        return relative(path, current.path)

    def twin(self, language: str) -> str:
        """Return the link to this page in another language."""
        return self.url(self.state.current.page.ref, language)

    def absolute(self, ref: str, language: str | None = None) -> str:
        """Return the full address of `ref`. Only for a site with a `base_url`."""
        page = self.state.current.page
        return page.site.base_url + self._path(ref, language or page.language)

    def trail(self, crumbs: Markup) -> list[tuple[str, str]]:
        """Return the breadcrumbs of this page as pairs of full address and name; the last is the page itself. `crumbs`
        is their HTML."""
        here = self.absolute(self.state.current.page.ref)
        steps = ((values(step, "href"), Markup(step).striptags()) for step in str(crumbs).split("<li>")[1:])
        return [(urljoin(here, html.unescape(links[0])) if links else here, name) for links, name in steps]

    def citation(self, id: str, title: str, note: str, date: str) -> Citation:
        """Return the citation of this page under an `id`. `date` (ISO 8601, or "") is the day that it describes."""
        page, site = self.state.current.page, self.state.current.page.site
        address = self.absolute(page.ref) if site.base_url else ""
        return Citation(
            id=id,
            title=title,
            note=note,
            date=date,
            site=site.title,
            author=site.publisher,
            address=address,
            language=page.tag,
        )

    def qr(self, ref: str) -> Markup:
        """Return the full address of `ref` as a QR code (SVG). Only for a site with a `base_url`."""
        from gazette.pictures.qr import qr

        return qr(self.absolute(ref))

    def resolve(self, target: str) -> str:
        """Return where a link of the content leads: an address outside the site stays as it is, a reference becomes a
        relative link."""
        return target if target.startswith(OUTWARD) else self.url(target)

    def _path(self, ref: str, language: str) -> str:
        path = self._paths.get((ref, language))
        if path is None:
            path = self._route(ref, language)
            if not is_of_unit(ref):  # these are few, and every page has them
                self._paths[ref, language] = path
        return path

    def _route(self, ref: str, language: str) -> str:
        try:
            path = route(ref, language)
        except KeyError:
            raise invalid("template_url", found=ref) from None
        template_set = self.state.template_set
        if path.partition("#")[0] not in template_set.paths and not may_be_absent(ref):
            raise invalid("template_url", found=ref)
        return stamped(path, template_set.stamps[path]) if path in template_set.stamps else path
