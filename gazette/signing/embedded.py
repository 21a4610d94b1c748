"""Inspects the files that a document carries: whether each is as the document says, and whether it can be read."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from gazette.messages.problems import clip

MOST = 10_000
"""The greatest number of files, and of nodes in the tree of their names, that is inspected. No honest document has
more."""


class EmbeddedFile(NamedTuple):
    """A file that a document carries: its name, its size (bytes), whether the document records a checksum, the number
    of rows of data (None for a file of another kind), and the codes of what is wrong with it."""

    name: str
    size: int
    recorded: bool
    rows: int | None
    wrong: tuple[str, ...]


def carried(root: Any, archive: bool) -> tuple[EmbeddedFile, ...]:
    """Return the files in the catalog (pyHanko's) of a document. In an `archive`, which claims PDF/A-3, the list `AF`
    must name each file (ISO 19005-3, 6.8)."""
    from pyhanko.pdf_utils.generic import IndirectObject

    def key(raw: Any) -> object:
        return raw.reference if isinstance(raw, IndirectObject) else id(raw)

    belonging = [_raw(root["/AF"], place) for place in range(len(root["/AF"]))] if "/AF" in root else []
    listed = list(_listed(root["/Names"]["/EmbeddedFiles"])) if "/EmbeddedFiles" in root.get("/Names", {}) else []
    those = {key(raw) for raw in belonging}
    named = {key(raw) for _, raw in listed}
    files = [_file(name, _value(raw), ("belongs",) * (archive and key(raw) not in those)) for name, raw in listed]
    files += [_file("", _value(raw), ("unlisted",)) for raw in belonging if key(raw) not in named]
    return tuple(files)


def _listed(tree: Any) -> Iterator[tuple[str, Any]]:
    """Yield the names of a name tree with their values. Raises ValueError for a tree that does not end."""
    todo, seen = [tree], 0
    while todo:
        node = todo.pop()
        names = node.get("/Names", [])
        seen += 1 + len(names)
        if seen > MOST:
            raise ValueError("the tree of names has no end")
        for place in range(0, len(names) - 1, 2):
            yield str(names[place]), _raw(names, place + 1)
        todo += reversed(list(node.get("/Kids", [])))


def _file(name: str, spec: Any, wrong: tuple[str, ...]) -> EmbeddedFile:
    name = clip(str(spec.get("/UF", spec.get("/F", name))))
    try:
        stream = spec["/EF"]["/F"]
        data: bytes = stream.data
        facts = stream.get("/Params", {})
        size, checksum = facts.get("/Size"), facts.get("/CheckSum")
    except Exception:  # the library raises anything on what anybody sends
        return EmbeddedFile(name, 0, False, None, (*wrong, "unreadable"))
    if size is not None and size != len(data):
        wrong += ("size",)
    if checksum is not None and checksum.original_bytes != hashlib.md5(data, usedforsecurity=False).digest():
        wrong += ("checksum",)
    try:
        rows = _rows(name, data)
    except (ValueError, csv.Error, RecursionError):
        return EmbeddedFile(name, len(data), checksum is not None, None, (*wrong, "rows"))
    return EmbeddedFile(name, len(data), checksum is not None, rows, wrong)


def _rows(name: str, data: bytes) -> int | None:
    """Return the number of rows of a CSV file, or of records of a JSON file. Raises ValueError, csv.Error or
    RecursionError for a broken one."""
    ending = name.lower().rpartition(".")[2]
    if ending == "csv":
        return _csv_rows(data.decode("utf-8-sig"))
    return _records(json.loads(data)) if ending == "json" else None


def _csv_rows(text: str) -> int:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    width, count = len(next(reader, ())), 0
    for row in reader:
        if len(row) != width:
            raise ValueError("a row is longer or shorter than the head")
        count += 1
    return count


def _records(found: Any) -> int:
    """Return the records of a list, or of the first list in an object."""
    lists = [found] if isinstance(found, list) else list(found.values()) if isinstance(found, dict) else []
    return next((len(each) for each in lists if isinstance(each, list)), 1)


def _raw(array: Any, place: int) -> Any:
    return array.raw_get(place)


def _value(raw: Any) -> Any:
    return raw.get_object()
