"""What a site is made from, item by item: names of files, and which unit a notice concerns."""

from __future__ import annotations

import datetime

import pytest

from gazette.building.database.history import Change, Item, Version
from gazette.building.inputs import evidence_name, is_notice, of_publication
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


def test_a_notice_concerns_the_units_that_it_names_or_named() -> None:
    change = Change(Item("file", "notices/a.yaml"), Version("1", units=("dengmi",)), Version("2", units=("yinghuo",)))
    assert [change.concerns(unit) for unit in ("dengmi", "yinghuo", "deng", "2")] == [True, True, False, False]


def test_the_moment_of_a_publication_and_what_was_published_are_items() -> None:
    moment, records = Item("moment", ""), Item("file", "published/_site.tsv")
    assert of_publication({}, None) == {moment: Version("")}
    found, other = (
        of_publication({"zh/index.html": Publication(AT, AT, frozenset({shown}))}, AT) for shown in ("x", "y")
    )
    assert found.keys() == {moment, records} and found[moment] != Version("")
    assert {item for item in found if found[item] != other[item]} == {records}
