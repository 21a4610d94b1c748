"""The stamps: the part of its digest that each file which pages load carries in its address.

A browser that keeps files for a day asks for another address at once. What a page loads is known last, since the
heading font holds the characters of all units' names; so pages are rendered with the stamps of the build before. Where
one is another in the end, it takes the place of the old one in every page, and no page is rendered again.

No key holds the stamps. What takes their place in all keys is that the pages of an output folder all carry those that
are noted with it, in the same transaction.
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
"""What pages load. The heading font is loaded by the style sheet."""

LENGTH = 10
"""So many hexadecimal digits: files of one address are at most some thousands in all their life."""

_NOTE = "stamps"

_BEFORE, _AFTER = b"?v=", pattern(rb'[0-9a-f]{%d}"' % LENGTH)
_ADDRESS = pattern(rf' (?:href|src|data-[a-z-]+)="(?:[^":?#]*/)?({"|".join(LOADED)})'.encode())
"""An address in a page is this, with a stamp between both. A link of the content cannot look like it: it has a scheme,
or leads to a page. (`rendering/attributes.py` finds what addresses say; here bytes are changed at their places, also
those of `data-` attributes.)"""


def stamp_of(digest: str) -> str:
    """What an address carries of a SHA-256 (hexadecimal)."""
    return digest[:LENGTH]


def last_stamps(output: Output) -> dict[str, str]:
    """The stamps that the pages of an output folder carry, by path; zeros for what was never there."""
    known = json.loads(output.database.meta.get(_NOTE) or "{}")
    return {path: known.get(path, "0" * LENGTH) for path in LOADED}


def renew(output: Output, before: Mapping[str, str], outcome: Outcome) -> dict[str, tuple[Reason, ...]]:
    """Every page staged with the stamps of the files as they will be, if one is another than `before`, with what the
    build did so far. Pages that another hand altered or deleted are left to the build that makes them again. Returns
    the reasons for the pages that nothing else made, by path."""
    files, changes = output.files, output.changes
    now = {**before, **{path: stamp_of(changes.digest_of(path)) for path in LOADED if changes.has(path)}}
    if now == before:
        return {}
    output.database.meta.set(_NOTE, json.dumps(now))
    behind = (reason for path in LOADED if now[path] != before[path] for reason in outcome.why.get(path, ()))
    reasons = tuple(reason._replace(way="stamp") for reason in once(behind))
    found = {}
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
            own = files.records[path]
            origin = Origin(own.unit, own.kind, own.key, as_text(reasons), own.stated)
            found[path] = reasons
        changes.stage(path, renewed, origin)
    return found


def with_stamps(page: bytes, stamps: Mapping[str, str]) -> bytes:
    """A page whose addresses carry these stamps in place of those that they carry."""
    pieces = page.split(_BEFORE)  # there are few, and a page is long
    for place, before in enumerate(pieces[:-1], 1):
        address = _ADDRESS.fullmatch(before, max(before.rfind(b" "), 0))
        if address and _AFTER.match(pieces[place]):
            pieces[place] = stamps[address[1].decode()].encode() + pieces[place][LENGTH:]
    return _BEFORE.join(pieces)
