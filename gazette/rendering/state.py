"""Holds what the functions that templates call need: the page that is being rendered, and the templates."""

from __future__ import annotations

import msgspec

from gazette.rendering.templates import TemplateSet
from gazette.site.views.page import Page


class CurrentPage(msgspec.Struct, frozen=True):
    """A page that is rendered as the file `path` of the site. Units may fill its `slots` (names that begin with the
    page's language)."""

    path: str
    page: Page
    slots: frozenset[str] = frozenset()


class RenderState(msgspec.Struct):
    """The page that is being rendered now. All pages of one state are of one language and one site."""

    template_set: TemplateSet
    current: CurrentPage
