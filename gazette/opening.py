"""Owns the opening of a content folder: its files read, decoded and checked."""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from gazette.articles import check_article, read_article
from gazette.base import base_address
from gazette.checks import Known, check_entries, check_site, check_unit
from gazette.content import Article, Frame, Shard, Words
from gazette.decode import Node, ProblemsFound, compose, decode
from gazette.desk import Desk
from gazette.forms import ID_LIMIT, ID_PATTERN, LANGUAGE_PATTERN, Word
from gazette.memory import NOWHERE, Memory
from gazette.model import Programme, Site, Term, Theme, Unit
from gazette.patterns import pattern
from gazette.problems import ContentError, Problem
from gazette.references import names_of

ARTICLES = ("about", "method", "foreword")

FILES = ("site.yaml", "words.yaml", "themes.yaml", "programmes.yaml", "glossary.yaml")
FOLDERS = ("districts", "articles")
IGNORED = pattern(r"(\..*|~\$.*|.*~|Thumbs\.db|desktop\.ini)\Z")
"""What systems and office programs leave behind; never content."""


class Opened(msgspec.Struct, frozen=True):
    """A content folder whose shared files are read. `frame` is None where one of them is wrong; the units can still be
    looked at with what is `known`. `units` are their files, `digest` is that of the shared files (apart from the date
    that states are measured against). All problems are on the `desk`."""

    desk: Desk
    frame: Frame | None
    known: Known
    languages: tuple[str, ...]
    units: tuple[Path, ...]
    digest: str


def open_frame(
    root: Path,
    *,
    as_of: Any = None,
    base_url: str | None = None,
    release: bool = False,
    memory: Memory = NOWHERE,
) -> Opened:
    """The content folder `root`: what every page shares, decoded and checked, and the files of the units.

    `as_of` and `base_url` take the place of the settings. Raises ContentError where there is no such folder. Shared
    files that were right before, and are the same, are right again.
    """
    desk = Desk(root)
    if not root.is_dir():
        raise ContentError([Problem.at(desk.show(root), 0, 0, "content_missing", found=desk.show(root))])
    _check_places(desk)
    paths = tuple(_unit_files(desk))

    def read() -> Opened:
        opened = _read_frame(desk, paths, as_of, base_url, release)
        if opened.frame is None or desk.problems:
            raise _Wrong(opened)
        return replace(opened, desk=Desk(root))

    try:
        kept = memory.recall("frame", _source(desk, paths, as_of, base_url, release), read)
    except _Wrong as wrong:
        return wrong.opened
    return replace(kept, desk=desk, units=paths)


class _Wrong(Exception):
    """What is wrong is not remembered: it is told each time."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        super().__init__()


def _source(desk: Desk, paths: tuple[Path, ...], *settings: object) -> str:
    """All that the shared files are read from, and what they are checked against."""
    files = [desk.root / name for name in FILES]
    articles = desk.root / "articles"
    files += visible(articles) if articles.is_dir() else []
    found = [repr(settings), *(path.stem for path in paths)]
    unheard = Desk(desk.root)  # what is wrong with a file is told when it is read in earnest
    for path in files:
        found.append(f"{desk.show(path)} {hashlib.sha256(unheard.bytes_of(path) or b'').hexdigest()}")
    return "\n".join(found)


def _read_frame(desk: Desk, paths: tuple[Path, ...], as_of: Any, base_url: str | None, release: bool) -> Opened:
    root = desk.root
    listing = _open_words(desk)
    site, languages = _open_site(desk, listing)
    if site is not None:
        changed = {name: value for name, value in (("as_of", as_of), ("base_url", base_url)) if value is not None}
        site = replace(site, **changed)
    words = _read_words(desk, listing, languages) if listing is not None and languages else None
    themes = desk.load(root / "themes.yaml", tuple[Theme, ...], languages)
    programmes = desk.load(root / "programmes.yaml", tuple[Programme, ...], languages)
    glossary = desk.load(root / "glossary.yaml", tuple[Term, ...], languages)
    articles = _open_articles(desk, languages)
    known = Known(_units_meant(desk), names_of(themes), names_of(programmes), names_of(glossary))
    if site is not None:
        check_site(desk, site, known, release)
    check_entries(desk, {"themes": themes, "programmes": programmes, "glossary": glossary}, known)
    for article in articles.values():
        check_article(desk, article, known.terms)
    frame = None
    if not (desk.problems or site is None or words is None or themes is None or programmes is None or glossary is None):
        site = replace(site, base_url=base_address(site.base_url) if site.base_url else None)
        frame = Frame(site, words, themes, programmes, glossary, articles)
    return Opened(desk, frame, known, languages, paths, _digest(desk, site))


def _digest(desk: Desk, site: Site | None) -> str:
    settings = replace(site, as_of=None) if site else None
    texts = {path: text for path, text in desk.texts.items() if path != desk.show(desk.root / "site.yaml")}
    return hashlib.sha256(msgspec.json.encode([settings, sorted(texts.items())])).hexdigest()


def look_at_units(opened: Opened) -> None:
    """Every unit decoded and checked, where the shared files are wrong and nothing can be made."""
    for path in opened.units:
        shown = opened.desk.show(path)
        data = opened.desk.bytes_of(path)
        if data is not None:
            open_unit(opened.desk, path.stem, shown, data, opened.known, opened.languages, None)


def open_unit(
    desk: Desk, id: str, path: str, data: bytes, known: Known, languages: tuple[str, ...], as_of: Any
) -> Shard | None:
    """A unit's file, decoded and checked by itself, or None with its problems on the `desk`."""
    text = desk.take(path, data)
    unit = None if text is None else desk.decode(path, text, Unit, languages)
    if unit is None:
        return None
    shard = Shard(id, path, unit)
    check_unit(desk, shard, known, as_of)
    return shard


