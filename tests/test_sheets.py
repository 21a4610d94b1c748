"""What is printed on one page and what is made from other files: sheets, briefs, booklets, checksums, QR codes."""

from __future__ import annotations

import copy
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import cities
import glyphs
import pytest
import verapdf
import yaml
from cities import BASE, CITIES
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from test_bulletins import each
from verapdf import validated
from whole import sheets_of

from gazette.derived import in_order
from gazette.pdf import first_that_fits
from gazette.pdf.booklet import booklet, order
from gazette.target import Target

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "tests" / "site"

Build = Callable[..., Path]


def run(content: Path, folder: Path, *more: str) -> None:
    command = [sys.executable, str(ROOT / "build.py"), "--content", str(content), "--output", str(folder)]
    done = subprocess.run(
        [*command, "--cache", str(folder.parent / "cache"), *more],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder of a city's printed documents, with a base address."""
    return partial(cities.built, tmp_path_factory)


def texts(content: Path) -> dict[str, Any]:
    """The public units of a content folder by id, as they are written."""
    found = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in (content / "districts").glob("*.yaml")}
    public = {id: unit for id, unit in found.items() if not unit.get("draft")}
    for unit in public.values():
        unit["pledges"] = [pledge for pledge in unit["pledges"] if not pledge.get("draft")]
    return public


