"""Why a file was made again: each cause is told after the edit that is behind it, and only those that are."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from test_incremental import SEEDS, STEPS, UNITS, City, edits

from gazette.building.database.reader import DatabaseReader
from gazette.building.explain import said
from gazette.building.place import state_folder
from gazette.messages.catalogue import catalogue

ROOT = Path(__file__).resolve().parent.parent
UNIT = f"{UNITS}/yinghuo.yaml"
TIME = r"\(?\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\)?"


class Office(City):
    """The city, with the program run as a user runs it."""

    program = ROOT / "build.py"

    def ask(self, *paths: str, language: str = "en", **more: object) -> list[str]:
        """What a build tells of some paths, without times and summary. It must succeed."""
        done = self.run(*(word for path in paths for word in ("--explain", path)), language=language, **more)
        assert done.returncode == 0, done.stderr
        told = re.sub(r"\A.*\n(  - .*\n)*(Why: .*\n|原因：.*\n)?", "", done.stdout)
        return re.sub(TIME, "T", told).splitlines()

    def run(self, *asked: str, language: str = "en", **more: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(self.program), "--content", "content", "--templates", "templates"]
        command += ["--output", "site", "--cache", "cache", "--jobs", "1", "--messages", language, *self.base]
        command += ["--as-of", self.as_of[0]] if self.as_of else []
        if not any(word.startswith("--only") for word in asked):
            command.append("--no-pdf")
        return subprocess.run([*command, *asked], cwd=self.folder, capture_output=True, text=True, **more)  # type: ignore[call-overload, no-any-return]

    def reasons(self, path: str, **more: object) -> list[str]:
        """The reasons that this build had to make a file."""
        head, *reasons = self.ask(path, **more)
        assert head == f"{path}: made in this build T, because", (head, reasons)
        return [reason.removeprefix("  - ") for reason in reasons]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The city, built once."""
    city = Office(tmp_path_factory.mktemp("built"))
    assert city.run().returncode == 0
    return city.folder


@pytest.fixture
def office(built: Path, tmp_path: Path) -> Office:
    """The city as it is after its first build, for each test its own."""
    office = Office.__new__(Office)
    office.folder = tmp_path / "office"
    shutil.copytree(built, office.folder, symlinks=True)
    office.content, office.templates, office.site = (office.folder / name for name in ("content", "templates", "site"))
    office.as_of, office.base = ["2031-09-30"], []
    return office


VIEW, SLOT = " (what the page shows is different)", " (the lines that units have on this page are different)"


def day(office: Office) -> None:
    office.as_of = ["2032-06-30"]


def deadline_and_day(office: Office) -> None:
    """A date, first seen while it is to come, goes by."""
    office.replace(UNIT, "deadline: unstated", "deadline: 2031")
    assert office.run().returncode == 0
    day(office)


def remove_a_unit(office: Office) -> None:
    (office.content / "districts" / "yinghuo.yaml").unlink()
    office.replace("content/site.yaml", r"  - \{unit: yinghuo.*\n", "")


def other_tool(office: Office) -> None:
    """A version is what the first folder of that name says."""
    (office.folder / "fake-packages" / "babel-99.1.dist-info").mkdir(parents=True)


def other_place(office: Office) -> Path:
    """The same program in another folder, to be changed there."""
    package = office.folder / "program" / "gazette"
    shutil.copytree(ROOT / "gazette", package, ignore=shutil.ignore_patterns("*.ttf", "__pycache__"))
    for font in (ROOT / "gazette" / "fonts").glob("*.ttf"):
        (package / "fonts" / font.name).symlink_to(font)
    office.program = Path(shutil.copy(ROOT / "build.py", package.parent))
    return package


def other_program(office: Office) -> None:
    with (other_place(office) / "model" / "status.py").open("a") as module:
        module.write("# another\n")


def other_font(office: Office) -> None:
    font = sorted((other_place(office) / "fonts").glob("*.ttf"))[0]
    data = font.read_bytes()
    font.unlink()
    font.write_bytes(data + b"\0")


