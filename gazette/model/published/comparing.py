"""Compares two snapshots and lists what changed, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import asdict, replace

from gazette.model.published.differences import came_of, differences, of_kind
from gazette.model.published.shared_fields import ORDER, SIGNER_ONLY
from gazette.model.published.snapshots import KNOWS_SHARED, Entry, Snapshot
from gazette.model.records.changes import GROUPS, KINDS, Change, Found


def compare(before: Snapshot, now: Snapshot) -> tuple[Change, ...]:
    """The changes from `before` to `now`, in the order of `changes.GROUPS`. Pledges of a unit that came or went are
    only counted. What one of the snapshots could not record is not reported as new or gone."""
    changes = _told_once([*_Comparison(before, now).changes()], now)
    return tuple(sorted(changes, key=lambda change: _place(change, before, now)))


def _told_once(changes: list[Change], now: Snapshot) -> Iterator[Change]:
    """The changes, with each upheld objection reported once: if every pledge of a notice reports it, the notice's own
    change is reduced to its result."""
    upheld = {change.id for change in changes if change.kind == "upheld"}
    for change in changes:
        if change.kind in ("notice_upheld", "notice_upheld_of"):
            of_some = change.after.get("", "")
            pledges = (
                of_some.split(" | ") if of_some else " ".join(now[f"notice:{change.id}"].values("pledges")).split()
            )
            if pledges and upheld.issuperset(pledges):
                change = replace(change, kind=change.kind.replace("upheld", "result"))
        yield change


def _place(change: Change, before: Snapshot, now: Snapshot) -> tuple[Any, ...]:
    """The sort key of a change: kinds, units, owners, numbers, and last its content, so that the order is always the
    same."""
    unit = now.get(change.unit) or before.get(change.unit)
    number = change.id.rpartition("-")[2] if unit else ""
    kind = KINDS.index(change.kind)
    first = KINDS.index(GROUPS["charge"][0]) if change.group == "charge" else kind  # who went, and who came
    place = first, int(unit.value("order") or 0) if unit else 0, change.unit, ORDER.index(change.of)
    return (
        *(*place, int(number) if number.isdecimal() else 0, change.id, kind, change.day, change.what),
        *(sorted(change.before.items()), sorted(change.after.items())),
    )


class _Comparison:
    """The two snapshots, with entries of `now` matched to those of `before` across changes of id."""

    def __init__(self, before: Snapshot, now: Snapshot) -> None:
        self.before, self.now = before, now
        self.earlier = {key: old for key, entry in now.items() if (old := self._earlier(entry))}
        """`{key now: key before}` of entries in both snapshots; entries that are new are missing."""
        self.taken = {former: key for key, entry in now.items() for former in self._taken_up(entry)}
        """`{key before: key now}` of vanished entries that an entry of `now` names as a former id."""
        self.both_know_shared = KNOWS_SHARED in before and KNOWS_SHARED in now

    def _earlier(self, entry: Entry) -> str:
        called = (entry.key, *map(entry.key_of, entry.values("formerly")))
        return next((key for key in called if key in self.before and (key == entry.key or key not in self.now)), "")

    def _taken_up(self, entry: Entry) -> Iterator[str]:
        formerly = map(entry.key_of, entry.values("formerly"))
        yield from (key for key in formerly if key in self.before and key not in self.now)

    def changes(self) -> Iterator[Change]:
        """All changes, in no particular order."""
        for key, entry in self.now.items():
            old = self.before.get(self.earlier.get(key, ""))
            differing = self._added(entry) if old is None else (*differences(old, entry), *self._aliases(old, entry))
            yield from (self._change(each, entry) for each in differing)
        for former, key in self.taken.items():
            entry, id = self.now[key], self.before[former].id
            yield self._change(Found(of_kind("renamed", entry), before={"": id}, after={"": entry.id}), entry)
        yield from self._gone()

    def _aliases(self, old: Entry, entry: Entry) -> Iterator[Found]:
        """A change of former ids that concerns no entry of the earlier snapshot: redirects that came or went."""
        before, now = old.values("formerly"), entry.values("formerly")
        if any(entry.key_of(id) not in self.before for id in {*before} ^ {*now}):
            yield Found(of_kind("altered", entry), "", "formerly", {"": " ".join(before)}, {"": " ".join(now)})

    def _change(self, found: Found, entry: Entry) -> Change:
        units = self.now if entry.key in self.now else self.before
        unit = units.get(entry.unit)
        name = unit.texts("name") if unit else {}
        more = asdict(found)
        if found.kind == "split":
            more["after"] = self._titles(found.after[""])
        unit_id = "" if entry.of else entry.unit
        return Change(unit=unit_id, id=entry.id, name=name, title=entry.title, of=entry.of, **more)

    def _titles(self, ids: str) -> dict[str, str]:
        """The titles of the pledges `ids`, in each language, joined by ` | `."""
        texts = [entry.texts("title") for id in ids.split() if (entry := self.now.get(id))]
        languages = sorted({language for titles in texts for language in titles})
        return {language: " | ".join(titles.get(language, "") for titles in texts) for language in languages}

    def _added(self, entry: Entry) -> Iterator[Found]:
        if entry.is_notice:
            yield Found("notice_added", day=entry.value("date"), what=entry.value("kind"))
            yield from came_of(entry)
        elif entry.is_unit:
            members = (other for other in self.now.values() if other.unit == entry.id and not other.is_unit)
            yield Found("added_unit", n=sum(other.key not in self.earlier for other in members))
        elif entry.of:
            if self.both_know_shared and entry.of not in SIGNER_ONLY:
                yield Found("added_shared")
        elif entry.unit in self.earlier:
            yield Found("added")

    def _gone(self) -> Iterator[Change]:
        still = {*self.earlier.values(), *self.taken}
        for key, entry in self.before.items():
            if key in still:
                continue
            if entry.is_notice:
                yield self._change(Found("notice_gone"), entry)
            elif entry.is_unit:
                members = (other for other in self.before.values() if other.unit == entry.id and not other.is_unit)
                yield self._change(Found("gone_unit", n=sum(other.key not in still for other in members)), entry)
            elif entry.of:
                if self.both_know_shared and entry.of not in SIGNER_ONLY:
                    yield self._change(Found("gone_shared"), entry)
            elif entry.unit in still:
                yield self._change(Found("gone"), entry)
