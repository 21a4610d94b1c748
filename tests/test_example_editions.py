"""The editions of the example city hold the content as it was, and tell every kind of change."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from program import ROOT

from gazette.building.settings import Settings
from gazette.editions.differing import differ
from gazette.editions.restoring import editions_of
from gazette.files.cache import NO_CACHE
from gazette.model.life.status import LATE
from gazette.model.records.changes import GROUPS, KINDS
from gazette.reading.published.standings import with_standings
from gazette.reading.yaml.parser import compose
from tools.play_example import EDITIONS, EXAMPLE, content_of

NEVER = {
    *("gone", "gone_unit", "notice_gone", "reworded", "reworded_unit", "reworded_notice"),  # a register refuses them
    *("altered", "altered_notice", "change_notice", "named", "dropped", "renamed_notice"),  # the content keeps no day
    *(
        "divided",
        "notice_open",
        "notice_withdrawn",
        "notice_upheld_of",
    ),  # of these nothing happened here between two editions
    "notice_upheld",  # its pledge says so itself
    *("missed", "caught_up"),  # the snapshots were made before editions knew of periods, and of what all pages share
    *(*GROUPS["shared"], *GROUPS["settings"], "renamed_shared"),
}
"""The kinds of change that no two editions of the example tell; `test_told` has them all."""


def test_the_editions_tell_every_kind_of_change(tmp_path: Path) -> None:
    settings = Settings(EXAMPLE, ROOT / "templates", tmp_path / "cache")
    found = [differ(settings, sides).changes for sides in (["1", "2"], ["2", "3"], ["3"])]
    kinds = [[change.kind for change in changes] for changes in found]
    assert {kind for each in kinds for kind in each} >= {*KINDS} - NEVER
    groups = [*GROUPS]
    for changes in found:
        assert [change.group for change in changes] == sorted((each.group for each in changes), key=groups.index)
    assert {"overdue", "past", "accepted", "reopened", "not_held", "added_unit"} <= {*kinds[1]}
    kept = [edition.changes for edition in editions_of(EXAMPLE, None)]
    assert kept == [(), *found[:2]]
    assert found[2][0].kind in GROUPS["back"]


@pytest.mark.parametrize(("number", "day"), [*enumerate(EDITIONS, 1)])
def test_an_edition_holds_the_content_as_it_was(number: int, day: str, tmp_path: Path) -> None:
    content_of(day, EXAMPLE, tmp_path / "content")
    with zipfile.ZipFile(io.BytesIO((EXAMPLE / "editions" / str(number) / "content.zip").read_bytes())) as archive:
        for folder in ("districts", "notices"):
            then = {
                path.name: _data(path.read_text("utf-8")) for path in (tmp_path / "content" / folder).glob("*.yaml")
            }
            names = [name for name in archive.namelist() if name.startswith(f"{folder}/")]
            assert {Path(name).name: _data(archive.read(name).decode()) for name in names} == then


def test_how_far_the_pledges_were_is_as_the_table_of_the_day_has_it() -> None:
    """The states that are counted for the page of progress, against the open data that each edition froze."""
    editions = with_standings(EXAMPLE, editions_of(EXAMPLE, None), NO_CACHE)
    assert len(editions) == 3
    for edition in editions:
        table = EXAMPLE / "editions" / str(edition.number) / "files" / "data" / "pledges.csv"
        rows = [*csv.DictReader(table.read_text("utf-8-sig").splitlines())]
        states = Counter(row["status"] for row in rows)
        late = sum(row["alert"] in LATE for row in rows)
        assert edition.standing is not None and edition.standing.late == late
        assert dict(edition.standing.states) == states
        assert sum(states.values()) - states["split"] == edition.pledges


def _data(text: str) -> str:
    return json.dumps(compose("x", text).data(), ensure_ascii=False)
