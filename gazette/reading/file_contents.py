"""Inspects files before they are published: whether they are intact and readable by all, and contain personal data."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import msgspec

from gazette.lazy_re import pattern
from gazette.messages.problems import FileProblems, Problem
from gazette.model.records.evidence_files import KINDS, LONGEST_SIDE, MOST_PIXELS, PICTURES, EvidenceFile, FileKind
from gazette.reading.files.encoding import decoded
from gazette.reading.files.kinds import sniff
from gazette.reading.validation.personal_data import personal_data

FORMATS = ("JPEG", "PNG", "WEBP")
"""The formats that Pillow may recognize. A phone's JPEG with a second picture in it is then reported as MPO."""

_MOST_UNPACKED = 50_000_000
"""Bytes of an unpacked workbook that are searched for personal numbers; a row of a million cells needs less."""


@contextmanager
def whole_pictures() -> Iterator[None]:
    """Make Pillow refuse truncated pictures for the length of a `with` block. WeasyPrint, in the same process, makes it
    accept them."""
    from PIL import ImageFile

    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


class Inspected(msgspec.Struct, frozen=True):
    """The result of an inspection. A file with `problems` (with an empty path) cannot be published, nor one with
    `numbers`, except those that may be public."""

    file: EvidenceFile
    problems: tuple[Problem, ...] = ()
    numbers: tuple[Problem, ...] = ()


def unfit(code: str, /, **values: object) -> FileProblems:
    """Return the error for a file that cannot be published. Its path is not set yet."""
    return FileProblems([Problem.at("", 0, 0, code, **values)])


def inspect(name: str, data: bytes, digest: str) -> Inspected:
    """Inspect a file, given its name, bytes and SHA-256. Its problems are part of the result, not raised."""
    file = EvidenceFile(name, "", len(data), digest)
    try:
        kind = _kind(name, data)
        width, height = _LOOKS[kind](data) if kind in _LOOKS else (0, 0)
        numbers = tuple(_numbers(kind, data))
    except FileProblems as found:
        return Inspected(file, tuple(found.problems))
    return Inspected(msgspec.structs.replace(file, kind=kind, width=width, height=height), (), numbers)


def _kind(name: str, data: bytes) -> FileKind:
    """Return the kind of a file. Raises FileProblems if its name says another one."""
    if not data:
        raise unfit("evidence_empty")
    kind_named = KINDS[name.rpartition(".")[2]]
    sniffed = sniff(data)
    if sniffed.code == "evidence_unknown" and kind_named in ("csv", "txt"):
        return kind_named  # decoding it reports the encoding it seems to have
    if sniffed.kind is None:
        raise unfit(sniffed.code)
    if sniffed.kind == kind_named or {sniffed.kind, kind_named} <= {"txt", "csv"}:
        return kind_named
    stem, ending = name.rpartition(".")[0], next(ending for ending, kind in KINDS.items() if kind == sniffed.kind)
    raise unfit("evidence_other_kind", found=sniffed.kind.upper(), likely=f"{stem}.{ending}")


# ── pictures ─────────────────────────────────────────────────────────────────


def _look_at_picture(data: bytes) -> tuple[int, int]:
    """Return (width, height) of a picture in px, upright. It is decoded at reduced size, to find damage. Raises
    FileProblems."""
    from PIL import Image, ImageOps

    with warnings.catch_warnings(), whole_pictures():
        warnings.simplefilter("ignore")  # oddities do not matter; size is checked below
        try:
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                width, height = picture.size
                _check_size(width, height)
                if picture.format != "MPO" and getattr(picture, "is_animated", False):
                    raise unfit("evidence_animated")
                picture.draft(None, (width // 8 or 1, height // 8 or 1))
                picture.load()
                small = picture.size
                turned = ImageOps.exif_transpose(picture).size
        except Image.DecompressionBombError as error:
            found = re.search(r"\d+", str(error))
            raise _too_large(found.group() if found else "?") from None
        except (OSError, SyntaxError, ValueError, EOFError):  # Pillow raises these for any damage
            raise unfit("evidence_broken") from None
    return (width, height) if turned == small else (height, width)


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise _too_large(f"{width} × {height}")


def _too_large(found: str) -> FileProblems:
    return unfit("evidence_pixels", found=found, limit=MOST_PIXELS // 1_000_000, side=LONGEST_SIDE)


# ── documents ────────────────────────────────────────────────────────────────


def _look_at_pdf(data: bytes) -> tuple[int, int]:
    """Check that a PDF can be opened and has pages. Return (0, 0). Raises FileProblems."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            if not len(document.pages):
                raise unfit("evidence_broken")
    except pikepdf.PasswordError:
        raise unfit("evidence_password") from None
    except (pikepdf.PdfError, ValueError, TypeError):
        raise unfit("evidence_broken") from None
    return 0, 0


_LOOKS: dict[str, Callable[[bytes], tuple[int, int]]] = {
    **dict.fromkeys(PICTURES, _look_at_picture),
    "pdf": _look_at_pdf,
}
"""The inspection of each kind, except texts and workbooks. Returns (width, height), or (0, 0)."""


_CELL_ENDS = str.maketrans(',;\t"', "||||")
"""Replaces separators between cells: in a table, a comma is no part of a number."""


# ── persons ──────────────────────────────────────────────────────────────────


def _numbers(kind: FileKind, data: bytes) -> Iterator[Problem]:
    """Yield a problem for each number in a text or workbook that may belong to a person. Pictures and PDFs are not
    searched."""
    if kind in ("csv", "txt"):
        text = decoded("", data)
        yield from personal_data("", text.translate(_CELL_ENDS) if kind == "csv" else text, ())
    elif kind == "xlsx":
        for problem in personal_data("", _words_of_workbook(data), ()):
            yield problem._replace(line=0, column=0)


def _words_of_workbook(data: bytes) -> str:
    """Return the texts and numbers in a workbook's cells, one a line. Raises FileProblems."""
    left, texts = _MOST_UNPACKED, []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                if left > 0 and _CELLS.fullmatch(entry.filename):
                    with archive.open(entry) as file:
                        part = file.read(left)
                    left -= len(part)
                    texts.append(re.sub(r"<[^>]*>", "\n", part.decode("utf-8", "replace")))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, ValueError, EOFError):
        raise unfit("evidence_broken") from None
    return "\n".join(texts)


_CELLS = pattern(r"xl/(?:sharedStrings|worksheets/[^/]+)\.xml")
