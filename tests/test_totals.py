"""Numbers and states of a site are the same wherever they stand: on pages, in CSV, in JSON."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

from published import LANGUAGES, rows
from reached import at_least_one


def test_totals_on_pages_are_those_of_the_csv(published: Path) -> None:
    pledges, units = rows(published, "pledges"), rows(published, "units")
    counted = [row for row in pledges if row["status"] != "split"]  # its parts are
    by_unit, of_unit = (Counter(row["unit"] for row in some) for some in (pledges, counted))
    by_theme = Counter(theme for row in pledges for theme in row["themes"].split(";"))
    for code in at_least_one(LANGUAGES):
        home = (published / code / "index.html").read_text("utf-8")
        assert f"<dd>{len(units)}</dd>" in home and f"<dd>{len(counted)}</dd>" in home
        assert f"<dd>{sum(row['updates'] != '0' for row in counted)}</dd>" in home
        sums = re.findall(r'<td class="matrix__sum">(\d+)</td>', home)
        assert sums == [str(of_unit[row["id"]]) for row in units]
        ledger = (published / code / "ledger.html").read_text("utf-8")
        assert re.findall(r'<tr id="([^"]+)"', ledger) == [row["id"] for row in pledges]
        for theme, n in by_theme.items():
            text = (published / code / "themes" / f"{theme}.html").read_text("utf-8")
            assert text.count('<li class="pledge"') == n
        for unit, n in by_unit.items():
            text = (published / code / "districts" / f"{unit}.html").read_text("utf-8")
            assert text.count('<li class="pledge"') == n


def test_json_and_csv_agree(published: Path) -> None:
    for name in ("pledges", "units"):
        records = json.loads((published / "data" / f"{name}.json").read_text("utf-8"))[name]
        table = rows(published, name)
        assert [record["id"] for record in records] == [row["id"] for row in table]
        for record, row in zip(records, table, strict=True):
            for key, value in record.items():
                if isinstance(value, dict):
                    assert {language: row[f"{key}_{language}"] for language in value} == value
                elif value is not None and not isinstance(value, list):
                    assert row[key] == str(value)


def test_states_are_derived_from_updates(small: Path) -> None:
    found = {row["id"]: (row["status"], row["alert"]) for row in rows(small, "pledges")}
    assert found["zhiyuan-1"] == ("under-way", "")
    assert found["zhiyuan-2"] == ("under-way", "overdue")
    assert found["zhiyuan-3"] == ("none", "past")
    assert found["zhiyuan-4"] == ("applied", "")
    assert found["dengmi-1"] == ("inspected", "")
    assert found["dengmi-2"] == ("notice-over", "")
    assert found["dengmi-3"] == ("accepted", "")
    assert found["dengmi-4"] == ("reopened", "")
    assert found["dengmi-5"] == ("withdrawn", "")
