"""The versions of all that can change a byte: this program, Python, its packages, the fonts, and what lies below
them on the machine. They are part of every key."""

from __future__ import annotations

import hashlib
import sys
import zlib
from functools import lru_cache
from pathlib import Path

from gazette import VERSION
from gazette.files.walk import walk
from gazette.installed import codecs, libraries, version

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
    "feed": _PAGE,
    "style": ("jinja2", "markupsafe", "rcssmin"),
    "font": _FONT,
    "pdf": _DOCUMENT,
    "one-page": _DOCUMENT,
    "booklet": _BOOKLET,
    "picture": ("pillow",),
    "book": ("xlsxwriter",),
    "share": ("babel", "pillow", "uharfbuzz"),
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
    names = (name for name, _ in walk(package, without=("__pycache__",)) if name.endswith((".py", ".conf")))
    for name in sorted(names):
        with open(f"{package}/{name}", "rb") as file:  # noqa: PTH123 - hundreds at each start, pathlib is slower
            total.update(name.encode() + file.read())
    return total.hexdigest()


_SOURCE = _source()


def tools() -> str:
    """Everything whose version can change a byte, a line each."""
    from gazette.fonts.typeface import load_fonts

    versions = tools_of(*MAKERS, fonts=load_fonts().digest)
    return "\n".join(f"{name} {version}" for name, version in versions.items())


def tools_of(*makers: str, fonts: str) -> dict[str, str]:
    """The versions of what some makers use, by name; `fonts` is the digest of the bundled fonts."""
    found = (tool.rpartition(" ") for maker in makers for tool in tools_text(maker, fonts).split("; "))
    return {name: version for name, _, version in found}


def tools_text(maker: str, fonts: str) -> str:
    """The versions of what a maker uses, as a key has them; `fonts` is the digest of the bundled fonts, which may be
    others in the next build of the same process."""
    with_fonts = maker in ("page", "feed", "font", "share", *_PRINTED)
    return f"{_installed(maker)}; fonts {fonts}" if with_fonts else _installed(maker)


@lru_cache(maxsize=16)
def _installed(maker: str) -> str:
    found = [f"gazette {VERSION}", f"python {'.'.join(map(str, sys.version_info[:3]))}"]
    found += [f"{name} {version(name)}" for name in _PACKAGES.get(maker, ())]
    if maker in _PRINTED:
        found.append(libraries())
    elif maker in ("picture", "share"):
        found.append(codecs())
    elif maker == "book":
        found.append(f"zlib {zlib.ZLIB_RUNTIME_VERSION}")
    return "; ".join(found)
