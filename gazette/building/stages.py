"""Defines the stages of a build, each a method of `Build`, in their order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from gazette.building.changed_inputs import ChangedInputs
from gazette.building.derived import make_derived
from gazette.building.evidence import EvidenceMaker, unnamed_files
from gazette.building.frozen import changes_since, stage_frozen
from gazette.building.inputs import of_publication, sources
from gazette.building.links import broken_links, unresolved_links
from gazette.building.opening import open_cache, open_content, open_context
from gazette.building.output import Output, Warn
from gazette.building.ownership import Site
from gazette.building.printed_pictures import PrintedPictures
from gazette.building.reasons import Outcome, RebuildReasons
from gazette.building.scheduler import Scheduler
from gazette.building.settings import BuildReport, Settings
from gazette.building.shared_targets import SharedRendering, by_maker, shown_in, with_needs
from gazette.building.stamps import last_stamps, renew
from gazette.building.unit_job import BuildContext, UnitJob
from gazette.building.units import UnitRegistry
from gazette.messages.problems import ContentError
from gazette.messages.progress import Progress
from gazette.model.records.changes import Change
from gazette.planning.counting import Totals
from gazette.planning.evidence import file_paths
from gazette.planning.plan import Beside, plan_shared
from gazette.planning.publication_dates import Published
from gazette.reading.evidence_files import digests_of
from gazette.reading.loaded_content import LoadedContent
from gazette.reading.unit_digests import digest_of_notices
from gazette.reading.validation.site import check_public
from gazette.rendering.recipe import shared_digest
from gazette.site.kinds import with_carried
from gazette.site.target import Target


@dataclass
class Build:
    """One build of one output folder, from the opened content to the commit."""

    output: Output
    settings: Settings
    scheduler: Scheduler
    progress: Progress
    opened: LoadedContent
    context: BuildContext
    stamps: Mapping[str, str]
    """The stamps in the pages that the last build left: `{path of a loaded file: stamp}`."""
    reasons: RebuildReasons
    units: UnitRegistry
    report: BuildReport
    warn: Warn
    texts: Mapping[str, str] = field(default_factory=dict)
    """The own text of each shared page that was made, by path; `check_links` reads them."""

    @classmethod
    def load(cls, output: Output, settings: Settings, scheduler: Scheduler, warn: Warn, progress: Progress) -> Build:
        """Open content and templates, and claim the output folder for this site. `warn` receives warnings. Raises
        ContentError with every problem found so far."""
        cache = open_cache(settings)
        opened, stamps = open_content(settings, cache), last_stamps(output)
        context = open_context(opened, settings, output.keep_kinds(with_carried(settings.only)), cache, stamps)
        site = Site(tuple(context.content.site.title.values()), os.path.realpath(settings.content))
        output.claim(site, _paths(context), settings.adopt, warn)
        shared = _digest_for_units(opened, context, settings)
        reasons = RebuildReasons(_changed_inputs(output, opened, context, settings, shared), output.files)
        return cls(
            output=output,
            settings=settings,
            scheduler=scheduler,
            progress=progress,
            opened=opened,
            context=context,
            stamps=stamps,
            reasons=reasons,
            units=UnitRegistry(output, shared, context, reasons),
            report=BuildReport(),
            warn=warn,
        )

    def find_stale_units(self) -> list[UnitJob]:
        """Return a job for each unit that changed since the last build."""
        return self.units.stale_units(self.opened)

    def make_units(self, jobs: Sequence[UnitJob]) -> None:
        """Check, plan and render the units of `jobs`. Stage their pages and store their fragments of shared pages.
        Their problems are kept for `check_units`."""
        turns = [("units", job.id) for job in jobs]
        for made in self.progress.over(turns, self.scheduler.make_units(jobs, self.context)):
            self.report.why |= self.units.store_result(made)

    def check_units(self) -> Totals:
        """Check all units against each other, and return their totals. Raises ContentError with the problems of all
        units."""
        self.units.check(self.opened)
        for problem in unnamed_files(self.opened, self.units.files_named()):
            self.warn(problem)
        totals = Totals(self.output.database.counts.totals(), self.units.kinds())
        check_public(self.opened.diagnostics, totals["units"])
        return totals

    def plan_shared(self, totals: Totals) -> Sequence[Target]:
        """Return the targets that all units share, planned from the current `totals`."""
        context, settings = self.context, self.settings
        changes: tuple[Change, ...] = ()
        if "pdf" in settings.only:  # only documents show them
            changes = changes_since(context, settings.content, self.output, open_cache(settings))
        dates = Published(self.opened.published, context.moment, partial(shown_in, self.output))
        beside = Beside(self.units.headings(), changes, context.notices, context.known.files, dates)
        return plan_shared(context.content, totals, context.as_of, beside)

    def find_gone(self, targets: Iterable[Target]) -> list[str]:
        """Return the paths of the files that earlier builds made and nothing makes any more, among the kinds this build
        makes."""
        wanted, only = {target.path for target in targets}, self.settings.only
        return [*self.units.obsolete_files(only), *self.output.changes.obsolete(wanted, only)]

    def make_shared(self, targets: Sequence[Target], gone: list[str]) -> None:
        """Make the stale shared targets: first those made from content, then those made from other files of the site,
        without the files `gone`. Then renew the stamps in all pages."""
        chosen = by_maker(with_needs(filter(self.context.wants, targets), targets))
        template_set, report = self.context.template_set, self.report
        report.why |= stage_frozen(chosen.frozen, self.output, template_set, self.reasons, self.settings.content)
        evidence = EvidenceMaker(self.output, self.context, self.opened, self.reasons, self.progress)
        report.why |= evidence.stage(chosen.evidence, self.scheduler)
        rendering = SharedRendering(self.output, self.context, self.reasons, PrintedPictures(evidence, targets))
        report.why |= rendering.stage(chosen.rendered, self.scheduler, self.progress)
        self.texts = rendering.texts
        outcome = Outcome(report.why, {*gone})
        report.why |= make_derived(chosen.derived, self.output, template_set, outcome, self.reasons)
        report.made = [*report.why]
        report.why |= renew(self.output, self.stamps, outcome)

    def check_links(self) -> None:
        """Raise ContentError if a link in anything just made leads nowhere. Nothing has been written then."""
        base_url = self.context.content.site.base_url or ""
        base_path = "/" + base_url.split("://", 1)[-1].partition("/")[2] if base_url else ""
        ends = {**unresolved_links(self.texts.items(), base_path), **self.units.ends}
        files, changes, paths = self.output.files, self.output.changes, _paths(self.context)

        def exists(path: str) -> bool:
            return path in paths or changes.has(path)

        def read(path: str) -> str | None:
            return None if path not in changes.staged and files.tampering(path) else changes.read(path).decode()

        problems = list(broken_links(ends, exists, read))
        if problems:
            raise ContentError(problems)

    def commit(self, gone: list[str]) -> BuildReport:
        """Move the staged files into the output folder and remove the files `gone`: all of it, or nothing. Return the
        report."""
        why_gone = {path: self.reasons.of_gone(path) for path in gone}
        self.progress.tell("writing")
        self.report.written, self.report.removed = self.output.commit(gone, self.settings.only)
        self.report.why |= {path: why_gone[path] for path in self.report.removed}
        return self.report


def _paths(context: BuildContext) -> frozenset[str]:
    """Return the paths that the site may have whatever its units say, with those of evidence."""
    return context.template_set.paths | file_paths(context.known.files.values())


def _digest_for_units(opened: LoadedContent, context: BuildContext, settings: Settings) -> str:
    """Return the digest of everything that every unit is made from besides its own file."""
    content = context.content
    has = content.has_notices, bool(content.editions), content.search_shards
    asked = context.kinds, settings.drafts, settings.release, *has, sorted(opened.left.items())
    return shared_digest((opened.shared.digest, *asked), context.template_set)


def _changed_inputs(
    output: Output, opened: LoadedContent, context: BuildContext, settings: Settings, shared: str
) -> ChangedInputs:
    """Compare the inputs of the build with those of the last one. `shared` is the digest of `_digest_for_units`."""

    def show(name: str) -> str:
        return opened.diagnostics.display(settings.content / name)

    inputs = ChangedInputs(output.database, output.number, context.template_set, show)
    files, given = context.known.files, settings.given
    dates = of_publication(opened.published, context.moment)
    whole: list[object] = [
        shared,
        context.as_of,
        context.content.site.bulletin,
        sorted(given),
        digest_of_notices(context.notices),
    ]
    whole += [digests_of(files, files), *(edition.sums for edition in context.content.editions), sorted(dates.items())]
    text = " ".join(map(str, whole))
    inputs.look(text, lambda: sources(context.content, context.notices, files, context.template_set, given) | dates)
    return inputs
