"""Searches for the changes behind a file: those that can affect the parts of its key that differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from gazette.building.causes import Cause, Reason
from gazette.building.changed_inputs import ChangedInputs
from gazette.building.database.history import Change
from gazette.building.inputs import LISTS, evidence_name, is_notice
from gazette.reading.files.listing import OF_SITE, PUBLISHED
from gazette.rendering.recipe import key_parts
from gazette.site.target import Target
from gazette.site.views.files import DataView, OriginalView
from gazette.site.views.page import Page, SiteView
from gazette.versions import tools_of

_OF_SITE = frozenset(SiteView.__struct_fields__) | {"languages"}
"""The settings that every page shows."""


class Subject(NamedTuple):
    """What the search is about: a shared file (with its `target`), a file of a `unit`, or the fragments in a slot.
    `template` is "" if there is none."""

    template: str
    maker: str = "page"
    target: Target | None = None
    unit: str = ""
    is_fragments: bool = False

    @property
    def is_shared(self) -> bool:
        """Whether it is made from the contributions of all units."""
        return not self.unit and not self.is_fragments


class ReasonSearch:
    """A search among `changes`. `is_exact`: whether it is known what each change altered in the units' contributions;
    only for changes since the last build."""

    def __init__(self, inputs: ChangedInputs, changes: list[Change], subject: Subject, is_exact: bool = True) -> None:
        self.inputs, self.changes, self.subject, self.is_exact = inputs, changes, subject, is_exact

    def behind(self, part: str) -> Iterator[Reason]:
        """Yield the reasons why a part of the key differs. If no change fits, all changes are named."""
        what, _, name = part.partition(":")
        causes = list(dict.fromkeys(self._find(what, name)))
        if not causes:
            units = [self.subject.unit] if self.subject.unit else self.inputs.units
            causes = [cause for id in units for cause in self.inputs.units.get(id, ())]
            causes = [*causes, *map(self.inputs.name, self.changes)] or [Cause("unknown")]
        return (Reason(what, cause) for cause in causes)

    def _find(self, part: str, name: str) -> Iterator[Cause]:
        if part == "slot":
            yield from self._fragments(name)
        elif part == "file":
            yield from self._fragments(name)
            yield from self.named(lambda change: change.item.kind == "date")
        elif part == "view":
            yield from self._view()
        elif part == "dates":
            yield from self._dates()
        else:
            yield from self.named(lambda change: self._fits(part, name, change))

    def named(self, fits: Callable[[Change], bool]) -> Iterator[Cause]:
        """Yield the causes of the changes that `fits` accepts."""
        return (self.inputs.name(change) for change in self.changes if fits(change))

    def _fits(self, part: str, name: str, change: Change) -> bool:
        """Return whether a change can affect this part of a key."""
        template_set = self.inputs.template_set
        if part == "program":
            return change.item.kind == "program" or (
                change.item.kind == "tool" and change.item.name in _tools(self.subject.maker, template_set.fonts.digest)
            )
        if part == "template":
            return change.item.kind == "template" and change.item.name in template_set.closures.get(
                self.subject.template, ()
            )
        if part == "words":
            if change.item.kind == "setting":
                return change.item.name == "languages"
            return change.item.kind == "word" and template_set.uses_word(self.subject.template, change.item.name)
        if part == "site":
            return change.item.kind == "setting" and change.item.name in _OF_SITE
        return part == "asset" and change.item.kind == "template" and change.item.name == name

    def _view(self) -> Iterator[Cause]:
        """Yield the causes behind a view: in the unit, or in all units' counts; and in the shared content."""
        if self.subject.unit:
            yield from self.inputs.units.get(self.subject.unit, ())
        elif self.subject.is_shared:
            yield from self._counted()
        finer = {change.item.file for change in self.changes if change.item.kind == "entry"}
        yield from self.named(lambda change: change.item.name not in finer and self._is_shown(change))

    def _counted(self) -> Iterator[Cause]:
        """Yield the causes in the units whose counts changed and are shown; in all changed units if the search is not
        exact."""
        if not self.is_exact:
            yield from self._units()
            return
        for id in self.inputs.counts:
            if self._is_counted(id):
                yield from self.inputs.units.get(id, ())

    def _dates(self) -> Iterator[Cause]:
        """Yield the causes behind dates of publication: in their records, and in the moment that the build is for."""
        records = f"{PUBLISHED}/{OF_SITE}.tsv"
        if self.subject.unit:
            yield from self.inputs.dates.get(self.subject.unit, ())
        else:
            yield from self.named(lambda change: change.item.kind == "file" and change.item.name == records)
        yield from self.named(lambda change: change.item.kind == "moment")

    def _is_counted(self, unit: str) -> bool:
        """Return whether the page shows what a unit adds to the totals: the page of a theme shows only totals of that
        theme."""
        view = self.subject.target.view if self.subject.target else None
        kind, _, id = view.ref.partition(":") if isinstance(view, Page) else ("", "", "")
        names = self.inputs.counts[unit]
        return not id or any(name.startswith(f"{kind}.{id}.") or "." not in name for name in names)

    def _is_shown(self, change: Change) -> bool:
        """Return whether a view may show an item."""
        page = self.subject.target.view if self.subject.target else None
        if change.item.kind == "date":
            return isinstance(page, Page | DataView) and page.as_of == change.now.value != ""
        if change.item.kind == "setting":
            return self.subject.is_shared and not (isinstance(page, Page) and change.item.name in _OF_SITE)
        if change.item.kind == "word":  # words in templates are a part of the key of their own
            return not any(
                self.inputs.template_set.uses_word(name, change.item.name)
                for name in self.inputs.template_set.templates
            )
        if change.item.kind == "file" and is_notice(change.item.name):
            return self.subject.is_shared
        if change.item.kind == "file" and evidence_name(change.item.name):
            return self._is_evidence(evidence_name(change.item.name))
        if change.item.kind == "file" and change.item.name not in LISTS:
            ending = f".{page.language}.md" if isinstance(page, Page) else ".md"
            return self.subject.is_shared and change.item.name.endswith(ending)
        return change.item.kind in ("entry", "file")

    def _is_evidence(self, name: str) -> bool:
        """Return whether a view may show a file of evidence: targets made from it do, and notices may."""
        view = self.subject.target.view if self.subject.target else None
        if isinstance(view, OriginalView):
            return view.name == name
        return isinstance(view, Page) and view.ref.startswith(("notice:", "notice-print:"))

    def _units(self) -> Iterator[Cause]:
        return self.named(lambda change: change.item.kind == "unit")

    def _fragments(self, slot: str) -> Iterator[Cause]:
        """Yield the causes behind the fragments of a slot: in units whose fragments changed, or in the templates of
        all."""
        if not self.is_exact:
            yield from self._units()
        changed = self.inputs.slots.get(slot, ()) if self.is_exact else ()
        causes_of_each = [self.inputs.units.get(id) or self.inputs.dates.get(id, ()) for id in changed]
        for causes in causes_of_each:
            yield from causes
        if not all(causes_of_each) or not changed:
            template = self.inputs.template_of(slot)
            fragments = ReasonSearch(self.inputs, self.changes, Subject(template, is_fragments=True))
            for part in ("program", *(("template", "words") if template else ()), "view"):
                yield from fragments._find(part, "")


def differing(before: str, now: str) -> tuple[str, ...]:
    """Return the names of the parts in which two recipe keys differ."""
    old, new = key_parts(before), key_parts(now)
    return tuple(part for part in dict.fromkeys((*new, *old)) if old.get(part) != new.get(part))


@lru_cache(maxsize=16)
def _tools(maker: str, fonts: str) -> frozenset[str]:
    return frozenset(tools_of(maker, fonts=fonts))
