"""A server that is reached by SSH and has a shell: its own tools handle many files at once."""

from __future__ import annotations

import tarfile
from collections.abc import Callable, Iterable, Iterator
from shlex import quote

from gazette.files import checksums
from gazette.publishing.destination import Sending, Sent
from gazette.publishing.manifest import Manifest
from gazette.publishing.places import sftp_files
from gazette.publishing.places.sftp_host import SftpHost
from gazette.publishing.places.shell import check_writable, command, wait_for_others
from gazette.publishing.places.ssh_connection import LONG, Session
from gazette.publishing.release import Release

_PIECE = 500_000
_LINKING = "releases/linking"


class ShellHost(SftpHost):
    """The folder of a connection whose account has a shell (`has_shell`)."""

    def check_writable(self) -> None:
        self.connection.run(check_writable)

    def remove(self, path: str) -> None:
        async def work(session: Session) -> None:
            if await session.sftp.isdir(session.at(path)) and not await session.sftp.islink(session.at(path)):
                await command(session, f"rm -rf -- {quote(path)}")
            else:
                await sftp_files.remove(session.sftp, session.at(path))

        self.connection.run(work, LONG)

    def digests(self, folder: str) -> dict[str, str]:
        return self.connection.run(lambda session: _digests(session, folder), LONG)

    def fill(self, folder: str, release: Release, base: tuple[str, Manifest] | None, sending: Sending) -> Sent:
        """As `release_folders.Host`. The folder begins as hard links to the release before. A file that differs is
        removed before it is written: writing to the link would change what is public."""
        if base is None:
            self.check_links()
        files = release.manifest.files

        async def work(session: Session) -> tuple[str, list[str]]:
            guard = await wait_for_others(session)
            there = await _digests(session, folder, f"{_begun(folder, base[0] if base else '')} && ")
            wrong = [path for path, digest in there.items() if path not in files or files[path].sha256 != digest]
            if wrong:
                await _remove(session, folder, wrong)
            return guard, [path for path, file in files.items() if there.get(path) != file.sha256]

        async def send(session: Session) -> None:
            chunks = _archive(release, missing, lambda done: sending(done, len(missing)))
            await command(session, f"cd -- {quote(folder)} && {guard} tar -xmof -", chunks)

        guard, missing = self.connection.run(work, LONG)
        if missing:
            self.connection.run(send, None)
        return Sent(len(missing), sum(files[path].size for path in missing), len(files) - len(missing))


def _begun(folder: str, base: str) -> str:
    """Return a script that makes a folder where it is missing: with links to all files of `base`, or empty."""
    new, old = quote(folder), quote(f"{base}/")
    if not base:
        return f"mkdir -p {new}"
    linked = f"rm -rf {_LINKING} && cp -al {old} {_LINKING} 2>/dev/null && mv {_LINKING} {new}"
    return f"{{ test -d {new} || {{ {linked}; }} || mkdir {new}; }}"


async def _digests(session: Session, folder: str, before: str = "") -> dict[str, str]:
    """Return the SHA-256 of the files of a folder by path. The script `before` runs first."""
    script = f"{before}cd {quote(folder)} && find . ! -type d -exec sha256sum {{}} +"
    found = await command(session, script)
    return checksums.read(found.decode("utf-8", "surrogateescape"))[0]


async def _remove(session: Session, folder: str, paths: Iterable[str]) -> None:
    """Remove files of a folder, and the folders that become empty."""
    names = "".join(f"./{path}\0" for path in paths).encode("utf-8", "surrogateescape")
    empty = "find . -depth -type d ! -name . -exec rmdir {} + 2>/dev/null"
    await command(session, f"cd {quote(folder)} && xargs -0 rm -f && {{ {empty} || true; }}", [names])


def _archive(release: Release, paths: Iterable[str], done: Callable[[int], None]) -> Iterator[bytes]:
    """Yield files as a tar archive that every tar reads, in pieces of at most a megabyte."""
    waiting = b""
    for number, path in enumerate(paths, 1):
        data = release.bytes_of(path)
        about = tarfile.TarInfo(path)
        about.size, about.mode = len(data), 0o644
        waiting += about.tobuf(tarfile.GNU_FORMAT, "utf-8", "surrogateescape") + data
        waiting += bytes(-len(data) % tarfile.BLOCKSIZE)
        if len(waiting) >= _PIECE:
            yield from (waiting[start : start + _PIECE] for start in range(0, len(waiting), _PIECE))
            waiting = b""
        done(number)
    yield waiting + bytes(2 * tarfile.BLOCKSIZE)
