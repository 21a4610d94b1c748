"""The official edition against GB/T 9704-2012, measured on its pages as with a ruler."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import cities
import glyphs
import pytest
import verapdf
from glyphs import Glyph, inked, text_of
from pypdf import PdfReader
from pypdf.generic import ContentStream
from reached import at_least_one
from structure import elements
from typefaces import faces, wrong_glyphs
from verapdf import validated

from gazette.pdf.composition.rules import CLOSED, NO_END, NO_START, closes
from gazette.rendering.typography import han_number

MM = 72 / 25.4
SIZE, LINE = 15.75, 28.95
MINOR = 14
"""What is not the pledge itself is in 四号, on the same lines."""

TOP, BINDING = (297 - 37) * MM, 28 * MM
RISE = (1.151 - 0.286) / 2
"""A baseline of Noto Serif SC stands this far below the middle of its line, in em."""

FIRST = TOP - LINE / 2 - RISE * SIZE
COVER, CONTENTS = 1, 2


class Official:
    """An official edition as it was printed: the lines of each page, without and with its number."""

    def __init__(self, city: str, folder: Path) -> None:
        self.city, self.file = city, folder / "zh" / "bulletin-official.pdf"
        every = [[inked(line) for line in glyphs.lines(page) if inked(line)] for page in glyphs.pages(self.file)]
        self.pages = [[line for line in page if line[0].y > TOP - 225 * MM] for page in every]
        self.feet = [[line for line in page if line[0].y <= TOP - 225 * MM] for page in every]
        self.reader = PdfReader(self.file)

    def edges(self, number: int) -> tuple[float, float]:
        """The left and right edge of the 28 characters on page `number`: bound on the left, so on the right where it
        is even."""
        left = BINDING if number % 2 else 210 * MM - BINDING - 28 * SIZE
        return left, left + 28 * SIZE

    def numbered(self) -> Iterator[tuple[int, list[list[Glyph]]]]:
        return enumerate(self.pages, 1)

    def text(self) -> str:
        return "".join(glyphs.texts(self.file))


@pytest.fixture(scope="module", params=["nowhere", "wuhan"])
def official(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Official:
    return read(request.param, cities.built(tmp_path_factory, request.param))


read = cache(Official)


# ── the page ─────────────────────────────────────────────────────────────────


def test_the_paper_is_a4(official: Official) -> None:
    for page in at_least_one(official.reader.pages):
        assert (page.mediabox.width, page.mediabox.height) == pytest.approx((210 * MM, 297 * MM), abs=0.1)


def test_every_baseline_stands_on_the_grid_of_22_lines(official: Official) -> None:
    for number, page in at_least_one(official.numbered()):
        for line in at_least_one(page):
            place = (FIRST - line[0].y) / LINE
            assert place == pytest.approx(round(place), abs=0.004), (number, text_of(line))
            assert 0 <= round(place) < 22, (number, text_of(line))
    full = max(len({round((FIRST - line[0].y) / LINE) for line in page}) for page in official.pages)
    assert full == 22


def test_no_line_is_longer_than_28_characters(official: Official) -> None:
    for number, page in at_least_one(official.numbered()):
        left, right = official.edges(number)
        for line in at_least_one(page):
            hanging = 0.5 * line[-1].size * (line[-1].text in "，。、：；！？）》」』”’")
            assert line[0].x > left - 0.3 and line[-1].right - hanging < right + 0.3, (number, text_of(line))
            sizes = {round(glyph.size, 2) for glyph in line}
            assert sizes in ({SIZE}, {MINOR}) or number in (COVER, 3), (number, text_of(line))


def test_28_characters_fill_a_line(official: Official) -> None:
    full = 0
    for number, page in official.numbered():
        left, right = official.edges(number)
        for line in page:
            closed = any(b.x - a.right < -0.1 for a, b in itertools.pairwise(line))  # neighbouring marks
            if len(line) == 28 and not closed and all(abs(glyph.advance - SIZE) < 0.01 for glyph in line):
                ends = line[0].x, line[-1].right
                assert ends == pytest.approx((left, right), abs=0.1), (number, text_of(line))
                full += 1
    assert full > (40 if official.city == "wuhan" else 1)


def test_page_numbers_are_where_the_standard_wants_them(official: Official) -> None:
    """7.5: 14 pt between dashes, whose upper edge is 7 mm below the type area; one character from the outer edge."""
    assert official.feet[COVER - 1] == []
    for number, foot in at_least_one(enumerate(official.feet[1:], 2)):
        (line,) = foot
        left, right = official.edges(number)
        assert text_of(line) == f"— {number} —" and all(abs(glyph.size - 14) < 0.01 for glyph in line)
        dash = line[0].y + 0.293 * 14
        assert TOP - 225 * MM - dash == pytest.approx(7 * MM, abs=0.2)
        space = right - line[-1].right if number % 2 else line[0].x - left
        assert space == pytest.approx(SIZE, abs=0.3)


def test_titles_are_large_and_in_the_middle(official: Official) -> None:
    (cover,) = [line for line in official.pages[0] if line[0].size > 40]
    title = official.pages[2][0]
    assert abs(title[0].size - 22) < 0.01 and "Bold" in title[0].font and "Bold" in cover[0].font
    for number, line in ((1, cover), (3, title)):
        left, right = official.edges(number)
        assert line[0].x - left == pytest.approx(right - line[-1].right, abs=1)


def test_only_black_is_printed(official: Official) -> None:
    """Nothing needs a colour to be understood, since there is none."""
    shades = set()
    for page in official.reader.pages:
        for operands, operator in ContentStream(page.get_contents(), official.reader).operations:
            if operator in (b"rg", b"RG"):
                shades.add(tuple(float(each) for each in operands))
    assert shades <= {(0.0, 0.0, 0.0)}


# ── the lines ────────────────────────────────────────────────────────────────


def paragraphs(official: Official) -> Iterator[tuple[int, list[Glyph], list[Glyph]]]:
    """Each line of a text with the one below it in its paragraph, and the page."""
    for number, page in official.numbered():
        left, _ = official.edges(number)
        for line, after in itertools.pairwise(page):
            below = line[0].y - after[0].y == pytest.approx(LINE, abs=0.1)
            aligned = abs(after[0].x - left) < 0.5 and line[0].x < left + 2.5 * SIZE
            if number > CONTENTS and below and aligned and len(line) > 12:
                yield number, line, after


def test_lines_are_flush(official: Official) -> None:
    """All but the last of a paragraph. An address is one word, as a fact is: beside it a line stays short."""
    ends = [
        (glyphs.off(line, official.edges(number)[1]), text_of(line))
        for number, line, after in paragraphs(official)
        if not re.search("://|www[.]|@|bulletin.pdf|；状态：|统计截至", text_of(line) + text_of(after))
    ]
    assert [text for short, text in ends if abs(short) > 0.5] == []
    assert len(ends) > (350 if official.city == "wuhan" else 15)


def test_no_line_starts_or_ends_wrongly(official: Official) -> None:
    """An address may be parted behind its slashes, where no sign is needed to say that it goes on."""
    pages = [(number, page) for number, page in official.numbered() if number != CONTENTS]
    lines = [(number, text_of(line).strip()) for number, page in pages for line in page]
    for number, text in at_least_one((number, text) for number, text in lines if len(text) > 1):
        parted = re.search(r"https?:/[!-~]*/$", text)
        assert text[0] not in NO_START and (parted or text[-1] not in NO_END), (number, text)


def test_a_state_is_whole_in_its_line(official: Official) -> None:
    if official.city == "wuhan":  # a state with its days fills a line and more
        states = [text_of(line) for _, page in official.numbered() for line in page if "状态：" in text_of(line)]
        assert [text for text in states if not text.endswith("。")] == [] and len(states) > 200


def test_a_note_is_as_small_as_what_it_stands_below(official: Official) -> None:
    notes = [line for _, page in official.numbered() for line in page if re.match("(编者注|原文存疑)：", text_of(line))]
    assert notes and {round(line[0].size, 2) for line in notes} == {MINOR}


def test_no_paragraph_ends_in_one_character(official: Official) -> None:
    for number, _, after in at_least_one(paragraphs(official)):
        assert len(re.sub(r"\W", "", text_of(after))) > 1, (number, text_of(after))


def test_marks_are_closed_up_by_a_quarter_at_most(official: Official) -> None:
    seen = 0
    for line in (line for _, page in official.numbered() for line in page):
        text = text_of(line)
        for gap, (a, b) in enumerate(itertools.pairwise(line), 1):
            if len(text) == len(line) and closes(text, gap):
                assert (b.x - a.right) / a.size > -CLOSED - 0.01, text
                seen += 1
    assert seen


def test_a_title_is_followed_by_its_text(official: Official) -> None:
    """A heading is set in another face to its end; a label only begins a line."""
    for number, page in at_least_one(official.numbered()):
        assert page[-1][-1].font == "Noto-Serif-SC", (number, text_of(page[-1]))


# ── what it says ─────────────────────────────────────────────────────────────


def test_units_and_pledges_follow_one_another_with_their_numbers(official: Official) -> None:
    content = cities.content(official.city)
    text, at = re.sub(r"\s", "", official.text()), 0
    for unit_file in at_least_one(content.unit_files):
        wanted = [
            f"{han_number(unit_file.unit.order)}、{unit_file.unit.name['zh']}署名：{unit_file.unit.signed_by.name['zh']}"
        ]
        for pledge in unit_file.unit.pledges:
            number = int(pledge.id.rpartition("-")[2])
            wanted.append(f"（{han_number(number)}）{pledge.title['zh']}")
            label = "可供参考" if pledge.checkable == "principle" else "怎样算做到"
            wanted.append(f"{label}：")
        for words in wanted:
            found = text.find(re.sub(r"\s", "", words), at)
            assert found >= 0, words
            at = found + len(words) - 1


def test_the_contents_lead_to_the_pages_they_name(official: Official) -> None:
    marks = {str(mark.title): official.reader.get_destination_page_number(mark) + 1 for mark in top(official.reader)}
    text = "".join(text_of(line) for line in official.pages[CONTENTS - 1][1:])
    named = {words: int(page) for words, page in re.findall("([^0-9·]+)·+ *([0-9]+)", text)}
    assert named == {title: page for title, page in marks.items() if title != "目录"}


def top(reader: PdfReader) -> list[object]:
    return [mark for mark in reader.outline if not isinstance(mark, list)]


def test_bookmarks_hold_units_and_their_pledges(official: Official) -> None:
    content = cities.content(official.city)
    pledges = [len(inner) for inner in official.reader.outline if isinstance(inner, list)]
    notices = [len(content.notices)] if content.notices else []
    assert pledges == [len(unit_file.unit.pledges) for unit_file in content.unit_files] + notices


def test_totals_are_given_with_their_denominators(official: Official) -> None:
    units, pledges = {"nowhere": (4, 16), "wuhan": (16, 217)}[official.city]
    text = official.text()
    assert f"{units}个单位的{pledges}项承诺" in text and f"（承诺共{pledges}项，单位共{units}个）" in text


def test_it_says_what_it_is_and_claims_no_more(official: Official) -> None:
    text = official.text()
    assert "不是公文" in text and "GB/T9704—2012" in re.sub(r"\s", "", text) and "仿宋" in text
    dates = {"nowhere": "D:20310930", "wuhan": None}[official.city]
    found = official.reader.metadata
    assert found is not None and (found.get("/CreationDate") or "None").startswith(str(dates))
    assert found.title and found.subject


# ── standards, glyphs, repeating ─────────────────────────────────────────────


@validated
def test_it_keeps_to_both_standards(official: Official) -> None:
    assert verapdf.broken_by_site(official.file.parents[1])["zh/bulletin-official.pdf"] == []


def test_headings_are_nested_and_tables_have_heads(official: Official) -> None:
    kinds = [str(element.get("/S", "")) for element in elements(official.reader)]
    levels = [int(kind[2]) for kind in kinds if re.fullmatch("/H[1-6]", kind)]
    assert levels[0] == 1 and all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert set(levels) == {1, 2, 3}
    assert kinds.count("/Table") == 3 and kinds.count("/TH") > 9 and kinds.count("/Caption") == 3


def test_every_glyph_is_that_of_the_bundled_font(official: Official) -> None:
    checked, wrong = wrong_glyphs(official.file, faces())
    assert wrong == [] and checked > 100


def test_the_standard_is_for_one_script(official: Official) -> None:
    assert not (official.file.parents[1] / "en" / official.file.name).exists()
