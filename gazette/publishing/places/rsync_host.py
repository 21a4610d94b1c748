"""A server that is reached with rsync over SSH."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from gazette.publishing.destination import Sending, Sent
from gazette.publishing.manifest import Manifest
from gazette.publishing.places import sftp_files
from gazette.publishing.places.shell import wait_for_others
from gazette.publishing.places.shell_host import ShellHost
from gazette.publishing.places.ssh_connection import Session, is_full
from gazette.publishing.places.ssh_login import Login
from gazette.publishing.refused import Refused
from gazette.publishing.release import Release

_SILENT = 300
"""rsync gives up after so many seconds without a byte."""

_ENDING, _TRIES = 10, 3

_OF_SSH = 255
_OF_THE_WAY = (12, 127, _OF_SSH)
"""The exit statuses of rsync when something else failed; the line before names the reason."""


class RsyncHost(ShellHost):
    """The folder of a connection whose account has a shell and rsync."""

    def check_writable(self) -> None:
        _check_tools()
        super().check_writable()

    def fill(self, folder: str, release: Release, base: tuple[str, Manifest] | None, sending: Sending) -> Sent:
        """As `release_folders.Host`. rsync replaces files and never writes into one, so that no hard link is written
        to. It compares digests and keeps no times: an unchanged file stays the same file."""
        _check_tools()
        if base is None:
            self.check_links()

        async def work(session: Session) -> tuple[str, str]:
            await sftp_files.make_folders(session.sftp, session.at(folder))
            return session.at(folder), await wait_for_others(session)

        changed = len(release.changed_since(base[1] if base else None))
        sizes: list[int] = []

        def told(size: int) -> None:
            sizes.append(size)
            sending(len(sizes), max(changed, len(sizes)))

        with tempfile.TemporaryDirectory() as staged:
            _stage(Path(staged), release)
            for _ in range(_TRIES):
                place, guard = self.connection.run(work)
                arguments = _arguments(self.connection.login, guard, base[0] if base else "")
                target = f"{_bracketed(self.connection.login.host)}:{place}/"
                sizes.clear()
                if self._run([*arguments, f"{staged}/", target], told):
                    return Sent(len(sizes), sum(sizes), len(release.manifest.files) - len(sizes))
        raise Refused("publish_busy_there", found=place)

    def _run(self, arguments: list[str], told: Callable[[int], None]) -> bool:
        """Run rsync, and call `told` with the size (bytes) of each file that it sends. Returns False where the server
        did not begin because an earlier transfer still runs there. Raises Refused."""
        with tempfile.TemporaryFile() as errors:
            environment = {**os.environ, "LC_ALL": "C"}
            pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": errors}
            process = subprocess.Popen(arguments, env=environment, **pipes)  # type: ignore[call-overload]
            with _ended(process):
                for line in process.stdout:
                    kind, _, size = line.decode("ascii", "replace").partition(" ")
                    if kind.startswith("<f"):
                        told(int(size))
                status = process.wait()
            if status and (refused := self._refused(status, errors)):
                raise refused
            return not status

    def _refused(self, status: int, errors: IO[bytes]) -> Refused | None:
        """Return why rsync failed; None where it did not begin. Where the connection broke, rsync says so by a number
        only, and ssh gives the reason."""
        errors.seek(0)
        text = errors.read().decode("utf-8", "replace")
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        host = self.connection.login.host
        is_told = "No space left" in text or "quota exceeded" in text
        if is_told or (status not in _OF_THE_WAY and self.connection.run(is_full)):
            return Refused("publish_full", found=host)
        of_ssh = [line for line in lines if not line.startswith("rsync")] if status in _OF_THE_WAY else []
        if "(0 bytes received so far)" in text and not of_ssh:
            return None
        reason = of_ssh[-1] if of_ssh else lines[0] if lines else status
        return Refused("publish_rsync", found=host, reason=reason, status=status)


def _check_tools() -> None:
    missing = [tool for tool in ("rsync", "ssh") if not shutil.which(tool)]
    if missing:
        raise Refused("publish_no_tool_here", found=missing[0])


def _arguments(login: Login, guard: str, base: str) -> list[str]:
    """Return the command line without its two folders. Files get the rights that the server gives to new files."""
    found = ["rsync", "-rL", "--checksum", "--delete", "-s", "--chmod=D775,F664"]
    found += [f"--timeout={_SILENT}", "--outbuf=L", "--out-format=%i %l", "-e", _joined(login.command())]
    if guard:
        found += [f"--rsync-path={guard} rsync"]
    if base:
        found += [f"--link-dest=../{base.rpartition('/')[2]}"]
    return found


def _stage(folder: Path, release: Release) -> None:
    """Fill a folder with links to the files of the release, which rsync follows."""
    for path, source in release.sources.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(source, bytes):
            place.write_bytes(source)
        else:
            place.symlink_to(source.absolute())


def _joined(words: list[str]) -> str:
    """Join words so that rsync splits them again: quotes are doubled inside quotes."""
    return " ".join("'" + word.replace("'", "''") + "'" for word in words)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


@contextlib.contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """End the program when the block ends, if it still runs."""
    try:
        yield
    finally:
        if process.stdout is not None:
            process.stdout.close()
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(_ENDING)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
