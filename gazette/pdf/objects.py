"""Owns the objects of a PDF file, hundreds for each page: light, written out once, and packed as far as it pays."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

import pydyf


def write_once() -> None:
    """Puts the changes into pydyf, once for the process."""
    pydyf.Object.__init__ = _plain
    pydyf.Object.number, pydyf.Object.offset, pydyf.Object.generation, pydyf.Object.free = None, 0, 0, "n"
    pydyf.Stream.data = property(_packed)
    pydyf._to_bytes = _quick(pydyf._to_bytes)
    pydyf.PDF.page_references = property(_page_references)


def pack(pdf: Any) -> None:
    """Write every object of a finished `pydyf.PDF` out, and compress the streams. The writer would do it twice: for the
    file, and before that for its identifier, a digest of all."""
    for place, thing in enumerate(pdf.objects):
        if thing.free != "f":
            pdf.objects[place] = _Packed(thing)


class _Packed:
    """An object of pydyf that was written out. There are hundreds for each page."""

    __slots__ = ("compressible", "data", "number", "offset")
    free, generation = "n", 0

    def __init__(self, thing: Any) -> None:
        self.number, self.data, self.compressible, self.offset = thing.number, thing.data, thing.compressible, 0

    @property
    def indirect(self) -> bytes:
        """As the file has it outside of streams of objects."""
        return b"%d 0 obj\n%b\nendobj" % (self.number, self.data)


def _plain(_: Any) -> None:
    """As `Object.__init__` of pydyf. What nearly all objects have stays with their class: of four entries for each of
    the hundreds of objects of a page one is left, its number, and most have none."""


def _quick(to_bytes: Callable[[Any], bytes]) -> Callable[[Any], bytes]:
    """As `_to_bytes`, which is asked for each word of each operator."""

    def converted(item: Any) -> bytes:
        kind = type(item)
        if kind is bytes:
            return item  # type: ignore[no-any-return]
        if kind is str:
            return item.encode("ascii")  # type: ignore[no-any-return]
        if kind is float:
            return (str(int(item)) if item.is_integer() else f"{item:f}".rstrip("0")).encode("ascii")
        return b"%d" % item if kind is int else to_bytes(item)

    return converted


_LEVEL = 7
"""Of zlib. The highest one, which pydyf takes, makes a long bulletin 1.5 percent smaller and half a second later."""


def _packed(self: Any) -> bytes:
    """As the property `data` of a stream of pydyf."""
    content, extra = b"\n".join(map(pydyf._to_bytes, self.stream)), pydyf.Dictionary(self.extra.copy())
    if self.compress:
        extra["Filter"] = "/FlateDecode"
        content = zlib.compress(content, _LEVEL)
    extra["Length"] = len(content)
    return b"\n".join((extra.data, b"stream", content, b"endstream"))


def _page_references(self: Any) -> tuple[bytes, ...]:
    """As the property of `pydyf.PDF`, which writes out all of them for each element of a page."""
    pages = self.pages["Kids"]
    if len(self.__dict__.get("references", ())) * 3 != len(pages):
        self.references = tuple(f"{number} 0 R".encode() for number in pages[::3])
    return self.references  # type: ignore[no-any-return]
