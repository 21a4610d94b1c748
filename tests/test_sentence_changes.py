"""What two versions of a text say differently is told sentence by sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.model.text.sentence_changes import sentence_changes, sentences

ZH = "该区承诺建站。每月公布一次；年底前办结。“不留备用。”"
EN = "The district will build 3.5 km of pipes. It reports each month. “None is kept in reserve.” (See No. 3.)"

KM = ("The district will build 3.5 km of pipes.", "The district will build 4.5 km of pipes.")


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (ZH, ZH, []),
        (ZH, ZH.replace("年底", "六月底"), [("年底前办结。", "六月底前办结。")]),
        (ZH, ZH.replace("每月公布一次；", ""), [("每月公布一次；", "")]),
        (ZH, f"{ZH}另行报告。", [("", "另行报告。")]),
        (EN, EN.replace("3.5 km", "4.5 km"), [KM]),
        (EN, EN.replace("each month", "each week"), [("It reports each month.", "It reports each week.")]),
        (EN, EN.replace("pipes", "[pipes](term:guan)"), []),
        ("One.\n\nTwo.", "One.\n\n\nTwo!", [("Two.", "Two!")]),
        ("a b", "a c", [("a b", "a c")]),
        ("一。二。三。", "一。三。二。", [("", "三。"), ("三。", "")]),
        ("See Art. 5 of it. It holds.", "See Art. 6 of it. It holds.", [("See Art. 5 of it.", "See Art. 6 of it.")]),
    ],
)
def test_only_the_sentences_that_differ_are_told(before: str, after: str, found: list[tuple[str, str]]) -> None:
    assert [*map(tuple, sentence_changes(before, after))] == found


@given(st.text("一二。；！.?! “”)aA3\n", max_size=40))
def test_no_character_is_lost_between_sentences(text: str) -> None:
    assert "".join(sentences(text.replace("\n", " "))) == text.replace("\n", " ")
    assert sentence_changes(text, text) == ()
