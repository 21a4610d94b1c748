"""The gate before writing: every link of what was just made leads to a page and a place that exist."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from itertools import chain
from urllib.parse import unquote

import msgspec

from gazette.lazy_re import pattern
from gazette.messages.problems import Problem
from gazette.rendering.attributes import values

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
    return frozenset(map(html.unescape, values(page, "id")))


def links(page: str) -> Iterator[str]:
    """The links of a page that stay inside the site, as written. An address with a host stays outside, also on the host
    of the site: other things may stand there."""
    yield from _inside(dict.fromkeys(_addresses(page)))


def _addresses(page: str) -> Iterator[str]:
    """What a page leads to or loads, as written."""
    return chain(values(page, "href"), values(page, "src"))


def _inside(written: Iterable[str]) -> Iterator[str]:
    for value in written:
        target = html.unescape(value)
        if target and not _ELSEWHERE.match(target):
            yield target


def unresolved_links(
    texts: Iterable[tuple[str, str]], base_path: str = "", there: Container[str] = ()
) -> dict[LinkTarget, LinkLocation]:
    """Where the links of some `texts` (path of the page or document, and its text or a part of it) lead outside these
    texts, each with the first spot that leads there. Links that begin with `base_path` (the 404 page's) start at the
    site's root. The files `there` exist: nothing is said of a link to one as a whole."""
    pages = list(texts)
    places = _Places(pages)
    found: dict[LinkTarget, LinkLocation] = {}
    seen: dict[str, set[str]] = {}
    for path, text in pages:
        folder = posixpath.dirname(path)
        known = seen.setdefault(folder, set())
        # a link that does not begin with "#" leads from every page of a folder to the same place
        new = dict.fromkeys(value for value in _addresses(text) if value not in known)
        known.update(value for value in new if not value.startswith("#"))
        for link in _inside(new):
            goal = (path, unquote(link[1:])) if link.startswith("#") else _goal(folder, link, base_path)
            if goal not in found and not places.have(goal) and (goal[1] or goal[0] not in there):
                found[goal] = LinkLocation(path, _line(text, link), link)
    return found


class _Places:
    """The places in some texts, by path. They are listed when a link leads to one: most pages have only their own."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        self.texts: dict[str, list[str]] = {}
        for path, text in texts:
            self.texts.setdefault(path, []).append(text)
        self.anchors: dict[str, frozenset[str]] = {}

    def have(self, goal: LinkTarget) -> bool:
        """Whether a link leads to one of them, or to one of the paths as a whole."""
        path, place = goal
        if not place or path not in self.texts:
            return path in self.texts
        if path not in self.anchors:
            self.anchors[path] = frozenset().union(*map(anchors, self.texts[path]))
        return place in self.anchors[path]


def _goal(folder: str, link: str, base_path: str) -> LinkTarget:
    target, _, place = link.partition("#")
    target = target.partition("?")[0]
    if target.startswith("/"):
        return unquote(target.removeprefix(base_path or "/").lstrip("/")), unquote(place)
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
