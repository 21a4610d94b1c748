"""Holds what an edition knows on its day, as lines of text.

A line holds the unit, the id of its subject, a field, a language ("" if the same in all) and a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from gazette.model.published.shared_fields import CALLED, SHARED, SHARED_TOLD, WORDS
from gazette.model.records.notices import Notice
from gazette.model.records.units import Pledge, Unit

STATED = ("name", "signed_by", "summary", "title", "text", "done_when", "target")
"""The fields that have a value in each language and whose change a revision may explain."""

EXPLAINED = (*STATED, "deadline")
"""All fields whose change a revision may explain."""

WORKED_OUT = (
    *("due", "state", "alert", "recheck", "event", "moved", "revision", "formerly"),
    *("figure", "figure_unit", "tenure", "into", "took_over", "part", "file", "periods", "passed", "word", "was"),
)
"""Fields that are derived from others or have a form of their own. Most may have several values:

- `due`, `state`, `alert`: the current deadline; the state, and since when; the alerts of the day.
- `recheck`: the day of the next check after closure.
- `event`: `DATE WHAT`; `revision`: `DATE KIND FIELD`; `formerly`: a former id.
- `moved` and `figure`: `DATE FROM TO` and, in each language, who granted it; `figure_unit`: the figure's unit.
- `tenure`: `ROLE SINCE UNTIL KEY NAME` in each language (`-` for an unknown day); `head` is a role too.
- `into`: successors of a unit that ended (names) or of a pledge that was split (ids).
- `took_over`: `DATE UNIT NAME` in each language, for a unit from which this one took over.
- `file`: `NAME SHA256` of a file that is published as evidence.
- `part`: `FIELD KEY FINGERPRINT` in each language, for values without a line of their own.
- `periods`: `PERIOD WHAT` for each that is over (`missing`, `reported`); `-` alone: the edition records periods.
- `passed`: `DATE ALERT` of each day on which a date passed; `-` alone: the edition records such days.
- `word`: `NAME WORDS` in each language, for an interface word.
- `was`: `DATE KIND FIELD TEXT` in each language, for an old value that a revision keeps and no other line has."""

_OF_RECORDS = {name for record in (Unit, Pledge, Notice) for name in record.__struct_fields__}

FIELDS = frozenset({*WORKED_OUT, *EXPLAINED, *_OF_RECORDS, *SHARED_TOLD})
"""Every field that a line may have."""

OWNERS = frozenset(f"{of}:" for of in (*SHARED, WORDS))
"""Values of `unit` in lines about shared content."""


class SnapshotLine(NamedTuple):
    """One `value` of a `field` of `id`.

    `unit` is the unit that `id` is or belongs to, "" for a notice, or one of `OWNERS` for shared content.
    """

    unit: str
    id: str
    field: str
    language: str
    value: str


class Entry(msgspec.Struct, frozen=True):
    """All values of one unit, pledge, notice (`unit` is "") or piece of shared content. `said` is `{(field, language):
    values}`."""

    unit: str
    id: str
    said: Mapping[tuple[str, str], tuple[str, ...]]

    @property
    def is_unit(self) -> bool:
        """True if the entry is a unit, not one of its pledges."""
        return self.id == self.unit

    @property
    def is_notice(self) -> bool:
        """True if the entry is a notice, which has no unit."""
        return not self.unit

    @property
    def of(self) -> str:
        """The kind of shared content; "" for anything else."""
        return self.unit[:-1] if self.unit in OWNERS else ""

    @property
    def title(self) -> dict[str, str]:
        """`{language: title}` of a pledge, notice or shared content; empty for a unit."""
        return self.texts(CALLED.get(self.of, "title"))

    @property
    def key(self) -> str:
        """The key in a snapshot. Notices have a prefix, since a notice may have the same id as a unit."""
        return self.key_of(self.id)

    def key_of(self, id: str) -> str:
        """The key of another `id` of the same kind."""
        return f"notice:{id}" if self.is_notice else f"{self.unit}{id}" if self.of else id

    def texts(self, field: str) -> dict[str, str]:
        """`{language: first value}` of a field."""
        return {language: values[0] for (name, language), values in self.said.items() if name == field and language}

    def values(self, field: str, language: str = "") -> tuple[str, ...]:
        """All values of a field in `language`; "" for values that are the same in all."""
        return self.said.get((field, language), ())

    def value(self, field: str) -> str:
        """The first value of a field that is the same in all languages; "" if there is none."""
        return next(iter(self.values(field)), "")

    def languages(self, field: str) -> list[str]:
        """The languages in which the field has values, sorted."""
        return sorted(language for name, language in self.said if name == field and language)


Snapshot = Mapping[str, Entry]
"""`{key: entry}` of one day."""

KNOWS_SHARED, KNOWS_WORDS = "site:site", f"{WORDS}:{WORDS}"
"""Keys that every snapshot has if it records shared content and interface words. Older editions may lack them."""


def gathered(lines: Iterable[SnapshotLine]) -> dict[str, Entry]:
    """Group snapshot lines into `{key: entry}`, sorted and without duplicates."""
    said: dict[tuple[str, str], dict[tuple[str, str], list[str]]] = {}
    for line in sorted(set(lines)):
        of_one = said.setdefault((line.unit, line.id), {})
        of_one.setdefault((line.field, line.language), []).append(line.value)
    entries = (
        Entry(unit, id, {key: tuple(values) for key, values in of_one.items()}) for (unit, id), of_one in said.items()
    )
    return {entry.key: entry for entry in entries}
