"""Lists the translated texts outside unit files: those of shared content, articles and notices."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from gazette.messages.problems import Loc
from gazette.model.records.content import Article, SharedContent
from gazette.model.records.notices import NoticeFile
from gazette.model.translated.passages import Passage, passages
from gazette.model.translated.translations import Pair, TextOfUnit, is_stale, pairs_of, texts_in

LISTS = ("site", "themes", "programmes", "glossary")
"""The shared files of records, by name without extension; the content's attributes have the same names."""

ARTICLES, NOTICES = "articles.", "notices."
"""Prefixes of the names of articles and notices, before their ids."""

BODY: Loc = ("body",)
"""The location of a passage of an article."""


class SharedText(NamedTuple):
    """A text of `file`, a path in the content folder (for an article, that of the translation).

    `text.said` has the source and `language`; in an article's `passage` one of both may be missing. `is_stale` is True
    if the translation belongs to another wording of the source, or if the source has a passage that it did not have
    when published.
    """

    file: str
    text: TextOfUnit
    language: str
    is_stale: bool
    passage: Passage | None = None

    @property
    def pair(self) -> Pair | None:
        """The pair of digests that the text has now; None if nothing is translated."""
        source = next((code for code in self.text.said if code != self.language), "")
        return next(pairs_of(self.text, (source, self.language)), None)


def shared_texts(content: SharedContent, right: Collection[Pair], of: str = "") -> Iterator[SharedText]:
    """Each shared text, once for each language it is translated into. `right` are the confirmed pairs; `of` limits it
    to one file (`glossary`, `articles.about`), "" means all."""
    confirmed = _by_text(right)
    source, *others = content.languages
    for name in LISTS if not of else (of,) if of in LISTS else ():
        for text in texts_in(getattr(content, name), name):
            yield from _of_records(f"{name}.yaml", text, content.languages, confirmed)
    for (id, code), article in content.articles.items():
        for language in others if code == source and of in ("", ARTICLES + id) else ():
            yield from _of_article(article, content.articles[id, language], confirmed)


def notice_texts(file: NoticeFile, languages: tuple[str, ...], right: Collection[Pair]) -> Iterator[SharedText]:
    """Each text of a notice, once for each language it is translated into. `right` are the confirmed pairs."""
    confirmed = _by_text(right)
    for text in texts_in(file.notice, NOTICES + file.id):
        yield from _of_records(f"notices/{file.id}.yaml", text, languages, confirmed)


Known = dict[tuple[str, str], set[Pair]]
"""`{(key of a text, language): pairs}`"""


def _by_text(right: Collection[Pair]) -> Known:
    by_text: Known = {}
    for pair in right:
        by_text.setdefault((pair.key, pair.language), set()).add(pair)
    return by_text


def _of_records(file: str, text: TextOfUnit, languages: tuple[str, ...], confirmed: Known) -> Iterator[SharedText]:
    for pair in pairs_of(text, languages):
        said = {code: text.said[code] for code in (languages[0], pair.language)}
        stale = is_stale(pair, confirmed.get((pair.key, pair.language), ()))
        yield SharedText(file, text._replace(said=said), pair.language, stale)


def _of_article(source: Article, article: Article, confirmed: Known) -> Iterator[SharedText]:
    """The texts of an article: title, description and the passages of its body."""
    name, languages = ARTICLES + article.id, (source.language, article.language)
    file = f"articles/{article.id}.{article.language}.md"
    for field in ("title", "description"):
        said = {each.language: getattr(each, field) for each in (source, article)}
        yield from _of_records(file, TextOfUnit(f"{name}.{field}", name, (field,), said), languages, confirmed)
    key = f"{name}.body"
    right = confirmed.get((key, article.language), set())
    for passage in passages(source.body, article.body, right):
        said = {code: words for code, words in zip(languages, passage[:2], strict=True) if words}
        is_stale = passage.is_stale(key, article.language, right) or bool(right and not passage.translation)
        yield SharedText(file, TextOfUnit(key, name, BODY, said), article.language, is_stale, passage)
