"""Makes one unit: reads, checks, plans and renders it, in any process, from its job and the context alone."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from gazette.building.database.fragments import FragmentRow
from gazette.building.links import LinkLocation, LinkTarget, unresolved_links
from gazette.files.cache import NO_CACHE
from gazette.messages.problems import ContentError, Problem
from gazette.model.records.content import SharedContent, UnitFile
from gazette.model.records.notices import NoticeFile
from gazette.planning.plan import UnitPlan, plan_unit
from gazette.planning.since import SNAPSHOT_SLOT
from gazette.planning.valid_days import ALWAYS, ValidDays, days_of_all
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.unit_loader import UnitSource, load_unit, without_drafts
from gazette.reading.validation.claims import claim_of
from gazette.reading.validation.units import Known
from gazette.rendering.recipe import recipe_key
from gazette.rendering.render import render, render_fragment
from gazette.rendering.templates import TemplateSet
from gazette.site.routes import route
from gazette.site.shown import digest_of_fragment, stated
from gazette.site.stated import NOTHING_STATED, Stated
from gazette.site.target import Target


class BuildContext(msgspec.Struct, frozen=True):
    """Everything needed to make any unit; sent whole to each worker. Fragments are made for all `kinds` of targets,
    pages only for the kinds in `only`, documents only for the paths in `documents` (None: all). `notices`: those that
    are shown. `moment`: that of the publication this build is for (None: no publication)."""

    content: SharedContent
    template_set: TemplateSet
    known: Known
    as_of: datetime.date | None
    kinds: tuple[str, ...]
    only: tuple[str, ...]
    documents: frozenset[str] | None = None
    drafts: bool = False
    notices: tuple[NoticeFile, ...] = ()
    moment: datetime.datetime | None = None

    def wants(self, target: Target) -> bool:
        """Return whether this build makes a target. One that gathers files is made with any of the kinds it gathers."""
        if target.kind == "pdf" and self.documents is not None and target.path not in self.documents:
            return False
        return not {target.kind, *target.needs_kinds}.isdisjoint(self.only)

    def misses(self, unit: str, undone: Iterable[str]) -> bool:
        """Return whether a unit must be made again because an earlier build left out files of the kinds `undone`."""
        sheets = {route(f"sheet:{unit}", code) for code in self.content.languages}
        others = self.documents is not None and sheets.isdisjoint(self.documents)
        return any(kind in self.only and not (kind == "pdf" and others) for kind in undone)

    def to_travel(self) -> BuildContext:
        """Return the copy for another machine: without this machine's cache, and without notices, which each job
        carries."""
        return replace(self, notices=(), template_set=replace(self.template_set, cache=NO_CACHE))


class UnitJob(msgspec.Struct, frozen=True):
    """One unit's files, and the recipe keys of its intact pages: `{path: key}`."""

    source: UnitSource
    keys: Mapping[str, str]

    @property
    def id(self) -> str:
        """The unit's id."""
        return self.source.id


class PageResult(msgspec.Struct, frozen=True):
    """A page of a unit. `data` is None if the page was not made: it is current, or this build does not want it."""

    path: str
    kind: str
    key: str
    data: bytes | None
    template: str = ""
    stated: Stated = NOTHING_STATED
    is_current: bool = False
    """Whether the page in the output folder has this key."""


class UnitResult(msgspec.Struct, frozen=True):
    """The result of a job. If there are `problems`, only `position`, `ids` and `days` are valid; if `position` is 0
    too, not even these. A unit without a `kind` is not public."""

    id: str
    problems: tuple[Problem, ...] = ()
    position: int = 0
    kind: str = ""
    ids: tuple[str, ...] = ()
    headings: str = ""
    days: ValidDays = ALWAYS
    """The days on which pages and fragments hold."""
    counts: Mapping[str, int] = {}
    pages: tuple[PageResult, ...] = ()
    fragments: tuple[FragmentRow, ...] = ()
    ends: Mapping[LinkTarget, LinkLocation] = {}
    """Targets of links that lead out of the unit, each with the first place that links there."""
    slot_templates: Mapping[str, str] = {}
    """The template of each slot's fragments."""
    undone: tuple[str, ...] = ()
    """Kinds of the pages that were left out because this build does not want them."""
    awaits: bool = False
    """Whether some page differs from what is recorded as published: then the pages depend on the moment."""


