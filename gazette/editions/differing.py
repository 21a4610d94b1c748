"""What would be told as changed: an edition or a content folder beside another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from gazette.building.frozen import read_snapshot
from gazette.building.opening import open_cache, open_content
from gazette.building.settings import Settings
from gazette.editions.restoring import editions_of, unknown
from gazette.editions.snapshotting import snapshot_lines
from gazette.files.paths import display_path
from gazette.messages.problems import ContentError
from gazette.model.published.comparing import compare
from gazette.model.published.snapshots import Snapshot, gathered
from gazette.model.records.changes import Change
from gazette.model.records.editions import Edition
from gazette.reading.loader import check_all_units


class Side(NamedTuple):
    """One of the two that are compared: an edition, or the folder of a content as it is now; neither is nothing at
    all."""

    snapshot: Snapshot
    edition: Edition | None = None
    folder: str = ""


class Difference(NamedTuple):
    before: Side
    now: Side
    changes: tuple[Change, ...]


def differ(settings: Settings, asked: list[str]) -> Difference:
    """What changed from the first that is `asked` for to the second: the number of an edition, or a content folder.
    Without a second it is the content as it is now, without a first the last edition; where there is none, all is new.
    Raises ContentError."""
    editions = editions_of(settings.content, settings.cache)
    now = _side(settings, asked[1], editions) if len(asked) > 1 else _of_folder(settings, settings.content)
    if asked:
        before = _side(settings, asked[0], editions)
    else:
        before = _of_edition(settings, editions[-1]) if editions else Side({})
    return Difference(before, now, compare(before.snapshot, now.snapshot))


def _side(settings: Settings, asked: str, editions: tuple[Edition, ...]) -> Side:
    if not asked.isdecimal():
        return _of_folder(settings, Path(asked))
    found = {edition.number: edition for edition in editions}
    if int(asked) not in found:
        raise ContentError([unknown(settings.content, int(asked), found)])
    return _of_edition(settings, found[int(asked)])


def _of_edition(settings: Settings, edition: Edition) -> Side:
    return Side(read_snapshot(settings.content, edition), edition)


def _of_folder(settings: Settings, folder: Path) -> Side:
    own = replace(settings, content=folder)
    opened = open_content(own, open_cache(own))
    if opened.content is None:
        check_all_units(opened)
        raise ContentError(opened.diagnostics.problems)
    lines = snapshot_lines(opened, opened.content.site.as_of)
    return Side(gathered(lines), None, display_path(folder))
