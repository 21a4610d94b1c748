"""The register of what was published: nothing of it is lost or changed without a reason."""

from __future__ import annotations

import datetime
import json
import random
import re
import shutil
from pathlib import Path

import pytest
import yaml
from compiled import compiled
from hypothesis import given
from hypothesis import strategies as st
from program import SITE, tree
from published import rows
from registers import DAY, TEXTS, WHO, Edited, register_on

import build
from gazette.building.opening import open_cache, open_content
from gazette.building.settings import Settings
from gazette.editions.registering import day_of, new_registers, write_registers
from gazette.messages.problems import ContentError, FileProblems
from gazette.model.forms.texts import one_line
from gazette.model.published.facts import FIELDS, OF_RECORDS, PublishedFact
from gazette.reading.loader import load_shared
from gazette.reading.published.register import format_register, parse_register

facts = st.builds(
    PublishedFact,
    st.sampled_from(["dengmi", "dengmi-1", "dengmi-12"]),
    st.sampled_from([field for field in FIELDS if field not in OF_RECORDS]),
    st.sampled_from(["", "zh", "en"]),
    st.text(min_size=1, max_size=30).map(one_line).filter(bool),
    st.integers(1, 3),
)
registers = st.dictionaries(facts, st.dates(datetime.date(1900, 1, 1), datetime.date(2999, 12, 31)), max_size=8)


@given(registers, registers, st.randoms())
def test_the_lines_of_two_branches_are_both_right(one: dict, other: dict, chance: random.Random) -> None:
    lines = (format_register(one) + format_register(other) + format_register(one)).splitlines()
    chance.shuffle(lines)
    found = parse_register("x.tsv", "\r\n".join(lines))
    assert found == {fact: min(each[fact] for each in (one, other) if fact in each) for fact in (*one, *other)}
    assert parse_register("x.tsv", format_register(found)) == found


@pytest.mark.parametrize(
    "line",
    [
        "a",
        "a\ttitle\tzh\t2031-01-01\t",
        "a\ttitle\tzh\t2031-13-01\tx",
        "a\tnone\t\t2031-01-01\tx",
        "a\ttitle\tzh\t2031-01-01\tx\t0",
    ],
)
def test_a_line_that_nobody_wrote_is_told(line: str) -> None:
    with pytest.raises(FileProblems) as told:
        parse_register("x.tsv", f"dengmi\tname\tzh\t2031-01-01\tx\n{line}\n")
    assert [(problem.line, problem.code) for problem in told.value.problems] == [(2, "register_line")]


# ── a city that was published ────────────────────────────────────────────────


def test_what_is_as_it_was_published_is_right_and_registered_once(amended: Edited) -> None:
    before = tree(amended.content)
    assert amended.told() == []
    before["register/_editions.tsv"] = b"site\tas_of\t\t2032-01-01\t2031-09-30\n"  # there is no edition that holds it
    for day in ("2032-01-01", "2032-01-02"):
        assert build.main(["register", "--content", str(amended.content), "--at", day]) == 0
        assert tree(amended.content) == before


CHANGES: dict[str, tuple[object, dict[str, object]]] = {
    "title": ({"zh": "另一个题目", "en": "Another title"}, {}),
    "text": ({"zh": "另一句话。", "en": "Another sentence."}, {}),
    "done_when": ({"zh": "另一种办法。", "en": "Another way."}, {}),
    "deadline": (2035, {}),
    "target": ({"value": 13, "unit": {"zh": "座", "en": "stations"}, "what": {"zh": "水站", "en": "stations"}}, {}),
    "step": ([], {}),
}


