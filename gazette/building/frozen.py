"""Copies the files of frozen editions into the site, and works out what changed since the last edition."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from gazette.building.causes import Reason, as_text
from gazette.building.output import Output
from gazette.building.output_changes import Origin
from gazette.building.reasons import RebuildReasons
from gazette.building.unit_job import BuildContext
from gazette.files.cache import Cache
from gazette.files.paths import display_path
from gazette.messages.problems import ContentError, FileProblems, Problem
from gazette.model.published.comparing import compare
from gazette.model.published.shared_lines import lines_of_shared
from gazette.model.published.snapshot_lines import lines_of_notices
from gazette.model.published.snapshots import Snapshot, gathered
from gazette.model.records.changes import Change
from gazette.model.records.editions import FILES, SNAPSHOT, Edition
from gazette.planning.frozen import MAKER
from gazette.planning.since import SNAPSHOT_SLOT, snapshot_lines
from gazette.reading.published.editions import edition_folder
from gazette.reading.published.snapshot import parse_snapshot
from gazette.reading.unit_digests import digest_of_notices
from gazette.rendering.recipe import recipe_key
from gazette.rendering.templates import TemplateSet
from gazette.site.routes import FROZEN
from gazette.site.target import Slot, Target
from gazette.site.views.editions import FrozenView


def is_frozen(target: Target) -> bool:
    """Return whether a target is a file of a frozen edition."""
    return target.maker == MAKER


def stage_frozen(
    targets: Iterable[Target], output: Output, template_set: TemplateSet, reasons: RebuildReasons, content: Path
) -> dict[str, tuple[Reason, ...]]:
    """Stage the files of editions that are not current, as they are in the folder `content`. Return the reasons, by
    path. Current files are not read. Raises ContentError if a file changed since its edition was frozen."""
    reasons_by_path = {}
    for target in targets:
        key = recipe_key(target, template_set, {})
        if output.files.is_current(target.path, key):
            continue
        reasons_by_path[target.path] = reasons.of_shared(target, key)
        origin = Origin("", target.kind, key, as_text(reasons_by_path[target.path]))
        output.changes.stage(target.path, _bytes(target, content), origin)
    return reasons_by_path


def _bytes(target: Target, content: Path) -> bytes:
    assert isinstance(target.view, FrozenView)
    number, _, path = target.path.removeprefix(FROZEN).partition("/")
    frozen_path = edition_folder(content, int(number)) / FILES / path
    try:
        data = frozen_path.read_bytes()
    except OSError:
        data = b""
    if hashlib.sha256(data).hexdigest() != target.view.digest:  # changed since the folder was listed
        folder = display_path(edition_folder(content, int(number)))
        raise ContentError(
            [Problem.at(display_path(frozen_path), 0, 0, "edition_changed", list=f"{folder}/sha256sums.txt")]
        )
    return data


def read_snapshot(content: Path, edition: Edition) -> Snapshot:
    """Return the snapshot of an edition. Raises ContentError if it cannot be read."""
    path = edition_folder(content, edition.number) / SNAPSHOT
    try:
        return gathered(parse_snapshot(display_path(path), path.read_text("utf-8")))
    except FileProblems as error:
        raise ContentError(error.problems) from None


def changes_since(context: BuildContext, folder: Path, output: Output, cache: Cache) -> tuple[Change, ...]:
    """Return what the units stored in `output`, the notices and the shared content say differently from the last
    edition; () if there is none. The result is cached until either side changes."""
    if not context.content.editions:
        return ()
    last, fragments = context.content.editions[-1], output.database.fragments
    shared_lines = [*lines_of_shared(context.content)]

    def work_out() -> tuple[Change, ...]:
        units = snapshot_lines(fragments.joined(Slot(SNAPSHOT_SLOT), ""))
        now = gathered((*units, *lines_of_notices(context.notices, context.as_of), *shared_lines))
        return compare(read_snapshot(folder, last), now)

    notices = f"{digest_of_notices(context.notices)} {context.as_of}"
    digest = hashlib.sha256(json.dumps(shared_lines).encode()).hexdigest()
    source = f"{last.snapshot} {fragments.digest(SNAPSHOT_SLOT)} {notices} {digest}"
    return cache.get_or_compute("since", source, work_out, tuple[Change, ...])
