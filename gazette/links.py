"""Owns the gate before writing: every link of the new pages leads to a page and a place that exist."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import unquote

from gazette.problems import Problem

_LINK = re.compile(r"""\s(?:href|src)="([^"]*)\"""")
_PLACE = re.compile(r"""\sid="([^"]+)\"""")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.\-]*:|//", re.I)


def anchors(page: str) -> frozenset[str]:
    """The places of a page that a link can lead to."""
    return frozenset(html.unescape(match) for match in _PLACE.findall(page))


def links(page: str) -> Iterator[str]:
    """The links of a page that stay inside the site, as written."""
    for match in _LINK.findall(page):
        target = html.unescape(match)
        if target and not _ELSEWHERE.match(target):
            yield target


def broken(
    pages: Iterable[str], read: Callable[[str], str], paths: frozenset[str], base_path: str = ""
) -> Iterator[Problem]:
    """Links of `pages` (paths) without a target among `paths`, or whose page lacks the place they name.

    `read` gives a page's text. Links that begin with `base_path` (the 404 page's) start at the site's root.
    """
    known: dict[str, frozenset[str]] = {}
    for path in pages:
        text = read(path)
        for link in dict.fromkeys(links(text)):
            target, _, place = link.partition("#")
            if target.startswith("/"):
                full = target.removeprefix(base_path or "/").lstrip("/")
            else:
                full = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(target))) if target else path
            if full not in paths:
                yield Problem.at(path, _line(text, link), 1, "link_broken", found=link)
            elif place and full.endswith(".html"):
                if full not in known:
                    known[full] = anchors(text if full == path else read(full))
                if unquote(place) not in known[full]:
                    yield Problem.at(path, _line(text, link), 1, "anchor_broken", found=link)


def _line(text: str, link: str) -> int:
    return text.count("\n", 0, text.find(f'"{html.escape(link)}"')) + 1
