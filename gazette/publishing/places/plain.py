"""A folder of this machine, or a share that it has mounted, that takes no links."""

from __future__ import annotations

import hashlib

from gazette.publishing.places.local import LocalFolder
from gazette.publishing.refused import Refused


class PlainFolder(LocalFolder):
    """As `in_place.Store`."""

    def digests(self, folder: str) -> dict[str, str]:
        """Half a file, from a run that was cut off, has another ending, and is no object."""
        return {path: digest for path, digest in super().digests(folder).items() if not path.endswith(".new")}

    def copy(self, source: str, path: str, sha256: str) -> None:
        data = self.read(source)
        if data is None or hashlib.sha256(data).hexdigest() != sha256:
            raise Refused("publish_object_gone", found=source)
        self.write(path, data)
