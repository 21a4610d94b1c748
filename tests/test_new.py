"""`new`: each answer is checked at once, what is written is right, and nothing is written otherwise."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from program import SITE, run, tree

from gazette.messages.catalogue import catalogue, languages
from gazette.messages.problems import ContentError
from gazette.model.records.lifecycle import STEPS, may_follow
from gazette.model.records.units import Pledge, Unit, Update
from gazette.office.entries.dialogue import Dialogue
from gazette.office.entries.form import leaves
from gazette.office.entries.new_entry import Desk
from gazette.office.entries.new_pledge import NEEDED
from gazette.office.entries.new_unit import FIELDS

UNIT = [
    "yunzhou",
    "云州区",
    "Yunzhou District",
    "云州",
    "Yunzhou",
    "行政区",
    "",
    "1",
    "甲某",
    "Person A",
    "区长",
    "Head",
]
UNIT += ["一项。", "One."]
PLEDGE = [
    "",
    "",
    "修桥",
    "Build a bridge",
    "该区修桥，一座。",
    "It builds: a bridge.",
    "water",
    "",
    "yes",
    "桥已建成。",
]
PLEDGE += ["It stands.", "", "2031", "", "1", "一", "", ""]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    shutil.copytree(SITE, tmp_path / "content")
    return tmp_path / "content"


def new(content: Path, kind: str, answers: list[str], **given: str) -> Iterator[str]:
    """What is left of the answers when the entry is written."""
    left = iter(answers)

    def read() -> str:
        try:
            return next(left)
        except StopIteration:
            raise EOFError from None

    list(Desk(content, Dialogue("en", read), {name.replace("_", "."): text for name, text in given.items()}).new(kind))
    return left


def checked(content: Path) -> str:
    done = run("check", content=content)
    assert done.returncode == 0, done.stderr
    return done.stderr


# ── the three kinds ──────────────────────────────────────────────────────────


def test_a_unit_gets_its_pledge_and_is_published(content: Path) -> None:
    assert list(new(content, "unit", UNIT)) == []
    assert "yunzhou.yaml still needs pledges" in checked(content)
    file = content / "districts" / "yunzhou.yaml"
    assert "order: 5\n" in file.read_text("utf-8")
    assert list(new(content, "pledge", ["yunzhou", *PLEDGE])) == []
    assert checked(content) == ""
    file.write_text(file.read_text("utf-8").replace("draft: true\n", ""), "utf-8")
    assert checked(content) == "" and "  - id: yunzhou-1\n" in file.read_text("utf-8")


def test_what_is_left_out_of_a_new_unit_is_told_by_check(content: Path) -> None:
    new(content, "unit", ["yunzhou", "云州区", "Yunzhou District", "", "zone", "", "", "", ""])
    needs = "short (zh, en), commitments, signed_by.name (zh, en), signed_by.title (zh, en), summary (zh, en), pledges."
    assert f"yunzhou.yaml still needs {needs}" in checked(content)


def test_a_pledge_takes_the_next_number_and_item_and_no_other_line_changes(content: Path) -> None:
    file = content / "districts" / "dengmi.yaml"
    data = b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n")
    file.write_bytes(data)
    new(content, "pledge", ["dengmi", *PLEDGE])
    after = file.read_bytes()
    assert checked(content) == "" and after.startswith(b"\xef\xbb\xbf")
    old, now = data.split(b"\r\n"), after.split(b"\r\n")
    assert now[: len(old) - 1] == [line.replace(b"commitments: 5", b"commitments: 6") for line in old[:-1]]
    assert b"  - id: dengmi-10" in now and b"    covers: [6]" in now  # dengmi-9 was one before


def test_what_cannot_be_checked_is_asked_why(content: Path) -> None:
    answers = [*PLEDGE[:8], "partly", "缺清单。", "The list is missing.", *PLEDGE[9:]]
    assert list(new(content, "pledge", ["dengmi", *answers])) == []
    assert "    why: {zh: 缺清单。, en: The list is missing.}" in (content / "districts" / "dengmi.yaml").read_text(
        "utf-8"
    )
    assert checked(content) == ""


ANSWERS = {
    "reached": ["1", "3", "处", "outfalls"],
    "result": ["passed"],
    "inspected": ["2031-08-09"],
    "body": ["虚城组", "Nowhere team"],
    "basis": ["虚城办法", "Nowhere rules"],
    "notice": ["2031-08-09", "2031-08-10", ""],
    "by": ["一位居民", "A resident"],
    "upheld": ["no"],
    "held": ["yes"],
    "reason": ["下雨。", "Rain."],
    "recheck": ["2031-12-01"],
    "deadline": ["2031-12"],
}
BEFORE = {
    "objection": [("notice", "")],
    "answered": [("notice", ""), ("objection", "")],
    "rechecked": [("accepted", "")],
    "reopened": [("accepted", "")],
}


def report(step: str, **other: list[str]) -> list[str]:
    """The answers for a step."""
    own = STEPS[step]
    fields = [name for name in ("result", "upheld", "held") if name in own.fields]
    fields += [name for name in own.needs if name not in fields]
    told = ANSWERS | other
    against = told["result"] == ["sent-back"] and "result" in fields
    against |= told["upheld"] == ["yes"] and "upheld" in fields
    against |= told["held"] == ["no"] and "held" in fields
    fields += ["reason"] if against and "reason" not in fields else []
    fields += [name for name in own.may if name not in fields and name != "period"]  # of what recurs alone
    answers = [step, "2031-08-10", "报告。", "A report.", *(each for name in fields for each in told[name])]
    return [*answers, *([] if "by" in fields else [""]), ""]


@pytest.mark.parametrize("step", STEPS)
def test_each_step_asks_for_what_it_needs(step: str, content: Path) -> None:
    for each in (*(before for before, _ in BEFORE.get(step, [])), step):
        assert list(new(content, "update", ["yinghuo-1", *report(each)])) == []
    assert checked(content) == ""
    assert f"state: {step}\n" in (content / "districts" / "yinghuo.yaml").read_text("utf-8")


AGAINST = [("inspected", {"result": ["sent-back"]}), ("answered", {"upheld": ["yes"]}), ("rechecked", {"held": ["no"]})]


@pytest.mark.parametrize(("step", "outcome"), AGAINST)
def test_what_goes_against_the_unit_needs_a_reason(step: str, outcome: dict[str, list[str]], content: Path) -> None:
    for before, _ in BEFORE.get(step, []):
        new(content, "update", ["yinghuo-1", *report(before)])
    assert list(new(content, "update", ["yinghuo-1", *report(step, **outcome)])) == []
    assert checked(content) == ""
    assert "reason: {zh: 下雨。, en: Rain.}" in (content / "districts" / "yinghuo.yaml").read_text("utf-8")


def test_a_report_on_a_recurring_pledge_is_asked_for_its_period(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = ["under-way", "2031-08-10", "报告。", "A report.", "2031", "2031-Q1", "", ""]
    assert list(new(content, "update", ["zhiyuan-5", *answers])) == []
    assert "period: 2031-Q1\n" in (content / "districts" / "zhiyuan.yaml").read_text("utf-8")
    assert "“2031”" in capsys.readouterr().out and checked(content) == ""


def test_only_the_steps_that_may_follow_are_offered(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ContentError):
        new(content, "update", ["yinghuo-1", "reopened"])
    out = capsys.readouterr().out
    offered = out.split("one of: ")[1].split("\n")[0].split(", ")
    assert offered == [*may_follow("none")] and "“reopened” is not one of the choices" in out


def test_a_figure_that_is_lower_is_asked_why(content: Path) -> None:
    """Its unit of measurement decides, which is asked for after it."""
    report = ["milestone", "2031-08-10", "报告。", "A report."]
    assert list(new(content, "update", ["yinghuo-1", *report, "3", "5", "处", "outfalls", "", ""])) == []
    lower = ["2", "5", "处", "outfalls", "", "下雨。", "Rain.", "", ""]
    assert list(new(content, "update", ["yinghuo-1", *report, *lower])) == []
    assert "reason: {zh: 下雨。, en: Rain.}" in (content / "districts" / "yinghuo.yaml").read_text("utf-8")
    assert checked(content) == ""


def test_content_that_is_wrong_already_is_mended_first(content: Path) -> None:
    file = content / "districts" / "dengmi.yaml"
    file.write_text(file.read_text("utf-8").replace("deadline: unstated", "deadline: soon"), "utf-8")
    before = tree(content)
    for kind, first in (("pledge", "dengmi"), ("update", "dengmi-1")):
        with pytest.raises(ContentError) as told:
            new(content, kind, [first, *PLEDGE])
        assert {problem.code for problem in told.value.problems} == {"deadline_form"}
    assert tree(content) == before


def test_a_file_that_somebody_else_wrote_meanwhile_is_left_alone(content: Path) -> None:
    file = content / "districts" / "dengmi.yaml"
    answers = iter(["dengmi", *PLEDGE])

    def read() -> str:
        answer = next(answers)
        if answer == "一":
            file.write_text(file.read_text("utf-8") + "# mine\n", "utf-8")
        return answer

    with pytest.raises(ContentError) as told:
        list(Desk(content, Dialogue("en", read), {}).new("pledge"))
    assert told.value.problems[0].code == "answer_overtaken" and "yunzhou" not in file.read_text("utf-8")
    assert file.read_text("utf-8").endswith("# mine\n") and "修桥" not in file.read_text("utf-8")


@pytest.mark.parametrize("language", languages())
def test_every_value_has_a_question_and_every_question_a_value(language: str) -> None:
    steps = {name for step in STEPS.values() for name in step.fields}
    asked = {"unit": (Unit, FIELDS), "pledge": (Pledge, (*NEEDED, "why"))}
    asked["update"] = (Update, {"state", "date", "text", "by", "evidence", "reason", *steps})
    fields = {
        f"{kind}.{leaf.field}"
        for kind, (record, names) in asked.items()
        for name in names
        for leaf in leaves(record, name, ("zh",))
    }
    questions = {code for code in catalogue(language).asking if "." in code}
    assert questions == fields | {"unit.id", "pledge.unit", "update.pledge"}