ONE_EDIT: dict[str, tuple[Callable[[Office], None], str, list[str]]] = {
    "unit": (
        lambda o: o.replace(UNIT, "夜里关灯", "夜里熄灯"),
        "zh/districts/yinghuo.html",
        [f"content/districts/yinghuo.yaml changed{VIEW}"],
    ),
    "line": (
        lambda o: o.replace(UNIT, "夜里关灯", "夜里熄灯"),
        "zh/ledger.html",
        [f"content/districts/yinghuo.yaml changed{SLOT}"],
    ),
    "totals": (
        lambda o: o.replace(UNIT, "deadline: .*", "deadline: 2032-01"),
        "zh/index.html",
        [f"content/districts/yinghuo.yaml changed{VIEW}"],
    ),
    "template": (
        lambda o: o.replace("templates/unit.html", r"\Z", "<!-- x -->"),
        "zh/districts/yinghuo.html",
        ["templates/unit.html changed"],
    ),
    "part of a template": (
        lambda o: o.replace("templates/_page.html", r"\Z", "<!-- x -->"),
        "zh/pledges/yinghuo-1.html",
        ["templates/_page.html changed"],
    ),
    "template of lines": (
        lambda o: o.replace("templates/fragments/ledger.html", r"\Z", "<!-- x -->"),
        "zh/ledger.html",
        [f"templates/fragments/ledger.html changed{SLOT}"],
    ),
    "style": (
        lambda o: o.replace("templates/styles/base.css", r"\Z", "/* x */"),
        "static/site.css",
        ["templates/styles/base.css changed"],
    ),
    "script": (
        lambda o: o.replace("templates/static/site.js", r"\Z", "// x"),
        "static/site.js",
        ["templates/static/site.js changed"],
    ),
    "word": (
        lambda o: o.replace("content/words.yaml", "home: {zh: 首页", "home: {zh: 头版"),
        "zh/districts/yinghuo.html",
        ["content/words.yaml: nav.home changed"],
    ),
    "setting of every page": (
        lambda o: o.replace("content/site.yaml", "motto: {zh: [^,]*,", "motto: {zh: 另一句,"),
        "zh/themes/air.html",
        ["content/site.yaml: motto changed (a setting that all pages use)"],
    ),
    "setting of one page": (
        lambda o: o.replace("content/site.yaml", "wide: true", "wide: false"),
        "zh/index.html",
        [f"content/site.yaml: rivers changed{VIEW}"],
    ),
    "address": (
        lambda o: o.base.extend(["--base-url", "https://example.org/"]),
        "zh/about.html",
        ["content/site.yaml: base_url changed (a setting that all pages use)"],
    ),
    "theme": (
        lambda o: o.replace("content/themes.yaml", "id: air\n(.*)\n  text: {zh: ", r"id: air\n\1\n  text: {zh: 另，"),
        "zh/themes/air.html",
        [f"content/themes.yaml: air changed{VIEW}"],
    ),
    "article": (
        lambda o: o.replace("content/articles/about.zh.md", r"\Z", "\n又一段。\n"),
        "zh/about.html",
        [f"content/articles/about.zh.md changed{VIEW}"],
    ),
    "date": (day, "zh/index.html", [f"the date (as_of) went from 2031-09-30 to 2032-06-30{VIEW}"]),
    "date that a page says": (
        day,
        "zh/districts/zhiyuan.html",
        [f"the date (as_of) went from 2031-09-30 to 2032-06-30{VIEW}"],
    ),
    "date passes a deadline": (
        deadline_and_day,
        "zh/districts/yinghuo.html",
        [
            "the date (as_of) went from 2031-09-30 to 2032-06-30 and passed a deadline or another date of "
            f"{UNIT} (2031-12-31){VIEW}"
        ],
    ),
    "unit removed": (
        remove_a_unit,
        "data/units.csv",
        [f"content/districts/yinghuo.yaml is gone{SLOT}"],
    ),
    "altered": (
        lambda o: (o.site / "zh" / "index.html").write_text("x") and None,
        "zh/index.html",
        ["the file was altered, and not by this program"],
    ),
    "deleted": (
        lambda o: (o.site / "en" / "pledges" / "yinghuo-1.html").unlink(),
        "en/pledges/yinghuo-1.html",
        ["the file was gone, and this program had not removed it"],
    ),
    "program": (other_program, "zh/about.html", ["the program itself changed"]),
    "fonts": (other_font, "zh/about.html", ["the bundled fonts changed"]),
}


