"""Finds the versions of installed packages and of the libraries that they call.

Separate from `versions`, because a build with nothing to do needs only these.
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
    """The versions of the libraries that shape, draw and compress, which are part of every document's key. The
    libraries are asked directly, because importing WeasyPrint would cost half a second in every build."""
    asked: tuple[tuple[str, Callable[[], str]], ...] = (
        ("pango", lambda: _answer("libpango-1.0.so.0", "pango_version_string")),
        ("harfbuzz", lambda: _answer("libharfbuzz.so.0", "hb_version_string")),
        ("harfbuzz-subset", _subset),
        ("freetype", _freetype),
        ("fontconfig", _fontconfig),
        ("zlib", lambda: zlib.ZLIB_RUNTIME_VERSION),
    )
    versions = []
    for name, ask in asked:
        try:
            versions.append(f"{name} {ask()}")
        except (OSError, AttributeError):
            versions.append(f"{name} absent")
    return "; ".join(versions)


@lru_cache(maxsize=1)
def codecs() -> str:
    """The versions of the libraries that read, draw and write pictures, whether Pillow brings them or the machine has
    them."""
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
    """ "present" if the library exists. WeasyPrint then subsets fonts with it, otherwise with fontTools, which gives
    other bytes. Raises OSError if it is absent."""
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
    names: list[str] = []
    for place in sys.path:
        if place.endswith("-packages") and os.path.isdir(place):  # noqa: PTH112 - pathlib is slower here
            names += sorted(name for name in os.listdir(place) if name.endswith(".dist-info"))  # noqa: PTH208
    return tuple(names)


def version(package: str) -> str:
    """The installed version of a package. Raises PackageNotFoundError."""
    wanted = package.lower().replace("-", "_")
    for folder in folders():
        name, _, number = folder.removesuffix(".dist-info").partition("-")
        if name.lower().replace(".", "_") == wanted:
            return number
    from importlib.metadata import version as ask

    return ask(package)
