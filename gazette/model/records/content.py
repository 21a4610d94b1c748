"""Defines the records of a whole content folder: shared content and units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from gazette.model.records.editions import Edition
from gazette.model.records.evidence_files import EvidenceFile
from gazette.model.records.notices import NoticeFile
from gazette.model.records.publications import Publications
from gazette.model.records.shared import Programme, Term, Theme
from gazette.model.records.site import Site
from gazette.model.records.stale_texts import StaleText
from gazette.model.records.units import Unit

Words = dict[str, dict[str, str]]
"""`{dotted name: {language: words}}` of the interface words."""


ProgramWord = Literal[
    "page.address",
    "page.table",
    "page.invented",
    "n.pledges",
    "gap.list",
    "gap.to",
    "gap.colon",
    "glossary.passed_over",
    "search_words.passed_over",
    "search_words.endings",
    "editions.title",
    "unit.signed_by",
    "nav.ledger",
    "not_found.title",
    "not_found.text",
    "official.semicolon",
    "note.stale",
]
"""The interface words that the program itself uses, besides those that its templates name."""


ARTICLES = ("about", "method", "foreword")
"""The articles that every site has."""

POLICIES = ("accessibility", "privacy", "corrections")
"""The articles that a public body owes its readers. Optional, but each must be there in every language."""


class Article(msgspec.Struct, frozen=True):
    """An article in one language; `body` is Markdown."""

    id: str
    language: str
    title: str
    description: str
    body: str


class SharedContent(msgspec.Struct, frozen=True):
    """The content that every page shares. `articles` is `{(id, language): article}`."""

    site: Site
    words: Words
    themes: tuple[Theme, ...]
    programmes: tuple[Programme, ...]
    glossary: tuple[Term, ...]
    articles: Mapping[tuple[str, str], Article]
    editions: tuple[Edition, ...] = ()
    """The frozen editions, by number."""
    stale: tuple[StaleText, ...] = ()
    """The texts whose translations are older than their sources."""
    has_notices: bool = False
    """True if any notice is shown; then there is a page of notices, which the navigation names."""
    search_shards: int = 1
    """The number of files that hold each language's search index."""

    @property
    def policies(self) -> tuple[str, ...]:
        """The ids of the policies that the site has."""
        return tuple(id for id in POLICIES if (id, self.languages[0]) in self.articles)

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the site's languages; the first is the source of translations."""
        return tuple(language.code for language in self.site.languages)

    def word(self, name: ProgramWord, language: str) -> str:
        """An interface word. Reading has checked that it exists."""
        return word(self.words, name, language)


def word(words: Mapping[str, Mapping[str, str]], name: ProgramWord, language: str) -> str:
    """An interface word of `words`; see `SharedContent.word`."""
    return words[name][language]


class UnitFile(msgspec.Struct, frozen=True):
    """One unit. `id` is the name of its file, `path` the file's path.

    `lost` are ids published as the unit's that the file no longer knows; `stale` the texts whose translations are out
    of date; `notices` those that name one of its pledges; `files` those that its evidence names; `published` the
    publication records of its pages. `others` are its predecessors, its successors, and the units whose joint pledges
    it shares.
    """

    id: str
    path: str
    unit: Unit
    lost: tuple[str, ...] = ()
    stale: tuple[StaleText, ...] = ()
    notices: tuple[NoticeFile, ...] = ()
    files: tuple[EvidenceFile, ...] = ()
    published: Publications = {}
    others: tuple[UnitFile, ...] = ()
