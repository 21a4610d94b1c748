"""The opening of a content folder: its files read, decoded and checked."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from gazette.files.cache import NO_CACHE, Cache
from gazette.files.walk import Stat
from gazette.fonts.typeface import load_fonts
from gazette.messages.problems import ContentError, Problem
from gazette.model.base_address import base_address
from gazette.model.content import Article, SharedContent, UnitFile
from gazette.model.fields import LANGUAGE_PATTERN
from gazette.model.records import Glossary, Programmes, Site, Themes, Unit
from gazette.reading.articles import check_article, read_article
from gazette.reading.content_files import FILES, check_places, unit_files, units_meant
from gazette.reading.decode import FileProblems, Node, compose, decode
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.listing import Listing, NotOrdinary, told
from gazette.reading.references import names_of
from gazette.reading.validate import Known, check_unit
from gazette.reading.validate_site import check_entries, check_site
from gazette.reading.words import common_languages, open_words, read_words

ARTICLES = ("about", "method", "foreword")


class Shared(msgspec.Struct, frozen=True):
    """What was read from the files that all units share. `content` is None where one of them is wrong; the units can
    still be looked at with what is `known`. `digest` is that of the files (apart from the date that states are measured
    against)."""

    content: SharedContent | None
    known: Known
    languages: tuple[str, ...]
    digest: str


class UnitSource(NamedTuple):
    """The file of a unit: its id, its path as an editor types it, its bytes, and its state when they were read."""

    id: str
    path: str
    data: bytes
    stat: Stat


class LoadedContent(msgspec.Struct, frozen=True):
    """A content folder whose shared files are read. `units` are the files of the units, as `listing` has them. All
    problems are on the `diagnostics`."""

    diagnostics: Diagnostics
    listing: Listing
    shared: Shared
    units: tuple[Path, ...]

    @property
    def content(self) -> SharedContent | None:
        return self.shared.content

    @property
    def known(self) -> Known:
        return self.shared.known

    @property
    def languages(self) -> tuple[str, ...]:
        return self.shared.languages

    def open_units(self, is_wanted: Callable[[Path], bool] = lambda _: True) -> Iterator[UnitSource]:
        """The files of the units that are wanted, one after the other. Those that cannot be read are problems."""
        for path in filter(is_wanted, self.units):
            shown = self.diagnostics.display(path)
            try:
                yield UnitSource(path.stem, shown, *self.listing.read(path))
            except (OSError, NotOrdinary) as error:
                self.diagnostics.add(told(shown, error))


def load_shared(
    root: Path,
    *,
    as_of: datetime.date | None = None,
    base_url: str | None = None,
    release: bool = False,
    cache: Cache = NO_CACHE,
) -> LoadedContent:
    """The content folder `root`: what every page shares, decoded and checked, and the files of the units.

    `as_of` and `base_url` take the place of the settings. Raises ContentError where there is no such folder. Shared
    files that were right before, and are the same, are right again.
    """
    fonts = load_fonts(cache)
    if not root.is_dir():
        shown = Diagnostics(root, None, fonts).display(root)
        raise ContentError([Problem.at(shown, 0, 0, "content_missing", found=shown)])
    listing = Listing(root)
    diagnostics = Diagnostics(root, listing, fonts)
    check_places(diagnostics, listing)
    paths = tuple(unit_files(diagnostics, listing))

    def read() -> Shared:
        shared = _read_shared(diagnostics, as_of, base_url, release)
        if shared.content is None or diagnostics.problems:
            raise _Wrong(shared)
        return shared

    try:
        source = _source(listing, paths, as_of, base_url, release)
        shared = cache.get_or_compute("shared", source, read, Shared)
    except _Wrong as wrong:
        shared = wrong.shared
    return LoadedContent(diagnostics, listing, shared, paths)


class _Wrong(Exception):
    """What is wrong is not remembered: it is told each time."""

    def __init__(self, shared: Shared) -> None:
        self.shared = shared
        super().__init__()


def _source(listing: Listing, paths: tuple[Path, ...], *settings: object) -> str:
    """All that the shared files are read from, and what they are checked against. Where the folder lies, and from where
    it is named, is no part of it."""
    found = [repr(settings), *(path.stem for path in paths)]
    for path in (*(listing.root / name for name in FILES), *listing.visible("articles")):
        try:
            digest = hashlib.sha256(listing.bytes_of(path)).hexdigest()
        except (OSError, NotOrdinary):
            digest = ""  # it is told when it is read in earnest
        found.append(f"{listing.name(path)} {digest}")
    return "\n".join(found)


def _read_shared(diagnostics: Diagnostics, as_of: datetime.date | None, base_url: str | None, release: bool) -> Shared:
    root = diagnostics.root
    listing = open_words(diagnostics)
    site, languages = _open_site(diagnostics, listing)
    if site is not None:
        changed = {name: value for name, value in (("as_of", as_of), ("base_url", base_url)) if value is not None}
        site = replace(site, **changed)
    words = read_words(diagnostics, listing, languages) if listing is not None and languages else None
    themes = diagnostics.load(root / "themes.yaml", Themes, languages)
    programmes = diagnostics.load(root / "programmes.yaml", Programmes, languages)
    glossary = diagnostics.load(root / "glossary.yaml", Glossary, languages)
    articles = _open_articles(diagnostics, languages)
    since = site.statements_date if site is not None else None
    known = Known(units_meant(diagnostics.files), names_of(themes), names_of(programmes), names_of(glossary), since)
    if site is not None:
        check_site(diagnostics, site, known, release)
    check_entries(diagnostics, {"themes": themes, "programmes": programmes, "glossary": glossary}, known)
    for article in articles.values():
        check_article(diagnostics, article, known.terms)
    content = None
    if not (
        diagnostics.problems
        or site is None
        or words is None
        or themes is None
        or programmes is None
        or glossary is None
    ):
        site = replace(site, base_url=base_address(site.base_url) if site.base_url else None)
        content = SharedContent(site, words, themes, programmes, glossary, articles)
    return Shared(content, known, languages, _digest(diagnostics, site))


def _digest(diagnostics: Diagnostics, site: Site | None) -> str:
    settings = replace(site, as_of=None) if site else None
    texts = sorted(
        (diagnostics.files.name(path), text) for path, text in diagnostics.shared_texts() if path.name != "site.yaml"
    )
    return hashlib.sha256(msgspec.json.encode([settings, texts])).hexdigest()


def check_all_units(opened: LoadedContent) -> None:
    """Every unit decoded and checked, where the shared files are wrong and nothing can be made."""
    for unit in opened.open_units():
        load_unit(opened.diagnostics, unit.id, unit.path, unit.data, opened.known, opened.languages, None)


def load_unit(
    diagnostics: Diagnostics,
    id: str,
    path: str,
    data: bytes,
    known: Known,
    languages: tuple[str, ...],
    as_of: datetime.date | None,
) -> UnitFile | None:
    """A unit's file, decoded and checked by itself, or None with its problems on the `diagnostics`."""
    text = diagnostics.decode_text(path, data)
    unit = None if text is None else diagnostics.decode(path, text, Unit, languages)
    if unit is None:
        return None
    unit_file = UnitFile(id, path, unit)
    check_unit(diagnostics, unit_file, known, as_of)
    return unit_file


