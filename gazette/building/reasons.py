"""Finds out why files are made again or removed: which parts of their keys differ, and which change is behind each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from gazette.building.causes import Cause, Reason, once
from gazette.building.changed_inputs import ChangedInputs
from gazette.building.output_files import OutputFiles
from gazette.building.reason_search import ReasonSearch, Subject, differing
from gazette.site.target import Target

MOST = 12
"""Reasons listed for one file; the rest are counted."""


class Outcome(NamedTuple):
    """What a build did so far: `why` has the reasons for each file it made, by path; the files `gone` will be
    removed."""

    why: Mapping[str, tuple[Reason, ...]]
    gone: Collection[str]


class RebuildReasons:
    """Finds the reasons for what a build makes. `inputs` are the changes since the last build, `files` the files it
    left."""

    def __init__(self, inputs: ChangedInputs, files: OutputFiles) -> None:
        self.inputs, self.files = inputs, files
        self.history = inputs.database.history
        self._found: dict[object, tuple[Reason, ...]] = {}

    def of_page(self, unit: str, path: str, key: str, template: str) -> tuple[Reason, ...]:
        """Return why a page of a unit is made. Every build compares units, so only changes since the last one count."""
        return self._of(path, key, ReasonSearch(self.inputs, self.inputs.changes, Subject(template, unit=unit)))

    def of_shared(self, target: Target, key: str) -> tuple[Reason, ...]:
        """Return why a shared target is made. Earlier builds may have left out its kind, so their changes count too."""
        since = self.history.last_build_of(target.kind)
        is_exact = since == self.inputs.build - 1
        changes = self.inputs.changes if is_exact else self.history.changes_since(since)
        subject = Subject(target.template or "", target.maker, target)
        return self._of(target.path, key, ReasonSearch(self.inputs, changes, subject, is_exact))

    def of_derived(self, target: Target, key: str, behind: Iterable[Reason]) -> tuple[Reason, ...]:
        """Return why a derived target is made: the reasons `behind` its inputs, or its own if it is new or someone else
        changed it."""
        is_intact = target.path in self.files.records and not self.files.tampering(target.path)
        inherited = [reason._replace(way="needs") for reason in behind] if is_intact else ()
        return _few(inherited) if inherited else self.of_shared(target, key)

    def of_gone(self, path: str) -> tuple[Reason, ...]:
        """Return why a file is removed."""
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
        if len(parts) > 1:  # a changed view may change the dates, too: they are then no reason of their own
            parts = tuple(part for part in parts if part != "dates")
        if asked.subject.target:
            return self._behind(hand, parts, asked)
        # One changed word may affect thousands of pages, all for the same reasons: find these once.
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
        causes = self.inputs.units.get(asked.subject.unit, ()) or added
        return _few(Reason("", cause) for cause in (Cause("new"), *causes))


def _few(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Return the first `MOST` reasons, and how many more there are. Each cause appears once, with the first part it
    affected."""
    distinct = once(reasons)
    if len(distinct) > MOST:
        distinct[MOST:] = [Reason("", Cause("more", number=len(distinct) - MOST))]
    return tuple(distinct)
