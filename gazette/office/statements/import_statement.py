"""Implements `import-statement`: from the file of a statement to drafts of its units."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from gazette.files.paths import display_path, real_path
from gazette.files.replacing import new_files
from gazette.messages.catalogue import catalogue
from gazette.messages.problems import ContentError, FileProblems, Problem, clip
from gazette.office.statements.draft_files import draft_of
from gazette.office.statements.statement import SENTENCE, Statement, split
from gazette.office.statements.statement_file import read_statement
from gazette.office.statements.statement_text import SourceText, size
from gazette.office.unit_ids import fault_of, plain_id, read_ids
from gazette.reading.loaded_content import LoadedContent
from gazette.reading.loader import load_shared
from gazette.reading.yaml.parser import parse_leniently

BRIEF = 24
"""The most characters of a text that a note shows."""

AskId = Callable[[str, str, Callable[[str], Problem | None]], str]
"""Asks for the id of a unit: takes its name, the id that an empty answer means, and a check; returns an id that passes
it."""


class Request(msgspec.Struct, frozen=True):
    """The options of an import: the `file` of the statement, the `content` folder, the folder that drafts go `into`
    (None: among its units), a file of `ids`, `dry_run` (write nothing), and the language `spoken`."""

    file: Path
    content: Path
    into: Path | None = None
    ids: Path | None = None
    dry_run: bool = False
    spoken: str = ""


class Existing(msgspec.Struct, frozen=True):
    """The existing units: their files by name, their ids, and the last position in the official order."""

    names: Mapping[str, str]
    ids: tuple[str, ...]
    order: int


def import_statement(request: Request, ask_id: AskId | None) -> Iterator[str]:
    """Write the drafts, and yield the lines that report it. Raises ContentError, with nothing written, if the import is
    not possible."""
    path_shown = display_path(request.file)
    try:
        source = read_statement(path_shown, request.file.read_bytes())
        statement = split(path_shown, source)
        if not statement.units:
            raise FileProblems([Problem.at(path_shown, 0, 0, "statement_no_units")])
        opened = load_shared(request.content)
        if not opened.languages:
            raise FileProblems(opened.diagnostics.problems)
        existing = _existing(opened)
        ids = _ids(request, statement, existing, ask_id)
        texts = _drafts(request, statement, ids, existing, opened.languages)
    except FileProblems as found:
        raise ContentError(found.problems) from None
    if not request.dry_run:
        new_files({path: text.encode() for path, text in texts.items()})
    yield from _report(request, source, statement, list(texts))
    yield from _notes(request, statement, existing)


def _existing(opened: LoadedContent) -> Existing:
    """Return the existing units. Files that cannot be read have no name and no position."""
    names: dict[str, str] = {}
    order = 0
    for unit in opened.sources():
        node, _ = parse_leniently(unit.path, unit.data.decode("utf-8", "replace"))
        if node is not None:
            names[node.find(("name", opened.languages[0])).scalar or ""] = unit.path
            stated = node.find(("order",)).scalar or ""
            order = max(order, int(stated) if stated.isdecimal() else 0)
    return Existing(names, tuple(path.stem for path in opened.units), order)


def _is_own(request: Request) -> bool:
    """Return whether the drafts go among the units of the content."""
    return request.into is None or real_path(request.into) == real_path(request.content / "districts")


def _ids(request: Request, statement: Statement, existing: Existing, ask_id: AskId | None) -> list[str]:
    """Return the id of each unit: from the file of ids, from the answer to a question, or a plain one."""
    names = [unit.name for unit in statement.units]
    given = read_ids(display_path(request.ids), request.ids.read_bytes(), names) if request.ids else {}
    taken = list(existing.ids) if _is_own(request) else []
    if faults := [fault for id in given.values() if (fault := fault_of(id, taken))]:
        raise FileProblems(fault._replace(path=display_path(request.ids or request.file)) for fault in faults)
    taken += given.values()
    chosen = []
    for position, name in enumerate(names, 1):
        id = given.pop(name, "")
        if not id:
            id = plain_id(position, taken)
            if ask_id is not None:
                id = ask_id(name, id, lambda answer: fault_of(answer, taken))
            taken.append(id)
        chosen.append(id)
    return chosen


def _drafts(
    request: Request, statement: Statement, ids: Sequence[str], existing: Existing, languages: Sequence[str]
) -> dict[Path, str]:
    """Return the files, by path. Raises FileProblems for those that exist already."""
    folder = request.into or request.content / "districts"
    before = existing.order if _is_own(request) else 0
    texts = {
        folder / f"{id}.yaml": draft_of(unit, id, before + position, languages, request.spoken)
        for position, (unit, id) in enumerate(zip(statement.units, ids, strict=True), 1)
    }
    existing_files = [path for path in texts if path.exists() or path.is_symlink()]
    if existing_files:
        raise FileProblems(Problem.at(display_path(path), 0, 0, "statement_exists") for path in existing_files)
    return texts


# ── reporting ───────────────────────────────────────────────────────────────


def _report(request: Request, source: SourceText, statement: Statement, files: Sequence[Path]) -> Iterator[str]:
    messages = catalogue(request.spoken)
    for unit, file in zip(statement.units, files, strict=True):
        signed = "、".join(f"{each.title} {each.name}" for each in unit.signatories) or messages.statement["nobody"]
        values = {"file": display_path(file), "name": unit.name, "signed": signed, "n": len(unit.items)}
        kind = messages.choices[unit.kind]
        line = messages.statement["unit"].format(kind=kind, **values)
        yield line if unit.is_numbered else line + messages.statement["unit_paragraphs"]
    pledges = sum(len(unit.items) for unit in statement.units)
    done = messages.statement["planned"] if request.dry_run else messages.statement["done"]
    yield done.format(file=display_path(request.file), units=len(statement.units), pledges=pledges)
    title, strays = (sum(size(line.text) for line in lines) for lines in (statement.title, statement.strays))
    drafts = sum(unit.size for unit in statement.units)
    yield messages.statement["counted"].format(read=source.size, title=title, drafts=drafts, strays=strays)
    if statement.title:
        yield messages.statement["title"].format(title=" / ".join(line.text for line in statement.title))


def _notes(request: Request, statement: Statement, existing: Existing) -> Iterator[str]:
    """Yield what was not understood, or is for an editor to decide, each with its line; then what to do next."""
    messages, path = catalogue(request.spoken), display_path(request.file)
    notes = [Problem.at(path, line.number, 1, "statement_stray", found=_brief(line.text)) for line in statement.strays]
    notes += statement.told
    for unit in statement.units:
        if unit.name in existing.names and _is_own(request):
            other = existing.names[unit.name]
            notes.append(Problem.at(path, unit.line, 1, "statement_again", found=unit.name, other=other))
        for line, words in filter(lambda each: SENTENCE.search(each[1]), unit.unnumbered):
            values = {"found": _brief(words), "name": unit.name}
            notes.append(Problem.at(path, line, 1, "statement_unnumbered", **values))
    if notes:
        yield messages.statement["notes"]
        yield from (note.show(request.spoken) for note in sorted(notes))
    yield messages.statement["next" if _is_own(request) else "next_elsewhere"]


def _brief(text: str) -> str:
    """Return the beginning of a text, enough to recognize it."""
    return clip(" ".join(text.split()), BRIEF)
