"""The making of a target: its key, and its bytes."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec
from markupsafe import Markup

from gazette.messages.problems import ContentError, Problem
from gazette.rendering.jinja import fill_slots, render_page, render_template, strip_slots
from gazette.rendering.templates import TemplateSet
from gazette.site import views as v
from gazette.site.data_format import Rows, csv_rows, json_rows, on_day
from gazette.site.target import Fragment, SheetLayout, Target
from gazette.versions import package_digest, tools_text

if TYPE_CHECKING:
    from gazette.pdf import PdfProblem

# ── keys ─────────────────────────────────────────────────────────────────────


PARTS = ("program", "template", "words", "site", "view")
"""The parts of every key, in their order. After them come those that only some keys have: `asset:`, `slot:` and, for
what is attached, `file:` with a name; `needs` for what is made from other files. A key is kept in parts so that two of
them tell what differs."""


def recipe_key(
    target: Target, template_set: TemplateSet, digests: Mapping[str, str], needed: Mapping[str, str] | None = None
) -> str:
    """The digests of a target's recipe: equal keys mean equal bytes. `digests` are those of the fragments of its slots
    (`all_slots`), `needed` those of the files that it is made from, by path."""
    template = target.template
    site, view = _shown(target.view)
    parts = [
        _program(target.maker, template_set.fonts.digest),
        "" if template is None else short_digest(template_set.digest(template).encode()),
        "" if template is None else short_digest(template_set.digest_of_words(template).encode()),
        site,
        short_digest(msgspec.msgpack.encode((target.maker, target.path, view))),
    ]
    parts += [f"asset:{name}={short_digest(template_set.assets[name])}" for name in target.assets]
    parts += [f"slot:{slot.name}={short_digest(digests[slot.name].encode())}" for slot in target.slots]
    for file in target.attachments:
        recipe = f"{recipe_key(file.target, template_set, digests)} {file.day} {file.about}"
        parts.append(f"{_FILE}{file.target.path}={short_digest(recipe.encode())}")
    if needed is not None:
        parts.append(f"needs={short_digest(msgspec.msgpack.encode(sorted(needed.items())))}")
    return " ".join(parts)


_FILE = "file:"


def recipe_key_without_files(key: str) -> str:
    """The key of a document as it would be if it carried no files."""
    return " ".join(part for part in key.split(" ") if not part.startswith(_FILE))


def key_parts(key: str) -> dict[str, str]:
    """The digests of a key, by the names of its parts."""
    found = key.split(" ")
    named = (part.rpartition("=") for part in found[len(PARTS) :])
    return {**dict(zip(PARTS, found, strict=False)), **{name: digest for name, _, digest in named}}


def short_digest(data: bytes) -> str:
    """A digest of 96 bits: tens of thousands of keys are kept, with five of them each."""
    return b64encode(hashlib.sha256(data).digest()[:12]).decode()


def _shown(view: object) -> tuple[str, object]:
    """What a page says of the site, which all pages of a language have in common, as a digest; and all the rest."""
    if not isinstance(view, v.Page):
        return "", view
    rest = msgspec.structs.asdict(view)
    return _said_of_site(rest.pop("site")), rest


@lru_cache(maxsize=64)
def _said_of_site(site: v.SiteView) -> str:
    return short_digest(msgspec.msgpack.encode(site))


def _program(maker: str, fonts: str) -> str:
    return _digest_of(f"{package_digest()} {tools_text(maker, fonts)}")


@lru_cache(maxsize=64)
def _digest_of(text: str) -> str:
    return short_digest(text.encode())


def shared_digest(context_parts: Iterable[object], template_set: TemplateSet) -> str:
    """The digest of all that every unit is made from beside its own file."""
    parts = [
        *map(str, context_parts),
        template_set.whole,
        package_digest(),
        *(tools_text(maker, template_set.fonts.digest) for maker in ("content", "page", "pdf", "font", "text")),
    ]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


# ── making ───────────────────────────────────────────────────────────────────


def render(target: Target, template_set: TemplateSet, fragments: Mapping[str, str]) -> tuple[bytes, str]:
    """The bytes of a target, without its attachments, with the `fragments` of its slots (by name), and its own text
    without them, in which links are looked for. Raises ContentError where a template or the content is at fault."""
    return RENDERERS[target.maker](target, template_set, fragments)


def render_fragment(line: Fragment, template_set: TemplateSet) -> str:
    """The text of a line."""
    if isinstance(line.view, Rows):
        return csv_rows(line.view.cells) if line.maker == "csv" else json_rows(line.view.records)
    if isinstance(line.view, v.Page):
        return render_page(template_set, line.template or "", line.path, line.view)
    return render_template(template_set, line.template or "", line.path, {"view": line.view})


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


def _make_pdf(target: Target, template_set: TemplateSet, fragments: Mapping[str, str]) -> Rendered:
    return _laid_out(target, template_set, fragments), ""


def _make_booklet(target: Target, template_set: TemplateSet, fragments: Mapping[str, str]) -> Rendered:
    from gazette.pdf.booklet import booklet

    return booklet(_laid_out(target, template_set, fragments)), ""


def _laid_out(target: Target, template_set: TemplateSet, fragments: Mapping[str, str]) -> bytes:
    """A document of as many pages as it needs."""
    from gazette.pdf import PdfProblem, write_pdf

    html = fill_slots(_html(target, template_set), fragments)
    try:
        return write_pdf(html, stylesheets=_styles(target, template_set), carries=bool(target.attachments))
    except PdfProblem as error:
        raise _told(error, target, template_set) from None


def _make_one_page(target: Target, template_set: TemplateSet, fragments: Mapping[str, str]) -> Rendered:
    from gazette.pdf import PdfProblem, write_one_page

    def html(way: int) -> str:
        return fill_slots(_html(target, template_set, target.layouts[way]), fragments)

    likely = next(
        (way for way, fit in enumerate(target.layouts) if _room(html(way), fit) <= SHEET), len(target.layouts) - 1
    )
    try:
        depths = [fit.depth for fit in target.layouts]
        return write_one_page(depths, html, likely, stylesheets=_styles(target, template_set)), ""
    except PdfProblem as error:
        raise _told(error, target, template_set) from None


SHEET = 415_000.0
"""What finds room on a sheet, as `_room` measures it. It only has to be near: what finds room is found by trying."""


def _room(html: str, fit: SheetLayout) -> float:
    """About how much of a sheet a text needs: half the squares of its letters, in pt²; of full-width letters a little
    more, since their lines stand farther apart."""
    words = Markup(html.partition("<body>")[2]).striptags()
    wide = sum(character > "\u2e7f" for character in words)
    return (len(words) + 1.35 * wide) * fit.points**2


def _styles(target: Target, template_set: TemplateSet) -> list[str]:
    return [template_set.assets[name].decode() for name in target.assets]


def _told(error: PdfProblem, target: Target, template_set: TemplateSet) -> ContentError:
    of_machine = error.code in ("pdf_library", "pdf_version")
    place = "build.py" if of_machine else f"{template_set.shown}/{target.template}"
    return ContentError([Problem.at(place, 0, 0, error.code, page=target.path, found=error.found)])


def _make_font(target: Target, template_set: TemplateSet, fragments: Mapping[str, str]) -> Rendered:  # noqa: ARG001 - makers share one signature
    from gazette.fonts.typeface import heading_woff2
    from gazette.pictures.wordmark import FONT

    assert isinstance(target.view, str)
    return heading_woff2(FONT, target.view), ""


def _make_licence(target: Target, template_set: TemplateSet, fragments: Mapping[str, str]) -> Rendered:  # noqa: ARG001
    return str(target.view).encode(), ""


def _make_copy(target: Target, template_set: TemplateSet, fragments: Mapping[str, str]) -> Rendered:  # noqa: ARG001
    return template_set.assets[target.assets[0]], ""


def _make_table(target: Target, template_set: TemplateSet, fragments: Mapping[str, str]) -> Rendered:  # noqa: ARG001
    assert isinstance(target.view, v.DataView)
    rows = on_day("".join(fragments.values()), target.view.as_of)
    return f"{target.view.before}{rows}{target.view.after}".encode(), ""


RENDERERS: dict[str, Callable[[Target, TemplateSet, Mapping[str, str]], Rendered]] = {
    "page": _make_page,
    "text": _make_text,
    "pdf": _make_pdf,
    "booklet": _make_booklet,
    "one-page": _make_one_page,
    "font": _make_font,
    "licence": _make_licence,
    "copy": _make_copy,
    "table": _make_table,
}


def _html(target: Target, template_set: TemplateSet, fit: SheetLayout | None = None) -> str:
    assert isinstance(target.view, v.Page) and target.template is not None
    return render_page(
        template_set, target.template, target.path, target.view, (slot.name for slot in target.slots), fit
    )
