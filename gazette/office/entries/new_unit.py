"""Asks for a new unit, and writes its file as a draft, to which pledges are added one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from gazette.messages.problems import Problem
from gazette.model.records.units import Unit
from gazette.office.content import Content
from gazette.office.entries.form import Answers, Leaf, leaves
from gazette.office.unit_file import plain, problems_of, unwritable
from gazette.office.yaml_writing import CannotWrite, Value, pair
from gazette.reading.unit_loader import UnitSource

FIELDS = {
    "name": True,
    "short": False,
    "kind": True,
    "order": True,
    "commitments": False,
    "signed_by": False,
    "summary": False,
}
"""The fields that are asked for, and whether each is required; a draft may have gaps."""


class UnitForm(msgspec.Struct):
    """The form of a unit with the id `id`. `places` are the positions, and `names_taken` the names (language, name), of
    existing units, each with the unit's file. The methods are those of `Form`."""

    content: Content
    id: str
    path: str
    places: Mapping[int, str]
    names_taken: Mapping[tuple[str, str], str]
    kind: type[Unit] = Unit
    title: str = "unit"

    @property
    def languages(self) -> tuple[str, ...]:
        return self.content.languages

    def names(self, _: Answers) -> dict[str, bool]:
        return FIELDS

    def may_ask(self, _: Answers) -> Iterable[str]:
        return FIELDS

    def choices(self, leaf: Leaf) -> tuple[str, ...]:
        return leaf.choices

    def offer(self, _: Leaf, __: str) -> Mapping[str, str]:
        return {}

    def default(self, leaf: Leaf) -> str:
        return str(max(self.places, default=0) + 1) if leaf.path == ("order",) else ""

    def stand_in(self, leaf: Leaf, answers: Answers) -> str:
        if leaf.language:
            return answers.get(leaf.path) or "1"
        return self.default(leaf) or (leaf.choices[0] if leaf.choices else "1")

    def write(self, entry: Mapping[str, Value]) -> UnitSource:
        """Return the unit's file, with empty values for what has no answer. Raises FileProblems for what cannot be
        written."""
        try:
            lines = ["draft: true", *self._lines(entry), "pledges: []"]
        except CannotWrite:
            raise unwritable(self.path) from None
        return UnitSource(self.id, self.path, ("\n".join(lines) + "\n").encode())

    def _lines(self, entry: Mapping[str, Value]) -> Iterator[str]:
        for name in FIELDS:
            if name in entry:
                yield from pair(name, entry[name], 0)
                continue
            yield f"{name}:"
            for leaf in leaves(Unit, name, self.languages):
                if leaf.language and leaf.language == self.languages[0] and len(leaf.path) > 2:
                    yield f"{'  ' * (len(leaf.path) - 2)}{leaf.path[-2]}:"
                if leaf.language:
                    yield f"{'  ' * (len(leaf.path) - 1)}{leaf.language}:"

    def problems(self, entry: Mapping[str, Value], field: str) -> Sequence[Problem]:
        within = (field,) if field else ()
        return plain([*problems_of(self.content, self.write(entry), within), *self._taken(entry, field)])

    def _taken(self, entry: Mapping[str, Value], field: str) -> Iterator[Problem]:
        order, name = entry.get("order"), entry.get("name")
        if field in ("order", "") and isinstance(order, str) and order.isdecimal() and int(order) in self.places:
            yield Problem.at("", 0, 0, "duplicate_order", found=order, other=self.places[int(order)])
        if field in ("name", "") and isinstance(name, Mapping):
            for code, words in name.items():
                if isinstance(words, str) and (code, words) in self.names_taken:
                    values = {"found": words, "language": code, "other": self.names_taken[code, words]}
                    yield Problem.at("", 0, 0, "duplicate_name", **values)
