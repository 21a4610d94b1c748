"""Owns what WeasyPrint leaves out of a document's tags: the language of an element, and links described in words.

No validator misses either, but a screen reader does: it would read English with a Chinese voice, and call a link by the
id that it leads to.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.pdf import tags


def complete_tags() -> None:
    """Have WeasyPrint write them too. It walks the boxes of a page with one function, which calls
    itself by its name in the module: who takes the name sees every box."""
    walk = tags._build_box_tree

    def complete(box: Any, *rest: Any) -> Iterator[Any]:
        own = box._box if isinstance(box, tags.AbsolutePlaceholder) else box
        if own.element is not None:
            _describe_link(own)
        language = _language(own)
        for element in walk(box, *rest):
            if language:
                element.setdefault("Lang", language)
            yield element
        if isinstance(box, tags.boxes.PageBox):
            box.children = ()  # that was the last use of the page

    tags._build_box_tree = complete


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
