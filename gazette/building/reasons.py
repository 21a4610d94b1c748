"""Why files are made again: which parts of their keys differ, and what was changed behind each part."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache

from gazette.building.database.build_database import BuildDatabase
from gazette.building.database.files import FileRecord
from gazette.building.database.history import Change, Item
from gazette.building.database.units import UnitRecord
from gazette.building.inputs import LISTS, SETTINGS, WORDS
from gazette.rendering.render import key_parts
from gazette.rendering.templates import TemplateSet
from gazette.site import views as v
from gazette.site.target import Target
from gazette.versions import tools_of

Cause = tuple[str, ...]
"""What was changed: a code of `phrases.CAUSES` with its values."""

Reason = tuple[str, ...]
"""By which part of its key a cause reached a file (`view`, `slot`, … or nothing), then the cause."""

MOST = 12
"""Nobody reads more reasons of one file; the rest is counted."""

_OF_SITE = frozenset(v.SiteView.__struct_fields__) | {"languages"}
"""The settings that every page shows."""


class RebuildReasons:
    """Why this build makes what it makes. `records` are the files that were there before it, `touched` says of a path
    whether another hand deleted or altered it, `show` how an editor types the path of a content file."""

    def __init__(
        self,
        database: BuildDatabase,
        build: int,
        records: Mapping[str, FileRecord],
        template_set: TemplateSet,
        show: Callable[[str], str],
        touched: Callable[[str], str],
    ) -> None:
        self.database, self.build, self.records, self.template_set = database, build, records, template_set
        self.show, self.touched = show, touched
        self.known = build > 1
        """Whether it is known what the files were made from."""
        self.units: dict[str, tuple[Cause, ...]] = {}
        """What was changed of each unit by itself."""
        self.moved: dict[str, list[str]] = {}
        """The units whose lines of a slot are others."""
        self.counted: dict[str, set[str]] = {}
        """The units that add something else to the totals, with the names of those."""
        self.slot_templates: dict[str, str] = {}
        """The template of each slot's fragments."""
        self.changes: list[Change] = []
        """What was changed since the last build, beside the units."""
        self._found: dict[object, tuple[Reason, ...]] = {}

    # ── what was changed ──

    def look(self, whole: str, sources: Callable[[], Mapping[Item, str]]) -> None:
        """Find what was changed of the `sources`, if their digest `whole` is another than that of the last build."""
        if self.database.meta.get("inputs") == whole:
            return
        before, now = self.database.history.items(), {**sources()}
        now |= {item: "" for item in before if item not in now and item[0] != "unit"}
        changes = (Change(*item, before.get(item, ""), is_now) for item, is_now in sorted(now.items()))
        self.changes = [change for change in changes if change.before != change.now]
        self.database.history.put_changes(self.changes, self.build)
        self.database.meta.set("inputs", whole)

    def unit(self, id: str, path: str, before: UnitRecord | None, digest: str) -> None:
        """A unit is looked at again. Its file has a `digest`, which is empty where the file is gone."""
        found: list[Cause] = []
        was = before.digest if before else ""
        if digest != was:
            change = Change("unit", path, was, digest)
            found.append(self.name(change))
            self.database.history.put_changes([change], self.build)
        if before and self._date:
            day, was_day = self._date.now, self._date.before
            if before.first_day == before.last_day == was_day:  # it says the day itself
                found.append(("date", was_day, day))
            elif day < before.first_day or (before.last_day and day > before.last_day):
                passed = before.first_day if day < before.first_day else before.last_day
                found.append(("passed", path, passed, was_day, day))
        self.units[id] = tuple(found)

    @cached_property
    def _date(self) -> Change | None:
        return next((change for change in self.changes if change.kind == "date"), None)

    def says_the_same(self, id: str) -> None:
        """A unit's file was changed, but nothing that it says: if other lines come of it, that is not why."""
        self.units[id] = tuple(cause for cause in self.units[id] if cause[0] != "changed")

    def record_changes(self, id: str, slots: Iterable[str], counts: Iterable[str]) -> None:
        """A unit gives other lines to some slots, and other numbers to some counts."""
        if self.known:
            for slot in slots:
                self.moved.setdefault(slot, []).append(id)
            if names := set(counts):
                self.counted.setdefault(id, set()).update(names)

    # ── why a file is made, or goes ──

    def of_page(self, unit: str, path: str, key: str, template: str) -> tuple[Reason, ...]:
        """Why a page of a unit is made: units are looked at in every build."""
        return self._of(path, key, ReasonSearch(self, self.changes, template, "page", unit=unit))

    def of_shared(self, target: Target, key: str) -> tuple[Reason, ...]:
        """Why a shared target is made: it may be that builds before this one did not look at its kind."""
        since, template = self.database.history.last_build_of(target.kind), target.template or ""
        is_exact = since == self.build - 1
        changes = self.changes if is_exact else self.database.history.changes_since(since)
        return self._of(
            target.path, key, ReasonSearch(self, changes, template, target.maker, target, is_exact=is_exact)
        )

    def of_derived(self, target: Target, key: str, behind: Iterable[Reason]) -> tuple[Reason, ...]:
        """Why a target is made that is made from others: for the reasons `behind` those, where it was made before."""
        known = target.path in self.records and not self.touched(target.path)
        others = tuple(("needs", *reason[1:]) for reason in behind) if known else ()
        return _few(others) if others else self.of_shared(target, key)

    def of_gone(self, path: str) -> tuple[Reason, ...]:
        """Why a file is removed."""
        record = self.records[path]
        causes = self.units.get(record.unit, ()) or [self.name(change) for change in self.changes]
        return _few(("", *cause) for cause in causes or [("unknown",)])

    def _of(self, path: str, key: str, asked: ReasonSearch) -> tuple[Reason, ...]:
        record = self.records.get(path)
        if record is None:
            return self._of_new(asked)
        if not self.known:
            return (("", "lost"),)
        hand = self.touched(path)
        parts = differing(record.key, key)
        if asked.target:
            return self._behind(hand, parts, asked)
        # A word may make thousands of pages again, all for the same reasons.
        alike = hand, parts, asked.template, self.units.get(asked.unit)
        if alike not in self._found:
            self._found[alike] = self._behind(hand, parts, asked)
        return self._found[alike]

    def _behind(self, hand: str, parts: tuple[str, ...], asked: ReasonSearch) -> tuple[Reason, ...]:
        by_hand: list[Reason] = [("", hand)] if hand else []
        return _few([*by_hand, *(reason for part in parts for reason in asked.behind(part))])

    def _of_new(self, asked: ReasonSearch) -> tuple[Reason, ...]:
        if not self.records:
            return (("", "first"),)
        if asked.target and not self.database.history.last_build_of(asked.target.kind):
            return (("", "first_of_kind", asked.target.kind),)
        own = self.units.get(asked.unit, ()) or asked.named(lambda change: change.kind in ("entry", "setting"))
        return _few([("", "new"), *(("", *cause) for cause in own)])

    def name(self, change: Change) -> Cause:
        """A change as it is told."""
        kind, name = change.kind, change.name
        if kind == "program":
            return (kind,)
        if kind == "date":
            return kind, change.before, change.now
        if kind == "tool":
            return ("fonts",) if name == "fonts" else (kind, name, change.before, change.now)
        what = "added" if not change.before else "changed" if change.now else "removed"
        files: dict[str, Callable[[str], str]] = {"template": self.template_set.file, "file": self.show, "unit": str}
        if kind in files:
            return what, files[kind](name)
        file, _, item = name.rpartition(" ")
        return f"item_{what}", self.show(file or {"setting": SETTINGS, "word": WORDS}[kind]), item


