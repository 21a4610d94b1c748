"""Asks for a new pledge of a unit, and adds it after the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from gazette.messages.problems import Problem
from gazette.model.records.units import Pledge
from gazette.office.content import Content
from gazette.office.entries.form import Answers, Leaf
from gazette.office.splice import Change, Insert, Put
from gazette.office.unit_file import changed, plain, problems_of
from gazette.office.yaml_writing import Value
from gazette.reading.unit_loader import UnitSource
from gazette.reading.yaml.nodes import Node

NEEDED = (
    "id",
    "covers",
    "title",
    "text",
    "themes",
    "programmes",
    "checkable",
    "done_when",
    "target",
    "deadline",
    "source",
)

FIELDS = (*NEEDED, "why")
"""The fields that may be asked for."""

_OPTIONAL = ("programmes", "target")

_STAND_INS = {"value": "1", "deadline": "unstated", "checkable": "yes"}


class PledgeForm(msgspec.Struct):
    """The form of a pledge of the unit in `source`, whose YAML is `node`. The methods are those of `Form`."""

    content: Content
    source: UnitSource
    node: Node
    kind: type[Pledge] = Pledge
    title: str = "pledge"

    @property
    def languages(self) -> tuple[str, ...]:
        return self.content.languages

    @property
    def pledges(self) -> tuple[Node, ...]:
        """The nodes of the pledges in the file."""
        return self.node.find(("pledges",)).entries or ()

    def names(self, answers: Answers) -> dict[str, bool]:
        fields: dict[str, bool] = {}
        for name in NEEDED:
            fields[name] = name not in _OPTIONAL
            if name == "checkable" and answers.get(("checkable",), "yes") != "yes":
                fields["why"] = True
        return fields

    def may_ask(self, answers: Answers) -> Iterable[str]:
        return self.names(answers) if ("checkable",) in answers else FIELDS

    def choices(self, leaf: Leaf) -> tuple[str, ...]:
        return leaf.choices

    def offer(self, leaf: Leaf, spoken: str) -> Mapping[str, str]:
        ids = self.content.opened.known
        choices = {"themes": ids.themes, "programmes": ids.programmes}.get(leaf.field) or {}
        index = self.languages.index(spoken) if spoken in self.languages else 0
        return {id: names[index] if names else id for id, names in choices.items()}

    def default(self, leaf: Leaf) -> str:
        match leaf.path:
            case ("id",):
                return f"{self.source.id}-{self._next_number()}"
            case ("covers",):
                return str(next(n for n in range(1, 10_000) if n not in self._covered()))
            case ("source", "section"):
                return self.node.find(("name", self.languages[0])).scalar or ""
        return ""

    def stand_in(self, leaf: Leaf, answers: Answers) -> str:
        if leaf.path == ("themes",):
            return next(iter(self.content.opened.known.themes or ("1",)))
        if leaf.language:
            return "".join(answers.get(("id",), "")) + "1"
        return self.default(leaf) or _STAND_INS.get(leaf.path[-1], "1")

    def _next_number(self) -> int:
        """Return a number that no pledge has or had."""
        ids = [pledge.find(("id",)).scalar or "" for pledge in self.pledges]
        ids += [id.scalar or "" for pledge in self.pledges for id in pledge.find(("formerly",)).entries or ()]
        numbers = [number for id in ids if (number := id.rpartition("-")[2]).isdecimal()]
        return max(map(int, numbers), default=0) + 1

    def _covered(self) -> set[int]:
        covers = (item.scalar or "" for pledge in self.pledges for item in pledge.find(("covers",)).entries or ())
        return {int(item) for item in covers if item.isdecimal()}

    def write(self, entry: Mapping[str, Value]) -> UnitSource:
        """Return the unit's file with the pledge. `commitments` is raised if the pledge covers a higher number."""
        changes: list[Change] = [Insert(("pledges",), len(self.pledges), entry, tuple(self._keys_before()))]
        covers = entry.get("covers")
        items = (
            [int(each) for each in covers if isinstance(each, str) and each.isdecimal()]
            if isinstance(covers, list)
            else []
        )
        stated = self.node.find(("commitments",)).scalar or ""
        if items and max(items) > (int(stated) if stated.isdecimal() else 0):
            changes.append(Put(("commitments",), str(max(items))))
        return changed(self.source, changes)

    def _keys_before(self) -> list[str]:
        return [key.scalar or "" for key, _ in self.node.items or ()]

    def problems(self, entry: Mapping[str, Value], field: str) -> Sequence[Problem]:
        within = ("pledges", len(self.pledges), field) if field else ()
        return plain(problems_of(self.content, self.write(entry), within))
