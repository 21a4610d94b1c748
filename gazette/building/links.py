"""The gate before writing: every link of what was just made leads to a page and a place that exist."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from urllib.parse import unquote

import msgspec

from gazette.lazy_re import pattern
from gazette.messages.problems import Problem

_ELSEWHERE = pattern(r"[a-z][a-z0-9+.\-]*:|//", re.I)

LinkTarget = tuple[str, str]
"""Where a link leads: the path of a file from the root of the site, and a place in it (or nothing)."""


class LinkLocation(msgspec.Struct, frozen=True):
    """Where a link stands: page, line (from 1), and the link as written."""

    path: str
    line: int
    link: str


def anchors(page: str) -> frozenset[str]:
    """The places of a page that a link can lead to."""
    return frozenset(html.unescape(value) for value in _values(page, "id"))


def links(page: str) -> Iterator[str]:
    """The links of a page that stay inside the site, as written."""
    for value in dict.fromkeys((*_values(page, "href"), *_values(page, "src"))):
        target = html.unescape(value)
        if target and not _ELSEWHERE.match(target):
            yield target


def _values(page: str, attribute: str) -> Iterator[str]:
    """The values of an attribute, as written. Splitting is ten times faster than a regular expression."""
    for piece in page.split(f' {attribute}="')[1:]:
        yield piece[: piece.index('"')]


def unresolved_links(texts: Iterable[tuple[str, str]], base_path: str = "") -> dict[LinkTarget, LinkLocation]:
    """Where the links of some `texts` (path of the page, and a part of it) lead outside these texts, each with the
    first spot that leads there. Links that begin with `base_path` (the 404 page's) start at the site's root."""
    pages = list(texts)
    places: dict[str, set[str]] = {}
    for path, text in pages:
        places.setdefault(path, {""}).update(anchors(text))
    found: dict[LinkTarget, LinkLocation] = {}
    goals: dict[tuple[str, str], LinkTarget] = {}
    for path, text in pages:
        folder = posixpath.dirname(path)
        for link in links(text):
            if link.startswith("#"):
                goal = path, unquote(link[1:])
            elif (folder, link) in goals:
                goal = goals[folder, link]
            else:
                goal = goals[folder, link] = _goal(folder, link, base_path)
            if goal not in found and goal[1] not in places.get(goal[0], ()):
                found[goal] = LinkLocation(path, _line(text, link), link)
    return found


def _goal(folder: str, link: str, base_path: str) -> LinkTarget:
    target, _, place = link.partition("#")
    target = target.partition("?")[0]
    if target.startswith("/"):
        return target.removeprefix(base_path or "/").lstrip("/"), unquote(place)
    return posixpath.normpath(posixpath.join(folder, unquote(target))), unquote(place)


def broken_links(
    ends: Mapping[LinkTarget, LinkLocation], exists: Callable[[str], bool], read: Callable[[str], str | None]
) -> Iterator[Problem]:
    """The links that lead to no file, or to no place in it. `read` gives a page's text; None for one that is to be made
    again, of which nobody knows the places now."""
    known: dict[str, frozenset[str] | None] = {}
    for (path, place), spot in ends.items():
        if not exists(path):
            yield Problem.at(spot.path, spot.line, 1, "link_broken", found=spot.link)
        elif place and path.endswith(".html"):
            if path not in known:
                text = read(path)
                known[path] = None if text is None else anchors(text)
            places = known[path]
            if places is not None and place not in places:
                yield Problem.at(spot.path, spot.line, 1, "anchor_broken", found=spot.link)


def _line(text: str, link: str) -> int:
    return text.count("\n", 0, text.find(f'"{html.escape(link)}"')) + 1
