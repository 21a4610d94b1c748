"""The open data in further forms, as programs of others read them: each has its own judge."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import feedparser
import icalendar
import jsonschema
import pytest
import rdflib
from compiled import compiled
from hypothesis import given, settings
from hypothesis import strategies as st
from program import ROOT, SITE, tree
from python_calamine import CalamineWorkbook

import build
from gazette.planning.data.feed import NEWEST
from gazette.rendering.books import LONGEST, book
from gazette.site.calendar_format import LONGEST as LONGEST_LINE
from gazette.site.calendar_format import escaped, folded
from gazette.site.data_format import csv_rows, harmless
from gazette.site.tables import TABLES, columns
from gazette.site.views.exports import BookView, HeadingView, SheetView

BASE = "https://example.org:8443/promises/"
KINDS = ("pages", "data", "exports")


def made(folder: Path, content: Path, *more: str) -> Path:
    """The site of a content folder, without documents."""
    asked = ["--content", str(content), "--output", str(folder / "site"), "--cache", str(compiled(folder / "cache"))]
    assert build.main([*asked, "--only", ",".join(KINDS), "--jobs", "1", "--messages", "en", *more]) == 0
    return folder / "site"


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented city, at no address."""
    return made(tmp_path_factory.mktemp("plain"), SITE)


