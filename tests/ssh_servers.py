"""Real OpenSSH servers on loopback, as processes of the tests' own, and what lies between them and those who ask."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from gazette.model.records.destinations import RsyncDestination, SftpDestination
from gazette.publishing.destination import Publisher
from gazette.publishing.places.ssh import open_server

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
    settings: tuple[str, ...] = ()
    tools: str = "/usr/bin:/bin"

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

    def opened(self, kind: str, name: str, **other: object) -> Publisher:
        """A destination of a kind: `rsync`, `sftp`, or `plain` without links."""
        if kind == "rsync":
            return open_server(self.rsync(name, **other))
        return open_server(self.sftp(name, links=kind == "sftp", **other))

    def start(self) -> None:
        config = self.folder / "sshd_config"
        lines = [f"Port {self.port}", "ListenAddress 127.0.0.1", f"HostKey {self.folder / 'host'}", "PidFile none"]
        lines += [f"AuthorizedKeysFile {self.folder / 'key.pub'}", "StrictModes no", "UsePAM no", "PrintMotd no"]
        lines += ["PasswordAuthentication no", "PermitRootLogin prohibit-password", *self.settings]
        lines += [f"SetEnv HOME={self.folder} PATH={self.tools}"]  # a person's own settings of a shell are none of ours
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

    def open_files(self) -> list[str]:
        """The files of destinations that are open just now for somebody."""
        assert self.process is not None
        found = []
        for process in _below(self.process.pid):
            with contextlib.suppress(OSError):
                found += [os.readlink(place) for place in Path(f"/proc/{process}/fd").iterdir()]  # noqa: PTH115
        return [path for path in found if path.startswith(str(self.places))]

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
def served(folder: Path, *settings: str, tools: str = "/usr/bin:/bin") -> Iterator[Server]:
    """A server with these settings and tools, whose key those who ask know."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    server = Server(folder, port, None, settings, tools)
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


class Wire:
    """What lies between a server and those who ask it: counts the bytes that are sent to the server, and breaks after
    so many, for good or for a moment."""

    def __init__(self, server: Server) -> None:
        self.server, self.sent, self.limit = server, 0, -1
        self.is_for_good = self.is_broken = False
        self._ends: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        line = (server.folder / "known_hosts").read_text().splitlines()[0].split(" ", 1)[1]
        with (server.folder / "known_hosts").open("a") as file:
            file.write(f"[127.0.0.1]:{self.port} {line}\n")
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near = self._listening.accept()[0]
                if self.is_broken:
                    near.close()
                    continue
                far = socket.create_connection(("127.0.0.1", self.server.port))
                self._ends += [near, far]
                for end in (near, far):
                    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                for source, target, counts in ((near, far, True), (far, near, False)):
                    threading.Thread(target=self._pump, args=(source, target, counts), daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket, counts: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                if counts and 0 <= self.limit < self.sent + len(data):
                    target.sendall(data[: self.limit - self.sent])
                    self.limit, self.is_broken = -1, self.is_for_good
                    self.cut()
                    break
                self.sent += len(data) if counts else 0
                target.sendall(data)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def cut(self) -> None:
        """Break every connection."""
        for end in self._ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._listening.close()
        self.cut()
        for end in self._ends:
            end.close()
