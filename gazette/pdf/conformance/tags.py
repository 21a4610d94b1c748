"""Tags that WeasyPrint leaves out: the language of an element, the description of a link, the body of a list item.

No validator misses the first two, but readers do: a screen reader would read English with a Chinese voice, and would
name a link by the id that it leads to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import tags
from weasyprint.pdf.stream import Stream

REPLACED = {
    "weasyprint.pdf.tags:_build_box_tree": "94eaa6cd569a",
    "weasyprint.pdf.stream:Stream.marked": "8deac2ba96b1",
}
"""What this replaces, with digests of the sources (`pdf.sources`)."""

RELIES_ON = {
    "pydyf:Object": "d149512c1c36",
    "pydyf:Dictionary": "acb26095d05a",
    "pydyf:Array": "87db3e914ae8",
    "pydyf:String": "27ab8a4fe0b9",
    "pydyf:PDF.add_object": "ea4101f98d09",
    "weasyprint.pdf.tags:add_tags": "f715a4185d22",
    "weasyprint.pdf.stream:Stream.artifact": "2eae87d62f66",
    "weasyprint.pdf.anchors:add_links": "35f0a23d5c45",
    "weasyprint.layout.absolute:AbsolutePlaceholder": "7fdc76e15df4",
    "weasyprint.formatting_structure.boxes:Box.__init__": "d5c8ec30e56b",
    "weasyprint.formatting_structure.boxes:PageBox": "7477c7056f89",
    "weasyprint.formatting_structure.boxes:ReplacedBox": "bdb83a0d3067",
}
"""What this uses of other libraries' insides, with digests of the sources (`pdf.sources`)."""


def install() -> None:
    """Replace them, once for the process. `_build_box_tree` calls itself by its name in the module, so its replacement
    sees every box of a page."""
    walk = tags._build_box_tree
    Stream.marked = _ornaments_aside(Stream.marked)

    def complete(box: Any, *rest: Any) -> Iterator[Any]:
        own = box._box if isinstance(box, AbsolutePlaceholder) else box
        if _is_ornament(own):
            return
        if own.element is not None:
            _describe_link(own)
        language = _language(own)
        for element in walk(box, *rest):
            if language:
                element.setdefault("Lang", language)
            yield _in_body(element, *rest)
        if isinstance(box, boxes.PageBox):
            box.children = ()  # that was the last use of the page

    tags._build_box_tree = complete


def _ornaments_aside(marked: Callable[..., Any]) -> Callable[..., Any]:
    """`Stream.marked`: marks an image that is `aria-hidden`, since it only repeats the words beside it, as an artifact,
    which screen readers pass over (ISO 14289-1, 7.1)."""

    def mark(stream: Any, box: Any, tag: str) -> Any:
        return stream.artifact() if _is_ornament(box) else marked(stream, box, tag)

    return mark


def _is_ornament(box: Any) -> bool:
    return isinstance(box, boxes.ReplacedBox) and box.element.get("aria-hidden") == "true"


_OF_AN_ITEM = ("/Lbl", "/LBody", "/LI", "/L")


def _in_body(element: Any, parent: Any, pdf: Any, *_: Any) -> Any:
    """The element, inside a new body (LBody) where its parent is a list item: an item may hold only labels and bodies
    (ISO 32000-1, 14.8.4.3.3). WeasyPrint makes bodies of bare words, and none of paragraphs, tables and quotations."""
    if parent["S"] != "/LI" or element["S"] in _OF_AN_ITEM:
        return element
    own = {"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array([element.reference]), "Pg": element["Pg"]}
    body = pydyf.Dictionary({**own, "P": parent.reference})
    pdf.add_object(body)
    element["P"] = body.reference
    return body


def _language(box: Any) -> Any:
    """The language that an element states; None where it states none. The catalog states that of the document."""
    if box.element is None or box.element_tag in ("html", "body"):
        return None
    tag = box.element.get("lang")
    return pydyf.String(tag) if tag else None


def _describe_link(box: Any) -> None:
    """Describe the link of a box, if it has one, by the words that it stands on (ISO 14289-1, 7.18.5)."""
    link = box.link_annotation
    words = " ".join("".join(box.element.itertext()).split()) if link else ""
    if words:
        link["Contents"] = pydyf.String(words)
