"""A server that is reached by SFTP alone and takes links: a `release_folders.Host`."""

from __future__ import annotations

import contextlib
import hashlib
import posixpath
from typing import NamedTuple

from gazette.publishing.destination import Sending, Sent
from gazette.publishing.manifest import Manifest, PublishedFile
from gazette.publishing.places import sftp_files
from gazette.publishing.places.sftp_files import NEW
from gazette.publishing.places.ssh_connection import Connection, Session
from gazette.publishing.refused import Refused
from gazette.publishing.release import Release

_SAMPLE = 20
"""The number of linked files that are read back."""


class SftpHost:
    """The folder of a connection. It must exist."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._linked: dict[str, PublishedFile] = {}

    def check_writable(self) -> None:
        """Do nothing: the protocol does not say what an account may do."""

    def read(self, path: str) -> bytes | None:
        return self.connection.run(lambda session: sftp_files.read(session.sftp, session.at(path)))

    def write(self, path: str, data: bytes) -> None:
        async def work(session: Session) -> None:
            place = session.at(path)
            await sftp_files.make_folders(session.sftp, posixpath.dirname(place))
            await sftp_files.put(session.sftp, place + NEW, data, durable=True)
            await sftp_files.replace(session.sftp, place + NEW, place)

        self.connection.run(work, None)

    def create(self, path: str, data: bytes) -> bool:
        """As `release_folders.Host`. The protocol has a rename that refuses, atomically, a name that is taken."""

        async def work(session: Session) -> bool:
            import asyncssh

            place, is_new = session.at(path), False
            new = f"{place}.{hashlib.sha256(data).hexdigest()[:16]}{NEW}"
            try:
                await sftp_files.put(session.sftp, new, data)
                await session.sftp.rename(new, place)
                is_new = True
            except (asyncssh.SFTPFailure, asyncssh.SFTPFileAlreadyExists):
                if not await session.sftp.lexists(place):
                    raise
            finally:
                if not is_new:
                    with contextlib.suppress(asyncssh.Error):
                        await session.sftp.remove(new)
            return is_new

        return self.connection.run(work)

    def remove(self, path: str) -> None:
        self.connection.run(lambda session: sftp_files.remove(session.sftp, session.at(path)), None)

    def names(self, folder: str) -> list[str]:
        async def work(session: Session) -> list[str]:
            import asyncssh

            try:
                found = await session.sftp.listdir(session.at(folder))
            except asyncssh.SFTPNoSuchFile:
                return []
            return sorted(name for name in found if name not in (".", ".."))

        return self.connection.run(work)

    def move(self, before: str, after: str) -> None:
        self.connection.run(lambda session: session.sftp.rename(session.at(before), session.at(after)))

    def point(self, link: str, folder: str) -> None:
        async def work(session: Session) -> None:
            place = session.at(link)
            await sftp_files.remove(session.sftp, place + NEW)
            await session.sftp.symlink(folder, place + NEW)
            await session.sftp.posix_rename(place + NEW, place)

        self.connection.run(work)

    def pointed(self, link: str) -> str:
        async def work(session: Session) -> str:
            import asyncssh

            try:
                return await session.sftp.readlink(session.at(link))
            except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPFailure, asyncssh.SFTPBadMessage):
                return ""

        return self.connection.run(work)

    def check_links(self) -> None:
        """Find out whether the server makes symbolic links and replaces them atomically. Raises Refused."""

        async def work(session: Session) -> None:
            import asyncssh

            probe = session.at("link") + NEW
            await sftp_files.remove(session.sftp, probe)
            try:
                await session.sftp.symlink("releases", probe)
                await session.sftp.posix_rename(probe, probe)
            except (asyncssh.SFTPOpUnsupported, asyncssh.SFTPPermissionDenied, asyncssh.SFTPFailure) as error:
                raise Refused("publish_no_links", found=session.root) from error
            finally:
                await sftp_files.remove(session.sftp, probe)

        self.connection.run(work)

    def fill(self, folder: str, release: Release, base: tuple[str, Manifest] | None, sending: Sending) -> Sent:
        """As `release_folders.Host`. After a cut-off run, what was linked is linked again and the rest is read back:
        nothing of an unfinished release is trusted."""
        if base is None:
            self.check_links()
        self._linked = {}
        return self.connection.run(
            lambda session: _Filling(session, session.at(folder), release, self._linked).fill(base, sending), None
        )

    def digests(self, folder: str) -> dict[str, str]:
        """As `release_folders.Host`. A file that was linked just now has the digest of its link target if it has its
        size: a sample of those was read back. All others are read back."""

        async def work(session: Session) -> dict[str, str]:
            sizes, _ = await sftp_files.listed(session.sftp, session.at(folder))
            found = {}

            async def look(path: str) -> None:
                linked = self._linked.get(path)
                if linked is not None and linked.size == sizes[path]:
                    found[path] = linked.sha256
                else:
                    found[path] = await sftp_files.digest(session.sftp, f"{session.at(folder)}/{path}")

            await sftp_files.in_parallel(sizes, look)
            return found

        return self.connection.run(work, None)


class _Base(NamedTuple):
    """The release before: its folder, and those of its files that can be linked."""

    folder: str
    files: dict[str, PublishedFile]


class _Filling:
    """Fills a `folder` of the server with a release, and notes in `linked` what was linked."""

    def __init__(self, session: Session, folder: str, release: Release, linked: dict[str, PublishedFile]) -> None:
        self.sftp, self.folder, self.release, self.linked = session.sftp, folder, release, linked
        self.root, self.sent, self.size = session.root, 0, 0

    async def fill(self, base: tuple[str, Manifest] | None, sending: Sending) -> Sent:
        files = self.release.manifest.files
        sound = await self._sound(f"{self.root}/{base[0]}", base[1]) if base else _Base("", {})
        right = await self._tidied(sound)
        done = 0

        async def one(path: str) -> None:
            nonlocal done
            if path not in right and not await self._link(sound, path):
                await self._send(path)
            done += 1
            sending(done, len(files))

        await self._make_folders()
        await sftp_files.in_parallel(files, one)
        return Sent(self.sent, self.size, len(files) - self.sent)

    async def _sound(self, folder: str, manifest: Manifest) -> _Base:
        """Return the files of the release before that can be linked: those of the right size, if a sample of them is
        right."""
        sizes, _ = await sftp_files.listed(self.sftp, folder)
        files = {path: file for path, file in manifest.files.items() if sizes.get(path) == file.size}
        step = max(len(files) // _SAMPLE, 1)
        for path in sorted(files)[::step]:
            if await sftp_files.digest(self.sftp, f"{folder}/{path}") != files[path].sha256:
                return _Base("", {})
        return _Base(folder, files)

    async def _tidied(self, base: _Base) -> set[str]:
        """Remove what does not belong in the folder, and what could be another file than it seems. Returns the paths
        that are right."""
        wanted = self.release.manifest.files
        sizes, folders = await sftp_files.listed(self.sftp, self.folder)
        right = set()

        async def look(path: str) -> None:
            file, place = wanted.get(path), f"{self.folder}/{path}"
            is_sent = file is not None and file.size == sizes[path] and base.files.get(path) != file
            if is_sent and file is not None and await sftp_files.digest(self.sftp, place) == file.sha256:
                right.add(path)
            else:
                await self.sftp.remove(place)

        await sftp_files.in_parallel(sizes, look)
        needed = _folders_of(wanted)
        for each in sorted({*folders} - needed, key=lambda each: -each.count("/")):
            await self.sftp.rmdir(f"{self.folder}/{each}")
        return right

    async def _make_folders(self) -> None:
        await sftp_files.make_folders(self.sftp, self.folder)
        for each in sorted(_folders_of(self.release.manifest.files), key=lambda each: each.count("/")):
            await sftp_files.make_folder(self.sftp, f"{self.folder}/{each}")

    async def _link(self, base: _Base, path: str) -> bool:
        """Link a file to that of the release before. Returns False where that is not possible."""
        import asyncssh

        file = self.release.manifest.files[path]
        if base.files.get(path) != file:
            return False
        try:
            await self.sftp.link(f"{base.folder}/{path}", f"{self.folder}/{path}")
        except (asyncssh.SFTPOpUnsupported, asyncssh.SFTPFailure, asyncssh.SFTPPermissionDenied):
            return False
        self.linked[path] = file
        return True

    async def _send(self, path: str) -> None:
        data = self.release.bytes_of(path)
        await sftp_files.create(self.sftp, f"{self.folder}/{path}", data)
        self.sent, self.size = self.sent + 1, self.size + len(data)


def _folders_of(paths: dict[str, PublishedFile]) -> set[str]:
    """Return all folders that some paths lie in."""
    found: set[str] = set()
    for path in paths:
        folder = posixpath.dirname(path)
        while folder and folder not in found:
            found.add(folder)
            folder = posixpath.dirname(folder)
    return found
