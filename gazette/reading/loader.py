"""Opens a content folder: reads, decodes and checks its files."""

from __future__ import annotations

import datetime
import hashlib
import re
from pathlib import Path

import msgspec
from msgspec.structs import replace

from gazette.files.cache import NO_CACHE, Cache
from gazette.files.known_digests import KnownDigests
from gazette.fonts.typeface import PrintFonts, load_fonts
from gazette.messages.problems import ContentError, Problem
from gazette.model.forms.base_address import base_address
from gazette.model.forms.values import LANGUAGE_PATTERN
from gazette.model.records.content import SharedContent
from gazette.model.records.editions import Edition
from gazette.model.records.shared import Glossary, Programmes, Themes
from gazette.model.records.site import Site
from gazette.model.records.stale_texts import StaleText
from gazette.reading.articles import check_article, open_articles
from gazette.reading.content_files import FILES, OPTIONAL, check_places, unit_files, units_meant
from gazette.reading.destinations import read_destinations
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.evidence_files import read_files
from gazette.reading.file_reader import decode_node, read_nodes, read_record
from gazette.reading.files.listing import OF_SHARED, TRANSLATIONS, Listing
from gazette.reading.loaded_content import LoadedContent, Shared
from gazette.reading.notices import load_notices
from gazette.reading.published.editions import read_editions
from gazette.reading.published.kept_registers import check_as_of, check_kept
from gazette.reading.published.publications import read_publications_left, read_publications_of_site
from gazette.reading.published.standings import said_late, with_standings
from gazette.reading.shared_translations import with_stale
from gazette.reading.tables import read_tables
from gazette.reading.validation.claims import check_together, claim_of
from gazette.reading.validation.personal_data import personal_data
from gazette.reading.validation.references import names_of
from gazette.reading.validation.site import check_entries, check_site
from gazette.reading.validation.units import Known
from gazette.reading.words import common_languages, read_words
from gazette.reading.yaml.nodes import Node


def load_shared(
    root: Path | Listing,
    *,
    as_of: datetime.date | None = None,
    base_url: str | None = None,
    release: bool = False,
    cache: Cache = NO_CACHE,
) -> LoadedContent:
    """Open the content folder `root`, or a listing of it: read and check the shared files, and list the units' files.

    `as_of` and `base_url` replace those in the settings. Raises ContentError if there is no such folder. Shared files
    that are unchanged since they were found correct are not checked again.
    """
    fonts = load_fonts(cache)
    listing = root if isinstance(root, Listing) else _listed(root, fonts)
    diagnostics = Diagnostics(listing.root, listing, fonts)
    check_places(diagnostics, listing)
    paths = tuple(unit_files(diagnostics, listing))

    shared = cache.get_or_compute(
        "shared",
        _source(listing, paths, as_of, base_url, release),
        lambda: _read_shared(diagnostics, as_of, base_url, release),
        Shared,
        keep=lambda shared: shared.content is not None,  # faulty content is reported each time
    )
    editions, day = _open_editions(diagnostics, shared, as_of, cache)
    files = read_files(diagnostics, cache, shared.known.public_numbers)
    shared = replace(shared, known=replace(shared.known, files=files, said_late=said_late(editions)))
    return LoadedContent(
        diagnostics=diagnostics,
        listing=listing,
        shared=_with_editions(shared, editions),
        units=paths,
        notices=load_notices(diagnostics, shared.languages, shared.known, day),
        published=read_publications_of_site(diagnostics, listing),
        left=read_publications_left(diagnostics, listing, (path.stem for path in paths)),
    )


def _listed(root: Path, fonts: PrintFonts) -> Listing:
    if not root.is_dir():
        display_path = Diagnostics(root, None, fonts).display(root)
        raise ContentError([Problem.of_folder(display_path, "content_missing", found=display_path)])
    return Listing(root)


def _open_editions(
    diagnostics: Diagnostics, shared: Shared, as_of: datetime.date | None, cache: Cache
) -> tuple[tuple[Edition, ...], datetime.date | None]:
    """The editions, checked against their registers, and the reference date, which may not precede that of an
    edition."""
    editions = with_standings(diagnostics.root, read_editions(diagnostics, KnownDigests(cache.folder)), cache)
    register = check_kept(diagnostics, diagnostics.files, shared.languages, editions, cache.folder)
    day = as_of or (shared.content.site.as_of if shared.content else None)
    if as_of is None and shared.content is not None:
        check_as_of(diagnostics, day, editions, register)
    return editions, day


def _with_editions(shared: Shared, editions: tuple[Edition, ...]) -> Shared:
    """The shared content with the editions. They are no part of its digest: each has its own, and units do not show
    their content."""
    if shared.content is None or not editions:
        return shared
    return replace(shared, content=replace(shared.content, editions=editions))


def _source(listing: Listing, paths: tuple[Path, ...], *settings: object) -> str:
    """A description of the shared files and of what they are checked against, for the cache. It does not depend on
    where the folder lies or how it is named."""
    lines = [repr(settings), *(path.stem for path in paths)]
    records = listing.root / TRANSLATIONS / f"{OF_SHARED}.tsv"
    for path in (*_shared_files(listing), *(listing.root / name for name in OPTIONAL), records):
        try:
            digest = hashlib.sha256(listing.bytes_of(path)).hexdigest()
        except OSError:
            digest = ""  # reading it below reports this
        lines.append(f"{listing.name(path)} {digest}")
    return "\n".join(lines)


