"""The life of a pledge: which step may follow which, what each says, and what is derived from them."""

from __future__ import annotations

import datetime
import itertools
import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from published import pages

import build
from gazette.model.lifecycle import CLOSED, EVENTS, NONE, OPEN, OUTCOMES, OWN_FIELDS, STEPS, event_of, state_after
from gazette.model.status import STATES, Status, deadline_of, status
from gazette.model.unit_records import Pledge, Update
from gazette.reading.decode import decode
from gazette.reading.yaml_parser import compose

ROOT = Path(__file__).resolve().parent.parent
TEXT = {"zh": "文", "en": "text"}

FIELDS: dict[str, Any] = {
    "body": {"zh": "某组", "en": "Some body"},
    "basis": {"zh": "某办法", "en": "Some rules"},
    "by": {"zh": "某居民", "en": "A resident"},
    "reason": TEXT,
    "inspected": "2031-01-02",
    "notice": {"begin": "2031-01-03", "end": "2031-01-04"},
    "reached": {"value": 5, "of": 12, "unit": {"zh": "处", "en": "outfalls"}},
    "upheld": "no",
    "held": "yes",
}
"""Something to write in each field that a step may need."""

AGAINST = {"inspected": {"result": "sent-back"}, "answered": {"upheld": "yes"}, "rechecked": {"held": "no"}}
"""How the steps are written that can end against the unit, when they do."""


def step(state: str, day: str = "2031-02-01", **more: object) -> dict[str, object]:
    return {"date": day, "state": state, "text": TEXT, **{name: FIELDS[name] for name in STEPS[state].needs}, **more}


WAYS: list[dict[str, object]] = [
    *(step(state) for state in STEPS),
    *(step(state, reason=TEXT, **outcome) for state, outcome in AGAINST.items()),
]
"""Every step in every way that it can end."""

# ── the table ────────────────────────────────────────────────────────────────


def test_the_table_names_states_and_fields_that_exist() -> None:
    for code, each in STEPS.items():
        assert {each.leads_to, each.or_else or each.leads_to} <= {*STATES}, code
        assert {*each.after} <= {*STATES} and {*each.fields} <= {*Update.__struct_fields__}, code
    assert {*OPEN, *CLOSED, "objection"} == {*STATES} - {"notice-over", "withdrawn"}
    assert {*OWN_FIELDS} <= {*Update.__struct_fields__}
    reached = {state for each in STEPS.values() for state in (each.leads_to, each.or_else) if state}
    assert reached | {NONE, "notice-over", "withdrawn"} == {*STATES}, "every state can be reached"


def read(kind: type[Any], value: object) -> Any:
    text = json.dumps(value, ensure_ascii=False)
    return decode("x.yaml", compose("x.yaml", text), kind, ("zh", "en"))


def test_every_step_says_what_happened() -> None:
    told = {event_of(read(Update, each)) for each in WAYS}
    told.add(event_of(read(Update, step("inspected", result="passed"))))
    assert told | {"moved", "withdrawn"} == {*EVENTS}
    assert {event for events in OUTCOMES.values() for event in events.values()} <= told


# ── what may follow ──────────────────────────────────────────────────────────


def content(folder: Path, updates: list[dict[str, object]], **more: object) -> Path:
    """The small city with one pledge that has these updates."""
    shutil.copytree(ROOT / "tests" / "site", folder)
    path = folder / "districts" / "yinghuo.yaml"
    unit = yaml.safe_load(path.read_text("utf-8"))
    unit["pledges"][0] |= {"updates": updates, **more}
    path.write_text(json.dumps(unit, ensure_ascii=False, indent=1, default=str), "utf-8")
    return folder


