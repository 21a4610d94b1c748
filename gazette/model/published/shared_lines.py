"""Makes the snapshot lines of shared content."""

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
"""Settings whose values are not repeated; only a fingerprint of them is kept."""

_BREAKS = str.maketrans("\t\n\r", "   ")


def lines_of_shared(content: SharedContent) -> Iterator[SnapshotLine]:
    """Snapshot lines of themes, programmes, terms, articles and settings. They do not depend on the day."""
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
    """Snapshot lines of the interface words, each with its name. No page reports their changes."""
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
    """Lines of an article. The body is kept as a fingerprint only, because it is as long as everything else
    together."""
    yield "title", article.language, article.title
    yield "description", article.language, article.description
    yield "part", article.language, f"body - {fingerprint(article.body, article.language)}"
