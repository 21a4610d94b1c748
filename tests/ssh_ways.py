"""Servers of each kind that a module shares, and every way to publish to one."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from ssh_servers import Server, served

SHELL, FILES = "Subsystem sftp internal-sftp", ("Subsystem sftp internal-sftp", "ForceCommand internal-sftp")
BARE = "internal-sftp -P posix-rename,hardlink,symlink,copy-data,fsync"
"""A server that knows nothing but the protocol of 2001."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with a shell."""
    with served(tmp_path_factory.mktemp("server"), SHELL) as found:
        yield found


@pytest.fixture(scope="module")
def files_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that gives no shell."""
    with served(tmp_path_factory.mktemp("files"), *FILES) as found:
        yield found


@pytest.fixture(scope="module")
def bare_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(tmp_path_factory.mktemp("bare"), f"Subsystem sftp {BARE}", f"ForceCommand {BARE}") as found:
        yield found


@pytest.fixture
def place(request: pytest.FixtureRequest) -> str:
    """The name of a folder that no other test has; with what names may have in them."""
    return f"the site's 站 {zlib.crc32(request.node.name.encode())}"


WAYS = [("rsync", "server"), ("sftp", "server"), ("sftp", "files_server"), ("plain", "files_server")]


@pytest.fixture(params=WAYS, ids=["rsync", "shell", "sftp", "plain"])
def way(request: pytest.FixtureRequest) -> tuple[str, Server]:
    """Each way to publish: its kind, and a server."""
    kind, name = request.param
    return kind, request.getfixturevalue(name)


def shown(server: Server, place: str) -> Path:
    """What a web server would show."""
    current = server.places / place / "current"
    return current if current.exists() else server.places / place
