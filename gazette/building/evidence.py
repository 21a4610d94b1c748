"""Makes the files of evidence: pictures are encoded anew, everything else is copied unchanged."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping

from gazette.building.causes import Reason, as_text
from gazette.building.output import Output
from gazette.building.output_changes import Origin
from gazette.building.reasons import RebuildReasons
from gazette.building.scheduler import PictureJob, Scheduler
from gazette.building.unit_job import BuildContext
from gazette.messages.problems import ContentError, Problem
from gazette.messages.progress import Progress
from gazette.model.records.evidence import files_of
from gazette.model.records.evidence_files import FOLDER, MOST_BYTES
from gazette.planning.evidence import COPY, PICTURE, widths
from gazette.reading.files.listing import told
from gazette.reading.loaded_content import LoadedContent
from gazette.rendering.recipe import recipe_key
from gazette.site.target import Target
from gazette.site.views.files import OriginalView

_WORTH_A_WORKER = 8_000_000
"""Pixels. Shrinking this many takes longer than starting another process."""


def is_evidence(target: Target) -> bool:
    """Return whether a target is made from a file of evidence."""
    return target.maker in (PICTURE, COPY)


def unnamed_files(opened: LoadedContent, named: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each file that neither a unit (`named`) nor a notice names."""
    of_notices = {name for file in opened.notices or () for name in files_of(file.notice)}
    for name in sorted(opened.known.files.keys() - {*named} - of_notices):
        yield Problem.at(_shown(opened, name), 0, 0, "evidence_unnamed", found=name)


class EvidenceMaker:
    """Makes the files of evidence of one build, and reports its progress."""

    def __init__(
        self, output: Output, context: BuildContext, opened: LoadedContent, reasons: RebuildReasons, progress: Progress
    ) -> None:
        self.output, self.context, self.opened, self.reasons = output, context, opened, reasons
        self.progress = progress

    def stage(self, targets: Iterable[Target], scheduler: Scheduler) -> dict[str, tuple[Reason, ...]]:
        """Make and stage the files that are not current. Return the reasons, by path. Raises ContentError if a source
        file changed since the folder was listed, or cannot be read."""
        keys = {target: recipe_key(target, self.context.template_set, {}) for target in targets}
        stale = [target for target, key in keys.items() if not self.output.files.is_current(target.path, key)]
        why = {target.path: self.reasons.of_shared(target, keys[target]) for target in stale}
        for target, data in self.made(stale, scheduler):
            origin = Origin("", target.kind, keys[target], as_text(why[target.path]))
            self.output.changes.stage(target.path, data, origin)
        return why

    def made(self, stale: list[Target], scheduler: Scheduler) -> Iterator[tuple[Target, bytes]]:
        """Yield (target, bytes) for each target of `stale`. Raises ContentError as `stage` does."""
        for target in stale:
            if target.maker == COPY:
                yield target, self._bytes(_original(target))
        by_name: dict[str, list[Target]] = {}
        for target in stale:
            if target.maker == PICTURE:
                by_name.setdefault(_original(target).name, []).append(target)
        files = self.context.known.files
        weight = sum(files[name].width * files[name].height for name in by_name) // _WORTH_A_WORKER
        made = scheduler.make_pictures(self._jobs(by_name), self.context, weight)
        for job, pictures in self.progress.over([("pictures", name) for name in by_name], made):
            by_width = dict(zip(job.widths, pictures, strict=True))
            yield from ((target, by_width[_original(target).width]) for target in by_name[job.name])

    def _jobs(self, by_name: Mapping[str, list[Target]]) -> Iterator[PictureJob]:
        """Yield one job for each picture. It makes all sizes even if only one is needed: a small size made alone has
        other bytes."""
        for name, targets in by_name.items():
            data = self._bytes(_original(targets[0]))
            yield PictureJob(name, _shown(self.opened, name), data, widths(self.context.known.files[name]))

    def _bytes(self, view: OriginalView) -> bytes:
        path = _shown(self.opened, view.name)
        try:
            data, _ = self.opened.listing.read(self.opened.listing.root / FOLDER / view.name, MOST_BYTES)
        except OSError as error:
            raise ContentError([told(path, error)]) from None
        if hashlib.sha256(data).hexdigest() != view.digest:
            raise ContentError([Problem.at(path, 0, 0, "evidence_changed")])
        return data


def _original(target: Target) -> OriginalView:
    assert isinstance(target.view, OriginalView)
    return target.view


def _shown(opened: LoadedContent, name: str) -> str:
    return opened.diagnostics.display(opened.diagnostics.root / FOLDER / name)
