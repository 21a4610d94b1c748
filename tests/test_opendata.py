"""The open data: what is copied says all that it said, in CSV and in JSON."""

from __future__ import annotations

import csv
import json
import re
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from compiled import compiled
from reached import at_least_one

import build
from gazette.planning.open_data import csv_head
from gazette.site.data_format import csv_rows
from gazette.site.tables import ALWAYS, TABLES, columns

ROOT = Path(__file__).resolve().parent.parent

SIGNS = ["=1+1", "+1", "-30%以上", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠A1", "'=1", "''-1", "'tis", "1-1", "“-1”"]
"""Beginnings of texts: what spreadsheets take for a formula, with apostrophes before it or not, and other signs."""


class City:
    """The small city, whose data are built."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.content, self.site = folder, folder / "content", folder / "site"
        shutil.copytree(ROOT / "tests" / "site", self.content)

    def build(self, *more: str, only: str = "data") -> dict[str, Any]:
        cache = compiled(self.folder / "cache")
        asked = ["--content", str(self.content), "--output", str(self.site), "--cache", str(cache)]
        report = self.folder / "report.json"
        assert build.main([*asked, "--only", only, "--jobs", "1", "--report", str(report), *more]) == 0
        return dict(json.loads(report.read_text("utf-8")))

    def edit(self, pattern: str, new: str, unit: str = "dengmi") -> None:
        file = self.content / "districts" / f"{unit}.yaml"
        text, done = re.subn(pattern, new.replace("\\", "\\\\"), file.read_text("utf-8"), count=1)
        assert done == 1
        file.write_text(text, "utf-8")

    def csv(self, name: str) -> list[dict[str, str]]:
        with (self.site / "data" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def json(self, name: str) -> dict[str, Any]:
        text = (self.site / "data" / f"{name}.json").read_text("utf-8")
        return dict(json.loads(text, parse_float=Decimal, parse_int=Decimal))


@pytest.fixture
def city(tmp_path: Path) -> City:
    return City(tmp_path)


def cell(value: Any, type: str) -> str:
    """What a CSV cell says of a value of the JSON."""
    return "" if value is None else ";".join(value) if type == "list" else str(value)


@pytest.mark.parametrize("begin", SIGNS)
def test_no_text_is_a_formula_and_none_is_lost(begin: str, city: City) -> None:
    quoted = json.dumps(f"{begin} 的锅炉", ensure_ascii=False)
    city.edit(r"title: \{zh: 停用旧锅炉", f"title: {{zh: {quoted}")
    city.edit(r"  name: \{zh: [^,]*", f"  name: {{zh: {quoted}")
    city.build()
    for name in at_least_one(TABLES):
        said = city.json(name)
        assert len(said[name]) > (3 if name in ALWAYS else 0)
        for row, record in zip(city.csv(name), said[name], strict=True):
            for title, column in columns(name, ("zh", "en")):
                if column.name == "as_of":
                    assert row[title] == said["as_of"]
                    continue
                value = record[column.name]
                if column.type == "texts":
                    value = value and value[title.rpartition("_")[2]]
                found = row[title]
                if column.type not in ("integer", "number", "date"):
                    assert not re.match(r"[=+\-@＝＋－＠\t\r\n]", found)
                    found = re.sub(r"\A'(?='*[=+\-@＝＋－＠\t\r\n])", "", found)
                assert found == cell(value, column.type), title


@pytest.mark.parametrize("figure", ["3", "1.50", "-2.0", "0.000001", "100000000000000", "123456789012345.100000"])
def test_a_figure_is_a_number_with_the_digits_that_were_printed(figure: str, city: City) -> None:
    city.edit(r"value: [^,}]*", f"value: {figure}", "zhiyuan")
    city.build()
    file = city.site / "data" / "pledges.json"
    assert f'"target_value": {figure}, ' in file.read_text("utf-8")
    record, *_ = [each for each in city.json("pledges")["pledges"] if each["target_value"] == Decimal(figure)]
    assert str(record["target_value"]) == figure
    assert {row["id"]: row["target_value"] for row in city.csv("pledges")}[record["id"]] == figure


def test_a_file_says_whose_it_is_and_of_which_day(city: City) -> None:
    city.build()
    for name in at_least_one(TABLES):
        said = city.json(name)
        own = ["list", name] if name == "numbers" else [name]
        assert list(said) == ["title", "source", "as_of", "languages", "licence", *own]
        assert said["title"] == {"zh": "虚城整改簿", "en": "Nowhere Ledger"}
        assert said["as_of"] == "2031-09-30" and said["languages"] == {"zh": "zh-Hans", "en": "en"}
        assert said["licence"]["url"] == "https://example.org/licence"
        assert {row["as_of"] for row in city.csv(name)} == {"2031-09-30"}


def test_a_site_without_a_date_or_a_licence_says_so(city: City) -> None:
    settings = city.content / "site.yaml"
    text = re.sub(r"as_of: .*", "as_of:", settings.read_text("utf-8"))
    settings.write_text(re.sub(r"licence_data:\n.*\n.*\n", "", text), "utf-8")
    city.build()
    assert city.json("units")["as_of"] is None and city.json("units")["licence"] is None
    assert {row["as_of"] for row in city.csv("units")} == {""}


def test_another_day_makes_no_unit_again(city: City) -> None:
    """The day stands in each row, but no unit is looked at for it: only the files are put together again. (Units that
    say the day themselves, as those with late pledges do, are; and those of which a period is over.)"""
    city.build(only="pages,data")
    report = city.build("--as-of", "2031-10-01", only="pages,data")
    changed = {path for path in report["written"] if path.startswith("data/")}
    tables = {f"data/{name}.{ending}" for name in TABLES for ending in ("csv", "json")}
    assert changed == tables | {"data/datapackage.json"}
    told = {"dengmi", "dengmi-2", "zhiyuan", "zhiyuan-2", "zhiyuan-3", "zhiyuan-5", "wuyu-gang", "wuyu-gang-2"}
    assert {Path(path).stem for path in report["made"] if "/districts/" in path or "/pledges/" in path} == told
    assert {row["as_of"] for row in city.csv("pledges")} == {"2031-10-01"}
    for path in changed:
        assert "as_of" in str([report["causes"][place]["text"] for place in report["why"][path]])


def test_former_ids_are_in_the_data(city: City) -> None:
    city.build()
    assert {row["id"]: row["formerly"] for row in city.csv("pledges")}["dengmi-5"] == "dengmi-9"
    assert {row["id"]: row["formerly"] for row in city.csv("units")}["wuyu-gang"] == "wuyu;matou-gang"


def test_csv_is_what_spreadsheets_expect() -> None:
    assert csv_rows((("a", '说“好”,\n"x"'), ("b", "c"))) == 'a,"说“好”,\n""x"""\r\nb,c\r\n'
    assert csv_head("units", ("zh", "en")).startswith("\ufeffid,name_zh,name_en,")
