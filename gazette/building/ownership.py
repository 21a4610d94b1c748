"""The question whose an output folder is: which site was built into it, and which of its files a build wrote.

What is kept beside the cache answers it as a rule. Where that is lost, the pages do: each says that this program made
it, and the first one of which site.
"""

from __future__ import annotations

import html
import json
from collections.abc import Container, Iterable
from pathlib import Path
from typing import NamedTuple

from gazette.lazy_re import pattern

GENERATOR = '<meta name="generator" content="Gazette">'
"""What stands in the head of each page."""

_NAME = pattern(r'<meta name="application-name"[^>]* content="([^"]*)">')
_HEAD = 4096
"""The bytes of a page within which its head says who made it."""

_FIRST = "index.html"
_PAGE = pattern(r"(?:[a-z]{2,3}/)?(?:[a-z0-9-]+/)?[a-z0-9-]+\.html")
_SHEET = pattern(r"[a-z]{2,3}/sheets/[a-z0-9-]+\.pdf")

_RECORD, _SCHEMA = pattern(r"data/(?:units|pledges)/[a-z0-9-]+\.json"), '{"$schema": "../schemas/'
"""The file of a unit or a pledge, and what it begins with."""

_SCRIPT = pattern(r"[a-z]{2,3}/(?:search/(?:index|r?\d+(?:-\d+)?|u[0-9a-z]+-\d+)|ledger-\d+)\.js")
"""A file of the search index or of the ledger, as programs name and named them: what no word is in any more, and a part
that the ledger has no more, has such a name, too."""

_OF_HOSTS = ("CNAME",)
"""Files of a publishing branch that tell a host under which name to serve it."""


class Site(NamedTuple):
    """What tells one site from another: its titles, in all languages, and where its content lies."""

    titles: tuple[str, ...]
    content: str = ""

    @property
    def name(self) -> str:
        """The title in the first language."""
        return self.titles[0]

    def is_like(self, other: Site) -> bool:
        """Whether two are one site: a title may change, and so may the place of the content, but not both at once."""
        return not {*self.titles}.isdisjoint(other.titles) or bool(self.content and self.content == other.content)

    def as_text(self) -> str:
        """The site as a text."""
        return json.dumps([self.titles, self.content], ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> Site | None:
        """A site from its text; None where there is none."""
        if not text:
            return None
        titles, content = json.loads(text)
        return cls(tuple(titles), content)


class Recognised(NamedTuple):
    """What was found in a folder of whose builds nothing is known: which site was built into it, if any (None), which
    files are the site's, and which are of others."""

    site: Site | None
    ours: list[str]
    foreign: list[str]


def recognised(folder: Path, files: Iterable[str], paths: Container[str]) -> Recognised:
    """What the `files` of a folder say. `paths` are those that a site has whatever its units are."""
    others = [path for path in files if path not in _OF_HOSTS]
    titles = _titles(folder / _FIRST) if others else ()
    if not titles:
        return Recognised(None, [], others)
    ours = [path for path in others if path in paths or _is_of_site(folder, path)]
    return Recognised(Site(titles), ours, [path for path in others if path not in {*ours}])


def is_page(place: Path) -> bool:
    """Whether a file is a page that this program made."""
    return place.suffix == ".html" and GENERATOR in _head(place)


def _is_of_site(folder: Path, path: str) -> bool:
    if _SHEET.fullmatch(path) or _SCRIPT.fullmatch(path):
        return True
    is_record = _RECORD.fullmatch(path) is not None and _head(folder / path).startswith(_SCHEMA)
    return is_record or (_PAGE.fullmatch(path) is not None and is_page(folder / path))


def _titles(first: Path) -> tuple[str, ...]:
    """The titles that the first page of a site gives; none where it is no such page."""
    head = _head(first)
    return tuple(html.unescape(name) for name in _NAME.findall(head)) if GENERATOR in head else ()


def _head(place: Path) -> str:
    try:
        with place.open("rb") as file:
            return file.read(_HEAD).decode("utf-8", "replace")
    except OSError:
        return ""
