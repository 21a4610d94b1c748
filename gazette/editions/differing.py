"""Compares two states of the content: editions, or content folders as they are now."""

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
    """One of two states that are compared: an edition, or a content `folder` as it is now. With neither it is empty."""

    snapshot: Snapshot
    edition: Edition | None = None
    folder: str = ""


class Difference(NamedTuple):
    """Two states of the content, and what changed from one to the other."""

    before: Side
    now: Side
    changes: tuple[Change, ...]


def differ(settings: Settings, asked: list[str]) -> Difference:
    """Return what changed from the first of `asked` to the second; each is the number of an edition or a content
    folder.

    Without a second it compares with the content as it is now; without a first, with the last edition, or with nothing
    if there is none. Raises ContentError.
    """
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
    by_number = {edition.number: edition for edition in editions}
    if int(asked) not in by_number:
        raise ContentError([unknown(settings.content, int(asked), by_number)])
    return _of_edition(settings, by_number[int(asked)])


def _of_edition(settings: Settings, edition: Edition) -> Side:
    return Side(read_snapshot(settings.content, edition), edition)


def _of_folder(settings: Settings, folder: Path) -> Side:
    of_folder = replace(settings, content=folder)
    opened = open_content(of_folder, open_cache(of_folder))
    if opened.content is None:
        check_all_units(opened)
        raise ContentError(opened.diagnostics.problems)
    lines = snapshot_lines(opened, opened.content.site.as_of)
    return Side(gathered(lines), None, display_path(folder))
