"""What is kept of builds may be spoilt, lost or another program's: nobody is locked out by that."""

from __future__ import annotations

import random
import shutil
import sqlite3

import pytest
from program import tree
from workplaces import Workplace


def spoil(workplace: Workplace, how: str) -> None:
    database = workplace.database
    data = database.read_bytes()
    match how:
        case "empty":
            database.write_bytes(b"")
        case "cut":
            database.write_bytes(data[: len(data) // 2])
        case "no database":
            database.write_bytes(b"not a database\n" * 1000)
        case "middle":
            chance = random.Random(3)
            database.write_bytes(data[:8192] + chance.randbytes(len(data) - 8192 - 4096) + data[-4096:])
        case "another program's":
            database.unlink()
            with sqlite3.connect(database) as db:
                db.execute("CREATE TABLE files (a, b)")
                db.execute("PRAGMA user_version = 3")
            db.close()
        case "a folder":
            database.unlink()
            database.mkdir()
        case "gone":
            database.unlink()
        case "all gone":
            shutil.rmtree(workplace.cache)


SPOILT = ["empty", "cut", "no database", "middle", "another program's", "a folder", "gone", "all gone"]


@pytest.mark.long
@pytest.mark.parametrize("how", SPOILT)
def test_spoilt_records_lock_nobody_out(how: str, built: Workplace) -> None:
    """The pages say that they are this site's: the folder is used again, and what nobody wants any more goes."""
    before = tree(built.output)
    shutil.copy(built.output / "zh" / "pledges" / "yinghuo-1.html", built.output / "zh" / "pledges" / "yinghuo-99.html")
    (built.output / "mine.txt").write_text("mine")
    spoil(built, how)
    built.edit()
    said = built.build()
    assert "夜里熄灯" in built.shown
    after = tree(built.output)
    assert set(after) == {*before, "mine.txt"}, said
    assert " 0 made" in built.build()


def test_a_record_that_turns_out_spoilt_while_it_is_used(built: Workplace) -> None:
    """A page of the database is spoilt, and another, and another; each build ends right."""
    data, chance = built.database.read_bytes(), random.Random(1)
    for n in range(5):
        spoilt = bytearray(data)
        start = 4096 * chance.randrange(1, len(data) // 4096)
        spoilt[start : start + 4096] = chance.randbytes(4096)
        built.database.write_bytes(spoilt)
        built.edit(f"夜里{'甲乙丙丁戊'[n]}熄灯")
        built.build()
        assert f"夜里{'甲乙丙丁戊'[n]}熄灯" in built.shown


@pytest.mark.parametrize("deleted", ["", "zh", "en/glossary.html", "static"])
def test_a_build_of_other_kinds_does_not_miss_what_another_hand_deleted(deleted: str, built: Workplace) -> None:
    """The links of units that are looked at again lead to pages that this build is not to make."""
    before = tree(built.output)
    place = built.output / deleted
    place.unlink() if place.is_file() else shutil.rmtree(place)
    built.build("--only", "data")
    built.edit()
    built.build("--only", "data")
    built.build()
    assert set(tree(built.output)) == set(before) and "夜里熄灯" in built.shown


@pytest.mark.long
@pytest.mark.parametrize("how", ["garbage", "empty", "a folder"])
def test_a_cache_that_is_spoilt_costs_time_only(how: str, built: Workplace, reference: Workplace) -> None:
    """All of it but the records: what is read from content, templates and fonts, and compiled templates."""
    spoilt = [path for path in built.cache.rglob("*") if path.is_file() and "state" not in path.parts]
    assert len(spoilt) > 5
    for path in spoilt:
        if how == "a folder":
            path.unlink()
            path.mkdir()
        else:
            path.write_bytes(b"\xff\0nonsense" * 400 if how == "garbage" else b"")
    built.build("--as-of", "2031-09-30")
    assert tree(built.output) == tree(reference.output)
    built.edit()
    built.build()
    assert "夜里熄灯" in built.shown
