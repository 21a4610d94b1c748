"""The data package and the catalogue, as programs of others read them."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib
from exported import BASE

from gazette.site.tables import TABLES

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
