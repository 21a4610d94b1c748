"""Owns the question whether the content fits together: ids, references, covers, dates, languages, links."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from gazette.content import Article, Shard
from gazette.decode import Node
from gazette.desk import Desk
from gazette.markup import PAGES, article_links, links
from gazette.model import Pledge, Programme, Site, Term, Theme
from gazette.problems import Loc, Problem

SETTINGS_OF_A_RELEASE = ("as_of", "statements_date", "base_url", "publisher.name", "publisher.contact")


# ── the frame ────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Known:
    """The ids that may be referred to. None: that file could not be read, so nothing is said about references to it."""

    units: frozenset[str]
    themes: frozenset[str] | None
    programmes: frozenset[str] | None
    terms: frozenset[str] | None


def ids_of(entries: Iterable[Theme | Programme | Term] | None) -> frozenset[str] | None:
    """The ids of a file's entries."""
    return None if entries is None else frozenset(entry.id for entry in entries)


def check_site(desk: Desk, site: Site, known: Known, release: bool) -> None:
    """The settings; for a release also those that must be filled in."""
    path = desk.show(desk.root / "site.yaml")
    for setting in SETTINGS_OF_A_RELEASE if release else ():
        value: Any = site
        for name in setting.split("."):
            value = getattr(value, name)
        if value is None:
            desk.at(path, tuple(setting.split(".")), "release_setting", found=setting)
    _check_settings(desk, site, path, known)


def check_entries(desk: Desk, files: Mapping[str, tuple[Theme | Programme | Term, ...] | None], known: Known) -> None:
    """Themes, programmes and glossary, by the name of their file."""
    for name, entries in files.items():
        path = desk.show(desk.root / f"{name}.yaml")
        _check_unique(desk, path, [entry.id for entry in entries or ()])
        for position, entry in enumerate(entries or ()):
            _check_links(desk, path, entry, (position,), known)
            for place, id in enumerate(getattr(entry, "see", ())):
                _check_known(desk, path, (position, "see", place), "unknown_term", id, known.terms)


def check_articles(desk: Desk, articles: Iterable[Article], known: Known) -> None:
    """The links of the articles."""
    for article in articles:
        _check_article(desk, article, known)


def _check_settings(desk: Desk, site: Site, path: str, known: Known) -> None:
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
    taken: dict[tuple[int, int], str] = {}
    for position, tile in enumerate(site.tiles):
        _check_known(desk, path, ("tiles", position, "unit"), "unknown_unit", tile.unit, known.units)
        place = (tile.column, tile.row)
        if place in taken:
            values = {"column": tile.column, "row": tile.row, "other": taken[place]}
            desk.at(path, ("tiles", position), "tile_taken", **values)
        taken.setdefault(place, tile.unit)


def _check_unique(desk: Desk, path: str, ids: list[str]) -> None:
    first: dict[str, int] = {}
    for position, id in enumerate(ids):
        if id in first:
            other = f"{path}:{desk.node(path, (first[id], 'id')).line}"
            desk.at(path, (position, "id"), "duplicate_id", found=id, other=other)
        first.setdefault(id, position)


def _check_article(desk: Desk, article: Article, known: Known) -> None:
    path = desk.show(desk.root / "articles" / f"{article.id}.{article.language}.md")
    text = desk.texts[path]
    offset = text.count("\n", 0, len(text) - len(article.body)) + 1
    for target, line in article_links(article.body):
        problem = _link_problem(target, known.terms)
        if problem:
            code, values = problem
            desk.add(Problem.at(path, offset + line, 1, code, **values))


# ── the units ────────────────────────────────────────────────────────────────


def check_unit(desk: Desk, shard: Shard, known: Known, as_of: datetime.date | None) -> None:
    """A unit by itself."""
    _check_links(desk, shard.path, shard.unit, (), known)
    _check_covers(desk, shard)
    _check_titles(desk, shard)
    owners: dict[str, Loc] = {}
    for position, pledge in enumerate(shard.unit.pledges):
        loc: Loc = ("pledges", position)
        _check_pledge_ids(desk, shard, pledge, loc, owners)
        _check_filing(desk, shard.path, (*loc, "themes"), "unknown_theme", pledge.themes, known.themes)
        _check_filing(desk, shard.path, (*loc, "programmes"), "unknown_programme", pledge.programmes, known.programmes)
        _check_updates(desk, shard.path, pledge, loc, as_of)


def _check_filing(
    desk: Desk, path: str, loc: Loc, code: str, ids: tuple[str, ...], known: frozenset[str] | None
) -> None:
    for place, id in enumerate(ids):
        _check_known(desk, path, (*loc, place), code, id, known)
        if id in ids[:place]:
            desk.at(path, (*loc, place), "repeated", found=id)


