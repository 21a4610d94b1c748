"""The files that a document carries. They stand behind its last byte, as an incremental update (ISO 32000-1, 7.5.6).

So a document that was laid out once can carry other files at no cost, and without them has its former bytes.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable
from typing import Any, NamedTuple

import pydyf


class File(NamedTuple):
    """A file to attach. `about` says in words what it is. `day` is the date of its content (ISO 8601), never today."""

    name: str
    data: bytes
    about: str
    day: str


RELIES_ON = {
    "pydyf:Object": "d149512c1c36",
    "pydyf:Dictionary": "acb26095d05a",
    "pydyf:Array": "87db3e914ae8",
    "pydyf:String": "27ab8a4fe0b9",
    "pydyf:Stream.__init__": "0405172842ff",
    "pydyf:Stream.data": "f2ea8e376159",
    "pydyf:PDF.__init__": "8688588de0e9",
    "pydyf:PDF.add_object": "ea4101f98d09",
    "pydyf:PDF.write": "b9481a4b2881",
}
"""What this uses of pydyf, with digests of the sources (`pdf.sources`): how it writes objects and the end of a file."""

TYPES = {"csv": "text/csv", "json": "application/json"}
"""The ending of a name → media type. The machine's own list may say something else."""


def reserve(pdf: Any) -> None:
    """Add two empty objects to a `pydyf.PDF`, which `attach` replaces: the name tree of embedded files, and the list of
    associated files (ISO 19005-3, 6.8). Only the writer of the file may add objects after them."""
    names, belonging = pydyf.Dictionary({"Names": pydyf.Array()}), pydyf.Array()
    pdf.add_object(names)
    pdf.add_object(belonging)
    pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = names.reference
    pdf.catalog["AF"] = belonging.reference


def attach(document: bytes, files: Iterable[File]) -> bytes:
    """The document with files. The same arguments give the same bytes. Raises ValueError for a document without the
    objects that `reserve` adds, or of another program."""
    end = _End.of(document)
    new: list[Any] = []

    def add(thing: Any, number: int | None = None) -> Any:
        thing.number = end.size + sum(other.number >= end.size for other in new) if number is None else number
        new.append(thing)
        return thing

    found = [(file.name, add(_filespec(file, add(_embedded(file))))) for file in sorted(files)]
    names = pydyf.Array(part for name, spec in found for part in (pydyf.String(name), spec.reference))
    add(pydyf.Dictionary({"Names": names}), end.info - 2)
    add(pydyf.Array(spec.reference for _, spec in found), end.info - 1)
    return document + _update(len(document), new, end)


def detach(document: bytes) -> bytes:
    """The document without its attached files: its bytes before `attach`."""
    before = _End.of(document).before
    if before is None:
        return document
    last = _last_lines(before)
    return document[: document.index(last, before) + len(last)]


PACKED = 9
"""The zlib level for attached files. This module packs them itself, so that the same files give the same bytes whatever
level pydyf uses."""


def _embedded(file: File) -> Any:
    day = pydyf.String(f"D:{file.day.replace('-', '')}")
    facts = pydyf.Dictionary(
        {
            "Size": len(file.data),
            "CheckSum": f"<{hashlib.md5(file.data, usedforsecurity=False).hexdigest()}>",
            "CreationDate": day,
            "ModDate": day,
        }
    )
    kind = TYPES[file.name.rpartition(".")[2]].replace("/", "#2f")
    head = {"Type": "/EmbeddedFile", "Subtype": f"/{kind}", "Params": facts, "Filter": "/FlateDecode"}
    return pydyf.Stream([zlib.compress(file.data, PACKED)], head)


def _filespec(file: File, embedded: Any) -> Any:
    name = pydyf.String(file.name)
    return pydyf.Dictionary(
        {
            "Type": "/Filespec",
            "F": name,
            "UF": name,
            "EF": pydyf.Dictionary({"F": embedded.reference, "UF": embedded.reference}),
            "Desc": pydyf.String(file.about),
            "AFRelationship": "/Data",
        }
    )


# ── the end of a file ────────────────────────────────────────────────────────


class _End(NamedTuple):
    """What the last cross-reference stream of a document says: its `place` in bytes, the number of objects (`size`),
    the place of the stream `before` it; the reference to the catalog (`root`), the number of the document information
    (`info`), and the permanent identifier."""

    place: int
    size: int
    before: int | None
    root: bytes
    info: int
    identifier: bytes

    @classmethod
    def of(cls, document: bytes) -> _End:
        """The end of a document. Raises ValueError for one that `pydyf` did not write."""
        last = re.search(rb"startxref\n(\d+)\n%%EOF\n\Z", document[-64:])
        place = int(last[1]) if last else 0
        head = document[place : document.find(b"stream\n", place)]
        known = {
            "root": re.search(rb"/Root (\d+ 0 R)", head),
            "info": re.search(rb"/Info (\d+) 0 R", head),
            "size": re.search(rb"/Size (\d+)", head),
            "id": re.search(rb"/ID \[\((\w+)\) ?\(\w+\)\]", head),
        }
        if not last or b"/Type /XRef" not in head or not all(known.values()):
            raise ValueError("not a document of pydyf's")
        root, info, size, identifier = (match[1] for match in known.values() if match)
        before = re.search(rb"/Prev (\d+)", head)
        return cls(place, int(size), int(before[1]) if before else None, root, int(info), identifier)


def _update(offset: int, new: list[Any], end: _End) -> bytes:
    """New objects with their cross-reference stream, to be put behind a document of `offset` bytes."""
    out, places = bytearray(), {}
    for thing in sorted(new, key=lambda thing: int(thing.number)):
        places[thing.number] = offset + len(out)
        out += thing.indirect + b"\n"
    own = max(places) + 1
    place = places[own] = offset + len(out)
    table = b"".join(b"\1" + places[number].to_bytes(4, "big") + b"\0" for number in places)
    old = [number for number in places if number < end.size]
    head = {
        "Type": "/XRef",
        "Index": pydyf.Array((old[0], len(old), end.size, own + 1 - end.size)),
        "W": pydyf.Array((1, 4, 1)),
        "Size": own + 1,
        "Root": end.root,
        "Info": f"{end.info} 0 R",
        "ID": pydyf.Array((b"(" + end.identifier + b")", f"({hashlib.md5(out, usedforsecurity=False).hexdigest()})")),
        "Prev": end.place,
    }
    stream = pydyf.Stream([table], head)
    stream.number = own
    out += stream.indirect + b"\n" + _last_lines(place)
    return bytes(out)


def _last_lines(place: int) -> bytes:
    return b"startxref\n%d\n%%%%EOF\n" % place
