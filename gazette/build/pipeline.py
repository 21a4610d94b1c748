"""Owns the build: the one way from a content folder to the output folder, and the looking without writing."""

from __future__ import annotations

import datetime
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path

from gazette.build.attachments import Attachments
from gazette.build.database import Unreadable
from gazette.build.derived import is_derived, make_derived
from gazette.build.inputs import sources
from gazette.build.links import broken_links, unresolved_links
from gazette.build.output import Aside, Output
from gazette.build.ownership import Site
from gazette.build.reasons import Reason, RebuildReasons, as_text
from gazette.build.scheduler import Scheduler, open_scheduler
from gazette.build.stamps import last_stamps, renew
from gazette.build.state import Unkept
from gazette.build.unit_job import BuildContext, UnitJob, check_unit
from gazette.build.units import UnitRegistry
from gazette.files.cache import Cache
from gazette.fonts.typeface import load_facts
from gazette.messages.problems import ContentError, Problem
from gazette.messages.progress import QUIET, Progress
from gazette.pictures.wordmark import set_cache
from gazette.planning.plan import frame_paths, plan_shared, shared_assets
from gazette.planning.totals import Totals
from gazette.reading.loader import LoadedContent, check_all_units, load_shared
from gazette.reading.validate import check_public, check_together, claim_of
from gazette.rendering.render import recipe_key, shared_digest
from gazette.rendering.templates import load_templates
from gazette.site.kinds import KINDS, with_carried
from gazette.site.target import Target
from gazette.versions import folders, package_digest


@dataclass(frozen=True)
class Settings:
    """What a build is asked for: folders, what takes the place of the site's own settings, the kinds of targets, which
    documents (by path; None is all of them), who works (as `crew.hire` takes it) and how many of this machine at once.
    What is not asked for stays as it is."""

    content: Path
    templates: Path
    cache: Path
    as_of: datetime.date | None = None
    base_url: str | None = None
    release: bool = False
    only: tuple[str, ...] = KINDS
    documents: frozenset[str] | None = None
    executor: str = "processes"
    jobs: int = 1
    drafts: bool = False
    adopt: bool = False
    """Whether the output folder is taken over, whatever is in it."""


@dataclass
class BuildReport:
    """What a build did. Paths are relative to the output folder."""

    made: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    seconds: float = 0.0
    why: dict[str, tuple[Reason, ...]] = field(default_factory=dict)
    """The reasons for each file that was made or removed."""


def build(output: Output, settings: Settings, scheduler: Scheduler, aside: Aside, progress: Progress) -> BuildReport:
    """The whole program: make the units that changed, then what they share, check it all, write what differs."""
    cache = open_memory(settings)
    opened = open_content(settings, cache)
    stamps = last_stamps(output)
    context = open_workshop(opened, settings, output.keep_kinds(with_carried(settings.only)), cache, stamps)
    output.claim(site_of(context, settings), context.template_set.paths, settings.adopt, aside)
    shared = shared_digest((opened.shared.digest, context.kinds, settings.drafts), context.template_set)
    causes = look_for_causes(output, opened, context, settings, shared)
    shares, report = UnitRegistry(output, shared, context.as_of, causes, context.misses), BuildReport()

    jobs = shares.stale_units(opened)
    for made in progress.over([("units", job.id) for job in jobs], scheduler.make_units(jobs, context)):
        report.why |= shares.store_result(made)
    shares.check(opened.diagnostics, settings.content / "districts")

    totals = Totals(output.database.totals(), shares.kinds())
    check_public(opened.diagnostics, totals["units"])
    targets = plan_shared(context.frame, totals, context.as_of, shares.headings())
    chosen = with_needs(filter(context.wants, targets), targets)
    derived = [target for target in chosen if is_derived(target)]
    primary = [target for target in chosen if not is_derived(target)]
    texts, why = make_shared(primary, output, scheduler, context, causes, progress)
    report.why |= why

    wanted = {target.path for target in targets}
    gone = [*shares.obsolete_files(settings.only), *output.shared_but(wanted, settings.only)]
    report.why |= make_derived(derived, output, context.template_set, {*gone}, causes, report.why)
    report.made = [*report.why]
    report.why |= renew(output, stamps, {*gone}, report.why)
    check_links(texts, shares, output, context)
    why_gone = {path: causes.of_gone(path) for path in gone}
    output.looked = settings.only
    progress.tell("writing")
    report.written, report.removed = output.commit(gone)
    report.why |= {path: why_gone[path] for path in report.removed}
    return report


