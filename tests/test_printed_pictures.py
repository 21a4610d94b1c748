"""Pictures of evidence in documents: where they stand, whose bytes they are, and what another picture makes anew."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import cities
import pytest
from cut_down import cut_down
from desks import Desk
from handouts import shown
from PIL import Image
from program import tree
from pypdf import PdfReader
from structure import elements
from test_evidence_files import PAPER, PICTURE

import build
from gazette.planning.documents import sheet

SMALL = "files/zhiyuan/room-640.jpg"
SHOWING = {
    "bulletin-parallel.pdf",
    *(f"{code}/{name}.pdf" for code in ("zh", "en") for name in ("bulletin", "booklet")),
    "zh/bulletin-official.pdf",
}
"""The documents of the invented city that show its picture. Its notices rest on none."""

DETAIL = Image.effect_noise((1800, 1350), 80)


class Shown(NamedTuple):
    """A picture on a page: its bytes, its place from the left and the top, and its size, all in points."""

    data: bytes
    page: int
    size: tuple[float, float]


def pictures(file: Path) -> Iterator[Shown]:
    """The JPEGs that a document shows."""
    for number, page in enumerate(PdfReader(file).pages, 1):
        yield from _shown_on(page, number)


def _shown_on(page: Any, number: int) -> list[Shown]:
    found: list[Shown] = []

    def visit(operator: bytes, operands: Any, matrix: Any, *_: Any) -> None:
        if operator == b"Do":
            own = page["/Resources"]["/XObject"][operands[0]].get_object()
            if own.get("/Filter") == "/DCTDecode":
                found.append(Shown(own._data, number, (abs(matrix[0]), abs(matrix[3]))))

    page.extract_text(visitor_operand_before=visit)
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented city, built with everything; read only."""
    return cities.published(tmp_path_factory, "nowhere")


def test_the_documents_show_the_picture_that_the_site_has(site: Path) -> None:
    data = (site / SMALL).read_bytes()
    found = {
        path.relative_to(site).as_posix()
        for path in site.rglob("*.pdf")
        if path.name != "minutes.pdf" and data in path.read_bytes()
    }
    assert found == SHOWING


@pytest.mark.parametrize("path", sorted(SHOWING - {"zh/booklet.pdf", "en/booklet.pdf"}))
def test_a_picture_stands_once_with_its_words_and_takes_no_page(site: Path, path: str) -> None:
    (shown,) = pictures(site / path)
    assert hashlib.sha256(shown.data).digest() == hashlib.sha256((site / SMALL).read_bytes()).digest()
    width, height = shown.size
    page = PdfReader(site / path).pages[shown.page - 1]
    assert 90 < width < page.mediabox.width / 2 and height < page.mediabox.height / 3
    assert width / height == pytest.approx(4 / 3, rel=0.01)
    words = re.sub(r"\s", "", page.extract_text())
    said = {"zh": ["开会的地方"], "en": ["Whereitmet"]}.get(path[:2], ["开会的地方", "Whereitmet"])
    assert all(each in words for each in said)


@pytest.mark.parametrize("path", sorted(SHOWING - {"zh/booklet.pdf", "en/booklet.pdf"}))
def test_who_does_not_see_a_picture_is_told_what_it_shows(site: Path, path: str) -> None:
    figures = [each for each in elements(PdfReader(site / path)) if each.get("/S") == "/Figure"]
    told = [str(each["/Alt"]) for each in figures if "/A" in each and "white board" in str(each["/Alt"])]
    told += [str(each["/Alt"]) for each in figures if "白板" in str(each["/Alt"])]
    assert len(told) == 1 and ("白板" in told[0]) == (path[:2] != "en")


def test_no_reader_is_to_smooth_a_picture(site: Path) -> None:
    """PDF/A allows none (ISO 19005-2, 6.2.8)."""
    assert b"/Interpolate true" not in (site / "zh/bulletin.pdf").read_bytes()


def test_a_sheet_names_the_picture_and_shows_none(site: Path) -> None:
    for code in ("zh", "en"):
        assert not [*pictures(site / code / "sheets" / "zhiyuan.pdf")]
    assert "room-1600.jpg" not in shown(site / "zh" / "bulletin.pdf")  # the picture is there: its address is not


# ── when they are made ───────────────────────────────────────────────────────


def printed(desk: Desk, site: Path, *more: str) -> set[str]:
    """The documents alone, built, of which the bulletins are whole; which of them were made."""
    templates = desk.folder / "templates"
    if not templates.exists():
        cut_down(templates, "bulletin")
    asked = ["--content", str(desk.content), "--cache", str(desk.folder / "cache"), "--output", str(site)]
    asked += ["--templates", str(templates)]
    report = desk.folder / "printed.json"
    assert build.main([*asked, "--only", "pdf", "--report", str(report), *more]) == 0
    desk.said.readouterr()
    return {*json.loads(report.read_text("utf-8"))["made"]}


@pytest.mark.long
def test_another_picture_makes_the_documents_that_show_it_and_no_others(city_desk: Desk) -> None:
    DETAIL.save(city_desk.files / PICTURE, quality=95)
    alone, site = city_desk.folder / "alone", city_desk.site
    assert printed(city_desk, alone, "--jobs", "1") >= SHOWING
    assert not (alone / "files").exists() and printed(city_desk, alone) == set()
    before = tree(alone)
    DETAIL.rotate(180).save(city_desk.files / PICTURE, quality=95)
    assert printed(city_desk, alone, "--jobs", "1") == SHOWING | {"sha256sums.txt"}
    changed = {path for path, data in tree(alone).items() if before[path] != data}
    assert changed == {"zh/bulletin.pdf", "en/bulletin.pdf", "sha256sums.txt"}  # the others are cut down
    city_desk.build()  # all but the documents
    small = (site / SMALL).read_bytes()
    (site / SMALL).unlink()
    city_desk.build()
    assert (site / SMALL).read_bytes() == small  # made again alone, it is the same
    assert small in (alone / "zh" / "bulletin.pdf").read_bytes()
    printed(city_desk, site, "--jobs", "2")
    assert {path: tree(site)[path] for path in SHOWING} == {path: tree(alone)[path] for path in SHOWING}


@pytest.mark.long
def test_pictures_that_the_site_has_are_not_made_again(city_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from gazette.pictures import photographs as making

    city_desk.build()

    def never(*_: object) -> None:
        raise AssertionError("made")

    monkeypatch.setattr(making, "photographs", never)
    assert printed(city_desk, city_desk.site, "--jobs", "1") >= SHOWING


def test_what_a_sheet_is_made_from_is_the_same_with_another_picture() -> None:
    from gazette.site.views.elements import EvidenceFileView, EvidenceView, NoteView

    def note(stamp: str) -> NoteView:
        file = EvidenceFileView(f"file:{PAPER}", "jpeg", stamp, alt="x", small="file:x-640.jpg", width=4, height=3)
        return NoteView("correction", "x", evidence=(EvidenceView("x", "", "", file),))

    one, other = (sheet._without_pictures(note(stamp)) for stamp in ("a", "b"))
    assert one == other != note("a") and one.evidence[0].title == "x"
