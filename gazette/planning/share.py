"""Plans the pictures for shared links: two of each unit, two of the city. Only a site with a `base_url` has any."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.planning.language import LanguageContext
from gazette.planning.site_views import SiteViews
from gazette.planning.unit_views import UnitViews
from gazette.site.routes import route
from gazette.site.target import Target
from gazette.site.views.share import ShareView


def unit_pictures(unit: UnitViews) -> Iterator[Target]:
    """Yield the two pictures of a unit."""
    card, site = unit.card, unit.lang.site
    above = f"{site.place} · {site.strapline}"
    yield from _pictures(unit.lang, f":{card.id}", (card.name, card.short, above), len(card.states))


def city_pictures(site: SiteViews) -> Iterator[Target]:
    """Yield the two pictures of the city, which all other pages use."""
    about = site.lang.site
    yield from _pictures(site.lang, "", (about.place, about.place, about.strapline), site.pledges)


def _pictures(lang: LanguageContext, of: str, names: tuple[str, str, str], strokes: int) -> Iterator[Target]:
    """Yield the wide and the square picture. `names` are the whole name, the short name, and the line above."""
    site, word = lang.site, lang.content.word
    name, short, above = names
    if not site.base_url:
        return
    for ref, words, square in ((f"share{of}", name, False), (f"share-square{of}", short, True)):
        view = ShareView(
            name=words,
            above="" if square else above,
            site=site.title,
            strokes=strokes,
            counted=word("n.pledges", lang.code),
            locale=lang.language.locale,
            invented=word("page.invented", lang.code) if site.fictional else "",
            square=square,
        )
        yield Target(route(ref, lang.code), "pictures", "share", view)
