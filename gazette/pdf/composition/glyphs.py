"""The glyphs of a text that Pango has shaped, read all at once."""

from __future__ import annotations

from typing import Any

from weasyprint.text.ffi import ffi


def glyphs_of(string: Any) -> tuple[list[int], list[int], list[int], list[int]]:
    """The numbers of the glyphs in a `PangoGlyphString`, their widths and their offsets in x and y, in Pango units
    (1/1024 CSS pixel). Through cffi, each number alone would cost as much as the whole list."""
    count = string.num_glyphs
    flat = memoryview(ffi.buffer(string.glyphs, count * ffi.sizeof("PangoGlyphInfo"))).cast("i").tolist()
    return flat[::5], flat[1::5], flat[2::5], flat[3::5]
