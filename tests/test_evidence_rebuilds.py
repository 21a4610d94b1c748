"""When what the site has of a file of evidence is made again, and by whom."""

from __future__ import annotations

import os
import shutil
from typing import Any

import pytest
from desks import Desk
from program import tree
from test_evidence_files import MADE, PAPER, PICTURE

import build
from gazette.building import evidence, scheduler
from gazette.pictures import photographs as making
from gazette.reading import evidence_files as reading

SHOWING = {"zh/pledges/zhiyuan-5.html", "en/pledges/zhiyuan-5.html"}
LISTING = {
    *("data/files.csv", "data/files.json", "data/files.xlsx", "data/ledger.xlsx", "data/units/zhiyuan.json"),
    *("data/catalog.jsonld", "data/datapackage.json", "sha256sums.txt"),
}


@pytest.mark.long
def test_another_picture_makes_what_shows_it_and_nothing_else(city_desk: Desk) -> None:
    city_desk.build()
    assert city_desk.build()["made"] == []
    city_desk.paint(PICTURE, "green")
    report = city_desk.build("--explain", "en/pledges/zhiyuan-5.html", "--explain", "files/zhiyuan/room-640.jpg")
    assert {*report["made"]} == MADE - {"files/zhiyuan/minutes.pdf"} | SHOWING | LISTING
    assert [cause["text"] for cause in report["causes"]] == [f"{city_desk.files / PICTURE} changed"]
    assert city_desk.answers.count(f"{city_desk.files / PICTURE} changed (what the page shows is different)") == 2
    clean = city_desk.folder / "clean"
    before = tree(city_desk.site)
    asked = [
        "--content",
        str(city_desk.content),
        "--output",
        str(clean),
        "--cache",
        str(city_desk.folder / "cold"),
        "--no-pdf",
    ]
    assert build.main(asked) == 0 and tree(clean) == before


@pytest.mark.parametrize("key", ['"file": "{}"', "file : '{}'", "file:\n              {}"])
def test_however_a_file_is_named_another_one_is_seen(key: str, city_desk: Desk) -> None:
    city_desk.edit(f"file: {PICTURE}", key.format(PICTURE))
    city_desk.build()
    assert city_desk.run("check") == (0, "")
    city_desk.paint(PICTURE, "red")
    assert {*city_desk.build()["made"]} >= SHOWING


def test_what_another_hand_did_to_a_file_is_undone(city_desk: Desk) -> None:
    city_desk.build()
    before = tree(city_desk.site)
    (city_desk.site / "files" / "zhiyuan" / "room-640.jpg").write_bytes(b"x")
    (city_desk.site / "files" / "zhiyuan" / "minutes.pdf").unlink()
    assert len(city_desk.build()["made"]) == 2 and tree(city_desk.site) == before


def test_looking_makes_no_picture_and_reads_each_file_once(city_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("made")

    monkeypatch.setattr(making, "photographs", never)
    read: list[str] = []
    inspect = reading.inspect
    monkeypatch.setattr(reading, "inspect", lambda name, *rest: read.append(name) or inspect(name, *rest))
    for path in city_desk.files.rglob("*.*"):
        os.utime(path, ns=(10**18, 10**18))
    assert city_desk.run("check")[0] == 0 and sorted(read) == [PAPER, PICTURE]
    for _ in range(3):  # what is as young as the note of it is read again
        os.utime(city_desk.folder / "cache" / "evidence.msgpack")
        city_desk.run("check")
    assert len(read) <= 4
    (city_desk.files / PAPER).touch()
    city_desk.run("check")
    assert read[-1] == PAPER


def test_other_processes_make_the_same(city_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    city_desk.build()
    before = tree(city_desk.site)
    shutil.rmtree(city_desk.site)
    monkeypatch.setattr(evidence, "_WORTH_A_WORKER", 1)
    city_desk.build("--jobs", "2")
    assert tree(city_desk.site) == before


def test_a_file_that_changes_meanwhile_is_told(city_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = evidence.EvidenceMaker.stage

    def late(self: evidence.EvidenceMaker, *rest: Any) -> Any:
        (city_desk.files / PAPER).write_bytes((city_desk.files / PAPER).read_bytes() + b"\n")
        return stage(self, *rest)

    monkeypatch.setattr(evidence.EvidenceMaker, "stage", late)
    city_desk.edit("file: zhiyuan/minutes.pdf\n", "file: zhiyuan/minutes.pdf  # as it is\n")
    (city_desk.site / "files" / PAPER).unlink()
    (told,) = city_desk.told()
    assert told == f"files/{PAPER}:1:1: this file changed while the site was being built. Build again."
    assert city_desk.published() == MADE - {f"files/{PAPER}"}


def test_a_picture_that_cannot_be_made_is_told() -> None:
    job = scheduler.PictureJob("a.jpg", "content/files/a.jpg", b"\xff\xd8\xff", (640,))
    with pytest.raises(scheduler.ContentError) as error:
        scheduler.make_pictures(job, None)  # type: ignore[arg-type]
    assert [problem.code for problem in error.value.problems] == ["evidence_broken"]
