"""What a compositor measures on the page: edges, ends of lines, gaps, and that the words are still the words."""

from __future__ import annotations

import io
import itertools
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import cities
import glyphs
import pytest
from compiled import compiled
from glyphs import Glyph, inked, off, text_of
from pypdf import PdfReader

import build
import gazette.pdf
from gazette.building import attachments
from gazette.pdf import write_pdf
from gazette.pdf.attach import detach
from gazette.pdf.composition.rules import (
    CLOSED,
    HAN_LATIN,
    HANGING,
    MOST,
    NO_END,
    NO_START,
    closes,
    hangs,
    has_han,
    meets,
    tears,
    widens,
)
from gazette.rendering import render

HAN = re.compile("[\u4e00-\u9fff]")
STYLE = """:lang(zh) { font-family: "Noto Serif SC"; font-feature-settings: "chws" }
:lang(en) { font-family: "Noto Serif", "Noto Serif SC" } p { margin: 0; font-size: 10pt; text-align: justify }
body { margin: 0 } @page { size: %dpt 400pt; margin: 20pt }"""
TEXT = (
    "按照“党政同责、一岗双责”的要求，该区将在2017年12月底前建成16个项目，排放量下降12.5%，水温不超过25℃；"
    "对《整改方案》（含第3项、第9项）逐条落实“河长制”，并公开PM2.5、PM10等指标——每季度一次……"
    "凡是没有做到的，限期整改，不留尾巴；凡是已经做到的，防止反弹。"
)


def printed(body: str, width: int = 300, style: str = "") -> bytes:
    page = f'<!doctype html><html lang="zh-Hans"><head><title>试</title></head><body>{body}</body></html>'
    return write_pdf(page, stylesheets=[STYLE % width + style])


def lines_of(data: bytes, tmp_path: Path) -> list[list[Glyph]]:
    file = tmp_path / "x.pdf"
    file.write_bytes(data)
    return [line for page in glyphs.pages(file) for line in glyphs.lines(page)]


def natural(line: list[Glyph]) -> float:
    """The width of a line before its gaps were widened."""
    alone = sum(widens(text_of(line), gap) for gap in range(1, len(line)))
    return line[-1].right - line[0].x - alone * spread(line)


def spread(line: list[Glyph]) -> float:
    """What was put into each gap of a line that may widen: seen between two characters without marks."""
    pairs = itertools.pairwise(line)
    return next(
        (b.x - a.right for a, b in pairs if HAN.match(a.text) and HAN.match(b.text) and not tears(a.text + b.text, 1)),
        0,
    )


