"""Asks for each value of a new entry, checks it at once with the checks of the content, and asks again if it is
wrong."""

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
    """Describes what to ask for one kind of entry, whose record is `kind`."""

    @property
    def kind(self) -> type[Record]: ...

    @property
    def title(self) -> str:
        """The name of the kind in commands: unit, pledge, update."""
        ...

    @property
    def languages(self) -> tuple[str, ...]: ...

    def names(self, answers: Answers) -> Mapping[str, bool]:
        """Return the fields in the order in which they are asked for: `{field: whether it is required}`, as far as the
        answers decide it."""
        ...

    def may_ask(self, answers: Answers) -> Iterable[str]:
        """Return the fields that are asked for, or may be, whatever the remaining answers are."""
        ...

    def choices(self, leaf: Leaf) -> tuple[str, ...]:
        """Return the words that a value may be now; () if it is free."""
        ...

    def offer(self, leaf: Leaf, spoken: str) -> Mapping[str, str]:
        """Return other suggestions: `{id: name}`, in the language `spoken` if the site has it."""
        ...

    def default(self, leaf: Leaf) -> str:
        """Return what an empty answer means; "" if nothing."""
        ...

    def stand_in(self, leaf: Leaf, answers: Answers) -> str:
        """Return a valid value to use in checks while there is no answer yet."""
        ...

    def problems(self, entry: Mapping[str, Value], field: str) -> Sequence[Problem]:
        """Return the problems of a field of such an entry; of the whole file if `field` is ""."""
        ...


def strange_name(name: str, asked: Sequence[str]) -> Problem:
    """Return the problem that `name` is not among the names that are `asked` for."""
    values = {"found": name, "near": near(name, asked), "expected": ", ".join(asked)}
    return Problem.at(f"--set {name}", 0, 0, "set_unknown", **values)


class Interview(msgspec.Struct):
    """Asks through a `dialogue`. Values in `given` (by path, such as `text.zh`) are not asked for; if there are any,
    optional values are not asked for either. Problems of given values, and those `known` already, are raised before
    anything is asked."""

    form: Form
    dialogue: Dialogue
    given: dict[str, str]
    known: Sequence[Problem] = ()
    answers: dict[Path, str] = {}
    listed: set[Path] = set()
    brief: bool = False

    def run(self) -> dict[str, Value]:
        """Return the entry. Raises EOFError if the answers end, ContentError if given ones are wrong."""
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
        """Yield the problems of given values that can be found before anything is asked."""
        trial, left, done = Interview(self.form, self.dialogue, {}), dict(self.given), set[str]()
        while (name := next((each for each in self.form.names(trial.answers) if each not in done), None)) is not None:
            done.add(name)
            needed = self.form.names(trial.answers)[name]
            field_leaves = leaves(self.form.kind, name, self.form.languages)
            trial.listed |= {leaf.path for leaf in field_leaves if leaf.listed}
            for leaf in field_leaves:
                given = left.pop(".".join(leaf.path), None)
                if given is not None:
                    yield from trial.take(leaf, given, needed and leaf.needed, field_leaves)
        may = {*names_of(self.form.kind, self.form.may_ask(trial.answers), self.form.languages)}
        yield from trial._not_asked(name for name in left if name not in may)

    def _not_asked(self, names: Iterable[str]) -> Iterator[Problem]:
        asked = names_of(self.form.kind, self.form.may_ask(self.answers), self.form.languages)
        return (strange_name(name, asked) for name in names)

    def take(self, leaf: Leaf, given: str, needed: bool, field_leaves: list[Leaf]) -> list[Problem]:
        """Keep the value `given` for `leaf` if it has no problem. Return its problems."""
        meant = self._meant(leaf, given)
        problems = self._wrong(leaf, meant, needed, field_leaves)
        if meant and not problems:
            self.answers[leaf.path] = meant
        name = ".".join(leaf.path)
        return [problem._replace(path=f"--set {name}") for problem in problems]

    def _meant(self, leaf: Leaf, answer: str) -> str:
        return word_meant(answer.strip(), self.form.choices(leaf)) if leaf.choices else answer.strip()

    def _entry(self, answers: Answers) -> dict[str, Value]:
        return entry_of(self.form.kind, answers, frozenset(self.listed))

    def _ask_field(self, name: str, needed: bool) -> None:
        """Ask for all values of a field. If the first value of an optional field stays empty, the others are not asked
        for."""
        field_leaves = leaves(self.form.kind, name, self.form.languages)
        self.listed |= {leaf.path for leaf in field_leaves if leaf.listed}
        begun = needed
        for leaf in field_leaves:
            must = begun and leaf.needed
            same = [other for other in field_leaves if other.field == leaf.field]
            half = any(other.path in self.answers for other in same)
            begins = leaf is field_leaves[0] or (begun and leaf is same[0])
            if must or half or begins or ".".join(leaf.path) in self.given:
                begun = self._ask(leaf, must or half, field_leaves) or begun

    def _ask(self, leaf: Leaf, needed: bool, field_leaves: list[Leaf]) -> bool:
        """Ask for one value. Return whether it has one now."""
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
            problems = self._wrong(leaf, meant, needed, field_leaves)
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
        messages = catalogue(self.dialogue.spoken)
        question = messages.asking[f"{self.form.title}.{leaf.field}"]
        if leaf.language:
            question += messages.asking["language"].format(language=leaf.language)
        suggestions = (
            messages.phrases["choice"].format(word=id, meaning=name)
            for id, name in self.form.offer(leaf, self.dialogue.spoken).items()
        )
        choices = messages.listed_choices(self.form.choices(leaf)) or messages.phrases["between_choices"].join(
            suggestions
        )
        if choices:
            question += messages.asking["choices"].format(choices=choices)
        default = self.form.default(leaf)
        if default:
            question += messages.asking["default"].format(default=default)
        elif not needed:
            question += messages.asking["optional"]
        return self.dialogue.ask(question) or default

    def _wrong(self, leaf: Leaf, answer: str, needed: bool, field_leaves: list[Leaf]) -> Sequence[Problem]:
        if not answer:
            return [Problem.at("", 0, 0, "answer_empty")] if needed else []
        if unfit := UNFIT.search(answer):
            return [Problem.at("", 0, 0, kind_of(unfit.group()), found=number_of(unfit.group()))]
        choices = self.form.choices(leaf)
        if leaf.choices and answer not in choices:
            near = choice_meant(answer, choices)
            return [Problem.at("", 0, 0, "not_choice", found=answer, near=near, expected=", ".join(choices))]
        trial = self.answers | {leaf.path: answer}
        for other in field_leaves:
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
