"""The sheet of a unit: one page with all its pledges, or with so many titles as find room."""

from __future__ import annotations

from gazette.planning.documents.layouts import sheet_layouts
from gazette.planning.unit_views import UnitViews
from gazette.site.routes import route
from gazette.site.target import Target

STYLES = ("print.css", "sheet.css")


def sheet(unit: UnitViews) -> Target:
    """The sheet in one language."""
    page = unit.lang.page(f"sheet:{unit.unit_file.id}", "", unit.statement)
    path, layouts = route(page.ref, unit.lang.code), sheet_layouts(len(unit.entries))
    return Target(path, "pdf", "one-page", page, "sheet.html", STYLES, layouts=layouts)
