"""The order of the days that steps tell of: each row of the table is checked, and stands in the guides."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from lives import content, moved, read, step

import build
from gazette.model.life.day_orders import DAY_ORDERS, STATEMENTS, TURN, DayOrder, misplaced
from gazette.model.records.units import Update

ROOT = Path(__file__).resolve().parent.parent
DAY = datetime.date.fromisoformat

SINCE, BEGAN = "2031-01-15", "2031-04-10"
"""The day of the statements, and that on which the pledge was reopened."""

CASES = [
    # state, its other days, the day at the edge: still right, then wrong
    ("accepted", {}, "inspected", SINCE, "2031-01-14"),
    ("accepted", {}, "inspected", BEGAN, "2031-04-09"),
    ("accepted", {}, "inspected", "2031-05-10", "2031-05-11"),
    ("inspected", {}, "inspected", "2031-06-01", "2031-06-02"),
    ("notice", {"inspected": None}, "notice.begin", BEGAN, "2031-04-09"),
    ("notice", {"notice.end": "2031-06-10"}, "notice.begin", "2031-06-01", "2031-06-02"),
    ("accepted", {}, "notice.end", "2031-06-01", "2031-06-02"),
    ("reopened", {}, "deadline", "2031-06-01", "2031-05-31"),
    ("accepted", {}, "recheck", "2031-06-02", "2031-06-01"),
]
"""A case for each row of the table."""


def with_days(state: str, **days: str | None) -> Update:
    """A step of 1 June with some days; `begin` and `end` are those of its notice."""
    own: dict[str, object] = step(state, "2031-06-01")
    own |= {"inspected": "2031-05-01"} if "inspected" in own or days.get("inspected") else {}
    notice = {"begin": days.pop("begin", "") or "2031-05-10", "end": days.pop("end", "") or "2031-05-20"}
    own |= {"notice": notice} if "notice" in own else {}
    return read(Update, own | {name: day for name, day in days.items() if day})  # type: ignore[no-any-return]


@pytest.mark.parametrize(("order", "case"), [*zip(DAY_ORDERS, CASES, strict=True)])
def test_each_order_is_kept_to_the_day(order: DayOrder, case: tuple[str, dict[str, str | None], str, str, str]) -> None:
    state, others, field, right, wrong = case
    assert order.field == field and state in order.steps
    since, turn = (DAY(SINCE) if order.after == STATEMENTS else None), (DAY(BEGAN) if order.after == TURN else None)

    def broken(day: str) -> list[DayOrder]:
        days = {name.removeprefix("notice."): value for name, value in (others | {field: day}).items()}
        own = with_days(state, **days)
        return [each.order for each in misplaced(own, turn, since)]

    assert order not in broken(right) and order in broken(wrong)


def test_a_day_that_is_out_of_order_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reopened = [step("accepted", "2031-03-01"), step("reopened", BEGAN)]
    build.main(["check", "--content", str(content(tmp_path / "c", [*reopened, step("accepted")])), "--messages", "en"])
    found = re.findall(r"(?m)^.*?\.yaml:\d+:\d+: (.*)$", capsys.readouterr().err)
    assert [line.partition(",")[0] for line in found] == [
        "updates must be in order of date",
        "the inspection of 2031-01-20 was before 2031-04-10",
        "the notice began on 2031-01-21",
    ]


def test_a_deadline_that_was_over_when_it_was_granted_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = content(tmp_path / "c", [], moved=[moved("2031-06-10", "2031-06-09"), moved("2031-06-10", "2031-06")])
    build.main(["check", "--content", str(folder), "--messages", "en"])
    (line,) = [line for line in capsys.readouterr().err.splitlines() if ".yaml:" in line]
    assert "the new deadline (2031-06-09) is earlier than" in line


METHOD = {
    "zh": {
        "inspected": "核查日期",
        "notice.begin": "公示起始日",
        "notice.end": "公示截止日",
        "deadline": "新期限",
        "recheck": "下次复查日期",
        STATEMENTS: "公开承诺的日期",
        TURN: "最近一次退回、复查未通过或重新办理的日期",
    },
    "en": {
        "inspected": "Inspection",
        "notice.begin": "First day of the notice",
        "recheck": "Next check",
        "notice.end": "Last day of the notice",
        "deadline": "New deadline",
        STATEMENTS: "the day of the statements",
        TURN: "the day on which the pledge was last sent back, failed a check or was reopened",
    },
}
"""What the page about the method calls the days."""


@pytest.mark.parametrize("language", METHOD)
def test_the_method_page_has_the_table(language: str) -> None:
    """The day of the step itself (`date`) is said in words of the row."""
    text = (ROOT / "content" / "articles" / f"method.{language}.md").read_text("utf-8")
    names, mark = METHOD[language], "；" if language == "zh" else "; "
    table = re.findall(r"(?m)^\| ([^|]+) \| ?([^|]*?) ?\| ?([^|]*?) ?\|$", text)
    rows = {field: cells for field, *cells in table if field in names.values()}
    assert [*rows] == [names[field] for field in dict.fromkeys(order.field for order in DAY_ORDERS)]
    for field, cells in rows.items():
        own = [order for order in DAY_ORDERS if names[order.field] == field]
        for said, others in zip(cells, ([each.after for each in own], [each.before for each in own]), strict=True):
            others = [other for other in others if other]
            found = said.split(mark) if said else []
            assert len(found) == len(others), (field, said)
            known = {names[other].casefold() for other in others if other != "date"}
            assert known <= {re.sub("^the (?=first)", "", each.casefold()) for each in found}, (field, said)


@pytest.mark.parametrize("guide", ["docs/editing.md", "docs/editing.zh.md"])
def test_the_guides_have_the_table(guide: str) -> None:
    text = (ROOT / guide).read_text("utf-8")
    found = set()
    for field, after, before in re.findall(r"(?m)^\| `([\w.]+)`[^|]*\|([^|]*)\|([^|]*)\|$", text):
        if field in {order.field for order in DAY_ORDERS}:
            found |= {(field, name, "") for name in re.findall(r"`([\w.]+)`", after)}
            found |= {(field, "", name) for name in re.findall(r"`([\w.]+)`(?! 这一步)", before)}
    steps = {("notice.begin", "", "notice"), ("notice.end", "", "accepted")}
    names = {STATEMENTS: "statements_date"}
    expected = {(each.field, names.get(each.after, each.after), each.before) for each in DAY_ORDERS}
    assert found - steps == expected
