"""Why a file was made again: each cause is told after the edit that is behind it, and only those that are."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from askers import SLOT, UNIT, VIEW, Asker, other_day
from edits import SEEDS, City, dealt, edits
from program import ROOT
from reached import at_least_one

from gazette.building.database.reader import DatabaseReader
from gazette.building.place import state_folder


def deadline_and_day(asker: Asker) -> None:
    """A date, first seen while it is far, goes by: what changes first is that it is due soon."""
    asker.replace(UNIT, "deadline: unstated", "deadline: 2031")
    assert asker.run().returncode == 0
    other_day(asker)


def remove_a_unit(asker: Asker) -> None:
    (asker.content / "districts" / "yinghuo.yaml").unlink()
    asker.replace("content/site.yaml", r"  - \{unit: yinghuo.*\n", "")


def other_notices(asker: Asker) -> None:
    """Two notices, of which one names a pledge of the unit whose page is asked for; of the unit that the other names a
    pledge of, that page tells nothing."""
    asker.replace("content/notices/circular-2031-1.yaml", "title: {zh: 关于", "title: {zh: 有关")
    asker.replace("content/notices/accountability-2031-1.yaml", "title: {zh: 关于", "title: {zh: 有关")


def notice_of_another(asker: Asker) -> None:
    """A notice that names no pledge of a unit any more."""
    asker.replace("content/notices/circular-2031-1.yaml", r"pledges: \[zhiyuan-3, wuyu-gang-2\]", "pledges: [dengmi-4]")
    asker.replace("content/notices/accountability-2031-1.yaml", "title: {zh: 关于", "title: {zh: 有关")


def other_tool(asker: Asker) -> None:
    """A version is what the first folder of that name says."""
    (asker.folder / "fake-packages" / "babel-99.1.dist-info").mkdir(parents=True)


def other_place(asker: Asker) -> Path:
    """The same program in another folder, to be changed there."""
    package = asker.folder / "program" / "gazette"
    shutil.copytree(ROOT / "gazette", package, ignore=shutil.ignore_patterns("*.ttf", "__pycache__"))
    for font in (ROOT / "gazette" / "fonts").glob("*.ttf"):
        (package / "fonts" / font.name).symlink_to(font)
    asker.program = Path(shutil.copy(ROOT / "build.py", package.parent))
    return package


def other_program(asker: Asker) -> None:
    with (other_place(asker) / "model" / "life" / "status.py").open("a") as module:
        module.write("# another\n")


def other_font(asker: Asker) -> None:
    font = sorted((other_place(asker) / "fonts").glob("*.ttf"))[0]
    data = font.read_bytes()
    font.unlink()
    font.write_bytes(data + b"\0")


ONE_EDIT: dict[str, tuple[Callable[[Asker], None], str, list[str]]] = {
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
    "notices": (
        other_notices,
        "zh/pledges/zhiyuan-3.html",
        [f"content/notices/circular-2031-1.yaml changed{VIEW}"],
    ),
    "notice of another": (
        notice_of_another,
        "zh/pledges/zhiyuan-3.html",
        [f"content/notices/circular-2031-1.yaml changed{VIEW}"],
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
        ["a command set base_url, overriding what content/site.yaml says (a setting that all pages use)"],
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
    "date": (
        deadline_and_day,
        "zh/index.html",
        [
            f"the reference date (as_of) changed from 2031-09-30 to 2032-06-30{VIEW}",
            "the reference date (as_of) changed from 2031-09-30 to 2032-06-30 and passed a deadline or another date of "
            f"{UNIT} (2031-11-30){VIEW}",
        ],
    ),
    "date that a page says": (
        other_day,
        "zh/districts/zhiyuan.html",
        [f"the reference date (as_of) changed from 2031-09-30 to 2032-06-30{VIEW}"],
    ),
    "date passes a deadline": (
        deadline_and_day,
        "zh/districts/yinghuo.html",
        [
            "the reference date (as_of) changed from 2031-09-30 to 2032-06-30 and passed a deadline or another date of "
            f"{UNIT} (2031-11-30){VIEW}"
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
        ["the file had been changed, and not by this program"],
    ),
    "deleted": (
        lambda o: (o.site / "en" / "pledges" / "yinghuo-1.html").unlink(),
        "en/pledges/yinghuo-1.html",
        ["the file was missing, and this program had not removed it"],
    ),
    "program": (other_program, "zh/about.html", ["the program itself changed"]),
    "fonts": (other_font, "zh/about.html", ["the bundled fonts changed"]),
}


@pytest.mark.long
@pytest.mark.parametrize("name", ONE_EDIT)
def test_the_edit_that_is_behind_a_file_is_named_and_no_other(name: str, asker: Asker) -> None:
    edit, path, reasons = ONE_EDIT[name]
    edit(asker)
    found = asker.reasons(path)
    same = "The result is the same, byte for byte, so the file of T was kept."
    assert [reason for reason in found if reason.strip() != same] == reasons
    if name in ("script", "unit", "program", "fonts"):
        assert (found[-1].strip() == same) is (name in ("program", "fonts")), found


def test_two_edits_are_told_apart(asker: Asker) -> None:
    asker.replace(UNIT, "夜里关灯", "夜里熄灯")
    asker.replace("templates/unit.html", r"\Z", "<!-- x -->")
    asker.replace("content/site.yaml", "wide: true", "wide: false")
    asked = ("zh/districts/yinghuo.html", "zh/districts/zhiyuan.html", "zh/index.html", "zh/ledger.html")
    told = [line for line in asker.ask(*asked) if not line.startswith("  The result is the same")]
    head = ": made in this build T, because"
    assert told == [
        f"zh/districts/yinghuo.html{head}",
        "  - templates/unit.html changed",
        f"  - content/districts/yinghuo.yaml changed{VIEW}",
        f"zh/districts/zhiyuan.html{head}",
        "  - templates/unit.html changed",
        f"zh/index.html{head}",
        f"  - content/site.yaml: rivers changed{VIEW}",
        f"zh/ledger.html{head}",
        f"  - content/districts/yinghuo.yaml changed{SLOT}",
    ]


def test_another_version_of_a_tool_is_named_with_both(asker: Asker) -> None:
    other_tool(asker)
    environment = {**os.environ, "PYTHONPATH": str(asker.folder / "fake-packages")}
    done = subprocess.run([sys.executable, str(ROOT / "build.py"), "--version"], capture_output=True, text=True)
    version = re.search(r"^babel (\S+)$", done.stdout, re.M)
    assert version
    told = asker.ask("zh/about.html", "static/site.js", env=environment)
    assert told == [
        "zh/about.html: made in this build T, because",
        f"  - babel changed from version {version[1]} to 99.1",
        "  The result is the same, byte for byte, so the file of T was kept.",
        "static/site.js: as it was; nothing that it is made from has changed since it was last made T, because",
        "  - the site is built for the first time",
    ]


# ── whatever is edited ───────────────────────────────────────────────────────

BEHIND = {
    "text": "yinghuo.yaml",
    "title": "yinghuo.yaml",
    "name": "zhiyuan.yaml|wuyu-gang.yaml",
    "heading": "zhiyuan.yaml|wuyu-gang.yaml",
    "theme": "yinghuo.yaml",
    "deadline": "yinghuo.yaml",
    "comment": "no page",
    "order": "zhiyuan.yaml",
    "unit": "chunshan.yaml",
    "tamper": "not by this program|this program had not",
    "picture": "files/zhiyuan/room.jpg",
    "base address": "base_url",
    "day": "as_of",
    "draft": "wuyu-gang.yaml|zhiyuan.yaml|notices/circular-2031-1.yaml",
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
def test_whatever_is_edited_what_is_made_has_reasons_and_they_are_true(seed: int, edited: City) -> None:
    chance = random.Random(1000 + seed)
    for done in at_least_one(dealt(chance)):
        kinds = edits(chance)
        for name in done:
            kinds[name](edited)
        report = edited.incremental()
        why, causes = dict(report["why"]), list(report["causes"])  # type: ignore[arg-type]
        renewed = {path for path in report["written"] if path.endswith(".html")}
        assert set(why) == {*report["made"], *report["removed"], *renewed} and all(why.values()), done
        assert set(report["written"]) <= {*report["made"], *renewed}, done
        pattern = "|".join(BEHIND[name] for name in done) + "|^the page is new$"
        for cause in causes:
            assert re.search(pattern, cause["text"]), (done, cause)  # type: ignore[index]
        database = DatabaseReader(state_folder(edited.folder / "cache", edited.site) / "build.db")
        told = {path: database.history.of_file(path) for path in database.files.digests()}
        newest = max(each.made_ns for each in told.values() if each)
        made = {path for path, each in told.items() if each and each.made_ns == newest}
        assert not report["made"] or made == {*report["made"], *renewed}, done
        database.close()
