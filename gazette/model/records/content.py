"""The records of a whole content folder: what every page shares, and the units."""

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
"""The words of the interface: dotted name → language → words."""


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
"""The words of the interface that the program itself asks for, beside those that its templates name."""


ARTICLES = ("about", "method", "foreword")
"""The articles that every site has."""

POLICIES = ("accessibility", "privacy", "corrections")
"""Those that a public body owes its readers. A site may be without; of one that it has, it has every language."""


class Article(msgspec.Struct, frozen=True):
    """A text in Markdown, in one language."""

    id: str
    language: str
    title: str
    description: str
    body: str


class SharedContent(msgspec.Struct, frozen=True):
    """What every page shares."""

    site: Site
    words: Words
    themes: tuple[Theme, ...]
    programmes: tuple[Programme, ...]
    glossary: tuple[Term, ...]
    articles: Mapping[tuple[str, str], Article]
    editions: tuple[Edition, ...] = ()
    """What was frozen before, in order of the numbers."""
    stale: tuple[StaleText, ...] = ()
    """The texts that are not translated anew."""
    has_notices: bool = False
    """Whether any notice is shown: then there is a page with them, which the navigation names."""
    search_shards: int = 1
    """The number of files that the index of each language is in."""

    @property
    def policies(self) -> tuple[str, ...]:
        """The policies that the site has."""
        return tuple(id for id in POLICIES if (id, self.languages[0]) in self.articles)

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the site's languages; the first is the source of translations."""
        return tuple(language.code for language in self.site.languages)

    def word(self, name: ProgramWord, language: str) -> str:
        """A word of the interface. That it is there was checked when the words were read."""
        return word(self.words, name, language)


def word(words: Mapping[str, Mapping[str, str]], name: ProgramWord, language: str) -> str:
    """One of the words of the interface, as `SharedContent.word`."""
    return words[name][language]


class UnitFile(msgspec.Struct, frozen=True):
    """One unit with its id, which is the name of its file. `lost` are the ids that were published as its own, and that
    this file knows no longer; `stale` the texts that are not translated anew; `notices` those that name one of its
    pledges; `files` those that its evidence names; `published` the records of the publication of its pages; `others`
    the units that it goes on with pledges of, or that go on with its own, and those whose joint pledges it promised
    too."""

    id: str
    path: str
    unit: Unit
    lost: tuple[str, ...] = ()
    stale: tuple[StaleText, ...] = ()
    notices: tuple[NoticeFile, ...] = ()
    files: tuple[EvidenceFile, ...] = ()
    published: Publications = {}
    others: tuple[UnitFile, ...] = ()
