"""The pages at the root of the site, which speak every language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gazette.planning.language import LanguageContext
from gazette.site.target import Target
from gazette.site.views.page import EntryView, NotFoundWords


def entry_pages(langs: Sequence[LanguageContext]) -> Iterator[Target]:
    """The page that leads to the languages, and the one for what is not found."""
    view = EntryView(tuple(lang.site for lang in langs), tuple(map(_not_found, langs)))
    for ref, path in (("entry", "index.html"), ("404", "404.html")):
        yield Target(path, "pages", "page", langs[0].page(ref, "", view), f"{ref}.html")


def _not_found(lang: LanguageContext) -> NotFoundWords:
    word, code = lang.content.word, lang.code
    return NotFoundWords(word("not_found.title", code), word("not_found.text", code), word("nav.ledger", code))
