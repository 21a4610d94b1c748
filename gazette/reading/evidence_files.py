"""Reads the folder of evidence files and reports faulty ones."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from gazette.files.cache import Cache
from gazette.files.remembered import Remembered
from gazette.messages.problems import Problem
from gazette.model.forms.values import ID_LIMIT, ID_PATTERN, RESERVED
from gazette.model.records.evidence import NAMED
from gazette.model.records.evidence_files import (
    FOLDER,
    KINDS,
    MOST_BYTES,
    NAME_LIMIT,
    NAME_PATTERN,
    PICTURES,
    EvidenceFile,
    Files,
    likely_name,
)
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.file_contents import Inspected, inspect
from gazette.reading.files.listing import told
from gazette.reading.validation.personal_data import bare, personal_data


def read_files(diagnostics: Diagnostics, cache: Cache, public: Collection[str] | None) -> Files:
    """`{name: file}` of the evidence folder; faulty files have no kind, and are reported. `public` are numbers that may
    be shown, None if unknown. Unchanged files are not read again."""
    root = diagnostics.root / FOLDER
    kind = diagnostics.files.kind(root)
    if kind is None:
        return {}
    if kind != "folder":
        diagnostics.report_file(root, "file_place", expected=f"{FOLDER}/")
        return {}
    remembered: Remembered[Inspected] = Remembered(cache.folder, "evidence", Inspected, cache.program)
    files: dict[str, EvidenceFile] = {}
    for name, path in _named(diagnostics, root):
        files[name] = _file(diagnostics, name, path, remembered, public)
    remembered.keep()
    _check_twins(diagnostics, files)
    return files


def named_in(data: bytes) -> Iterator[str]:
    """Possible names of evidence files in the bytes of a content file, each once."""
    names: set[bytes] = {*NAMED.findall(data)} if b"file" in data else set()
    yield from (name.decode() for name in names)


def digests_of(names: Iterable[str], files: Files) -> tuple[tuple[str, str], ...]:
    """(name, SHA-256) of those of `names` that exist, sorted."""
    return tuple((name, files[name].digest) for name in sorted(names) if name in files)


# ── names ────────────────────────────────────────────────────────────────────


def _named(diagnostics: Diagnostics, root: Path) -> Iterator[tuple[str, Path]]:
    """(name, path) of files whose names can be used in content. Reports everything else in the folder."""
    listing = diagnostics.files
    for path in listing.visible(FOLDER):
        if path.is_symlink():
            diagnostics.report_file(path, "evidence_link")
        elif listing.kind(path) == "folder":
            if _check_folder(diagnostics, path):
                inner = listing.visible(f"{FOLDER}/{path.name}")
                yield from ((f"{path.name}/{each.name}", each) for each in inner if _is_named(diagnostics, root, each))
        elif _is_named(diagnostics, root, path):
            yield path.name, path


def _check_folder(diagnostics: Diagnostics, path: Path) -> bool:
    """Report a folder whose name cannot be part of an address. Returns True if it can."""
    likely = re.sub(r"[^a-z0-9]+", "-", path.name.lower()).lstrip("-0123456789").rstrip("-") or "zhiyuan"
    if path.name.lower() in RESERVED:
        diagnostics.report_file(path, "evidence_reserved", found=path.name, likely=f"{path.name.lower()}-1")
    elif not re.fullmatch(ID_PATTERN, path.name) or len(path.name) > ID_LIMIT:
        diagnostics.report_file(path, "evidence_folder", found=path.name, likely=likely[:ID_LIMIT])
    else:
        return True
    return False


def _is_named(diagnostics: Diagnostics, root: Path, path: Path) -> bool:
    """Report an entry that is no file, or whose name cannot be part of an address. Returns True if it can."""
    name = path.relative_to(root).as_posix()
    stem, _, ending = path.name.rpartition(".")
    if path.is_symlink():
        diagnostics.report_file(path, "evidence_link")
    elif diagnostics.files.kind(path) == "folder":
        diagnostics.report_file(path, "evidence_deep")
    elif diagnostics.files.kind(path) != "file":
        diagnostics.report_file(path, "file_not_ordinary")
    elif ending.lower() not in KINDS:
        diagnostics.report_file(path, _ENDINGS.get(ending.lower(), "evidence_unknown"))
    elif stem.lower() in RESERVED:
        diagnostics.report_file(path, "evidence_reserved", found=stem, likely=f"{stem.lower()}-1.{ending.lower()}")
    elif not re.fullmatch(NAME_PATTERN, name) or len(name) > NAME_LIMIT:
        _report_name(diagnostics, path, name)
    else:
        return True
    return False


def _report_name(diagnostics: Diagnostics, path: Path, name: str) -> None:
    likely = likely_name(name)
    other = path.with_name(likely.rpartition("/")[2])
    if likely == name.lower() and diagnostics.files.kind(other) is not None:
        diagnostics.report_file(path, "evidence_case", found=path.name, other=other.name)
    else:
        diagnostics.report_file(path, "evidence_name", found=path.name, likely=other.name, limit=NAME_LIMIT)


_ENDINGS = {
    **dict.fromkeys(("heic", "heif"), "evidence_heic"),
    **dict.fromkeys(("gif", "bmp", "tif", "tiff", "avif"), "evidence_picture"),
    **dict.fromkeys(("doc", "docx", "ppt", "pptx", "xls", "wps", "et", "dps", "rtf", "odt", "ods"), "evidence_office"),
    **dict.fromkeys(("docm", "xlsm", "pptm", "xltm"), "evidence_macros"),
    **dict.fromkeys(("zip", "rar", "7z", "gz", "tar", "tgz"), "evidence_archive"),
    **dict.fromkeys(("html", "htm", "mhtml", "svg", "xml", "php"), "evidence_page"),
    **dict.fromkeys(("exe", "bat", "cmd", "js", "vbs", "ps1", "sh", "py", "jar", "apk"), "evidence_program"),
    **dict.fromkeys(("mp4", "mov", "avi", "mp3", "m4a", "wav", "amr"), "evidence_film"),
}
"""`{extension: message code}` of files that are not published."""


# ── contents ─────────────────────────────────────────────────────────────────


def _file(
    diagnostics: Diagnostics, name: str, path: Path, remembered: Remembered[Inspected], public: Collection[str] | None
) -> EvidenceFile:
    """A file of the folder. Its problems go to `diagnostics`."""
    display_path, stat = diagnostics.display(path), diagnostics.files.stat(path)
    if stat.size > MOST_BYTES:
        values = {"found": f"{stat.size / 1_000_000:.1f}", "limit": MOST_BYTES // 1_000_000}
        diagnostics.report_file(path, "evidence_large", **values)
        return EvidenceFile(name)
    inspected = remembered.get(path, stat)
    if inspected is None:
        try:
            data, stat = diagnostics.files.read(path, MOST_BYTES)
        except OSError as error:
            diagnostics.add(told(display_path, error))
            return EvidenceFile(name)
        inspected = inspect(name, data, hashlib.sha256(data).hexdigest())
        remembered.put(path, stat, inspected)
    problems = [*inspected.problems]
    if public is not None:
        problems += _numbers(name, inspected, public)
    diagnostics.problems += [problem._replace(path=display_path) for problem in problems]
    return EvidenceFile(name) if problems else inspected.file


def _numbers(name: str, inspected: Inspected, public: Collection[str]) -> Iterator[Problem]:
    """Problems for numbers in the name and content of a file that may belong to a person."""
    allowed = {bare(number) for number in public}
    words = re.sub(r"[^0-9x]+", " ", name.rpartition(".")[0])
    yield from (each._replace(line=0, column=0) for each in personal_data("", words, public))
    yield from (each for each in inspected.numbers if bare(dict(each.values)["found"]) not in allowed)


def _check_twins(diagnostics: Diagnostics, files: dict[str, EvidenceFile]) -> None:
    """Report pictures whose names differ only in their extension: the files made of them would share a name."""
    seen: dict[str, str] = {}
    for name in sorted(files):
        stem, _, ending = name.rpartition(".")
        if KINDS[ending] in PICTURES:
            if stem in seen:
                path = diagnostics.root / FOLDER / name
                diagnostics.report_file(path, "evidence_twins", found=path.name, other=seen[stem].rpartition("/")[2])
                files[name] = EvidenceFile(name)
            seen.setdefault(stem, name)