@pytest.mark.parametrize("name", ONE_EDIT)
def test_the_edit_that_is_behind_a_file_is_named_and_no_other(name: str, office: Office) -> None:
    edit, path, reasons = ONE_EDIT[name]
    edit(office)
    found = office.reasons(path)
    same = "The result is the same, byte for byte, so the file of T stays."
    assert [reason for reason in found if reason.strip() != same] == reasons
    if name in ("script", "unit", "program", "fonts"):
        assert (found[-1].strip() == same) is (name in ("program", "fonts")), found


def test_two_edits_are_told_apart(office: Office) -> None:
    office.replace(UNIT, "夜里关灯", "夜里熄灯")
    office.replace("templates/unit.html", r"\Z", "<!-- x -->")
    office.replace("content/site.yaml", "wide: true", "wide: false")
    asked = ("zh/districts/yinghuo.html", "zh/districts/zhiyuan.html", "zh/index.html", "zh/ledger.html")
    told = [line for line in office.ask(*asked) if not line.startswith("  The result is the same")]
    head = ": made in this build T, because"
    assert told == [
        f"zh/districts/yinghuo.html{head}",
        "  - templates/unit.html changed",
        f"  - content/districts/yinghuo.yaml changed{VIEW}",
        f"zh/districts/zhiyuan.html{head}",
        "  - templates/unit.html changed",
        f"zh/index.html{head}",
        f"  - content/site.yaml: rivers changed{VIEW}",
        f"  - content/districts/yinghuo.yaml changed{SLOT}",
        f"zh/ledger.html{head}",
        f"  - content/districts/yinghuo.yaml changed{SLOT}",
    ]


def test_another_version_of_a_tool_is_named_with_both(office: Office) -> None:
    other_tool(office)
    environment = {**os.environ, "PYTHONPATH": str(office.folder / "fake-packages")}
    done = subprocess.run([sys.executable, str(ROOT / "build.py"), "--version"], capture_output=True, text=True)
    version = re.search(r"^babel (\S+)$", done.stdout, re.M)
    assert version
    told = office.ask("zh/about.html", "static/site.js", env=environment)
    assert told == [
        "zh/about.html: made in this build T, because",
        f"  - babel was version {version[1]} and is 99.1",
        "  The result is the same, byte for byte, so the file of T stays.",
        "static/site.js: as it was; nothing that it is made from has changed since it was last made T, because",
        "  - the site is built for the first time",
    ]


def test_the_same_in_chinese(office: Office) -> None:
    office.replace(UNIT, "夜里关灯", "夜里熄灯")
    day(office)
    done = office.run("--explain", "zh/districts/yinghuo.html", "--explain", "zh/about.html", language="zh")
    summary, why, *told = re.sub(TIME, "T", done.stdout).replace("（T）", "T").splitlines()
    assert "生成" in summary and why.startswith("原因：") and "content/districts/yinghuo.yaml 有改动" in why
    assert told == [
        "zh/districts/yinghuo.html：本次生成T。原因：",
        "  - content/districts/yinghuo.yaml 有改动（页面内容随之变化）",
        "zh/about.html：本次没有生成，自上次生成T以来，它所依据的内容没有变化。上次生成的原因：",
        "  - 首次生成网站",
    ]


def test_a_build_with_nothing_to_do_still_knows_why(office: Office) -> None:
    office.replace(UNIT, "夜里关灯", "夜里熄灯")
    office.run()
    for _ in range(2):
        assert office.ask("zh/districts/yinghuo.html") == [
            "zh/districts/yinghuo.html: as it was; nothing that it is made from has changed since it was last made T, "
            "because",
            f"  - content/districts/yinghuo.yaml changed{VIEW}",
        ]
    assert "Why:" not in office.run().stdout


@pytest.mark.parametrize(
    "typed", ["site/zh/index.html", "zh/index.html", "./site/zh/index.html", "/zh/index.html", "site/zh", "zh/", "ABS"]
)
def test_a_path_is_taken_as_it_is_typed(typed: str, office: Office) -> None:
    path = str(office.site / "zh" / "index.html") if typed == "ABS" else typed
    assert office.ask(path)[0].startswith("zh/index.html: as it was")


