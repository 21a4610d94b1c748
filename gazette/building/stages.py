"""The stages of a build, each a method of `Build`, in the order in which they come."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from gazette.building.attachments import Attachments
from gazette.building.causes import as_text
from gazette.building.changed_inputs import ChangedInputs
from gazette.building.derived import is_derived, make_derived
from gazette.building.evidence import EvidenceMaker, is_evidence, unnamed_files
from gazette.building.frozen import changes_since, is_frozen, stage_frozen
from gazette.building.inputs import of_publication, sources
from gazette.building.links import broken_links, unresolved_links
from gazette.building.opening import open_cache, open_content, open_context
from gazette.building.output import Aside, Output
from gazette.building.output_changes import Origin
from gazette.building.ownership import Site
from gazette.building.printed_pictures import PrintedPictures
from gazette.building.reasons import Outcome, RebuildReasons
from gazette.building.scheduler import Scheduler
from gazette.building.settings import BuildReport, Settings
from gazette.building.stamps import last_stamps, renew
from gazette.building.unit_job import BuildContext
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
from gazette.rendering.recipe import recipe_key, shared_digest
from gazette.site.kinds import with_carried
from gazette.site.shown import stated
from gazette.site.target import Slot, Target


@dataclass
class Build:
    """One build of one output folder, on its way through the stages."""

    output: Output
    settings: Settings
    scheduler: Scheduler
    progress: Progress
    opened: LoadedContent
    context: BuildContext
    stamps: Mapping[str, str]
    """Those that pages carried after the last build."""
    reasons: RebuildReasons
    units: UnitRegistry
    report: BuildReport
    aside: Aside

    @classmethod
    def load(cls, output: Output, settings: Settings, scheduler: Scheduler, aside: Aside, progress: Progress) -> Build:
        """Content and templates opened, and the output folder claimed for this site. `aside` is told what a user should
        know meanwhile. Raises ContentError with everything that is wrong so far."""
        cache = open_cache(settings)
        opened, stamps = open_content(settings, cache), last_stamps(output)
        context = open_context(opened, settings, output.keep_kinds(with_carried(settings.only)), cache, stamps)
        site = Site(tuple(context.content.site.title.values()), os.path.realpath(settings.content))
        output.claim(site, _paths(context), settings.adopt, aside)
        content = context.content
        has = content.has_notices, bool(content.editions), content.search_shards
        asked = context.kinds, settings.drafts, settings.release, *has, sorted(opened.left.items())
        shared = shared_digest((opened.shared.digest, *asked), context.template_set)
        reasons = _reasons(output, opened, context, settings, shared)
        units = UnitRegistry(output, shared, context, reasons)
        return cls(output, settings, scheduler, progress, opened, context, stamps, reasons, units, BuildReport(), aside)

    def make_stale_units(self) -> Totals:
        """The units that changed, each with its pages and its fragments of the shared pages. Returns the totals of all
        units; raises ContentError with every problem of any of them."""
        jobs = self.units.stale_units(self.opened)
        turns = [("units", job.id) for job in jobs]
        for made in self.progress.over(turns, self.scheduler.make_units(jobs, self.context)):
            self.report.why |= self.units.store_result(made)
        self.units.check(self.opened)
        for problem in unnamed_files(self.opened, self.units.files_named()):
            self.aside(problem)
        totals = Totals(self.output.database.counts.totals(), self.units.kinds())
        check_public(self.opened.diagnostics, totals["units"])
        return totals

    def plan_shared(self, totals: Totals) -> Sequence[Target]:
        """The targets that units share, as the totals are now."""
        context, settings = self.context, self.settings
        changes: tuple[Change, ...] = ()
        if "pdf" in settings.only:  # only documents show them
            changes = changes_since(context, settings.content, self.output, open_cache(settings))
        dates = Published(self.opened.published, context.moment, partial(_shown, self.output))
        beside = Beside(self.units.headings(), changes, context.notices, context.known.files, dates)
        return plan_shared(context.content, totals, context.as_of, beside)

    def no_longer_made(self, targets: Iterable[Target]) -> list[str]:
        """The files of builds before that nothing makes any more."""
        wanted, only = {target.path for target in targets}, self.settings.only
        return [*self.units.obsolete_files(only), *self.output.changes.obsolete(wanted, only)]

    def make_stale_shared(self, targets: Sequence[Target], gone: list[str]) -> None:
        """Of the shared targets those that are wanted now and not there already: first what is made from content, then
        what is made from other files, but for those that are `gone`. The links of all that was made are checked."""
        chosen = with_needs(filter(self.context.wants, targets), targets)
        frozen = filter(is_frozen, chosen)
        copied = stage_frozen(frozen, self.output, self.context.template_set, self.reasons, self.settings.content)
        self.report.why |= copied
        evidence = EvidenceMaker(self.output, self.context, self.opened, self.reasons, self.progress)
        self.report.why |= evidence.stage(filter(is_evidence, chosen), self.scheduler)
        special = (is_derived, is_frozen, is_evidence)
        pictures = PrintedPictures(evidence, targets)
        texts = self._make([target for target in chosen if not any(is_one(target) for is_one in special)], pictures)
        derived = [target for target in chosen if is_derived(target)]
        outcome = Outcome(self.report.why, {*gone})
        self.report.why |= make_derived(derived, self.output, self.context.template_set, outcome, self.reasons)
        self.report.made = [*self.report.why]
        self.report.why |= renew(self.output, self.stamps, outcome)
        self.check_links(texts)

    def check_links(self, texts: Mapping[str, str]) -> None:
        """The gate: nothing is written while a link of what was made leads nowhere. `texts` are the shared ones."""
        base_url = self.context.content.site.base_url or ""
        base_path = "/" + base_url.split("://", 1)[-1].partition("/")[2] if base_url else ""
        ends = {**unresolved_links(texts.items(), base_path), **self.units.ends}
        files, changes, paths = self.output.files, self.output.changes, _paths(self.context)

        def exists(path: str) -> bool:
            return path in paths or changes.has(path)

        def read(path: str) -> str | None:
            return None if path not in changes.staged and files.tampering(path) else changes.read(path).decode()

        problems = list(broken_links(ends, exists, read))
        if problems:
            raise ContentError(problems)

    def commit(self, gone: list[str]) -> BuildReport:
        """Everything staged is written, and what nothing makes any more goes: all of it, or nothing."""
        why_gone = {path: self.reasons.of_gone(path) for path in gone}
        self.progress.tell("writing")
        self.report.written, self.report.removed = self.output.commit(gone, self.settings.only)
        self.report.why |= {path: why_gone[path] for path in self.report.removed}
        return self.report

    def _make(self, targets: list[Target], pictures: PrintedPictures) -> dict[str, str]:
        """The stale ones of some shared targets, made and staged. Returns the own text of each, by path."""
        template_set, output = self.context.template_set, self.output
        keys = {target.path: recipe_key(target, template_set, _fragment_digests(target, output)) for target in targets}
        stale = [target for target in targets if not output.files.is_current(target.path, keys[target.path])]
        for target in targets:
            output.changes.note(target.path, stated(target))
        why = {target.path: self.reasons.of_shared(target, keys[target.path]) for target in stale}
        fragments_of = partial(_fragments, output)
        attachments = Attachments(output, template_set, fragments_of)
        texts = {}
        for target, data, text in self._rendered(stale, keys, attachments, pictures):
            whole = attachments.attach(target, data)
            origin = Origin("", target.kind, keys[target.path], as_text(why[target.path]), stated(target))
            output.changes.stage(target.path, whole, origin)
            texts[target.path] = text
        self.report.why |= why
        return texts

    def _rendered(
        self, stale: list[Target], keys: Mapping[str, str], attachments: Attachments, pictures: PrintedPictures
    ) -> Iterator[tuple[Target, bytes, str]]:
        """Targets with their bytes and their own text. A document of which only the files that it carries are others is
        not laid out again."""
        there = {target.path: attachments.laid_out(target, keys[target.path]) for target in stale}
        new = [target for target in stale if there[target.path] is None]
        pictures.make(new, attachments.fragments_of, self.scheduler)
        made = self.scheduler.make_targets(new, attachments.fragments_of, self.context, pictures.of)
        laid_out = ((target, data, "") for target in stale if (data := there[target.path]) is not None)
        return chain(laid_out, self.progress.over(in_turn(new), made))


def _paths(context: BuildContext) -> frozenset[str]:
    """The paths that a site with this content may have whatever its units are, and those of evidence."""
    return context.template_set.paths | file_paths(context.known.files.values())


def _reasons(
    output: Output, opened: LoadedContent, context: BuildContext, settings: Settings, shared: str
) -> RebuildReasons:
    """What was changed since the last build of this folder. `shared` is the digest of what all units are made from."""

    def show(name: str) -> str:
        return opened.diagnostics.display(settings.content / name)

    inputs = ChangedInputs(output.database, output.number, context.template_set, show)
    files = context.known.files
    given = settings.given
    asked = f"{context.as_of} {context.content.site.bulletin} {sorted(given)}"
    whole = f"{shared} {asked} {digest_of_notices(context.notices)} {digests_of(files, files)}"
    whole += "".join(f" {edition.sums}" for edition in context.content.editions)
    dates = of_publication(opened.published, context.moment)
    whole += f" {sorted(dates.items())}"
    inputs.look(whole, lambda: sources(context.content, context.notices, files, context.template_set, given) | dates)
    return RebuildReasons(inputs, output.files)


def with_needs(chosen: Iterable[Target], targets: Iterable[Target]) -> list[Target]:
    """Some of the targets, and those that they are made from, which may be made from others."""
    known = {target.path: target for target in targets}
    paths, todo = set[str](), [target.path for target in chosen]
    while todo:
        path = todo.pop()
        if path not in paths:
            paths.add(path)
            todo += known[path].needs if path in known else ()
    return [target for target in targets if target.path in paths]


def in_turn(targets: list[Target]) -> list[tuple[str, str]]:
    """The turns of shared targets, as a scheduler takes them: what is light, then the documents, the longest first."""
    turns = sorted(targets, key=lambda target: -target.cost if target.cost > 1 else -sys.maxsize)
    return [("documents" if target.cost > 1 else "shared", target.path) for target in turns]


def _fragment_digests(target: Target, output: Output) -> Mapping[str, str]:
    """The digests of what a target is made from beside its own recipe, by slot."""
    return {slot.name: output.database.fragments.digest(slot.name) for slot in target.all_slots}


def _shown(output: Output, slot: Slot) -> tuple[str, str]:
    """The digests of the fragments in a slot, of what they show and of their HTML."""
    fragments = output.database.fragments
    return fragments.shown(slot.name, slot.limit), fragments.digest(slot.name)


def _fragments(output: Output, target: Target) -> Mapping[str, str]:
    """The fragments of a target's slots, joined."""
    fragments = output.database.fragments
    return {slot.name: fragments.joined(slot, target.between(slot)) for slot in target.slots if not slot.elsewhere}
