"""A folder of this machine, or a mounted share, on a file system without links."""

from __future__ import annotations

import hashlib
from pathlib import Path

from gazette.publishing.in_place import OWN
from gazette.publishing.places.local import LocalFolder
from gazette.publishing.refused import Refused


class PlainFolder(LocalFolder):
    """A folder as an `in_place.Store`."""

    def new_name(self, place: Path) -> Path:  # noqa: ARG002 - there is one at a time
        """Return a path in our own folder: a killed process leaves half a file there, and visitors never get it."""
        return self.folder / OWN / "new"

    def write(self, path: str, data: bytes) -> None:
        (self.folder / OWN).mkdir(exist_ok=True)
        super().write(path, data)

    def copy(self, source: str, path: str, sha256: str) -> None:
        data = self.read(source)
        if data is None or hashlib.sha256(data).hexdigest() != sha256:
            raise Refused("publish_object_gone", found=source)
        self.write(path, data)
