"""The addresses: what a reference such as `unit:jiangxia` leads to inside the site."""

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
"""Pages of which each language has one."""

SOMETIMES = ("changes", "editions", "notices", "phrases")
"""Those of them of which only the whole site says whether there is anything to show: portals are marked down for empty
columns. (Programmes, glossary and policies: `shared_pages.page_paths`.)"""

DOCUMENTS = {
    "bulletin": "bulletin.pdf",
    "brief": "brief.pdf",
    "official": "bulletin-official.pdf",
    "booklet": "booklet.pdf",
}
"""Printed documents of which a language has one."""

WITH_PICTURES = ("bulletin", "booklet", "official", "notice-print")
"""The documents that print pictures of evidence below what these prove. The edition in all languages has them once,
below its columns; a sheet, on whose one page all pledges stand, says where they are seen."""

SHARED = {"share": "share.png", "share-square": "share-square.png"}
"""The pictures that stand beside a link to the site where it is shared: those of the city."""

NOT_FOUND = "404.html"
"""What a web server sends for an address at which nothing is: at the root, and in each language."""

SUMS = "sha256sums.txt"
"""The digests of what is handed out."""

OFFICIAL = ("Hans",)
"""The scripts of which there is an official edition: GB/T 9704 is the standard of one country, for one of them."""

PARALLEL = "bulletin-parallel.pdf"
"""The printed document that speaks all languages."""

FROZEN = "editions/"
"""The folder of what was frozen: these files are copied, never made."""

REMEMBERED = 4096
"""Addresses come again and again, first of all those of one unit."""

_OF_UNITS = (
    *("unit:", "pledge:", "sheet:", "unit-data:", "pledge-data:"),
    *("share:", "share-square:", "embed:", "oembed:"),
)
"""References to the files of units."""

_PARTS = ("ledger-part:", "units-part:", "compare-part:")
"""References to the parts that pages of a large city are in."""

_EVIDENCE = f"file:{EVIDENCE}/"
"""References to the files of evidence."""

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
"""The files that speak all languages."""

DATA_PACKAGE, CATALOGUE, BOOK = "data/datapackage.json", "data/catalog.jsonld", "data/ledger.xlsx"
"""What describes all tables together, and the workbook with all of them."""

SCHEMAS = {"unit": "data/schemas/unit.json", "pledge": "data/schemas/pledge.json"}
"""What describes the file of a unit, and that of a pledge."""

FEED, CALENDAR = "feed.xml", "deadlines.ics"
"""What each language has to subscribe to."""

_SUBSCRIBED = {"feed": FEED, "calendar": CALENDAR}


def documents_of(language: Language) -> tuple[str, ...]:
    """The documents that a language has."""
    return tuple(name for name in DOCUMENTS if name != "official" or language.script in OFFICIAL)


@lru_cache(maxsize=REMEMBERED)
def route(ref: str, language: str) -> str:
    """The path of `ref` from the root of the site, with its anchor: `zh/districts/jiangxia.html`, `zh/ledger.html`,
    `data/pledges.csv` for `file:data/pledges.csv`. `page:NAME` and `NAME` are the same; `index` is the home page;
    `NAME#anchor` keeps its anchor. An unknown reference raises KeyError.
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
    """The path of what the script of the ledger fetches, beside the page: of a part, or (0) of all parts."""
    return f"{language}/ledger-{part}.js"


def is_of_unit(ref: str) -> bool:
    """Whether a reference leads to a file of a unit. Whether that exists is known only where all units are."""
    return ref.startswith(_OF_UNITS)


def may_be_absent(ref: str) -> bool:
    """Whether what a reference leads to exists is known only where the whole site is."""
    return is_of_unit(ref) or ref.partition("#")[0] in SOMETIMES or ref.startswith((_EVIDENCE, *_PARTS))


def stamped(path: str, stamp: str) -> str:
    """The address of a file whose `stamp` is a part of its digest: for a browser, other bytes are another file."""
    return f"{path}?v={stamp}"


def relative(path: str, start: str) -> str:
    """`path` (with its anchor) as a link in the page `start`; both from the root of the site."""
    target, hash_, anchor = path.partition("#")
    if target == start and hash_:
        return f"#{anchor}"
    return _way(target, start.rpartition("/")[0]) + hash_ + anchor


@lru_cache(maxsize=REMEMBERED)
def _way(target: str, folder: str) -> str:
    here, there = folder.split("/") if folder else [], target.split("/")
    shared = 0
    while shared < len(here) and shared < len(there) - 1 and here[shared] == there[shared]:
        shared += 1
    return "../" * (len(here) - shared) + "/".join(there[shared:])
