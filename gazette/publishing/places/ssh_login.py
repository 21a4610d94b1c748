"""The login on a server by SSH: the user, the key, and the lists of known hosts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from gazette.model.records.destinations import ServerDestination
from gazette.publishing.refused import Refused

if TYPE_CHECKING:
    import asyncssh

CONNECTING, ALIVE, ALIVE_TRIES = 20, 15, 4
"""Seconds within which a server must answer; seconds between two signs of life, and how many of them may be missing."""

_KINDS = ("ssh-ed25519", *(f"ecdsa-sha2-nistp{size}" for size in (256, 384, 521)), "rsa-sha2-512", "rsa-sha2-256")
"""The kinds of keys that a server may show beside those that it is known by: so that a key of another kind can be told.
"""

_DEFAULT_PORT = 22
_OF_EVERYBODY = Path("/etc/ssh/ssh_known_hosts")


class Login(NamedTuple):
    """A server, and how to log in. `known_hosts` are the lists of known hosts; a person writes to the first one.
    Without a `key`, those of the agent and of the home folder are offered."""

    host: str
    port: int
    user: str | None
    key: Path | None
    known_hosts: tuple[Path, ...]

    @property
    def known(self) -> bytes:
        """Return the lists of known hosts, joined, without keys that are revoked under any name: the library ignores
        that where the port is not 22. Never empty: the library would use its own list. Raises OSError."""
        revoked = self.revoked
        keyed = (line for line in self._lines() if (key := _key_of(line)) and key not in revoked)
        return b"\n".join((b"# known hosts", *keyed))

    @property
    def revoked(self) -> set[bytes]:
        """Return the keys that the lists revoke, in base 64. Raises OSError."""
        return {_key_of(line) for line in self._lines() if line.startswith(b"@revoked")}

    def _lines(self) -> Iterator[bytes]:
        return (line.strip() for path in self.known_hosts if path.is_file() for line in path.read_bytes().splitlines())

    def options(self) -> dict[str, Any]:
        """Return the options of asyncssh. A port or user that is not given may stand in the person's ~/.ssh/config."""
        own: dict[str, Any] = {"known_hosts": self.known, "preferred_auth": ("publickey",)}
        own |= {"connect_timeout": CONNECTING, "login_timeout": CONNECTING}
        own |= {"keepalive_interval": ALIVE, "keepalive_count_max": ALIVE_TRIES}
        own |= {"server_host_key_algs": "+" + ",".join(_KINDS)}
        if self.port != _DEFAULT_PORT:
            own["port"] = self.port
        if self.user:
            own["username"] = self.user
        if self.key:
            own |= {"client_keys": [str(self.key)], "agent_path": None}
        return own

    def command(self) -> list[str]:
        """Return the command line of ssh, with the same strictness and key, for a program that calls it."""
        lists = " ".join(_quoted(path) for path in self.known_hosts)
        settings = ["BatchMode=yes", "StrictHostKeyChecking=yes", "UpdateHostKeys=no", "ClearAllForwardings=yes"]
        settings += [f"UserKnownHostsFile={lists}", "GlobalKnownHostsFile=none", "PreferredAuthentications=publickey"]
        settings += [f"ConnectTimeout={CONNECTING}", f"ServerAliveInterval={ALIVE}"]
        settings += [f"ServerAliveCountMax={ALIVE_TRIES}", "ControlPath=none"]
        found = ["ssh", "-x", "-a", "-T"]
        if self.key:
            settings += ["IdentitiesOnly=yes", f"IdentityFile={_quoted(self.key)}", "IdentityAgent=none"]
        if self.port != _DEFAULT_PORT:
            found += ["-p", str(self.port)]
        if self.user:
            found += ["-l", self.user]
        return found + [part for setting in settings for part in ("-o", setting)]


def login_to(destination: ServerDestination) -> Login:
    """Return the login that publish.yaml describes. Raises Refused for a file that is missing."""
    for refused in missing_files(destination):
        raise refused
    ssh = Path.home() / ".ssh"
    named = _at_home(destination.known_hosts)
    lists = (named,) if named else (ssh / "known_hosts", ssh / "known_hosts2", _OF_EVERYBODY)
    return Login(destination.host, destination.port, destination.user, _at_home(destination.key), lists)


def missing_files(destination: ServerDestination) -> Iterator[Refused]:
    """Yield what is told of each file that publish.yaml names for the login and that is missing."""
    named = {"publish_key_missing": destination.key, "publish_known_hosts_missing": destination.known_hosts}
    for code, name in named.items():
        place = _at_home(name)
        if place is not None and not place.is_file():
            yield Refused(code, found=place)


def _at_home(name: str | None) -> Path | None:
    return Path.home() / Path(name).expanduser() if name else None


def known_line(host: str, port: int, key: asyncssh.SSHKey) -> str:
    """Return the line of a server in a list of known hosts."""
    name = host if port == _DEFAULT_PORT else f"[{host}]:{port}"
    kind, data = key.export_public_key().decode().split()[:2]
    return f"{name} {kind} {data}"


def _key_of(line: bytes) -> bytes:
    """Return the key in a line of a list of known hosts, in base 64; empty where there is none."""
    words = line.split()
    at = 3 if line.startswith(b"@") else 2
    return words[at] if len(words) > at and not line.startswith(b"#") else b""


def _quoted(path: Path) -> str:
    """Return a path as a value of a setting of ssh: spaces are allowed, and `%` has no meaning."""
    return f'"{str(path).replace("%", "%%")}"'
