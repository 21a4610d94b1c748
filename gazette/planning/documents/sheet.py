"""Plans the sheet of a unit: one page with all its pledges, or with as many titles as it has room for."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from gazette.planning.documents.layouts import sheet_layouts
from gazette.planning.unit_views import UnitViews
from gazette.site.routes import route
from gazette.site.target import Target
from gazette.site.views.elements import EvidenceFileView, View

STYLES = ("print.css", "sheet.css")


def sheet(unit: UnitViews) -> Target:
    """Return the sheet in one language. It names the pictures of evidence but shows none, so a changed picture of the
    same name leaves the sheet as it is."""
    statement = _without_pictures(unit.statement) if unit.unit_file.files else unit.statement
    page = unit.lang.page(f"sheet:{unit.unit_file.id}", "", statement)
    path, layouts = route(page.ref, unit.lang.code), sheet_layouts(len(unit.entries))
    return Target(
        path=path, kind="pdf", maker="one-page", view=page, template="sheet.html", assets=STYLES, layouts=layouts
    )


def _without_pictures(value: Any) -> Any:
    """Return a view that names files of evidence but has no picture."""
    if isinstance(value, EvidenceFileView):
        return replace(value, stamp="", small="", width=0, height=0)
    if isinstance(value, tuple):
        return tuple(map(_without_pictures, value))
    if isinstance(value, View):
        return replace(value, **{name: _without_pictures(getattr(value, name)) for name in value.__struct_fields__})
    return value
