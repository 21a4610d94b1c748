"""The register of what was published: nothing of it is lost or changed without a reason."""

from __future__ import annotations

import datetime
import hashlib
import io
import json
import random
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from program import SITE, run, tree
from published import rows

import build
from gazette.building.opening import open_cache, open_content
from gazette.building.settings import Settings
from gazette.messages.problems import ContentError, FileProblems
from gazette.model.published import FIELDS, OF_RECORDS, PublishedFact
from gazette.model.texts import one_line
from gazette.publishing.registering import day_of, new_registers, write_registers
from gazette.reading.loader import load_shared
from gazette.reading.register import format_register, parse_register

DAY = datetime.date(2031, 6, 1)
TEXTS = {"zh": "因测算有误。", "en": "It had been worked out wrongly."}
WHO = {"zh": "某组", "en": "Some body"}

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


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented city, published on a day."""
    content = tmp_path_factory.mktemp("register") / "content"
    shutil.copytree(SITE, content)
    assert build.main(["register", "--content", str(content), "--at", str(DAY)]) == 0
    return content


class Edited:
    """A copy of a published city in which a unit's file is edited."""

    def __init__(self, city: Path, folder: Path) -> None:
        self.content = folder / "content"
        shutil.copytree(city, self.content, symlinks=True)

    def path(self, unit: str) -> Path:
        return self.content / "districts" / f"{unit}.yaml"

    def read(self, unit: str) -> dict[str, Any]:
        return dict(yaml.load(self.path(unit).read_text("utf-8"), yaml.CBaseLoader))

    def write(self, unit: str, value: dict[str, Any]) -> None:
        self.path(unit).write_text(json.dumps(value, ensure_ascii=False, indent=1, default=str), "utf-8")

    def told(self) -> list[str]:
        done = run("check", content=self.content)
        assert "Traceback" not in done.stderr
        lines = done.stderr.splitlines()[:-1]
        assert (done.returncode == 0) == (not lines)
        return [line.partition(": ")[2] for line in lines]


@pytest.fixture
def edited(city: Path, tmp_path: Path) -> Edited:
    return Edited(city, tmp_path)


def test_what_is_as_it_was_published_is_right_and_registered_once(edited: Edited) -> None:
    before = tree(edited.content)
    assert edited.told() == []
    assert build.main(["register", "--content", str(edited.content), "--at", "2032-01-01"]) == 0
    assert tree(edited.content) == before


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
def test_a_change_is_told_until_there_is_a_reason(edited: Edited, field: str, kind: str) -> None:
    unit = edited.read("zhiyuan")
    pledge = unit["pledges"][0]
    key = "updates" if field == "step" else field
    step = {name: pledge["updates"][0][name] for name in ("date", "state")}
    was = step if field == "step" else pledge[key]
    pledge[key] = CHANGES[field][0]
    edited.write("zhiyuan", unit)
    found = edited.told()
    assert found and all(f"was: {{{field}: " in line and str(DAY) in line for line in found), found
    reason = {"date": "2031-06-02", "kind": kind, "was": {field: was}, "reason": TEXTS}
    pledge.setdefault("revisions", []).append(reason | ({"by": WHO} if kind == "change" else {}))
    unit["pledges"][0] = pledge
    edited.write("zhiyuan", unit)
    assert edited.told() == []


def test_a_moved_deadline_is_no_change_and_taking_it_away_is_one(edited: Edited) -> None:
    unit = edited.read("zhiyuan")
    moved = {"date": "2031-06-03", "to": 2036, "by": WHO, "reason": TEXTS}
    unit["pledges"][0]["moved"] = [moved]
    edited.write("zhiyuan", unit)
    assert edited.told() == []
    assert build.main(["register", "--content", str(edited.content), "--at", "2031-06-04"]) == 0
    del unit["pledges"][0]["moved"]
    edited.write("zhiyuan", unit)
    assert ["2036" in line for line in edited.told()] == [True]


