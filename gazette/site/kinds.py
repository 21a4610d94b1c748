"""Lists the kinds of published files, which `--only` can name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

Kind = Literal["pages", "data", "exports", "pdf", "pictures", "search"]
KINDS: tuple[Kind, ...] = ("pages", "data", "exports", "pdf", "pictures", "search")
"""`data` are the tables as CSV and JSON with their descriptions. `exports` repeat the data as workbooks and as a file
for each unit and pledge; a build without them is faster."""

_CARRIED: dict[str, tuple[Kind, ...]] = {"pdf": ("data",), "exports": ("data",)}
"""The kinds of the files that files of a kind carry."""


def with_carried(kinds: Iterable[str]) -> tuple[str, ...]:
    """The chosen kinds and those that they carry, since units have to contribute to these as well."""
    chosen = (*kinds,)
    return (*dict.fromkeys([*chosen, *(carried for kind in chosen for carried in _CARRIED.get(kind, ()))]),)