def _shared_files(listing: Listing) -> tuple[Path, ...]:
    """The shared files, whether or not they exist and are correct."""
    return (*(listing.root / name for name in FILES), *listing.visible("articles"))


def _read_shared(diagnostics: Diagnostics, as_of: datetime.date | None, base_url: str | None, release: bool) -> Shared:
    root, told_before = diagnostics.root, len(diagnostics.problems)
    words_nodes = read_nodes(diagnostics, root / "words.yaml")
    site, languages = _open_site(diagnostics, words_nodes)
    if site is not None:
        changed = {name: value for name, value in (("as_of", as_of), ("base_url", base_url)) if value is not None}
        site = replace(site, **changed)
    words = read_words(diagnostics, words_nodes, languages) if words_nodes is not None and languages else None
    themes = read_record(diagnostics, root / "themes.yaml", Themes, languages)
    programmes = read_record(diagnostics, root / "programmes.yaml", Programmes, languages)
    glossary = read_record(diagnostics, root / "glossary.yaml", Glossary, languages)
    read_tables(diagnostics, languages)  # no page shows these two; they are only checked
    read_destinations(diagnostics)
    articles = open_articles(diagnostics, languages)
    terms, units = names_of(glossary), units_meant(diagnostics.files)
    known = _with_settings(Known(units, names_of(themes), names_of(programmes), terms, release=release), site)
    if site is not None:
        check_site(diagnostics, site, known)
    check_entries(diagnostics, {"themes": themes, "programmes": programmes, "glossary": glossary}, known)
    for article in articles.values():
        check_article(diagnostics, article, known.terms)
    if site is not None:
        for display_path, text in list(diagnostics.texts.items()):
            yaml = display_path.endswith(".yaml")
            diagnostics.problems += personal_data(display_path, text, site.public_numbers, comments=yaml)
    content = None
    if not (
        len(diagnostics.problems) > told_before
        or site is None
        or words is None
        or themes is None
        or programmes is None
        or glossary is None
    ):
        site = replace(site, base_url=base_address(site.base_url) if site.base_url else None)
        content = SharedContent(site, words, themes, programmes, glossary, articles=articles)
        content = with_stale(diagnostics, content, release)
        content = None if len(diagnostics.problems) > told_before else content
    return Shared(content, known, languages, _digest(diagnostics, site, content.stale if content else ()))


def _with_settings(known: Known, site: Site | None) -> Known:
    """`known` with what the settings say. If they cannot be read, `public_numbers` is None."""
    if site is None:
        return replace(known, public_numbers=None)
    return replace(
        known,
        since=site.statements_date,
        public_numbers=site.public_numbers,
        has_list=site.superior_list is not None,
        has_contact=site.publisher.contact is not None,
    )


def _digest(diagnostics: Diagnostics, site: Site | None, stale: tuple[StaleText, ...]) -> str:
    settings = replace(site, as_of=None) if site else None
    texts = sorted(
        (diagnostics.files.name(path), text)
        for path in _shared_files(diagnostics.files)
        if path.name != "site.yaml" and (text := diagnostics.texts.get(diagnostics.display(path))) is not None
    )
    stale_keys = [sorted((each.key, each.language) for each in stale)] if stale else []
    return hashlib.sha256(msgspec.json.encode([settings, texts, *stale_keys])).hexdigest()


def check_all_units(opened: LoadedContent) -> None:
    """Check every unit, alone and against the others, although nothing can be built because shared files are faulty."""
    claims = {}
    for _, unit_file in opened.load_units():
        if unit_file is not None:
            claims[unit_file.id] = claim_of(unit_file)
    check_together(opened.diagnostics, claims, opened.published_of_none())


# ── the shared files ─────────────────────────────────────────────────────────


def _open_site(diagnostics: Diagnostics, words: Node | None) -> tuple[Site | None, tuple[str, ...]]:
    """The settings and their languages.

    The languages are empty if they cannot be read, or differ from those of the interface words; then nothing that
    depends on them is checked. If only other settings are faulty, the other files are still checked.
    """
    path = diagnostics.root / "site.yaml"
    display_path = diagnostics.display(path)
    node = read_nodes(diagnostics, path)
    if node is None:
        return None, ()
    languages = _listed_languages(node)
    common = common_languages(words, languages)
    if common:
        spot = node.find_key(("languages",))
        values = {"found": ", ".join(languages), "expected": ", ".join(common)}
        diagnostics.add(Problem.at(display_path, spot.line, spot.column, "languages_differ", **values))
        languages = ()
    return decode_node(diagnostics, display_path, node, Site, languages), languages


def _listed_languages(node: Node) -> tuple[str, ...]:
    """The codes of the languages in the settings; empty if one of them cannot be read."""
    entries = node.find(("languages",)).entries or ()
    codes = [entry.find(("code",)).scalar or "" if entry.items is not None else "" for entry in entries]
    return tuple(dict.fromkeys(codes)) if all(re.fullmatch(LANGUAGE_PATTERN, code) for code in codes) else ()
