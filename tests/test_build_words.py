"""The words for why files are made and for how far a build is."""

from __future__ import annotations

import string

from program import ROOT

from gazette.building.explain import said
from gazette.messages.build_words import CAUSES, PROGRESS


def test_every_cause_is_worded_in_both_languages_with_the_same_values() -> None:
    for table in (CAUSES, PROGRESS):
        for code, words in table.items():
            assert set(words) == {"zh", "en"}, code
            fields = [sorted(filter(None, (f for _, f, _, _ in string.Formatter().parse(w)))) for w in words.values()]
            assert fields[0] == fields[1], code
    source = "".join(
        path.read_text("utf-8") for path in (ROOT / "gazette").rglob("*.py") if path.name != "build_words.py"
    )
    for code in CAUSES:
        name = code.removeprefix("item_").removeprefix("way_")
        assert f'"{name}"' in source or f'"{name}_' in source, code


def test_an_empty_value_is_said_to_be_none() -> None:
    assert said(("date", "", "2031-09-30"), "en") == "the date (as_of) went from none to 2031-09-30"
    assert said(("date", "2031-09-30", ""), "zh") == "统计日期（as_of）由 2031-09-30 改为 无"