def without_drafts(shard: Shard) -> Shard | None:
    """A unit as the public sees it; None where nothing of it is public."""
    if shard.unit.draft:
        return None
    pledges = tuple(
        replace(pledge, updates=tuple(update for update in pledge.updates if not update.draft))
        for pledge in shard.unit.pledges
        if not pledge.draft
    )
    return replace(shard, unit=replace(shard.unit, pledges=pledges)) if pledges else None


# ── places ───────────────────────────────────────────────────────────────────


def visible(folder: Path) -> list[Path]:
    """What an editor sees in a folder, by name."""
    names = sorted(os.listdir(folder))  # noqa: PTH208 - names are sorted much faster than paths
    return [folder / name for name in names if not IGNORED.fullmatch(name)]


_UNIT = pattern(rf"{ID_PATTERN}\.yaml")
_YAML = pattern(r"(.+?)(\.ya?ml)+(\.txt|\.bak)?\Z", re.I)


def _check_places(desk: Desk) -> None:
    for path in visible(desk.root):
        if path.name not in (*FILES, *FOLDERS):
            expected = ", ".join((*FILES, *(f"{name}/" for name in FOLDERS)))
            _misplaced(desk, path, FILES, expected)
    for name in FOLDERS:
        if not (desk.root / name).is_dir():
            desk.add(Problem.at(desk.show(desk.root / name), 0, 0, "folder_missing", found=name))


def _misplaced(desk: Desk, path: Path, names: tuple[str, ...], expected: str) -> None:
    """A file that does not belong where it is, or (`names`) only has the wrong ending."""
    meant = _YAML.sub(r"\1.yaml", path.name)
    if path.is_file() and meant != path.name and (meant in names or not names):
        desk.add(Problem.at(desk.show(path), 0, 0, "file_ending", likely=meant))
    else:
        desk.add(Problem.at(desk.show(path), 0, 0, "file_place", expected=expected))


def _unit_files(desk: Desk) -> Iterator[Path]:
    """The files of the units. A file with another ending or a name that is no id is told once, and not read."""
    folder = desk.root / "districts"
    if not folder.is_dir():
        return
    found = visible(folder)
    if not found:
        desk.add(Problem.at(desk.show(folder), 0, 0, "folder_empty"))
    for path in found:
        name = path.name
        if len(name) <= ID_LIMIT and _UNIT.fullmatch(name) and path.is_file():
            yield path
            continue
        stem = _stem(path)
        if (path.is_file() and stem != path.name and not re.fullmatch(ID_PATTERN, stem)) or len(stem) > ID_LIMIT:
            example = stem.lower() if re.fullmatch(ID_PATTERN, stem.lower()) and len(stem) <= ID_LIMIT else "jiangxia"
            values = {"found": path.name, "example": f"{example}.yaml", "limit": ID_LIMIT}
            desk.add(Problem.at(desk.show(path), 0, 0, "file_name", **values))
        elif path.suffix != ".yaml" or path.name != f"{stem}.yaml" or path.is_dir():
            _misplaced(desk, path, (), "<id>.yaml")
        else:
            yield path


def _stem(path: Path) -> str:
    """The name of a unit's file without its ending, whichever that is."""
    return _YAML.sub(r"\1", path.name)


