"""What is guessed of a line that YAML takes for something else: the message, its place, and what to write."""

from __future__ import annotations

import pytest

from gazette.reading.yaml.hints import likely_typos, missing_colon, quoted, unquoted_comma


@pytest.mark.parametrize(
    ("text", "code", "offset", "value"),
    [
        ("deadline：2031", "colon_wide", 8, "2031"),
        ("deadline:2031", "colon_space", 8, "2031"),
        ("deadline :2031", "colon_space", 9, "2031"),
        ("deadline:\u30002031", "colon_odd_space", 8, "2031"),
    ],
)
def test_a_colon_that_yaml_does_not_see_is_found(text: str, code: str, offset: int, value: str) -> None:
    found = missing_colon(text)
    assert found is not None
    at, (told, values), key, rest = found
    assert (told, at, key, rest) == (code, offset, "deadline", value)
    assert values["cure"] == "deadline: 2031"


@pytest.mark.parametrize("text", ["deadline: 2031", "https://example.org", "期限：2031", "Deadline：2031", "", "a b"])
def test_what_is_no_slip_is_let_be(text: str) -> None:
    assert missing_colon(text) is None


def test_a_cure_is_short_and_ends_before_the_next_field() -> None:
    cures = [found[1][1]["cure"] for text in (f"text：{'字' * 30}", "zh：甲 en：b") if (found := missing_colon(text))]
    assert cures == [f"text: {'字' * 24}…", "zh: 甲"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a", '"a"'), ("a  b\nc", '"a b c"'), ('say "a"', "'say \"a\"'"), ('it\'s "a"', '"it\'s \\"a\\""')],
)
def test_quotes_are_those_that_the_text_does_not_hold(text: str, shown: str) -> None:
    assert quoted(text) == shown


def test_a_long_text_is_quoted_by_its_ends() -> None:
    assert quoted("a" * 40) == f'"{"a" * 40}"' and quoted("a" * 20 + "b" * 21) == f'"{"a" * 18}…{"b" * 18}"'


def test_commas_of_a_number_go_and_a_text_gets_quotes() -> None:
    assert unquoted_comma("value", "1,200") == ("comma_in_number", {"cure": "value: 1200"})
    assert unquoted_comma("value", "1, 200.5") == ("comma_in_number", {"cure": "value: 1200.5"})
    assert unquoted_comma("zh", "甲, 乙") == ("comma_in_text", {"cure": 'zh: "甲, 乙"'})
    assert unquoted_comma("value", "12,00") == ("comma_in_text", {"cure": 'value: "12,00"'})


def test_each_line_is_told_at_its_place_and_remarks_and_blocks_are_passed_over() -> None:
    text = "kind：zone\n# kind：zone\nsummary: |\n  kind：zone\n\u3000order: 1\nname: ｛zh: 甲｝\n- id:x\n"
    found = [(each.line, each.column, each.code) for each in likely_typos("x.yaml", text)]
    assert found == [
        (1, 5, "colon_wide"),
        (5, 1, "indent_odd_space"),
        (6, 7, "bracket_wide"),
        (6, 13, "bracket_wide"),
        (7, 5, "colon_space"),
    ]
