"""Makes the bytes of a target with its maker."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec
from markupsafe import Markup
from msgspec.structs import replace

from gazette.messages.problems import COMMAND, ContentError, Problem
from gazette.rendering.formats import lean_script, plural_form
from gazette.rendering.jinja import render_page, render_template
from gazette.rendering.slots import fill_slots, strip_slots
from gazette.rendering.state import CurrentPage
from gazette.rendering.templates import TemplateSet
from gazette.site.data_format import Rows, csv_rows, json_rows, on_day
from gazette.site.target import Fragment, SheetLayout, Target
from gazette.site.views.exports import EntryLine, FeedView
from gazette.site.views.files import DataView, HandedView
from gazette.site.views.page import Page
from gazette.site.views.share import ShareView

if TYPE_CHECKING:
    from gazette.pdf import PdfProblem


NO_PICTURES: Mapping[str, bytes] = MappingProxyType({})


def render(
    target: Target,
    template_set: TemplateSet,
    fragments: Mapping[str, str],
    pictures: Mapping[str, bytes] = NO_PICTURES,
) -> tuple[bytes, str]:
    """Return the bytes of a target, without its attachments, and its own text without fragments, in which links are
    checked.

    `fragments` is `{slot: text}`. `pictures` is `{path on the site: bytes}` of those that a document shows. Raises
    ContentError if a template or the content is wrong.
    """
    if target.maker in DOCUMENTS:
        return DOCUMENTS[target.maker](target, template_set, fragments, pictures)
    return RENDERERS[target.maker](target, template_set, fragments)


def render_fragment(fragment: Fragment, template_set: TemplateSet) -> str:
    """Return the text of a fragment. Raises ContentError if its template is wrong."""
    path, view, template = fragment.path, fragment.view, fragment.template or ""
    if isinstance(view, Rows):
        return csv_rows(view.cells) if fragment.maker == "csv" else json_rows(view.records)
    if isinstance(view, str):
        return view
    if isinstance(view, Page):
        return render_page(template_set, template, CurrentPage(path, view))
    return render_template(template_set, template, path, {"view": view})


Rendered = tuple[bytes, str]


def _make_page(target: Target, template_set: TemplateSet, fragments: Mapping[str, str]) -> Rendered:
    text = _html(target, template_set)
    return fill_slots(text, fragments).encode(), strip_slots(text) if target.slots else text


def _make_text(target: Target, template_set: TemplateSet, fragments: Mapping[str, str]) -> Rendered:
    text = render_template(
        template_set,
        target.template or "",
        target.path,
        {"view": target.view, "fragments": Markup("".join(fragments.values()))},
    )
    return text.encode(), ""


def _make_feed(target: Target, template_set: TemplateSet, fragments: Mapping[str, str]) -> Rendered:
    page = target.view
    assert isinstance(page, Page) and isinstance(page.view, FeedView)
    lines = (line for some in fragments.values() for line in some.split("\n") if line)
    entries = tuple(msgspec.json.decode(line, type=EntryLine) for line in lines)
    current = CurrentPage(target.path, replace(page, view=replace(page.view, entries=entries)))
    return render_page(template_set, target.template or "", current).encode(), ""


def _make_booklet(
    target: Target, template_set: TemplateSet, fragments: Mapping[str, str], pictures: Mapping[str, bytes]
) -> Rendered:
    from gazette.pdf.booklet import booklet

    data, text = _make_pdf(target, template_set, fragments, pictures)
    return booklet(data), text


def _make_pdf(
    target: Target, template_set: TemplateSet, fragments: Mapping[str, str], pictures: Mapping[str, bytes]
) -> Rendered:
    """Make a document of as many pages as it needs."""
    from gazette.pdf import PdfProblem, write_pdf

    html_with_marks = _html(target, template_set)
    styles, carries = _styles(target, template_set), bool(target.attachments)
    try:
        html = fill_slots(html_with_marks, fragments)
        return write_pdf(html, stylesheets=styles, assets=pictures, carries=carries), strip_slots(html_with_marks)
    except PdfProblem as error:
        raise _pdf_error(error, target, template_set) from None


def _make_one_page(target: Target, template_set: TemplateSet, fragments: Mapping[str, str]) -> Rendered:
    from gazette.pdf import PdfProblem, write_one_page

    @cache
    def html(way: int) -> str:
        return fill_slots(_html(target, template_set, target.layouts[way]), fragments)

    last = len(target.layouts) - 1
    likely = next((way for way, layout in enumerate(target.layouts) if _room(html(way), layout) <= SHEET), last)
    try:
        depths = [layout.depth for layout in target.layouts]
        return write_one_page(depths, html, likely, stylesheets=_styles(target, template_set)), html(0)
    except PdfProblem as error:
        raise _pdf_error(error, target, template_set) from None


SHEET = 415_000.0
"""What fits one sheet, in the unit of `_room`. It need only be near: it chooses the first layout to try."""


def _room(html: str, layout: SheetLayout) -> float:
    """Estimate how much of a sheet a text needs: half the squares of its letters, in pt². Full-width letters count a
    little more, because their lines stand farther apart."""
    words = Markup(html.partition("<body>")[2]).striptags()
    wide = sum(character > "\u2e7f" for character in words)
    return (len(words) + 1.35 * wide) * layout.points**2


def _styles(target: Target, template_set: TemplateSet) -> list[str]:
    return [template_set.assets[name].decode() for name in target.assets]


def _pdf_error(error: PdfProblem, target: Target, template_set: TemplateSet) -> ContentError:
    of_machine = error.code in ("pdf_library", "pdf_version")
    path = COMMAND if of_machine else f"{template_set.display_path}/{target.template}"
    return ContentError([Problem.at(path, 0, 0, error.code, page=target.path, **{"found": "", **error.values})])


def _make_font(target: Target, template_set: TemplateSet, fragments: Mapping[str, str]) -> Rendered:  # noqa: ARG001 - makers share one signature
    """Make a part of the heading font. Parts are cached, because packing them takes longer than the pages of a small
    city, and other output folders need the same ones."""
    from gazette.fonts.typeface import heading_woff2
    from gazette.pictures.wordmark import FONT

    characters = str(target.view)
    source = f"{template_set.fonts.digest}\n{characters}"
    pack = partial(heading_woff2, FONT, characters)
    return template_set.cache.get_or_compute(PurePosixPath(target.path).stem, source, pack, bytes), ""


def _make_written(target: Target, template_set: TemplateSet, fragments: Mapping[str, str]) -> Rendered:  # noqa: ARG001
    return str(target.view).encode(), ""


def _make_script(target: Target, template_set: TemplateSet, fragments: Mapping[str, str]) -> Rendered:  # noqa: ARG001
    return str(target.view).encode(), ""


def _make_handed(target: Target, template_set: TemplateSet, fragments: Mapping[str, str]) -> Rendered:  # noqa: ARG001
    view = target.view
    assert isinstance(view, HandedView)
    texts = {name: fragments[slot] for slot, name in view.names.items()}
    return f"{view.function}({view.number}, {json.dumps(texts, ensure_ascii=False)});\n".encode(), ""


def _make_copy(target: Target, template_set: TemplateSet, fragments: Mapping[str, str]) -> Rendered:  # noqa: ARG001
    return template_set.assets[target.assets[0]], ""


def _make_lean(target: Target, template_set: TemplateSet, fragments: Mapping[str, str]) -> Rendered:  # noqa: ARG001
    return lean_script(template_set.assets[target.assets[0]].decode()).encode(), ""


def _make_share(target: Target, template_set: TemplateSet, fragments: Mapping[str, str]) -> Rendered:  # noqa: ARG001
    from gazette.pictures.share import share_picture

    view = target.view
    assert isinstance(view, ShareView)
    counted = plural_form(view.counted, view.strokes, view.locale).format(n=view.strokes)
    return share_picture(view, counted), ""


def _make_table(target: Target, template_set: TemplateSet, fragments: Mapping[str, str]) -> Rendered:  # noqa: ARG001
    assert isinstance(target.view, DataView)
    rows = on_day("".join(fragments.values()), target.view.as_of)
    return f"{target.view.before}{rows}{target.view.after}".encode(), ""


RENDERERS: dict[str, Callable[[Target, TemplateSet, Mapping[str, str]], Rendered]] = {
    "page": _make_page,
    "text": _make_text,
    "one-page": _make_one_page,
    "feed": _make_feed,
    "font": _make_font,
    "script": _make_script,
    "handed": _make_handed,
    "written": _make_written,
    "copy": _make_copy,
    "lean": _make_lean,
    "table": _make_table,
    "share": _make_share,
}


DOCUMENTS: dict[str, Callable[[Target, TemplateSet, Mapping[str, str], Mapping[str, bytes]], Rendered]] = {
    "pdf": _make_pdf,
    "booklet": _make_booklet,
}
"""The makers of documents that may show pictures."""


def _html(target: Target, template_set: TemplateSet, layout: SheetLayout | None = None) -> str:
    assert isinstance(target.view, Page) and target.template is not None
    current = CurrentPage(target.path, target.view, frozenset(slot.name for slot in target.slots))
    return render_page(template_set, target.template, current, layout)
