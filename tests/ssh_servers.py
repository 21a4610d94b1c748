"""Real OpenSSH servers on loopback, as processes of the tests' own, and small releases to send to them."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from gazette.model.records.destinations import RsyncDestination, SftpDestination
from gazette.publishing.manifest import Manifest, PublishedFile
from gazette.publishing.release import Release, Source

SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
needs_sshd = pytest.mark.skipif(
    (SSHD is None or not shutil.which("rsync")) and not os.environ.get("CI"), reason="no OpenSSH server or no rsync"
)


@dataclass
class Server:
    """A server that runs: where its files are, and who is let in. `places` is the folder for destinations."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None
    settings: tuple[str, ...] = field(default_factory=tuple)

    @property
    def places(self) -> Path:
        return self.folder / "places"

    def rsync(self, name: str, **other: object) -> RsyncDestination:
        return RsyncDestination(kind="rsync", **self._way(name, other))

    def sftp(self, name: str, links: bool = True, **other: object) -> SftpDestination:
        return SftpDestination(kind="sftp", links=links, **self._way(name, other))

    def _way(self, name: str, other: Mapping[str, object]) -> dict[str, object]:
        """How a destination is reached whose folder has this name."""
        own = {"host": "127.0.0.1", "port": self.port, "path": str(self.places / name)}
        return own | {"key": str(self.folder / "key"), "known_hosts": str(self.folder / "known_hosts"), **other}

    def start(self) -> None:
        config = self.folder / "sshd_config"
        lines = [f"Port {self.port}", "ListenAddress 127.0.0.1", f"HostKey {self.folder / 'host'}", "PidFile none"]
        lines += [f"AuthorizedKeysFile {self.folder / 'key.pub'}", "StrictModes no", "UsePAM no", "PrintMotd no"]
        lines += ["PasswordAuthentication no", "PermitRootLogin prohibit-password", *self.settings]
        config.write_text("\n".join([*lines, ""]))
        assert SSHD is not None
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(exist_ok=True)
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen([SSHD, "-D", "-e", "-f", config], stderr=log, stdin=subprocess.DEVNULL)
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as line:
                line.recv(10)
                return
            time.sleep(0.05)
        raise AssertionError((self.folder / "log").read_text())

    def cut(self) -> int:
        """End all that serves somebody just now, and go on to serve others. Returns how many processes there were."""
        assert self.process is not None
        found = _below(self.process.pid)
        for process in found:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        return len(found)

    def stop(self) -> None:
        self.cut()
        if self.process is not None:
            self.process.terminate()
            self.process.wait(10)
            self.process = None


def _below(process: int) -> list[int]:
    """The processes that a process began, and those that they began."""
    with contextlib.suppress(OSError):
        text = Path(f"/proc/{process}/task/{process}/children").read_text()
        return [each for child in map(int, text.split()) for each in (*_below(child), child)]
    return []


def key(path: Path, passphrase: str = "") -> None:
    """A key pair in `path` and beside it."""
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", path], check=True)


@contextlib.contextmanager
def served(folder: Path, *settings: str) -> Iterator[Server]:
    """A server with these settings, and where those who ask know its key."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    server = Server(folder, port, None, settings)
    server.places.mkdir(parents=True)
    for name in ("host", "key"):
        key(folder / name)
    kind, data = (folder / "host.pub").read_text().split()[:2]
    (folder / "known_hosts").write_text(f"[127.0.0.1]:{port} {kind} {data}\n")
    server.start()
    try:
        yield server
    finally:
        server.stop()


def release_of(id: str, files: Mapping[str, Source]) -> Release:
    """A release of some files."""
    described = {path: _described(source) for path, source in files.items()}
    at = f"2031-10-02T09:{int(id[-2:]):02}+08:00"
    return Release(Manifest(id=id, at=at, titles=("临江",), files=described, by="tests"), dict(files))


def _described(source: Source) -> PublishedFile:
    data = source if isinstance(source, bytes) else source.read_bytes()
    return PublishedFile(len(data), hashlib.sha256(data).hexdigest())