def _check_pledge_ids(desk: Desk, shard: Shard, pledge: Pledge, loc: Loc, owners: dict[str, Loc]) -> None:
    places: list[tuple[Loc, str]] = [((*loc, "id"), pledge.id)]
    places += [((*loc, "formerly", place), id) for place, id in enumerate(pledge.formerly)]
    for place, id in places:
        if id in owners:
            other = f"{shard.path}:{desk.node(shard.path, owners[id]).line}"
            desk.at(shard.path, place, "duplicate_id", found=id, other=other)
        owners.setdefault(id, place)
    if pledge.id.rpartition("-")[0] != shard.id:
        desk.at(shard.path, (*loc, "id"), "pledge_unit", found=pledge.id, expected=shard.id)


def _check_covers(desk: Desk, shard: Shard) -> None:
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


def _check_titles(desk: Desk, shard: Shard) -> None:
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


def _check_updates(desk: Desk, path: str, pledge: Pledge, loc: Loc, as_of: datetime.date | None) -> None:
    before = None
    for position, update in enumerate(pledge.updates):
        place: Loc = (*loc, "updates", position)
        if before is not None and update.date < before.date:
            desk.at(path, (*place, "date"), "updates_order", found=update.date, other=before.date)
        if update.state == "reopened" and (before is None or before.state != "accepted"):
            desk.at(path, (*place, "state"), "update_not_reopened")
        if before is not None and before.state == "accepted" and update.state != "reopened":
            desk.at(path, (*place, "state"), "update_after_accepted", found=update.state)
        if as_of is not None and update.date > as_of:
            desk.at(path, (*place, "date"), "update_future", found=update.date, as_of=as_of)
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


# ── the units against each other ─────────────────────────────────────────────


@dataclass(frozen=True)
class Claim:
    """What a unit claims for itself alone: its place in the official order, and its pledges' ids."""

    path: str
    place: int
    ids: tuple[str, ...]


def claim_of(shard: Shard) -> Claim:
    """What a unit claims."""
    ids = tuple(id for pledge in shard.unit.pledges for id in (pledge.id, *pledge.formerly))
    return Claim(shard.path, shard.unit.order, ids)


def check_together(desk: Desk, claims: Mapping[str, Claim]) -> None:
    """The units against each other: no two with one place, one id, or names that could be mixed up."""
    places: dict[int, str] = {}
    owners: dict[str, str] = {}
    for id, claim in claims.items():
        if claim.place in places:
            desk.at(claim.path, ("order",), "duplicate_order", found=claim.place, other=places[claim.place])
        places.setdefault(claim.place, claim.path)
        for pledge in claim.ids:
            if owners.setdefault(pledge, claim.path) != claim.path:
                other = f"{owners[pledge]}:{_place_of(desk, owners[pledge], pledge).line}"
                spot = _place_of(desk, claim.path, pledge)
                values = {"found": pledge, "other": other}
                desk.add(Problem.at(claim.path, spot.line, spot.column, "duplicate_id", **values))
        for beginning in _beginnings(id):
            if beginning in claims:
                desk.add(Problem.at(claims[beginning].path, 0, 0, "unit_prefix", found=beginning, other=id))


def _beginnings(id: str) -> Iterator[str]:
    """What an id begins with, up to each of its hyphens."""
    parts = id.split("-")
    yield from ("-".join(parts[:n]) for n in range(1, len(parts)))


def _place_of(desk: Desk, path: str, id: str) -> Node:
    """Where a unit's file names a pledge's id, present or former."""
    pledges = desk.node(path, ("pledges",)).entries or ()
    for position, pledge in enumerate(pledges):
        former = pledge.find(("formerly",)).entries or ()
        for loc in (("id",), *(("formerly", place) for place in range(len(former)))):
            node = desk.node(path, ("pledges", position, *loc))
            if node.scalar == id:
                return node
    return desk.node(path, ())


# ── shared checks ────────────────────────────────────────────────────────────


def _near(found: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(found, sorted(known), 1)
    return near[0] if near else ""


def _check_known(desk: Desk, path: str, loc: Loc, code: str, id: str, known: frozenset[str] | None) -> None:
    if known is not None and id not in known:
        desk.at(path, loc, code, found=id, near=_near(id, known), expected=", ".join(sorted(known)))


def _link_problem(target: str, terms: frozenset[str] | None) -> tuple[str, dict[str, object]] | None:
    kind, _, name = target.partition(":")
    if kind == "term":
        return None if terms is None or name in terms else ("markup_term", {"found": name, "near": _near(name, terms)})
    if kind == "page":
        return None if name in PAGES else ("markup_page", {"found": name, "expected": ", ".join(PAGES)})
    if re.fullmatch(r"https?://[^\s<>\"'`]+", target):
        return None
    return "markup_link", {"found": target}


def _check_links(desk: Desk, path: str, record: BaseModel, loc: Loc, known: Known) -> None:
    if "](" not in desk.texts[path]:
        return
    for place, text in texts(record):
        if "](" in text:
            for link in links(text):
                problem = _link_problem(link.target, known.terms)
                if problem:
                    desk.inside(path, (*loc, *place), link.offset, problem[0], **problem[1])


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
