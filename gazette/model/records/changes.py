"""What changed between two days: one record for each thing that is told, in the order in which it is told."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

OTHERWISE = ("correction", "change", "reworded", "altered")
"""The kinds of something that reads otherwise: with a revision that says why, without one, or where none can."""

GROUPS: dict[str, tuple[str, ...]] = {
    "back": ("reopened", "not_held", "upheld", "sent_back", "notice_upheld", "notice_upheld_of", "overdue", "past"),
    "missed": ("missed",),
    "rechecks": ("recheck",),
    "withdrawn": ("withdrawn", "gone", "gone_unit"),
    "moved": ("moved", "reset"),
    "retargeted": ("retargeted",),
    "revised": tuple(f"{kind}{of}" for of in ("", "_unit", "_notice") for kind in OTHERWISE),
    "accepted": ("accepted",),
    "caught_up": ("caught_up",),
    "steps": ("step",),
    "added": ("added_unit", "added"),
    "divided": ("merged", "divided", "split"),
    "taken_over": ("took_over",),
    "charge": ("released", "dropped", "appointed", "named"),
    "notices": (
        *("notice_added", "notice_result", "notice_result_of", "notice_open", "notice_over", "notice_withdrawn"),
        "notice_gone",
    ),
    "shared": ("gone_shared", "altered_shared", "added_shared"),
    "renamed": ("renamed", "renamed_unit", "renamed_notice", "renamed_shared"),
    "settings": ("altered_setting", "words_added", "words_gone"),
}
"""The kinds of changes by group, in the order in which they are told: what went back comes first. A period without a
report is told by itself, and so is a check after closure that is due: they say that nothing was received, not that
anything went back."""

PERIODS = ("missed", "caught_up")
"""The kinds that tell of periods of what recurs."""

KINDS = tuple(kind for kinds in GROUPS.values() for kind in kinds)

PUBLIC_GROUPS = tuple(group for group in GROUPS if group != "settings")
"""The groups that pages tell; see `shared_fields.SIGNER_ONLY`."""

PUBLIC_KINDS = tuple(kind for group in PUBLIC_GROUPS for kind in GROUPS[group])

GROUP_OF = {kind: group for group, kinds in GROUPS.items() for kind in kinds}


class Found(msgspec.Struct, frozen=True, omit_defaults=True):
    """A difference, of whatever it is. `day` (ISO 8601) is when it happened, where that is known; `what` a step of its
    history, the field that is different, the role of who came or went, or a word of the interface.

    `before` and `after` are what stood there and what stands there now: a text in each language, or, for the language
    "", a deadline as it is written, a day with a step, an id, some periods with a space between. Of several names or
    titles one stands behind another, with ` | ` between. `by` is who granted a deadline or a figure; `n` counts the
    pledges of a unit, or the words, that came or went; of an acceptance, the days by which it came after its date.
    """

    kind: str
    day: str = ""
    what: str = ""
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    by: dict[str, str] = {}
    n: int = 0


class Change(Found, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that is different, with what it is of: a pledge, `title` in each language, or a unit as a whole (no
    `title`); `name` is the unit's. One of a notice has its `title`, and no `unit`. One of what all pages share has
    neither, and says which it is `of`, one of `shared_fields`: `id` and `title` are those of a theme, a programme, a
    term, an article."""

    unit: str
    id: str
    name: dict[str, str]
    title: dict[str, str] = {}
    of: str = ""

    @property
    def group(self) -> str:
        return GROUP_OF[self.kind]

    @property
    def is_of_notice(self) -> bool:
        return not self.unit and not self.of

    @property
    def is_public(self) -> bool:
        """Whether pages tell it."""
        return self.group in PUBLIC_GROUPS

    @property
    def is_gone(self) -> bool:
        """Whether what it is about has no page any more."""
        return self.kind in ("gone", "gone_unit", "notice_gone", "gone_shared")


_OF = ("_unit", "_notice", "_shared", "_setting")


def of_all(kind: str) -> str:
    """A kind without what it is of: that of a pledge, a unit, a notice and what is shared is told in the same words."""
    plain = next((kind.removesuffix(of) for of in _OF if kind.endswith(of)), kind)
    return plain if plain in (*OTHERWISE, "renamed") else kind


def due_day(change: Change) -> str:
    """The day (ISO 8601) by which an acceptance that came too late was due; empty where none did. A deadline may have
    been moved, so the number of days alone does not say which one they are counted from."""
    if change.kind != "accepted" or not change.n:
        return ""
    return (datetime.date.fromisoformat(change.day) - datetime.timedelta(change.n)).isoformat()


def by_group(changes: Iterable[Change]) -> Mapping[str, int]:
    """How many changes there are of each group, of those groups that occur."""
    counts = Counter(change.group for change in changes)
    return {group: counts[group] for group in GROUPS if counts[group]}


def in_language(texts: Mapping[str, str], language: str) -> str:
    """A text in a language, or in the first that there is; nothing where there is none."""
    return texts.get(language) or texts.get("") or next(iter(texts.values()), "")
