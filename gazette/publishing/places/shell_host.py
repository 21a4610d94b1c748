"""A server that is reached by SSH and has a shell: what needs many files at once is done by its own tools."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Callable, Iterable, Iterator
from shlex import quote

from gazette.files import checksums
from gazette.publishing.destination import Sending, Sent
from gazette.publishing.manifest import Manifest
from gazette.publishing.places.sftp_host import SftpHost
from gazette.publishing.places.shell import command, wait_for_others
from gazette.publishing.places.ssh_connection import LONG, Session
from gazette.publishing.release import Release

_MEGABYTE = 1_000_000
_LINKING = "releases/linking"


class ShellHost(SftpHost):
    """The folder of a connection whose account has a shell (`has_shell`)."""

    def remove(self, path: str) -> None:
        self.connection.run(lambda session: command(session, f"rm -rf -- {quote(path)}"), LONG)

    def digests(self, folder: str) -> dict[str, str]:
        return self.connection.run(lambda session: _digests(session, folder), LONG)

    def fill(self, folder: str, release: Release, base: tuple[str, Manifest] | None, sending: Sending) -> Sent:
        """The folder begins as links to the release before. What is to be another file is removed before it is written:
        writing to a link would change what is public."""
        if base is None:
            self.check_links()
        self.make_folder("releases")
        files = release.manifest.files

        async def work(session: Session) -> dict[str, str]:
            await wait_for_others(session)
            await _begin(session, folder, base[0] if base else "")
            there = await _digests(session, folder)
            wrong = [path for path, digest in there.items() if path not in files or files[path].sha256 != digest]
            await _removed(session, folder, wrong)
            return there

        there = self.connection.run(work, LONG)
        missing = [path for path, file in files.items() if there.get(path) != file.sha256]

        async def send(session: Session) -> None:
            guard = await wait_for_others(session)
            chunks = _archive(release, missing, lambda done: sending(done, len(missing)))
            await command(session, f"cd -- {quote(folder)} && {guard} tar -xmof -", chunks)

        if missing:
            self.connection.run(send, None)
        return Sent(len(missing), sum(files[path].size for path in missing), len(files) - len(missing))


async def _begin(session: Session, folder: str, base: str) -> None:
    """A folder that is not there yet holds links to all files of another, in one moment, or nothing."""
    new, old = quote(folder), quote(f"{base}/")
    linked = f"rm -rf {_LINKING} && cp -al {old} {_LINKING} 2>/dev/null && mv {_LINKING} {new}"
    await command(session, f"test -d {new} || {{ {linked}; }} || mkdir {new}" if base else f"mkdir -p {new}")


async def _digests(session: Session, folder: str) -> dict[str, str]:
    place = quote(folder)
    found = await command(
        session, f"if test -d {place}; then cd {place} && find . ! -type d -exec sha256sum {{}} +; fi"
    )
    return checksums.read(found.decode("utf-8", "surrogateescape"))[0]


async def _removed(session: Session, folder: str, paths: Iterable[str]) -> None:
    """Remove files of a folder, and folders in which nothing is left."""
    names = "".join(f"./{path}\0" for path in paths).encode("utf-8", "surrogateescape")
    if names:
        place = quote(folder)
        await command(session, f"cd -- {place} && xargs -0 rm -f --", [names])
    script = f"find {quote(folder)} -depth -type d -exec rmdir {{}} + 2>/dev/null; mkdir -p {quote(folder)}"
    await command(session, script)


def _archive(release: Release, paths: Iterable[str], done: Callable[[int], None]) -> Iterator[bytes]:
    """Files as the stream of an archive that every tar reads, in pieces of a megabyte at most."""
    for number, path in enumerate(paths, 1):
        data = release.bytes_of(path)
        about = tarfile.TarInfo(path)
        about.size, about.mode = len(data), 0o644
        yield about.tobuf(tarfile.GNU_FORMAT, "utf-8", "surrogateescape")
        with io.BytesIO(data) as file:
            while piece := file.read(_MEGABYTE):
                yield piece
        yield bytes(-len(data) % tarfile.BLOCKSIZE)
        done(number)
    yield bytes(2 * tarfile.BLOCKSIZE)
