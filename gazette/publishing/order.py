"""Orders files for destinations that cannot replace all at once: no page before what it loads and links to."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from gazette.publishing.headers import plain_path

LAST = ("index.html", "404.html", "sitemap.xml", "robots.txt", "sha256sums.txt")
"""Pages and lists that lead to all others."""


def stage_of(path: str) -> int:
    """Return the stage of a file: 0 what pages load, 1 data and documents, 2 pages, 3 what leads to all of them. A
    compressed form has the stage of its source."""
    path = plain_path(path)
    name = path.rpartition("/")[2]
    if name in LAST or path.endswith("/feed.xml"):
        return 3
    if path.endswith(".html"):
        return 2
    return 0 if path.startswith("static/") else 1


def in_order(paths: Iterable[str]) -> list[str]:
    """Return paths in the order in which their files are written."""
    return sorted(paths, key=lambda path: (stage_of(path), path))


def in_order_of_removal(paths: Iterable[str]) -> list[str]:
    """Return paths in the order in which their files are removed: what leads to others first."""
    return sorted(paths, key=lambda path: (-stage_of(path), path))


def by_stage(paths: Iterable[str]) -> list[list[str]]:
    """Group paths, in one of these orders, by stage; within a stage the order does not matter."""
    return [[*group] for _, group in groupby(paths, stage_of)]
