"""Numbers as documents write them in Chinese, and names that no file may have."""

from __future__ import annotations

import re

import pytest

from gazette.model.forms.values import RESERVED
from gazette.rendering.typography import han_number


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "一"), (10, "十"), (16, "十六"), (20, "二十"), (101, "一百零一"), (110, "一百一十"), (121, "一百二十一"),
        (1005, "一千零五"), (2000, "二千"), (9999, "九千九百九十九"),
        (10_000, "一万"), (10_001, "一万零一"), (10_010, "一万零一十"), (10_100, "一万零一百"),
        (20_305, "二万零三百零五"), (99_999, "九万九千九百九十九"),
    ],
)  # fmt: skip
def test_numbers_in_chinese(number: int, said: str) -> None:
    assert han_number(number) == said


def test_every_number_of_the_model_is_another_in_chinese() -> None:
    assert len({han_number(number) for number in range(1, 100_000)}) == 99_999


def test_names_of_devices() -> None:
    assert {"con", "nul", "com1", "lpt9"} < RESERVED and all(re.fullmatch("[a-z]{3}[0-9]?", name) for name in RESERVED)
