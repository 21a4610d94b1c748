"""The page with what happened: complete, newest first across units, never longer than it says, absent while empty."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from compiled import compiled
from edits import UNITS, City
from lxml import html

import build
from gazette.planning.pages import changes

SITE = Path(__file__).resolve().parent / "site"


def built(folder: Path, *more: str, content: Path = SITE) -> Path:
    place = ["--content", str(content), "--output", str(folder / "site"), "--cache", str(compiled(folder / "cache"))]
    assert build.main([*place, "--no-pdf", "--jobs", "1", *more]) == 0
    return folder / "site"


def listed(site: Path, language: str = "en") -> list[tuple[str, str]]:
    """The days and pledges of the page, from the top."""
    page = html.document_fromstring((site / language / "changes.html").read_bytes())
    entries = page.xpath("//li[starts-with(@class, 'change')]")
    return [(each.xpath(".//time/@datetime")[0], Path(each.xpath(".//a/@href")[0]).stem) for each in entries]


def recorded(site: Path) -> list[tuple[str, str]]:
    rows = csv.DictReader((site / "data" / "history.csv").read_text("utf-8-sig").splitlines())
    return [(row["date"], row["pledge"] or row["unit"]) for row in rows]


def test_all_that_happened_is_there_the_newest_first(tmp_path: Path) -> None:
    site = built(tmp_path)
    assert len({pledge.rpartition("-")[0] for _, pledge in listed(site)}) > 1, "of several units"
    for language in ("zh", "en"):
        found = listed(site, language)
        assert sorted(found) == sorted(recorded(site)) and len(found) > 10
        assert [day for day, _ in found] == sorted((day for day, _ in found), reverse=True)
    page = html.document_fromstring((site / "en" / "changes.html").read_bytes())
    months = [section.get("id").removeprefix("m") for section in page.xpath("//section[@id]")]
    assert months == sorted({day[:7] for day, _ in recorded(site)}, reverse=True)
    text = " ".join(page.text_content().split())
    assert (
        "Renamed Wuyu Harbour Zone Renamed on 1 March 2031; called “Wuyu Zone” before. Reason: The harbour became"
        in text
    )
    assert "New head Dengmi District Person F, Head of the District." in text
    assert (
        "Became part of another Wuyu Harbour Zone Zhiyuan District. Reason: The harbour is run by the district." in text
    )
    assert "Took over from another Zhiyuan District Wuyu Harbour Zone." in text
    (correction,) = page.find_class("change--editors")
    assert "Correction by the editors" in correction.text_content()


def test_a_correction_of_what_is_said_of_a_unit_is_there_too(edited: City) -> None:
    text = "{zh: 改了概述。, en: The summary was put right.}"
    was = "{summary: {zh: 旧, en: Old}}"
    own = f"{{kind: correction, date: 2031-09-20, was: {was}, reason: {text}}}"
    edited.replace(f"{UNITS}/yinghuo.yaml", "(?m)^pledges:", f"revisions: [{own}]\npledges:")
    edited.incremental()
    assert listed(edited.site)[0] == ("2031-09-20", "yinghuo")
    page = html.document_fromstring((edited.site / "en" / "changes.html").read_bytes())
    first = page.xpath("//li[starts-with(@class, 'change')]")[0]
    assert "change--editors" in first.get("class") and "The summary was put right." in first.text_content()


@pytest.mark.long
def test_of_many_only_the_newest_are_listed_and_the_page_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = listed(built(tmp_path / "all"))
    for limit in (1, 4, len(everything) - 1, len(everything)):
        monkeypatch.setattr(changes, "LISTED", limit)
        site = built(tmp_path / str(limit))
        assert listed(site) == everything[:limit]
        text = (site / "en" / "changes.html").read_text("utf-8")
        assert (f"The latest {limit} of {len(everything)} entries" in text) == (limit < len(everything))


def test_the_page_comes_with_the_first_thing_that_happens_and_goes_with_the_last(edited: City) -> None:
    """No other page leads to one that is not there, and what changed alone gives what a clean build gives."""
    told = "updates|notes|revisions|withdrawn|moved|assigned|target_changed|split|reply"
    for path in edited.content.glob("districts/*.yaml"):
        text = re.sub(rf"(?ms)^    ({told}):.*?(?=^  - id|^    \w|\Z)", "", path.read_text("utf-8"))
        text = re.sub(r"(?ms)^(revisions|heads|renamed|ended|took_over):.*?(?=^\w)", "", text)
        text = re.sub(r"(?m)^    deadline: [0-9].*", "    deadline: unstated", text)  # that one passed is told as well
        text = re.sub(r"(?ms)^  - id: wuyu-gang-[34]\n.*?(?=^  - id|\Z)", "", text)
        path.write_text(text, "utf-8")
    for path in edited.content.glob("notices/*.yaml"):
        path.unlink()
    edited.incremental()
    assert not (edited.site / "en" / "changes.html").exists()
    assert not [page for page in edited.site.rglob("*.html") if "changes.html" in page.read_text("utf-8")]
    unit = (
        edited.content / UNITS / "yinghuo.yaml"
        if not UNITS.startswith("content")
        else edited.folder / UNITS / "yinghuo.yaml"
    )
    before = unit.read_text("utf-8")
    report = "    updates: [{date: 2031-03-01, state: under-way, text: {zh: 关了一半。, en: Half are off.}}]\n"
    unit.write_text(before.rstrip("\n") + "\n" + report, "utf-8")
    assert {"zh/changes.html", "en/changes.html"} <= {*edited.incremental()["written"]}
    assert listed(edited.site) == [("2031-03-01", "yinghuo-1")]
    unit.write_text(before, "utf-8")
    assert {"zh/changes.html", "en/changes.html"} <= {*edited.incremental()["removed"]}


def test_an_edit_makes_one_fragment_of_the_shared_pages_anew(edited: City) -> None:
    edited.incremental()
    edited.replace(f"{UNITS}/zhiyuan.yaml", "清了一半", "清了一大半")
    written = {*edited.incremental()["written"]}
    assert "zh/changes.html" in written and not {"en/changes.html", "zh/status.html"} & written
