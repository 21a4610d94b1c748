"""The versions of what is installed: packages, and the libraries that they call.

Apart from `versions`, since a build that has nothing to do asks for these, and for nothing else.
"""

from __future__ import annotations

import ctypes
import os
import sys
import zlib
from collections.abc import Callable
from functools import lru_cache


@lru_cache(maxsize=1)
def libraries() -> str:
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


@lru_cache(maxsize=1)
def codecs() -> str:
    """The versions of the libraries that read, draw and write pictures. Pillow brings them along, or uses those of the
    machine."""
    from PIL import features

    asked = (
        *(("libjpeg", "jpg"), ("libwebp", "webp"), ("littlecms", "littlecms2")),
        *(("freetype in pillow", "freetype2"), ("zlib in pillow", "zlib")),
    )
    return "; ".join(f"{name} {features.version(own) or 'absent'}" for name, own in asked)


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
    """The version as FcGetVersion counts: 21401 is 2.14.1."""
    return str(ctypes.CDLL("libfontconfig.so.1").FcGetVersion())


@lru_cache(maxsize=1)
def folders() -> tuple[str, ...]:
    """The names of the folders that describe installed packages, such as `jinja2-3.1.6.dist-info`."""
    found: list[str] = []
    for place in sys.path:
        if place.endswith("-packages") and os.path.isdir(place):  # noqa: PTH112 - pathlib is slower here
            found += sorted(name for name in os.listdir(place) if name.endswith(".dist-info"))  # noqa: PTH208
    return tuple(found)


def version(package: str) -> str:
    """The installed version of a package. Raises PackageNotFoundError."""
    wanted = package.lower().replace("-", "_")
    for folder in folders():
        name, _, number = folder.removesuffix(".dist-info").partition("-")
        if name.lower().replace(".", "_") == wanted:
            return number
    from importlib.metadata import version as ask

    return ask(package)
