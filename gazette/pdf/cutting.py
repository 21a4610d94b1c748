"""Owns the fonts that go into a file: read where they are in memory, and cut by HarfBuzz to what is used."""

from __future__ import annotations

from typing import Any

import uharfbuzz as hb
from weasyprint.pdf import fonts
from weasyprint.text.ffi import ffi, harfbuzz


def cut_with_harfbuzz() -> None:
    """Puts the changes into WeasyPrint, once for the process."""
    fonts.get_hb_object_data = _blob
    fonts.Font.subset = _subset


def _subset(self: Any, to_unicode: dict[int, str], hinting: bool) -> None:
    """Only the glyphs that a document uses, through HarfBuzz (WeasyPrint's fallback, fontTools, takes twice as long).

    Two passes as in WeasyPrint: the first keeps glyph numbers while dropping outlines, the second cuts the rest off.
    """
    data = bytes(self.file_content)  # it may still be where the fonts of the process are
    if not to_unicode:
        self.file_content = data
        return
    keep = hb.SubsetFlags.PASSTHROUGH_UNRECOGNIZED | hb.SubsetFlags.DESUBROUTINIZE
    if self.missing:
        keep |= hb.SubsetFlags.NOTDEF_OUTLINE
    face = hb.Face(data, self.index)
    face = _pass(face, to_unicode, keep | hb.SubsetFlags.RETAIN_GIDS)
    last = keep if hinting else keep | hb.SubsetFlags.NO_HINTING
    self.file_content = _pass(face, range(max(to_unicode) + 1), last).blob.data
    self.index = 0


_DROPPED = ("BASE", "DSIG", "EBDT", "EBLC", "EBSC", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT", "SVG ")


def _pass(face: Any, glyphs: Any, flags: Any) -> Any:
    order = hb.SubsetInput()
    order.glyph_set.update(glyphs)
    order.flags = flags
    order.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _DROPPED)
    return hb.subset(face, order)


def _blob(face: Any) -> Any:
    """The bytes of a font file where they are in memory already. WeasyPrint copies each file that a document uses."""
    blob = ffi.gc(harfbuzz.hb_face_reference_blob(face), harfbuzz.hb_blob_destroy)
    length = ffi.new("unsigned int *")
    data = harfbuzz.hb_blob_get_data(blob, length)
    return _Bytes(blob, ffi.buffer(data, length[0]))


class _Bytes:
    """Bytes that belong to a library's object, and live as long as it."""

    def __init__(self, owner: Any, buffer: Any) -> None:
        self.owner, self.buffer = owner, buffer

    def __len__(self) -> int:
        return len(self.buffer)

    def __getitem__(self, place: slice) -> bytes:
        return bytes(self.buffer[place])

    def __bytes__(self) -> bytes:
        return bytes(self.buffer)