def run(
    output: Output,
    settings: Settings,
    aside: Aside,
    sealed: Callable[[int], str],
    progress: Progress = QUIET,
) -> BuildReport:
    """A build from lock to journal. `aside` is told what a user should know meanwhile; `sealed` says what the site is
    made from, but for files younger than a time (ns) it must say nothing; `progress` shows how far it is.

    Where the state of builds cannot be kept (a full disk, somebody else's cache) it is kept for this build alone.
    """

    def once() -> BuildReport:
        with output.locked(aside):
            output.fingerprint = sealed(output.youngest_ns)
            output.recover()
            with open_scheduler(settings.executor, settings.jobs) as scheduler:
                return build(output, settings, scheduler, aside, progress)

    try:
        try:
            return once()
        except Unreadable:  # found spoiled in the middle: it is put aside, and everything is made anew
            return once()
    except (Unkept, Unreadable) as error:
        reason = error.reason if isinstance(error, Unkept) else "EIO"  # spoiled again: the disk is
        aside(Problem.at(output.shown, 0, 0, "output_unkept", reason=reason))
        with tempfile.TemporaryDirectory(prefix="gazette-") as folder:
            output.keep_in(Path(folder) / "state")
            return once()


def site_of(context: BuildContext, settings: Settings) -> Site:
    """What tells this site from others."""
    return Site(tuple(context.frame.site.title.values()), os.path.realpath(settings.content))


def open_memory(settings: Settings) -> Cache:
    """What is remembered between builds, of this program with these tools; of the fonts it is needed at once."""
    cache = Cache(settings.cache, "\n".join([package_digest(), sys.version, *folders()]))
    load_facts(cache)
    set_cache(cache)
    return cache


def open_content(settings: Settings, cache: Cache) -> LoadedContent:
    """The content folder, with what takes the place of its own settings."""
    changed = {"as_of": settings.as_of, "base_url": settings.base_url, "release": settings.release}
    return load_shared(settings.content, **changed, cache=cache)  # type: ignore[arg-type]


def open_workshop(
    opened: LoadedContent, settings: Settings, kinds: tuple[str, ...], cache: Cache, stamps: Mapping[str, str]
) -> BuildContext:
    """All that making needs; `stamps` are those that pages carry. Raises ContentError with everything that is wrong,
    in the units too."""
    frame = opened.frame
    if frame is None:
        check_all_units(opened)
        raise ContentError(opened.diagnostics.problems)
    shown = opened.diagnostics.display(settings.templates)
    template_set = load_templates(
        settings.templates, frame, frame_paths(frame), shared_assets(frame), shown, cache, stamps
    )
    asked = (settings.only, settings.documents, settings.drafts)
    return BuildContext(frame, template_set, opened.known, frame.site.as_of, kinds, *asked)


def look_for_causes(
    output: Output, opened: LoadedContent, context: BuildContext, settings: Settings, shared: str
) -> RebuildReasons:
    """What was changed since the last build of this folder. `shared` is the digest of what all units are made from."""
    causes = RebuildReasons(
        output.database,
        output.number,
        output.records,
        context.template_set,
        lambda name: opened.diagnostics.display(settings.content / name),
        output.tampered,
    )
    causes.look(f"{shared} {context.as_of}", lambda: sources(opened.listing, context.frame, context.template_set))
    return causes