def checked(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    status = build.main(["check", "--content", str(folder), "--messages", "en"])
    return status, capsys.readouterr().err


WAY_TO: Mapping[str, list[dict[str, object]]] = {
    NONE: [],
    "under-way": [step("under-way")],
    "applied": [step("applied")],
    "inspected": [step("inspected")],
    "sent-back": [step("inspected", result="sent-back", reason=TEXT)],
    "notice": [step("notice")],
    "objection": [step("notice"), step("objection")],
    "accepted": [step("accepted")],
    "not-held": [step("accepted"), step("rechecked", held="no", reason=TEXT)],
    "reopened": [step("accepted"), step("reopened")],
}
"""A way to each state that a step may come in."""


@pytest.mark.parametrize("state", WAY_TO)
def test_a_step_may_follow_where_the_table_says_and_nowhere_else(
    state: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = WAY_TO[state]
    assert ([NONE] + [state_after(read(Update, each)) for each in before])[-1] == state
    for number, way in enumerate(WAYS):
        after = {**way, "date": "2031-03-01"}
        code, told = checked(content(tmp_path / str(number), [*before, after]), capsys)
        if state in STEPS[str(way["state"])].after:
            assert code == 0, (state, way["state"], told)
        else:
            (line,) = [line for line in told.splitlines() if "yinghuo.yaml:" in line]
            assert code == 1 and re.search("may follow|may be reopened|can be reopened", line), told


@pytest.mark.parametrize("state", STEPS)
def test_what_a_step_needs_is_told_when_it_is_missing(state: str) -> None:
    for name in STEPS[state].needs:
        with pytest.raises(Exception) as error:
            read(Update, {key: value for key, value in step(state).items() if key != name})
        assert name in str(error.value), (state, name)


@pytest.mark.parametrize("state", AGAINST)
def test_who_sends_back_says_why(state: str) -> None:
    with pytest.raises(Exception, match="reason"):
        read(Update, step(state, **AGAINST[state]))


def test_what_belongs_to_another_step_is_a_slip() -> None:
    own = {"result": "passed", "recheck": "2032-01-01", "deadline": "2032", **{n: FIELDS[n] for n in FIELDS}}
    for state, name in itertools.product(STEPS, OWN_FIELDS):
        if name not in STEPS[state].fields:
            with pytest.raises(Exception, match="update_strange"):
                read(Update, step(state, **{name: own[name]}))


# ── what is derived ──────────────────────────────────────────────────────────

DAY = datetime.date.fromisoformat


def pledge(deadline: str, *updates: dict[str, object], moved: list[dict[str, object]] | None = None) -> Pledge:
    base = {
        "id": "a-1",
        "covers": [1],
        "title": TEXT,
        "text": TEXT,
        "themes": ["water"],
        "checkable": "yes",
        "done_when": TEXT,
        "deadline": deadline,
        "source": {"section": "甲"},
        "updates": [*updates],
    }
    if moved:
        base["moved"] = moved
    found: Pledge = read(Pledge, {key: value for key, value in base.items() if value != []})
    return found


def moved(date: str, to: str) -> dict[str, object]:
    return {"date": date, "to": to, "by": FIELDS["body"], "reason": TEXT}


@pytest.mark.parametrize(
    ("own", "as_of", "expected"),
    [
        (
            pledge("2031-01", step("under-way"), moved=[moved("2031-02-02", "2031-06")]),
            "2031-05-01",
            Status("under-way", DAY("2031-02-01"), is_moved=True),
        ),
        (
            pledge("2031-01", step("under-way"), moved=[moved("2031-02-02", "2031-06")]),
            "2031-07-01",
            Status("under-way", DAY("2031-02-01"), "overdue", DAY("2031-07-01"), is_moved=True),
        ),
        (pledge("2031-01", moved=[moved("2031-02-02", "unstated")]), "2039-01-01", Status(NONE, is_moved=True)),
        (
            pledge("2031-01-01", step("accepted", "2031-03-23")),
            "2039-01-01",
            Status("accepted", DAY("2031-03-23"), days_late=81),
        ),
        (pledge("2031-12", step("accepted")), "2039-01-01", Status("accepted", DAY("2031-02-01"))),
        (
            pledge("2031", step("accepted"), step("rechecked", "2032-06-01", held="no", reason=TEXT)),
            "2039-01-01",
            Status("not-held", DAY("2032-06-01")),
        ),
        (
            pledge("2031", step("accepted"), step("reopened", "2032-06-01", deadline="2033")),
            "2033-12-31",
            Status("reopened", DAY("2032-06-01"), is_moved=True),
        ),
        (
            pledge("2031", step("accepted"), step("reopened", "2032-06-01", deadline="2033")),
            "2034-01-01",
            Status("reopened", DAY("2032-06-01"), "overdue", DAY("2034-01-01"), is_moved=True),
        ),
        (
            pledge("unstated", step("notice"), step("objection"), step("answered")),
            "2031-02-01",
            Status("notice-over", DAY("2031-02-01"), as_of=DAY("2031-02-01")),
        ),
        (
            pledge("unstated", step("notice"), step("objection")),
            "2039-01-01",
            Status("objection", DAY("2031-02-01")),
        ),
    ],
)
def test_states_and_deadlines_follow_from_the_record(own: Pledge, as_of: str, expected: Status) -> None:
    assert status(own, DAY(as_of)) == expected


def test_the_deadline_that_holds_is_the_last_that_was_granted() -> None:
    own = pledge("2031-01", moved=[moved("2031-02-02", "2031-06"), moved("2031-05-02", "2031-09")])
    assert deadline_of(own).stated == "2031-09" and own.deadline.stated == "2031-01"


# ── what is told ─────────────────────────────────────────────────────────────

LIFE = [
    step("milestone", "2031-02-01"),
    step("inspected", "2031-03-01", result="sent-back", reason={"zh": "还差七处。", "en": "Seven are missing."}),
    step("inspected", "2031-04-01", result="passed"),
    step("notice", "2031-05-01", notice={**FIELDS["notice"], "contact": {"zh": "某处", "en": "Some office"}}),
    step("objection", "2031-05-02"),
    step("answered", "2031-05-03"),
    step("accepted", "2031-06-01", recheck="2032-06-01"),
    step("rechecked", "2032-06-01", held="no", reason={"zh": "污水又来。", "en": "Sewage again."}),
    step("reopened", "2032-06-02", deadline="2033-03"),
]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small city with one pledge that went through everything."""
    folder = tmp_path_factory.mktemp("life")
    more = {"deadline": "2031-03", "moved": [moved("2031-03-20", "2031-05")]}
    made = content(folder / "content", LIFE, **more)
    place = ["--content", str(made), "--output", str(folder / "site"), "--cache", str(folder / "cache")]
    assert build.main([*place, "--as-of", "2033-01-01", "--no-pdf", "--jobs", "1"]) == 0
    return folder / "site"


def test_a_page_tells_the_whole_life(lived: Path) -> None:
    for code, told in (
        (
            "zh",
            (
                "5处，共12处",
                "核查未通过，退回",
                "还差七处",
                "某处",
                "收到异议",
                "异议不成立",
                "已反弹",
                "由2031年3月改为2031年5月",
            ),
        ),
        (
            "en",
            (
                "5 of 12 outfalls",
                "Seven are missing",
                "Some office",
                "Objection not upheld",
                "recurred",
                "From March 2031",
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
        assert "March 2031, later moved to March 2033" in words, name


def test_every_state_has_a_mark_on_every_page_that_shows_it(lived: Path) -> None:
    checked = 0
    for page in pages(lived):
        text = page.read_text("utf-8")
        for used in set(re.findall(r'href="#(state_[\w-]+)"', text)):
            assert f'id="{used}"' in text, (page, used)
            checked += 1
    assert checked > 50


# ── what the editors are told ────────────────────────────────────────────────

NOTHING = {"docs/editing.md": "nothing reported", "docs/editing.zh.md": "没有报告"}


@pytest.mark.parametrize("guide", NOTHING)
def test_the_editors_guide_has_the_table(guide: str) -> None:
    """A row that says “as” another step (同) means the states after which that one may come; “but not” (但) takes away."""
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


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_method_page_explains_every_state(language: str) -> None:
    words = yaml.safe_load((ROOT / "content" / "words.yaml").read_text("utf-8"))["state"]
    text = (ROOT / "content" / "articles" / f"method.{language}.md").read_text("utf-8")
    assert [code for code in STATES if words[code][language] not in text] == []
