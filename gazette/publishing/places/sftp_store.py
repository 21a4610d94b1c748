"""A server that is reached by SFTP and takes no links: an `in_place.Store`."""

from __future__ import annotations

import hashlib
import posixpath
import re

from gazette.publishing.in_place import OWN
from gazette.publishing.places import sftp_files
from gazette.publishing.places.sftp_files import NEW
from gazette.publishing.places.sftp_host import SftpHost
from gazette.publishing.places.ssh_connection import Session
from gazette.publishing.refused import Refused

_DIGEST = re.compile("[0-9a-f]{64}")


class SftpStore(SftpHost):
    """The folder of a connection. Every file is read back before it gets its name."""

    def write(self, path: str, data: bytes) -> None:
        async def work(session: Session) -> None:
            place = session.at(path)
            await sftp_files.make_folders(session.sftp, posixpath.dirname(place))
            await sftp_files.put(session.sftp, place + NEW, data, durable=not _DIGEST.search(path))
            if await sftp_files.read(session.sftp, place + NEW) != data:
                raise Refused("publish_damaged", found=path, count=1)
            await sftp_files.replace(session.sftp, place + NEW, place)

        self.connection.run(work, None)

    def digests(self, folder: str) -> dict[str, str]:
        """As `in_place.Store`. Objects are named by their digests, and got their names after they were read back. Half
        files of a cut-off run are removed."""
        for place in (folder, OWN):
            for name in self.names(place):
                if name.endswith(NEW):
                    self.remove(f"{place}/{name}")
        return {name: name for name in self.names(folder) if _DIGEST.fullmatch(name)}

    def copy(self, source: str, path: str, sha256: str) -> None:
        """As `in_place.Store`. The server copies the object itself where it can, first to a path that no visitor gets.
        An object that is damaged is removed, so that the next run sends it again."""

        async def work(session: Session) -> None:
            old, place = session.at(source), session.at(path)
            new = session.at(f"{OWN}/{hashlib.sha256(path.encode()).hexdigest()}{NEW}")
            await sftp_files.make_folders(session.sftp, posixpath.dirname(place))
            if session.sftp.supports_remote_copy:
                await sftp_files.copy(session.sftp, old, new)
            elif (data := await sftp_files.read(session.sftp, old)) is not None:
                await sftp_files.put(session.sftp, new, data)
            if await sftp_files.digest(session.sftp, new) != sha256:
                await sftp_files.remove(session.sftp, new)
                await sftp_files.remove(session.sftp, old)
                raise Refused("publish_object_gone", found=source)
            await sftp_files.replace(session.sftp, new, place)

        self.connection.run(work, None)
