"""Checks a content folder without a build: decodes, checks and plans everything, and writes nothing."""

from __future__ import annotations

from gazette.building.evidence import unnamed_files
from gazette.building.opening import open_cache, open_content, open_context
from gazette.building.output import Warn
from gazette.building.settings import Settings
from gazette.building.unit_job import UnitJob, check_unit
from gazette.messages.problems import ContentError
from gazette.reading.validation.claims import check_together, claim_of
from gazette.reading.validation.site import check_public
from gazette.site.kinds import KINDS


def check(settings: Settings, warn: Warn = lambda _: None) -> tuple[int, int]:
    """Check a content folder. Return the numbers of public units and of pledges. `warn` receives warnings, and what
    drafts still need. Raises ContentError with every problem."""
    cache = open_cache(settings)
    opened = open_content(settings, cache)
    context = open_context(opened, settings, KINDS, cache, {})
    diagnostics, claims, units, pledges = opened.diagnostics, {}, 0, 0
    evidence_named: set[str] = set()
    for unit in opened.sources():
        evidence_named.update(name for name, _ in unit.files)
        unit_file, plan, problems, unfinished = check_unit(UnitJob(unit, {}), context)
        diagnostics.problems += problems
        for problem in unfinished:
            warn(problem)
        if unit_file is not None:
            claims[unit_file.id] = claim_of(unit_file)
        if plan is not None:
            units, pledges = units + 1, pledges + plan.counts["pledges"]
    check_together(diagnostics, claims, opened.published_of_none())
    if diagnostics.problems:
        raise ContentError(diagnostics.problems)
    check_public(diagnostics, units)
    for problem in unnamed_files(opened, evidence_named):
        warn(problem)
    return units, pledges