def test_a_unit_says_why_its_name_or_signatory_was_corrected(edited: Edited) -> None:
    unit = edited.read("zhiyuan")
    was = {"name": unit["name"], "signed_by": unit["signed_by"]}
    unit["name"] = {"zh": "风筝区", "en": "Kite District"}
    unit["signed_by"] = {"name": {"zh": "丙某", "en": "Person C"}, "title": {"zh": "区长", "en": "Head"}}
    edited.write("zhiyuan", unit)
    other = edited.read("wuyu-gang")
    other["ended"]["into"][0]["name"] = unit["name"]  # it was merged into this one, and calls it by its name
    edited.write("wuyu-gang", other)
    assert len(edited.told()) == 2  # the name, in both languages at once, and the signatory
    unit["revisions"] = [{"date": "2031-06-02", "kind": "correction", "was": was, "reason": TEXTS}]
    edited.write("zhiyuan", unit)
    assert edited.told() == []


def test_a_pledge_is_lost_a_draft_or_renamed(edited: Edited) -> None:
    unit = edited.read("zhiyuan")
    last = unit["pledges"][3]  # one that no other unit and no notice names
    number = len(unit["pledges"])
    last["draft"] = True
    edited.write("zhiyuan", unit)
    assert ["as a draft it would vanish" in line for line in edited.told()] == [True]
    del last["draft"]
    id, last["id"] = last["id"], f"zhiyuan-{number + 40}"
    edited.write("zhiyuan", unit)
    assert ["is in no file any more" in line and id in line for line in edited.told()] == [True]
    last["formerly"] = [*last.get("formerly", []), id]
    edited.write("zhiyuan", unit)
    assert edited.told() == []


def test_a_unit_is_lost_or_renamed_and_keeps_what_it_said(edited: Edited) -> None:
    text = edited.path("yinghuo").read_text("utf-8")
    site = edited.content / "site.yaml"
    site.write_text(site.read_text("utf-8").replace("unit: yinghuo", "unit: liuying"), "utf-8")
    edited.path("yinghuo").unlink()
    edited.write("liuying", yaml.load(re.sub("yinghuo", "liuying", text), yaml.CBaseLoader))
    found = edited.told()
    assert any("register/yinghuo.tsv" in line or "yinghuo-1" in line for line in found), found
    unit = edited.read("liuying")
    unit["formerly"] = ["yinghuo"]
    for pledge in unit["pledges"]:
        pledge["formerly"] = [*pledge.get("formerly", []), pledge["id"].replace("liuying", "yinghuo")]
    edited.write("liuying", unit)
    assert edited.told() == []


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


def test_another_branch_of_the_register_is_seen_by_the_next_build(edited: Edited, tmp_path: Path) -> None:
    asked = ["--content", str(edited.content), "--output", str(tmp_path / "site"), "--cache", str(tmp_path / "cache")]
    report = tmp_path / "report.json"
    asked += ["--report", str(report), "--only", "pages,data", "--jobs", "1"]
    assert build.main(asked) == 0
    place = edited.content / "register" / "zhiyuan.tsv"
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


def test_what_is_kept_beside_the_content_is_read_by_whom_the_content_is(city: Path) -> None:
    """A file of records has the rights that any new file has, and no other writer's lines are lost."""
    other = city / "districts" / "new.txt"
    other.write_text("x", "utf-8")
    expected = other.stat().st_mode
    other.unlink()
    for place in (city / "register" / "zhiyuan.tsv", city / "translations" / "zhiyuan.tsv"):
        assert place.stat().st_mode == expected


def test_lines_that_somebody_else_adds_meanwhile_are_not_written_over(edited: Edited) -> None:
    unit = edited.read("zhiyuan")
    unit["pledges"][0]["updates"].append({"date": "2031-04-01", "state": "under-way", "text": TEXTS})
    edited.write("zhiyuan", unit)
    settings = Settings(edited.content, SITE.parents[1] / "templates", edited.content.parent / "cache")
    opened = open_content(settings, open_cache(settings))
    new = new_registers(opened, DAY)
    place = edited.content / "register" / "zhiyuan.tsv"
    place.write_text(place.read_text("utf-8") + "zhiyuan-1\tstep\t\t2031-05-01\t2031-05-01 applied\n", "utf-8")
    before = tree(edited.content)
    with pytest.raises(ContentError) as told:
        write_registers(opened, new)
    assert [problem.code for problem in told.value.problems] == ["changed_meanwhile"] and tree(edited.content) == before


