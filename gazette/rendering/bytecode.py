"""The compiled templates that are kept from build to build.

They are code. They are taken only from a folder into which nobody but this user may write, and only as they were kept.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import shutil
import stat
import sys
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from gazette.files.atomic import OWNER, write

_SIZE = hashlib.sha256().digest_size

_KEPT = 3
"""So many programs' templates are kept beside each other: two clones may share a cache."""


class Compiled(jinja2.BytecodeCache):
    """Compiled templates in a folder. A template's source is part of the name it is kept under, so none can be stale.
    Where nothing can be kept, or not safely, each build compiles anew."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.usable = _is_private(folder)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Jinja asks for a template's code."""
        if not self.usable:
            return
        with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
            whole = self._place(bucket).read_bytes()
            if _sealed(whole[_SIZE:]) == whole[:_SIZE]:
                bucket.code = marshal.loads(whole[_SIZE:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Jinja has compiled a template."""
        if self.usable:
            with contextlib.suppress(OSError):
                code = marshal.dumps(bucket.code)
                write(self._place(bucket), _sealed(code) + code, durable=False, mode=OWNER)

    def _place(self, bucket: Bucket) -> Path:
        name = f"{sys.implementation.cache_tag} {bucket.key} {bucket.checksum}"
        return self.folder / hashlib.sha256(name.encode()).hexdigest()[:32]


def _sealed(code: bytes) -> bytes:
    return hashlib.sha256(code).digest()


def _is_private(folder: Path) -> bool:
    """Whether a folder is this user's alone. It is made if it is not there; then those of older programs go."""
    try:
        if not folder.is_dir():
            folder.parent.mkdir(parents=True, exist_ok=True)
            folder.mkdir(mode=0o700)
            _forget_oldest(folder.parent)
        found = folder.stat()
    except OSError:
        return False
    if not hasattr(os, "getuid"):
        return True  # Windows: the folder of a user
    return found.st_uid == os.getuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _forget_oldest(parent: Path) -> None:
    with contextlib.suppress(OSError):
        ages = sorted((place.stat().st_mtime_ns, str(place)) for place in parent.iterdir() if place.is_dir())
        for _, place in ages[:-_KEPT]:
            shutil.rmtree(place, ignore_errors=True)
