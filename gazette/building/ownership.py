"""Decides which site an output folder belongs to, and which of its files a build wrote.

Normally the build database says so. If it is lost, the pages do: each names this program in its head, and the first
page names the site.
"""

from __future__ import annotations

import html
import json
from collections.abc import Container, Iterable
from pathlib import Path
from typing import NamedTuple

from gazette.lazy_re import pattern

GENERATOR = '<meta name="generator" content="Gazette">'
"""In the head of every page."""

_NAME = pattern(r'<meta name="application-name"[^>]* content="([^"]*)">')
_HEAD = 4096
"""The bytes at the start of a page that are searched for its program and site."""

_FIRST = "index.html"
_PAGE = pattern(r"(?:[a-z]{2,3}/)?(?:[a-z0-9-]+/)?[a-z0-9-]+\.html")
_SHEET = pattern(r"[a-z]{2,3}/sheets/[a-z0-9-]+\.pdf")

_RECORD, _SCHEMA = pattern(r"data/(?:units|pledges)/[a-z0-9-]+\.json"), '{"$schema": "../schemas/'
"""The path of the data file of a unit or a pledge, and the text it begins with."""

_SCRIPT = pattern(r"[a-z]{2,3}/(?:search/(?:index|r?\d+(?:-\d+)?|u[0-9a-z]+-\d+)|ledger-\d+)\.js")
"""The path of a file of the search index or of the ledger, as this and earlier versions name them. Files of former
parts and former words match, too."""

_OF_HOSTS = ("CNAME",)
"""Files of a publishing branch that tell a host the domain to serve it under."""


class Site(NamedTuple):
    """What identifies a site: its `titles` in all languages, and the path of its content folder."""

    titles: tuple[str, ...]
    content: str = ""

    @property
    def name(self) -> str:
        """The title in the first language."""
        return self.titles[0]

    def is_like(self, other: Site) -> bool:
        """Return whether both are one site. The titles or the content folder may have changed, but not both at once."""
        return not {*self.titles}.isdisjoint(other.titles) or bool(self.content and self.content == other.content)

    def as_text(self) -> str:
        """Return the site as JSON."""
        return json.dumps([self.titles, self.content], ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> Site | None:
        """Return the site that `as_text` wrote; None for ""."""
        if not text:
            return None
        titles, content = json.loads(text)
        return cls(tuple(titles), content)


class Recognised(NamedTuple):
    """The result of searching an output folder without a build database: the site built into it (None: none), that
    site's files, and all other files."""

    site: Site | None
    ours: list[str]
    foreign: list[str]


def recognised(folder: Path, files: Iterable[str], paths: Container[str]) -> Recognised:
    """Sort the `files` of a folder into those of the site built into it, and others. `paths` are the paths a site may
    have whatever its units say."""
    others = [path for path in files if path not in _OF_HOSTS]
    titles = _titles(folder / _FIRST) if others else ()
    if not titles:
        return Recognised(None, [], others)
    ours = [path for path in others if path in paths or _is_of_site(folder, path)]
    return Recognised(Site(titles), ours, [path for path in others if path not in {*ours}])


def is_page(path: Path) -> bool:
    """Return whether a file is a page that this program made."""
    return path.suffix == ".html" and GENERATOR in _head(path)


def _is_of_site(folder: Path, path: str) -> bool:
    if _SHEET.fullmatch(path) or _SCRIPT.fullmatch(path):
        return True
    is_record = _RECORD.fullmatch(path) is not None and _head(folder / path).startswith(_SCHEMA)
    return is_record or (_PAGE.fullmatch(path) is not None and is_page(folder / path))


def _titles(first: Path) -> tuple[str, ...]:
    """Return the titles in the first page of a site; () if a build did not write it."""
    head = _head(first)
    return tuple(html.unescape(name) for name in _NAME.findall(head)) if GENERATOR in head else ()


def _head(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD).decode("utf-8", "replace")
    except OSError:
        return ""
