"""Figures that were reported: none below zero, in all as many as were promised, none less without a reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lives import FIELDS, TEXT, content, step
from test_announced import told

from gazette.model.forms.measures import differing, measure

UNIT = FIELDS["reached"]["unit"]
TARGET = {"value": 15, "unit": UNIT, "what": UNIT}
FEWER = {"date": "2031-04-01", "to": 10, "by": TEXT, "reason": TEXT}
OTHER = {"zh": "公里", "en": "kilometres"}


def done(day: str, value: object, of: object = None, **more: Any) -> dict[str, object]:
    """A milestone of so much, of so much in all."""
    own = {"value": value, "unit": more.pop("unit", UNIT)} | ({} if of is None else {"of": of})
    return step("milestone", day, reached=own, **more)


CORRECTED = {"date": "2031-05-01", "kind": "correction", "reason": TEXT, "was": {"target": {**TARGET, "value": 40}}}


@pytest.mark.parametrize(
    ("updates", "more", "words"),
    [
        ([done("2031-03-01", -5)], {}, "“-5” is below zero"),
        ([done("2031-03-01", 0, -5)], {}, "“-5” is below zero"),
        ([done("2031-03-01", 14, 12)], {}, "leave out “of:”"),
        ([done("2031-03-01", 5, 40)], {}, "the total is 40, but on 2031-03-01 the figure of this pledge was 15"),
        ([done("2031-03-01", 5, 15)], {}, ""),
        ([done("2031-03-01", 17)], {}, ""),
        ([done("2031-03-01", 5, 40, unit=OTHER)], {}, ""),
        ([done("2031-03-01", 5, 10)], {"target_changed": [FEWER]}, "figure of this pledge was 15"),
        ([done("2031-04-01", 5, 10)], {"target_changed": [FEWER]}, ""),
        ([done("2031-04-01", 5, 15)], {"target_changed": [FEWER]}, ""),
        ([done("2031-04-02", 5, 15)], {"target_changed": [FEWER]}, "figure of this pledge was 10"),
        ([done("2031-03-01", 5, 40)], {"revisions": [CORRECTED]}, ""),
        ([done("2031-05-02", 5, 40)], {"revisions": [CORRECTED]}, "figure of this pledge was 15"),
        (
            [done("2031-03-01", 12), done("2031-04-01", 2)],
            {},
            "the figure is 2, less than the 12 reported on 20",
        ),
        ([done("2031-03-01", 12), done("2031-04-01", 2, reason=TEXT)], {}, ""),
        ([done("2031-03-01", 12), done("2031-04-01", 2, unit=OTHER)], {}, ""),
        ([done("2031-03-01", 12, draft=True), done("2031-04-01", 2)], {}, ""),
    ],
)
def test_what_does_not_fit_is_told_with_both_figures(
    updates: list[dict[str, object]],
    more: dict[str, Any],
    words: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = told(content(tmp_path / "c", updates, target=TARGET, **more), capsys)
    assert len(found) == bool(words) and (not words or words in found[0]), found


def test_each_period_and_each_turn_counts_from_the_beginning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    turns = [done("2031-02-01", 12), step("accepted", "2031-03-01"), step("reopened", "2031-04-01")]
    assert told(content(tmp_path / "c", [*turns, done("2031-05-01", 2)], deadline="unstated"), capsys) == []
    periods = [done("2031-05-01", 12, period="2031-Q1"), done("2031-08-01", 2, period="2031-Q2")]
    more = {"deadline": "quarterly", "first_period": "2031-Q1"}
    assert told(content(tmp_path / "d", periods, **more), capsys) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("平方米", "sq. m", True),
        ("㎡", "square metres", True),
        ("公里", "kilometers", True),
        ("万吨", "tonnes", False),
        ("outfall", "Outfalls", True),
        ("battery", "batteries", True),
        ("class", "classes", True),
        ("villages", "village", True),
        ("sites", "stations", False),
        ("座", "处", False),
    ],
)
def test_units_of_measurement_are_the_same_however_they_are_written(one: str, other: str, same: bool) -> None:
    assert (measure({"en": one}) == measure({"en": other})) == same


@pytest.mark.parametrize(
    ("zh", "en", "told"),
    [
        ("公里", "outfalls", "en"),
        ("万吨", "septic tanks", "en"),
        ("公顷", "patches", "en"),
        ("处", "kilometres", "zh"),
        ("个泊位", "km", "zh"),
        ("公里", "hectares", "en"),
        # the same, with more words or in other ones
        ("公里", "km of pipe", ""),
        ("公里", "kilometre-lengths", ""),
        ("公里管网", "kilometres", ""),
        ("延米", "m", ""),
        ("方", "m3", ""),
        ("分贝", "dB(A)", ""),
        ("平方米", "sq. metres", ""),
        ("立方米", "kilolitres", ""),
        ("元", "renminbi", ""),
        ("吨", "metric tons", ""),
        # what is counted has a name in both; what is counted loosely, too
        ("处", "outfalls", ""),
        ("期", "months", ""),
        ("个月", "rounds", ""),
        ("轮", "weeks", ""),
    ],
)
def test_a_word_for_what_is_counted_is_no_unit_of_measurement(zh: str, en: str, told: str) -> None:
    assert [language for language, _ in differing({"zh": zh, "en": en})] == ([told] if told else [])
    assert [language for language, _ in differing({"en": en, "zh": zh})] == (
        [] if not told else [told] if "hectares" not in en else ["zh"]
    )


@pytest.mark.parametrize(
    "words", ["公里 kilomètres", "公顷 Hektar", "吨 toneladas", "公里 chilometri", "公顷 ettari", "平方米 Quadratmeter"]
)
def test_the_same_unit_in_another_language_is_none_that_is_counted(words: str) -> None:
    one, other = words.split()
    assert [*differing({"zh": one, "x": other})] == []


def test_what_is_counted_is_told_in_any_language() -> None:
    assert [*differing({"zh": "吨", "de": "Fuhren"})] == [("de", "吨")]
    assert [*differing({"zh-Hant": "處", "en-GB": "tonnes"})] == [("zh-Hant", "tonnes")]


def test_a_unit_in_one_language_alone_is_told_where_it_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unit = {"zh": "公里", "en": "outfalls"}
    (found,) = told(content(tmp_path / "c", [done("2031-03-01", 5, unit=unit)]), capsys)
    assert "“outfalls” here, “公里” in another" in found