@pytest.mark.parametrize("kind", ["correction", "change"])
@pytest.mark.parametrize("field", CHANGES)
def test_a_change_is_told_until_there_is_a_reason(amended: Edited, field: str, kind: str) -> None:
    unit = amended.read("zhiyuan")
    pledge = unit["pledges"][0]
    key = "updates" if field == "step" else field
    step = {name: pledge["updates"][0][name] for name in ("date", "state")}
    was = step if field == "step" else pledge[key]
    pledge[key] = CHANGES[field][0]
    amended.write("zhiyuan", unit)
    found = amended.told()
    assert found and all(f"was: {{{field}: " in line and str(DAY) in line for line in found), found
    reason = {"date": "2031-06-02", "kind": kind, "was": {field: was}, "reason": TEXTS}
    pledge.setdefault("revisions", []).append(reason | ({"by": WHO} if kind == "change" else {}))
    unit["pledges"][0] = pledge
    amended.write("zhiyuan", unit)
    assert amended.told() == []


def test_a_moved_deadline_is_no_change_and_taking_it_away_is_one(amended: Edited) -> None:
    unit = amended.read("zhiyuan")
    moved = {"date": "2031-06-03", "to": 2036, "by": WHO, "reason": TEXTS}
    unit["pledges"][0]["moved"] = [moved]
    amended.write("zhiyuan", unit)
    assert amended.told() == []
    register_on(amended.content, datetime.date(2031, 6, 4))
    del unit["pledges"][0]["moved"]
    amended.write("zhiyuan", unit)
    assert ["2036" in line for line in amended.told()] == [True]


def test_a_unit_says_why_its_name_or_signatory_was_corrected(amended: Edited) -> None:
    unit = amended.read("zhiyuan")
    was = {"name": unit["name"], "signed_by": unit["signed_by"]}
    unit["name"] = {"zh": "风筝区", "en": "Kite District"}
    unit["signed_by"] = {"name": {"zh": "丙某", "en": "Person C"}, "title": {"zh": "区长", "en": "Head"}}
    amended.write("zhiyuan", unit)
    other = amended.read("wuyu-gang")
    other["ended"]["into"][0]["name"] = unit["name"]  # it was merged into this one, and calls it by its name
    amended.write("wuyu-gang", other)
    assert len(amended.told()) == 2  # the name, in both languages at once, and the signatory
    unit["revisions"] = [{"date": "2031-06-02", "kind": "correction", "was": was, "reason": TEXTS}]
    amended.write("zhiyuan", unit)
    assert amended.told() == []


def test_a_pledge_is_lost_a_draft_or_renamed(amended: Edited) -> None:
    unit = amended.read("zhiyuan")
    last = unit["pledges"][3]  # one that no other unit and no notice names
    number = len(unit["pledges"])
    last["draft"] = True
    amended.write("zhiyuan", unit)
    assert ["as a draft it would vanish" in line for line in amended.told()] == [True]
    del last["draft"]
    id, last["id"] = last["id"], f"zhiyuan-{number + 40}"
    amended.write("zhiyuan", unit)
    assert ["is no longer in any file" in line and id in line for line in amended.told()] == [True]
    last["formerly"] = [*last.get("formerly", []), id]
    amended.write("zhiyuan", unit)
    assert amended.told() == []


def test_a_unit_is_lost_or_renamed_and_keeps_what_it_said(amended: Edited) -> None:
    text = amended.path("yinghuo").read_text("utf-8")
    site = amended.content / "site.yaml"
    site.write_text(site.read_text("utf-8").replace("unit: yinghuo", "unit: liuying"), "utf-8")
    amended.path("yinghuo").unlink()
    amended.write("liuying", yaml.load(re.sub("yinghuo", "liuying", text), yaml.CBaseLoader))
    found = amended.told()
    assert any("register/yinghuo.tsv" in line or "yinghuo-1" in line for line in found), found
    unit = amended.read("liuying")
    unit["formerly"] = ["yinghuo"]
    for pledge in unit["pledges"]:
        pledge["formerly"] = [*pledge.get("formerly", []), pledge["id"].replace("liuying", "yinghuo")]
    amended.write("liuying", unit)
    assert amended.told() == []


