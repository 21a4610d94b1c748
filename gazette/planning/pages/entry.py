"""Plans the pages at the root of the site, which are in all languages, and the pages for addresses that are not
found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gazette.planning.language import LanguageContext
from gazette.site.routes import NOT_FOUND
from gazette.site.target import Target
from gazette.site.views.page import EntryView, NotFoundWords


def entry_pages(langs: Sequence[LanguageContext]) -> Iterator[Target]:
    """Yield the page that leads to the languages, and the 404 pages: one for the whole site, and one for each language,
    which a web server sends if it knows the reader's language."""
    view = _entry(langs)
    for ref, path in (("entry", "index.html"), ("404", NOT_FOUND)):
        yield Target(path, "pages", "page", langs[0].page(ref, "", view), f"{ref}.html")
    for lang in langs:
        yield Target(f"{lang.code}/{NOT_FOUND}", "pages", "page", lang.page("404", "", _entry([lang])), "404.html")


def _entry(langs: Sequence[LanguageContext]) -> EntryView:
    return EntryView(tuple(lang.site for lang in langs), tuple(map(_not_found, langs)))


def _not_found(lang: LanguageContext) -> NotFoundWords:
    word, code = lang.content.word, lang.code
    title, text = word("not_found.title", code), word("not_found.text", code)
    return NotFoundWords(code, lang.language.tag, title, text, word("nav.ledger", code))
