"""Owns the opening of a content folder: its files read, decoded and checked."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from gazette.checks import Known, check_articles, check_entries, check_site, check_unit, ids_of
from gazette.content import Article, Frame, Shard, Words
from gazette.decode import Node, ProblemsFound, compose, decode
from gazette.desk import Desk
from gazette.markup import split_article
from gazette.model import ID_PATTERN, Programme, Site, Term, Theme, Unit, Word
from gazette.problems import ContentError, Problem

ARTICLES = ("about", "method", "foreword")

FILES = ("site.yaml", "words.yaml", "themes.yaml", "programmes.yaml", "glossary.yaml")
FOLDERS = ("districts", "articles")
IGNORED = re.compile(r"(\..*|~\$.*|.*~|Thumbs\.db|desktop\.ini)\Z")
"""What systems and office programs leave behind; never content."""


@dataclass(frozen=True)
class Opened:
    """A content folder whose shared files are read. `frame` is None where one of them is wrong; the units can still be
    looked at with what is `known`. `units` are their files, `digest` is that of the shared files (apart from the date
    that states are measured against). All problems are on the `desk`."""

    desk: Desk
    frame: Frame | None
    known: Known
    languages: tuple[str, ...]
    units: tuple[Path, ...]
    digest: str


def open_frame(root: Path, *, as_of: Any = None, base_url: str | None = None, release: bool = False) -> Opened:
    """The content folder `root`: what every page shares, decoded and checked, and the files of the units.

    `as_of` and `base_url` take the place of the settings. Raises ContentError where there is no such folder.
    """
    desk = Desk(root)
    if not root.is_dir():
        raise ContentError([Problem.at(desk.show(root), 0, 0, "content_missing", found=desk.show(root))])
    _check_places(desk)
    paths = tuple(_unit_files(desk))
    site, languages = _open_site(desk)
    if site is not None:
        changed = {name: value for name, value in (("as_of", as_of), ("base_url", base_url)) if value is not None}
        site = site.model_copy(update=changed)
    words = _open_words(desk, languages)
    themes = desk.load(root / "themes.yaml", TypeAdapter(tuple[Theme, ...]), languages)
    programmes = desk.load(root / "programmes.yaml", TypeAdapter(tuple[Programme, ...]), languages)
    glossary = desk.load(root / "glossary.yaml", TypeAdapter(tuple[Term, ...]), languages)
    articles = _open_articles(desk, languages)
    known = Known(frozenset(path.stem for path in paths), ids_of(themes), ids_of(programmes), ids_of(glossary))
    if site is not None:
        check_site(desk, site, known, release)
    check_entries(desk, {"themes": themes, "programmes": programmes, "glossary": glossary}, known)
    check_articles(desk, articles.values(), known)
    frame = None
    if not (desk.problems or site is None or words is None or themes is None or programmes is None or glossary is None):
        frame = Frame(site, words, themes, programmes, glossary, articles)
    return Opened(desk, frame, known, languages, paths, _digest(desk, site))


def _digest(desk: Desk, site: Site | None) -> str:
    settings = site.model_copy(update={"as_of": None}).model_dump_json() if site else ""
    texts = {path: text for path, text in desk.texts.items() if path != desk.show(desk.root / "site.yaml")}
    return hashlib.sha256(json.dumps([settings, sorted(texts.items())]).encode()).hexdigest()


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
        pledge.model_copy(update={"updates": tuple(u for u in pledge.updates if not u.draft)})
        for pledge in shard.unit.pledges
        if not pledge.draft
    )
    return replace(shard, unit=shard.unit.model_copy(update={"pledges": pledges})) if pledges else None


# ── places ───────────────────────────────────────────────────────────────────


def visible(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not IGNORED.fullmatch(path.name))


def _check_places(desk: Desk) -> None:
    for path in visible(desk.root):
        if path.name not in (*FILES, *FOLDERS):
            expected = ", ".join((*FILES, *(f"{name}/" for name in FOLDERS)))
            desk.add(Problem.at(desk.show(path), 0, 0, "file_place", expected=expected))
    if not (desk.root / "districts").is_dir():
        shown = desk.show(desk.root / "districts")
        desk.add(Problem.at(shown, 0, 0, "file_missing", path=shown))


def _unit_files(desk: Desk) -> Iterator[Path]:
    """The files of the units. A file with another ending or a name that is no id is told once, and not read."""
    folder = desk.root / "districts"
    for path in visible(folder) if folder.is_dir() else ():
        if path.is_dir() or path.suffix != ".yaml":
            desk.add(Problem.at(desk.show(path), 0, 0, "file_place", expected="<id>.yaml"))
        elif not re.fullmatch(ID_PATTERN, path.stem):
            desk.add(Problem.at(desk.show(path), 0, 0, "file_name", found=path.name, example="jiangxia.yaml"))
        else:
            yield path


# ── the frame ────────────────────────────────────────────────────────────────


def _open_site(desk: Desk) -> tuple[Site | None, tuple[str, ...]]:
    """The settings, and the languages that they list. Where the settings are wrong but the languages can be read, the
    other files are still checked."""
    path = desk.root / "site.yaml"
    text = desk.read(path)
    if text is None:
        return None, ()
    languages: tuple[str, ...] = ()
    try:
        node = compose(desk.show(path), text)
        listed = node.find(("languages",)).entries or ()
        codes = [entry.find(("code",)).scalar for entry in listed if entry.items is not None]
        languages = tuple(dict.fromkeys(code for code in codes if code))
        return decode(desk.show(path), node, Site, languages), languages
    except ProblemsFound as found:
        desk.problems += found.problems
        return None, languages


def _open_words(desk: Desk, languages: tuple[str, ...]) -> Words | None:
    """The words of the interface, by dotted name. A mapping that holds a language is a text."""
    path = desk.root / "words.yaml"
    text = desk.read(path)
    if text is None:
        return None
    try:
        node = compose(desk.show(path), text)
    except ProblemsFound as found:
        desk.problems += found.problems
        return None
    words: Words = {}
    before = len(desk.problems)
    _gather_words(desk, desk.show(path), node, languages, (), words)
    return words if len(desk.problems) == before else None


def _gather_words(
    desk: Desk, path: str, node: Node, languages: tuple[str, ...], name: tuple[str, ...], words: Words
) -> None:
    keys = {key.scalar for key, _ in node.items or ()}
    if node.items is None or keys & set(languages):
        try:
            words[".".join(name)] = decode(path, node, TypeAdapter(Word), languages)
        except ProblemsFound as found:
            desk.problems += found.problems
        return
    for key, value in node.items:
        _gather_words(desk, path, value, languages, (*name, key.scalar or ""), words)


def _open_articles(desk: Desk, languages: tuple[str, ...]) -> dict[tuple[str, str], Article]:
    folder = desk.root / "articles"
    expected = {f"{id}.{language}.md": (id, language) for id in ARTICLES for language in languages}
    for path in visible(folder) if folder.is_dir() else ():
        if path.name not in expected:
            desk.add(Problem.at(desk.show(path), 0, 0, "file_place", expected=", ".join(expected)))
    articles = {}
    for name, (id, language) in expected.items():
        article = _open_article(desk, folder / name, id, language)
        if article is not None:
            articles[id, language] = article
    return articles


def _open_article(desk: Desk, path: Path, id: str, language: str) -> Article | None:
    text = desk.read(path)
    parts = split_article(text) if text is not None else None
    if text is None:
        return None
    if parts is None or not parts[0].get("title") or not parts[0].get("description"):
        desk.add(Problem.at(desk.show(path), 1, 1, "article_front"))
        return None
    front, body = parts
    return Article(id, language, front["title"], front["description"], body)