@pytest.mark.parametrize("width", range(160, 520, 23))
def test_lines_are_flush_and_end_where_they_may(width: int, tmp_path: Path) -> None:
    lines = lines_of(printed(f"<p>{TEXT}</p>", width), tmp_path)
    assert "".join(text_of(line) for line in lines) == TEXT
    short = 0
    for line, after in itertools.pairwise(lines):
        start, end = text_of(after)[0], text_of(line)[-1]
        assert start not in NO_START and end not in NO_END
        assert not (start == end and start in "—…")
        room = MOST * 10 * sum(widens(text_of(line), gap) for gap in range(1, len(line)))
        slack = width - 40 - natural(line)
        if abs(off(line, width - 20)) >= 0.5:  # its gaps cannot take what is left over, which is a word at most
            assert slack > room - 0.5 and 0 < off(line, width - 20) <= 20.5, text_of(line)
            short += 1
        if width > 440:  # narrower, a line may have too few gaps to take what a whole date leaves over
            assert not tears(text_of(line) + text_of(after), len(line)), (text_of(line), text_of(after))
    assert short <= (len(lines) // 2 if width < 340 else 0), "where there is room for words, every line is flush"
    assert len(re.sub(r"\W", "", text_of(lines[-1]))) > 1
    last = sum(glyph.advance for glyph in lines[-1])
    assert lines[-1][-1].right - 20 < last + 5, "a last line is not spread"


def test_space_is_spread_between_characters_only(tmp_path: Path) -> None:
    seen = 0
    for line in lines_of(printed(f"<p>{TEXT}</p>", 333), tmp_path)[:-1]:
        text = text_of(line)
        for i, (a, b) in enumerate(itertools.pairwise(line), 1):
            gap = (b.x - a.right) / a.size
            if meets(text, i):
                assert gap == pytest.approx(HAN_LATIN, abs=0.005), text[i - 1 : i + 1]
                seen += 1
            elif widens(text, i):
                assert -0.6 < gap <= MOST + 0.005
            else:
                assert abs(gap) < 0.03, text[i - 1 : i + 1]  # kerning
    assert seen >= 5


def test_neighbouring_marks_are_closed_up(tmp_path: Path) -> None:
    (line,) = lines_of(printed("<p>他说：“好。”（《法》）、“一”</p>", 500), tmp_path)
    steps = {a.text + b.text: (b.x - a.x) / a.size for a, b in itertools.pairwise(line)}
    for pair in ("：“", "。”", "”（", "（《", "》）", "）、", "、“"):
        assert steps[pair] == pytest.approx(0.5, abs=0.02), pair
    assert steps["他说"] == pytest.approx(1, abs=0.01)


def test_runs_of_another_font_or_language_stay_in_the_line(tmp_path: Path) -> None:
    text = TEXT.replace("该区", "<b>该区</b>").replace("PM2.5", '<span lang="en">clean air now</span>')
    lines = lines_of(printed(f"<p>{text}</p>", 290), tmp_path)
    assert len(lines) > 4 and all(abs(line[-1].right - 270) < 0.5 for line in lines[:-1])
    assert "".join(text_of(line) for line in lines).replace(" ", "") == re.sub("<[^>]*>| ", "", text)


def test_words_are_extracted_as_they_were_written(tmp_path: Path) -> None:
    data = printed(f"<p>{TEXT}</p>", 300)
    assert PdfReader(io.BytesIO(data)).pages[0].extract_text().replace("\n", "") == TEXT
    if shutil.which("pdftotext"):
        (tmp_path / "x.pdf").write_bytes(data)
        told = subprocess.run(["pdftotext", tmp_path / "x.pdf", "-"], capture_output=True, text=True, check=True).stdout
        assert re.sub(r"[\n\f]", "", told) == TEXT


def test_no_lonely_word_ends_a_paragraph(tmp_path: Path) -> None:
    """Whatever the width, the last line has company."""
    for width in range(200, 300, 7):
        lines = lines_of(
            printed(f'<p>{TEXT[:59]}</p><p lang="en">{"The pledge was kept as it was made. " * 3}</p>', width), tmp_path
        )
        for line, after in zip(lines, [*lines[1:], None], strict=True):
            if after is None or (HAN.search(text_of(line)) and not HAN.search(text_of(after))):
                assert len(re.sub(r"\W", "", text_of(line))) > (1 if HAN.search(text_of(line)) else 5)


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("该区将在限期内把整改工作完成到位（原文没有写明日期）。", 0.0),  # the last mark hangs: half of it is blank
        ("1.怎样算做到：短板已经列出，对照清单，每一项都已补上。", 0.3),
    ],
)
def test_a_line_takes_the_lonely_word_in_where_it_would_stay_short(text: str, closed: float, tmp_path: Path) -> None:
    """Its marks are closed up for that (GB/T 15834 5.1.10, 5.1.11), and nothing else."""
    data = printed(f"<p>{text}</p>", 300)
    (line,) = lines_of(data, tmp_path)
    assert text_of(line) == text and line[-1].right - line[-1].size / 2 == pytest.approx(280, abs=0.5)
    gaps = {gap: (b.x - a.right) / a.size for gap, (a, b) in enumerate(itertools.pairwise(line), 1)}
    given = [-gaps[gap] for gap in gaps if closes(text, gap)]
    assert sum(given) == pytest.approx(closed, abs=0.02) and max(given, default=0) <= CLOSED
    assert all(abs(gaps[gap]) < 0.01 for gap in gaps if not closes(text, gap) and text[gap - 1 : gap + 1] != "）。")
    assert PdfReader(io.BytesIO(data)).pages[0].extract_text() == text


