"""What units say of each other: both must say the same, each is told once, at its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from program import SITE
from whole import open_content

from gazette.reading.diagnostics import Diagnostics
from gazette.reading.validation.agreements import check_agreements, sayings

Said = dict[str, tuple[str, tuple[str, ...]]]
"""What units say of each other, by their ids, each with its file."""


@pytest.fixture(scope="module")
def said() -> Said:
    """What the units of the invented city say of each other, by their ids."""
    files = open_content(SITE).unit_files
    return {file.id: (f"content/districts/{file.id}.yaml", tuple(sayings(file))) for file in files}


def told(said: Said) -> set[tuple[str, str]]:
    """The files that are told of, each with the code."""
    diagnostics = Diagnostics(Path("content"))
    check_agreements(diagnostics, said)
    return {(Path(problem.path).stem, problem.code) for problem in diagnostics.problems}


def without(said: Said, id: str, begin: str) -> Said:
    path, words = said[id]
    fewer = tuple(word for word in words if not word.startswith(begin))
    assert fewer != words
    return {**said, id: (path, fewer)}


def test_the_units_of_a_right_city_agree(said: Said) -> None:
    kinds = {word.partition(":")[0] for _, words in said.values() for word in words}
    assert kinds == {"public", "called", "joint", "title", "shown", "ended", "took-over"}
    assert told(said) == set()


def test_a_successor_that_says_nothing_is_told_at_who_ended(said: Said) -> None:
    (ended,) = (id for id, (_, words) in said.items() if any(word.startswith("ended:") for word in words))
    (taker,) = (id for id, (_, words) in said.items() if any(word.startswith("took-over:") for word in words))
    assert {id for id, _ in told(without(said, taker, "took-over:"))} == {ended}
    assert {id for id, _ in told(without(said, ended, "ended:"))} == {taker}


def test_a_joint_pledge_that_the_other_does_not_show_is_told(said: Said) -> None:
    (other,) = (id for id, (_, words) in said.items() if any(word.startswith("shown:") for word in words))
    found = told(without(said, other, "shown:"))
    assert found and other not in {id for id, _ in found}


def test_of_a_unit_that_is_not_there_nothing_is_told_here(said: Said) -> None:
    """That it is missing is told where it is named."""
    assert said["dengmi"][1] and told({id: own for id, own in said.items() if id != "dengmi"}) == set()


def test_a_draft_says_nothing() -> None:
    (file,) = (file for file in open_content(SITE).unit_files if file.id == "zhiyuan")
    assert [*sayings(replace(file, unit=replace(file.unit, draft=True)))] == []
