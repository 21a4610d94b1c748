"""A pledge that was split is told as split, and counted as its parts: each thing once."""

from __future__ import annotations

from collections import Counter

import pytest
from whole import open_content

from gazette.model.life.history import unit_history
from gazette.model.records.content import UnitFile
from gazette.planning import counting
from gazette.planning.counting import LedgerEntry, Totals
from tools.play_example import EXAMPLE


@pytest.fixture(scope="module")
def own() -> tuple[LedgerEntry, ...]:
    """The pledges of a unit of the example, one of which goes on as two others."""
    opened = open_content(EXAMPLE)
    (unit_file,) = (each for each in opened.unit_files if each.id == "xinglan")
    return counting.entries(unit_file, opened.content.site.as_of)


def test_totals_count_the_parts_in_its_place(own: tuple[LedgerEntry, ...]) -> None:
    codes = Counter(entry.status.code for entry in own)
    assert codes["split"] == 1 and len(counting.counted(own)) == len(own) - 1
    parts = {id for entry in own if entry.pledge.split for id in entry.pledge.split.into}
    assert parts <= {entry.pledge.id for entry in counting.counted(own)}
    found = counting.count(own, ("zh", "en"))
    totals = Totals(found, ("zone",))
    n = len(own) - 1
    assert totals["counted"] == len(totals.states()) == len(counting.states(own)) == n
    assert "split" not in totals.states() and dict(totals.state_counts())["split"] == 1
    assert sum(totals[f"checkable.{level}"] for level in counting.CHECKABLE) == n
    assert sum(n for _, n in totals.deadline_counts()) == n
    assert totals["reported"] == counting.reported(own) <= n


def test_what_happened_to_it_is_counted_all_the_same(own: tuple[LedgerEntry, ...]) -> None:
    assert isinstance(own[0].unit_file, UnitFile)
    found = counting.count(own, ("zh", "en"))
    steps = [event for entry in own for event in entry.history if event.changes_something]
    assert found["log"] == len(steps) + len(unit_history(own[0].unit_file.unit)) > len(own)