@pytest.fixture(scope="module")
def addressed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same at an address of its own."""
    return made(tmp_path_factory.mktemp("addressed"), SITE, "--base-url", BASE)


def said(site: Path, table: str) -> list[dict[str, Any]]:
    return list(json.loads((site / "data" / f"{table}.json").read_text("utf-8"))[table])


# ── the data package ─────────────────────────────────────────────────────────


def test_the_data_package_is_valid(plain: Path) -> None:
    """Frictionless in a process of its own: what it imports warns of other things."""
    code = (
        "import sys, frictionless; report = frictionless.Package(sys.argv[1]).validate();"
        "print(report.to_summary()); print(len(report.tasks)); sys.exit(not report.valid)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "datapackage.json"], cwd=plain / "data", capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == str(len(TABLES))


@pytest.mark.parametrize(
    ("path", "pattern", "new", "told"),
    [
        ("units.csv", "dengmi,", "dengmi2,", "foreign-key"),
        ("pledges.csv", "dengmi-2,dengmi", "dengmi-1,dengmi", "primary-key"),
        ("pledges.csv", ",none,", ",nothing,", "constraint-error"),
    ],
)
def test_the_judge_sees_what_is_wrong(
    path: str, pattern: str, new: str, told: str, plain: Path, tmp_path: Path
) -> None:
    """So that a package which says nothing of keys and codes would not pass for one that does."""
    shutil.copytree(plain / "data", tmp_path / "data", ignore=shutil.ignore_patterns("*.xlsx", "units", "pledges"))
    package = tmp_path / "data" / "datapackage.json"
    text = re.sub(r' *"(bytes|hash)": .*,\n', "", package.read_text("utf-8"))
    package.write_text(text, "utf-8")
    table = tmp_path / "data" / path
    changed = table.read_text("utf-8").replace(pattern, new)
    assert changed != table.read_text("utf-8")
    table.write_text(changed, "utf-8", newline="")
    code = "import sys, frictionless; print(frictionless.Package(sys.argv[1]).validate().flatten(['type']))"
    done = subprocess.run(
        [sys.executable, "-c", code, "datapackage.json"], cwd=package.parent, capture_output=True, text=True
    )
    assert told in done.stdout, done.stdout + done.stderr


def test_the_data_package_says_whose_the_data_are_and_on_what_terms(plain: Path) -> None:
    package = json.loads((plain / "data" / "datapackage.json").read_text("utf-8"))
    assert package["licenses"] == [
        {
            "name": "Test-Data-Licence",
            "path": "https://example.org/licence",
            "title": "测试数据许可 / Test Data Licence",
        }
    ]
    assert package["version"] == "2031-09-30" and package["name"] == "nowhere-ledger"
    for resource in package["resources"]:
        data = (plain / "data" / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        names = next(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
        assert [field["name"] for field in resource["schema"]["fields"]] == names


# ── the catalogue ────────────────────────────────────────────────────────────

DCAT, DCT = "http://www.w3.org/ns/dcat#", "http://purl.org/dc/terms/"


def graph(path: Path, base: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=path.read_text("utf-8"), format="json-ld", publicID=base)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_catalogue_is_a_graph_of_all_files(plain: Path, addressed: Path) -> None:
    for site, base in ((plain, "file:///city/data/catalog.jsonld"), (addressed, f"{BASE}data/catalog.jsonld")):
        found = graph(site / "data" / "catalog.jsonld", base)
        root = base.removesuffix("data/catalog.jsonld")
        term = rdflib.URIRef
        datasets = {*found.objects(term(base), term(f"{DCAT}dataset"))}
        assert datasets == {term(f"{base}#{name}") for name in TABLES}
        urls = {str(url) for url in found.objects(None, term(f"{DCAT}downloadURL"))}
        assert urls == {f"{root}data/{name}.{ending}" for name in TABLES for ending in ("csv", "json", "xlsx")}
        for subject in [*datasets, *found.subjects(term(f"{DCAT}downloadURL"))]:
            assert {*found.objects(subject, term(f"{DCT}license"))} == {term("https://example.org/licence")}
        titles = {*found.objects(term(f"{base}#units"), term(f"{DCT}title"))}
        assert titles == {rdflib.Literal("单位数据", "zh-Hans"), rdflib.Literal("Districts and zones", "en")}
        for file, url in found.subject_objects(term(f"{DCAT}downloadURL")):
            size = int(found.value(file, term(f"{DCAT}byteSize")))  # type: ignore[arg-type]
            assert size == (site / str(url).removeprefix(root)).stat().st_size
        pages = {str(page).removeprefix(root) for page in found.objects(None, term(f"{DCAT}landingPage"))}
        assert pages == {f"{code}/dictionary.html#{name}" for code in ("zh", "en") for name in TABLES}


# ── the feed ─────────────────────────────────────────────────────────────────


def feed(site: Path, code: str) -> Any:
    data = (site / code / "feed.xml").read_bytes()
    found = feedparser.parse(data, response_headers={"content-type": "application/atom+xml; charset=utf-8"})
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def test_the_feed_tells_what_the_page_tells(addressed: Path) -> None:
    for code, tag in (("zh", "zh-Hans"), ("en", "en")):
        found, page = feed(addressed, code), (addressed / code / "changes.html").read_text("utf-8")
        listed = re.findall(r'<li class="change[^"]*"><time datetime="([^"]+)">', page)
        assert len(listed) > 20
        assert [entry.updated[:10] for entry in found.entries] == listed[:NEWEST]
        assert len({entry.id for entry in found.entries}) == len(found.entries)
        assert found.feed.updated == f"{listed[0]}T00:00:00Z" and found.feed.language == tag
        assert found.feed.id == f"{BASE}{code}/feed.xml" and found.feed.author
        for entry in found.entries:
            assert entry.id.startswith(f"tag:example.org,{entry.updated[:10]}:promises/{code}/")
            assert (addressed / entry.link.removeprefix(BASE)).is_file()
            assert entry.title and entry.summary


def test_there_is_no_feed_without_an_address(plain: Path, addressed: Path) -> None:
    assert not [*plain.rglob("feed.xml")]
    assert "Atom" in (plain / "en" / "downloads.html").read_text("utf-8")
    link = '<link rel="alternate" type="application/atom+xml"'
    for page in addressed.rglob("*.html"):
        parts = page.relative_to(addressed).parts
        is_of_language = parts[0] in ("zh", "en") and "embed" not in parts  # a card in another site is no page of this
        is_moved = "http-equiv" in page.read_text("utf-8")
        assert (link in page.read_text("utf-8")) == (is_of_language and not is_moved), page
    assert any("embed" in page.parts for page in addressed.rglob("*.html"))
    for page in plain.rglob("*.html"):
        assert link not in page.read_text("utf-8")


def test_another_program_or_design_is_no_news(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(SITE, content)
    templates = tmp_path / "templates"
    shutil.copytree(ROOT / "templates", templates)
    site = made(tmp_path, content, "--base-url", BASE, "--templates", str(templates))
    before = (site / "zh" / "feed.xml").read_bytes()
    page = templates / "_page.html"
    page.write_text(page.read_text("utf-8").replace("</body>", "<!-- new design --></body>"), "utf-8")
    made(tmp_path, content, "--base-url", BASE, "--templates", str(templates), "--as-of", "2031-10-05")
    assert b"new design" in (site / "zh" / "changes.html").read_bytes()
    assert (site / "zh" / "feed.xml").read_bytes() == before


# ── the calendar ─────────────────────────────────────────────────────────────


def calendar(site: Path, code: str) -> icalendar.Calendar:
    return icalendar.Calendar.from_ical((site / code / "deadlines.ics").read_bytes())


def test_the_calendar_has_each_dated_deadline_once(plain: Path) -> None:
    pledges = {each["id"]: each for each in said(plain, "pledges")}
    expected = set()
    for id, pledge in pledges.items():
        if pledge["status"] not in ("withdrawn", "split"):
            expected |= {(id, pledge[name]) for name in ("deadline_last", "deadline_now_last") if pledge[name]}
    for code in ("zh", "en"):
        found = [each for each in calendar(plain, code).walk("VEVENT") if "RRULE" not in each]
        told = {(each["UID"].rpartition("-")[0], each["DTSTART"].dt.isoformat()) for each in found}
        assert told == expected and len(found) == len(expected) > 4
        for each in found:
            assert each["DTEND"].dt - each["DTSTART"].dt == datetime.timedelta(days=1)
            id = each["UID"].rpartition("-")[0]
            assert pledges[id]["title"][code] in each["SUMMARY"]
            assert each["DTSTAMP"].dt.date() <= datetime.date(2031, 9, 30)
        assert not calendar(plain, code).errors


def test_a_recurring_pledge_has_the_last_day_of_each_period(plain: Path) -> None:
    """The periods that are over are those of the rule."""
    from dateutil.rrule import rrulestr

    periods: dict[str, list[str]] = {}
    for record in said(plain, "periods"):
        periods.setdefault(record["pledge"], []).append(record["last"])
    found = {each["UID"].rpartition("-")[0]: each for each in calendar(plain, "en").walk("VEVENT") if "RRULE" in each}
    assert {*periods} <= {*found} and periods
    for id, lasts in periods.items():
        rule = found[id]["RRULE"].to_ical().decode()
        start = datetime.datetime.combine(found[id]["DTSTART"].dt, datetime.time())
        days = rrulestr(rule, dtstart=start).between(start, datetime.datetime(2031, 9, 29), inc=True)
        assert [day.date().isoformat() for day in days] == lasts


def test_lines_are_short_and_end_as_they_should(plain: Path) -> None:
    for code in ("zh", "en"):
        data = (plain / code / "deadlines.ics").read_bytes()
        lines = data.split(b"\r\n")
        assert lines[-1] == b"" and b"\n" not in data.replace(b"\r\n", b"")
        assert max(map(len, lines)) <= LONGEST_LINE
        assert all(line.decode() is not None for line in lines), "no character is cut"


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n,;\\：，")))
def test_any_text_comes_back_from_a_calendar(text: str) -> None:
    line = folded(f"SUMMARY:{escaped(text)}")
    assert all(len(part.encode()) <= LONGEST_LINE for part in line.split("\r\n"))
    event = icalendar.Event.from_ical(f"BEGIN:VEVENT\r\n{line}\r\nEND:VEVENT\r\n")
    assert event["SUMMARY"] == text


# ── workbooks ────────────────────────────────────────────────────────────────


def rows_of(path: Path, sheet: int = 0) -> list[list[Any]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(sheet).to_python(skip_empty_area=False)


def expected_cell(value: Any, type: str) -> Any:
    if value is None or value == []:
        return ""
    if type == "list":
        return ";".join(value)
    if type == "date":
        return datetime.date.fromisoformat(value)
    return float(value) if type in ("integer", "number") else value


@pytest.mark.parametrize("name", TABLES)
def test_a_workbook_has_what_the_json_has(name: str, plain: Path) -> None:
    names, *rest = rows_of(plain / "data" / f"{name}.xlsx")
    heads, rows = rest[:2], rest[2:]
    records = said(plain, name)
    titles = columns(name, ("zh", "en"))
    assert names == [title for title, _ in titles] and len(rows) == len(records)
    assert all(len({*head}) > 1 and all(head) for head in heads)
    for row, record in zip(rows, records, strict=True):
        for cell, (title, column) in zip(row, titles, strict=True):
            if column.name == "as_of":
                assert cell == datetime.date(2031, 9, 30)
                continue
            value = record[column.name]
            if column.type == "texts":
                value = value and value[title.rpartition("_")[2]]
            assert cell == expected_cell(value, column.type), (title, record)


def test_the_workbook_of_all_has_every_table(plain: Path) -> None:
    whole = CalamineWorkbook.from_path(plain / "data" / "ledger.xlsx")
    about, *sheets = whole.sheet_names
    assert about == "说明" and len(sheets) == len(TABLES)
    text = str(whole.get_sheet_by_index(0).to_python())
    assert "测试数据许可" in text and "https://example.org/licence" in text and "2031-09-30" in text
    for place, name in enumerate(TABLES, 1):
        assert whole.get_sheet_by_index(place).to_python() == rows_of(plain / "data" / f"{name}.xlsx")
        assert "测试数据许可" in str(rows_of(plain / "data" / f"{name}.xlsx", 1))


def one_sheet(cell: str, type: str = "text") -> bytes:
    head = HeadingView("name", type, ("列", "Column"))
    view = BookView("T", "", (SheetView("S", "x.csv", (head,)),), "About", (("a", "=b"),))
    return book(view, lambda _: "\ufeff" + csv_rows((("name",), (cell,))))


@settings(deadline=None, max_examples=50)
@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=80) | st.sampled_from(["=1+1", "''-1"])
)
def test_any_text_comes_back_from_a_workbook(text: str) -> None:
    found = CalamineWorkbook.from_filelike(io.BytesIO(one_sheet(harmless(text)))).get_sheet_by_index(0).to_python()
    assert found[3] == [text]


def test_a_text_that_finds_no_room_is_cut_where_one_sees_it() -> None:
    found = CalamineWorkbook.from_filelike(io.BytesIO(one_sheet("长" * 40_000))).get_sheet_by_index(0).to_python()
    assert found[3] == ["长" * (LONGEST - 1) + "…"]


def test_the_heads_stay_and_can_be_filtered(plain: Path) -> None:
    import zipfile

    with zipfile.ZipFile(plain / "data" / "pledges.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    assert 'ySplit="3"' in sheet and 'state="frozen"' in sheet and '<autoFilter ref="A3:' in sheet
    assert "<f>" not in sheet and "<cols>" in sheet


# ── a file for each ──────────────────────────────────────────────────────────


def records_of(site: Path) -> Iterator[tuple[str, Path, Mapping[str, Any]]]:
    for kind, folder in (("unit", "units"), ("pledge", "pledges")):
        for path in sorted((site / "data" / folder).glob("*.json")):
            yield kind, path, json.loads(path.read_text("utf-8"))


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
    for kind, path, record in records_of(plain):
        assert record[kind] in tables[f"{kind}s"]
        for name in ("history", "periods", "assignments", "numbers"):
            assert record[name] == [row for row in tables[name] if row[kind] == path.stem], (path, name)
        if kind == "unit":
            assert record["pledges"] == [row for row in tables["pledges"] if row["unit"] == path.stem]
            assert record["revisions"] == [row for row in tables["revisions"] if row["unit"] == path.stem]
        else:
            assert record["revisions"] == [row for row in tables["revisions"] if row["id"] == path.stem]
            assert record["notices"] == [row for row in tables["notices"] if path.stem in row["pledges"]]


# ── all of them ──────────────────────────────────────────────────────────────


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
