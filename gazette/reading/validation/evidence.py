"""Checks that the files named as evidence exist, and that pictures are described in words."""

from __future__ import annotations

from gazette.model.forms.record import Record
from gazette.model.records.evidence import Evidence, all_evidence, files_of
from gazette.model.records.evidence_files import KINDS, PICTURES, EvidenceFile, Files
from gazette.reading.location import Location
from gazette.reading.validation.references import near


def files_named(record: Record, files: Files) -> tuple[EvidenceFile, ...]:
    """The files named by evidence inside `record`."""
    return tuple(files[name] for name in files_of(record) if name in files)


def check_files(file: Location, record: Record, files: Files) -> None:
    """Report faulty evidence inside the record of a content file."""
    for loc, evidence in all_evidence(record):
        _check(file.within(*loc), evidence, files)


def _check(location: Location, evidence: Evidence, files: Files) -> None:
    """Check one piece of evidence. A file that exists but is faulty is reported at its own path."""
    name = evidence.file or ""
    is_picture = bool(name) and KINDS[name.rpartition(".")[2]] in PICTURES
    if name and name not in files:
        location.within("file").report("evidence_missing", found=name, near=_near(name, files))
    if is_picture and evidence.alt is None:
        likely = ", ".join(f"{code}: …" for code in evidence.title)
        location.within("file").report("evidence_alt_missing", found=name, likely=likely)
    elif evidence.alt is not None and not is_picture:
        location.within("alt").report("evidence_alt_needless")


def _near(name: str, files: Files) -> str:
    """A file of the same name in another folder, otherwise one with a similar name; "" if there is none."""
    last = name.rpartition("/")[2]
    same = next((each for each in sorted(files) if each.rpartition("/")[2] == last), "")
    return same or near(name, files)
