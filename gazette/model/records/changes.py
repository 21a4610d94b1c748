"""Defines the record of a change between two days, and the kinds of changes in the order of reports."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

OTHERWISE = ("correction", "change", "reworded", "altered")
"""The kinds of changed wording: with a revision that explains it (`correction`, `change`), without one (`reworded`), or
where none is possible (`altered`)."""

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
"""`{group: kinds}` in the order of reports: setbacks come first. A period without a report and a check that is due have
groups of their own, because they say that nothing was received, not that anything went back."""

PERIODS = ("missed", "caught_up")
"""The kinds that concern periods of recurring pledges."""

KINDS = tuple(kind for kinds in GROUPS.values() for kind in kinds)

PUBLIC_GROUPS = tuple(group for group in GROUPS if group != "settings")
"""The groups that pages show; see `shared_fields.SIGNER_ONLY`."""

PUBLIC_KINDS = tuple(kind for group in PUBLIC_GROUPS for kind in GROUPS[group])

GROUP_OF = {kind: group for group, kinds in GROUPS.items() for kind in kinds}


class Found(msgspec.Struct, frozen=True, omit_defaults=True):
    """A difference, without its subject.

    `day` (ISO 8601) is when it happened, "" if unknown. `what` is a step of the history, the field that differs, the
    role of a person who came or left, or the name of an interface word.

    `before` and `after` are `{language: text}`; under the language "" they hold a deadline as written, a day with a
    step, an id, or periods separated by spaces. Several names or titles are joined by ` | `. `by` is who granted a
    deadline or figure, by language. `n` is a number: of a unit's pledges or of words that came or went, or of days by
    which an acceptance was late.
    """

    kind: str
    day: str = ""
    what: str = ""
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    by: dict[str, str] = {}
    n: int = 0


class Change(Found, frozen=True, kw_only=True, omit_defaults=True):
    """A difference and its subject.

    For a pledge, `title` is its title in each language; for a unit `title` is empty; `name` is the unit's name. For a
    notice, `unit` is "" and `title` is the notice's. For shared content, `unit` is "", `of` is one of
    `shared_fields.ORDER`, and `id` and `title` are those of the theme, programme, term or article.
    """

    unit: str
    id: str
    name: dict[str, str]
    title: dict[str, str] = {}
    of: str = ""

    @property
    def group(self) -> str:
        """The group of `GROUPS` that its kind belongs to."""
        return GROUP_OF[self.kind]

    @property
    def is_of_notice(self) -> bool:
        """True if its subject is a notice."""
        return not self.unit and not self.of

    @property
    def is_public(self) -> bool:
        """True if pages show it."""
        return self.group in PUBLIC_GROUPS

    @property
    def is_gone(self) -> bool:
        """True if its subject no longer has a page."""
        return self.kind in ("gone", "gone_unit", "notice_gone", "gone_shared")


_OF = ("_unit", "_notice", "_shared", "_setting")


def of_all(kind: str) -> str:
    """The kind without the suffix for its subject, if all subjects share the same words."""
    plain = next((kind.removesuffix(of) for of in _OF if kind.endswith(of)), kind)
    return plain if plain in (*OTHERWISE, "renamed") else kind


def due_day(change: Change) -> str:
    """The day (ISO 8601) by which a late acceptance was due; "" for anything else. It is given because a deadline may
    have moved, so that the number of days alone is ambiguous."""
    if change.kind != "accepted" or not change.n:
        return ""
    return (datetime.date.fromisoformat(change.day) - datetime.timedelta(change.n)).isoformat()


def by_group(changes: Iterable[Change]) -> Mapping[str, int]:
    """`{group: number of changes}` for the groups that occur, in the order of `GROUPS`."""
    counts = Counter(change.group for change in changes)
    return {group: counts[group] for group in GROUPS if counts[group]}


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The text in `language`, otherwise in the first language available; "" if there is none."""
    return texts.get(language) or texts.get("") or next(iter(texts.values()), "")
