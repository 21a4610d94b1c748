"""What builds keep: it is read as it was written, field by field."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from gazette.building.causes import TOLD, Cause, Reason, as_text, from_text
from gazette.building.database.build_database import BuildDatabase
from gazette.building.database.files import FileRecord, ShownPage
from gazette.building.database.history import Change, Item, Version
from gazette.building.database.units import UnitRecord
from gazette.files.walk import Stat
from gazette.planning.valid_days import ALWAYS, ValidDays
from gazette.reading.unit_digests import OtherDigests, UnitDigests
from gazette.site.stated import Stated

UNIT = UnitRecord(
    position=3,
    kind="zone",
    shared="s",
    undone=("pdf", "pictures"),
    digests=UnitDigests("f", "n", "d", {"a/b c.jpg": "e"}, {"other": OtherDigests("o", "t")}),
    stats=(Stat(1, 2, 3, 4), Stat(5, 6, 7, 8)),
    days=ValidDays(datetime.date(2031, 1, 2), datetime.date(2031, 3, 4), undated=False),
    moment="2031-10-01T09:00+08:00",
    headings="区 名",
    ids=("a-1", "a-2", "zh=%E5%8C%BA"),
)

FILE = FileRecord(
    unit="unit",
    kind="pages",
    key="k",
    digest="d",
    size=1,
    mtime_ns=2,
    ctime_ns=3,
    inode=4,
    made=5,
    written=6,
    reasons=7,
    first="2031",
    last="2032",
    views="v",
    html="h",
)


@pytest.fixture
def database(tmp_path: Path) -> BuildDatabase:
    return BuildDatabase(tmp_path / "build.db")


@pytest.mark.parametrize(
    "unit", [UNIT, UNIT._replace(moment=None, days=ALWAYS, stats=(), undone=(), ids=(), digests=UnitDigests())]
)
def test_what_is_known_of_a_unit(unit: UnitRecord, database: BuildDatabase) -> None:
    database.put_unit("a", unit, {}, ())
    assert database.units.all() == {"a": unit}
    database.units.put_stats("a", (Stat(9, 9, 9, 9),))
    assert database.units.all() == {"a": unit._replace(stats=(Stat(9, 9, 9, 9),))}


def test_what_is_known_of_a_file_and_what_a_page_states(database: BuildDatabase) -> None:
    there = {"x": FILE, "y": FILE._replace(first="", last="", views="", html="")}
    database.files.put(there)
    assert database.files.all() == there and database.files.stats()["x"] == FILE.stat == Stat(1, 2, 3, 4)
    assert database.files.pages() == {"x": ShownPage("unit", "2031", "2032", frozenset(("v", "h")))}
    database.files.put_stated({"y": Stated("2033", "2034", "w")})
    assert database.files.pages()["y"] == ShownPage("unit", "2033", "2034", frozenset(("w",)))


def test_what_was_changed(database: BuildDatabase) -> None:
    notice = Item("file", "notices/a b.yaml")
    before, now = Version("1", units=("unit", "other")), Version("2", is_given=True, units=("third",))
    changes = [Change(notice, before, now), Change(Item("entry", "id", "themes.yaml"), Version("1"), Version())]
    database.history.put_changes(changes, 7)
    assert database.history.changes_since(6) == [changes[1], changes[0]] and not database.history.changes_since(7)
    assert database.history.items() == {change.item: change.now for change in changes}
    assert [unit for unit in ("unit", "other", "third", "un") if changes[0].concerns(unit)] == [
        "unit",
        "other",
        "third",
    ]
    assert before.says(before._replace(is_given=True)) and not before.says(before._replace(units=()))


def test_reasons() -> None:
    values = Cause("", file="一 / b", name="n", day="d", before="", now="2031", number=12)._asdict()
    reasons = tuple(
        Reason("view", Cause(**{name: value for name, value in values.items() if name in told} | {"code": code}))
        for code, told in TOLD.items()
    )
    assert from_text(as_text(reasons)) == reasons
