"""The life of a pledge as it is told: on pages, in the open data, in the editors' guide."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import lxml.html
import pytest
import yaml
from browser import served
from chromium import needs_chromium, tab
from compiled import compiled
from lives import FIELDS, ROOT, content, moved, step
from published import pages
from reached import at_least_one

import build
from gazette.model.life.status import STATES
from gazette.model.records.json_schema import schemas
from gazette.model.records.lifecycle import STEPS
from gazette.model.records.step_table import MEANS, UPDATE_FIELDS
from gazette.model.records.units import Update

DAYS = {"begin": "2031-05-01", "end": "2031-05-07"}
LIFE = [
    step("milestone", "2031-02-01"),
    step("milestone", "2031-02-20", reached={"value": 14, "unit": FIELDS["reached"]["unit"]}),
    step("inspected", "2031-03-01", result="sent-back", reason={"zh": "还差七处。", "en": "Seven are missing."}),
    step("inspected", "2031-04-01", result="passed"),
    step(
        "notice", "2031-05-01", inspected="2031-04-01", notice={**DAYS, "contact": {"zh": "某处", "en": "Some office"}}
    ),
    step("objection", "2031-05-02"),
    step("answered", "2031-05-03"),
    step("accepted", "2031-06-01", inspected="2031-04-01", notice=DAYS, recheck="2032-06-01"),
    step("rechecked", "2032-06-01", held="no", reason={"zh": "污水又来。", "en": "Sewage again."}),
    step("reopened", "2032-06-02", deadline="2033-03"),
]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small city with one pledge that went through everything."""
    folder = tmp_path_factory.mktemp("life")
    figure = {"value": 12, "unit": FIELDS["reached"]["unit"], "what": FIELDS["reached"]["unit"]}
    more = {"target": figure, "deadline": "2031-03", "moved": [moved("2031-03-20", "2031-05")]}
    made = content(folder / "content", LIFE, **more)
    place = ["--content", str(made), "--output", str(folder / "site"), "--cache", str(compiled(folder / "cache"))]
    assert build.main([*place, "--as-of", "2033-01-01", "--no-pdf", "--jobs", "1"]) == 0
    return folder / "site"


def test_a_page_tells_the_whole_life(lived: Path) -> None:
    for code, told in (
        (
            "zh",
            (
                "5处（共12处）",
                "14处，承诺的是12处",
                "核查未通过，退回",
                "还差七处",
                "某处",
                "收到异议",
                "异议不成立",
                "复查未通过",
                "由“2031年3月”调整为“2031年5月”",
            ),
        ),
        (
            "en",
            (
                "5 of 12 outfalls",
                "14 outfalls, 12 outfalls promised",
                "Seven are missing",
                "Some office",
                "Objection not upheld",
                "Check after closure: not passed",
                "“March 2031” changed to",
            ),
        ),
    ):
        page = (lived / code / "pledges" / "yinghuo-1.html").read_text("utf-8")
        words = re.sub(r"<[^>]+>", "", page)
        assert [each for each in told if each not in words] == [], code
        assert page.count('<li class="step') == len(LIFE) + 1


def test_a_moved_deadline_is_told_with_the_stated_one_wherever_it_is_told(lived: Path) -> None:
    for name in ("ledger", "deadlines", "districts/yinghuo"):
        words = re.sub(r"<[^>]+>", "", (lived / "en" / f"{name}.html").read_text("utf-8"))
        assert "March 2031; now March 2033" in words, name


def test_every_state_has_a_mark_on_every_page_that_shows_it(lived: Path) -> None:
    checked = 0
    for page in pages(lived):
        text = page.read_text("utf-8")
        for used in set(re.findall(r'href="#(state_[\w-]+)"', text)):
            assert f'id="{used}"' in text, (page, used)
            checked += 1
    assert checked > 50


# ── what the editors are told ────────────────────────────────────────────────

NOTHING = {"docs/editing.md": "no report yet", "docs/editing.zh.md": "没有报告"}


@pytest.mark.parametrize("guide", NOTHING)
def test_the_editors_guide_has_the_table(guide: str) -> None:
    """A row “as” another (同) means the states after which that step may come; “but not” (但) takes some away."""
    text = (ROOT / guide).read_text("utf-8").replace(NOTHING[guide], "`none`")
    after: dict[str, set[str]] = {}
    for code, needs, follows in re.findall(r"(?m)^\| `([\w-]+)` \|[^|]+\|([^|]*)\|([^|]+)\|$", text):
        if code == "state":
            continue  # the head of the table
        assert re.findall(r"`(\w+)`", needs) == [*STEPS[code].needs], (guide, code)
        first, _, without = re.sub("[,，] ?(but not|但不能)", "§", follows).partition("§")
        named = re.findall(r"`([\w-]+)`", first)
        is_like = first.strip().startswith(("as ", "同"))
        after[code] = (after[named[0]] if is_like else {*named}) - {*re.findall(r"`([\w-]+)`", without)}
    assert after == {code: {*each.after} for code, each in STEPS.items()}


