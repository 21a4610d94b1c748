"""What an edition knows of each unit, pledge and notice on its day, and of what all pages share, as lines of text.

A line holds the unit, what it is about, a field, a language (empty where it is the same in all) and a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from gazette.model.published.shared_fields import CALLED, SHARED, SHARED_TOLD, WORDS
from gazette.model.records.notices import Notice
from gazette.model.records.units import Pledge, Unit

STATED = ("name", "signed_by", "summary", "title", "text", "done_when", "target")
"""The fields that have a value in each language, and of which a revision may say why they changed."""

EXPLAINED = (*STATED, "deadline")
"""All fields of which a revision may say why they changed."""

WORKED_OUT = (
    *("due", "state", "alert", "recheck", "event", "moved", "revision", "formerly"),
    *("figure", "figure_unit", "tenure", "into", "took_over", "part", "file", "periods", "passed", "word", "was"),
)
"""What follows from several fields, or is told in a way of its own. Of most there may be several:

- `due`, `state`, `alert`: the deadline that holds; the state, and since when; what the day says of it.
- `recheck`: the day of the next check after closure.
- `event`: `DATE WHAT`; `revision`: `DATE KIND FIELD`; `formerly`: a former id.
- `moved` and `figure`: `DATE FROM TO` and, in each language, who granted it; `figure_unit`: what the figure counts in.
- `tenure`: `ROLE SINCE UNTIL KEY NAME` in each language (`-` where a day is not said); `head` is a role too.
- `into`: what a unit or a pledge that ended goes on as: the names of units, the ids of pledges.
- `took_over`: `DATE UNIT NAME` in each language, of a unit that took over from another.
- `file`: `NAME SHA256` of a file that is published as evidence.
- `part`: `FIELD KEY FINGERPRINT` in each language, of what stands in no line of its own.
- `periods`: `PERIOD WHAT` for each that is over (`missing`, `reported`); `-` alone says that they are known of.
- `passed`: `DATE ALERT` of each day on which a date passed; `-` alone says that they are known of.
- `word`: `NAME WORDS` in each language, of the interface.
- `was`: `DATE KIND FIELD TEXT` in each language, of what a revision keeps and no other line has."""

_OF_RECORDS = {name for record in (Unit, Pledge, Notice) for name in record.__struct_fields__}

FIELDS = frozenset({*WORKED_OUT, *EXPLAINED, *_OF_RECORDS, *SHARED_TOLD})

OWNERS = frozenset(f"{of}:" for of in (*SHARED, WORDS))
"""What stands in place of the unit in lines about what all pages share."""


class SnapshotLine(NamedTuple):
    """One line: a `value` of the `field` of `id`, a unit or a pledge of `unit`; a notice where that is empty, and what
    all pages share where it is one of `OWNERS`."""

    unit: str
    id: str
    field: str
    language: str
    value: str


class Entry(msgspec.Struct, frozen=True):
    """All that is known of a unit, of a pledge of `unit`, of a notice (no `unit`), or of what all pages share: the
    values of each field, by language."""

    unit: str
    id: str
    said: Mapping[tuple[str, str], tuple[str, ...]]

    @property
    def is_unit(self) -> bool:
        return self.id == self.unit

    @property
    def is_notice(self) -> bool:
        return not self.unit

    @property
    def of(self) -> str:
        """Which of what all pages share it is; empty for all else."""
        return self.unit[:-1] if self.unit in OWNERS else ""

    @property
    def title(self) -> dict[str, str]:
        """How a pledge, a notice, or something shared is called; nothing for a unit."""
        return self.texts(CALLED.get(self.of, "title"))

    @property
    def key(self) -> str:
        """What a snapshot knows it by: a notice may be called as a unit is."""
        return self.key_of(self.id)

    def key_of(self, id: str) -> str:
        """The key of another `id` of the same kind."""
        return f"notice:{id}" if self.is_notice else f"{self.unit}{id}" if self.of else id

    def texts(self, field: str) -> dict[str, str]:
        """A field that has a value in each language."""
        return {language: values[0] for (name, language), values in self.said.items() if name == field and language}

    def values(self, field: str, language: str = "") -> tuple[str, ...]:
        """The values of a field that is the same in all languages, or in one of them."""
        return self.said.get((field, language), ())

    def value(self, field: str) -> str:
        """The one value of such a field; empty where there is none."""
        return next(iter(self.values(field)), "")

    def languages(self, field: str) -> list[str]:
        """The languages in which there is a field."""
        return sorted(language for name, language in self.said if name == field and language)


Snapshot = Mapping[str, Entry]
"""The units, pledges and notices of a day, and what all pages share, by their keys."""

KNOWS_SHARED, KNOWS_WORDS = "site:site", f"{WORDS}:{WORDS}"
"""The keys of what is in every snapshot that knows what all pages share, and the words of the interface. Editions did
not always know them."""


def gathered(lines: Iterable[SnapshotLine]) -> dict[str, Entry]:
    """The lines of a snapshot by what they are about, in their order."""
    said: dict[tuple[str, str], dict[tuple[str, str], list[str]]] = {}
    for line in sorted(set(lines)):
        of_one = said.setdefault((line.unit, line.id), {})
        of_one.setdefault((line.field, line.language), []).append(line.value)
    found = (
        Entry(unit, id, {key: tuple(values) for key, values in of_one.items()}) for (unit, id), of_one in said.items()
    )
    return {entry.key: entry for entry in found}
