"""Asks what is rendered from a unit's statement which facts it states: where a fact is another, the text has to be
another too."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from gazette.building import opening
from gazette.building.settings import Settings
from gazette.building.unit_job import UnitJob, check_unit
from gazette.messages.problems import ContentError
from gazette.planning.plan import UnitPlan
from gazette.reading.unit_loader import UnitSource
from gazette.rendering.jinja import render_page
from gazette.rendering.state import CurrentPage
from gazette.site.kinds import KINDS
from gazette.site.target import SheetLayout
from gazette.site.views.documents import PairFragment
from gazette.site.views.elements import View
from gazette.site.views.page import Page
from gazette.site.views.unit import StatementFragment

ROOT = Path(__file__).resolve().parent.parent

Way = tuple[str, ...]
"""The names of the fields that lead to a fact."""

PAGES = ("pledge.html", "unit.html")
DOCUMENTS = {
    "bulletin": "fragments/print-unit.html",
    "official": "fragments/official-unit.html",
    "parallel": "fragments/parallel-unit.html",
}
"""The parts of documents that have the whole of a statement."""
SHEET = "sheet.html"

REPEATED = ("pledges", "strokes", "latest")
"""What a unit's page shows of its pledges once more."""


class Statements:
    """The statements of a city's units in its first language, each with one of its pledges, and what is rendered from
    one of them."""

    def __init__(self, content: Path, cache: Path) -> None:
        settings = Settings(content, ROOT / "templates", cache)
        kept = opening.open_cache(settings)
        opened = opening.open_content(settings, kept)
        self.context = opening.open_context(opened, settings, KINDS, kept, {})
        self.pages: dict[str, Page] = {}
        self.all: list[StatementFragment] = []
        for path in opened.units:
            source = UnitSource(path.stem, str(path), path.read_bytes(), {}, opened.notices_of(path.stem))
            _, plan, problems, _ = check_unit(UnitJob(source, {}), self.context)
            assert plan is not None, [problem.show("en") for problem in problems]
            self._take(plan)

    def _take(self, plan: UnitPlan) -> None:
        for each in (*plan.targets, *plan.fragments):
            page = each.view
            if isinstance(page, Page) and each.template in (*PAGES, SHEET, *DOCUMENTS.values()):
                self.pages.setdefault(each.template, page)
                own = page.view
                if isinstance(own, StatementFragment) and each.template == DOCUMENTS["official"]:
                    self.all += (replace(own, pledges=(pledge,)) for pledge in own.pledges)

    def texts(self, own: StatementFragment) -> dict[str, str]:
        """What the pages, each document and the sheet say."""
        pledges = [self._text("pledge.html", pledge) for pledge in own.pledges]
        found = {"page": "".join([self._text("unit.html", own.unit), *pledges])}
        found |= {name: self._text(template, own) for name, template in DOCUMENTS.items()}
        return found | {"sheet": self._text(SHEET, own, SheetLayout(9, "yardsticks", len(own.pledges)))}

    def _text(self, template: str, view: View, layout: SheetLayout | None = None) -> str:
        page = self.pages[template]
        if isinstance(page.view, PairFragment):
            view = replace(page.view, sides=tuple(replace(side, view=view) for side in page.view.sides))
        current = CurrentPage("zh/districts/x.html", replace(page, view=view))
        try:
            return render_page(self.context.template_set, template, current, layout)
        except ContentError as error:  # a fact of another kind than the rest of its record: it was looked at
            return f"{REFUSED}{error}"

    def silent(self) -> dict[Way, set[str]]:
        """For each fact that stands anywhere, what is the same whatever the fact is."""
        known, alike, before = defaultdict(list), defaultdict(list), dict[int, dict[str, str]]()
        for own in self.all:
            for way, fact in facts(own):
                known[way].append(fact)
                alike[way[-1]].append(fact)
        found: dict[Way, set[str]] = {}
        for way, others in known.items():
            left, tried = {"page", *DOCUMENTS, "sheet"}, 0
            for place, own in enumerate(self.all):
                changed = altered(own, way, others + alike[way[-1]]) if left and tried < ENOUGH else None
                if changed is not None:
                    if place not in before:
                        before[place] = self.texts(own)
                    now, tried = self.texts(changed), tried + 1
                    left = {name for name in left if now[name] == before[place][name]}
            found[way] = left
        refused = [texts for texts in before.values() for text in texts.values() if text.startswith(REFUSED)]
        assert refused == [], "each is rendered before a fact is another"
        return found


REFUSED = "refused: "

ENOUGH = 6
"""Some facts show only beside others: so many records are tried."""


def facts(view: View, unit: bool = False) -> Iterator[tuple[Way, Any]]:
    """The facts of a view, with the way to each; of several alike each one."""
    for name in view.__struct_fields__:
        value = getattr(view, name)
        inner = [each for each in (value if isinstance(value, tuple) else (value,)) if isinstance(each, View)]
        if unit and name in REPEATED:
            continue
        for each in inner:
            yield from (((name, *way), fact) for way, fact in facts(each, name == "unit"))
        if not inner and value not in ((), None, ""):
            yield (name,), value


def altered(view: View, way: Way, others: list[Any]) -> View | None:
    """The view with the first fact that stands there replaced by another, which stands elsewhere if any does; None
    where the view has no such fact."""
    name, *rest = way
    value = getattr(view, name)
    if not rest:
        return None if value in ((), None, "") else replace(view, **{name: _another(value, others)})
    inner = value if isinstance(value, tuple) else (value,)
    for place, each in enumerate(inner):
        fits = isinstance(each, View) and rest[0] in each.__struct_fields__
        changed = altered(each, tuple(rest), others) if fits else None
        if changed is not None:
            whole = (*inner[:place], changed, *inner[place + 1 :])
            return replace(view, **{name: whole if isinstance(value, tuple) else whole[0]})
    return None


def _another(value: Any, others: list[Any]) -> Any:
    alike = [each for each in others if each != value and type(each) is type(value)]
    if alike:
        return max(alike, key=lambda each: abs(len(each) - len(value))) if isinstance(value, tuple) else alike[0]
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, tuple):
        return (*value, *value)
    return "2029-02-03" if _DAY.fullmatch(value) else f"{value}9" if value.isdecimal() else f"{value}（另）"


_DAY = re.compile(r"\d{4}-\d\d-\d\d")