def test_a_register_that_is_gone_before_it_is_read_is_told(tmp_path: Path) -> None:
    city = tmp_path / "content"
    shutil.copytree(SITE, city)
    file = city / "register" / "gone.tsv"
    file.parent.mkdir(exist_ok=True)
    file.write_text("gone\tname\ten\t2031-01-01\tGone\n", "utf-8")
    opened = load_shared(city)
    file.unlink()
    assert opened.published_of_none() == {}
    assert [(each.path, each.code) for each in opened.diagnostics.problems] == [(str(file), "file_missing")]


def test_another_branch_of_the_register_is_seen_by_the_next_build(amended: Edited, tmp_path: Path) -> None:
    asked = [
        "--content",
        str(amended.content),
        "--output",
        str(tmp_path / "site"),
        "--cache",
        str(compiled(tmp_path / "cache")),
    ]
    report = tmp_path / "report.json"
    asked += ["--report", str(report), "--only", "pages,data", "--jobs", "1"]
    assert build.main(asked) == 0
    place = amended.content / "register" / "zhiyuan.tsv"
    lines = place.read_text("utf-8")
    place.write_text("".join(sorted(lines.splitlines(keepends=True), reverse=True)) + lines, "utf-8")
    assert build.main(asked) == 0
    assert json.loads(report.read_text("utf-8"))["made"] == []
    with place.open("a", encoding="utf-8") as file:
        file.write("zhiyuan-1\ttitle\tzh\t2031-05-01\t从前的题目\n")
    assert build.main(asked) == 1


def test_revisions_are_in_the_data_and_on_the_pages(small: Path) -> None:
    found = {(row["id"], row["field"]): row for row in rows(small, "revisions")}
    row = found["zhiyuan-1", "target"]
    assert row["revision"] == "correction" and row["before_zh"] == "11 座 | 水站" and row["reason_en"]
    page = (small / "en" / "pledges" / "zhiyuan-1.html").read_text("utf-8")
    assert "note--correction" in page and "11 stations" in page
    assert [row["event"] for row in rows(small, "history") if row["pledge"] == "zhiyuan-1"].count("correction") == 1


def test_what_is_kept_beside_the_content_is_read_by_whom_the_content_is(registered_city: Path) -> None:
    """A file of records has the rights that any new file has, and no other writer's lines are lost."""
    other = registered_city / "districts" / "new.txt"
    other.write_text("x", "utf-8")
    expected = other.stat().st_mode
    other.unlink()
    for place in (registered_city / "register" / "zhiyuan.tsv", registered_city / "translations" / "zhiyuan.tsv"):
        assert place.stat().st_mode == expected


def test_lines_that_somebody_else_adds_meanwhile_are_not_written_over(amended: Edited) -> None:
    unit = amended.read("zhiyuan")
    unit["pledges"][0]["updates"].append({"date": "2031-04-01", "state": "under-way", "text": TEXTS})
    amended.write("zhiyuan", unit)
    settings = Settings(amended.content, SITE.parents[1] / "templates", amended.content.parent / "cache")
    opened = open_content(settings, open_cache(settings))
    new = new_registers(opened, DAY)
    place = amended.content / "register" / "zhiyuan.tsv"
    place.write_text(place.read_text("utf-8") + "zhiyuan-1\tstep\t\t2031-05-01\t2031-05-01 applied\n", "utf-8")
    before = tree(amended.content)
    with pytest.raises(ContentError) as told:
        write_registers(opened, new)
    assert [problem.code for problem in told.value.problems] == ["changed_meanwhile"] and tree(
        amended.content
    ) == before


@pytest.mark.parametrize(("zone", "day"), [("Asia/Shanghai", "2031-06-02"), ("America/New_York", "2031-06-01")])
def test_the_day_of_publication_is_that_of_the_site(amended: Edited, zone: str, day: str) -> None:
    site = amended.content / "site.yaml"
    site.write_text(site.read_text("utf-8").replace("Asia/Shanghai", zone), "utf-8")
    settings = Settings(amended.content, SITE.parents[1] / "templates", amended.content.parent / "cache")
    opened = open_content(settings, open_cache(settings))
    assert str(day_of(opened, datetime.datetime(2031, 6, 1, 18, tzinfo=datetime.UTC))) == day
