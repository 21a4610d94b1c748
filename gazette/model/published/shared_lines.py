"""The lines of a snapshot that are about what every page shares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from gazette.model.published.fingerprints import fingerprint
from gazette.model.published.shared_fields import WORDS, told_fields
from gazette.model.published.snapshot_lines import Line, lines_of_field
from gazette.model.published.snapshots import SnapshotLine
from gazette.model.records.content import Article, SharedContent, Words
from gazette.model.records.shared import Programme, Term, Theme

_HIDDEN = ("public_numbers",)
"""The settings whose values are not repeated."""

_BREAKS = str.maketrans("\t\n\r", "   ")


def lines_of_shared(content: SharedContent) -> Iterator[SnapshotLine]:
    """What is known of themes, programmes, terms, articles and settings. They are the same on each day."""
    languages = content.languages
    entries: dict[str, tuple[Theme | Programme | Term, ...]] = {
        "theme": content.themes,
        "programme": content.programmes,
        "term": content.glossary,
    }
    for of, records in entries.items():
        for record in records:
            yield from (SnapshotLine(f"{of}:", record.id, *line) for line in _of_record(record, languages))
    for article in content.articles.values():
        yield from (SnapshotLine("article:", article.id, *line) for line in _of_article(article))
    yield from (SnapshotLine("site:", "site", *line) for line in _of_record(content.site, languages))


def lines_of_words(words: Words) -> Iterator[SnapshotLine]:
    """The words of the interface, each with its name. No page tells that they changed."""
    for name, texts in words.items():
        for language, text in texts.items():
            yield SnapshotLine(f"{WORDS}:", WORDS, "word", language, f"{name} {text.translate(_BREAKS)}")


def _of_record(record: msgspec.Struct, languages: Iterable[str]) -> Iterator[Line]:
    codes = tuple(languages)
    for name, value in told_fields(record):
        if name == "formerly":
            yield from (("formerly", "", former) for former in getattr(record, name))
        elif name in _HIDDEN and value:
            yield from (("part", code, f"{name} - {fingerprint(value, code)}") for code in codes)
        else:
            yield from lines_of_field(name, value, codes)


def _of_article(article: Article) -> Iterator[Line]:
    """Of the body only that it is another: it is as long as all else together."""
    yield "title", article.language, article.title
    yield "description", article.language, article.description
    yield "part", article.language, f"body - {fingerprint(article.body, article.language)}"
