"""Stores that speak S3, for tests: two servers as processes of their own, since each checks what the other does not.

rclone checks signatures and digests, and takes no notice of conditions; moto honours conditions, and takes any
signature. moto lists seven objects at a time, so that every listing goes on.
"""

from __future__ import annotations

import copy
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from gazette.model.records.destinations import S3Destination
from gazette.publishing.in_place import InPlace
from gazette.publishing.places.s3 import S3Store
from gazette.publishing.places.s3_client import AT_ONCE, Client

KEY, SECRET = "AKIDTEST", "a-secret-that-nobody-sees"
_NUMBERS = count(1)

Stores = dict[str, tuple[str, Path | None]]
"""The addresses of the servers by their names, and the folder of buckets where there is one."""


class Bucket(NamedTuple):
    """An empty bucket of a server, where the files of one lie (rclone only), and a client that is not the program's."""

    server: str
    destination: S3Destination
    folder: Path | None
    client: Any

    def opened(self, prefix: str = "") -> InPlace:
        """The bucket as another run of the program opens it, which knows nothing of the run before."""
        client = copy.copy(_client(self.destination.endpoint or ""))
        client.bucket = self.destination.bucket
        return InPlace(S3Store(client, prefix), AT_ONCE)

    def listed(self) -> list[str]:
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.destination.bucket)
        return [found["Key"] for page in pages for found in page.get("Contents", ())]

    def public(self) -> dict[str, bytes]:
        """What visitors get, by path."""
        return {key: self.asked(key)[0] for key in self.listed() if not key.startswith(".gazette/")}

    def asked(self, key: str) -> tuple[bytes, Message]:
        """A file and its headers, as a browser gets them."""
        values = {"Bucket": self.destination.bucket, "Key": key}
        with urllib.request.urlopen(self.client.generate_presigned_url("get_object", values)) as answer:
            return answer.read(), answer.headers


@pytest.fixture(scope="session")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stores]:
    """Both servers."""
    folder = tmp_path_factory.mktemp("buckets")
    ports = [_free_port(), _free_port()]
    rclone = [str(Path(sys.executable).with_name("rclone")), "serve", "s3", "--addr", f"127.0.0.1:{ports[0]}"]
    moto = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(ports[1])]
    empty = {"RCLONE_CONFIG": os.devnull, "MOTO_S3_DEFAULT_MAX_KEYS": "7"}
    with (
        _running([*rclone, "--auth-key", f"{KEY},{SECRET}", str(folder)], empty, ports[0]),
        _running(moto, empty, ports[1]),
    ):
        yield {"rclone": (f"http://127.0.0.1:{ports[0]}", folder), "moto": (f"http://127.0.0.1:{ports[1]}", None)}


@pytest.fixture(params=["rclone", "moto"])
def bucket(request: pytest.FixtureRequest, stores: Stores, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """An empty bucket of either server, and the right key in the environment."""
    return made(request.param, stores, monkeypatch)


def made(server: str, stores: Stores, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """A new bucket of a server; nothing but the key is known of whoever runs the tests."""
    from botocore.config import Config

    address, folder = stores[server]
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    given = {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET}
    for name, value in {**given, "AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("gazette.publishing.places.s3.SETTLED", 0.1)
    name = f"site-{next(_NUMBERS)}"
    config = Config(s3={"addressing_style": "path"}, signature_version="s3v4")
    client = _session().create_client("s3", endpoint_url=address, region_name="us-east-1", config=config)
    client.create_bucket(Bucket=name)
    destination = S3Destination(kind="s3", bucket=name, endpoint=address)
    return Bucket(server, destination, folder and folder / name, client)


@cache
def _client(address: str) -> Client:
    """To make one costs more than most tests: the library reads all that it knows of S3."""
    return Client(S3Destination(kind="s3", bucket="", endpoint=address))


@cache
def _session() -> Any:
    import botocore.session

    return botocore.session.get_session()


def _free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])


@contextmanager
def _running(command: list[str], more: dict[str, str], port: int) -> Iterator[None]:
    """A server, which answers by now."""
    process = subprocess.Popen(
        command, env={**os.environ, **more}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert process.poll() is None, command
                time.sleep(0.1)
        yield
    finally:
        process.kill()
        process.wait()
