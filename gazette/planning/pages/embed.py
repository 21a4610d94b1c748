"""Plans the cards of a unit for other sites, and their oEmbed description. Only a site with a `base_url` has any.

All cards of a unit are one page, which shows the card that the fragment of its address names: a file for each pledge
would add half as many files again to the site.
"""

from __future__ import annotations

from collections.abc import Iterator

from gazette.planning.targets import page_target
from gazette.planning.unit_views import UnitViews
from gazette.site.routes import route
from gazette.site.target import Target
from gazette.site.views.embed import EmbeddedPledge, EmbedView, OembedView
from gazette.site.views.pledge import PledgeView


def embed_targets(unit: UnitViews) -> Iterator[Target]:
    """Yield the page with the cards of a unit, and its description for oEmbed."""
    lang, card = unit.lang, unit.card
    base = lang.site.base_url
    if not base:
        return
    pledges = tuple(_pledge(view, lang.site.statements_date) for view in unit.statement.pledges)
    yield page_target(lang.page(f"embed:{card.id}", "", EmbedView(card, pledges)), "embed.html")
    view = OembedView(
        title=card.name,
        site=lang.site.title,
        home=base + route("home", lang.code),
        card=base + route(f"embed:{card.id}", lang.code),
        picture=base + route(f"share:{card.id}", lang.code),
    )
    yield Target(route(f"oembed:{card.id}", lang.code), "pages", "text", view, "oembed.txt")


def _pledge(view: PledgeView, since: str) -> EmbeddedPledge:
    item = view.item
    day = item.status.as_of or view.last_event or since
    return EmbeddedPledge(
        id=item.id, number=item.number, title=item.title, status=item.status, deadline=item.deadline, day=day
    )
