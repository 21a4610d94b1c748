"""The lines of a snapshot are read as they were written, and nothing else is taken for one."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.messages.problems import FileProblems
from gazette.model.forms.texts import one_line
from gazette.model.published.snapshots import FIELDS, SnapshotLine, gathered
from gazette.reading.published.snapshot import format_snapshot, parse_snapshot

lines = st.builds(
    SnapshotLine,
    st.just("dengmi"),
    st.sampled_from(["dengmi", "dengmi-1", "dengmi-12"]),
    st.sampled_from(sorted(FIELDS)),
    st.sampled_from(["", "zh", "en"]),
    st.text(min_size=1, max_size=20).map(one_line).filter(bool),
)


@given(st.lists(lines, max_size=12), st.randoms())
def test_lines_are_read_as_they_were_written_in_any_order(some: list[SnapshotLine], chance: random.Random) -> None:
    text = format_snapshot(some)
    shuffled = text.splitlines(keepends=True)
    chance.shuffle(shuffled)
    assert gathered(parse_snapshot("x", "".join(shuffled))) == gathered(some)
    assert format_snapshot(parse_snapshot("x", text)) == text


@pytest.mark.parametrize("line", ["a", "a\ta\tname\tzh\t", "a\ta\tnone\t\tx", "A\ta\tname\t\tx", "a\ta\tname\tx"])
def test_a_line_that_nobody_wrote_is_told(line: str) -> None:
    with pytest.raises(FileProblems) as told:
        parse_snapshot("x.tsv", f"a\ta\tname\tzh\tx\n{line}\n")
    assert [(problem.line, problem.code) for problem in told.value.problems] == [(2, "snapshot_line")]
