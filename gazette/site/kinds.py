"""The kinds of things that are published: what `--only` may name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

Kind = Literal["pages", "data", "exports", "pdf", "pictures", "search"]
KINDS: tuple[Kind, ...] = ("pages", "data", "exports", "pdf", "pictures", "search")
"""`data` are the tables as CSV and JSON with what describes them; `exports` are the same data once more, as workbooks
and as a file for each unit and each pledge: a build without them is faster."""

_CARRIED: dict[str, tuple[Kind, ...]] = {"pdf": ("data",), "exports": ("data",)}
"""The kinds of the files that those of a kind carry."""


def with_carried(kinds: Iterable[str]) -> tuple[str, ...]:
    """Some kinds, and those of the files that theirs carry: what units give them is needed too."""
    chosen = (*kinds,)
    return (*dict.fromkeys([*chosen, *(carried for kind in chosen for carried in _CARRIED.get(kind, ()))]),)
