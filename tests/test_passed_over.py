"""Rows of sums in a table that somebody sends back: they are passed over, and told."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from gazette.office.tables.passed_over import without_sums


def passed(id: str, *cells: object) -> bool:
    """Whether a row with these cells, which names a pledge or none, is passed over."""
    sheet = SimpleNamespace(rows=[cells])
    row: Any = SimpleNamespace(id=id, number=0, layout=SimpleNamespace(sheet=sheet))
    over: list[Any] = []
    kept = [*without_sums([row], over)]
    assert len(kept) + len(over) == 1
    return bool(over)


@pytest.mark.parametrize(
    "words",
    [
        "合计",
        "总 计",
        "小计：",
        "一、合计",
        "3. 小计",
        "总数",
        "Total",
        "Grand total",
        "subtotals",
        "SUM (all)",
        "累计值",
    ],
)
def test_a_row_that_says_that_it_is_a_sum_is_passed_over(words: str) -> None:
    assert passed("", words, 12)
    assert passed(words, words, 12), "the words may stand in the column of ids"


@pytest.mark.parametrize("words", ["合计建成12座", "total length", "统计", "summary", "计", ""])
def test_other_words_are_no_sum(words: str) -> None:
    assert not passed("", words, 12)


def test_a_row_of_a_pledge_is_kept_whatever_it_says() -> None:
    assert not passed("zhiyuan-1", "合计", 12)
