"""What is told of evidence that was public: that it is gone, or is another file."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from program import SITE
from snapshots import DAY, LATER, WHY, pledge_of, snapshot, with_pledge
from whole import open_content

from gazette.cli.changes_told import lines as told
from gazette.model.published.comparing import compare
from gazette.model.published.snapshot_lines import DETAILS, lines_of
from gazette.model.published.snapshots import gathered
from gazette.model.records.content import UnitFile
from gazette.model.records.revisions import EvidenceBefore, PledgeBefore, PledgeRevision


@pytest.fixture(scope="module")
def units() -> tuple[UnitFile, ...]:
    return open_content(SITE).unit_files


def test_evidence_that_is_gone_or_is_another_file_is_told(units: tuple[UnitFile, ...]) -> None:
    file = next(file for file in units if file.id == "zhiyuan")
    minutes, room = sorted(file.files, key=lambda each: each.name)
    other = tuple(
        replace(each, files=(minutes, replace(room, digest="a" * 64))) if each is file else each for each in units
    )
    (change,) = compare(snapshot(units), snapshot(other))
    assert (change.kind, change.id, change.what) == ("reworded", "zhiyuan-5", "evidence")
    assert (change.before, change.after) == ({"": room.name}, {"": room.name})
    assert [line.rpartition(": ")[2] for line in told([change], "en")] == [
        "the file “zhiyuan/room.jpg”, which was public, has been replaced by another."
    ]
    was = PledgeBefore(evidence=EvidenceBefore(file=room.name, sha256=room.digest))
    why = PledgeRevision(date=LATER, kind="correction", was=was, reason=WHY)
    (change,) = compare(snapshot(units), snapshot(with_pledge(other, "zhiyuan-5", revisions=(why,))))
    assert (change.kind, change.what, change.day) == ("correction", "evidence", str(LATER))


def test_evidence_that_vanishes_is_told_beside_the_step_that_it_was_of(units: tuple[UnitFile, ...]) -> None:
    (first,) = pledge_of(units, "zhiyuan-5").updates
    bare = with_pledge(units, "zhiyuan-5", updates=(replace(first, evidence=first.evidence[:1]),))
    changes = compare(snapshot(units), snapshot(bare))
    assert {each.what for each in changes} == {"evidence", DETAILS}
    (gone,) = (each for each in changes if each.what == "evidence")
    assert (gone.before, gone.after) == ({"": "zhiyuan/minutes.pdf"}, {"": ""})
    assert next(told([gone], "zh")).endswith("已公布的文件“zhiyuan/minutes.pdf”撤下了。")
    assert not [each for each in compare(snapshot(bare), snapshot(units)) if each.what == "evidence"]  # it came


def test_snapshots_from_before_evidence_was_kept_lose_none(units: tuple[UnitFile, ...]) -> None:
    old = gathered(line for unit in units for line in lines_of(unit, DAY) if line.field != "file")
    assert compare(old, snapshot(units)) == () == compare(snapshot(units), snapshot(units))
