"""The manners of a Chinese line, rule by rule: W3C clreq and GB/T 15834-2011."""

from __future__ import annotations

import pytest

from gazette.pdf.composition.rules import closes, ends_of_line, hangs, is_lonely, may_end, meets, tears, widens


@pytest.mark.parametrize("mark", "，。、：；！？）》」』”’〉】〕·～%‰℃")
def test_never_first_in_a_line(mark: str) -> None:
    assert not any(may_end(before + mark, 1) for before in "汉9a）”。")


@pytest.mark.parametrize("mark", "（《「『“‘〈【〔")
def test_never_last_in_a_line(mark: str) -> None:
    assert not any(may_end(mark + after, 1) for after in "汉9a（“《")


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("汉|字", True),
        ("实|“河", True),
        ("制”|工", True),
        ("的|PDF", True),
        ("PDF|的", True),
        ("—|—", False),
        ("…|…", False),
        ("12|34", False),
        ("2.|5", False),
        ("PD|F", False),
        ("Jiang’|an", False),
        ("用 |PDF", True),
        ("用| PDF", False),
        ("用\u00a0|PDF", False),
        ("一河(|湖)", False),
    ],
)
def test_where_a_line_may_end(text: str, ends: bool) -> None:
    before, _, after = text.partition("|")
    assert may_end(before + after, len(before)) is ends


@pytest.mark.parametrize(
    ("text", "torn"),
    [("2017|年", True), ("年|12月", False), ("7年|12月", True), ("第|9项", True), ("16|个", True), ("年|底", False)],
)
def test_dates_and_numbers_with_units_hold_together(text: str, torn: bool) -> None:
    before, _, after = text.partition("|")
    assert tears(before + after, len(before)) is torn


@pytest.mark.parametrize(
    ("text", "wider"),
    [
        ("汉|字", True),
        ("，|但", True),
        ("good |works", True),
        ("good| works", False),
        ("go|od", False),
        ("1|2", False),
        ("12|项", False),
        ("25|℃", False),
        ("共|12", False),
        ("—|—", False),
        ("g’|a", False),
    ],
)
def test_where_space_is_spread(text: str, wider: bool) -> None:
    before, _, after = text.partition("|")
    assert widens(before + after, len(before)) is wider


@pytest.mark.parametrize(
    ("text", "closer"),
    [
        ("，|但", True),
        ("位|（", True),
        ("）|的", True),
        ("汉|字", False),
        ("）|。", False),
        ("：|“", False),
        ("2|项", False),
    ],
)
def test_which_marks_are_closed_up(text: str, closer: bool) -> None:
    before, _, after = text.partition("|")
    assert closes(before + after, len(before)) is closer


def test_a_mark_with_a_blank_half_hangs_over_the_end() -> None:
    assert hangs("好。") and hangs("（好）") and not hangs("好") and not hangs("好—") and not hangs("")


def test_han_meets_latin_without_a_mark_between() -> None:
    text = "共16个（PM10）达40%的"
    assert [i for i in range(1, len(text)) if meets(text, i)] == [1, 3, 11, 14]


@pytest.mark.parametrize(
    ("rest", "lonely"),
    [
        ("来。", True),
        ("来了。", False),
        ("来", True),
        ("PM10。", True),
        ("done.", True),
        ("was done.", False),
        ("", False),
    ],
)
def test_a_last_line_of_one_character_is_lonely(rest: str, lonely: bool) -> None:
    assert is_lonely(rest) is lonely


def test_a_line_gives_up_a_little_to_keep_a_date_whole() -> None:
    text = "督察组要求全部问题都要在2017年12月底之前整改完成并向社会公开"
    longer = "督察组要求该区把全部问题都按照方案的要求" + text
    ends = [float(i) for i in range(len(longer) + 1)]
    assert longer[: next(ends_of_line(longer, ends, 35.0, 1.0))].endswith("都要在"), "2017 does not stay alone"
    assert next(ends_of_line(longer, ends, 29.5, 1.0)) == 29
    assert not list(ends_of_line("——", [0, 1, 2], 1.0, 1.0))


def test_what_stands_before_in_the_line_gives_room_too() -> None:
    place, ends = "出处：第1段。", [0.0, 1.0, 2.0, 3.0, 4.0, 4.5, 5.5, 6.5]
    assert place[: next(ends_of_line(place, ends, 4.2, 1.0))] == "出处：第", "two gaps cannot take a character"
    assert place[: next(ends_of_line(place, ends, 4.2, 1.0, taken=24.0))] == "出处："
