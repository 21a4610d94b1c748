"""Maps references such as `unit:jiangxia` to addresses inside the site."""

from __future__ import annotations

from functools import lru_cache

from gazette.model.records.content import POLICIES
from gazette.model.records.evidence_files import FOLDER as EVIDENCE
from gazette.model.records.site import Language

PAGES = {
    "home": "index.html",
    "units": "units.html",
    "compare": "compare.html",
    "themes": "themes.html",
    "programmes": "programmes.html",
    "ledger": "ledger.html",
    "deadlines": "deadlines.html",
    "status": "status.html",
    "changes": "changes.html",
    "glossary": "glossary.html",
    "phrases": "phrases.html",
    "about": "about.html",
    "method": "method.html",
    "downloads": "downloads.html",
    "dictionary": "dictionary.html",
    "editions": "editions.html",
    "notices": "notices.html",
    "search": "search.html",
    **{policy: f"{policy}.html" for policy in POLICIES},
}
"""`{name: file}` of the pages that each language has."""

SOMETIMES = ("changes", "editions", "notices", "phrases")
"""Pages of which only the whole site knows whether they have content. Empty ones are not made: portals are marked down
for empty columns. (Programmes, glossary and policies: `shared_pages.page_paths`.)"""

DOCUMENTS = {
    "bulletin": "bulletin.pdf",
    "brief": "brief.pdf",
    "official": "bulletin-official.pdf",
    "booklet": "booklet.pdf",
}
"""`{name: file}` of the printed documents that a language has."""

WITH_PICTURES = ("bulletin", "booklet", "official", "notice-print")
"""The documents that print pictures of evidence next to what they prove. The parallel edition prints them once, below
its columns; a sheet has one page for all pledges, and says where they are shown."""

SHARED = {"share": "share.png", "share-square": "share-square.png"}
"""The city's pictures for links to the site that readers share."""

NOT_FOUND = "404.html"
"""The page that a web server sends for unknown addresses, at the root and in each language."""

SUMS = "sha256sums.txt"
"""The file with the digests of the files handed out."""

OFFICIAL = ("Hans",)
"""The scripts that have an official edition: GB/T 9704 is one country's standard for one script."""

PARALLEL = "bulletin-parallel.pdf"
"""The printed document in all languages."""

FROZEN = "editions/"
"""The folder of frozen editions. Their files are copied, never made."""

REMEMBERED = 4096
"""The number of addresses cached. Those of one unit are asked for repeatedly."""

_OF_UNITS = (
    *("unit:", "pledge:", "sheet:", "unit-data:", "pledge-data:"),
    *("share:", "share-square:", "embed:", "oembed:"),
)
"""Prefixes of references to the files of units."""

_PARTS = ("ledger-part:", "units-part:", "compare-part:")
"""Prefixes of references to the parts into which the pages of a large city are divided."""

_EVIDENCE = f"file:{EVIDENCE}/"
"""Prefix of references to evidence files."""

_KINDS = {
    "unit": "districts/{id}.html",
    "pledge": "pledges/{id}.html",
    "sheet": "sheets/{id}.pdf",
    "embed": "embed/{id}.html",
    "oembed": "embed/{id}.json",
    "share": "share/{id}.png",
    "share-square": "share/square/{id}.png",
    "theme": "themes/{id}.html",
    "programme": "programmes/{id}.html",
    "notice": "notices/{id}.html",
    "notice-print": "notices/{id}.pdf",
    "ledger-part": "ledger-{id}.html",
    "units-part": "units-{id}.html",
    "compare-part": "compare-{id}.html",
    "term": "glossary.html#{id}",
}

_DATA = {"unit-data": "data/units/{id}.json", "pledge-data": "data/pledges/{id}.json"}
"""Files that are the same in all languages."""

DATA_PACKAGE, CATALOGUE, BOOK = "data/datapackage.json", "data/catalog.jsonld", "data/ledger.xlsx"
"""The descriptions of all tables, and the workbook that holds them all."""

SCHEMAS = {"unit": "data/schemas/unit.json", "pledge": "data/schemas/pledge.json"}
"""The schemas of a unit's file and of a pledge's."""

FEED, CALENDAR = "feed.xml", "deadlines.ics"
"""The files that each language offers for subscription."""

_SUBSCRIBED = {"feed": FEED, "calendar": CALENDAR}


def documents_of(language: Language) -> tuple[str, ...]:
    """The names of the documents that a language has."""
    return tuple(name for name in DOCUMENTS if name != "official" or language.script in OFFICIAL)


@lru_cache(maxsize=REMEMBERED)
def route(ref: str, language: str) -> str:
    """The path from the site's root for a reference, with its anchor.

    `unit:jiangxia` leads to `zh/districts/jiangxia.html`, `ledger` and `page:ledger` to `zh/ledger.html`,
    `file:data/pledges.csv` to `data/pledges.csv`; `index` is the home page; `NAME#anchor` keeps its anchor. Raises
    KeyError for an unknown reference.
    """
    kind, colon, rest = ref.partition(":")
    if colon and kind == "file":
        return rest
    if colon and kind in _KINDS:
        id, hash_, anchor = rest.partition("#")
        return f"{language}/{_KINDS[kind].format(id=id)}{hash_}{anchor}"
    if colon and kind in _DATA:
        return _DATA[kind].format(id=rest)
    name, hash_, anchor = (rest if kind == "page" else ref).partition("#")
    if name == "parallel":
        return f"{PARALLEL}{hash_}{anchor}"
    file = DOCUMENTS.get(name) or _SUBSCRIBED.get(name) or SHARED.get(name)
    file = file or PAGES["home" if name == "index" else name]
    return f"{language}/{file}{hash_}{anchor}"


def ledger_rows(language: str, part: int) -> str:
    """The path of the rows that the ledger's script fetches, next to the page: of one `part`, or of all (0)."""
    return f"{language}/ledger-{part}.js"


def is_of_unit(ref: str) -> bool:
    """True if the reference leads to a file of a unit. Only the whole site knows whether it exists."""
    return ref.startswith(_OF_UNITS)


def may_be_absent(ref: str) -> bool:
    """True if only the whole site knows whether the target of the reference exists."""
    return is_of_unit(ref) or ref.partition("#")[0] in SOMETIMES or ref.startswith((_EVIDENCE, *_PARTS))


def stamped(path: str, stamp: str) -> str:
    """The address with a `stamp` from the file's digest, so that browsers take other bytes for another file."""
    return f"{path}?v={stamp}"


def relative(path: str, start: str) -> str:
    """`path`, with its anchor, as a link in the page `start`. Both are paths from the site's root."""
    target, hash_, anchor = path.partition("#")
    if target == start and hash_:
        return f"#{anchor}"
    return _way(target, start.rpartition("/")[0]) + hash_ + anchor


@lru_cache(maxsize=REMEMBERED)
def _way(target: str, folder: str) -> str:
    here, target_steps = folder.split("/") if folder else [], target.split("/")
    shared = 0
    while shared < len(here) and shared < len(target_steps) - 1 and here[shared] == target_steps[shared]:
        shared += 1
    return "../" * (len(here) - shared) + "/".join(target_steps[shared:])
