"""What pages say of states and of time: counts that agree with the data, and nothing late without the day."""

from __future__ import annotations

import csv
import datetime
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml
from browser import measure
from chromium import needs_chromium
from compiled import compiled
from lxml import html
from reached import at_least_one
from shared import once, root
from whole import open_content

from gazette.model.life.status import STATES, status
from gazette.planning.valid_days import valid_days

ROOT = Path(__file__).resolve().parent.parent
CITY = ROOT / "tests" / "site"
DAYS = {
    "2031-09-30": ("2031年9月30日", "30 September 2031"),
    "2032-07-01": ("2032年7月1日", "1 July 2032"),
    "": ("", ""),
}
WORDS = yaml.load((CITY / "words.yaml").read_text("utf-8"), yaml.CSafeLoader)


def build(content: Path, folder: Path, as_of: str) -> Path:
    """The pages and data of a city on a day; the empty text is a site without one."""
    command = [sys.executable, str(ROOT / "build.py"), "--content", str(content), "--output", str(folder / "site")]
    command += ["--cache", str(compiled(folder / "cache")), "--only", "pages,data", "--jobs", "1"]
    command += ["--as-of", as_of] if as_of else []
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.fixture(scope="module", params=DAYS, ids=lambda day: day or "no day")
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The invented city as it is on a day, and the day."""

    def make(folder: Path) -> None:
        content = CITY
        if not request.param:
            content = shutil.copytree(CITY, folder / "content")
            settings = re.sub(r"(?m)^as_of:.*", "as_of:", (CITY / "site.yaml").read_text("utf-8"))
            (content / "site.yaml").write_text(settings, "utf-8")
        build(content, folder, request.param)

    return once(root(tmp_path_factory) / f"states-{request.param or 'no-day'}", make) / "site", request.param


def rows(site: Path) -> list[dict[str, str]]:
    with (site / "data" / "pledges.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def main_of(page: Path) -> html.HtmlElement:
    (found,) = html.document_fromstring(page.read_bytes()).xpath("//main")
    return found


def said(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


# ── the day ──────────────────────────────────────────────────────────────────


def is_late(main: html.HtmlElement, language: str) -> bool:
    """Whether a page calls something late, in marks or in words. (Of lateness as such every page may speak.)"""
    for element in main.xpath("//*[@class='lane__why' or @class='article']"):
        element.drop_tree()
    words = [WORDS["alert"][alert][language] for alert in ("overdue", "past")]
    counts = [form for alert in ("overdue", "past") for form in WORDS["late"][alert][language].split(" | ")]
    found = "|".join([*map(re.escape, words), *(re.escape(form).replace(r"\{n\}", r"\d+") for form in counts)])
    return re.search(found, main.text_content()) is not None


@pytest.mark.parametrize(("language", "place"), [("zh", 0), ("en", 1)])
def test_nothing_is_late_without_the_day(site: tuple[Path, str], language: str, place: int) -> None:
    """What became late stands among the changes with a day of its own (`test_passed`)."""
    folder, day = site
    late, dayless = Counter[str](), []
    for page in sorted((folder / language).rglob("*.html")):
        main = main_of(page)
        date = DAYS[day][place]
        dated = bool(date) and date in said(main)
        if is_late(main, language) and page.stem not in ("dictionary", "changes", "ledger" if not day else ""):
            late[page.parent.name if page.parent.name != language else page.stem] += 1
            if not dated:
                dayless.append(page.name)
    assert dayless == []
    kinds = {
        "index",
        "units",
        "ledger",
        "deadlines",
        "status",
        "districts",
        "pledges",
        "themes",
        "programmes",
        "notices",
    }
    assert set(late) == (kinds if day else set())


def test_a_mark_in_a_row_says_the_day_too(site: tuple[Path, str]) -> None:
    folder, day = site
    marks = main_of(folder / "en" / "ledger.html").xpath("//td//*[@title]")
    assert [mark.get("title") for mark in marks if not mark.get("title").endswith(f" as of {DAYS[day][1]}")] == []
    assert len(marks) == sum(bool(row["alert"]) for row in rows(folder))


def test_a_units_pages_hold_as_long_as_they_say_the_same() -> None:
    """Each day of three years: in the time that they are said to hold, states and the day that is said are the same."""
    first, days = datetime.date(2030, 12, 1), 1100
    for unit_file in at_least_one(open_content(CITY).unit_files):

        def told(day: datetime.date, unit_file=unit_file) -> list[object]:  # type: ignore[no-untyped-def]
            return [status(pledge.without_drafts(), day) for pledge in unit_file.unit.pledges]

        for day in at_least_one(first + datetime.timedelta(days=n) for n in range(days)):
            valid = valid_days(unit_file.unit, day)
            assert valid.hold(day)
            following = day + datetime.timedelta(days=1)
            if valid.hold(following):
                assert told(day) == told(following), (unit_file.id, day)


# ── states ───────────────────────────────────────────────────────────────────


def test_counts_on_the_front_page_and_in_filters_are_those_of_the_data(site: tuple[Path, str]) -> None:
    folder, _ = site
    counts = Counter(row["status"] for row in rows(folder))
    expected = [f"{WORDS['state'][code]['en']} {counts[code]}" for code in STATES if counts[code] and code != "split"]
    assert counts["split"] == 1
    expected.append("1 more pledge was split; its parts are counted.")
    assert [said(each) for each in main_of(folder / "en" / "index.html").find_class("totals")[0]] == expected
    options = main_of(folder / "en" / "ledger.html").xpath("//select[@name='status']/option[@value!='']")
    late = Counter(row["alert"] for row in rows(folder) if row["alert"])
    assert {each.get("value"): said(each) for each in options} == {
        **{code: f"{WORDS['state'][code]['en']} ({n})" for code, n in counts.items()},
        **{code: f"{WORDS['alert'][code]['en']} ({n})" for code, n in late.items()},
    }
    ledger = main_of(folder / "en" / "ledger.html").xpath("//tr[@data-status]")
    assert [(row.get("id"), row.get("data-status")) for row in ledger] == [
        (row["id"], f"{row['status']} {row['alert']}".strip()) for row in rows(folder)
    ]


def test_what_is_late_is_counted_and_linked(site: tuple[Path, str]) -> None:
    folder, day = site
    late = Counter(row["alert"] for row in rows(folder) if row["alert"])
    assert set(late) == ({"overdue", "past"} if day else set())
    for name in ("index", "deadlines"):
        main = main_of(folder / "en" / f"{name}.html")
        links = main.xpath("//a[contains(@href, '#overdue') or contains(@href, '#past')]")
        found = {each.get("href").partition("#")[2]: int(said(each).split()[0]) for each in links}
        assert found == late, name
        assert ("No reference date" in said(main)) == (not day)
    main = main_of(folder / "en" / "deadlines.html")
    sections = [section for section in main.xpath("//section[@id]") if section.get("id") in ("overdue", "past")]
    places = main.xpath("//section[@id]")
    assert places[: len(sections)] == sections, "what is late comes first"
    for section in sections:
        pledges = {Path(link.get("href")).stem for link in section.iter("a")}
        assert pledges == {row["id"] for row in rows(folder) if row["alert"] == section.get("id")}


def test_that_nothing_is_late_is_said(tmp_path: Path) -> None:
    site = build(ROOT / "content", tmp_path, "2017-05-01")
    for name in ("index", "deadlines"):
        assert "As of 1 May 2017, no pledge is overdue" in said(main_of(site / "en" / f"{name}.html"))
        assert "截至2017年5月1日，没有逾期的承诺" in said(main_of(site / "zh" / f"{name}.html"))


def test_a_notice_that_ran_out_is_told_and_its_step_stays(site: tuple[Path, str]) -> None:
    folder, day = site
    state = {row["id"]: row for row in rows(folder)}["dengmi-2"]
    assert (state["status"], state["status_since"]) == (
        ("notice-over", "2031-05-09") if day else ("notice", "2031-05-02")
    )
    main = main_of(folder / "en" / "pledges" / "dengmi-2.html")
    sentence = f"The notice ended on 8 May 2031. No result had been recorded by {DAYS[day][1]}."
    assert (sentence in said(main)) == bool(day)
    (step,) = main.find_class("step")
    assert "Public notice" in said(step) and "2 May 2031 to 8 May 2031" in said(step)
    dictionary = said(main_of(folder / "en" / "dictionary.html"))
    assert "notice-over" in dictionary and WORDS["code"]["status"]["notice-over"]["en"] in dictionary


def test_the_page_of_changes_and_the_table_hold_the_same(site: tuple[Path, str]) -> None:
    folder, _ = site
    with (folder / "data" / "history.csv").open(encoding="utf-8-sig", newline="") as file:
        told = sorted((row["date"], row["pledge"] or row["unit"]) for row in csv.DictReader(file))
    for language in ("zh", "en"):
        shown = main_of(folder / language / "changes.html").find_class("change")
        links = [(each.xpath(".//time/@datetime")[0], Path(each.xpath(".//a/@href")[0]).stem) for each in shown]
        assert sorted(links) == told


def test_readers_who_see_no_strokes_hear_what_they_say(site: tuple[Path, str]) -> None:
    folder, _ = site
    pledges = [row for row in rows(folder) if row["status"] != "split"]  # its parts are counted
    cells = main_of(folder / "en" / "index.html").find_class("cell")
    assert cells
    for cell in cells:
        theme, unit = re.findall(r"themes/(.+)\.html#(.+)", cell.get("href"))[0]
        filed = [row for row in pledges if row["unit"] == unit and theme in row["themes"].split(";")]
        states = [row["status"] for row in filed]
        reported = sum(row["updates"] != "0" for row in filed)
        more = [f"{reported} reported"] if reported else []
        more += [f"{states.count('accepted')} accepted"] if "accepted" in states else []
        expected = f"{len(states)}{', of which ' if more else ''}{', '.join(more)}"
        assert said(cell).endswith(f" {expected}"), unit


# ── as a browser shows it ────────────────────────────────────────────────────

WIDTHS = (320, 359, 360, 480, 767, 768, 900, 1119, 1120, 1200, 1280, 1440, 1920)
LOOKS = [{"width": width, "mode": mode} for mode in ("plain", "elder") for width in WIDTHS]
PRINTED = {"width": 658, "mode": "print"}
"""The type area of A4 with the margins of a printed page, in CSS pixels."""


@needs_chromium
def test_the_matrix_and_the_map_can_be_read_at_every_width(real: Path, tmp_path: Path) -> None:
    """Figures first and strong, strokes and cells apart, no word of a head or a tile broken."""
    pages = [f"{language}/{name}.html" for name in ("index", "themes") for language in ("zh", "en")]
    found = measure(real, pages, [*LOOKS, PRINTED], tmp_path / "server")
    assert len(found) == len(pages) * (len(LOOKS) + 1)
    wrong = [f"{look['path']} {look['width']} {look['mode']}: {each}" for look in found for each in look["tables"]]
    assert wrong == []
    for language in ("zh", "en"):
        main = main_of(real / language / "index.html")
        key, table = (main.find_class(name)[0] for name in ("key", "matrix"))
        order = list(main.iter())
        assert order.index(key) < order.index(table), "the key comes before the first stroke"
        assert len(key.find_class("key__strokes")[0]) == 1, "nothing was reported, so one kind of stroke is explained"
