"""The way of a build, from lock to journal; and the looking without writing."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from gazette.building.database.layout import Unreadable
from gazette.building.evidence import unnamed_files
from gazette.building.opening import open_cache, open_content, open_context
from gazette.building.output import Aside, Output
from gazette.building.scheduler import Scheduler, open_scheduler
from gazette.building.settings import BuildReport, Settings
from gazette.building.stages import Build
from gazette.building.state import Unkept
from gazette.building.unit_job import UnitJob, check_unit
from gazette.messages.problems import ContentError, Problem
from gazette.messages.progress import QUIET, Progress
from gazette.reading.validation.claims import check_together, claim_of
from gazette.reading.validation.site import check_public
from gazette.site.kinds import KINDS

__all__ = ["BuildReport", "Settings", "build", "check", "run"]


def build(output: Output, settings: Settings, scheduler: Scheduler, aside: Aside, progress: Progress) -> BuildReport:
    """Load, make the units that changed, plan what they share, make what of it is stale, check it all, write what
    differs. Raises ContentError with everything that is wrong; then nothing is written."""
    job = Build.load(output, settings, scheduler, aside, progress)
    totals = job.make_stale_units()
    targets = job.plan_shared(totals)
    gone = job.no_longer_made(targets)
    job.make_stale_shared(targets, gone)
    return job.commit(gone)


def run(
    output: Output,
    settings: Settings,
    aside: Aside,
    fingerprint: Callable[[int], str],
    progress: Progress = QUIET,
) -> BuildReport:
    """A build from lock to journal. `aside` is told what a user should know meanwhile; `fingerprint` says what the site
    is made from, but for files younger than a time (ns) it must say nothing; `progress` shows how far it is.

    Where the state of builds cannot be kept (a full disk, somebody else's cache) it is kept for this build alone.
    """

    def once() -> BuildReport:
        with output.locked(aside):
            # What a build for a publication makes says a moment that no file of the content holds yet.
            output.fingerprint = "" if settings.published_at else fingerprint(output.youngest_ns)
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
        aside(Problem.of_folder(output.shown, "output_unkept", reason=reason))
        with tempfile.TemporaryDirectory(prefix="gazette-") as folder:
            output.keep_in(Path(folder) / "state")
            return once()


def check(settings: Settings, aside: Aside = lambda _: None) -> tuple[int, int]:
    """Everything decoded, checked and planned, and nothing written. Returns how many units and pledges are public;
    raises ContentError with everything that is wrong. `aside` is told what drafts still need."""
    cache = open_cache(settings)
    opened = open_content(settings, cache)
    context = open_context(opened, settings, KINDS, cache, {})
    diagnostics, claims, units, pledges = opened.diagnostics, {}, 0, 0
    named: set[str] = set()
    for unit, _ in opened.open_units():
        named.update(name for name, _ in unit.files)
        unit_file, plan, problems, unfinished = check_unit(UnitJob(unit, {}), context)
        diagnostics.problems += problems
        for problem in unfinished:
            aside(problem)
        if unit_file is not None:
            claims[unit_file.id] = claim_of(unit_file)
        if plan is not None:
            units, pledges = units + 1, pledges + plan.counts["pledges"]
    check_together(diagnostics, claims, opened.published_of_none())
    if diagnostics.problems:
        raise ContentError(diagnostics.problems)
    check_public(diagnostics, units)
    for problem in unnamed_files(opened, named):
        aside(problem)
    return units, pledges
