"""Owns the versions of what is installed, as the names of its folders say them: asking in full takes much longer."""

from __future__ import annotations

import os
import sys
from functools import lru_cache


@lru_cache(maxsize=1)
def folders() -> tuple[str, ...]:
    """The names of the folders that describe installed packages, such as `jinja2-3.1.6.dist-info`."""
    found: list[str] = []
    for place in sys.path:
        if place.endswith("-packages") and os.path.isdir(place):  # noqa: PTH112 - pathlib is slower here
            found += sorted(name for name in os.listdir(place) if name.endswith(".dist-info"))  # noqa: PTH208
    return tuple(found)


def version(package: str) -> str:
    """The installed version of a package. Raises PackageNotFoundError."""
    wanted = package.lower().replace("-", "_")
    for folder in folders():
        name, _, number = folder.removesuffix(".dist-info").partition("-")
        if name.lower().replace(".", "_") == wanted:
            return number
    from importlib.metadata import version as ask

    return ask(package)