@pytest.mark.parametrize(("zone", "day"), [("Asia/Shanghai", "2031-06-02"), ("America/New_York", "2031-06-01")])
def test_the_day_of_publication_is_that_of_the_site(edited: Edited, zone: str, day: str) -> None:
    site = edited.content / "site.yaml"
    site.write_text(site.read_text("utf-8").replace("Asia/Shanghai", zone), "utf-8")
    settings = Settings(edited.content, SITE.parents[1] / "templates", edited.content.parent / "cache")
    opened = open_content(settings, open_cache(settings))
    assert str(day_of(opened, datetime.datetime(2031, 6, 1, 18, tzinfo=datetime.UTC))) == day


# ── files of evidence ────────────────────────────────────────────────────────

ROOM, MINUTES = "zhiyuan/room.jpg", "zhiyuan/minutes.pdf"


def digest(edited: Edited, name: str) -> str:
    return hashlib.sha256((edited.content / "files" / name).read_bytes()).hexdigest()


def test_the_register_knows_the_files_that_were_evidence(edited: Edited) -> None:
    lines = (edited.content / "register" / "zhiyuan.tsv").read_text("utf-8").splitlines()
    found = {line for line in lines if "\tevidence\t" in line}
    assert found == {f"zhiyuan-5\tevidence\t\t{DAY}\t{name} {digest(edited, name)}" for name in (ROOM, MINUTES)}


@pytest.mark.parametrize("kind", ["correction", "change"])
def test_another_file_of_evidence_is_told_until_there_is_a_reason(edited: Edited, kind: str) -> None:
    was, place = digest(edited, ROOM), edited.content / "files" / ROOM
    reasons: list[dict[str, Any]] = []
    first, green = place.read_bytes(), io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(green, "JPEG")
    # a reason is one for the file that it names, for no other state of it, and for none that comes back
    for data in (green.getvalue(), first, green.getvalue()):
        place.write_bytes(data)
        (told,) = edited.told()
        asked = re.search(r"was: ({evidence: {.*}})", told)
        assert asked and str(DAY) in told and was in told
        before = yaml.safe_load(asked[1])
        assert before == {"evidence": {"file": ROOM, "sha256": was}}
        unit = edited.read("zhiyuan")
        reasons.append({"date": "2031-06-02", "kind": kind, "was": before, "reason": TEXTS})
        reasons[-1] |= {"by": WHO} if kind == "change" else {}
        unit["pledges"][4]["revisions"] = reasons
        edited.write("zhiyuan", unit)
        assert edited.told() == []
        assert build.main(["register", "--content", str(edited.content), "--at", str(DAY)]) == 0
        was = digest(edited, ROOM)


def test_evidence_that_vanishes_is_told_until_there_is_a_reason(edited: Edited) -> None:
    was, unit = digest(edited, MINUTES), edited.read("zhiyuan")
    (edited.content / "files" / MINUTES).unlink()
    assert ["is no “zhiyuan/minutes.pdf”" in line or "there is no" in line for line in edited.told()] == [True]
    del unit["pledges"][4]["updates"][0]["evidence"][1]
    edited.write("zhiyuan", unit)
    (told,) = edited.told()
    assert MINUTES in told and was in told and "stands here no longer" in told
    before = {"evidence": {"file": MINUTES, "sha256": was}}
    unit["pledges"][4]["revisions"] = [{"date": "2031-06-02", "kind": "correction", "was": before, "reason": TEXTS}]
    edited.write("zhiyuan", unit)
    assert edited.told() == []


def test_evidence_follows_a_pledge_to_its_new_id_and_to_no_other(edited: Edited) -> None:
    unit = edited.read("zhiyuan")
    moved = unit["pledges"][4]["updates"][0].pop("evidence")
    unit["pledges"][0]["updates"][0]["evidence"] = moved
    edited.write("zhiyuan", unit)
    assert sorted("stands here no longer" in line for line in edited.told()) == [False, True, True]


def test_a_register_from_before_evidence_was_kept_is_read(edited: Edited) -> None:
    place = edited.content / "register" / "zhiyuan.tsv"
    lines = place.read_text("utf-8").splitlines(keepends=True)
    place.write_text("".join(line for line in lines if "\tevidence\t" not in line), "utf-8")
    assert edited.told() == []
    assert build.main(["register", "--content", str(edited.content), "--at", str(DAY)]) == 0
    assert place.read_text("utf-8") == "".join(lines)
