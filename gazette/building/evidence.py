"""The files of evidence in a build: pictures made anew, everything else copied as it lies in the content."""

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
"""So many pixels take longer to make small than another process takes to start."""


def is_evidence(target: Target) -> bool:
    return target.maker in (PICTURE, COPY)


def unnamed_files(opened: LoadedContent, named: Collection[str]) -> Iterator[Problem]:
    """What is told of the files that nobody names: neither a unit (those are `named`) nor a notice."""
    of_notices = {name for file in opened.notices or () for name in files_of(file.notice)}
    for name in sorted(opened.known.files.keys() - {*named} - of_notices):
        yield Problem.at(_shown(opened, name), 0, 0, "evidence_unnamed", found=name)


class EvidenceMaker:
    """Makes the files of evidence of one build, and tells how far that is."""

    def __init__(
        self, output: Output, context: BuildContext, opened: LoadedContent, reasons: RebuildReasons, progress: Progress
    ) -> None:
        self.output, self.context, self.opened, self.reasons = output, context, opened, reasons
        self.progress = progress

    def stage(self, targets: Iterable[Target], scheduler: Scheduler) -> dict[str, tuple[Reason, ...]]:
        """The files that are not there already, made and staged. Returns the reasons, by path. Raises ContentError for
        a file that is not what it was when the folder was looked at, or cannot be read any more."""
        keys = {target: recipe_key(target, self.context.template_set, {}) for target in targets}
        stale = [target for target, key in keys.items() if not self.output.files.is_current(target.path, key)]
        why = {target.path: self.reasons.of_shared(target, keys[target]) for target in stale}
        for target, data in self.made(stale, scheduler):
            origin = Origin("", target.kind, keys[target], as_text(why[target.path]))
            self.output.changes.stage(target.path, data, origin)
        return why

    def made(self, stale: list[Target], scheduler: Scheduler) -> Iterator[tuple[Target, bytes]]:
        """Some files with their bytes. Raises ContentError as `stage`."""
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
        """Of each all pictures are made, even where one is needed: a small one that is made alone has other bytes."""
        for name, targets in by_name.items():
            data = self._bytes(_original(targets[0]))
            yield PictureJob(name, _shown(self.opened, name), data, widths(self.context.known.files[name]))

    def _bytes(self, view: OriginalView) -> bytes:
        shown = _shown(self.opened, view.name)
        try:
            data, _ = self.opened.listing.read(self.opened.listing.root / FOLDER / view.name, MOST_BYTES)
        except OSError as error:
            raise ContentError([told(shown, error)]) from None
        if hashlib.sha256(data).hexdigest() != view.digest:
            raise ContentError([Problem.at(shown, 0, 0, "evidence_changed")])
        return data


def _original(target: Target) -> OriginalView:
    assert isinstance(target.view, OriginalView)
    return target.view


def _shown(opened: LoadedContent, name: str) -> str:
    return opened.diagnostics.display(opened.diagnostics.root / FOLDER / name)