def test_what_is_no_file_of_the_site_is_told_kindly(office: Office) -> None:
    (office.site / "mine.txt").write_text("mine")
    done = office.run(
        "--explain", "zh/district/yinghuo.html", "--explain", "site/mine.txt", "--explain", "zh/about.html"
    )
    assert done.returncode == 1 and "zh/about.html: as it was" in done.stdout
    assert (
        "zh/district/yinghuo.html:0:0: there is no such file in the site. Did you mean “zh/districts/yin" in done.stderr
    )
    assert "site/mine.txt:0:0: this file lies in the output folder, but this program did not make it." in done.stderr
    assert done.stderr.endswith("2 problems.\n")
    assert office.run("--explain", "").returncode == 2


def test_pages_that_come_and_go(office: Office) -> None:
    text = (office.folder / UNIT).read_text("utf-8").replace("yinghuo", "chunshan").replace("Yinghuo", "Chunshan")
    text = re.sub(r"order: \d+", "order: 5", text.replace("萤火", "春山"))
    (office.content / "districts" / "chunshan.yaml").write_text(text, "utf-8")
    assert office.reasons("zh/districts/chunshan.html") == [
        "the page is new",
        "content/districts/chunshan.yaml was added",
    ]
    (office.content / "districts" / "chunshan.yaml").unlink()
    assert office.ask("zh/districts/chunshan.html") == [
        "zh/districts/chunshan.html: removed by this build, because",
        "  - content/districts/chunshan.yaml is gone",
    ]
    office.base += ["--base-url", "https://example.org/"]
    assert office.reasons("sitemap.xml") == ["the page is new", "content/site.yaml: base_url changed"]


def test_kinds_that_a_build_leaves_out_are_explained_when_they_are_made(office: Office) -> None:
    """The data were not looked at when the unit changed."""
    office.replace(UNIT, "夜里关灯", "夜里熄灯")
    done = office.run("--only", "pages", "--explain", "data/pledges.csv")
    assert "data/pledges.csv: this build left out data (the last that did not: " in done.stdout
    office.replace("templates/unit.html", r"\Z", "<!-- x -->")
    assert office.run("--only", "pages").returncode == 0
    assert office.reasons("data/pledges.csv") == [f"content/districts/yinghuo.yaml changed{SLOT}"]


def test_kinds_that_are_new_are_said_to_be(office: Office) -> None:
    for name in ("site", "cache"):
        shutil.rmtree(office.folder / name)
    assert office.run("--only", "data").returncode == 0
    assert office.reasons("zh/about.html") == ["files of the kind pages are made for the first time"]


def test_the_summary_names_three_causes_and_counts_the_rest(office: Office) -> None:
    for name in ("unit", "pledge", "theme", "about", "method"):
        office.replace(f"templates/{name}.html", r"\Z", "<!-- x -->")
    why = office.run().stdout.splitlines()[1]
    assert why.count(" changed") == 3 and why.endswith("; and 2 more.") and why.startswith("Why: templates/pledge.html")


def test_the_report_has_a_reason_for_each_file(office: Office) -> None:
    office.replace(UNIT, "夜里关灯", "夜里熄灯")
    assert office.run("--report", "report.json").returncode == 0
    report = json.loads((office.folder / "report.json").read_text("utf-8"))
    assert set(report) == {"made", "written", "removed", "seconds", "causes", "why"}
    assert set(report["why"]) == set(report["made"]) and all(report["why"].values())
    assert report["causes"] == [
        {
            "code": "changed",
            "values": ["content/districts/yinghuo.yaml"],
            "text": "content/districts/yinghuo.yaml changed",
        }
    ]
    office.run("--report", "report.json")
    report = json.loads((office.folder / "report.json").read_text("utf-8"))
    assert report["made"] == report["causes"] == [] and report["why"] == {}


# ── whatever is edited ───────────────────────────────────────────────────────

