"""Runs a build from the lock to the journal."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from gazette.building.database.layout import Unreadable
from gazette.building.output import Output, Warn
from gazette.building.scheduler import Scheduler, open_scheduler
from gazette.building.settings import BuildReport, Settings
from gazette.building.stages import Build
from gazette.building.state import Unkept
from gazette.messages.problems import Problem
from gazette.messages.progress import QUIET, Progress

__all__ = ["BuildReport", "Settings", "build", "run"]


def build(output: Output, settings: Settings, scheduler: Scheduler, warn: Warn, progress: Progress) -> BuildReport:
    """Load the content; make the units that changed; plan what units share and make what of it is stale; check every
    link; write what differs. Raises ContentError with every problem. Nothing is written then."""
    site = Build.load(output, settings, scheduler, warn, progress)
    stale = site.find_stale_units()
    site.make_units(stale)
    totals = site.check_units()
    targets = site.plan_shared(totals)
    gone = site.find_gone(targets)
    site.make_shared(targets, gone)
    site.check_links()
    return site.commit(gone)


def run(
    output: Output,
    settings: Settings,
    warn: Warn,
    fingerprint: Callable[[int], str],
    progress: Progress = QUIET,
) -> BuildReport:
    """Build a site into `output`. `warn` receives warnings. `fingerprint(ns)` describes the inputs, or returns "" if a
    file is younger than `ns` and may still change unseen. `progress` shows how far the build is.

    If the state of builds cannot be written (a full disk, someone else's cache), this build uses a temporary one.
    Raises ContentError with every problem, and Interrupted.
    """

    def once() -> BuildReport:
        with output.locked(warn):
            # Pages built for a publication show a moment that no file of the content holds yet.
            output.fingerprint = "" if settings.published_at else fingerprint(output.youngest_ns)
            output.recover()
            with open_scheduler(settings.executor, settings.jobs) as scheduler:
                return build(output, settings, scheduler, warn, progress)

    try:
        try:
            return once()
        except Unreadable:  # the database turned out to be damaged: it is moved aside, and everything is made anew
            return once()
    except (Unkept, Unreadable) as error:
        reason = error.reason if isinstance(error, Unkept) else "EIO"  # damaged twice: the disk is faulty
        warn(Problem.of_folder(output.shown, "output_unkept", reason=reason))
        with tempfile.TemporaryDirectory(prefix="gazette-") as folder:
            output.keep_in(Path(folder) / "state")
            return once()
