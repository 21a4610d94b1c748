"""What looks for signs of markup takes steps in proportion to the text, whatever is typed."""

from __future__ import annotations

import re

import pytest
from regex_steps import Matcher

from gazette.model.text import markup, signs

PATTERNS = {
    **{f"{rule.code} {number}": rule.pattern for number, rule in enumerate((*signs._IN_YAML, *signs._IN_ARTICLES))},
    "suspect": signs._SUSPECT,
    "link": markup.LINK,
    "no link": markup._SUSPECT,
}
PIECES = ("*", "_a", "[a", "<a ", "<!--", "&#1", "~~", "| ", "**a ", "`", "- ", "[a](", "[a][", " \n", "\0", "---|")
LENGTH = 60


def steps(pattern: re.Pattern[str], text: str) -> int:
    """How many there are, of a matcher that finds the same as `re`."""
    matcher = Matcher(pattern.pattern)
    assert matcher.spans(text) == [match.span() for match in pattern.finditer(text) if match[0]]
    return matcher.steps


@pytest.mark.parametrize("name", PATTERNS)
def test_twice_the_text_takes_twice_the_steps(name: str) -> None:
    for piece in PIECES:
        once, twice = (steps(PATTERNS[name], (piece * length)[:length]) for length in (LENGTH, 2 * LENGTH))
        assert twice < 2.5 * once, piece


@pytest.mark.parametrize(("text", "piece"), [(r"(?m)^\s*x", " \n"), (r"<!--(?:[^\n]*?-->)?", "<!--"), (r"a+b", "a")])
def test_a_pattern_that_goes_back_again_and_again_is_seen(text: str, piece: str) -> None:
    once, twice = (steps(re.compile(text), piece * length) for length in (LENGTH, 2 * LENGTH))
    assert twice > 3 * once


@pytest.mark.parametrize(
    ("text", "found", "offset"),
    [
        ("文<!-- 甲", "<!--", 1),
        ("文<!-- 甲 --> 乙", "<!-- 甲 -->", 1),
        ("<!-- <b> -->", "<!--", 0),
        ("一\n\n | 甲 | 乙 |\n\n二", "| 甲 | 乙 |", 3),
    ],
)
def test_comments_and_tables_are_found_in_their_line(text: str, found: str, offset: int) -> None:
    first = next(signs.signs(text))
    assert (first.found, first.offset) == (found, offset)