@pytest.mark.parametrize("more", [0.1, 0.6, 1.2, 1.8, 2.4, 3.0])
def test_a_line_that_only_its_last_space_fills_is_whole(more: float, tmp_path: Path) -> None:
    """Before a part that goes to the next line, words fit to the last; the space after them hangs over the edge."""
    words = "district will guide them to take part and keep watch."
    body = f'<p lang="en"><span>{words} </span><b>Ongoing work</b></p>'
    style = "p { text-align: left } b { white-space: nowrap } span { white-space: %s }"
    alone = lines_of(printed(body, 900, style % "nowrap"), tmp_path)[0][: len(words)]
    width = alone[-1].right - alone[0].x
    page = f"@page {{ size: {width + more + 40}pt 400pt }}"
    lines = lines_of(printed(body, 300, style % "normal" + page), tmp_path)
    assert [text_of(line).strip() for line in lines] == [words, "Ongoing work"]


def test_a_table_repeats_its_head() -> None:
    rows = "".join(f"<tr><td>{n}</td></tr>" for n in range(60))
    style = "thead { display: table-header-group } tr { break-inside: avoid }"
    data = printed(f"<table><thead><tr><th>单位</th></tr></thead><tbody>{rows}</tbody></table>", 300, style)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    assert len(pages) > 1 and all("单位" in page for page in pages)


# ── the shipped bulletins ────────────────────────────────────────────────────


class Bulletin:
    """A bulletin as it was printed, with what it was printed from."""

    def __init__(self, file: Path, html: str) -> None:
        self.file, self.html = file, html
        self.pages = [[inked(line) for line in glyphs.lines(page) if inked(line)] for page in glyphs.pages(file)]

    def texts(self, tag: str, name: str) -> Iterator[str]:
        """The words of each element of a class."""
        for inner in re.findall(f'<{tag} [^>]*class="{name}"[^>]*>(.*?)</{tag}>', self.html, re.S):
            yield re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", inner)).replace("&amp;", "&").strip()


@pytest.fixture(scope="module")
def bulletins(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Bulletin]:
    """The real bulletins, and what they are printed from: a build that only listens to what is asked of the printer."""
    out, poured = tmp_path_factory.mktemp("bulletins"), dict[str, str]()
    files, blank = cities.built(tmp_path_factory, "wuhan"), write_pdf("<html lang=en><title>-</title>", stylesheets=[])

    def listen(html: str, stylesheets: list[str], **_: object) -> bytes:
        if any("/* The printed bulletin" in style for style in stylesheets):
            poured[re.search(r'<html lang="(\w+)', html)[1]] = html  # type: ignore[index]
        return blank

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gazette.pdf, "write_pdf", listen)
        patch.setitem(render.RENDERERS, "one-page", lambda *_: (blank, ""))
        patch.setattr(attachments.Attachments, "attach", lambda _, __, document: document)
        asked = ["--only", "pdf", "--executor", "serial", "--base-url", cities.BASE]
        assert build.main(["build", *asked, "--cache", str(compiled(out / "c")), "--output", str(out / "o")]) == 0
    return {code: Bulletin(files / code / "bulletin.pdf", html) for code, html in poured.items()}


@pytest.mark.long
def test_no_line_of_a_bulletin_starts_or_ends_wrongly(bulletins: dict[str, Bulletin]) -> None:
    for bulletin in bulletins.values():
        for number, page in enumerate(bulletin.pages, 1):
            for line in page:
                text = text_of(line).strip()
                if len(text) > 1 and re.search(r"\w", text):  # leaders and the empty cells of the matrix are no text
                    assert text[0] not in NO_START and text[-1] not in NO_END, (bulletin.file, number, text)


