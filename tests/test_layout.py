"""Nothing leaves its box: cities with 200 characters without a break in every field, measured on screens and paper."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from browser import kinds_of_pages, measure
from chromium import needs_chromium
from compiled import compiled
from glyphs import pages, texts
from laid_out import printed as documents
from overfull import CITIES, PATH, mixed, overfull, text_fields
from paper import body_of, misplaced, shown
from pypdf import PdfReader
from reached import at_least_one
from shared import once, root

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "tests" / "site"
MM = 72 / 25.4

each = pytest.mark.parametrize("city", CITIES)


def build(content: Path, output: Path, kinds: str) -> Path:
    command = [sys.executable, str(ROOT / "build.py"), "--content", str(content), "--output", str(output)]
    more = ["--cache", str(compiled(output.with_name("cache"))), "--only", kinds, "--jobs", "2"]
    done = subprocess.run([*command, *more], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return output


@each
def test_every_field_of_the_model_is_filled(tmp_path: Path, city: str) -> None:
    assert overfull(tmp_path / "content", CITIES[city]) == text_fields()


# ── screens ──────────────────────────────────────────────────────────────────

LOOKS = [{"width": width, "mode": mode} for mode in ("plain", "elder") for width in (320, 768, 1440)]
PRINTED = {"width": 658, "mode": "print"}
"""The type area of A4 with the margins of a printed page, in CSS pixels."""


@needs_chromium
@each
def test_pages(tmp_path: Path, city: str) -> None:
    """The longest of each kind. (The cities as they are: test_look.)"""
    overfull(tmp_path / "content", CITIES[city])
    site = build(tmp_path / "content", tmp_path / "site", "pages")
    pages = kinds_of_pages(site, shortest=False)
    found = measure(site, pages, [*LOOKS, PRINTED], tmp_path / "server", PATH)
    assert len(found) == len(pages) * (len(LOOKS) + 1) > 150
    assert all(look["texts"] for look in found), "a page without any text was measured"
    wrong = [f"{look['path']} {look['width']} {look['mode']}: {each}" for look in found for each in look["wrong"]]
    assert wrong == []


@needs_chromium
def test_what_leaves_its_box_is_seen(tmp_path: Path) -> None:
    """The ruler itself: of four texts three are wrong."""
    (site := tmp_path / "site").mkdir()
    style = "div { width: 100px; font: 16px/20px monospace } .up { margin-top: -20px }"
    style += ".cut { overflow: hidden; height: 20px }"
    body = f"<div>{'x' * 200}</div><div>right</div><div class='cut'>two words cut off</div>"
    body += "<div>under</div><div class='up'>over</div>"
    (site / "x.html").write_text(f"<!doctype html><style>{style}</style>{body}", "utf-8")
    (look,) = measure(site, ["x.html"], [{"width": 320, "mode": "plain"}], tmp_path / "server")
    told = "\n".join(look["wrong"])
    assert "the page is " in told and "outside of div" in told and "leaves the window" in told
    assert "above or below div.cut" in told and "“under” in div and “over” in div.up overlap" in told
    assert "right" not in told


# ── paper ────────────────────────────────────────────────────────────────────

AREAS = {
    "bulletin": (59.5, 24 * MM, 210 * MM - 59.5, 272 * MM),
    "official": (26.4 * MM, 35 * MM, (210 - 26.4) * MM, 260 * MM),
    "parallel": (18 * MM, 15 * MM, (297 - 18) * MM, 192 * MM),
    "brief": (14 * MM, 11 * MM, (210 - 14) * MM, 284 * MM),
    "page": (15 * MM, 10 * MM, (210 - 15) * MM, 286 * MM),  # of a tight sheet; test_sheets knows which is
}
"""The type areas of documents: left, lower, right and upper edge in points. Running heads and numbers of pages stand
above and below, no nearer to the edge of the paper than 6 mm."""

EDGE = 6 * MM


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documents of a city that is overfull with all kinds of runs, beside its content."""

    def make(folder: Path) -> None:
        overfull(folder / "content", mixed())
        build(folder / "content", folder / "site", "pdf")

    return once(root(tmp_path_factory) / "overfull", make) / "site"


def kind_of(file: Path) -> str:
    if file.parent.name == "notices":  # on the page of the official edition
        return "official"
    name = file.stem.removeprefix("bulletin-")
    return name if name in AREAS or name == "booklet" else "page"


@pytest.mark.long
def test_documents(printed: Path) -> None:
    """No line leaves the type area, runs into the other language or stands on another; sheets and briefs are a page."""
    files = [path for path in printed.rglob("*.pdf") if "files" not in path.parts]
    assert len(files) == 8 + 2 + 2 + 2 + 2 + 1 + 1
    for file in files:
        kind = kind_of(file)
        if kind == "booklet":  # two pages, each in its half
            assert [*misplaced(file, (EDGE, EDGE, 297 * MM - EDGE, 210 * MM - EDGE))] == []
            assert [glyph for page in pages(file) for glyph in page if abs(glyph.x - 148.5 * MM) < EDGE] == []
            continue
        left, _, right, _ = AREAS[kind]
        paper = (left, EDGE, right, (210 if kind == "parallel" else 297) * MM - EDGE)
        assert list(misplaced(file, paper)) == []
        assert kind != "page" or len(PdfReader(file).pages) == 1, file


