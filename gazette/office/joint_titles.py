"""Keeps the titles of joint pledges, in the files of the units that share them, the same as that of the pledge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from gazette.office.content import OpenContent
from gazette.office.splice import Put

Titles = Mapping[str, str]


class Following(NamedTuple):
    """A title to change: the unit whose file holds it, the change, and what is there now."""

    unit: str
    put: Put
    before: str


def following(content: OpenContent, new: Mapping[str, Any]) -> Iterator[Following]:
    """Yield the titles to change in the files of units if some of them get the data `new` (by id). A title that already
    differs is left alone."""
    changed = dict(_changed_titles(content, new))
    for unit in content.units.values():
        data = new.get(unit.id, unit.data)
        for number, entry in enumerate(data.get("joint_pledges") or ()):
            before, after = changed.get(entry["pledge"], ({}, {}))
            for language, words in entry["title"].items():
                to = after.get(language)
                if isinstance(to, str) and before.get(language) == words != to:
                    yield Following(unit.id, Put(("joint_pledges", number, "title", language), to), words)


def _changed_titles(content: OpenContent, new: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Titles, Titles]]]:
    """Yield the pledges whose titles change, with both titles by language."""
    for id, data in new.items():
        if id in content.units:
            before = {pledge["id"]: pledge["title"] for pledge in content.units[id].pledges}
            for pledge in data["pledges"]:
                title = pledge.get("title")
                if isinstance(title, dict) and before.get(pledge.get("id"), title) != title:
                    yield pledge["id"], (before[pledge["id"]], title)
