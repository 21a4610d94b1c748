"""Lists what a web server gets besides the site, in release folders: files that pages load at permanent addresses, and
the list of moved pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from gazette.building.stamps import stamp_of
from gazette.model.published.snapshots import Entry
from gazette.publishing.gates import unpacked
from gazette.publishing.headers import plain_path
from gazette.site.routes import route

VERSIONS, MOVED = "static/v", "moved.map"

_LOADED = "static/"
_HEAD = b"# address before -> address now; settings for nginx and Apache read it: docs/webserver\n"


def for_web_server(folder: Path, digests: Mapping[str, str], packed: Mapping[str, Path]) -> dict[str, Path]:
    """Return the files that pages load, and their compressed forms (`packed`), a second time: below `VERSIONS` and the
    part of the digest that their addresses carry.

    So a page of the last release still gets its own style when the next one is public, and a file that a browser caches
    for a year never belongs to another page. `folder` holds the files of the site; `digests` is `{path: SHA-256}`.
    """
    sources = {path: folder / path for path in digests} | dict(packed)
    return {
        f"{VERSIONS}/{stamp_of(digests[plain_path(path)])}/{path.removeprefix(_LOADED)}": source
        for path, source in sources.items()
        if path.startswith(_LOADED)
    }


def moved(snapshot: bytes, languages: Iterable[str], paths: Iterable[str]) -> bytes:
    """Return the list of moved pages, a line `BEFORE NOW;` each, for a site with these `paths` and `languages` (codes).

    The former addresses come from the `snapshot` of the manifest. nginx reads the lines as a map, Apache as a
    RewriteMap whose values end in `;`.
    """
    existing, spoken, entries = {*paths}, [*languages], unpacked(snapshot) or {}
    moves = {
        (before, now)
        for entry in entries.values()
        for language in spoken
        for before, now in _moves(entry, language)
        if before in existing and now in existing
    }
    return _HEAD + b"".join(f"{before} {now};\n".encode() for before, now in sorted(moves))


def _moves(entry: Entry, language: str) -> Iterator[tuple[str, str]]:
    """Yield the former addresses of a page, each with the present one; nothing for what has no page of its own."""
    kind = entry.of or ("notice" if entry.is_notice else "unit" if entry.is_unit else "pledge")
    for former in entry.values("formerly"):
        try:
            yield route(f"{kind}:{former}", language), route(f"{kind}:{entry.id}", language)
        except KeyError:
            return