def squeezed(text: str) -> str:
    """A text without what setting it in lines changes: spaces, hyphens, the links of Markdown."""
    return re.sub(r"[\s\u00ad\u200b\u2010-]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text))


def shown(file: Path) -> str:
    return squeezed("".join(page.extract_text() for page in PdfReader(file).pages))


def inside(file: Path, margin: float = 25.0) -> None:
    """Every character stands inside the page's margins, and none is smaller than 9 pt."""
    (page,) = glyphs.pages(file)
    assert len(page) > 100
    for glyph in page:
        assert margin <= glyph.x and glyph.right <= 595.3 - margin and margin <= glyph.y <= 841.9 - margin, glyph
        assert glyph.size >= 8.99, glyph


# ── sheets ───────────────────────────────────────────────────────────────────


@each
def test_a_sheet_is_one_page_with_all_its_pledges(printed: Build, city: str, code: str) -> None:
    folder, units = printed(city), texts(CITIES[city])
    assert {path.stem for path in (folder / code / "sheets").iterdir()} == set(units)
    for id, unit in units.items():
        file = folder / code / "sheets" / f"{id}.pdf"
        assert file.stat().st_size <= 150_000
        inside(file)
        text = shown(file)
        assert squeezed(unit["name"][code]) in text and squeezed(unit["signed_by"]["name"][code]) in text
        assert squeezed(unit["summary"][code]) in text
        numbered = [(pledge["id"].rpartition("-")[2], squeezed(pledge["title"][code])) for pledge in unit["pledges"]]
        places = [text.find(f"{number}{title}") for number, title in numbered]
        assert -1 not in places and places == sorted(places), id
        whole = [squeezed(pledge["text"][code]) in text for pledge in unit["pledges"]]
        assert all(whole) or (not any(whole) and len(whole) > 12), id


@validated
@pytest.mark.parametrize("city", CITIES)
def test_sheets_and_briefs_keep_to_both_standards(printed: Build, city: str) -> None:
    """So does every other document but the booklets."""
    folder = printed(city)
    broken = verapdf.broken_by_site(folder)
    made = {path.relative_to(folder).as_posix() for path in folder.rglob("*.pdf")}
    assert broken.keys() == made - {"zh/booklet.pdf", "en/booklet.pdf"} and len(broken) > 8
    assert {path: rules for path, rules in broken.items() if rules} == {}


class Plain(yaml.SafeDumper):
    """Writes what repeats again: content may not refer to other places of itself."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        return True


LONG = 300
"""So many sentences are more than a statement may have: it is cut at its longest."""


REMARK = {"zh": "编者注意到灯塔。", "en": "The editors saw the tower."}


def unit_of(pledges: int, words: int, statement: int, remarks: int) -> dict[str, Any]:
    """The made-up harbour with so many pledges of so many sentences, each with a remark of so many, and a statement of
    so many."""
    unit: dict[str, Any] = yaml.safe_load((SITE / "districts" / "wuyu-gang.yaml").read_text("utf-8"))
    first = {**copy.deepcopy(unit["pledges"][0]), "checkable": "yes"}
    zh, en = "灯塔夜夜点亮。", "The light is lit. "
    remark = " ".join([REMARK["en"]] * remarks)
    unit["summary"] = {"zh": (zh * statement)[:1990], "en": (en * statement)[:1990].strip()}
    unit["pledges"] = [
        {
            **first,
            "id": f"wuyu-gang-{n}",
            "covers": [n],
            "title": {"zh": f"第{n}盏灯", "en": f"Lamp number {n}"},
            "text": {"zh": zh * words, "en": (en * words).strip()},
            **(
                {"notes": [{"kind": "remark", "text": {"zh": REMARK["zh"] * remarks, "en": remark}}]} if remarks else {}
            ),
        }
        for n in range(1, pledges + 1)
    ]
    unit["commitments"] = pledges
    return unit


@pytest.mark.parametrize(
    ("pledges", "words", "statement", "remarks", "depth"),
    [
        (1, 1, 1, 0, "texts"),  # the shortest
        (12, 6, 12, 0, "texts"),
        (12, 6, 12, 1, "texts"),
        (40, 1, 1, 0, "texts"),
        (30, 1, 1, 6, "bare"),  # room for what was promised, not for what the editors say of it
        (40, 12, 10, 0, "titles"),
        (40, 4, 100, 0, "titles"),  # a statement that leaves little room
        (200, 1, 1, 0, "fewer"),
        (200, 1, LONG, 0, "fewer"),
    ],
)
def test_a_sheet_gives_way_in_order(
    tmp_path: Path, pledges: int, words: int, statement: int, remarks: int, depth: str
) -> None:
    """Whole texts while they find room with letters of 9 pt, then without the editors' notes, then titles, then fewer
    titles and how many are missing: nothing is cut off."""
    content = tmp_path / "content"
    shutil.copytree(SITE, content, ignore=shutil.ignore_patterns("dengmi.yaml", "yinghuo.yaml", "zhiyuan.yaml"))
    site = content / "site.yaml"
    site.write_text(re.sub(r"(?m)^tiles:(\n +- .*)+", "tiles: []", site.read_text("utf-8")), "utf-8")
    unit = unit_of(pledges, words, statement, remarks)
    file = content / "districts" / "wuyu-gang.yaml"
    written = yaml.dump(unit, Dumper=Plain, allow_unicode=True, sort_keys=False, width=10_000)
    file.write_text(written, "utf-8")
    for code, data in sheets_of(content, "wuyu-gang", tmp_path / "cache").items():
        (tmp_path / f"{code}.pdf").write_bytes(data)
        inside(tmp_path / f"{code}.pdf")
        text = shown(tmp_path / f"{code}.pdf")
        assert squeezed(unit["summary"][code]) in text
        said = re.search({"zh": "另有(\\d+)项", "en": "and(\\d+)moreonthesite"}[code], text)
        left = int(said[1]) if said else 0
        assert (left > 0) == (depth == "fewer")
        titles = re.findall({"zh": "第(\\d+)盏灯", "en": "Lampnumber(\\d+)"}[code], text)
        assert len(titles) == pledges - left
        words = squeezed(unit["pledges"][0]["text"][code])
        repeated = text.count(words) - squeezed(unit["summary"][code]).count(words)
        assert (repeated >= pledges) == (depth in ("texts", "bare")), repeated
        assert text.count(squeezed(REMARK[code])) == (pledges * remarks if depth == "texts" else 0)
        assert text.count("※") == (pledges + 1 if depth == "bare" else 0), "where notes are left out, and what it means"


@given(st.integers(1, 60), st.integers(0, 60), st.integers(0, 60))
def test_the_first_way_that_fits_is_found_from_anywhere(ways: int, first: int, likely: int) -> None:
    tried: list[int] = []

    def fits(way: int) -> bool:
        tried.append(way)
        return way >= first

    assert first_that_fits(ways, fits, min(likely, ways - 1)) == min(first, ways)
    assert len(tried) == len(set(tried)) and all(0 <= way < ways for way in tried)
    if first < ways and abs(first - min(likely, ways - 1)) <= 1:
        assert len(tried) <= 4


# ── the brief ────────────────────────────────────────────────────────────────


@each
def test_a_brief_is_one_page_with_totals_and_what_changed(printed: Build, city: str, code: str) -> None:
    file, units = printed(city) / code / "brief.pdf", texts(CITIES[city])
    inside(file)
    text = shown(file)
    pledges = [pledge for unit in units.values() for pledge in unit["pledges"]]
    reported = sum(bool([u for u in pledge.get("updates", []) if not u.get("draft")]) for pledge in pledges)
    n, of = reported, len(pledges)
    assert {"zh": f"收到报告：{n}项（共{of}项）", "en": f"Withaprogressreport:{n}of{of}"}[code] in text
    assert all(squeezed(unit["short"][code]) in text for unit in units.values())
    dates = re.findall({"zh": r"(\d{4})年(\d+)月(\d+)日(?:推进|申请|已|公示|重新|更正)"}.get(code, r"$x"), text)
    days = [tuple(map(int, date)) for date in dates]
    assert days == sorted(days, reverse=True), "the newest first"
    assert (len(days) > 2) == (city == "nowhere" and code == "zh")


# ── booklets ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("pages", [1, 2, 3, 4, 5, 8, 49, 60])
def test_folded_sheets_are_read_in_order(pages: int) -> None:
    """Sheets are put into each other and folded: leafed through, the pages come one after the other."""
    sides = list(order(pages))
    assert len(sides) % 2 == 0 and len(sides) == 2 * -(-pages // 4)
    fronts, backs = sides[::2], sides[1::2]
    read = [page for front, back in zip(fronts, backs, strict=True) for page in (front[1], back[0])]
    read += [page for front, back in reversed(list(zip(fronts, backs, strict=True))) for page in (back[1], front[0])]
    assert read == list(range(2 * len(sides)))


@each
def test_a_booklet_has_the_pages_of_the_bulletin(printed: Build, city: str, code: str) -> None:
    folder = printed(city) / code
    bulletin, made = PdfReader(folder / "bulletin.pdf"), PdfReader(folder / "booklet.pdf")
    pages = [squeezed(page.extract_text()) for page in bulletin.pages]
    assert len(made.pages) == len(list(order(len(pages))))
    for sheet, numbers in zip(made.pages, order(len(pages)), strict=True):
        assert (round(float(sheet.mediabox.width)), round(float(sheet.mediabox.height))) == (842, 595)
        text = squeezed(sheet.extract_text())
        for number in numbers:
            if number < len(pages):
                assert pages[number][:60] in text and pages[number][-60:] in text
    assert made.metadata and bulletin.metadata and made.metadata.title == bulletin.metadata.title
    assert "/StructTreeRoot" not in made.trailer["/Root"]
    about = str(made.metadata.subject)
    assert {"zh": "只供打印", "en": "Only for printing"}[code] in about, "it says that it is no document to be read"
    assert made.trailer["/Root"]["/ViewerPreferences"]["/Duplex"] == "/DuplexFlipShortEdge"
    data = (folder / "bulletin.pdf").read_bytes()
    assert booklet(data, about) == booklet(data, about) == (folder / "booklet.pdf").read_bytes()


# ── checksums ────────────────────────────────────────────────────────────────


def checked(folder: Path) -> list[str]:
    """The files that `sha256sum` found to be as they should."""
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "sha256sums.txt"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return [line.removesuffix(": OK") for line in done.stdout.splitlines()]


def handed_out(folder: Path) -> list[str]:
    files = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in files if path.endswith(".pdf") or path.startswith("data/"))


def test_checksums_follow_every_build(tmp_path: Path) -> None:
    content, folder = tmp_path / "content", tmp_path / "site"
    shutil.copytree(SITE, content)
    run(content, folder, "--only", "pages")
    assert not (folder / "sha256sums.txt").exists()
    run(content, folder, "--only", "data")
    assert checked(folder) == handed_out(folder) == [path for path in handed_out(folder) if path.startswith("data/")]
    run(content, folder, "--only", "pdf")
    assert checked(folder) == handed_out(folder) and "zh/sheets/yinghuo.pdf" in handed_out(folder)
    unit = content / "districts" / "yinghuo.yaml"
    unit.write_text(unit.read_text("utf-8").replace("The hour is published", "The hour is known"), "utf-8")
    run(content, folder)
    assert checked(folder) == handed_out(folder)
    site = content / "site.yaml"
    site.write_text(re.sub(r"(?m)^ +- \{unit: yinghuo,.*\n", "", site.read_text("utf-8")), "utf-8")
    unit.unlink()
    run(content, folder)
    assert checked(folder) == handed_out(folder) and "zh/sheets/yinghuo.pdf" not in handed_out(folder)


def test_what_is_made_from_others_comes_after_them() -> None:
    sums = Target("sums", "data", "sums", gathers=("pdf",))
    folded = Target("folded", "pdf", "booklet", needs=("long",))
    assert in_order([sums, folded]) == [folded, sums]
    with pytest.raises(ValueError, match="cycle"):
        in_order([Target("a", "pdf", "booklet", needs=("b",)), Target("b", "pdf", "booklet", needs=("a",))])


# ── codes ────────────────────────────────────────────────────────────────────


def codes(file: Path, page: int) -> Iterator[str]:
    """The QR codes that a camera finds on a printed page."""
    import pypdfium2
    import zxingcpp

    with pypdfium2.PdfDocument(file) as document:
        picture = document[page - 1].render(scale=150 / 72, grayscale=True).to_pil()
    for code in zxingcpp.read_barcodes(picture):
        yield code.text


@pytest.mark.parametrize("code", ["zh", "en"])
def test_codes_lead_to_the_page(printed: Build, code: str) -> None:
    folder = printed("nowhere") / code
    assert list(codes(folder / "sheets" / "yinghuo.pdf", 1)) == [f"{BASE}{code}/districts/yinghuo.html"]
    assert list(codes(folder / "brief.pdf", 1)) == [f"{BASE}{code}/index.html"]
    assert list(codes(folder / "bulletin.pdf", 1)) == [f"{BASE}{code}/index.html"]


def test_no_code_without_an_address(tmp_path: Path) -> None:
    run(SITE, tmp_path / "site", "--only", "pdf", "--jobs", "1")
    for file in ("sheets/yinghuo.pdf", "brief.pdf", "bulletin.pdf"):
        assert list(codes(tmp_path / "site" / "en" / file, 1)) == []
