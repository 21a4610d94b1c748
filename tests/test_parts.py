"""The parts that pages of a large city are in: which unit is in which, and what leads where."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from gazette.planning.pages.parts import UNITS_ON_A_PAGE, its_parts, kinds_shown, page_itself, part_of, places
from gazette.site.views.elements import Count
from gazette.site.views.parts import CityPart, Parted

PARTS = tuple(CityPart(number, 90, 0) for number in (1, 2, 4))


class Totals(dict[str, int]):
    kinds = ("zone", "district")

    def __missing__(self, _: str) -> int:
        return 0


def site(units: int, *, is_large: bool = True) -> Any:
    totals = Totals({"part.2.district": 12, "part.2.zone": 4, "part.4.district": 3})
    kinds = (Count("zone", 8), Count("district", 40))
    return SimpleNamespace(parts=PARTS, units=units, is_large=is_large, totals=totals, unit_kinds=kinds)


@pytest.mark.parametrize(("order", "part"), [(1, 1), (16, 1), (17, 2), (32, 2), (33, 3), (99_999, 6250)])
def test_a_unit_is_in_the_part_of_its_place(order: int, part: int) -> None:
    unit: Any = SimpleNamespace(unit_file=SimpleNamespace(unit=SimpleNamespace(order=order)))
    assert part_of(unit) == part


def test_each_part_knows_its_neighbours_and_how_many_there_are() -> None:
    one, two, four = PARTS
    found = [(each.part, each.of, each.previous, each.following) for each in places(site(48))]
    assert found == [(one, 3, None, two), (two, 3, one, four), (four, 3, two, None)]


def test_a_page_leads_to_its_parts_only_where_it_would_be_too_long() -> None:
    assert page_itself(site(UNITS_ON_A_PAGE + 1)) == Parted(PARTS)
    assert len([*its_parts(site(UNITS_ON_A_PAGE + 1))]) == 3
    for other in (site(UNITS_ON_A_PAGE), site(UNITS_ON_A_PAGE + 1, is_large=False)):
        assert page_itself(other) == Parted() and [*its_parts(other)] == []


def test_a_part_shows_the_kinds_that_it_has() -> None:
    _, two, four = places(site(48))
    assert kinds_shown(site(48), Parted(place=two)) == (Count("zone", 4), Count("district", 12))
    assert kinds_shown(site(48), Parted(place=four)) == (Count("district", 3),)
    assert kinds_shown(site(48), Parted()) == (Count("zone", 8), Count("district", 40))
