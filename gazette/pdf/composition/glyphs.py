"""The glyphs of a text that Pango has shaped, read in one piece."""

from __future__ import annotations

from typing import Any

from weasyprint.text.ffi import ffi


def glyphs_of(string: Any) -> tuple[list[int], list[int], list[int], list[int]]:
    """The glyphs of a `PangoGlyphString`, the width of each, and how far each is moved to the right and up, in units of
    Pango. All are read at once: through cffi each number costs as much as the whole list."""
    count = string.num_glyphs
    flat = memoryview(ffi.buffer(string.glyphs, count * ffi.sizeof("PangoGlyphInfo"))).cast("i").tolist()
    return flat[::5], flat[1::5], flat[2::5], flat[3::5]
