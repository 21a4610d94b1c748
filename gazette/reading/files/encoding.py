"""Decodes the bytes of a content file to text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from gazette.lazy_re import pattern
from gazette.messages.problems import MOST_OF_ONE_FILE, FileProblems, Problem

MAX_BYTES = 8_000_000

_CONTROL = (
    r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
    r"\u2028\u2029\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff"
)
"""Control characters, and marks that reorder text, which can show readers something other than what is written."""

_INVISIBLE = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065\u206a-\u206f\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
)
"""Characters without width: a text of these alone looks empty, and texts that differ by one look alike."""

_PRIVATE = r"\ue000-\uf8ff"

_KINDS = {
    "control_character": pattern(f"[{_CONTROL}]"),
    "invisible_character": pattern(rf"[{_INVISIBLE}\U000e0000-\U000effff]"),
    "private_character": pattern(rf"[{_PRIVATE}\U000f0000-\U0010ffff]"),
    "lost_character": pattern("\ufffd"),
}

_ANY = rf"[{_CONTROL}{_INVISIBLE}{_PRIVATE}\ufffd\U000e0000-\U0010ffff]"
UNFIT, _RUN = pattern(_ANY), pattern(f"({_ANY})\\1*")
"""A character that no content file may hold, and a run of the same one."""

_CONFLICT = pattern(r"^(?:<{7}|\|{7}|>{7})(?= |$)", re.M)
"""The lines that Git writes around conflicting versions. The `=======` between them is left out, since it is also a
Markdown heading."""

_OTHER_KINDS = {
    b"PK\x03\x04": "Word/Excel/ZIP",
    b"\xd0\xcf\x11\xe0": "Word/Excel",
    b"{\\rtf": "RTF",
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7-Zip",
}
"""The first bytes of files that are not text."""

_WIDE = (
    (pattern(rb"\xff\xfe\0\0|\0\0\xfe\xff|[^\0]\0\0\0|\0\0\0[^\0]"), "UTF-32"),
    (pattern(rb"\xff\xfe|\xfe\xff|[^\0]\0[^\0]\0|\0[^\0]\0[^\0]"), "UTF-16"),
)
"""The first bytes of text in a wide encoding: its byte order mark, or a Latin letter (YAML 1.2, 5.2)."""


def read_text(path: str, data: bytes) -> str:
    r"""The text of a content file, in Unicode NFC, with line ends as `\n` and without byte order mark.

    Raises FileProblems if the file is empty, too large, not UTF-8, or holds invisible characters or the marks of a
    merge conflict.
    """
    if len(data) > MAX_BYTES:
        raise FileProblems([Problem.at(path, 0, 0, "file_too_large", limit=MAX_BYTES)])
    for beginning, guess in _OTHER_KINDS.items():
        if data.startswith(beginning):
            raise FileProblems([Problem.at(path, 0, 0, "file_not_text", guess=guess)])
    text = unicodedata.normalize("NFC", decoded(path, data)).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise FileProblems([Problem.at(path, 1, 1, "file_empty")])
    wrong: list[Problem] = []
    more = 0
    if UNFIT.search(text):
        wrong += _places(path, text, _RUN, None)
        more = len(_RUN.findall(text)) - len(wrong)
    if "<<<<<<<" in text:
        wrong += _places(path, text, _CONFLICT, "conflict_lines" if path.endswith(".tsv") else "conflict")
    if wrong:
        raise FileProblems(wrong, more)
    return text


def unseen(text: str) -> list[str]:
    """The invisible characters of a text as code points (`U+200B`), each once, sorted."""
    return [number_of(character) for character in sorted(set(UNFIT.findall(text)))]


def _places(path: str, text: str, pattern: re.Pattern[str], code: str | None) -> Iterator[Problem]:
    """Problems for each match of `pattern`, up to the number that is shown for a file. Without `code`, the matched
    character decides the code."""
    for match, _ in zip(pattern.finditer(text), range(MOST_OF_ONE_FILE + 1), strict=False):
        matched = match.group()
        line, column = _place(text, match.start())
        if code:
            yield Problem.at(path, line, column, code, found=matched)
        else:
            yield Problem.at(path, line, column, kind_of(matched[0]), found=number_of(matched[0]))


def kind_of(character: str) -> str:
    """The message code for a character that no content file may hold."""
    return next(code for code, pattern in _KINDS.items() if pattern.match(character))


def number_of(character: str) -> str:
    """The character's code point, as `U+200B`."""
    return f"U+{ord(character):04X}"


def _place(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


# ── encodings ────────────────────────────────────────────────────────────────


def decoded(path: str, data: bytes) -> str:
    """Decode UTF-8. Raises FileProblems for other encodings, naming the likely one."""
    for beginning, name in _WIDE:
        if beginning.match(data):
            raise FileProblems([Problem.at(path, 1, 1, "file_encoding_guess", guess=name)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileProblems([_encoding_problem(path, data, error)]) from None


def _encoding_problem(path: str, data: bytes, error: UnicodeDecodeError) -> Problem:
    guess = _guess_encoding(data)
    if guess is None and b"\0" in data:
        return Problem.at(path, 0, 0, "file_not_words")
    good = data[: error.start].decode("utf-8", "replace")
    line, column = _place(good, len(good))
    if guess:
        return Problem.at(path, line, column, "file_encoding_guess", guess=guess)
    return Problem.at(path, line, column, "file_encoding", found=f"0x{data[error.start]:02X}")


def _guess_encoding(data: bytes) -> str | None:
    """The likely encoding, or None. Windows editors save GBK or Big5; the right one decodes to mostly Han and ASCII."""
    wide = {"utf-16-le": "UTF-16", "utf-16-be": "UTF-16"} if b"\0" in data else {}
    for name, label in {**wide, "gb18030": "GBK", "big5": "Big5"}.items():
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        foreign = [c for c in text if ord(c) > 127]
        common = sum("\u3000" <= c <= "\u9fff" or "\uff00" <= c <= "\uffef" or c in "“”‘’—…·" for c in foreign)
        if foreign and common >= 0.9 * len(foreign) and "\0" not in text:
            return label
    return None
