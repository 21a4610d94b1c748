"""Defines the HTTP headers of a file: its type, its content encoding, and how long a browser may cache it."""

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
"""The media type of a file, by its ending. The system's own list differs from machine to machine."""

PACKED = {".gz": "gzip", ".br": "br"}
"""The endings of compressed forms beside text files, with their names in HTTP (RFC 9110, 8.4.1)."""

_FEED = "application/atom+xml"
_TEXTS = ("application/json", "application/ld+json", "application/xml", "image/svg+xml", _FEED)

_REVALIDATED = "no-cache"
"""May be cached, but a browser asks each time: so a page and its data are current, and are not sent again if
unchanged."""

_LOADED = "public, max-age=86400"
"""Pages request these files with a part of their digest in the address, but the store has one file for all such
addresses: while a release is being published or taken back, the address of one release can return the style of another.
Therefore one day, and not `immutable`."""


def plain_path(path: str) -> str:
    """Return the path of the file that a compressed form was made from; any other path as it is."""
    for ending in PACKED:
        path = path.removesuffix(ending)
    return path


def content_type(path: str) -> str:
    """Return the `Content-Type` of a file of the site; of a compressed form, that of its source."""
    plain = plain_path(path)
    if plain.rpartition("/")[2] == "feed.xml":
        return _FEED
    return TYPES.get(plain.rpartition(".")[2], "application/octet-stream")


def content_encoding(path: str) -> str:
    """Return the `Content-Encoding` of a file; "" if it is not compressed."""
    return next((name for ending, name in PACKED.items() if path.endswith(ending)), "")


def cache_control(path: str) -> str:
    """Return the `Cache-Control` of a file."""
    return _LOADED if path.startswith("static/") else _REVALIDATED


def is_text(path: str) -> bool:
    """Return whether compressing a file pays: it is text, and not compressed yet."""
    kind = content_type(path)
    return plain_path(path) == path and (kind.startswith("text/") or kind in _TEXTS)
