"""`--explain` and the report: which files are spoken of, in which words, and what is kept for that."""

from __future__ import annotations

import datetime
import json
import re
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from askers import SLOT, TIME, UNIT, VIEW, Asker, other_day
from compiled import compiled
from cut_down import one_unit
from program import ROOT

from gazette.building.database.layout import Unreadable
from gazette.building.database.reader import shown_pages
from gazette.building.explain import explain, said
from gazette.building.output import Output
from gazette.building.pipeline import run
from gazette.building.place import output_place, state_folder
from gazette.building.settings import Settings
from gazette.model.records.site import Bulletin


def test_the_same_in_chinese(asker: Asker) -> None:
    asker.replace(UNIT, "夜里关灯", "夜里熄灯")
    other_day(asker)
    done = asker.run("--explain", "zh/districts/yinghuo.html", "--explain", "zh/about.html", language="zh")
    summary, why, *told = re.sub(TIME, "T", done.stdout).replace("（T）", "T").splitlines()
    assert "生成" in summary and why.startswith("原因：") and "content/districts/yinghuo.yaml 有改动" in why
    assert told == [
        "zh/districts/yinghuo.html：本次生成T。原因：",
        "  - content/districts/yinghuo.yaml 有改动（页面内容随之变化）",
        "zh/about.html：本次没有生成，自上次生成T以来，它所依据的内容没有变化。上次生成的原因：",
        "  - 首次生成网站",
    ]


def test_a_build_with_nothing_to_do_still_knows_why(asker: Asker) -> None:
    asker.replace(UNIT, "夜里关灯", "夜里熄灯")
    asker.run()
    for _ in range(2):
        assert asker.ask("zh/districts/yinghuo.html") == [
            "zh/districts/yinghuo.html: as it was; nothing that it is made from has changed since it was last made T, "
            "because",
            f"  - content/districts/yinghuo.yaml changed{VIEW}",
        ]
    assert "Why:" not in asker.run().stdout


@pytest.mark.parametrize(
    "typed", ["site/zh/index.html", "zh/index.html", "./site/zh/index.html", "/zh/index.html", "site/zh", "zh/", "ABS"]
)
def test_a_path_is_taken_as_it_is_typed(typed: str, asker: Asker) -> None:
    path = str(asker.site / "zh" / "index.html") if typed == "ABS" else typed
    assert asker.ask(path)[0].startswith("zh/index.html: as it was")


def test_what_is_no_file_of_the_site_is_told_kindly(asker: Asker) -> None:
    (asker.site / "mine.txt").write_text("mine")
    done = asker.run(
        "--explain", "zh/district/yinghuo.html", "--explain", "site/mine.txt", "--explain", "zh/about.html"
    )
    assert done.returncode == 1 and "zh/about.html: as it was" in done.stdout
    assert (
        "zh/district/yinghuo.html:1:1: there is no such file in the site. Did you mean “zh/districts/yin" in done.stderr
    )
    assert "site/mine.txt:1:1: this file lies in the output folder, but this program did not make it." in done.stderr
    assert done.stderr.endswith("2 problems.\n")
    assert asker.run("--explain", "").returncode == 2


def test_pages_that_come_and_go(asker: Asker) -> None:
    text = (asker.folder / UNIT).read_text("utf-8").replace("yinghuo", "chunshan").replace("Yinghuo", "Chunshan")
    text = re.sub(r"order: \d+", "order: 5", text.replace("萤火", "春山"))
    (asker.content / "districts" / "chunshan.yaml").write_text(text, "utf-8")
    assert asker.reasons("zh/districts/chunshan.html") == [
        "the page is new",
        "content/districts/chunshan.yaml was added",
    ]
    (asker.content / "districts" / "chunshan.yaml").unlink()
    assert asker.ask("zh/districts/chunshan.html") == [
        "zh/districts/chunshan.html: removed by this build, because",
        "  - content/districts/chunshan.yaml is gone",
    ]
    asker.base += ["--base-url", "https://example.org/"]
    assert asker.reasons("sitemap.xml") == [
        "the page is new",
        "a command set base_url, overriding what content/site.yaml says",
    ]


def test_a_date_that_comes_or_goes_passes_no_day(asker: Asker) -> None:
    asked = ("zh/districts/zhiyuan.html", "zh/index.html")
    asker.as_of = []
    asker.replace("content/site.yaml", "as_of: .*\n", "")
    gone = f"  - the reference date (as_of) changed from 2031-09-30 to none{VIEW}"
    assert asker.ask(*asked)[1::2] == [gone, gone]
    asker.replace("content/site.yaml", r"\Z", "as_of: 2031-09-30\n")
    back = f"  - the reference date (as_of) changed from none to 2031-09-30{VIEW}"
    assert asker.ask(*asked)[1::2] == [back, back]


