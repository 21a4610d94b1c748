"""Checks before writing that every link in what was just made leads to an existing file and anchor."""

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
"""Where a link leads: the path of a file from the root of the site, and an anchor in it ("" for none)."""


class LinkLocation(msgspec.Struct, frozen=True):
    """Where a link is: page, line (from 1), and the link as written."""

    path: str
    line: int
    link: str


def anchors(page: str) -> frozenset[str]:
    """Return the anchors of a page: the values of `id`."""
    return frozenset(map(html.unescape, values(page, "id")))


def links(page: str) -> Iterator[str]:
    """Yield the links of a page that stay inside the site, as written. A link with a host counts as outside, even if it
    is the site's own host: other sites may be served there."""
    yield from _inside(dict.fromkeys(_addresses(page)))


def _addresses(page: str) -> Iterator[str]:
    """Return the values of all `href` and `src` in a page, as written."""
    return chain(values(page, "href"), values(page, "src"))


def _inside(written: Iterable[str]) -> Iterator[str]:
    """Yield the unescaped links that have neither scheme nor host."""
    for value in written:
        target = html.unescape(value)
        if target and not _ELSEWHERE.match(target):
            yield target


def unresolved_links(
    texts: Iterable[tuple[str, str]], base_path: str = "", there: Container[str] = ()
) -> dict[LinkTarget, LinkLocation]:
    """Return the links in `texts` that lead outside these texts, each with the first place that links there. `texts`:
    (path of a page or document, its text or a part of it). Links that begin with `base_path` (those of the 404 page)
    start at the site's root. The files `there` exist: links to one as a whole are left out."""
    pages = list(texts)
    own_anchors = _Anchors(pages)
    outside: dict[LinkTarget, LinkLocation] = {}
    seen: dict[str, set[str]] = {}
    for path, text in pages:
        folder = posixpath.dirname(path)
        done = seen.setdefault(folder, set())
        # a link that does not begin with "#" leads from every page of a folder to the same place
        new = dict.fromkeys(value for value in _addresses(text) if value not in done)
        done.update(value for value in new if not value.startswith("#"))
        for link in _inside(new):
            goal = (path, unquote(link[1:])) if link.startswith("#") else _goal(folder, link, base_path)
            if goal not in outside and not own_anchors.have(goal) and (goal[1] or goal[0] not in there):
                outside[goal] = LinkLocation(path, _line(text, link), link)
    return outside


class _Anchors:
    """The anchors in some texts, by path. They are listed when a link first leads to one: most pages have only links to
    themselves."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        self.texts: dict[str, list[str]] = {}
        for path, text in texts:
            self.texts.setdefault(path, []).append(text)
        self.anchors: dict[str, frozenset[str]] = {}

    def have(self, goal: LinkTarget) -> bool:
        """Return whether a link leads to one of these anchors, or to one of the paths as a whole."""
        path, anchor = goal
        if not anchor or path not in self.texts:
            return path in self.texts
        if path not in self.anchors:
            self.anchors[path] = frozenset().union(*map(anchors, self.texts[path]))
        return anchor in self.anchors[path]


def _goal(folder: str, link: str, base_path: str) -> LinkTarget:
    """Return where a link leads that is in a page of `folder`."""
    target, _, anchor = link.partition("#")
    target = target.partition("?")[0]
    if target.startswith("/"):
        return unquote(target.removeprefix(base_path or "/").lstrip("/")), unquote(anchor)
    return posixpath.normpath(posixpath.join(folder, unquote(target))), unquote(anchor)


def broken_links(
    ends: Mapping[LinkTarget, LinkLocation], exists: Callable[[str], bool], read: Callable[[str], str | None]
) -> Iterator[Problem]:
    """Yield a problem for each link that leads to no file, or to no anchor in it. `exists` says whether a path is a
    file of the site. `read` returns a page's text, or None if the page will be made again later and its anchors are
    unknown."""
    anchors_of: dict[str, frozenset[str] | None] = {}
    for (path, anchor), spot in ends.items():
        if not exists(path):
            yield Problem.at(spot.path, spot.line, 1, "link_broken", found=spot.link)
        elif anchor and path.endswith(".html"):
            if path not in anchors_of:
                text = read(path)
                anchors_of[path] = None if text is None else anchors(text)
            page_anchors = anchors_of[path]
            if page_anchors is not None and anchor not in page_anchors:
                yield Problem.at(spot.path, spot.line, 1, "anchor_broken", found=spot.link)


def _line(text: str, link: str) -> int:
    """Return the line (from 1) of a link in a text."""
    return text.count("\n", 0, text.find(f'"{html.escape(link)}"')) + 1
