"""Finds out the versions of what is installed: packages, and the libraries they call.

Apart from `versions`, since a build that has nothing to do needs only this.
"""

from __future__ import annotations

import ctypes
import os
import sys
import zlib
from collections.abc import Callable
from functools import cache, lru_cache, partial
from importlib import import_module


def libraries() -> dict[str, str]:
    """Return the versions of the libraries that shape, draw and compress: `{name: version}`. Asking the libraries
    themselves takes no time; importing WeasyPrint for it would take half a second in every build."""
    return {name: _known(ask) for name, ask in LIBRARIES.items()}


def codecs() -> dict[str, str]:
    """Return the versions of the libraries that read, draw and write pictures: `{name: version}`. Pillow brings them
    along, or uses those of the machine."""
    return {name: _known(ask) for name, ask in CODECS.items()}


@cache
def _known(ask: Callable[[], str]) -> str:
    """Return the answer of `ask`; "absent" if the library does not exist."""
    try:
        return ask()
    except (OSError, AttributeError, ImportError):
        return "absent"


def _answer(library: str, function: str) -> str:
    """Return what a C function without arguments returns as a string."""
    ask = getattr(ctypes.CDLL(library), function)
    ask.restype = ctypes.c_char_p
    return str(ask().decode())


def _subset() -> str:
    """Return "present"; raises OSError if the library does not exist. WeasyPrint subsets fonts with it, and otherwise
    with fontTools; the files differ."""
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
    """Return the version as FcGetVersion counts: 21401 is 2.14.1."""
    return str(ctypes.CDLL("libfontconfig.so.1").FcGetVersion())


def _of_pillow(module: str, name: str) -> str:
    """Return what one of Pillow's C modules says about a library. Asking `PIL.features` takes five times as long: it
    imports much more."""
    return str(getattr(import_module(f"PIL.{module}"), name) or "absent")


LIBRARIES: dict[str, Callable[[], str]] = {
    "pango": partial(_answer, "libpango-1.0.so.0", "pango_version_string"),
    "harfbuzz": partial(_answer, "libharfbuzz.so.0", "hb_version_string"),
    "harfbuzz-subset": _subset,
    "freetype": _freetype,
    "fontconfig": _fontconfig,
    "zlib": lambda: zlib.ZLIB_RUNTIME_VERSION,
}
"""Returns the version of each library that lays out or compresses documents."""

CODECS: dict[str, Callable[[], str]] = {
    "libjpeg": partial(_of_pillow, "_imaging", "jpeglib_version"),
    "libjpeg-turbo": partial(_of_pillow, "_imaging", "libjpeg_turbo_version"),
    "libwebp": partial(_of_pillow, "_webp", "webpdecoder_version"),
    "littlecms": partial(_of_pillow, "_imagingcms", "littlecms_version"),
    "freetype in pillow": partial(_of_pillow, "_imagingft", "freetype2_version"),
    "zlib in pillow": partial(_of_pillow, "_imaging", "zlib_version"),
    "zlib-ng in pillow": partial(_of_pillow, "_imaging", "zlib_ng_version"),
}
"""Returns the version of each library that makes pictures."""


@lru_cache(maxsize=1)
def folders() -> tuple[str, ...]:
    """Return the names of the folders that describe installed packages, such as `jinja2-3.1.6.dist-info`."""
    names: list[str] = []
    for folder in sys.path:
        if folder.endswith("-packages") and os.path.isdir(folder):  # noqa: PTH112 - pathlib is slower here
            names += sorted(name for name in os.listdir(folder) if name.endswith(".dist-info"))  # noqa: PTH208
    return tuple(names)


def version(package: str) -> str:
    """Return the installed version of a package. Raises PackageNotFoundError."""
    number = _versions(folders()).get(package.lower().replace("-", "_"))
    if number is not None:
        return number
    from importlib.metadata import version as ask

    return ask(package)


@lru_cache(maxsize=1)
def _versions(described: tuple[str, ...]) -> dict[str, str]:
    """Return the versions of packages by name. If several folders describe a package, the first counts."""
    parts = (folder.removesuffix(".dist-info").partition("-") for folder in reversed(described))
    return {name.lower().replace(".", "_"): number for name, _, number in parts}