def _units_meant(desk: Desk) -> frozenset[str] | None:
    """The ids of the units, also of those whose file is misnamed: that is told once. None where nobody can know."""
    folder = desk.root / "districts"
    found = [_stem(path).lower() for path in visible(folder)] if folder.is_dir() else []
    return frozenset(found) if found else None


# ── the frame ────────────────────────────────────────────────────────────────


def _open_site(desk: Desk, words: Node | None) -> tuple[Site | None, tuple[str, ...]]:
    """The settings, and the languages that they list: none where they cannot be read, or are not those of the words
    of the interface; then nothing that depends on them is judged. Where only other settings are wrong, the other files
    are still checked."""
    path = desk.root / "site.yaml"
    text = desk.read(path)
    if text is None:
        return None, ()
    languages: tuple[str, ...] = ()
    try:
        node = compose(desk.show(path), text)
        languages = _listed_languages(node)
        common = _common_languages(words, languages)
        if common:
            spot = node.find_key(("languages",))
            values = {"found": ", ".join(languages), "expected": ", ".join(common)}
            desk.add(Problem.at(desk.show(path), spot.line, spot.column, "languages_differ", **values))
            languages = ()
        return decode(desk.show(path), node, Site, languages), languages
    except ProblemsFound as found:
        desk.problems += found.problems
        return None, languages


def _listed_languages(node: Node) -> tuple[str, ...]:
    """The codes of the languages in the settings; none where one of them cannot be read."""
    entries = node.find(("languages",)).entries or ()
    codes = [entry.find(("code",)).scalar or "" if entry.items is not None else "" for entry in entries]
    return tuple(dict.fromkeys(codes)) if all(re.fullmatch(LANGUAGE_PATTERN, code) for code in codes) else ()


def _open_words(desk: Desk) -> Node | None:
    path = desk.root / "words.yaml"
    text = desk.read(path)
    try:
        return None if text is None else compose(desk.show(path), text)
    except ProblemsFound as found:
        desk.problems += found.problems
        return None


def _common_languages(words: Node | None, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The languages of most words of the interface, where they are not those that the settings list: a language that
    no word has, or that most have and the settings have not, is told once and not for each text."""
    if words is None or not languages:
        return ()
    keys = [{key.scalar or "" for key, _ in text.items or ()} for text in _texts(words)]
    used = Counter(key for found in keys for key in found)
    common = sorted(code for code, n in used.items() if n > len(keys) / 2 and re.fullmatch(LANGUAGE_PATTERN, code))
    agree = all(used[code] for code in languages) and set(common) <= set(languages)
    return () if agree else tuple(common)


def _texts(node: Node) -> Iterator[Node]:
    """The innermost mappings: the texts of words.yaml."""
    inner = [value for _, value in node.items or () if value.items is not None]
    if node.items and not inner:
        yield node
    for value in inner:
        yield from _texts(value)


def _read_words(desk: Desk, node: Node, languages: tuple[str, ...]) -> Words | None:
    """The words of the interface, by dotted name. A mapping that holds a language is a text."""
    words: Words = {}
    before = len(desk.problems)
    _gather_words(desk, desk.show(desk.root / "words.yaml"), node, languages, (), words)
    return words if len(desk.problems) == before else None


def _gather_words(
    desk: Desk, path: str, node: Node, languages: tuple[str, ...], name: tuple[str, ...], words: Words
) -> None:
    keys = {key.scalar for key, _ in node.items or ()}
    if node.items is None or keys & set(languages):
        try:
            words[".".join(name)] = decode(path, node, Word, languages)
        except ProblemsFound as found:
            desk.problems += found.problems
        return
    for key, value in node.items:
        _gather_words(desk, path, value, languages, (*name, key.scalar or ""), words)


def _open_articles(desk: Desk, languages: tuple[str, ...]) -> dict[tuple[str, str], Article]:
    folder = desk.root / "articles"
    if not folder.is_dir() or not languages:
        return {}
    expected = {f"{id}.{language}.md": (id, language) for id in ARTICLES for language in languages}
    for path in visible(folder):
        if path.name not in expected:
            desk.add(Problem.at(desk.show(path), 0, 0, "file_place", expected=", ".join(expected)))
    articles = {}
    for name, (id, language) in expected.items():
        text = desk.read(folder / name)
        article = read_article(desk, desk.show(folder / name), text, id, language) if text is not None else None
        if article is not None:
            articles[id, language] = article
    return articles
