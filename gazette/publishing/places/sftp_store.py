"""A server that is reached by SFTP and takes no links: a `Store`."""

from __future__ import annotations

import posixpath
import re

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
            await sftp_files.put(session.sftp, place + NEW, data)
            if await sftp_files.read(session.sftp, place + NEW) != data:
                raise Refused("publish_damaged", found=path, count=1)
            await sftp_files.replace(session.sftp, place + NEW, place)

        self.connection.run(work, None)

    def digests(self, folder: str) -> dict[str, str]:
        """Objects are named by their digests, and have their names since they were read back."""
        return {name: name for name in self.names(folder) if _DIGEST.fullmatch(name)}

    def copy(self, source: str, path: str, sha256: str) -> None:
        """By the server itself, where it can. An object that is not what it should be is removed, so that it is sent
        again the next time."""

        async def work(session: Session) -> None:
            old, place = session.at(source), session.at(path)
            await sftp_files.make_folders(session.sftp, posixpath.dirname(place))
            if session.sftp.supports_remote_copy:
                await sftp_files.copy(session.sftp, old, place + NEW)
            elif (data := await sftp_files.read(session.sftp, old)) is not None:
                await sftp_files.put(session.sftp, place + NEW, data)
            if await sftp_files.digest(session.sftp, place + NEW) != sha256:
                await sftp_files.remove(session.sftp, place + NEW)
                await sftp_files.remove(session.sftp, old)
                raise Refused("publish_object_gone", found=source)
            await sftp_files.replace(session.sftp, place + NEW, place)

        self.connection.run(work, None)
