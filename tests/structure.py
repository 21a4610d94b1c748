"""Walks the structure tree of a tagged PDF: what a screen reader walks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader


def elements(reader: PdfReader) -> Iterator[Any]:
    """Every structure element of a document, in reading order."""
    todo = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while todo:
        element = todo.pop()
        yield element
        inner = element.get("/K", [])
        kids = [kid.get_object() for kid in (inner if isinstance(inner, list) else [inner])]
        todo += [kid for kid in reversed(kids) if isinstance(kid, dict) and "/S" in kid]
