"""Classifies pages for portals, which expect other meta tags on a column (栏目) than on an article (内容页)."""

from __future__ import annotations

from typing import Literal

from gazette.model.records.content import POLICIES
from gazette.site.routes import PAGES

PageKind = Literal["front", "column", "article", "aside"]

_ARTICLES = frozenset(["about", "method", *POLICIES])

_KINDS: dict[str, PageKind] = {
    "theme": "column",
    "programme": "column",
    "ledger-part": "column",
    "units-part": "column",
    "compare-part": "column",
    "unit": "article",
    "pledge": "article",
    "notice": "article",
}


def kind_of(ref: str) -> PageKind:
    """The kind of the page that a reference leads to: front page, list (`column`) or text (`article`); `aside` for
    pages that only redirect or are for machines."""
    if ref == "home":
        return "front"
    if ref in PAGES:
        return "article" if ref in _ARTICLES else "column"
    return _KINDS.get(ref.partition(":")[0], "aside")