def paragraphs(page: list[list[Glyph]]) -> Iterator[tuple[list[Glyph], list[Glyph]]]:
    """Each line with the one below it in the same paragraph."""
    for line, after in itertools.pairwise(page):
        leading = line[0].y - after[0].y
        same = abs(line[0].x - after[0].x) < 0.5 and abs(line[-1].size - after[0].size) < 2
        if same and 0 < leading < 1.75 * line[-1].size and len(line) > 30:
            yield line, after


@pytest.mark.long
def test_chinese_lines_of_the_bulletin_are_flush(bulletins: dict[str, Bulletin]) -> None:
    checked = 0
    for page, shown in zip(bulletins["zh"].pages, PdfReader(bulletins["zh"].file).pages, strict=True):
        ends = (line[-1].right - HANGING * line[-1].size * hangs(line[-1].text) for line in page)
        edge = max(ends, default=0)
        assert edge < float(shown.mediabox.width)
        for line, _ in paragraphs(page):
            if has_han(text_of(line)) and line[-1].right > edge - 20:
                assert abs(off(line, edge)) < 0.5, text_of(line)
                checked += 1
    assert checked > 150


@pytest.mark.long
def test_gaps_between_han_and_latin_are_one(bulletins: dict[str, Bulletin]) -> None:
    checked = 0
    for page in bulletins["zh"].pages:
        for line in page:
            for a, b in itertools.pairwise(line):
                if len(a.text + b.text) == 2 and meets(a.text + b.text, 1) and b.x - a.right < a.size / 2:
                    assert (b.x - a.right) / a.size == pytest.approx(HAN_LATIN, abs=0.01), text_of(line)
                    checked += 1
    assert checked > 300


@pytest.mark.long
@pytest.mark.parametrize("code", ["zh", "en"])
def test_pledges_are_whole_and_read_as_written(bulletins: dict[str, Bulletin], code: str) -> None:
    bulletin = bulletins[code]
    pages = [page.extract_text() for page in PdfReader(bulletin.file).pages]
    joined = [page.replace("\n", "") for page in pages]
    squeezed = [re.sub(r"[\s-]", "", page) for page in pages]
    exact = 0
    for title, text in zip(_titles(bulletin), bulletin.texts("p", "pledge__text"), strict=True):
        plain = re.sub(r"[\s-]", "", title + text)
        assert any(plain in page for page in squeezed), text  # on one page: never parted from its title
        exact += any(text in page for page in joined)
    assert code != "zh" or exact > 210  # the others hold Latin words with spaces


def _titles(bulletin: Bulletin) -> list[str]:
    """With the place in the source, which stands between a title and its text."""
    head = r'<h2 id="[^"]+"><span class="pledge__no">\d+</span>(.*?</h2> <span class="place">.*?)</span></div>'
    found = re.findall(head, bulletin.html)
    return [re.sub("<[^>]+>", "", title).replace("&amp;", "&") for title in found]


@pytest.mark.long
def test_no_heading_is_last_on_its_page(bulletins: dict[str, Bulletin]) -> None:
    for bulletin in bulletins.values():
        for page in bulletin.pages[1:]:
            body = [line for line in page if line[0].y > 60]
            lowest = min(body, key=lambda line: line[0].y)
            assert lowest[0].size < 11 or "Bold" not in lowest[0].font, text_of(lowest)


@pytest.mark.long
def test_bulletins_are_small_enough_to_send(bulletins: dict[str, Bulletin]) -> None:
    """The open data that they carry come on top."""
    assert all(len(detach(bulletin.file.read_bytes()) or b"") in range(1, 800_001) for bulletin in bulletins.values())
