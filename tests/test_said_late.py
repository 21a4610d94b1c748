"""What is told later than an edition that said otherwise: that a pledge was not late, with a dated reason."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from frozen import FIRST, Archive
from lives import TEXT, moved, step

import build

OVERDUE = [step("under-way", "2031-05-01")]
CLOSED = step("accepted", "2031-06-20", inspected="2031-06-01", notice={"begin": "2031-06-05", "end": "2031-06-12"})
WHY = {"date": "2031-10-09", "kind": "correction", "reason": TEXT, "was": {"alert": "overdue"}}


class Desk:
    """The small city with one pledge that is past its deadline, and an edition that says so."""

    def __init__(self, folder: Path) -> None:
        self.archive = Archive(folder)
        self.path = self.archive.content / "districts" / "yinghuo.yaml"
        self.write(deadline="2031-06-30", updates=OVERDUE)
        self.archive.freeze(FIRST)

    def write(self, **more: Any) -> None:
        unit = yaml.load(self.path.read_text("utf-8"), yaml.CBaseLoader)
        unit["pledges"][0] |= more
        self.path.write_text(json.dumps(unit, ensure_ascii=False, indent=1), "utf-8")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("late"))


LATER = step("accepted", "2031-10-02", inspected="2031-06-01", notice={"begin": "2031-06-05", "end": "2031-06-12"})


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, ""),
        ({"updates": [*OVERDUE, LATER]}, ""),
        (
            {"updates": [*OVERDUE, CLOSED]},
            "past its deadline then (overdue), but according to this entry of 2031-06-20",
        ),
        ({"updates": [*OVERDUE, CLOSED], "revisions": [WHY]}, ""),
        ({"updates": [*OVERDUE, CLOSED], "revisions": [{**WHY, "date": "2031-09-29"}]}, "of 2031-06-20 it was not"),
        ({"moved": [moved("2031-06-29", "2031-12")]}, "but according to this entry of 2031-06-29 it was not"),
        ({"moved": [moved("2031-10-05", "2031-12")]}, ""),
        ({"withdrawn": {"date": "2031-06-29", "reason": TEXT}}, "but according to this entry of 2031-06-29 it was not"),
        ({"updates": [step("under-way", "2031-04-01"), *OVERDUE]}, ""),
    ],
)
def test_what_makes_a_pledge_not_late_after_all_says_why(
    desk: Desk, more: dict[str, Any], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = desk.path.read_text("utf-8")
    desk.write(**more)
    place = ["--content", str(desk.archive.content), "--messages", "en", "--as-of", "2031-10-10"]
    build.main(["check", *place])
    desk.path.write_text(before, "utf-8")
    found = re.findall(r"(?m)^.*?\.yaml:\d+:\d+: (.*)$", capsys.readouterr().err)
    assert len(found) == bool(words) and (not words or words in found[0]), found


def test_the_line_that_is_told_settles_it_and_is_shown(desk: Desk, tmp_path: Path) -> None:
    before = desk.path.read_text("utf-8")
    desk.write(updates=[*OVERDUE, CLOSED], revisions=[WHY])
    asked = ["--content", str(desk.archive.content), "--output", str(tmp_path / "site"), "--as-of", "2031-10-10"]
    cache = ["--cache", str(desk.archive.settings.cache), "--only", "pages,data", "--jobs", "1"]
    assert build.main([*asked, *cache]) == 0
    desk.path.write_text(before, "utf-8")
    page = (tmp_path / "site" / "en" / "pledges" / "yinghuo-1.html").read_text("utf-8")
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert "an edition said of its deadline until then: Overdue" in words
    rows = (tmp_path / "site" / "data" / "revisions.csv").read_text("utf-8")
    assert re.search(r"yinghuo-1,yinghuo,,2031-10-09,correction,alert,", rows)