def make_shared(
    targets: list[Target],
    output: Output,
    scheduler: Scheduler,
    context: BuildContext,
    causes: RebuildReasons,
    progress: Progress,
) -> tuple[dict[str, str], dict[str, tuple[Reason, ...]]]:
    """The shared targets that are not there already, made and staged. Returns the own text of each, and why it was
    made, by path."""
    keys = {target.path: recipe_key(target, context.template_set, slot_digests(target, output)) for target in targets}
    stale = [target for target in targets if not output.is_current(target.path, keys[target.path])]
    why = {target.path: causes.of_shared(target, keys[target.path]) for target in stale}
    lines_of = partial(slot_lines, output)
    attachments = Attachments(output, context.template_set, lines_of)
    there = {target.path: attachments.laid_out(target, keys[target.path]) for target in stale}
    new = [target for target in stale if there[target.path] is None]
    made = scheduler.make_targets(new, lines_of, context)
    laid_out = ((target, data, "") for target in stale if (data := there[target.path]) is not None)
    texts = {}
    for target, data, text in chain(laid_out, progress.over(in_turn(new), made)):
        whole = attachments.attach(target, data)
        output.stage(target.path, "", target.kind, keys[target.path], whole, as_text(why[target.path]))
        texts[target.path] = text
    return texts, why


def with_needs(chosen: Iterable[Target], targets: Iterable[Target]) -> list[Target]:
    """Some of the targets, and those that they are made from."""
    paths = {path for target in chosen for path in (target.path, *target.needs)}
    return [target for target in targets if target.path in paths]


def in_turn(targets: list[Target]) -> list[tuple[str, str]]:
    """The turns of shared targets, as a crew takes them: first what is light, then the documents, the longest first."""
    turns = sorted(targets, key=lambda target: -target.cost if target.cost > 1 else -sys.maxsize)
    return [("documents" if target.cost > 1 else "shared", target.path) for target in turns]


def slot_digests(target: Target, output: Output) -> Mapping[str, str]:
    """The digests of what a target is made from beside its own recipe."""
    return {slot.name: output.database.slot_digest(slot.name) for slot in target.all_slots}


def slot_lines(output: Output, target: Target) -> Mapping[str, str]:
    """The lines of a target's slots, joined."""
    return {slot.name: output.database.lines(slot.name, target.between(slot), slot.limit) for slot in target.slots}


def check(settings: Settings) -> tuple[int, int]:
    """Everything decoded, checked and planned, and nothing written. Returns how many units and pledges are public;
    raises ContentError with everything that is wrong."""
    cache = open_memory(settings)
    opened = open_content(settings, cache)
    context = open_workshop(opened, settings, KINDS, cache, {})
    diagnostics, claims, units, pledges = opened.diagnostics, {}, 0, 0
    for path in opened.units:
        data = diagnostics.bytes_of(path)
        if data is None:
            continue
        unit_file, plan, problems = check_unit(UnitJob(path.stem, diagnostics.display(path), data, {}), context)
        diagnostics.problems += problems
        if unit_file is not None:
            claims[unit_file.id] = claim_of(unit_file)
        if plan is not None:
            units, pledges = units + 1, pledges + plan.counts["pledges"]
    check_together(diagnostics, claims)
    if diagnostics.problems:
        raise ContentError(diagnostics.problems)
    check_public(diagnostics, units)
    return units, pledges


def check_links(texts: Mapping[str, str], shares: UnitRegistry, output: Output, context: BuildContext) -> None:
    """The gate: nothing is written while a link of what was made leads nowhere."""
    base_url = context.frame.site.base_url or ""
    base_path = "/" + base_url.split("://", 1)[-1].partition("/")[2] if base_url else ""
    pages = [(path, text) for path, text in texts.items() if path.endswith(".html")]
    ends = {**unresolved_links(pages, base_path), **shares.ends}

    def exists(path: str) -> bool:
        return path in context.template_set.paths or output.has(path)

    def read(path: str) -> str | None:
        return None if path not in output.staged and output.tampered(path) else output.read(path).decode()

    problems = list(broken_links(ends, exists, read))
    if problems:
        raise ContentError(problems)
