"""Packed forms of text files, beside them, for web servers that send such (`.gz`, `.br`). Each is made once: it is kept
in the cache by the digest of what it was made of."""

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
    """A packed form: the ending of its files, what else its bytes depend on, and how it is made and read."""

    ending: str
    version: str
    pack: Callable[[bytes], bytes]
    unpack: Callable[[bytes], bytes]


def compressed(folder: Path, digests: Mapping[str, str], forms: Sequence[Compression], cache: Path) -> dict[str, Path]:
    """The packed forms of the text files of a folder, whose SHA-256 by path `digests` has: where each lies, by the path
    that it is published under. A file that packing makes no smaller has none, and neither has one that is not as
    `digests` says. The list of checksums is left out: it is written later. Raises OSError."""
    texts = {path: digest for path, digest in digests.items() if is_text(path) and path != checksums.NAME}
    found = {}
    for form in map(_form, forms):
        place = cache / _FOLDER / form.version
        place.mkdir(parents=True, exist_ok=True)
        for path, digest in texts.items():
            if packed := _packed(folder / path, digest, form, place):
                found[f"{path}{form.ending}"] = packed
    _forget(cache / _FOLDER, {_form(form).version for form in _FORMS}, {*texts.values()})
    return found


def _packed(source: Path, digest: str, form: _Form, place: Path) -> Path | None:
    """Where the packed form of a file lies; None where it has none. An empty file says that it has none."""
    kept = place / digest
    if kept.is_file() and (not kept.stat().st_size or _is_of(kept.read_bytes(), digest, form)):
        return kept if kept.stat().st_size else None
    data = source.read_bytes()
    if hashlib.sha256(data).hexdigest() != digest:
        return None
    packed = form.pack(data)
    write(kept, packed if len(packed) < len(data) else b"", durable=False, mode=OWNER)
    kept.chmod(source.stat().st_mode)  # whoever reads the file reads this, too, where it is linked
    return kept if len(packed) < len(data) else None


def _is_of(packed: bytes, digest: str, form: _Form) -> bool:
    """Whether something unpacks to what has this digest: what the cache holds may be damaged, and would be public."""
    try:
        return hashlib.sha256(form.unpack(packed)).hexdigest() == digest
    except Exception:  # each library has its own
        return False


def _forget(folder: Path, versions: set[str], digests: set[str]) -> None:
    """Take away what other versions made, and what was made of files that are no more."""
    for place in folder.iterdir() if folder.is_dir() else ():
        if place.name not in versions:
            shutil.rmtree(place)
            continue
        for kept in place.iterdir():
            if kept.name not in digests:
                kept.unlink()


# ── the forms ────────────────────────────────────────────────────────────────


def _gzip() -> _Form:
    import gzip

    # without a time in it, the same bytes each time
    return _Form(
        ".gz", f"gzip-9-{zlib.ZLIB_RUNTIME_VERSION}", lambda data: gzip.compress(data, 9, mtime=0), gzip.decompress
    )


def _brotli() -> _Form:
    import brotli

    def pack(data: bytes) -> bytes:
        packed: bytes = brotli.compress(data, quality=6)  # 11 takes forty times as long, for an eighth of the size
        return packed

    return _Form(".br", f"brotli-6-{version('brotli')}", pack, brotli.decompress)


_FORMS: dict[Compression, Callable[[], _Form]] = {"gzip": _gzip, "brotli": _brotli}


def _form(name: Compression) -> _Form:
    return _FORMS[name]()
