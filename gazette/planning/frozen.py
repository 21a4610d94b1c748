"""Plans the files of past editions, which are published unchanged."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.model.records.content import SharedContent
from gazette.model.records.editions import Edition, FrozenFile
from gazette.site.kinds import Kind
from gazette.site.routes import FROZEN
from gazette.site.target import Target
from gazette.site.views.editions import FrozenView

MAKER = "frozen"
"""The maker of a target whose bytes are content: it copies them."""


def frozen_path(edition: Edition, file: FrozenFile) -> str:
    """Return the address of a file of an edition. It never changes."""
    return f"{FROZEN}{edition.number}/{file.path}"


def frozen_targets(content: SharedContent) -> Iterator[Target]:
    """Yield a target for each file of each edition."""
    for edition in content.editions:
        for file in edition.files:
            kind: Kind = "pdf" if file.path.endswith(".pdf") else "data"
            yield Target(frozen_path(edition, file), kind, MAKER, FrozenView(file.digest))


def frozen_paths(content: SharedContent) -> Iterator[str]:
    """Yield the paths of the files of all editions."""
    yield from (frozen_path(edition, file) for edition in content.editions for file in edition.files)
