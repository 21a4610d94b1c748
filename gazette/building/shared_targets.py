"""Sorts the targets that units share by the way they are made, and renders those that are rendered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import NamedTuple

from gazette.building.attachments import Attachments
from gazette.building.causes import Reason, as_text
from gazette.building.derived import is_derived
from gazette.building.evidence import is_evidence
from gazette.building.frozen import is_frozen
from gazette.building.output import Output
from gazette.building.output_changes import Origin
from gazette.building.printed_pictures import PrintedPictures
from gazette.building.reasons import RebuildReasons
from gazette.building.scheduler import Scheduler, in_turn
from gazette.building.unit_job import BuildContext
from gazette.messages.progress import Progress
from gazette.rendering.recipe import recipe_key
from gazette.site.shown import stated
from gazette.site.target import Slot, Target


class ByMaker(NamedTuple):
    """Targets by the way they are made: copied from editions, made from evidence, made from other files of the site,
    rendered."""

    frozen: list[Target]
    evidence: list[Target]
    derived: list[Target]
    rendered: list[Target]


def by_maker(targets: Iterable[Target]) -> ByMaker:
    """Sort targets by the way they are made."""
    groups = ByMaker([], [], [], [])
    for target in targets:
        if is_frozen(target):
            groups.frozen.append(target)
        elif is_evidence(target):
            groups.evidence.append(target)
        elif is_derived(target):
            groups.derived.append(target)
        else:
            groups.rendered.append(target)
    return groups


def with_needs(chosen: Iterable[Target], targets: Iterable[Target]) -> list[Target]:
    """Return the `chosen` ones of `targets` and all that they are made from, in the order of `targets`."""
    by_path = {target.path: target for target in targets}
    paths, todo = set[str](), [target.path for target in chosen]
    while todo:
        path = todo.pop()
        if path not in paths:
            paths.add(path)
            todo += by_path[path].needs if path in by_path else ()
    return [target for target in targets if target.path in paths]


class SharedRendering:
    """Renders the stale shared targets of one build. Afterwards `texts` holds the own text of each by path, without the
    fragments of units."""

    def __init__(
        self, output: Output, context: BuildContext, reasons: RebuildReasons, pictures: PrintedPictures
    ) -> None:
        self.output, self.context, self.reasons, self.pictures = output, context, reasons, pictures
        self.attachments = Attachments(output, context.template_set, partial(_fragments, output))
        self.texts: dict[str, str] = {}

    def stage(
        self, targets: Sequence[Target], scheduler: Scheduler, progress: Progress
    ) -> dict[str, tuple[Reason, ...]]:
        """Render and stage the stale ones of `targets`. Return why each was made, by path. Raises ContentError with the
        problems of all of them."""
        output, template_set = self.output, self.context.template_set
        keys = {target.path: recipe_key(target, template_set, _fragment_digests(target, output)) for target in targets}
        stale = [target for target in targets if not output.files.is_current(target.path, keys[target.path])]
        for target in targets:
            output.changes.note(target.path, stated(target))
        why = {target.path: self.reasons.of_shared(target, keys[target.path]) for target in stale}
        for target, data, text in self._rendered(stale, keys, scheduler, progress):
            origin = Origin("", target.kind, keys[target.path], as_text(why[target.path]), stated(target))
            output.changes.stage(target.path, self.attachments.attach(target, data), origin)
            self.texts[target.path] = text
        return why

    def _rendered(
        self, stale: list[Target], keys: Mapping[str, str], scheduler: Scheduler, progress: Progress
    ) -> Iterator[tuple[Target, bytes, str]]:
        """Yield (target, bytes, own text). If only its attachments changed, a document is reused, not laid out again;
        its text is then ""."""
        attachments = self.attachments
        laid_out = {target.path: attachments.laid_out(target, keys[target.path]) for target in stale}
        new = [target for target in stale if laid_out[target.path] is None]
        self.pictures.make(new, attachments.fragments_of, scheduler)
        made = scheduler.make_targets(new, attachments.fragments_of, self.context, self.pictures.of)
        reused = ((target, data, "") for target in stale if (data := laid_out[target.path]) is not None)
        return chain(reused, progress.over(in_turn(new), made))


def shown_in(output: Output, slot: Slot) -> tuple[str, str]:
    """Return two digests of the fragments in a slot: of what they show, and of their HTML."""
    fragments = output.database.fragments
    return fragments.shown(slot.name, slot.limit), fragments.digest(slot.name)


def _fragment_digests(target: Target, output: Output) -> Mapping[str, str]:
    """Return the digest of each slot's fragments, by slot, including the slots of attachments."""
    return {slot.name: output.database.fragments.digest(slot.name) for slot in target.all_slots}


def _fragments(output: Output, target: Target) -> Mapping[str, str]:
    """Return the joined fragments of each slot that the target shows, by slot."""
    fragments = output.database.fragments
    return {slot.name: fragments.joined(slot, target.between(slot)) for slot in target.slots if not slot.elsewhere}