class CheckedUnit(NamedTuple):
    """A unit decoded, checked and planned. `plan` is None if there are `problems`, if nothing of the unit is public, or
    if it is a draft with `unfinished` parts."""

    file: UnitFile | None
    plan: UnitPlan | None = None
    problems: tuple[Problem, ...] = ()
    unfinished: tuple[Problem, ...] = ()


def check_unit(job: UnitJob, context: BuildContext) -> CheckedUnit:
    """Read, check and plan a unit. Nothing is rendered."""
    diagnostics = Diagnostics(Path(), None, context.template_set.fonts)
    languages = context.content.languages
    unit_file = load_unit(diagnostics, job.source, context.known, languages, context.as_of)
    unfinished = tuple(diagnostics.unfinished)
    if diagnostics.problems or unit_file is None:
        return CheckedUnit(unit_file, None, tuple(diagnostics.problems), unfinished)
    public = unit_file if context.drafts else without_drafts(unit_file)
    plan = plan_unit(context.content, public, context.as_of, context.kinds, context.moment) if public else None
    return CheckedUnit(unit_file, plan, (), unfinished)


def build_unit(job: UnitJob, context: BuildContext) -> UnitResult:
    """Make a unit: those of its pages that are not current, and all its fragments of shared pages. Its problems are
    part of the result, not raised."""
    unit_file, plan, problems, _ = check_unit(job, context)
    if unit_file is None:
        return UnitResult(job.id, problems)
    ids = claim_of(unit_file).ids
    days = days_of_all((unit_file, *unit_file.others), context.as_of)
    if plan is None:
        return UnitResult(job.id, problems, position=unit_file.unit.order, ids=ids, days=days)
    try:
        made = list(_pages(plan, job, context))
        fragments = tuple(
            FragmentRow(each.slot, each.sort_key, render_fragment(each, context.template_set), digest_of_fragment(each))
            for each in plan.fragments
        )
    except ContentError as error:
        return UnitResult(job.id, error.problems)
    pages = tuple(page for page, _ in made)
    texts = [*((path, "") for path in plan.paths), *((page.path, text) for page, text in made)]
    rows = zip(plan.fragments, fragments, strict=True)
    texts += [(each.path, row.text) for each, row in rows if each.slot != SNAPSHOT_SLOT and each.kind != "search"]
    return UnitResult(
        job.id,
        position=unit_file.unit.order,
        kind=unit_file.unit.kind,
        ids=ids,
        headings=plan.headings,
        days=days,
        counts=plan.counts,
        pages=pages,
        fragments=fragments,
        ends=unresolved_links(texts, there=context.template_set.paths),
        slot_templates={each.slot: each.template for each in plan.fragments if each.template},
        undone=(*sorted({page.kind for page in pages if page.data is None and not page.is_current}),),
        awaits=plan.awaits,
    )


def _pages(plan: UnitPlan, job: UnitJob, context: BuildContext) -> Iterable[tuple[PageResult, str]]:
    """Yield each page and document of the unit with its own text ("" if it was not rendered)."""
    for target in plan.targets:
        key, data, text = recipe_key(target, context.template_set, {}), None, ""
        is_current = job.keys.get(target.path) == key
        if context.wants(target) and not is_current:
            data, text = render(target, context.template_set, {})
        page = PageResult(
            path=target.path,
            kind=target.kind,
            key=key,
            data=data,
            template=target.template or "",
            stated=stated(target),
            is_current=is_current,
        )
        yield page, text