class ReasonSearch:
    """The search for what is behind the parts of one file's key, among some `changes`. `target` is given for what
    units share, `unit` for what belongs to one. It is exact where what the units gave is known of all these changes."""

    def __init__(
        self,
        causes: RebuildReasons,
        changes: list[Change],
        template: str,
        maker: str,
        target: Target | None = None,
        unit: str = "",
        is_exact: bool = True,
    ) -> None:
        self.causes, self.changes, self.template, self.maker = causes, changes, template, maker
        self.target, self.unit, self.is_exact = target, unit, is_exact

    def behind(self, part: str) -> Iterator[Reason]:
        """The reasons for a part of the key to be another. Where nothing fits, whatever was changed is named."""
        what, _, name = part.partition(":")
        found = list(dict.fromkeys(self._find(what, name)))
        if not found:
            units = [self.unit] if self.unit else self.causes.units
            found = [cause for id in units for cause in self.causes.units.get(id, ())]
            found = [*found, *map(self.causes.name, self.changes)] or [("unknown",)]
        return ((what, *cause) for cause in found)

    def _find(self, part: str, name: str) -> Iterator[Cause]:
        if part == "slot":
            yield from self._lines(name)
        elif part == "file":
            yield from self._lines(name)
            yield from self.named(lambda change: change.kind == "date")
        elif part == "view":
            yield from self._view()
        else:
            yield from self.named(lambda change: self._fits(part, name, change))

    def named(self, fits: Callable[[Change], bool]) -> Iterator[Cause]:
        return (self.causes.name(change) for change in self.changes if fits(change))

    def _fits(self, part: str, name: str, change: Change) -> bool:
        """Whether a change reaches such a part."""
        template_set = self.causes.template_set
        if part == "program":
            return change.kind == "program" or (
                change.kind == "tool" and change.name in _tools(self.maker, template_set.fonts.digest)
            )
        if part == "template":
            return change.kind == "template" and change.name in template_set.closures.get(self.template, ())
        if part == "words":
            if change.kind == "setting":
                return change.name == "languages"
            return change.kind == "word" and template_set.uses_word(self.template, change.name)
        if part == "site":
            return change.kind == "setting" and change.name in _OF_SITE
        return part == "asset" and change.kind == "template" and change.name == name

    def _view(self) -> Iterator[Cause]:
        """What a view is made from: a unit, or what all units give together; and the shared content."""
        if self.unit:
            yield from self.causes.units.get(self.unit, ())
        elif self.is_exact:
            for id in self.causes.counted:
                if self._is_counted(id):
                    yield from self.causes.units.get(id, ())
        else:
            yield from self._units()
        finer = {change.name.rpartition(" ")[0] for change in self.changes if change.kind == "entry"}
        yield from self.named(lambda change: change.name not in finer and self._is_shown(change))

    def _is_counted(self, unit: str) -> bool:
        """Whether what a unit adds to the totals is shown: a theme's page shows those of the theme."""
        view = self.target.view if self.target else None
        kind, _, id = view.ref.partition(":") if isinstance(view, v.Page) else ("", "", "")
        names = self.causes.counted[unit]
        return not id or any(name.startswith(f"{kind}.{id}.") or "." not in name for name in names)

    def _is_shown(self, change: Change) -> bool:
        """Whether a view may show such an item."""
        page = self.target.view if self.target else None
        if change.kind == "date":
            return isinstance(page, v.Page | v.DataView) and page.as_of == change.now != ""
        if change.kind == "setting":
            return not self.unit and not (isinstance(page, v.Page) and change.name in _OF_SITE)
        if change.kind == "word":  # what templates say themselves is a part of its own
            return not any(
                self.causes.template_set.uses_word(name, change.name) for name in self.causes.template_set.templates
            )
        if change.kind == "file" and change.name not in LISTS:
            own = f".{page.language}.md" if isinstance(page, v.Page) else ".md"
            return not self.unit and change.name.endswith(own)
        return change.kind in ("entry", "file")

    def _units(self) -> Iterator[Cause]:
        return self.named(lambda change: change.kind == "unit")

    def _lines(self, slot: str) -> Iterator[Cause]:
        """What is behind the lines of a slot: the units that give other lines, or the templates of all."""
        if not self.is_exact:
            yield from self._units()
        moved = self.causes.moved.get(slot, ()) if self.is_exact else ()
        own = [self.causes.units.get(id, ()) for id in moved]
        for causes in own:
            yield from causes
        if not all(own) or not moved:
            template = self.causes.slot_templates.get(slot, "")
            lines = ReasonSearch(self.causes, self.changes, template, "page", unit=slot)
            for part in ("program", *(("template", "words") if template else ()), "view"):
                yield from lines._find(part, "")


def differing(before: str, now: str) -> tuple[str, ...]:
    """The names of the parts in which two keys differ."""
    old, new = key_parts(before), key_parts(now)
    return tuple(part for part in dict.fromkeys((*new, *old)) if old.get(part) != new.get(part))


def _few(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """The first of some reasons, and how many more there are. A cause is told once, by the first way that it came."""
    once: dict[Cause, Reason] = {}
    for reason in reasons:
        once.setdefault(reason[1:], reason)
    found = [*once.values()]
    if len(found) > MOST:
        found[MOST:] = [("", "more", str(len(found) - MOST))]
    return tuple(found)


@lru_cache(maxsize=16)
def _tools(maker: str, fonts: str) -> frozenset[str]:
    return frozenset(tools_of(maker, fonts=fonts))


@lru_cache(maxsize=64)
def as_text(reasons: tuple[Reason, ...]) -> str:
    """Reasons as they are kept."""
    return json.dumps([*reasons], ensure_ascii=False, separators=(",", ":"))
