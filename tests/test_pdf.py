"""The way from HTML to PDF: repeatable, closed to the outside, with the bundled fonts as they are."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from gazette.pdf import PdfProblem, write_pdf
from gazette.typeface import PRINT_FONTS

ROOT = Path(__file__).resolve().parent.parent
PAGE = """<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>试</title>
<meta name="dcterms.created" content="2031-01-01"></head><body><h1>整改公报</h1><p>硚口区“零反弹”，<b>粗体</b>。</p>
<p lang="en">Jiang’an “quoted” <b>bold</b>.</p></body></html>"""
STYLE = """@page { size: A5 } :lang(zh) { font-family: "Noto Serif SC" } :lang(en) { font-family: "Noto Serif" }"""


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return write_pdf(PAGE, stylesheets=[STYLE])


def test_the_same_in_another_process_and_place(pdf: bytes, tmp_path: Path) -> None:
    script = (
        f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / 'tests')!r}]\n"
        "import hashlib; from test_pdf import PAGE, STYLE, write_pdf\n"
        "print(hashlib.sha256(write_pdf(PAGE, stylesheets=[STYLE])).hexdigest())"
    )
    for seed in ("1", "99"):
        env = {
            "PATH": os.environ["PATH"],
            "PYTHONHASHSEED": seed,
            "LANG": "C",
            "TZ": "Asia/Tokyo",
            "HOME": str(tmp_path),
        }
        done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env=env, capture_output=True, text=True)
        assert done.stdout.strip() == hashlib.sha256(pdf).hexdigest(), done.stderr


def test_text_language_and_structure(pdf: bytes) -> None:
    reader = PdfReader(io.BytesIO(pdf))
    text = reader.pages[0].extract_text()
    assert "整改公报" in text and "硚口区" in text and "Jiang’an" in text
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "zh-Hans" and root["/MarkInfo"]["/Marked"]


def test_painted_outlines_are_those_of_the_bundled_fonts(pdf: bytes) -> None:
    """Every embedded glyph that stands for one character has that character's outline in the font file."""
    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.ttLib import TTFont

    sources = {}
    for path in PRINT_FONTS:
        font = TTFont(path)
        sources[str(font["name"].getDebugName(6))] = font

    def outline(font: TTFont, glyph: str) -> list[object]:
        pen = DecomposingRecordingPen(font.getGlyphSet())
        font.getGlyphSet()[glyph].draw(pen)
        return pen.value

    checked, bold = 0, set()
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for entry in page["/Resources"]["/Font"].values():
            font = entry.get_object()
            name = str(font["/BaseFont"]).partition("+")[2]
            descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            embedded = TTFont(
                io.BytesIO((descriptor.get("/FontFile2") or descriptor["/FontFile3"]).get_object().get_data())
            )
            source = next(s for n, s in sources.items() if same_face(n, name, descriptor))
            bold.add("Bold" in str(source["name"].getDebugName(6)))
            order, known = embedded.getGlyphOrder(), source.getBestCmap()
            originals = {str(outline(source, glyph)) for glyph in source.getGlyphOrder()[:0]}
            for number, character in mapping(font["/ToUnicode"].get_object().get_data().decode()):
                if character.isspace() or ord(character) not in known:
                    continue
                drawn = outline(embedded, order[number])
                assert drawn == outline(source, known[ord(character)]) or character in "“”‘’，。", character
                checked += 1
            assert originals == set()
    assert checked > 20 and bold == {True, False}


def same_face(source: str, name: str, descriptor: object) -> bool:
    """`NotoSerifSC-Bold` in the file is `Noto-Serif-SC-Bold` in the document."""
    plain = name.replace("-", "").replace("Regular", "")
    return source.replace("-", "").replace("Regular", "") == plain and descriptor is not None


def mapping(cmap: str) -> list[tuple[int, str]]:
    import re

    pairs = re.findall(r"<([0-9a-f]{4})> <([0-9a-f]+)>", cmap)
    texts = [(int(glyph, 16), bytes.fromhex(code).decode("utf-16-be")) for glyph, code in pairs]
    return [(glyph, text) for glyph, text in texts if len(text) == 1]


@pytest.mark.parametrize(
    "body",
    [
        '<img src="file:///etc/hostname">',
        '<link rel="attachment" href="file:///etc/hostname">',
        '<link rel="stylesheet" href="file:///etc/hostname">',
        '<img src="https://example.org/x.png">',
        '<p style="background: url(/etc/hostname)">x</p>',
        '<object data="../../etc/hostname"></object>',
    ],
)
def test_nothing_from_outside_is_read(body: str) -> None:
    with pytest.raises(PdfProblem):
        write_pdf(PAGE.replace("</body>", f"{body}</body>").replace("</head>", f"{body}</head>"), stylesheets=[STYLE])


def test_listed_assets_are_read() -> None:
    picture = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>x</title><path d="M0 0H9V9Z"/></svg>'
    )
    page = PAGE.replace("</body>", '<img src="x.svg" alt="x"></body>')
    assert write_pdf(page, stylesheets=[STYLE], assets={"x.svg": picture})[:5] == b"%PDF-"


def test_a_warning_of_the_printer_is_an_error() -> None:
    with pytest.raises(PdfProblem, match="colour"):
        write_pdf(PAGE, stylesheets=[STYLE + "p { colour: red }"])
