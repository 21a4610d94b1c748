"""Why files are made again, or go: which parts of their keys differ, and what was changed behind each part."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from gazette.building.causes import Cause, Reason, once
from gazette.building.changed_inputs import ChangedInputs
from gazette.building.output_files import OutputFiles
from gazette.building.reason_search import ReasonSearch, Subject, differing
from gazette.site.target import Target

MOST = 12
"""Nobody reads more reasons of one file; the rest is counted."""


class Outcome(NamedTuple):
    """What a build makes of the site so far: the reasons for the files that it made, by path, and the files that go."""

    why: Mapping[str, tuple[Reason, ...]]
    gone: Collection[str]


class RebuildReasons:
    """Why a build makes what it makes, with the `files` that were there before it, when the `inputs` have changed."""

    def __init__(self, inputs: ChangedInputs, files: OutputFiles) -> None:
        self.inputs, self.files = inputs, files
        self.history = inputs.database.history
        self._found: dict[object, tuple[Reason, ...]] = {}

    def of_page(self, unit: str, path: str, key: str, template: str) -> tuple[Reason, ...]:
        """Why a page of a unit is made: units are looked at in every build."""
        return self._of(path, key, ReasonSearch(self.inputs, self.inputs.changes, Subject(template, unit=unit)))

    def of_shared(self, target: Target, key: str) -> tuple[Reason, ...]:
        """Why a shared target is made: it may be that builds before this one did not look at its kind."""
        since = self.history.last_build_of(target.kind)
        is_exact = since == self.inputs.build - 1
        changes = self.inputs.changes if is_exact else self.history.changes_since(since)
        subject = Subject(target.template or "", target.maker, target)
        return self._of(target.path, key, ReasonSearch(self.inputs, changes, subject, is_exact))

    def of_derived(self, target: Target, key: str, behind: Iterable[Reason]) -> tuple[Reason, ...]:
        """Why a target is made that is made from others: for the reasons `behind` those, where it was made before."""
        known = target.path in self.files.records and not self.files.tampering(target.path)
        others = [reason._replace(way="needs") for reason in behind] if known else ()
        return _few(others) if others else self.of_shared(target, key)

    def of_gone(self, path: str) -> tuple[Reason, ...]:
        """Why a file is removed."""
        record = self.files.records[path]
        causes = self.inputs.units.get(record.unit, ()) or [self.inputs.name(change) for change in self.inputs.changes]
        return _few(Reason("", cause) for cause in causes or [Cause("unknown")])

    def _of(self, path: str, key: str, asked: ReasonSearch) -> tuple[Reason, ...]:
        record = self.files.records.get(path)
        if record is None:
            return self._of_new(asked)
        if not self.inputs.is_known:
            return (Reason("", Cause("lost")),)
        hand = self.files.tampering(path)
        parts = differing(record.key, key)
        if len(parts) > 1:  # a page that shows something else has other dates for that
            parts = tuple(part for part in parts if part != "dates")
        if asked.subject.target:
            return self._behind(hand, parts, asked)
        # A word may make thousands of pages again, all for the same reasons.
        alike = hand, parts, asked.subject.template, self.inputs.units.get(asked.subject.unit)
        if alike not in self._found:
            self._found[alike] = self._behind(hand, parts, asked)
        return self._found[alike]

    def _behind(self, hand: str, parts: tuple[str, ...], asked: ReasonSearch) -> tuple[Reason, ...]:
        by_hand: list[Reason] = [Reason("", Cause(hand))] if hand else []
        return _few([*by_hand, *(reason for part in parts for reason in asked.behind(part))])

    def _of_new(self, asked: ReasonSearch) -> tuple[Reason, ...]:
        if not self.files.records:
            return (Reason("", Cause("first")),)
        if asked.subject.target and not self.history.last_build_of(asked.subject.target.kind):
            return (Reason("", Cause("first_of_kind", name=asked.subject.target.kind)),)
        added = asked.named(lambda change: change.item.kind in ("entry", "setting"))
        own = self.inputs.units.get(asked.subject.unit, ()) or added
        return _few(Reason("", cause) for cause in (Cause("new"), *own))


def _few(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """The first of some reasons, and how many more there are. A cause is told once, by the first way that it came."""
    found = once(reasons)
    if len(found) > MOST:
        found[MOST:] = [Reason("", Cause("more", number=len(found) - MOST))]
    return tuple(found)
