"""Why a file is made: what was changed, and by which part of the file's key that reached it.

Only the standard library is imported: a build that has nothing to do tells of it, too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple


class Cause(NamedTuple):
    """What was changed: a code of `[causes]` in the messages, with what is told of it (`TOLD`): the file, as an editor
    types it; the name of an entry, a setting, a tool or a kind; the day that was passed; what it was and what it is now
    (a version, a date, a moment); how many there are."""

    code: str
    file: str = ""
    name: str = ""
    day: str = ""
    before: str = ""
    now: str = ""
    number: int = 0

    def told(self) -> dict[str, str | int]:
        """What is told of it, by name."""
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
"""What is told of each cause."""


class Reason(NamedTuple):
    """The part of a file's key by which a cause reached it (`view`, `slot`, … or nothing), and the cause."""

    way: str
    cause: Cause


@lru_cache(maxsize=64)
def as_text(reasons: tuple[Reason, ...]) -> str:
    """Reasons as they are kept."""
    found = [{"way": way, "code": cause.code, **cause.told()} for way, cause in reasons]
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> tuple[Reason, ...]:
    """Reasons that were kept."""
    return tuple(Reason(each.pop("way"), Cause(**each)) for each in json.loads(text))


def once(reasons: Iterable[Reason]) -> list[Reason]:
    """Each cause once, by the first way that it came."""
    found: dict[Cause, Reason] = {}
    for reason in reasons:
        found.setdefault(reason.cause, reason)
    return [*found.values()]
