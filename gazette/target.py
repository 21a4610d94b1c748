"""Owns what a thing to be published is: its path, how it is made and from what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["pages", "data", "pdf", "pictures", "search"]
KINDS: tuple[Kind, ...] = ("pages", "data", "pdf", "pictures", "search")


@dataclass(frozen=True)
class Target:
    """One file of the site.

    `path` is relative to the site's root. `maker` names a function of `render.MAKERS`. `view` is all that the maker
    may know of the content (a frozen record of texts and numbers). `template` is what it is poured into, `assets` are
    names of files of the templates folder that it reads, `needs` the paths of targets whose bytes it reads.
    `weight` orders the work: the longest first.
    """

    path: str
    kind: Kind
    maker: str
    view: object = None
    template: str | None = None
    assets: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    weight: int = 1