def test_the_schema_has_the_table_of_the_guide() -> None:
    state = json.loads(schemas()["unit.schema.json"])["$defs"]["Update"]["properties"]["state"]["description"]
    guide = (ROOT / "docs" / "editing.md").read_text("utf-8")
    for code, row in at_least_one(zip(STEPS, state.splitlines()[1:], strict=True)):
        assert row.startswith(f"{code}: {MEANS[code]}.") and f"| `{code}` | {MEANS[code]} |" in guide
        needs = re.findall(r"Requires ([^.]*)\.", row)
        assert needs == [", ".join(STEPS[code].needs)] * bool(STEPS[code].needs)
        after = row.partition("May come after ")[2].rstrip(".").replace("no report yet", "none")
        assert after.split(", ") == [*STEPS[code].after]
    assert {*UPDATE_FIELDS} == {*Update.__struct_fields__}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_method_page_has_the_table(language: str, lived: Path) -> None:
    words = yaml.load((ROOT / "content" / "words.yaml").read_text("utf-8"), yaml.CSafeLoader)
    page = lxml.html.fromstring((lived / language / "method.html").read_bytes())
    rows = [["".join(cell.itertext()) for cell in row] for row in page.xpath("//*[@id='steps']/following::tbody[1]/tr")]
    join, above = words["steps"]["join"][language], words["steps"]["as_above"][language]
    last = ""
    for (code, own), (means, leads, needs, after) in at_least_one(zip(STEPS.items(), rows, strict=True)):
        last = last if after == above else after
        assert means == words["step_means"][code][language]
        assert leads.startswith(words["state"][own.leads_to][language])
        assert needs.startswith(join.join(words["step_need"][name][language] for name in own.needs))
        assert last == join.join(words["state"][state][language] for state in own.after), code


@needs_chromium
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_table_needs_no_scrolling_on_a_phone(language: str, lived: Path) -> None:
    """Each cell says there which column it is of, which the head does elsewhere."""
    with served(lived) as address, tab() as page:
        for width, says in ((320, True), (1000, False)):
            page.open(f"{address}/{language}/method.html", width, 740)
            box = "document.querySelector('.scroll:has(.steps)')"
            assert page.evaluate(f"{box}.scrollWidth <= {box}.clientWidth"), width
            shown = page.evaluate(f"getComputedStyle({box}.querySelector('td'), '::before').content")
            assert (shown != "none") == says


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_method_page_explains_every_state(language: str) -> None:
    words = yaml.load((ROOT / "content" / "words.yaml").read_text("utf-8"), yaml.CSafeLoader)["state"]
    text = (ROOT / "content" / "articles" / f"method.{language}.md").read_text("utf-8")
    assert [code for code in STATES if words[code][language] not in text] == []


def test_the_open_data_have_a_row_for_each_thing_that_happened(lived: Path) -> None:
    rows = [*csv.DictReader((lived / "data" / "history.csv").read_text("utf-8-sig").splitlines())]
    own = [row for row in rows if row["pledge"] == "yinghuo-1"]
    assert [row["event"] for row in own] == [
        *(
            "milestone",
            "milestone",
            "sent-back",
            "moved",
            "passed",
            "notice",
            "objection",
            "answered",
            "accepted",
            "not-held",
        ),
        "reopened",
    ]
    assert [row["date"] for row in own] == sorted(row["date"] for row in own)
    assert (own[0]["reached"], own[0]["total"], own[0]["reached_unit_en"]) == ("5", "12", "outfalls")
    assert (own[3]["deadline_before"], own[3]["deadline"], own[3]["by_en"]) == ("2031-03", "2031-05", "Some body")
    assert own[-1]["deadline"] == "2033-03"
    (pledge,) = (
        row
        for row in csv.DictReader((lived / "data" / "pledges.csv").read_text("utf-8-sig").splitlines())
        if row["id"] == "yinghuo-1"
    )
    deadlines = pledge["deadline"], pledge["deadline_now"], pledge["deadline_now_last"]
    assert deadlines == ("2031-03", "2033-03", "2033-03-31")
    assert pledge["status"] == "reopened" and pledge["updates"] == str(len(LIFE))
