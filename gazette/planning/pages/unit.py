"""Plans the pages of one unit: its own, and one for each of its pledges."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.planning.targets import page_target
from gazette.planning.unit_views import UnitViews
from gazette.site.target import Target
from gazette.site.views.elements import Ref
from gazette.site.views.page import FormerView


def unit_pages(unit: UnitViews) -> Iterator[Target]:
    """Yield the pages of a unit in one language, and redirects from former addresses of the unit and its pledges."""
    lang, id, statement = unit.lang, unit.unit_file.id, unit.statement
    yield page_target(lang.page(f"unit:{id}", "units", statement.unit), "unit.html")
    for former in unit.unit_file.unit.formerly:
        leads_on = FormerView(unit.ref, id, former, Ref("units", ""))
        yield page_target(lang.page(f"unit:{former}", "units", leads_on), "former.html")
    for view in statement.pledges:
        item = view.item
        yield page_target(lang.page(item.ref, "ledger", view), "pledge.html")
        for former in view.formerly:
            leads_on = FormerView(Ref(item.ref, item.title), item.id, former, unit.ref)
            yield page_target(lang.page(f"pledge:{former}", "ledger", leads_on), "former.html")
