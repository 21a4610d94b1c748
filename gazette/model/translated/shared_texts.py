"""The texts that are translated and stand in no unit's file: those of what all units share, of articles and notices."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from gazette.messages.problems import Loc
from gazette.model.records.content import Article, SharedContent
from gazette.model.records.notices import NoticeFile
from gazette.model.translated.passages import Passage, passages
from gazette.model.translated.translations import Pair, TextOfUnit, is_stale, pairs_of, texts_in

LISTS = ("site", "themes", "programmes", "glossary")
"""The files with records that all units share, by their names without an ending, which are those of the records."""

ARTICLES, NOTICES = "articles.", "notices."
"""What is called so, with its id behind, is an article, or a notice."""

BODY: Loc = ("body",)
"""The way to a passage of an article."""


class SharedText(NamedTuple):
    """A text of the file `file` (its path in the content folder; of an article that of the translation), with what it
    says in the source and in `language`: of an article's `passage` one of both may be missing. `is_stale`: the
    translation belongs to another wording of the source, or the source has a passage more than what was public."""

    file: str
    text: TextOfUnit
    language: str
    is_stale: bool
    passage: Passage | None = None

    @property
    def pair(self) -> Pair | None:
        """What it says now; None where nothing is translated."""
        source = next((code for code in self.text.said if code != self.language), "")
        return next(pairs_of(self.text, (source, self.language)), None)


def shared_texts(content: SharedContent, right: Collection[Pair], of: str = "") -> Iterator[SharedText]:
    """Every text of what all units share, or of one file of it (`glossary`, `articles.about`), once for each language
    that it is translated into; `right` are the pairs that were right."""
    known = _by_text(right)
    source, *others = content.languages
    for name in LISTS if not of else (of,) if of in LISTS else ():
        for text in texts_in(getattr(content, name), name):
            yield from _of_records(f"{name}.yaml", text, content.languages, known)
    for (id, code), article in content.articles.items():
        for language in others if code == source and of in ("", ARTICLES + id) else ():
            yield from _of_article(article, content.articles[id, language], known)


def notice_texts(file: NoticeFile, languages: tuple[str, ...], right: Collection[Pair]) -> Iterator[SharedText]:
    """Every text of a notice, in the same way."""
    known = _by_text(right)
    for text in texts_in(file.notice, NOTICES + file.id):
        yield from _of_records(f"notices/{file.id}.yaml", text, languages, known)


Known = dict[tuple[str, str], set[Pair]]
"""Pairs by the key of their text and their language."""


def _by_text(right: Collection[Pair]) -> Known:
    found: Known = {}
    for pair in right:
        found.setdefault((pair.key, pair.language), set()).add(pair)
    return found


def _of_records(file: str, text: TextOfUnit, languages: tuple[str, ...], known: Known) -> Iterator[SharedText]:
    for pair in pairs_of(text, languages):
        said = {code: text.said[code] for code in (languages[0], pair.language)}
        stale = is_stale(pair, known.get((pair.key, pair.language), ()))
        yield SharedText(file, text._replace(said=said), pair.language, stale)


def _of_article(source: Article, article: Article, known: Known) -> Iterator[SharedText]:
    """The texts of an article: what its head says, and the passages of its body."""
    name, languages = ARTICLES + article.id, (source.language, article.language)
    file = f"articles/{article.id}.{article.language}.md"
    for field in ("title", "description"):
        said = {each.language: getattr(each, field) for each in (source, article)}
        yield from _of_records(file, TextOfUnit(f"{name}.{field}", name, (field,), said), languages, known)
    key = f"{name}.body"
    right = known.get((key, article.language), set())
    for passage in passages(source.body, article.body, right):
        said = {code: words for code, words in zip(languages, passage[:2], strict=True) if words}
        is_stale = passage.is_stale(key, article.language, right) or bool(right and not passage.translation)
        yield SharedText(file, TextOfUnit(key, name, BODY, said), article.language, is_stale, passage)
