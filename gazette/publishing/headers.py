"""What a web server says of a file: its type, how its bytes are packed, and how long a browser may keep it."""

from __future__ import annotations

TYPES = {
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml",
    "zip": "application/zip",
}
"""What a file is, by its ending. The system's own list is another on every machine."""

PACKED = {".gz": "gzip", ".br": "br"}
"""The endings of the packed forms that lie beside text files, and what HTTP calls them (RFC 9110, 8.4.1)."""

_FEED = "application/atom+xml"
_TEXTS = ("application/json", "application/ld+json", "application/xml", "image/svg+xml", _FEED)

_REVALIDATED = "no-cache"
"""May be kept, and is asked about each time: a page and its data are those of today, or nothing is sent again."""

_LOADED = "public, max-age=86400"
"""Pages ask for these with a part of their digest in the address, but the store has one file for all such addresses:
while a release comes or is taken back, a page of one can get the style of another under its own address. Therefore a
day, and not `immutable`."""


def plain_path(path: str) -> str:
    """The path of what a packed form is the form of; the path itself for anything else."""
    for ending in PACKED:
        path = path.removesuffix(ending)
    return path


def content_type(path: str) -> str:
    """The type of a file of the site, as in `Content-Type`; of a packed form that of what it is the form of."""
    plain = plain_path(path)
    if plain.rpartition("/")[2] == "feed.xml":
        return _FEED
    return TYPES.get(plain.rpartition(".")[2], "application/octet-stream")


def content_encoding(path: str) -> str:
    """How the bytes of a file are packed, as in `Content-Encoding`; empty for those that are not."""
    return next((name for ending, name in PACKED.items() if path.endswith(ending)), "")


def cache_control(path: str) -> str:
    """How long a browser may keep a file without asking, as in `Cache-Control`."""
    return _LOADED if path.startswith("static/") else _REVALIDATED


def is_text(path: str) -> bool:
    """Whether packing pays for a file: it is text, and not packed."""
    kind = content_type(path)
    return plain_path(path) == path and (kind.startswith("text/") or kind in _TEXTS)
