"""A content file that is edited as text: what is not edited keeps its bytes."""

from __future__ import annotations

import codecs

import pytest

from gazette.office.file_lines import Edit, FileLines


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        (Edit(0, 3, ""), Edit(2, 5, ""), True),
        (Edit(0, 3, ""), Edit(3, 5, ""), False),
        (Edit(0, 9, ""), Edit(2, 5, ""), True),
        (Edit(2, 2, "x"), Edit(0, 5, ""), True),
        (Edit(5, 5, "x"), Edit(0, 5, ""), False),
    ],
)
def test_edits_overlap_where_they_change_the_same(one: Edit, other: Edit, overlap: bool) -> None:
    assert one.overlaps(other) == other.overlaps(one) == overlap


def test_the_text_is_that_which_is_read_and_the_lines_are_those_of_the_file() -> None:
    file = FileLines("x.yaml", codecs.BOM_UTF8 + "名: e\u0301\r\nb: 2\n".encode())
    assert file.text == "名: é\nb: 2\n" and file.lines == ["名: é", "b: 2", ""]
    assert file.raw == ["名: e\u0301\r\n", "b: 2\n"] and file.mark == codecs.BOM_UTF8
    assert [file.text[start:] for start in file.starts[:2]] == ["名: é\nb: 2\n", "b: 2\n"]
