"""Owns the making of one unit: read, checked, planned and poured, in any process, from what it is handed alone."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec
from msgspec.structs import replace

from gazette.build.links import LinkLocation, LinkTarget
from gazette.messages.problems import ContentError, Problem
from gazette.model.content import SharedContent, UnitFile
from gazette.planning import totals as indexes
from gazette.planning.plan import UnitPlan, plan_unit
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.loader import open_unit, without_drafts
from gazette.reading.validate import Known, claim_of
from gazette.rendering.jinja import asked
from gazette.rendering.render import key, make, make_line
from gazette.rendering.templates import TemplateSet
from gazette.site.routes import route
from gazette.site.target import Target


class BuildContext(msgspec.Struct, frozen=True):
    """What the making of every unit shares. It travels to workers whole. Lines are made for all `kinds` of targets,
    pages only for those that are wanted now: of the kinds `only`, and of documents those (all, if it is None) of
    `documents`."""

    frame: SharedContent
    kit: TemplateSet
    known: Known
    as_of: datetime.date | None
    kinds: tuple[str, ...]
    only: tuple[str, ...]
    documents: frozenset[str] | None = None
    drafts: bool = False

    def wants(self, target: Target) -> bool:
        """Whether a target is to be made now; one that gathers files, whenever one of its kinds is."""
        if target.kind == "pdf" and self.documents is not None and target.path not in self.documents:
            return False
        return not {target.kind, *target.gathers}.isdisjoint(self.only)

    def misses(self, unit: str, left: Iterable[str]) -> bool:
        """Whether a unit is to be looked at now of which a build before left files of the kinds `left` undone."""
        sheets = {route(f"sheet:{unit}", code) for code in self.frame.languages}
        others = self.documents is not None and sheets.isdisjoint(self.documents)
        return any(kind in self.only and not (kind == "pdf" and others) for kind in left)

    def to_travel(self) -> BuildContext:
        """As it goes to another machine: there is no folder of this one."""
        return replace(self, kit=replace(self.kit, cache=""))


class UnitJob(msgspec.Struct, frozen=True):
    """One unit's file, and the keys of its pages that are there already (path → key)."""

    id: str
    path: str
    data: bytes
    keys: Mapping[str, str]


class PageResult(msgspec.Struct, frozen=True):
    """A page of a unit. Without `data` it is there already, or left for another time."""

    path: str
    kind: str
    key: str
    data: bytes | None
    template: str = ""


class UnitResult(msgspec.Struct, frozen=True):
    """What became of a job. With `problems` only what the unit claims for itself counts (`place` 0: not even that); a
    unit of no `kind` is not public."""

    id: str
    problems: tuple[Problem, ...] = ()
    place: int = 0
    kind: str = ""
    ids: tuple[str, ...] = ()
    headings: str = ""
    holds: tuple[str, str] = ("", "")
    counts: Mapping[str, int] = {}
    pages: tuple[PageResult, ...] = ()
    lines: tuple[tuple[str, str, str], ...] = ()
    ends: Mapping[LinkTarget, LinkLocation] = {}
    """Where the links of pages and lines lead outside the unit."""
    poured: Mapping[str, str] = {}
    """The template that each slot's lines were poured into."""
    left: tuple[str, ...] = ()
    """The kinds of the pages that were left for another time, since they are not wanted now."""


def look(job: UnitJob, workshop: BuildContext) -> tuple[UnitFile | None, UnitPlan | None, tuple[Problem, ...]]:
    """A unit decoded, checked and planned; nothing is poured."""
    desk = Diagnostics(Path())
    languages = workshop.frame.languages
    shard = open_unit(desk, job.id, job.path, job.data, workshop.known, languages, workshop.as_of)
    if desk.problems or shard is None:
        return shard, None, tuple(desk.problems)
    shown = shard if workshop.drafts else without_drafts(shard)
    plan = plan_unit(workshop.frame, shown, workshop.as_of, workshop.kinds) if shown else None
    return shard, plan, ()


def make_unit(job: UnitJob, workshop: BuildContext) -> UnitResult:
    """A unit made: its pages (those that are not there already), and its lines of the shared pages."""
    asked(workshop.kit)  # what others asked for is none of this unit's business
    shard, plan, problems = look(job, workshop)
    if shard is None:
        return UnitResult(job.id, problems)
    ids, holds = claim_of(shard).ids, indexes.holds(shard.unit, workshop.as_of)
    if plan is None:
        return UnitResult(job.id, problems, place=shard.unit.order, ids=ids, holds=holds)
    try:
        pages = tuple(_pages(plan, job, workshop))
        lines = tuple((line.slot, line.rank, make_line(line, workshop.kit)) for line in plan.lines)
    except ContentError as error:
        return UnitResult(job.id, error.problems)
    return UnitResult(
        job.id,
        place=shard.unit.order,
        kind=shard.unit.kind,
        ids=ids,
        headings=plan.headings,
        holds=holds,
        counts=plan.counts,
        pages=pages,
        lines=lines,
        ends=_ends(plan, pages, lines, workshop.kit),
        poured={line.slot: line.template for line in plan.lines if line.template},
        left=(*sorted({page.kind for page in pages if page.data is None and job.keys.get(page.path) != page.key}),),
    )


def _pages(plan: UnitPlan, job: UnitJob, workshop: BuildContext) -> Iterable[PageResult]:
    for target in plan.targets:
        own = key(target, workshop.kit, {})
        stays = not workshop.wants(target) or job.keys.get(target.path) == own
        data = None if stays else make(target, workshop.kit, {})[0]
        yield PageResult(target.path, target.kind, own, data, target.template or "")


def _ends(
    plan: UnitPlan, pages: tuple[PageResult, ...], lines: tuple[tuple[str, str, str], ...], kit: TemplateSet
) -> dict[LinkTarget, LinkLocation]:
    """Where the links of pages and lines lead that neither the site as such nor this unit answers for."""
    own: dict[str, list[str]] = {path: [] for path in plan.paths}
    for page in pages:
        own[page.path] = [page.data.decode()] if page.data and page.kind == "pages" else []
    for line, (_, _, text) in zip(plan.lines, lines, strict=True):
        own.setdefault(line.path, []).append(text)
    found: dict[LinkTarget, LinkLocation] = {}
    for link, there in asked(kit).items():
        path, _, place = link.partition("#")
        if path not in own or (place and not any(f' id="{place}"' in text for text in own[path])):
            found[path, place] = LinkLocation(there, 1, link)
    return found
