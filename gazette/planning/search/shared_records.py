"""What a search finds beside the units, in one language: themes, programmes, terms, notices, articles, pages."""

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
"""The signs of Markdown that stand before and between words."""


def shared_records(site: SiteViews) -> Iterator[tuple[str, Searched]]:
    """The records: reference, and what it is found by."""
    lang = site.lang
    for theme in lang.content.themes:
        own = Searched(lang.text(theme.name), _others(lang, theme.name), texts=(readable(lang.text(theme.text)),))
        yield f"theme:{theme.id}", own
    for each in lang.content.programmes:
        own = Searched(lang.text(each.name), _others(lang, each.name), texts=(readable(lang.text(each.text)),))
        yield f"programme:{each.id}", own
    for term in lang.content.glossary:
        own = Searched(lang.text(term.term), _others(lang, term.term), texts=(readable(lang.text(term.text)),))
        yield f"term:{term.id}", own
    yield from ((view.item.ref, _notice(view)) for view in site.notices)
    for article in lang.content.articles.values():
        if article.language != lang.code or article.id == "foreword":
            continue
        body = readable(_SIGNS.sub(" ", article.body))
        yield f"page:{article.id}", Searched(article.title, texts=some((article.description, body)))
    yield from _pages(site)


def _pages(site: SiteViews) -> Iterator[tuple[str, Searched]]:
    """The pages that are there, and are found by their names and by what is said of them where no figure stands in it.
    (Those of articles are found by what they say.)"""
    lang = site.lang
    for page in SHARED_PAGES:
        if page.found_as and page.is_there(site):
            told = lang.content.words.get(f"{page.name}.description", {}).get(lang.code, "")
            own = Searched(lang.content.words[page.found_as][lang.code], texts=some(["" if "{" in told else told]))
            yield f"page:{page.name}", own
    for edition in lang.content.editions:
        title = lang.content.word("editions.title", lang.code).format(n=edition.number, date=edition.date)
        yield f"page:editions#issue_{edition.number}", Searched(title)


def _notice(view: NoticeView) -> Searched:
    item = view.item
    texts = [view.intro, *(text for section in view.sections for text in (section.heading, section.text))]
    texts += [text for own in view.accountable for text in (own.post, own.measure)]
    texts += [view.accepted_by, view.result_text, view.withdrawn_reason]
    return Searched(item.title, some(view.numbers), texts=some(map(readable, texts)), shown=item.body)


def _others(lang: LanguageContext, name: dict[str, str]) -> tuple[str, ...]:
    """What a thing is called in the other languages: who knows it by that name finds it here too."""
    return some(text for code, text in name.items() if code != lang.code)
