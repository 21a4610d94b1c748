"""Lists the versions of everything that can change a byte: this program, Python, its packages, the fonts, and the
libraries below them on the machine. They are part of every recipe key."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
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
    **dict.fromkeys(("copy", "facts", "file", "files", "frozen", "handed"), ()),
    **dict.fromkeys(("lean", "script", "sums", "table", "written"), ()),
}
"""The packages that each maker uses, and those with which the content is read. A test compares it with the list of
installed packages, and with the makers."""

MAKERS = tuple(_PACKAGES)

_PRINTED = ("pdf", "one-page", "booklet")
_WITH_FONTS = ("page", "feed", "font", "share", *_PRINTED)

_BELOW: dict[str, Callable[[], dict[str, str]]] = {
    **dict.fromkeys(_PRINTED, libraries),
    **dict.fromkeys(("picture", "share"), codecs),
    "book": lambda: {"zlib": libraries()["zlib"]},
}
"""The libraries below the packages of a maker, which the packages find on the machine or bring along."""


def package_digest() -> str:
    """Return one digest of the package's own source: a changed program may make other bytes. It is the digest of the
    files when this process started."""
    return _SOURCE


def _source() -> str:
    """Return the digest of the package's source files."""
    total = hashlib.sha256()
    package = Path(__file__).parent
    names = (name for name, _ in walk(package, without=("__pycache__",)) if name.endswith((".py", ".conf")))
    for name in sorted(names):
        with open(f"{package}/{name}", "rb") as file:  # noqa: PTH123 - hundreds at each start, pathlib is slower
            total.update(name.encode() + file.read())
    return total.hexdigest()


_SOURCE = _source()


def tools() -> str:
    """Return everything whose version can change a byte, as lines `name version`."""
    from gazette.fonts.typeface import load_fonts

    versions = tools_of(*MAKERS, fonts=load_fonts().digest)
    return "\n".join(f"{name} {version}" for name, version in versions.items())


def tools_of(*makers: str, fonts: str) -> dict[str, str]:
    """Return the versions of what the `makers` use: `{name: version}`. `fonts` is the digest of the bundled fonts,
    which may differ in the next build of the same process."""
    versions: dict[str, str] = {}
    for maker in makers:
        versions |= _tools(maker)
        if maker in _WITH_FONTS:
            versions["fonts"] = fonts
    return versions


def _tools(maker: str) -> dict[str, str]:
    """Return the versions of what a maker uses, without fonts."""
    versions = {"gazette": VERSION, "python": ".".join(map(str, sys.version_info[:3]))}
    versions |= {name: version(name) for name in _PACKAGES[maker]}
    return versions | _BELOW[maker]() if maker in _BELOW else versions
