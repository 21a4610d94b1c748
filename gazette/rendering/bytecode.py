"""Keeps compiled templates from build to build.

They are code. They are loaded only from a folder that no other user can write to, and only if their digest is right.
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
"""How many programs' templates are kept: two clones may share a cache."""


class Compiled(jinja2.BytecodeCache):
    """Compiled templates in a folder. The name of a file depends on the template's source, so none can be stale.
    Without a folder that is private, each build compiles all templates."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.usable = _is_private(folder)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load a template's code. Called by Jinja; leaves `bucket.code` as it is if there is none."""
        if not self.usable:
            return
        with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
            whole = self._place(bucket).read_bytes()
            if _sealed(whole[_SIZE:]) == whole[:_SIZE]:
                bucket.code = marshal.loads(whole[_SIZE:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store a template's code. Called by Jinja after it has compiled a template."""
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
    """Return whether only this user can write to a folder. Makes it if it is missing, and then deletes the folders of
    older programs."""
    try:
        if not folder.is_dir():
            folder.parent.mkdir(parents=True, exist_ok=True)
            folder.mkdir(mode=0o700)
            _forget_oldest(folder.parent)
        status = folder.stat()
    except OSError:
        return False
    if not hasattr(os, "getuid"):
        return True  # Windows: the folder of a user
    return status.st_uid == os.getuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _forget_oldest(parent: Path) -> None:
    with contextlib.suppress(OSError):
        ages = sorted((folder.stat().st_mtime_ns, str(folder)) for folder in parent.iterdir() if folder.is_dir())
        for _, folder in ages[:-_KEPT]:
            shutil.rmtree(folder, ignore_errors=True)
