"""What a compositor measures on the page: edges, ends of lines, gaps, and that the words are still the words."""

from __future__ import annotations

import io
import itertools
import re
import shutil
import subprocess
from pathlib import Path

import glyphs
import pytest
from glyphs import Glyph, off, text_of
from pypdf import PdfReader

from gazette.pdf import write_pdf
from gazette.pdf.composition.rules import (
    CLOSED,
    HAN_LATIN,
    MOST,
    NO_END,
    NO_START,
    closes,
    meets,
    tears,
    widens,
)

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
        texts = [*map(text_of, lines)]
        han = [text for text in texts if HAN.search(text)]
        assert len(re.sub(r"\W", "", han[-1])) > 1 and len(re.sub(r"\W", "", texts[-1])) > 5, texts


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
