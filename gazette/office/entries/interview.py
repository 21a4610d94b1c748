"""The interview: each value of a new entry is asked for, checked at once by the checks of the content, asked again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

import msgspec

from gazette.messages.catalogue import catalogue, choice_meant
from gazette.messages.problems import ContentError, FileProblems, Problem
from gazette.model.forms.record import Record
from gazette.office.cells import word_meant
from gazette.office.entries.dialogue import Dialogue
from gazette.office.entries.form import Answers, Leaf, Path, entry_of, leaves, names_of
from gazette.office.unit_file import plain
from gazette.office.yaml_writing import Value
from gazette.reading.files.encoding import UNFIT, kind_of, number_of
from gazette.reading.validation.references import near


class Form(Protocol):
    """What is asked for of a kind of entry."""

    @property
    def kind(self) -> type[Record]: ...

    @property
    def title(self) -> str:
        """What the kind is called in commands: unit, pledge, update."""
        ...

    @property
    def languages(self) -> tuple[str, ...]: ...

    def names(self, answers: Answers) -> Mapping[str, bool]:
        """The fields in the order in which they are asked for, and whether each is needed, as far as the answers
        tell."""
        ...

    def may_ask(self, answers: Answers) -> Iterable[str]:
        """The fields that are asked for, or may still be, whatever the answers are that the others get."""
        ...

    def choices(self, leaf: Leaf) -> tuple[str, ...]:
        """The words that a value may be now; none where it is no choice."""
        ...

    def offer(self, leaf: Leaf, spoken: str) -> Mapping[str, str]:
        """What else is offered: ids, each with its name, in the language `spoken` where it has one there."""
        ...

    def default(self, leaf: Leaf) -> str:
        """What an empty answer means; empty where it means nothing."""
        ...

    def stand_in(self, leaf: Leaf, answers: Answers) -> str:
        """A value that would be right, while there is no answer yet."""
        ...

    def problems(self, entry: Mapping[str, Value], field: str) -> Sequence[Problem]:
        """What would be wrong with the field of such an entry; of no field at all, with the whole file."""
        ...


def strange_name(name: str, asked: Sequence[str]) -> Problem:
    """That what is given under a name is not `asked` for."""
    values = {"found": name, "near": near(name, asked), "expected": ", ".join(asked)}
    return Problem.at(f"--set {name}", 0, 0, "set_unknown", **values)


class Interview(msgspec.Struct):
    """Asks through a `dialogue`; what is `given` beforehand (by the way to the value, such as `text.zh`) is not asked
    for. Where something is given, what is not needed is not asked for either. What is wrong with it is told before
    anything is asked, with the problems `known` of it already."""

    form: Form
    dialogue: Dialogue
    given: dict[str, str]
    known: Sequence[Problem] = ()
    answers: dict[Path, str] = {}
    listed: set[Path] = set()
    brief: bool = False

    def run(self) -> dict[str, Value]:
        """The entry. Raises EOFError where the answers end, ContentError where given ones are wrong."""
        if problems := [*self.known, *self._given_wrong()]:
            raise ContentError(problems)
        self.brief = bool(self.given)
        done: set[str] = set()
        while (name := next((each for each in self.form.names(self.answers) if each not in done), None)) is not None:
            done.add(name)
            self._ask_field(name, self.form.names(self.answers)[name])
        if self.given:
            raise ContentError(self._not_asked(self.given))
        return self._entry(self.answers)

    def _given_wrong(self) -> Iterator[Problem]:
        """What is wrong with what is given, as far as that can be known before anything is asked."""
        trial, left, done = Interview(self.form, self.dialogue, {}), dict(self.given), set[str]()
        while (name := next((each for each in self.form.names(trial.answers) if each not in done), None)) is not None:
            done.add(name)
            needed = self.form.names(trial.answers)[name]
            own = leaves(self.form.kind, name, self.form.languages)
            trial.listed |= {leaf.path for leaf in own if leaf.listed}
            for leaf in own:
                given = left.pop(".".join(leaf.path), None)
                if given is not None:
                    yield from trial.take(leaf, given, needed and leaf.needed, own)
        may = {*names_of(self.form.kind, self.form.may_ask(trial.answers), self.form.languages)}
        yield from trial._not_asked(name for name in left if name not in may)

    def _not_asked(self, names: Iterable[str]) -> Iterator[Problem]:
        asked = names_of(self.form.kind, self.form.may_ask(self.answers), self.form.languages)
        return (strange_name(name, asked) for name in names)

    def take(self, leaf: Leaf, given: str, needed: bool, own: list[Leaf]) -> list[Problem]:
        """Keep what is given of one value, if nothing is wrong with it; else what is."""
        meant = self._meant(leaf, given)
        problems = self._wrong(leaf, meant, needed, own)
        if meant and not problems:
            self.answers[leaf.path] = meant
        name = ".".join(leaf.path)
        return [problem._replace(path=f"--set {name}") for problem in problems]

    def _meant(self, leaf: Leaf, answer: str) -> str:
        return word_meant(answer.strip(), self.form.choices(leaf)) if leaf.choices else answer.strip()

    def _entry(self, answers: Answers) -> dict[str, Value]:
        return entry_of(self.form.kind, answers, frozenset(self.listed))

    def _ask_field(self, name: str, needed: bool) -> None:
        """All values of a field. Where the first of one that is not needed stays empty, the others are not asked
        for."""
        own = leaves(self.form.kind, name, self.form.languages)
        self.listed |= {leaf.path for leaf in own if leaf.listed}
        begun = needed
        for leaf in own:
            must = begun and leaf.needed
            same = [other for other in own if other.field == leaf.field]
            half = any(other.path in self.answers for other in same)
            begins = leaf is own[0] or (begun and leaf is same[0])
            if must or half or begins or ".".join(leaf.path) in self.given:
                begun = self._ask(leaf, must or half, own) or begun

    def _ask(self, leaf: Leaf, needed: bool, own: list[Leaf]) -> bool:
        """One value; whether there is one now."""
        name, given = ".".join(leaf.path), None
        if name in self.given:
            given = self.given.pop(name)
        elif self.brief and not needed:
            return False
        elif self.brief and (default := self.form.default(leaf)):
            given = default
        while True:
            answer = self._answer(leaf, needed) if given is None else given
            meant = self._meant(leaf, answer)
            problems = self._wrong(leaf, meant, needed, own)
            if not problems:
                break
            if given is not None:
                raise ContentError(problem._replace(path=f"--set {name}") for problem in problems)
            for problem in problems:
                self.dialogue.tell(problem)
        if meant:
            self.answers[leaf.path] = meant
        return bool(meant)

    def _answer(self, leaf: Leaf, needed: bool) -> str:
        told = catalogue(self.dialogue.spoken)
        question = told.asking[f"{self.form.title}.{leaf.field}"]
        if leaf.language:
            question += told.asking["language"].format(language=leaf.language)
        named = (
            told.phrases["choice"].format(word=id, meaning=name)
            for id, name in self.form.offer(leaf, self.dialogue.spoken).items()
        )
        choices = told.listed_choices(self.form.choices(leaf)) or told.phrases["between_choices"].join(named)
        if choices:
            question += told.asking["choices"].format(choices=choices)
        default = self.form.default(leaf)
        if default:
            question += told.asking["default"].format(default=default)
        elif not needed:
            question += told.asking["optional"]
        return self.dialogue.ask(question) or default

    def _wrong(self, leaf: Leaf, answer: str, needed: bool, own: list[Leaf]) -> Sequence[Problem]:
        if not answer:
            return [Problem.at("", 0, 0, "answer_empty")] if needed else []
        if unfit := UNFIT.search(answer):
            return [Problem.at("", 0, 0, kind_of(unfit.group()), found=number_of(unfit.group()))]
        choices = self.form.choices(leaf)
        if leaf.choices and answer not in choices:
            near = choice_meant(answer, choices)
            return [Problem.at("", 0, 0, "not_choice", found=answer, near=near, expected=", ".join(choices))]
        trial = self.answers | {leaf.path: answer}
        for other in own:
            if other.path not in trial and (other.needed or other.field == leaf.field):
                trial[other.path] = self.form.stand_in(other, trial)
        for name, must in self.form.names(trial).items():
            for other in leaves(self.form.kind, name, self.form.languages) if must else ():
                self.listed |= {other.path} if other.listed else set()
                if other.needed and other.path not in trial:
                    trial[other.path] = self.form.stand_in(other, trial)
        try:
            return self.form.problems(self._entry(trial), leaf.path[0])
        except FileProblems as found:
            return plain(found.problems)
