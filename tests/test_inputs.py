"""What a site is made from, item by item: names of files, and which unit a notice concerns."""

from __future__ import annotations

import datetime

import pytest

from gazette.building.inputs import concerns, evidence_name, is_notice, of_publication
from gazette.model.records.publications import Publication

AT = datetime.datetime(2031, 9, 30, 12, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))


@pytest.mark.parametrize(
    ("name", "notice", "evidence"),
    [
        ("notices/closing-2031-7.yaml", True, ""),
        ("files/zhiyuan/room.jpg", False, "zhiyuan/room.jpg"),
        ("districts/notices.yaml", False, ""),
        ("site.yaml", False, ""),
    ],
)
def test_files_are_known_by_their_folder(name: str, notice: bool, evidence: str) -> None:
    assert (is_notice(name), evidence_name(name)) == (notice, evidence)


def test_a_notice_concerns_the_units_whose_pledges_it_names() -> None:
    assert concerns("0a1b zhiyuan dengmi", "dengmi") and not concerns("0a1b zhiyuan", "zhi")
    assert not concerns("zhiyuan", "zhiyuan"), "the first word is the digest"
    assert not concerns("", "zhiyuan")


def test_the_moment_of_a_publication_and_what_was_published_are_items() -> None:
    assert of_publication({}, None) == {("moment", ""): ""}
    record = Publication(AT, AT, frozenset({"x"}))
    found, other = (
        of_publication({"zh/index.html": each}, AT) for each in (record, Publication(AT, AT, frozenset("y")))
    )
    assert found.keys() == {("moment", ""), ("file", "published/_site.tsv")} and found["moment", ""]
    assert {item for item in found if found[item] != other[item]} == {("file", "published/_site.tsv")}
