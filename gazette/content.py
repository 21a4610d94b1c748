"""Owns the content folder: which files it has, and that they fit together."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, TypeAdapter

from gazette.decode import Node, ProblemsFound, compose, decode, read_text
from gazette.markup import PAGES, article_links, links, split_article
from gazette.model import ID_PATTERN, Pledge, Programme, Site, Term, Theme, Unit, Word
from gazette.problems import ContentError, Loc, Problem

T = TypeVar("T")

ARTICLES = ("about", "method", "foreword")
SETTINGS_OF_A_RELEASE = ("as_of", "statements_date", "base_url", "publisher.name", "publisher.contact")

_FILES = ("site.yaml", "words.yaml", "themes.yaml", "programmes.yaml", "glossary.yaml")
_FOLDERS = ("districts", "articles")
_IGNORED = re.compile(r"(\..*|~\$.*|.*~|Thumbs\.db|desktop\.ini)\Z")
"""What systems and office programs leave behind; never content."""

_ITEMS = 20_000
_Words = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Article:
    """A text in Markdown, in one language."""

    id: str
    language: str
    title: str
    description: str
    body: str


@dataclass(frozen=True)
class Frame:
    """What every page shares."""

    site: Site
    words: _Words
    themes: tuple[Theme, ...]
    programmes: tuple[Programme, ...]
    glossary: tuple[Term, ...]
    articles: Mapping[tuple[str, str], Article]

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the site's languages; the first is the source of translations."""
        return tuple(language.code for language in self.site.languages)


@dataclass(frozen=True)
class Shard:
    """One unit with its id, which is the name of its file."""

    id: str
    path: str
    unit: Unit


@dataclass(frozen=True)
class Content:
    """The whole content, checked. Shards stand in the units' official order."""

    frame: Frame
    shards: tuple[Shard, ...]


@dataclass
class _Desk:
    """Where problems of all files are gathered, and where the place of a value is looked up."""

    root: Path
    problems: list[Problem] = field(default_factory=list)

    def show(self, path: Path) -> str:
        """The path as an editor types it."""
        try:
            return path.relative_to(Path.cwd()).as_posix()
        except ValueError:
            return path.as_posix()

    def read(self, path: Path, *, missing_matters: bool = True) -> str | None:
        """The text of a file, or None with its problems noted."""
        shown = self.show(path)
        try:
            return read_text(shown, path.read_bytes())
        except FileNotFoundError:
            if missing_matters:
                self.add(Problem.at(shown, 0, 0, "file_missing", path=shown))
        except OSError as error:
            self.add(Problem.at(shown, 0, 0, "file_unreadable", reason=error.strerror or error))
        except ProblemsFound as found:
            self.problems += found.problems
        return None

    def load(self, path: Path, kind: type[T] | TypeAdapter[T], languages: Iterable[str]) -> T | None:
        """A YAML file as a `kind`, or None with its problems noted."""
        text = self.read(path)
        if text is None:
            return None
        try:
            return decode(self.show(path), compose(self.show(path), text), kind, languages)
        except ProblemsFound as found:
            self.problems += found.problems
            return None

    def add(self, problem: Problem) -> None:
        self.problems.append(problem)

    def at(self, path: str, loc: Loc, code: str, /, **values: object) -> None:
        """Note a problem at a value of a file that was decoded before. The place is read again from the file,
        so that no record has to carry it."""
        spot = _nodes(path, str(Path.cwd())).find(loc)
        self.add(Problem.at(path, spot.line, spot.column, code, **values))


@lru_cache(maxsize=64)
def _nodes(path: str, _cwd: str) -> Node:
    return compose(path, read_text(path, Path(path).read_bytes()))


