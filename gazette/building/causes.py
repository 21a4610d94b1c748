"""Names the causes for which a file is made: what changed, and which part of the file's recipe key that affected.

Only the standard library is imported: a build that has nothing to do reports causes, too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple


class Cause(NamedTuple):
    """A change for which files are made. `code`: a key of `[causes]` in the messages; `TOLD` lists which of the other
    fields it has. `file`: path as an editor types it. `name`: of an entry, a setting, a tool or a kind. `day`: the day
    that passed. `before`, `now`: a version, a date or a moment. `number`: how many there are."""

    code: str
    file: str = ""
    name: str = ""
    day: str = ""
    before: str = ""
    now: str = ""
    number: int = 0

    def told(self) -> dict[str, str | int]:
        """The values of its message: the fields of this cause, `{name: value}`."""
        return {name: getattr(self, name) for name in TOLD[self.code]}


TOLD: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("first", "lost", "new", "deleted", "altered", "program", "fonts", "unknown"), ()),
    **dict.fromkeys(("added", "changed", "removed"), ("file",)),
    **dict.fromkeys(("item_added", "item_changed", "item_removed", "given", "given_before"), ("file", "name")),
    "first_of_kind": ("name",),
    "date": ("before", "now"),
    "passed": ("file", "day", "before", "now"),
    "moment": ("now",),
    "moment_before": ("before",),
    "tool": ("name", "before", "now"),
    "more": ("number",),
}
"""The fields of each cause, by its code. Its message names them."""


class Reason(NamedTuple):
    """A cause, with the part of the file's key that it affected as `way` (`view`, `slot`, …; may be empty)."""

    way: str
    cause: Cause


@lru_cache(maxsize=64)
def as_text(reasons: tuple[Reason, ...]) -> str:
    """Return reasons as the database stores them (JSON)."""
    fields = [{"way": way, "code": cause.code, **cause.told()} for way, cause in reasons]
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> tuple[Reason, ...]:
    """Return the reasons in a text that `as_text` made."""
    return tuple(Reason(each.pop("way"), Cause(**each)) for each in json.loads(text))


def once(reasons: Iterable[Reason]) -> list[Reason]:
    """Return the first reason with each cause."""
    first: dict[Cause, Reason] = {}
    for reason in reasons:
        first.setdefault(reason.cause, reason)
    return [*first.values()]