@pytest.mark.long
def test_every_character_is_on_the_paper(printed: Path) -> None:
    """Names, titles, texts, notes, reports and their evidence stand whole in each bulletin."""
    units = [path.read_text("utf-8") for path in (printed.parent / "content" / "districts").iterdir()]
    for file, code in (
        (printed / "zh" / "bulletin.pdf", "zh"),
        (printed / "en" / "bulletin.pdf", "en"),
        (printed / "zh" / "bulletin-official.pdf", "zh"),
        (printed / "bulletin-parallel.pdf", "zh"),
        (printed / "bulletin-parallel.pdf", "en"),
    ):
        whole = shown(body_of(file, AREAS[kind_of(file)]))
        words = [text for unit in units for text in words_of(yaml.load(unit, yaml.CSafeLoader), code)]
        assert len(words) > 100
        lost = [text for text in map(shown, words) if text not in whole]
        # where a page ends, what was drawn later (the other language, a line of facts) stands between two parts
        lost = [text for text in lost if not in_two_parts(text, whole)]
        assert lost == [], file


def in_two_parts(text: str, whole: str) -> bool:
    """Parts of a character or two are found anywhere."""
    return any(text[:place] in whole and text[place:] in whole for place in range(4, len(text) - 3))


WAS = ("name", "summary", "title", "text", "done_when")


def words_of(unit: dict[str, Any], code: str) -> list[str]:
    """What a bulletin says of a unit in one language."""
    own = [unit["name"], unit["summary"], *unit["signed_by"].values()]
    pledges = [pledge for pledge in unit["pledges"] if not pledge.get("draft")]
    own += [pledge[name] for pledge in pledges for name in ("title", "text", "done_when")]
    reports = [report for pledge in pledges for report in pledge.get("updates", []) if not report.get("draft")]
    own += [report[name] for report in reports for name in ("text", "body", "reason")]
    evidence = [each for report in reports for each in report.get("evidence", [])]
    own += [each["title"] for each in evidence]
    notes = [note for some in (unit, *pledges) for note in some.get("notes", [])]
    own += [note[name] for note in notes for name in ("text", "outside")]
    revisions = [revision for some in (unit, *pledges) for revision in some.get("revisions", [])]
    own += [revision[name] for revision in revisions for name in ("reason", "by") if name in revision]
    own += [revision["was"][name] for revision in revisions for name in WAS if name in revision["was"]]
    own += [some["reply"]["text"] for some in (*pledges, *reports) if "reply" in some]
    own += [pledge["split"]["reason"] for pledge in pledges if "split" in pledge]
    own += [each["reason"] for pledge in pledges for each in pledge.get("target_changed", [])]
    own += [each["name"] for pledge in pledges for each in pledge.get("assigned", [])]
    own += [each["name"] for each in unit.get("heads", [])] + [each["before"] for each in unit.get("renamed", [])]
    own += [unit["ended"]["reason"]] if "ended" in unit else []
    return [text[code] for text in own] + [each["url"] for each in evidence] + [note["printed"] for note in notes]


# ── links ────────────────────────────────────────────────────────────────────

LIST, SHEET = "https://www.example.gov.cn/gongshi/2031.html", "https://www.example.gov.cn/yanshou/7.html"


@pytest.mark.long
def test_links_out_of_the_site_and_evidence_are_on_paper(tmp_path: Path) -> None:
    """Documents print where a link leads, and lead there; on a sheet stands the evidence of an acceptance."""
    shutil.copytree(SITE, content := tmp_path / "content")
    swap(
        content / "districts" / "dengmi.yaml",
        ("zh: 该区承诺公示清单。,", f'zh: "该区承诺公示清单，见[公示页]({LIST})和[台账](page:ledger)。",'),
        ("en: Acceptance sheet}", f"en: Acceptance sheet}}\n            url: {SHEET}"),
    )
    more = f"见[网站]({LIST}?a_b=1)、<{LIST}>和[台账](page:ledger)。"
    swap(content / "articles" / "foreword.zh.md", ("第二段。", f"第二段。\n\n{more}"))
    names = ("zh/bulletin.pdf", "zh/bulletin-official.pdf", "bulletin-parallel.pdf", "zh/sheets/dengmi.pdf")
    for name, data in at_least_one(documents(content, tmp_path / "cache", *names).items()):
        (file := tmp_path / "made.pdf").write_bytes(data)
        words = re.sub(r"\s", "", "".join(texts(file)))
        leads = links_of(file)
        assert f"见公示页（{LIST}）和台账。" in words and LIST in leads, name
        assert f"佐证：验收单（{SHEET}）。" in words and SHEET in leads, name
        if "sheets" not in name:
            assert f"见网站（{LIST}?a_b=1）、{LIST}和台账。" in words and f"{LIST}?a_b=1" in leads, name
        assert all(address.startswith("https://") for address in leads), "台账 is a page, and only words here"


def swap(file: Path, *pairs: tuple[str, str]) -> None:
    text = file.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, "utf-8")


def links_of(file: Path) -> set[str]:
    """The addresses that a document leads to."""
    notes = [note.get_object() for page in PdfReader(file).pages for note in page.get("/Annots", [])]
    return {str(note["/A"]["/URI"]) for note in notes if "/URI" in note.get("/A", {})}
