"""Implements `new`: asks for a unit, a pledge or an update, value by value, and writes it into the content."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from gazette.files.paths import display_path
from gazette.files.replacing import Changed, new_files, replace_files
from gazette.messages.catalogue import catalogue
from gazette.messages.problems import ContentError, FileProblems, Problem
from gazette.model.forms.record import Record
from gazette.model.forms.values import unit_of
from gazette.model.records.units import Pledge, Unit, Update
from gazette.office.content import Content, open_shared
from gazette.office.entries import new_pledge, new_unit, new_update
from gazette.office.entries.dialogue import Dialogue
from gazette.office.entries.form import names_of
from gazette.office.entries.interview import Interview, strange_name
from gazette.office.entries.new_pledge import PledgeForm
from gazette.office.entries.new_unit import UnitForm
from gazette.office.entries.new_update import UpdateForm
from gazette.office.unit_file import node_of, problems_of
from gazette.office.unit_ids import fault_of
from gazette.reading.unit_loader import UnitSource
from gazette.reading.validation.references import near

_ASKED: dict[str, tuple[str, type[Record], Iterable[str]]] = {
    "unit": ("id", Unit, new_unit.FIELDS),
    "pledge": ("unit", Pledge, new_pledge.FIELDS),
    "update": ("pledge", Update, new_update.FIELDS),
}
"""For each kind: the name of what it belongs to or of its id, its record, and the fields that may be asked for."""

Fault = Callable[[str], Problem | None]


class Desk(msgspec.Struct):
    """Writes a new entry into a content `folder`, with a `dialogue` and the values `given` beforehand."""

    folder: Path
    dialogue: Dialogue
    given: dict[str, str]
    strange: list[Problem] = []
    """Problems of given values whose names the kind does not have."""

    def new(self, kind: str) -> Iterator[str]:
        """Ask for an entry of a `kind`, write it, and yield the lines that report it. Raises ContentError, with nothing
        written, also if the answers end too early."""
        content = open_shared(self.folder)
        self._put_aside(kind, content.languages)
        make = {"unit": self._unit, "pledge": self._pledge, "update": self._update}[kind]
        try:
            source, line = make(content)
        except EOFError:
            raise ContentError([Problem.at("", 0, 0, "answers_ended")]) from None
        except FileProblems as found:
            raise ContentError(found.problems) from None
        words = catalogue(self.dialogue.spoken).asking
        yield words["written"].format(file=source.path, line=line)
        yield words["next_unit" if kind == "unit" else "next"].format(id=source.id)

    # ── the kinds ──

    def _unit(self, content: Content) -> tuple[UnitSource, int]:
        nodes = {source.path: node_of(source) for source in content.sources().values()}
        ids = [path.stem for path in content.opened.units]
        id = self._key("id", "unit.id", lambda answer: fault_of(answer, ids))
        path = self.folder / "districts" / f"{id}.yaml"
        places = {int(n): file for file, node in nodes.items() if (n := node.find(("order",)).scalar or "").isdecimal()}
        names = {
            (code, node.find(("name", code)).scalar or ""): file
            for file, node in nodes.items()
            for code in content.languages
        }
        form = UnitForm(content, id, display_path(path), places, names)
        source = self._filled(form)
        new_files({path: source.data})
        return source, 1

    def _pledge(self, content: Content) -> tuple[UnitSource, int]:
        sources = content.sources()
        id = self._key("unit", "pledge.unit", lambda answer: self._unknown(answer, sources), list(sources))
        self._demand_right(content, sources[id])
        form = PledgeForm(content, sources[id], node_of(sources[id]))
        return self._spliced(content, sources[id], self._filled(form))

    def _update(self, content: Content) -> tuple[UnitSource, int]:
        units = {}
        for source in content.sources().values():
            unit_file, problems = content.look(source)
            if unit_file is not None and not problems:
                units[source.id] = source, unit_file.unit
        pledges = {pledge.id: unit for unit, (_, each) in units.items() for pledge in each.pledges}
        over = {
            pledge.id: problem for _, each in units.values() for pledge in each.pledges if (problem := _over(pledge))
        }
        id = self._key("pledge", "update.pledge", lambda answer: self._unwritable(content, answer, pledges, over))
        source, unit = units[pledges[id]]
        position = next(n for n, pledge in enumerate(unit.pledges) if pledge.id == id)
        form = UpdateForm(content, source, position, unit.pledges[position])
        self.dialogue.announce(form.about(self.dialogue.spoken))
        return self._spliced(content, source, self._filled(form))

    # ── asking and writing ──

    def _put_aside(self, kind: str, languages: Sequence[str]) -> None:
        """Move given values with unknown names to `strange`, so that they are reported with all other problems; at
        once, if a question has to come first."""
        key, record, fields = _ASKED[kind]
        names = [key, *names_of(record, fields, languages)]
        strange = [name for name in self.given if name not in names]
        self.strange = [strange_name(name, names) for name in strange]
        self.given = {name: value for name, value in self.given.items() if name not in strange}
        if self.strange and key not in self.given:
            raise ContentError(self.strange)

    def _key(self, name: str, question: str, fault: Fault, offered: Sequence[str] = ()) -> str:
        """Return what the entry belongs to, or its id: the first answer without a problem."""
        words_of_questions = catalogue(self.dialogue.spoken).asking
        words = words_of_questions[question] + (
            words_of_questions["choices"].format(choices=", ".join(offered)) if offered else ""
        )
        given = self.given.pop(name, None)
        while problem := fault(answer := self.dialogue.ask(words) if given is None else given):
            if given is not None:
                raise ContentError([*self.strange, problem._replace(path=f"--set {name}")])
            self.dialogue.tell(problem)
        return answer

    def _filled(self, form: UnitForm | PledgeForm | UpdateForm) -> UnitSource:
        """Return the file with a new entry. Problems that appear only in the complete entry are reported, and the
        questions asked again."""
        given = bool(self.given)
        while True:
            interview = Interview(form, self.dialogue, self.given, self.strange)
            entry = interview.run()
            problems = form.problems(entry, "")
            if not problems:
                return form.write(entry)
            if given:
                raise ContentError(problems)
            for problem in problems:
                self.dialogue.tell(problem)

    def _spliced(self, content: Content, before: UnitSource, after: UnitSource) -> tuple[UnitSource, int]:
        """Write the file, and return it with its first new line. Raises ContentError if somebody else wrote it
        meanwhile."""
        path = next(path for path in content.opened.units if path.stem == before.id)
        try:
            replace_files([(path, before.data, after.data)])
        except Changed:
            raise ContentError([Problem.at(before.path, 0, 0, "answer_overtaken")]) from None
        old, new = before.data.splitlines(), after.data.splitlines()
        tail = next(
            (n for n, pair in enumerate(zip(reversed(old), reversed(new), strict=False)) if pair[0] != pair[1]),
            len(old),
        )
        return after, len(old) - tail + 1

    def _demand_right(self, content: Content, source: UnitSource) -> None:
        """Raise ContentError for problems that the file has already: they could not be told from new ones."""
        if problems := problems_of(content, source, ()):
            raise ContentError(problems)

    def _unknown(self, answer: str, sources: dict[str, UnitSource]) -> Problem | None:
        if answer in sources:
            return None
        return Problem.at("", 0, 0, "unknown_unit", found=answer, near=near(answer, sources))

    def _unwritable(
        self, content: Content, answer: str, pledges: dict[str, str], over: dict[str, Problem]
    ) -> Problem | None:
        """Return why a pledge cannot get an update: it is `over`, it does not exist, or its unit is not filled in.
        Raises ContentError if its unit has problems."""
        if answer in pledges:
            return over.get(answer)
        source = content.sources().get(unit_of(answer))
        if source is not None and source.id not in pledges.values():
            if problems := problems_of(content, source, ()):
                raise ContentError(problems)
            return Problem.at("", 0, 0, "answer_draft", found=answer, other=source.path)
        return Problem.at("", 0, 0, "answer_pledge", found=answer, near=near(answer, pledges.keys() - over.keys()))


def _over(pledge: Pledge) -> Problem | None:
    """Return a problem if nothing can be reported of a pledge any more, because it was withdrawn or split."""
    if pledge.withdrawn is not None:
        return Problem.at("", 0, 0, "answer_withdrawn", found=pledge.id, date=pledge.withdrawn.date)
    if pledge.split is not None:
        into = ", ".join(pledge.split.into)
        return Problem.at("", 0, 0, "answer_split", found=pledge.id, date=pledge.split.date, expected=into)
    return None
