"""A bucket of a store that speaks S3. An object is there whole or not at all. Its metadata state its SHA-256, and the
store compares the bytes that it receives with their MD5."""

from __future__ import annotations

import base64
import hashlib
import time
from typing import Any, NamedTuple

from gazette.publishing.at_once import each
from gazette.publishing.headers import cache_control, content_encoding, content_type
from gazette.publishing.in_place import OWN
from gazette.publishing.locking import LOCK
from gazette.publishing.places.s3_client import ABSENT, AT_ONCE, TAKEN, UNCONDITIONAL, Client
from gazette.publishing.refused import Refused

_DIGEST = "sha256"

SETTLED = 2.0
"""Seconds after which two publishers that made a lock at the same time both see the same one."""


class _Object(NamedTuple):
    """What a look at an object found: its tag, which differs as soon as its bytes do, and its SHA-256."""

    tag: str
    sha256: str


class S3Store:
    """The objects of a bucket whose keys begin with `prefix`, as an `in_place.Store`."""

    def __init__(self, client: Client, prefix: str | None) -> None:
        self.client = client
        self.prefix = f"{prefix.strip('/')}/" if prefix and prefix.strip("/") else ""
        self._seen: dict[str, _Object] = {}

    def _key(self, path: str) -> str:
        """Return the key of a path. The lock is no file of the site, and has a key where visitors do not come."""
        return f"{self.prefix}{OWN}/{path}" if path == LOCK else f"{self.prefix}{path}"

    # ── files ────────────────────────────────────────────────────────────────

    def check_writable(self) -> None:
        """Do nothing: a store says what a key may do only when that is tried."""

    def read(self, path: str) -> bytes | None:
        return self.client.read(self._key(path))

    def write(self, path: str, data: bytes) -> None:
        self._put(path, data)

    def _put(self, path: str, data: bytes, **more: str) -> bool:
        """Put an object. Returns False where a condition in `more` is not met."""
        key, digest = self._key(path), hashlib.sha256(data).hexdigest()
        md5 = base64.b64encode(hashlib.md5(data, usedforsecurity=False).digest()).decode()
        values = {**_headers(path), "Metadata": {_DIGEST: digest}, "ContentMD5": md5, **more}
        answer = self.client.ask("put_object", TAKEN if more else (), Key=key, Body=data, **values)
        if answer:
            self._seen[key] = _Object(_tag(answer), digest)
        return answer is not None

    def create(self, path: str, data: bytes) -> bool:
        """As `in_place.Store`. A store that honours conditions refuses the second object. In any other the last of two
        stays, and both publishers look after a while which one that is."""
        if self.read(path) is not None:
            return False
        try:
            if not self._put(path, data, IfNoneMatch="*"):
                return False
            if not self._put(path, data, IfNoneMatch="*"):
                return True
        except Refused as refused:
            if refused.values.get("found") not in UNCONDITIONAL:
                raise
            self._put(path, data)
        time.sleep(SETTLED)
        return self.read(path) == data

    def remove(self, path: str) -> None:
        """Remove an object. A store has no folders, so nothing lies below it."""
        self.client.ask("delete_object", Key=self._key(path))

    def copy(self, source: str, path: str, sha256: str) -> None:
        key = self._key(source)
        if self._digest_seen(key) != sha256:
            self._look(key)
        values = {**_headers(path), "Metadata": {_DIGEST: sha256}, "MetadataDirective": "REPLACE"}
        values["CopySource"] = {"Bucket": self.client.bucket, "Key": key}
        is_there = self._digest_seen(key) == sha256
        if not is_there or not self.client.ask("copy_object", ABSENT, Key=self._key(path), **values):
            raise Refused("publish_object_gone", found=source)

    def _digest_seen(self, key: str) -> str:
        seen = self._seen.get(key)
        return seen.sha256 if seen else ""

    # ── folders ──────────────────────────────────────────────────────────────

    def names(self, folder: str) -> list[str]:
        return sorted({name.partition("/")[0] for name in self._listed(folder)})

    def digests(self, folder: str) -> dict[str, str]:
        """As `in_place.Store`. An object whose tag this publisher knows is not looked at again."""
        start, listed = self._key(f"{folder}/"), self._listed(folder)
        tags = {name: seen.tag for name in listed if (seen := self._seen.get(f"{start}{name}"))}
        each(self._look, [f"{start}{name}" for name, tag in listed.items() if tags.get(name) != tag], AT_ONCE)
        return {name: seen.sha256 for name in listed if (seen := self._seen.get(f"{start}{name}"))}

    def _listed(self, folder: str) -> dict[str, str]:
        """Return the tags of all objects below a folder, by path below it."""
        start = self._key(f"{folder}/")
        return {found["Key"].removeprefix(start): _tag(found) for found in self.client.objects(start)}

    def _look(self, key: str) -> None:
        """Note the digest that the metadata of an object state; an object without one is read."""
        self._seen.pop(key, None)
        answer = self.client.ask("head_object", ABSENT, Key=key)
        if answer is None:
            return
        said = {name.lower(): value for name, value in answer.get("Metadata", {}).items()}
        digest = said.get(_DIGEST) or hashlib.sha256(self.client.read(key) or b"").hexdigest()
        self._seen[key] = _Object(_tag(answer), digest)


def _tag(answer: dict[str, Any]) -> str:
    """Return the tag of an answer without quotes: stores differ in that, even with themselves."""
    return str(answer.get("ETag", "")).strip('"')


def _headers(path: str) -> dict[str, str]:
    """Return the headers with which the store is to serve a file. Nobody is to cache our own files."""
    if path == LOCK or path.startswith(f"{OWN}/"):
        return {"ContentType": "application/octet-stream", "CacheControl": "no-store"}
    headers = {"ContentType": content_type(path), "CacheControl": cache_control(path)}
    encoding = content_encoding(path)
    return {**headers, "ContentEncoding": encoding} if encoding else headers
