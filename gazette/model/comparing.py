"""What changed between two snapshots, as records in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gazette.model.changes import KINDS, Change
from gazette.model.snapshots import TEXTS, Entry, Snapshot
from gazette.model.status import LATE, NOTICE_OVER

_BACK = {"reopened": "reopened", "not-held": "not_held", "upheld": "upheld", "sent-back": "sent_back"}
_OWN_KIND = {**_BACK, "withdrawn": "withdrawn", "accepted": "accepted"}
"""The steps that are told as something of their own; all others are told as steps."""

_REVISED = (*TEXTS, "deadline")
"""The fields in which another value is told, in this order."""


def compare(before: Snapshot, now: Snapshot) -> tuple[Change, ...]:
    """What changed from one snapshot to another: what went back first, then what was withdrawn, deadlines, corrections
    and changes, acceptances, other steps, what is new, what has another id. Of a unit that came or went its pledges are
    only counted."""
    return tuple(sorted(_Comparison(before, now).changes(), key=lambda change: _place(change, before, now)))


def _place(change: Change, before: Snapshot, now: Snapshot) -> tuple[Any, ...]:
    unit = now.get(change.unit) or before[change.unit]
    number = change.id.rpartition("-")[2]
    place = KINDS.index(change.kind), int(unit.value("order") or 0), change.unit
    return (*place, int(number) if number.isdecimal() else 0, change.id, change.day, change.what, sorted(change.after))


class _Comparison:
    def __init__(self, before: Snapshot, now: Snapshot) -> None:
        self.before, self.now = before, now
        self.earlier = {id: old for id, entry in now.items() if (old := self._earlier(entry))}
        """What each was called before, by its id now; without what is new."""
        self.taken = {former: id for id, entry in now.items() for former in self._taken_up(entry)}
        """The ids that are gone, with those that name them as former ones."""

    def _earlier(self, entry: Entry) -> str:
        called = (entry.id, *entry.values("formerly"))
        return next((id for id in called if id in self.before and (id == entry.id or id not in self.now)), "")

    def _taken_up(self, entry: Entry) -> Iterator[str]:
        yield from (id for id in entry.values("formerly") if id in self.before and id not in self.now)

    def changes(self) -> Iterator[Change]:
        for id, entry in self.now.items():
            old = self.before.get(self.earlier.get(id, ""))
            if old is None:
                yield from self._added(entry)
            else:
                yield from self._revised(old, entry)
                if not entry.is_unit:
                    yield from self._happened(old, entry)
                    yield from self._moved(old, entry)
        for former, id in self.taken.items():
            kind = "renamed_unit" if self.now[id].is_unit else "renamed"
            yield self._change(kind, self.now[id], before={"": former}, after={"": id})
        yield from self._gone()

    def _change(self, kind: str, entry: Entry, **more: Any) -> Change:
        units = self.now if entry.id in self.now else self.before
        unit = units.get(entry.unit)
        return Change(kind, entry.unit, entry.id, unit.texts("name") if unit else {}, entry.texts("title"), **more)

    def _added(self, entry: Entry) -> Iterator[Change]:
        if entry.is_unit:
            own = (other for other in self.now.values() if other.unit == entry.id and not other.is_unit)
            yield self._change("added_unit", entry, n=sum(other.id not in self.earlier for other in own))
        elif entry.unit in self.earlier:
            yield self._change("added", entry)

    def _gone(self) -> Iterator[Change]:
        still = {*self.earlier.values(), *self.taken}
        for id, entry in self.before.items():
            if id in still:
                continue
            if entry.is_unit:
                own = (other for other in self.before.values() if other.unit == id and not other.is_unit)
                yield self._change("gone_unit", entry, n=sum(other.id not in still for other in own))
            elif entry.unit in still:
                yield self._change("gone", entry)

    def _happened(self, old: Entry, entry: Entry) -> Iterator[Change]:
        """The steps that are new, dates that have gone by, and an end of the days of a notice."""
        for event in entry.values("event"):
            if event not in old.values("event"):
                day, _, what = event.partition(" ")
                yield self._change(_OWN_KIND.get(what, "step"), entry, day=day, what=what)
        late, due = _late(entry), entry.value("due")
        if late and (not _late(old) or due != old.value("due")):
            yield self._change(late, entry, before={"": due})
        state, _, since = entry.value("state").partition(" ")
        if state == NOTICE_OVER and entry.value("state") != old.value("state"):
            yield self._change("step", entry, day=since, what=NOTICE_OVER)

    def _moved(self, old: Entry, entry: Entry) -> Iterator[Change]:
        for moved in entry.values("moved"):
            if moved in old.values("moved"):
                continue
            day, before, after = moved.split(" ")
            by = {
                language: value.removeprefix(f"{moved} ")
                for (field, language), values in entry.said.items()
                for value in values
                if field == "moved" and language and value.startswith(f"{moved} ")
            }
            more = {"before": {"": before}, "after": {"": after}}
            yield self._change("moved" if by else "reset", entry, day=day, by=by, **more)

    def _revised(self, old: Entry, entry: Entry) -> Iterator[Change]:
        """What reads otherwise now, with the kind and the day of the revision that says why, where there is one."""
        whys: dict[str, tuple[str, str]] = {}
        for revision in entry.values("revision"):
            if revision not in old.values("revision"):
                day, kind, field = revision.split(" ")
                whys[field] = kind, day
        of_unit = "_unit" if entry.is_unit else ""
        for field in _REVISED:
            before, after = _both(old, entry, field)
            if before != after or field in whys:
                kind, day = whys.get(field, ("reworded", ""))
                yield self._change(f"{kind}{of_unit}", entry, day=day, what=field, before=before, after=after)
        for event in old.values("event"):
            if event not in entry.values("event"):
                kind, day = whys.get("step", ("reworded", ""))
                yield self._change(kind, entry, day=day, what="step", before={"": event})


def _late(entry: Entry) -> str:
    """The kind that tells that a pledge is late, by whichever deadline holds; empty where it is not. What is only to be
    watched, such as a deadline that is near, is no change."""
    alert = entry.value("alert")
    return alert.removesuffix("-moved") if alert in LATE else ""


def _both(old: Entry, entry: Entry, field: str) -> tuple[dict[str, str], dict[str, str]]:
    """What a field said and says, in the languages that both have: a new language changes nothing."""
    if field not in TEXTS:
        return {"": old.value(field)}, {"": entry.value(field)}
    before, after = old.texts(field), entry.texts(field)
    common = before.keys() & after.keys() if before and after else before.keys() | after.keys()
    return (
        {language: before.get(language, "") for language in sorted(common)},
        {language: after.get(language, "") for language in sorted(common)},
    )
