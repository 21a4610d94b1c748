"""The versions of all that can change a byte: this program, Python, its packages, the fonts, and what lies below
them on the machine. They are part of every key."""

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
"""The packages that each maker uses, and those with which the content is read. A test holds it against the list of all
that is installed, and against the makers."""

MAKERS = tuple(_PACKAGES)

_PRINTED = ("pdf", "one-page", "booklet")
_WITH_FONTS = ("page", "feed", "font", "share", *_PRINTED)

_BELOW: dict[str, Callable[[], dict[str, str]]] = {
    **dict.fromkeys(_PRINTED, libraries),
    **dict.fromkeys(("picture", "share"), codecs),
    "book": lambda: {"zlib": libraries()["zlib"]},
}
"""What lies below the packages that a maker uses: these find it on the machine, or bring it along."""


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
    """The versions of what some makers use, by name; `fonts` is the digest of the bundled fonts, which may be others in
    the next build of the same process."""
    found: dict[str, str] = {}
    for maker in makers:
        found |= _tools(maker)
        if maker in _WITH_FONTS:
            found["fonts"] = fonts
    return found


def _tools(maker: str) -> dict[str, str]:
    found = {"gazette": VERSION, "python": ".".join(map(str, sys.version_info[:3]))}
    found |= {name: version(name) for name in _PACKAGES[maker]}
    return found | _BELOW[maker]() if maker in _BELOW else found