@pytest.mark.long
def test_the_issue_of_an_edition_is_no_change_of_the_settings(tmp_path: Path) -> None:
    """An edition is made with a number and a day that site.yaml does not hold, and taken back by the next build."""
    one_unit(tmp_path / "content")
    path = "en/bulletin.pdf"
    usual = Settings(
        *(tmp_path / "content", ROOT / "templates", compiled(tmp_path / "cache")),
        only=("pdf",),
        documents=frozenset({path}),
        executor="serial",
    )
    issue = Bulletin(number=7, date=datetime.date(2031, 10, 1))
    output = Output(tmp_path / "site", tmp_path / "state")

    def causes(settings: Settings) -> list[str]:
        why = run(output, settings, lambda _: None, lambda _: "").why.get(path, ())
        return [said(reason.cause, "en") for reason in why]

    usual_causes, with_issue, after = causes(usual), causes(replace(usual, issue=issue)), causes(usual)
    shown = tmp_path / "content" / "site.yaml"
    assert usual_causes == ["the site is built for the first time"]
    assert with_issue == [f"a command set bulletin, overriding what {shown} says"]
    assert after == [f"an earlier command had set bulletin; now what {shown} says applies"]
    with shown.open("a", encoding="utf-8") as file:
        file.write("bulletin: {number: 7, date: 2031-10-01}\n")
    assert causes(usual) == [f"{shown}: bulletin was added"]
    assert causes(replace(usual, issue=issue)) == []  # the command says what the file does


def test_kinds_that_a_build_leaves_out_are_explained_when_they_are_made(asker: Asker) -> None:
    """The data were not looked at when the unit changed."""
    asker.replace(UNIT, "夜里关灯", "夜里熄灯")
    done = asker.run("--only", "pages", "--explain", "data/pledges.csv")
    assert "data/pledges.csv: this build left out data (the last that did not: " in done.stdout
    asker.replace("templates/unit.html", r"\Z", "<!-- x -->")
    assert asker.run("--only", "pages").returncode == 0
    assert asker.reasons("data/pledges.csv") == [f"content/districts/yinghuo.yaml changed{SLOT}"]


@pytest.mark.long
def test_kinds_that_are_new_are_said_to_be(asker: Asker) -> None:
    for name in ("site", "cache"):
        shutil.rmtree(asker.folder / name)
    assert asker.run("--only", "data").returncode == 0
    assert asker.reasons("zh/about.html") == ["files of the kind pages are made for the first time"]


def test_the_summary_names_three_causes_and_counts_the_rest(asker: Asker) -> None:
    for name in ("unit", "pledge", "theme", "about", "method"):
        asker.replace(f"templates/{name}.html", r"\Z", "<!-- x -->")
    why = asker.run().stdout.splitlines()[1]
    assert why.count(" changed") == 3 and why.endswith("; and 2 more.") and why.startswith("Why: templates/pledge.html")


def test_the_report_has_a_reason_for_each_file(asker: Asker) -> None:
    asker.replace(UNIT, "夜里关灯", "夜里熄灯")
    assert asker.run("--report", "report.json").returncode == 0
    report = json.loads((asker.folder / "report.json").read_text("utf-8"))
    assert set(report) == {"made", "written", "removed", "seconds", "causes", "why"}
    assert set(report["why"]) == set(report["made"]) and all(report["why"].values())
    assert report["causes"] == [
        {
            "code": "changed",
            "values": ["content/districts/yinghuo.yaml"],
            "text": "content/districts/yinghuo.yaml changed",
        }
    ]
    asker.run("--report", "report.json")
    report = json.loads((asker.folder / "report.json").read_text("utf-8"))
    assert report["made"] == report["causes"] == [] and report["why"] == {}


def test_a_site_of_an_older_program_stays_ours(asker: Asker) -> None:
    """What is kept is laid out otherwise: every file is made again, and none is taken for one of others."""
    db = sqlite3.connect(state_folder(asker.folder / "cache", asker.site) / "build.db")
    for column in ("made", "written", "reasons"):
        db.execute(f"ALTER TABLE files DROP COLUMN {column}")
    db.execute("PRAGMA user_version = 1")
    db.commit()
    db.close()
    (asker.site / "zh" / "index.html").write_text("x")
    done = asker.run("--report", "report.json", "--explain", "zh/about.html")
    assert done.returncode == 0, done.stderr
    report = json.loads((asker.folder / "report.json").read_text("utf-8"))
    assert report["written"] == ["zh/index.html"] and len(report["made"]) > 50
    assert "  - there is no record of earlier builds" in done.stdout


@pytest.mark.parametrize("found", [None, b"", b"SQLite format 3\0 and no more", "CREATE TABLE files (path TEXT)"])
def test_a_record_that_cannot_be_read_is_told(found: bytes | str | None, tmp_path: Path) -> None:
    place = output_place(tmp_path / "o", tmp_path / "cache", "o")
    place.state.mkdir(parents=True)
    if isinstance(found, bytes):
        place.database.write_bytes(found)
    elif found:
        sqlite3.connect(place.database).executescript(found).connection.close()
    answers, problems = explain(place, ["zh/about.html"], {}, "en")
    assert answers == [] and [problem.code for problem in problems] == ["output_kept_lost"]
    with pytest.raises(Unreadable):
        shown_pages(place.database)


def test_builds_that_no_file_comes_from_are_forgotten(asker: Asker) -> None:
    for n in range(5):
        asker.replace(UNIT, r"夜里关灯\d?", f"夜里关灯{n}")
        asker.run()
    db = sqlite3.connect(state_folder(asker.folder / "cache", asker.site) / "build.db")
    of_files = db.execute("SELECT made FROM files UNION SELECT written FROM files").fetchall()
    assert db.execute("SELECT number FROM builds").fetchall() == sorted(of_files)
    assert len(of_files) < 6, "every build made what shows the edit"
    assert db.execute("SELECT count(*) FROM reasons").fetchone()[0] <= 4
    db.close()
