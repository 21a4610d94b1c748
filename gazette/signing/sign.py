"""Signs a built site: first finds everything that stands in the way, then signs every document."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from gazette.building.database.layout import Unreadable
from gazette.building.database.reader import reading
from gazette.building.place import OutputPlace
from gazette.files.walk import walk
from gazette.messages.problems import ContentError, FileProblems, Problem, reason_of
from gazette.model.records.evidence_files import FOLDER as EVIDENCE
from gazette.signing.key import open_key
from gazette.signing.signed_folder import SignedFolder
from gazette.signing.verify import CLOCKS_DIFFER
from gazette.site.routes import FROZEN


class Key(NamedTuple):
    """The file of a key, its path as an editor types it, and the passphrases to try."""

    file: Path
    shown: str
    passphrases: Iterable[bytes]


class SigningReport(NamedTuple):
    """The documents that were signed, the name of the signer, the signed files that were removed because their
    documents are gone, and the PDFs of the output folder that no build wrote and that were left alone."""

    signed: list[str]
    holder: str
    removed: list[str]
    left: list[str]


def sign(
    output: OutputPlace, key: Key, folder: SignedFolder, at: datetime.datetime, now: datetime.datetime
) -> SigningReport:
    """Sign every PDF of a built site into a folder. `at` is the time in the signatures, `now` the current time. Raises
    ContentError with everything that is wrong; then nothing in the folder has changed."""
    problems: list[Problem] = []
    if at > now + CLOCKS_DIFFER:
        problems.append(Problem.at("", 0, 0, "sign_to_come", at=f"{at:%Y-%m-%dT%H:%M}"))
    signer: Any = None
    documents: dict[str, str] = {}
    try:
        documents = _documents(output)
    except FileProblems as found:
        problems += found.problems
    try:
        signer = open_key(key.file, key.shown, key.passphrases, at)
    except FileProblems as found:
        problems += found.problems
    problems += _foreign(folder)
    if problems:
        raise ContentError(problems)
    try:
        with folder.locked():
            for path, digest in documents.items():
                folder.stage(path, _signed(output, path, digest, signer, at))
            removed = folder.commit()
    except FileProblems as found:
        raise ContentError(found.problems) from None
    left = sorted(path for path, _ in walk(output.folder) if _is_other(path) and path not in documents)
    from gazette.signing.certificates import Certificate

    return SigningReport(sorted(documents), Certificate.of(signer.signing_cert).holder, removed, left)


def _documents(output: OutputPlace) -> dict[str, str]:
    """Return the PDFs that a build wrote, with the SHA-256 of each. An office signs nothing else, and no edition: the
    files of editions never change."""
    try:
        with reading(output.database) as reader:
            found = reader.files.digests()
    except Unreadable:
        found = {}
    documents = {path: digest for path, digest in found.items() if _is_document(path)}
    if not documents:
        raise FileProblems([Problem.of_folder(output.shown, "sign_nothing")])
    altered: list[Problem] = []
    for path, digest in documents.items():
        try:
            _read(output, path, digest)
        except FileProblems as found_here:
            altered += found_here.problems
    if altered:
        raise FileProblems(altered)
    return documents


def _read(output: OutputPlace, path: str, digest: str) -> bytes:
    """Return the bytes of a document. Raises FileProblems where they are no longer those that were built."""
    try:
        data = (output.folder / path).read_bytes()
    except OSError as error:
        raise _wrong(output, path, "system", reason=reason_of(error)) from None
    if hashlib.sha256(data).hexdigest() != digest:
        raise _wrong(output, path, "sign_altered")
    return data


def _signed(output: OutputPlace, path: str, digest: str, signer: Any, at: datetime.datetime) -> bytes:
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.general import SigningError

    from gazette.signing.signature import signed

    try:
        return signed(_read(output, path, digest), signer, at)
    except (PdfError, SigningError, ValueError) as error:
        raise _wrong(output, path, "sign_failed", found=error) from None


def _foreign(folder: SignedFolder) -> list[Problem]:
    foreign = folder.foreign_files()
    if not foreign:
        return []
    return [Problem.of_folder(folder.shown, "sign_foreign", found=len(foreign), example=foreign[0])]


def _is_document(path: str) -> bool:
    """Return whether a path is that of a document of this site: not of an edition, and not of evidence, which others
    wrote."""
    return _is_pdf(path) and not path.startswith((FROZEN, f"{EVIDENCE}/"))


def _is_pdf(path: str) -> bool:
    return path.lower().endswith(".pdf")


def _is_other(path: str) -> bool:
    """Return whether a path may be that of somebody else's PDF. Those of editions are kept as they were."""
    return _is_document(path)


def _wrong(output: OutputPlace, path: str, code: str, /, **values: object) -> FileProblems:
    return FileProblems([Problem.at(f"{output.shown}/{path}", 0, 0, code, **values)])
