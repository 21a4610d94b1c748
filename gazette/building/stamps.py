"""Keeps the stamps up to date: the part of its digest that the address of each file loaded by pages carries.

Browsers keep loaded files for a day; a new address makes them load a changed file at once. What a page loads is
complete only at the end, since the heading font holds the characters of all units' names. So pages are rendered with
the stamps of the build before. If a stamp changes, it is replaced in every page, and no page is rendered again.

No recipe key holds the stamps. Instead, all pages of an output folder carry the stamps recorded with it, in the same
transaction.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from gazette.building.causes import Reason, as_text, once
from gazette.building.output import Output
from gazette.building.output_changes import Origin
from gazette.building.reasons import Outcome
from gazette.lazy_re import pattern

LOADED = (
    *("static/ledger.css", "static/embed.css", "static/overview.css", "static/reading.css", "static/site.css"),
    "static/icon.svg",
    "static/compare.js",
    *("static/ledger.js", "static/ledger-tables.js", "static/search.js", "static/site.js", "static/terms.js"),
)
"""The files that pages load. The heading font is loaded by the style sheet."""

LENGTH = 10
"""Hexadecimal digits: in all its life, one address has at most some thousands of versions."""

_NOTE = "stamps"

_BEFORE, _AFTER = b"?v=", pattern(rb'[0-9a-f]{%d}"' % LENGTH)
_ADDRESS = pattern(rf' (?:href|src|data-[a-z-]+)="(?:[^":?#]*/)?({"|".join(LOADED)})'.encode())
"""Matches an address in a page up to its stamp. A link of the content cannot match: it has a scheme, or leads to a
page. (`rendering/attributes.py` finds what addresses say; here bytes are changed in place, also those of `data-`
attributes.)"""


def stamp_of(digest: str) -> str:
    """Return the stamp of a file with this SHA-256 (hexadecimal)."""
    return digest[:LENGTH]


def last_stamps(output: Output) -> dict[str, str]:
    """Return the stamps in the pages of an output folder: `{path: stamp}`, zeros for files that never existed."""
    recorded = json.loads(output.database.meta.get(_NOTE) or "{}")
    return {path: recorded.get(path, "0" * LENGTH) for path in LOADED}


def renew(output: Output, before: Mapping[str, str], outcome: Outcome) -> dict[str, tuple[Reason, ...]]:
    """If a stamp differs from `before`, stage every page with the current stamps. `outcome` is what the build did so
    far. Pages that someone else changed or deleted are left to the build that makes them again. Return the reasons for
    the pages that were not made otherwise, by path."""
    files, changes = output.files, output.changes
    now = {**before, **{path: stamp_of(changes.digest_of(path)) for path in LOADED if changes.has(path)}}
    if now == before:
        return {}
    output.database.meta.set(_NOTE, json.dumps(now))
    behind = (reason for path in LOADED if now[path] != before[path] for reason in outcome.why.get(path, ()))
    reasons = tuple(reason._replace(way="stamp") for reason in once(behind))
    reasons_by_path = {}
    records = (path for path in files.records.keys() - {*outcome.gone} if not files.tampering(path))
    for path in sorted({*changes.staged, *records}):
        if not path.endswith(".html"):
            continue
        page = changes.read(path)
        renewed = with_stamps(page, now)
        if renewed == page:
            continue
        if path in changes.staged:
            origin = changes.staged[path].origin
        else:
            record = files.records[path]
            origin = Origin(record.unit, record.kind, record.key, as_text(reasons), record.stated)
            reasons_by_path[path] = reasons
        changes.stage(path, renewed, origin)
    return reasons_by_path


def with_stamps(page: bytes, stamps: Mapping[str, str]) -> bytes:
    """Return a page with its stamps replaced. `stamps`: `{path: stamp}`."""
    pieces = page.split(_BEFORE)  # fast: stamps are few, and pages long
    for index, before in enumerate(pieces[:-1], 1):
        address = _ADDRESS.fullmatch(before, max(before.rfind(b" "), 0))
        if address and _AFTER.match(pieces[index]):
            pieces[index] = stamps[address[1].decode()].encode() + pieces[index][LENGTH:]
    return _BEFORE.join(pieces)