def open_content(
    root: Path, *, as_of: Any = None, base_url: str | None = None, release: bool = False, drafts: bool = False
) -> Content:
    """The content folder `root`, decoded and cross-checked; without drafts unless asked for.

    `as_of` and `base_url` take the place of the settings. Raises ContentError with every problem of every file.
    """
    _nodes.cache_clear()
    desk = _Desk(root)
    if not root.is_dir():
        raise ContentError([Problem.at(desk.show(root), 0, 0, "content_missing", found=desk.show(root))])
    _check_places(desk)
    frame = _open_frame(desk)
    if frame is None:
        _check_yaml_of_units(desk)
        raise ContentError(desk.problems)
    if as_of is not None or base_url is not None:
        changed = {k: v for k, v in {"as_of": as_of, "base_url": base_url}.items() if v is not None}
        frame = replace(frame, site=frame.site.model_copy(update=changed))
    shards = _open_shards(desk, frame.languages)
    _check_frame(desk, frame, shards, release)
    _check_units(desk, frame, shards)
    if desk.problems:
        raise ContentError(desk.problems)
    kept = shards if drafts else tuple(_without_drafts(shards))
    return Content(frame, tuple(sorted(kept, key=lambda shard: shard.unit.order)))


def content_digest(root: Path) -> str:
    """One digest over every content file, to see whether anything changed."""
    total = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file() and not _IGNORED.fullmatch(path.name):
            total.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


# ── places ───────────────────────────────────────────────────────────────────


def _visible(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not _IGNORED.fullmatch(path.name))


def _check_places(desk: _Desk) -> None:
    for path in _visible(desk.root):
        if path.name not in (*_FILES, *_FOLDERS):
            expected = ", ".join((*_FILES, *(f"{name}/" for name in _FOLDERS)))
            desk.add(Problem.at(desk.show(path), 0, 0, "file_place", expected=expected))
    if not (desk.root / "districts").is_dir():
        shown = desk.show(desk.root / "districts")
        desk.add(Problem.at(shown, 0, 0, "file_missing", path=shown))


def _unit_files(desk: _Desk) -> Iterator[Path]:
    """The files of the units. A file with another ending or a name that is no id is told once, and not read."""
    folder = desk.root / "districts"
    for path in _visible(folder) if folder.is_dir() else ():
        if path.is_dir() or path.suffix != ".yaml":
            desk.add(Problem.at(desk.show(path), 0, 0, "file_place", expected="<id>.yaml"))
        elif not re.fullmatch(ID_PATTERN, path.stem):
            desk.add(Problem.at(desk.show(path), 0, 0, "file_name", found=path.name, example="jiangxia.yaml"))
        else:
            yield path


def _check_yaml_of_units(desk: _Desk) -> None:
    """Where the frame is broken, the units' files are still read as YAML, so that no mistake stays hidden."""
    for path in _unit_files(desk):
        text = desk.read(path)
        if text is not None:
            try:
                compose(desk.show(path), text)
            except ProblemsFound as found:
                desk.problems += found.problems


# ── the frame ────────────────────────────────────────────────────────────────


def _open_frame(desk: _Desk) -> Frame | None:
    site = _open_site(desk)
    if site is None:
        return None
    languages = tuple(language.code for language in site.languages)
    words = _open_words(desk, languages)
    themes = desk.load(desk.root / "themes.yaml", TypeAdapter(tuple[Theme, ...]), languages)
    programmes = desk.load(desk.root / "programmes.yaml", TypeAdapter(tuple[Programme, ...]), languages)
    glossary = desk.load(desk.root / "glossary.yaml", TypeAdapter(tuple[Term, ...]), languages)
    articles = _open_articles(desk, languages)
    if words is None or themes is None or programmes is None or glossary is None:
        return None
    return Frame(site, words, themes, programmes, glossary, articles)


def _open_site(desk: _Desk) -> Site | None:
    """The settings. Their own texts are checked against the languages that they themselves list."""
    path = desk.root / "site.yaml"
    text = desk.read(path)
    if text is None:
        return None
    try:
        node = compose(desk.show(path), text)
        listed = node.find(("languages",)).entries or ()
        codes = [entry.find(("code",)).scalar for entry in listed if entry.items is not None]
        return decode(desk.show(path), node, Site, [code for code in codes if code])
    except ProblemsFound as found:
        desk.problems += found.problems
        return None


