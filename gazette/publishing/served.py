"""What a web server is given beside the site, in release folders: files that pages load at addresses that never come to
mean others, and the list of the pages that moved."""

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
    """The files that pages load, and their `packed` forms, once more: below `VERSIONS` and the part of the digest that
    their addresses carry. So a page of the last release still gets its own style when the next one is public, and what
    a browser keeps for a year is never the style of another page. The files of the site lie in a `folder`; `digests`
    has their SHA-256 by path."""
    sources = {path: folder / path for path in digests} | dict(packed)
    return {
        f"{VERSIONS}/{stamp_of(digests[plain_path(path)])}/{path.removeprefix(_LOADED)}": source
        for path, source in sources.items()
        if path.startswith(_LOADED)
    }


def moved(snapshot: bytes, languages: Iterable[str], paths: Iterable[str]) -> bytes:
    """The list of the pages that moved: a line `BEFORE NOW;` for each, both as paths of a site with these `paths` in
    these `languages` (codes), whose manifest carries the `snapshot`. nginx reads it as the lines of a map, Apache as a
    RewriteMap whose values end in `;`."""
    there, spoken, entries = {*paths}, [*languages], unpacked(snapshot) or {}
    found = {
        (before, now)
        for entry in entries.values()
        for language in spoken
        for before, now in _moves(entry, language)
        if before in there and now in there
    }
    return _HEAD + b"".join(f"{before} {now};\n".encode() for before, now in sorted(found))


def _moves(entry: Entry, language: str) -> Iterator[tuple[str, str]]:
    """The addresses that a page had, each with the one that it has; nothing for what has no page of its own."""
    kind = entry.of or ("notice" if entry.is_notice else "unit" if entry.is_unit else "pledge")
    for former in entry.values("formerly"):
        try:
            yield route(f"{kind}:{former}", language), route(f"{kind}:{entry.id}", language)
        except KeyError:
            return
