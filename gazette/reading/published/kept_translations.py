"""The question whether records of translations are gone.

Registering keeps both: what each unit states, and which translations are right. So a register in several languages says
that there were records of translations, even where no edition has kept them.
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
"""What is told of them: who looks the translations through has them kept anew."""


def check_translations(diagnostics: Diagnostics, listing: Listing, languages: Sequence[str]) -> None:
    """Records of translations are there where a register says so, on a site in several `languages`; those that are told
    as gone already are left out. A register is read only where records are not there."""
    if len(languages) < 2:
        return
    told = {problem.path for problem in diagnostics.problems}
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
                place = listing.root / TRANSLATIONS / f"{name}.tsv"
                if diagnostics.display(place) not in told:
                    diagnostics.report_file(place, GONE, register=diagnostics.display(path), name=_asked(name))


def _says(register: Register, name: str) -> bool:
    """Whether what is registered was said in several languages: of notices, or of anything."""
    of_notices = name == NOTICES
    lines = (fact for fact in register if not of_notices or fact.field in OF_NOTICES)
    return len({fact.language for fact in lines if fact.language}) > 1


def _asked(name: str) -> str:
    """What is called so where translations are kept as right."""
    return {SHARED: "site", NOTICES: "notices"}.get(name, name)


def _has_lines(listing: Listing, name: str) -> bool:
    place = listing.root / TRANSLATIONS / f"{name}.tsv"
    kind = listing.kind(place)
    return kind is not None and (kind != "file" or listing.stat(place).size > 1)


def _read(listing: Listing, path: Path) -> Register:
    """A register; nothing where it cannot be read, which is told elsewhere."""
    try:
        data = listing.read(path)[0] if listing.kind(path) == "file" else b""
        return parse_register(path.name, read_text(path.name, data)) if data.strip() else {}
    except (FileProblems, OSError):
        return {}
