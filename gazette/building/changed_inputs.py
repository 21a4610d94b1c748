"""Compares everything a site is made from with the last build, and names each change as it is reported."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from msgspec.structs import replace

from gazette.building.causes import Cause
from gazette.building.database.build_database import BuildDatabase
from gazette.building.database.history import ABSENT, Change, Item, Version
from gazette.building.database.units import UnitRecord
from gazette.building.inputs import SETTINGS, WORDS, evidence_name
from gazette.planning.valid_days import ValidDays
from gazette.reading.files.listing import PUBLISHED
from gazette.reading.unit_digests import NO_OTHER, NO_UNIT, OtherDigests, UnitDigests
from gazette.rendering.templates import TemplateSet


class ChangedInputs:
    """The changes that build number `build` finds: first in what units share (`look`), then in each unit that may have
    changed (`unit`), then in what that unit contributes (`record_changes`). `show` returns the path of a content file
    as an editor types it."""

    def __init__(
        self, database: BuildDatabase, build: int, template_set: TemplateSet, show: Callable[[str], str]
    ) -> None:
        self.database, self.build, self.template_set, self.show = database, build, template_set, show
        self.is_known = build > 1
        """Whether an earlier build recorded what the files were made from."""
        self.changes: list[Change] = []
        """Changes since the last build in everything but the units."""
        self.units: dict[str, tuple[Cause, ...]] = {}
        """Causes in each unit itself, by unit."""
        self.dates: dict[str, tuple[Cause, ...]] = {}
        """Causes in the records of a unit's publication, by unit."""
        self.slots: dict[str, list[str]] = {}
        """Units whose fragments changed, by slot."""
        self.counts: dict[str, set[str]] = {}
        """Names of the counts that changed, by unit."""
        self.slot_templates: dict[str, str] = {}
        """The template of each slot's fragments."""

    def look(self, whole: str, sources: Callable[[], Mapping[Item, Version]]) -> None:
        """Compare the `sources` with those of the last build, unless their digest `whole` is still the same."""
        if self.database.meta.get("inputs") == whole:
            return
        before, now = self.database.history.items(), {**sources()}
        now |= {item: ABSENT for item in before if item not in now and item.kind != "unit"}
        in_order = sorted(now, key=lambda item: (item.kind, item.file, item.name))
        changes = (Change(item, before.get(item, ABSENT), now[item]) for item in in_order)
        changed = [change for change in changes if change.before != change.now]
        self.changes = [change for change in changed if not change.before.says(change.now)]
        self.database.history.put_changes(changed, self.build)
        self.database.meta.set("inputs", whole)

    def unit(self, id: str, path: str, before: UnitRecord | None, now: UnitDigests) -> None:
        """Compare a unit with its record (`before`). `path`: its file. `now`: its digests (`NO_UNIT` if its file is
        gone)."""
        causes: list[Cause] = []
        was = before.digests if before else NO_UNIT
        if replace(was, dates="") != replace(now, dates=""):
            change = _of_unit(path, was.files, now.files)
            causes += self._own(id, change, was, now)
            self.database.history.put_changes([change], self.build)
        if was.dates != now.dates:
            change = _of_unit(self.show(f"{PUBLISHED}/{id}.tsv"), was.dates, now.dates)
            self.dates[id] = (self.name(change),)
            self.database.history.put_changes([change], self.build)
        if before and self._date:
            causes += self._of_date(path, before.days, self._date)
        self.units[id] = tuple(causes)

    @staticmethod
    def _of_date(path: str, days: ValidDays, date: Change) -> Iterator[Cause]:
        """Yield why a unit's record does not hold on the new reference date: its pages print the date, or one of its
        days lies between the old date and the new one. Yield nothing if it holds."""
        was, now = (datetime.date.fromisoformat(day) if day else None for day in (date.before.value, date.now.value))
        if days.hold(now):
            return
        if was is None or now is None or days.first == days.last:
            yield Cause("date", before=date.before.value, now=date.now.value)
        else:
            passed = days.first if now < days.first else days.last
            before, after = date.before.value, date.now.value
            yield Cause("passed", file=path, day=passed.isoformat(), before=before, now=after)

    def _own(self, id: str, unit: Change, was: UnitDigests, now: UnitDigests) -> list[Cause]:
        """Return the causes in a unit: its own files, or else the notices that name (or named) a pledge of it; its
        evidence; the other units on its pages."""
        unit_changes = [unit] if was.files != now.files else []
        is_known = ABSENT not in (unit.before, unit.now)
        changes = [change for change in self.changes if change.item.kind == "file" and is_known]
        if not unit_changes and was.notices != now.notices:
            unit_changes += [change for change in changes if change.concerns(id)]
        if was.evidence != now.evidence:
            unit_changes += [change for change in changes if evidence_name(change.item.name) in now.evidence]
        unit_changes += self._of_others(was.others, now.others, changes, is_explained=bool(unit_changes))
        return [self.name(change) for change in unit_changes or [unit]]

    def _of_others(
        self,
        was: Mapping[str, OtherDigests],
        now: Mapping[str, OtherDigests],
        changes: Iterable[Change],
        *,
        is_explained: bool,
    ) -> Iterator[Change]:
        """Yield the changes in the other units on a unit's pages: their files, and the notices that name their pledges.
        Units that were added or removed are named only if nothing else explains (`is_explained`) why the pages now show
        them, or no longer do."""
        for id in sorted(was.keys() & now.keys()):
            if was[id].file != now[id].file:
                is_explained = True
                yield _of_unit(self.show(f"districts/{id}.yaml"), was[id].file, now[id].file)
            elif was[id].notices != now[id].notices:
                yield from (change for change in changes if change.concerns(id))
        for id in [] if is_explained else sorted(was.keys() ^ now.keys()):
            before, after = was.get(id, NO_OTHER), now.get(id, NO_OTHER)
            yield _of_unit(self.show(f"districts/{id}.yaml"), before.file, after.file)

    @cached_property
    def _date(self) -> Change | None:
        """The change of the reference date, or None."""
        return next((change for change in self.changes if change.item.kind == "date"), None)

    def template_of(self, slot: str) -> str:
        """Return the template of a slot's fragments; "" if unknown."""
        below = (name for name in self.slot_templates if slot.endswith("/") and name.startswith(slot))
        return self.slot_templates.get(next(below, slot), "")

    def says_the_same(self, id: str) -> None:
        """Note that a unit's file changed but not what it says: then that is not why its fragments differ."""
        self.units[id] = tuple(cause for cause in self.units[id] if cause.code != "changed")

    def record_changes(self, id: str, slots: Iterable[str], counts: Iterable[str]) -> None:
        """Note the slots and counts to which a unit now contributes something else."""
        if self.is_known:
            for slot in slots:
                self.slots.setdefault(slot, []).append(id)
            if names := set(counts):
                self.counts.setdefault(id, set()).update(names)

    def name(self, change: Change) -> Cause:
        """Return the cause as which a change is reported."""
        (kind, name, file), before, now = change
        if kind == "program":
            return Cause("program")
        if kind == "date":
            return Cause("date", before=before.value, now=now.value)
        if kind == "moment":
            return Cause("moment", now=now.value) if now.value else Cause("moment_before", before=before.value)
        if kind == "tool":
            is_fonts = name == "fonts"
            return Cause("fonts") if is_fonts else Cause("tool", name=name, before=before.value, now=now.value)
        if kind == "setting" and (before.is_given or now.is_given):
            return Cause("given" if now.is_given else "given_before", file=self.show(SETTINGS), name=name)
        what = "added" if not before.value else "changed" if now.value else "removed"
        files: dict[str, Callable[[str], str]] = {"template": self.template_set.file, "file": self.show, "unit": str}
        if kind in files:
            return Cause(what, file=files[kind](name))
        path = self.show(file or {"setting": SETTINGS, "word": WORDS}[kind])
        return Cause(f"item_{what}", file=path, name=name)


def _of_unit(path: str, before: str, now: str) -> Change:
    """Return the change of a unit's file from one digest to another."""
    return Change(Item("unit", path), Version(before), Version(now))
