"""What WeasyPrint leaves out of a document's tags: the language of an element, links described in words, and the
body of a list's item that holds paragraphs.

No validator misses the first two, but a screen reader does: it would read English with a Chinese voice, and call a link
by the id that it leads to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pydyf
from weasyprint.pdf import tags
from weasyprint.pdf.stream import Stream

REPLACED = {
    "weasyprint.pdf.tags:_build_box_tree": "d622ce0aa344",
    "weasyprint.pdf.stream:Stream.marked": "a055ae3fbb84",
}
"""What this takes the place of, with the digests of the sources it was written against (`pdf.replaced`)."""


def install() -> None:
    """Have WeasyPrint write them too. It walks the boxes of a page with one function, which calls
    itself by its name in the module: who takes the name sees every box."""
    walk = tags._build_box_tree
    Stream.marked = _ornaments_aside(Stream.marked)

    def complete(box: Any, *rest: Any) -> Iterator[Any]:
        own = box._box if isinstance(box, tags.AbsolutePlaceholder) else box
        if _is_ornament(own):
            return
        if own.element is not None:
            _describe_link(own)
        language = _language(own)
        for element in walk(box, *rest):
            if language:
                element.setdefault("Lang", language)
            yield _in_body(element, *rest)
        if isinstance(box, tags.boxes.PageBox):
            box.children = ()  # that was the last use of the page

    tags._build_box_tree = complete


def _ornaments_aside(marked: Callable[..., Any]) -> Callable[..., Any]:
    """An image that only repeats the words beside it (`aria-hidden`, as on a page of the web) is no part of what is
    read (ISO 14289-1, 7.1: artifacts)."""

    def mark(stream: Any, box: Any, tag: str) -> Any:
        return stream.artifact() if _is_ornament(box) else marked(stream, box, tag)

    return mark


def _is_ornament(box: Any) -> bool:
    return isinstance(box, tags.boxes.ReplacedBox) and box.element.get("aria-hidden") == "true"


_OF_AN_ITEM = ("/Lbl", "/LBody", "/LI", "/L")


def _in_body(element: Any, parent: Any, pdf: Any, *_: Any) -> Any:
    """An element, or the body that it needs: the item of a list holds a label and bodies only (ISO 32000-1,
    14.8.4.3.3); WeasyPrint makes one of bare words, and none of paragraphs, tables and quotations."""
    if parent["S"] != "/LI" or element["S"] in _OF_AN_ITEM:
        return element
    own = {"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array([element.reference]), "Pg": element["Pg"]}
    body = pydyf.Dictionary({**own, "P": parent.reference})
    pdf.add_object(body)
    element["P"] = body.reference
    return body


def _language(box: Any) -> Any:
    """The language that an element of its own has. That of the whole document stands in its catalog."""
    if box.element is None or box.element_tag in ("html", "body"):
        return None
    tag = box.element.get("lang")
    return pydyf.String(tag) if tag else None


def _describe_link(box: Any) -> None:
    """A link is described by the words that it stands on (ISO 14289-1, 7.18.5)."""
    link = box.link_annotation
    words = " ".join("".join(box.element.itertext()).split()) if link else ""
    if words:
        link["Contents"] = pydyf.String(words)
