"""Lists what a search finds besides units, in one language: themes, programmes, terms, notices, articles, pages."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.lazy_re import pattern
from gazette.planning.language import LanguageContext
from gazette.planning.search.unit_records import readable, some
from gazette.planning.shared_pages import SHARED_PAGES
from gazette.planning.site_views import SiteViews
from gazette.searching.postings import Searched
from gazette.site.views.notices import NoticeView

_SIGNS = pattern(r"(?m)^\s*(?:#+|[-*>]|\d+\.)\s+|[*_`|]+|-{3,}")
"""The Markdown markup before and between words."""


def shared_records(site: SiteViews) -> Iterator[tuple[str, Searched]]:
    """Yield the records: reference, and what finds it."""
    lang = site.lang
    for theme in lang.content.themes:
        record = Searched(lang.text(theme.name), _others(lang, theme.name), texts=(readable(lang.text(theme.text)),))
        yield f"theme:{theme.id}", record
    for each in lang.content.programmes:
        record = Searched(lang.text(each.name), _others(lang, each.name), texts=(readable(lang.text(each.text)),))
        yield f"programme:{each.id}", record
    for term in lang.content.glossary:
        record = Searched(lang.text(term.term), _others(lang, term.term), texts=(readable(lang.text(term.text)),))
        yield f"term:{term.id}", record
    yield from ((view.item.ref, _notice(view)) for view in site.notices)
    for article in lang.content.articles.values():
        if article.language != lang.code or article.id == "foreword":
            continue
        body = readable(_SIGNS.sub(" ", article.body))
        yield f"page:{article.id}", Searched(article.title, texts=some((article.description, body)))
    yield from _pages(site)


def _pages(site: SiteViews) -> Iterator[tuple[str, Searched]]:
    """Yield the pages that exist, found by name and by description, if that has no figure to fill in. (Articles are
    found by their text.)"""
    lang = site.lang
    for page in SHARED_PAGES:
        if page.found_as and page.is_there(site):
            description = lang.content.words.get(f"{page.name}.description", {}).get(lang.code, "")
            record = Searched(
                lang.content.words[page.found_as][lang.code], texts=some(["" if "{" in description else description])
            )
            yield f"page:{page.name}", record
    for edition in lang.content.editions:
        title = lang.content.word("editions.title", lang.code).format(n=edition.number, date=edition.date)
        yield f"page:editions#issue_{edition.number}", Searched(title)


def _notice(view: NoticeView) -> Searched:
    item = view.item
    texts = [view.intro, *(text for section in view.sections for text in (section.heading, section.text))]
    texts += [text for each in view.accountable for text in (each.post, each.measure)]
    texts += [view.accepted_by, view.result_text, view.withdrawn_reason]
    return Searched(item.title, some(view.numbers), texts=some(map(readable, texts)), shown=item.body)


def _others(lang: LanguageContext, name: dict[str, str]) -> tuple[str, ...]:
    """Return the names of a thing in the other languages, by which readers who know these find it too."""
    return some(text for code, text in name.items() if code != lang.code)
