"""The versions of all that can change a byte: this program, Python, its packages, the fonts, and what lies below
them on the machine. They are part of every key."""

from __future__ import annotations

import ctypes
import hashlib
import os
import sys
import zlib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from gazette import VERSION

_CONTENT = ("msgspec", "pyyaml")
_PAGE = ("babel", "jinja2", "markdown-it-py", "markupsafe", "mdurl", "pyphen", "segno", "uharfbuzz")
_FONT = ("brotli", "fonttools", "uharfbuzz")
_DOCUMENT = (
    *_PAGE,
    "brotli",
    "cffi",
    "cssselect2",
    "fonttools",
    "pillow",
    "pydyf",
    "tinycss2",
    "tinyhtml5",
    "weasyprint",
    "webencodings",
    "zopfli",
)
_BOOKLET = (*sorted({*_DOCUMENT, "lxml", "packaging", "pikepdf"}),)
_PRINTED = ("pdf", "one-page", "booklet")

_PACKAGES: dict[str, tuple[str, ...]] = {
    "content": _CONTENT,
    "page": _PAGE,
    "text": ("jinja2", "markupsafe"),
    "style": ("jinja2", "markupsafe"),
    "font": _FONT,
    "pdf": _DOCUMENT,
    "one-page": _DOCUMENT,
    "booklet": _BOOKLET,
}
"""What a maker uses, and what reads the content. A test holds it against the list of all that is installed."""

MAKERS = tuple(_PACKAGES)


def package_digest() -> str:
    """One digest over the package's own source: another program may make other bytes. It is that of the files when
    this process began."""
    return _SOURCE


def _source() -> str:
    total = hashlib.sha256()
    package = Path(__file__).parent
    for path in sorted([*package.rglob("*.py"), *package.rglob("*.conf")]):
        total.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    return total.hexdigest()


_SOURCE = _source()


def tools() -> str:
    """Everything whose version can change a byte, a line each."""
    return "\n".join(f"{name} {version}" for name, version in tools_of(*MAKERS).items())


def tools_of(*makers: str) -> dict[str, str]:
    """The versions of what some makers use, by name."""
    found = (tool.rpartition(" ") for maker in makers for tool in tools_text(maker).split("; "))
    return {name: version for name, _, version in found}


def tools_text(maker: str) -> str:
    """The versions of what a maker uses, as a key has them."""
    return f"{_installed(maker)}{_fonts(maker)}"


@lru_cache(maxsize=16)
def _installed(maker: str) -> str:
    found = [f"gazette {VERSION}", f"python {'.'.join(map(str, sys.version_info[:3]))}"]
    found += [f"{name} {version(name)}" for name in _PACKAGES.get(maker, ())]
    if maker in _PRINTED:
        found.append(libraries())
    return "; ".join(found)


def _fonts(maker: str) -> str:
    """The bundled fonts, which may be others in the next build of the same process."""
    if maker not in ("page", "font", *_PRINTED):
        return ""
    from gazette.fonts.typeface import digest

    return f"; fonts {digest()}"


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


# ── what is installed ────────────────────────────────────────────────────────


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
