"""The last figure that was counted in a unit: since a reopening, and without those of single periods."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from lives import step

from gazette.model.records.units import Update
from gazette.reading.decode import decode
from gazette.reading.validation.figures import last_figure
from gazette.reading.yaml.parser import compose

STATIONS = {"zh": "座", "en": "stations"}


def reached(day: str, value: int, unit: dict[str, str] = STATIONS, **more: object) -> Update:
    return read(step("milestone", day, reached={"value": value, "unit": unit}, **more))


def read(own: dict[str, object]) -> Update:
    return decode("x", compose("x", json.dumps(own, default=str)), Update, ("zh", "en"))


@pytest.mark.parametrize(
    ("updates", "value"),
    [
        ([], None),
        ([reached("2031-02-01", 4)], 4),
        ([reached("2031-02-01", 4), reached("2031-03-01", 6)], 6),
        ([reached("2031-02-01", 4), reached("2031-03-01", 9, {"zh": "公里", "en": "km"})], 4),
        ([reached("2031-02-01", 4), reached("2031-03-01", 6, period="2031-02")], 4),
        ([reached("2031-02-01", 4), reached("2031-03-01", 6, draft=True)], 4),
        ([reached("2031-02-01", 4), read(step("reopened", "2031-03-01"))], None),
        ([reached("2031-02-01", 4), read(step("reopened", "2031-03-01")), reached("2031-04-01", 1)], 1),
    ],
)
def test_the_last_figure_in_a_unit(updates: list[Update], value: int | None) -> None:
    found = last_figure(updates, {"zh": "座", "en": "station"})
    assert (found.value if found else None) == (None if value is None else Decimal(value))
