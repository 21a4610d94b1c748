"""Whether the files that evidence names are there, and whether pictures are told in words."""

from __future__ import annotations

from gazette.model.forms.record import Record
from gazette.model.records.evidence import Evidence, all_evidence, files_of
from gazette.model.records.evidence_files import KINDS, PICTURES, EvidenceFile, Files
from gazette.reading.location import Location
from gazette.reading.validation.references import near


def files_named(record: Record, files: Files) -> tuple[EvidenceFile, ...]:
    """Those of the files that the evidence inside a record names."""
    return tuple(files[name] for name in files_of(record) if name in files)


def check_files(file: Location, record: Record, files: Files) -> None:
    """The evidence inside the record of a whole content file."""
    for loc, evidence in all_evidence(record):
        _check(file.within(*loc), evidence, files)


def _check(place: Location, evidence: Evidence, files: Files) -> None:
    """One piece of evidence. That a file is there and wrong is told where it lies."""
    name = evidence.file or ""
    is_picture = bool(name) and KINDS[name.rpartition(".")[2]] in PICTURES
    if name and name not in files:
        place.within("file").report("evidence_missing", found=name, near=_near(name, files))
    if is_picture and evidence.alt is None:
        likely = ", ".join(f"{code}: …" for code in evidence.title)
        place.within("file").report("evidence_alt_missing", found=name, likely=likely)
    elif evidence.alt is not None and not is_picture:
        place.within("alt").report("evidence_alt_needless")


def _near(name: str, files: Files) -> str:
    """A file of the same name in another folder, or under another ending; else one whose name looks much like it."""
    last = name.rpartition("/")[2]
    same = next((each for each in sorted(files) if each.rpartition("/")[2] == last), "")
    return same or near(name, files)
