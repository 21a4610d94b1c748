"""The open data for each unit and pledge, and what holds of all forms of them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from compiled import compiled
from exported import BASE, KINDS, calendar, made, rows_of, said
from program import ROOT, SITE, tree
from reached import at_least_one

import build
from gazette.site.tables import TABLES

# ── a file for each ──────────────────────────────────────────────────────────


def records_of(site: Path) -> Iterator[tuple[str, Path, Mapping[str, Any]]]:
    for kind, folder in (("unit", "units"), ("pledge", "pledges")):
        for path in sorted((site / "data" / folder).glob("*.json")):
            yield kind, path, json.loads(path.read_text("utf-8"))


@pytest.mark.long
def test_each_unit_and_pledge_has_a_file_of_the_documented_shape(plain: Path, addressed: Path) -> None:
    for site in (plain, addressed):
        found = [*records_of(site)]
        assert {path.stem for kind, path, _ in found if kind == "unit"} == {each["id"] for each in said(site, "units")}
        pledges = {each["id"] for each in said(site, "pledges")}
        assert {path.stem for kind, path, _ in found if kind == "pledge"} == pledges
        for kind, path, record in found:
            schema = json.loads((path.parent / record["$schema"]).resolve().read_text("utf-8"))
            jsonschema.Draft202012Validator.check_schema(schema)
            checker = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
            assert [*checker.iter_errors(record)] == [], path
            assert [*checker.iter_errors({**record, "more": 1})], "nothing else may be there"
            assert record["licence"]["url"] == "https://example.org/licence"
            for code, page in record["pages"].items():
                place = site / page.removeprefix(BASE) if site is addressed else (path.parent / page).resolve()
                assert place.is_file() and place.parts[-3] == code
            assert record[kind]["id"] == path.stem


def test_what_a_file_says_is_what_the_tables_say(plain: Path) -> None:
    tables = {name: said(plain, name) for name in TABLES}
    for kind, path, record in at_least_one(records_of(plain)):
        assert record[kind] in tables[f"{kind}s"]
        for name in ("history", "deadlines", "withdrawals", "periods", "assignments", "numbers"):
            assert record[name] == [row for row in tables[name] if row[kind] == path.stem], (path, name)
        if kind == "unit":
            assert record["pledges"] == [row for row in tables["pledges"] if row["unit"] == path.stem]
            assert record["revisions"] == [row for row in tables["revisions"] if row["unit"] == path.stem]
        else:
            assert record["revisions"] == [row for row in tables["revisions"] if row["id"] == path.stem]
            assert record["notices"] == [row for row in tables["notices"] if path.stem in row["pledges"]]


# ── all of them ──────────────────────────────────────────────────────────────


@pytest.mark.long
def test_the_same_content_gives_the_same_bytes(plain: Path, tmp_path: Path) -> None:
    asked = ["--content", str(SITE), "--output", str(tmp_path / "site"), "--cache", str(tmp_path / "cache")]
    program = [sys.executable, str(ROOT / "build.py"), *asked, "--only", ",".join(KINDS), "--jobs", "2"]
    assert subprocess.run(program, capture_output=True, env={"PYTHONHASHSEED": "7"}).returncode == 0
    assert tree(tmp_path / "site") == tree(plain)


def test_exports_can_be_left_out_and_stay_as_they_are(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(SITE, content)
    site = made(tmp_path, content)
    before = tree(site)
    unit = content / "districts" / "yinghuo.yaml"
    unit.write_text(unit.read_text("utf-8").replace("The hour is published and kept.", "The hour is kept."), "utf-8")
    report = tmp_path / "report.json"
    cache = compiled(tmp_path / "cache")
    asked = ["--content", str(content), "--output", str(site), "--cache", str(cache), "--jobs", "1"]
    assert build.main([*asked, "--only", "pages,data", "--report", str(report)]) == 0
    written = json.loads(report.read_text("utf-8"))["written"]
    assert "data/pledges.csv" in written and "data/datapackage.json" in written
    assert not [path for path in written if path.endswith(".xlsx") or path.startswith(("data/units/", "data/pledges/"))]
    assert build.main([*asked, "--only", "exports", "--report", str(report)]) == 0
    written = json.loads(report.read_text("utf-8"))["written"]
    expected = ["catalog.jsonld", "ledger.xlsx", "pledges.xlsx", "pledges/yinghuo-1.json", "units/yinghuo.json"]
    assert written == [*(f"data/{name}" for name in expected), "sha256sums.txt"]
    now = tree(site)
    assert now.keys() == before.keys()


def test_without_a_licence_or_a_day_nothing_is_said_of_them(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(SITE, content)
    site_file = content / "site.yaml"
    text = re.sub(r"licence_data:\n.*\n.*\n", "", site_file.read_text("utf-8"))
    site_file.write_text(re.sub(r"(as_of|statements_date): .*", r"\1:", text), "utf-8")
    site = made(tmp_path, content)
    package = json.loads((site / "data" / "datapackage.json").read_text("utf-8"))
    assert "licenses" not in package and "version" not in package
    assert "dct:LicenseDocument" not in (site / "data" / "catalog.jsonld").read_text("utf-8")
    assert 'rel="license" href="https://example.org/licence"' not in (site / "en" / "downloads.html").read_text("utf-8")
    assert {each["DTSTAMP"].dt.year for each in calendar(site, "zh").walk("VEVENT")} <= {1970, 2031}
    assert rows_of(site / "data" / "units.xlsx")[3][-1] == ""