def without_drafts(unit_file: UnitFile) -> UnitFile | None:
    """A unit as the public sees it; None where nothing of it is public."""
    if unit_file.unit.draft:
        return None
    pledges = tuple(pledge.without_drafts() for pledge in unit_file.unit.pledges if not pledge.draft)
    return replace(unit_file, unit=replace(unit_file.unit, pledges=pledges)) if pledges else None


# ── the frame ────────────────────────────────────────────────────────────────


def _open_site(diagnostics: Diagnostics, words: Node | None) -> tuple[Site | None, tuple[str, ...]]:
    """The settings, and the languages that they list: none where they cannot be read, or are not those of the words
    of the interface; then nothing that depends on them is judged. Where only other settings are wrong, the other files
    are still checked."""
    path = diagnostics.root / "site.yaml"
    text = diagnostics.read(path)
    if text is None:
        return None, ()
    languages: tuple[str, ...] = ()
    try:
        node = compose(diagnostics.display(path), text)
        languages = _listed_languages(node)
        common = common_languages(words, languages)
        if common:
            spot = node.find_key(("languages",))
            values = {"found": ", ".join(languages), "expected": ", ".join(common)}
            diagnostics.add(Problem.at(diagnostics.display(path), spot.line, spot.column, "languages_differ", **values))
            languages = ()
        return decode(diagnostics.display(path), node, Site, languages), languages
    except FileProblems as found:
        diagnostics.problems += found.problems
        return None, languages


def _listed_languages(node: Node) -> tuple[str, ...]:
    """The codes of the languages in the settings; none where one of them cannot be read."""
    entries = node.find(("languages",)).entries or ()
    codes = [entry.find(("code",)).scalar or "" if entry.items is not None else "" for entry in entries]
    return tuple(dict.fromkeys(codes)) if all(re.fullmatch(LANGUAGE_PATTERN, code) for code in codes) else ()


def _open_articles(diagnostics: Diagnostics, languages: tuple[str, ...]) -> dict[tuple[str, str], Article]:
    folder = diagnostics.root / "articles"
    if diagnostics.files.kind(folder) != "folder" or not languages:
        return {}
    expected = {f"{id}.{language}.md": (id, language) for id in ARTICLES for language in languages}
    for path in diagnostics.files.visible("articles"):
        if path.name not in expected:
            diagnostics.add(Problem.at(diagnostics.display(path), 0, 0, "file_place", expected=", ".join(expected)))
    articles = {}
    for name, (id, language) in expected.items():
        text = diagnostics.read(folder / name)
        article = (
            read_article(diagnostics, diagnostics.display(folder / name), text, id, language)
            if text is not None
            else None
        )
        if article is not None:
            articles[id, language] = article
    return articles