BEHIND = {
    "text": "yinghuo.yaml",
    "title": "yinghuo.yaml",
    "name": "zhiyuan.yaml",
    "heading": "zhiyuan.yaml",
    "theme": "yinghuo.yaml",
    "deadline": "yinghuo.yaml",
    "comment": "no page",
    "order": "zhiyuan.yaml",
    "unit": "chunshan.yaml",
    "tamper": "not by this program|this program had not",
    "base address": "base_url",
    "day": "as_of",
    "draft": "dengmi.yaml",
    "id": "yinghuo.yaml",
    "word": "words.yaml: page.skip",
    "term": "glossary.yaml: ",
    "setting": "site.yaml: motto",
    "article": "articles/about.zh.md",
    "template": "templates/pledge.html",
    "line": "templates/fragments/ledger.html",
    "style": "templates/styles/base.css",
    "script": "templates/static/site.js",
}
"""What is named for each kind of edit, and nothing else."""


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_is_edited_what_is_made_has_reasons_and_they_are_true(seed: int, tmp_path: Path) -> None:
    chance, city = random.Random(1000 + seed), City(tmp_path)
    report = city.incremental()
    for _ in range(STEPS):
        kinds = edits(chance)
        done = chance.sample(sorted(kinds), chance.choice([1, 1, 2, 3]))
        for name in done:
            kinds[name](city)
        report = city.incremental()
        why, causes = dict(report["why"]), list(report["causes"])  # type: ignore[arg-type]
        renewed = {path for path in report["written"] if path.endswith(".html")}
        assert set(why) == {*report["made"], *report["removed"], *renewed} and all(why.values()), done
        assert set(report["written"]) <= {*report["made"], *renewed}, done
        pattern = "|".join(BEHIND[name] for name in done) + "|^the page is new$"
        for cause in causes:
            assert re.search(pattern, cause["text"]), (done, cause)  # type: ignore[index]
        database = DatabaseReader(state_folder(city.folder / "cache", city.site) / "build.db")
        told = {path: database.history.of_file(path) for path in database.files.digests()}
        newest = max(each.made_ns for each in told.values() if each)
        made = {path for path, each in told.items() if each and each.made_ns == newest}
        assert not report["made"] or made == {*report["made"], *renewed}, done
        database.close()


def test_a_site_of_an_older_program_stays_ours(office: Office) -> None:
    """What is kept is laid out otherwise: every file is made again, and none is taken for one of others."""
    db = sqlite3.connect(state_folder(office.folder / "cache", office.site) / "build.db")
    for column in ("made", "written", "reasons"):
        db.execute(f"ALTER TABLE files DROP COLUMN {column}")
    db.execute("PRAGMA user_version = 1")
    db.commit()
    db.close()
    (office.site / "zh" / "index.html").write_text("x")
    done = office.run("--report", "report.json", "--explain", "zh/about.html")
    assert done.returncode == 0, done.stderr
    report = json.loads((office.folder / "report.json").read_text("utf-8"))
    assert report["written"] == ["zh/index.html"] and len(report["made"]) > 50
    assert "  - there is no record of earlier builds" in done.stdout


def test_builds_that_no_file_comes_from_are_forgotten(office: Office) -> None:
    for n in range(5):
        office.replace(UNIT, r"夜里关灯\d?", f"夜里关灯{n}")
        office.run()
    db = sqlite3.connect(state_folder(office.folder / "cache", office.site) / "build.db")
    assert [number for (number,) in db.execute("SELECT number FROM builds ORDER BY number")] == [1, 6]
    assert db.execute("SELECT count(*) FROM reasons").fetchone()[0] <= 4
    db.close()


# ── words ────────────────────────────────────────────────────────────────────


def test_every_cause_in_the_catalogue_can_be_one() -> None:
    source = "".join(path.read_text("utf-8") for path in (ROOT / "gazette").rglob("*.py"))
    for code in catalogue("en").causes:
        name = code.removeprefix("item_").removeprefix("way_")
        assert f'"{name}"' in source or f'"{name}_' in source, code


def test_an_empty_value_is_said_to_be_none() -> None:
    assert said(("date", "", "2031-09-30"), "en") == "the date (as_of) went from none to 2031-09-30"
    assert said(("date", "2031-09-30", ""), "zh") == "统计日期（as_of）由 2031-09-30 改为 无"
