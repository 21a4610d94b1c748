"""Compresses text files (`.gz`, `.br`) for web servers that send such forms. Each is made once, and cached by the
digest of its source."""

from __future__ import annotations

import hashlib
import shutil
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from gazette.files import checksums
from gazette.files.atomic import OWNER, write
from gazette.installed import version
from gazette.model.records.destinations import Compression
from gazette.publishing.headers import is_text

_FOLDER = "compressed"


class _Form(NamedTuple):
    """A compressed form: the ending of its files, the version that its bytes depend on, and the functions that make and
    read it."""

    ending: str
    version: str
    pack: Callable[[bytes], bytes]
    unpack: Callable[[bytes], bytes]


def compressed(folder: Path, digests: Mapping[str, str], forms: Sequence[Compression], cache: Path) -> dict[str, Path]:
    """Return the compressed forms of the text files of a folder: `{published path: file}`. `digests` is `{path:
    SHA-256}` of the folder.

    A file that compression does not make smaller has none, nor does one that differs from `digests`. The list of
    checksums is left out, because it is written later. Raises OSError.
    """
    texts = {path: digest for path, digest in digests.items() if is_text(path) and path != checksums.NAME}
    files = {}
    for form in map(_form, forms):
        form_folder = cache / _FOLDER / form.version
        form_folder.mkdir(parents=True, exist_ok=True)
        for path, digest in texts.items():
            if packed := _packed(folder / path, digest, form, form_folder):
                files[f"{path}{form.ending}"] = packed
    _forget(cache / _FOLDER, {_form(form).version for form in _FORMS}, {*texts.values()})
    return files


def _packed(source: Path, digest: str, form: _Form, form_folder: Path) -> Path | None:
    """Return the compressed form of a file; None if it has none, which the cache records as an empty file."""
    kept = form_folder / digest
    if kept.is_file() and (not kept.stat().st_size or _is_of(kept.read_bytes(), digest, form)):
        return kept if kept.stat().st_size else None
    data = source.read_bytes()
    if hashlib.sha256(data).hexdigest() != digest:
        return None
    packed = form.pack(data)
    write(kept, packed if len(packed) < len(data) else b"", durable=False, mode=OWNER)
    kept.chmod(source.stat().st_mode)  # where it is hard-linked, it must be readable for the same users as the file
    return kept if len(packed) < len(data) else None


def _is_of(packed: bytes, digest: str, form: _Form) -> bool:
    """Return whether something unpacks to data with this digest: the cache may be damaged, and its files become
    public."""
    try:
        return hashlib.sha256(form.unpack(packed)).hexdigest() == digest
    except Exception:  # each library raises its own exceptions
        return False


def _forget(folder: Path, versions: set[str], digests: set[str]) -> None:
    """Delete what other versions made, and what was made from files that no longer exist."""
    for version_folder in folder.iterdir() if folder.is_dir() else ():
        if version_folder.name not in versions:
            shutil.rmtree(version_folder)
            continue
        for kept in version_folder.iterdir():
            if kept.name not in digests:
                kept.unlink()


# ── the forms ────────────────────────────────────────────────────────────────


def _gzip() -> _Form:
    import gzip

    # no time stamp, so the same bytes each time
    return _Form(
        ".gz", f"gzip-9-{zlib.ZLIB_RUNTIME_VERSION}", lambda data: gzip.compress(data, 9, mtime=0), gzip.decompress
    )


def _brotli() -> _Form:
    import brotli

    def pack(data: bytes) -> bytes:
        packed: bytes = brotli.compress(data, quality=6)  # 11 takes forty times as long, and saves an eighth
        return packed

    return _Form(".br", f"brotli-6-{version('brotli')}", pack, brotli.decompress)


_FORMS: dict[Compression, Callable[[], _Form]] = {"gzip": _gzip, "brotli": _brotli}


def _form(name: Compression) -> _Form:
    return _FORMS[name]()