def _open_words(desk: _Desk, languages: tuple[str, ...]) -> _Words | None:
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
    words: _Words = {}
    before = len(desk.problems)
    _gather_words(desk, desk.show(path), node, languages, (), words)
    return words if len(desk.problems) == before else None


def _gather_words(
    desk: _Desk, path: str, node: Node, languages: tuple[str, ...], name: tuple[str, ...], words: _Words
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


def _open_articles(desk: _Desk, languages: tuple[str, ...]) -> dict[tuple[str, str], Article]:
    folder = desk.root / "articles"
    expected = {f"{id}.{language}.md": (id, language) for id in ARTICLES for language in languages}
    for path in _visible(folder) if folder.is_dir() else ():
        if path.name not in expected:
            desk.add(Problem.at(desk.show(path), 0, 0, "file_place", expected=", ".join(expected)))
    articles = {}
    for name, (id, language) in expected.items():
        article = _open_article(desk, folder / name, id, language)
        if article is not None:
            articles[id, language] = article
    return articles


def _open_article(desk: _Desk, path: Path, id: str, language: str) -> Article | None:
    text = desk.read(path)
    parts = split_article(text) if text is not None else None
    if text is None:
        return None
    if parts is None or not parts[0].get("title") or not parts[0].get("description"):
        desk.add(Problem.at(desk.show(path), 1, 1, "article_front"))
        return None
    front, body = parts
    return Article(id, language, front["title"], front["description"], body)


def _check_frame(desk: _Desk, frame: Frame, shards: tuple[Shard, ...], release: bool) -> None:
    site_path = desk.show(desk.root / "site.yaml")
    _check_site(desk, frame.site, site_path, shards)
    if release:
        for setting in SETTINGS_OF_A_RELEASE:
            value: Any = frame.site
            for name in setting.split("."):
                value = getattr(value, name)
            if value is None:
                desk.at(site_path, tuple(setting.split(".")), "release_setting", found=setting)
    terms = {term.id for term in frame.glossary}
    for name, entries in (("themes", frame.themes), ("programmes", frame.programmes), ("glossary", frame.glossary)):
        path = desk.show(desk.root / f"{name}.yaml")
        _check_unique(desk, path, [entry.id for entry in entries])
        for position, entry in enumerate(entries):
            _check_links(desk, path, entry, (position,), terms)
            for place, id in enumerate(getattr(entry, "see", ())):
                _check_known(desk, path, (position, "see", place), "unknown_term", id, terms)
    for article in frame.articles.values():
        _check_article(desk, article, terms)


def _check_site(desk: _Desk, site: Site, path: str, shards: tuple[Shard, ...]) -> None:
    codes = [language.code for language in site.languages]
    for position, code in enumerate(codes):
        if code in codes[:position]:
            desk.at(path, ("languages", position, "code"), "duplicate_language", found=code)
    if site.base_url is not None and re.search(r"[?#]", site.base_url):
        desk.at(path, ("base_url",), "base_url_form", found=site.base_url)
    try:
        ZoneInfo(site.timezone)
    except Exception:  # zoneinfo raises several unrelated kinds for a bad name
        desk.at(path, ("timezone",), "timezone", found=site.timezone)
    units = {shard.id for shard in shards}
    taken: dict[tuple[int, int], str] = {}
    for position, tile in enumerate(site.tiles):
        _check_known(desk, path, ("tiles", position, "unit"), "unknown_unit", tile.unit, units)
        place = (tile.column, tile.row)
        if place in taken:
            values = {"column": tile.column, "row": tile.row, "other": taken[place]}
            desk.at(path, ("tiles", position), "tile_taken", **values)
        taken.setdefault(place, tile.unit)


def _check_unique(desk: _Desk, path: str, ids: list[str]) -> None:
    first: dict[str, int] = {}
    for position, id in enumerate(ids):
        if id in first:
            other = f"{path}:{_nodes(path, str(Path.cwd())).find((first[id], 'id')).line}"
            desk.at(path, (position, "id"), "duplicate_id", found=id, other=other)
        first.setdefault(id, position)


def _check_article(desk: _Desk, article: Article, terms: set[str]) -> None:
    path = desk.root / "articles" / f"{article.id}.{article.language}.md"
    text = path.read_text("utf-8-sig").replace("\r\n", "\n")
    offset = text.count("\n", 0, len(text) - len(article.body)) + 1
    for target, line in article_links(article.body):
        problem = _link_problem(target, terms)
        if problem:
            code, values = problem
            desk.add(Problem.at(desk.show(path), offset + line, 1, code, **values))


# ── the units ────────────────────────────────────────────────────────────────


def _open_shards(desk: _Desk, languages: tuple[str, ...]) -> tuple[Shard, ...]:
    shards = []
    for path in _unit_files(desk):
        unit = desk.load(path, Unit, languages)
        if unit is not None:
            shards.append(Shard(path.stem, desk.show(path), unit))
    return tuple(shards)


def _without_drafts(shards: Iterable[Shard]) -> Iterator[Shard]:
    for shard in shards:
        pledges = tuple(
            pledge.model_copy(update={"updates": tuple(u for u in pledge.updates if not u.draft)})
            for pledge in shard.unit.pledges
            if not pledge.draft
        )
        if not shard.unit.draft and pledges:
            yield replace(shard, unit=shard.unit.model_copy(update={"pledges": pledges}))


def _check_units(desk: _Desk, frame: Frame, shards: tuple[Shard, ...]) -> None:
    terms = {term.id for term in frame.glossary}
    themes = {theme.id for theme in frame.themes}
    programmes = {programme.id for programme in frame.programmes}
    _check_unit_ids(desk, shards)
    owners: dict[str, str] = {}
    for shard in shards:
        _check_links(desk, shard.path, shard.unit, (), terms)
        _check_covers(desk, shard)
        _check_titles(desk, shard)
        for position, pledge in enumerate(shard.unit.pledges):
            loc: Loc = ("pledges", position)
            _check_pledge_ids(desk, shard, pledge, loc, owners)
            for name, ids, known in (("themes", pledge.themes, themes), ("programmes", pledge.programmes, programmes)):
                for place, id in enumerate(ids):
                    _check_known(desk, shard.path, (*loc, name, place), f"unknown_{name[:-1]}", id, known)
                    if id in ids[:place]:
                        desk.at(shard.path, (*loc, name, place), "repeated", found=id)
            _check_updates(desk, shard.path, pledge, loc, frame.site)


def _check_unit_ids(desk: _Desk, shards: tuple[Shard, ...]) -> None:
    orders: dict[int, str] = {}
    for shard in shards:
        if shard.unit.order in orders:
            other = orders[shard.unit.order]
            desk.at(shard.path, ("order",), "duplicate_order", found=shard.unit.order, other=other)
        orders.setdefault(shard.unit.order, shard.path)
        for other_shard in shards:
            if other_shard.id.startswith(f"{shard.id}-"):
                desk.add(Problem.at(shard.path, 0, 0, "unit_prefix", found=shard.id, other=other_shard.id))


def _check_pledge_ids(desk: _Desk, shard: Shard, pledge: Pledge, loc: Loc, owners: dict[str, str]) -> None:
    places: list[tuple[Loc, str]] = [((*loc, "id"), pledge.id)]
    places += [((*loc, "formerly", place), id) for place, id in enumerate(pledge.formerly)]
    for place, id in places:
        if id in owners:
            desk.at(shard.path, place, "duplicate_id", found=id, other=owners[id])
        node = _nodes(shard.path, str(Path.cwd())).find(place) if id not in owners else None
        owners.setdefault(id, f"{shard.path}:{node.line if node else 0}")
    if pledge.id.rpartition("-")[0] != shard.id:
        desk.at(shard.path, (*loc, "id"), "pledge_unit", found=pledge.id, expected=shard.id)


def _check_covers(desk: _Desk, shard: Shard) -> None:
    total = shard.unit.commitments
    covered: dict[int, str] = {}
    for position, pledge in enumerate(shard.unit.pledges):
        for place, item in enumerate(pledge.covers):
            loc: Loc = ("pledges", position, "covers", place)
            if item > total:
                desk.at(shard.path, loc, "covers_beyond", found=item, total=total)
            elif item in covered:
                desk.at(shard.path, loc, "covers_twice", found=item, other=covered[item])
            covered.setdefault(item, pledge.id)
    missing = [str(item) for item in range(1, total + 1) if item not in covered]
    if missing:
        desk.at(shard.path, ("commitments",), "covers_missing", found=", ".join(missing), total=total)


def _check_titles(desk: _Desk, shard: Shard) -> None:
    seen: dict[tuple[str, str], str] = {}
    for position, pledge in enumerate(shard.unit.pledges):
        for language, title in pledge.title.items():
            if (language, title) in seen:
                other = seen[language, title]
                desk.at(
                    shard.path,
                    ("pledges", position, "title", language),
                    "duplicate_title",
                    other=other,
                    language=language,
                )
            seen.setdefault((language, title), pledge.id)


def _check_updates(desk: _Desk, path: str, pledge: Pledge, loc: Loc, site: Site) -> None:
    before = None
    for position, update in enumerate(pledge.updates):
        place: Loc = (*loc, "updates", position)
        if before is not None and update.date < before.date:
            desk.at(path, (*place, "date"), "updates_order", found=update.date, other=before.date)
        if update.state == "reopened" and (before is None or before.state != "accepted"):
            desk.at(path, (*place, "state"), "update_not_reopened")
        if before is not None and before.state == "accepted" and update.state != "reopened":
            desk.at(path, (*place, "state"), "update_after_accepted", found=update.state)
        if site.as_of is not None and update.date > site.as_of:
            desk.at(path, (*place, "date"), "update_future", found=update.date, as_of=site.as_of)
        if pledge.withdrawn is not None and update.date > pledge.withdrawn.date:
            withdrawn = pledge.withdrawn.date
            desk.at(path, (*place, "date"), "update_after_withdrawn", found=update.date, withdrawn=withdrawn)
        dates = {"inspected": update.inspected}
        if update.notice is not None:
            ended = update.state == "accepted"
            dates["notice"] = update.notice.end if ended else update.notice.begin
        for name, date in dates.items():
            if date is not None and date > update.date:
                desk.at(path, (*place, name), "update_dates", found=date, field=name, date=update.date)
        before = update


# ── shared checks ────────────────────────────────────────────────────────────


def _near(found: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(found, sorted(known), 1)
    return f"{near[0]}? " if near else ""


def _check_known(desk: _Desk, path: str, loc: Loc, code: str, id: str, known: set[str]) -> None:
    if id not in known:
        desk.at(path, loc, code, found=id, near=_near(id, known), expected=", ".join(sorted(known)))


def _link_problem(target: str, terms: set[str]) -> tuple[str, dict[str, object]] | None:
    kind, _, name = target.partition(":")
    if kind == "term":
        return None if name in terms else ("markup_term", {"found": name, "near": _near(name, terms)})
    if kind == "page":
        return None if name in PAGES else ("markup_page", {"found": name, "expected": ", ".join(PAGES)})
    if re.fullmatch(r"https?://[^\s<>\"'`]+", target):
        return None
    return "markup_link", {"found": target}


def _check_links(desk: _Desk, path: str, record: BaseModel, loc: Loc, terms: set[str]) -> None:
    for place, text in texts(record):
        if "](" in text:
            for link in links(text):
                problem = _link_problem(link.target, terms)
                if problem:
                    desk.at(path, (*loc, *place), problem[0], **problem[1])


def texts(value: object, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """Every string of a record, with the way to it."""
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts(getattr(value, name), (*loc, name))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, (*loc, key))
    elif isinstance(value, tuple):
        for position, inner in enumerate(value):
            yield from texts(inner, (*loc, position))
