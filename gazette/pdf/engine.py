"""Owns WeasyPrint as this project uses it: loaded late, with the bundled fonts only, and with all changes to it."""

from __future__ import annotations

import ctypes
import os
import zlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from gazette.typeface import FOLDER

PATCHED_FOR = "70.0"
"""The changes below replace parts of WeasyPrint that are not its public interface: they hold for this version."""


class OtherVersion(Exception):
    """Another WeasyPrint is installed than the one that the changes were made for. Carries its version."""


@lru_cache(maxsize=1)
def engine() -> Any:
    """The `weasyprint` module, ready. Raises OSError where Pango is not installed, OtherVersion for a WeasyPrint that
    the changes were not made for."""
    import weasyprint
    from weasyprint import pdf

    from gazette.pdf.boxes import lighten_boxes
    from gazette.pdf.composing import compose_lines
    from gazette.pdf.drawing import draw_fast, draw_once
    from gazette.pdf.gaps import justify_chinese
    from gazette.pdf.overlong import break_overlong
    from gazette.pdf.paragraphs import keep_company
    from gazette.pdf.shaping import measure_once
    from gazette.pdf.styles import share_styles
    from gazette.pdf.tagging import complete_tags

    if weasyprint.__version__ != PATCHED_FOR:
        raise OtherVersion(weasyprint.__version__)
    share_styles()
    lighten_boxes()
    draw_fast()  # what writes a line lies below the compositor, what remembers lines above it
    justify_chinese()
    compose_lines()
    break_overlong()
    keep_company()  # it makes lines twice, which then may have been broken
    measure_once()
    draw_once()
    complete_tags()
    pdf.ColorProfile = _closing(pdf.ColorProfile)
    return weasyprint


@lru_cache(maxsize=1)
def versions() -> str:
    """The versions of the libraries that shape, draw and compress, which are part of every document's key. Asking the
    libraries themselves costs nothing; importing WeasyPrint for it would cost half a second in every build."""
    asked: tuple[tuple[str, Callable[[], str]], ...] = (
        ("pango", lambda: _answer("libpango-1.0.so.0", "pango_version_string")),
        ("harfbuzz", lambda: _answer("libharfbuzz.so.0", "hb_version_string")),
        ("harfbuzz-subset", _subset),
        ("freetype", _freetype),
        ("fontconfig", _fontconfig),
        ("zlib", lambda: zlib.ZLIB_RUNTIME_VERSION),
    )
    found = []
    for name, ask in asked:
        try:
            found.append(f"{name} {ask()}")
        except (OSError, AttributeError):
            found.append(f"{name} absent")
    return "; ".join(found)


def _answer(library: str, function: str) -> str:
    ask = getattr(ctypes.CDLL(library), function)
    ask.restype = ctypes.c_char_p
    return str(ask().decode())


def _subset() -> str:
    """WeasyPrint cuts fonts with this library where it is, and with fontTools where it is not: two different files."""
    ctypes.CDLL("libharfbuzz-subset.so.0")
    return "present"


def _freetype() -> str:
    library, handle = ctypes.CDLL("libfreetype.so.6"), ctypes.c_void_p()
    library.FT_Init_FreeType(ctypes.byref(handle))
    parts = [ctypes.c_int() for _ in range(3)]
    library.FT_Library_Version(handle, *map(ctypes.byref, parts))
    library.FT_Done_FreeType(handle)
    return ".".join(str(part.value) for part in parts)


def _fontconfig() -> str:
    """As FcGetVersion counts: 21401 is 2.14.1."""
    return str(ctypes.CDLL("libfontconfig.so.1").FcGetVersion())


def use_bundled_fonts() -> None:
    """A fontconfig of our own, so that the fonts of the machine make no difference. Fontconfig takes it from the
    environment alone, whenever a document is begun: then it is put there, whatever has become of it since."""
    os.environ["FONTCONFIG_FILE"] = str(FOLDER / "fonts.conf")


def _closing(profile: Any) -> Callable[..., Any]:
    """WeasyPrint opens the colour profile of a PDF/A and leaves it open."""

    def read(file: Any, *rest: Any) -> Any:
        with file:
            return profile(file, *rest)

    return read
