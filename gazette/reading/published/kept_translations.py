"""Checks whether records of translations are gone.

Registering keeps both what each unit states and which translations are confirmed. So a register with several languages
shows that there were records of translations, even if no edition kept them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gazette.messages.problems import FileProblems
from gazette.model.published.facts import OF_NOTICES
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.files.encoding import read_text
from gazette.reading.files.listing import FOLDERS, REGISTER, TRANSLATIONS, Listing
from gazette.reading.files.listing import NOTICES as FOLDER_OF_NOTICES
from gazette.reading.files.listing import OF_NOTICES as NOTICES
from gazette.reading.files.listing import OF_SHARED as SHARED
from gazette.reading.published.register import Register, parse_register

GONE = "translations_gone"
"""The code for missing records. Whoever reviews the translations has them recorded anew."""


def check_translations(diagnostics: Diagnostics, listing: Listing, languages: Sequence[str]) -> None:
    """Report missing records of translations where a register shows that there were some, on a site with several
    `languages`. Files already reported are left out. A register is read only if records are missing."""
    if len(languages) < 2:
        return
    reported = {problem.path for problem in diagnostics.problems}
    units = {path.stem for path in listing.visible(FOLDERS[0])}
    registers = [path for path in listing.visible(REGISTER) if path.suffix == ".tsv" and path.stem in units]
    beside = (SHARED, NOTICES) if listing.visible(FOLDER_OF_NOTICES) else (SHARED,)
    shared = [name for name in beside if not _has_lines(listing, name)]
    for path in registers:
        wanted = [*([] if _has_lines(listing, path.stem) else [path.stem]), *shared]
        if not wanted:
            continue
        register = _read(listing, path)
        for name in wanted:
            if _says(register, name):
                shared = [each for each in shared if each != name]
                path_of_records = listing.root / TRANSLATIONS / f"{name}.tsv"
                if diagnostics.display(path_of_records) not in reported:
                    diagnostics.report_file(
                        path_of_records, GONE, register=diagnostics.display(path), name=_asked(name)
                    )


def _says(register: Register, name: str) -> bool:
    """True if the register has facts in several languages: of notices for `NOTICES`, otherwise of anything."""
    of_notices = name == NOTICES
    lines = (fact for fact in register if not of_notices or fact.field in OF_NOTICES)
    return len({fact.language for fact in lines if fact.language}) > 1


def _asked(name: str) -> str:
    """The name under which translations are recorded as confirmed."""
    return {SHARED: "site", NOTICES: "notices"}.get(name, name)


def _has_lines(listing: Listing, name: str) -> bool:
    path = listing.root / TRANSLATIONS / f"{name}.tsv"
    kind = listing.kind(path)
    return kind is not None and (kind != "file" or listing.stat(path).size > 1)


def _read(listing: Listing, path: Path) -> Register:
    """A register; empty if it cannot be read, which is reported elsewhere."""
    try:
        data = listing.read(path)[0] if listing.kind(path) == "file" else b""
        return parse_register(path.name, read_text(path.name, data)) if data.strip() else {}
    except (FileProblems, OSError):
        return {}
