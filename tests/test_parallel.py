"""The parallel edition: all languages side by side, as a reader, a screen reader and an archive find it."""

from __future__ import annotations

import io
import itertools
import re
import shutil
from functools import cache
from pathlib import Path

import cities
import glyphs
import pytest
import verapdf
from glyphs import Glyph, text_of
from laid_out import document
from program import ROOT
from pypdf import PdfReader
from reached import at_least_one
from structure import elements
from typefaces import faces, wrong_glyphs
from verapdf import validated
from whole import Content

from gazette.model.text.markdown import paragraphs
from gazette.model.text.markup import plain
from gazette.pdf.attach import detach
from gazette.pdf.composition.rules import NO_END, NO_START, has_han
from gazette.site.routes import PARALLEL

SIZE_LIMIT = 1_200_000
PAGES = {"nowhere": 21, "wuhan": 90}
HAN = 315
"""The width of the Chinese column, in points."""


class Parallel:
    """A parallel edition as it was printed, and the content that it is made from."""

    def __init__(self, city: str, folder: Path) -> None:
        self.city, self.folder, self.file = city, folder, folder / PARALLEL
        self.reader = PdfReader(self.file)
        self.content: Content = cities.content(city)

    @property
    def texts(self) -> list[str]:
        """The words of each page, without spaces and hyphens."""
        return _texts(self.file)

    @property
    def lines(self) -> list[list[list[Glyph]]]:
        """The lines of each page."""
        return glyphs.lines_of(self.file)


@cache
def _texts(file: Path) -> list[str]:
    return [_squeezed(page) for page in glyphs.texts(file)]


def _squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad-]", "", text)


read = cache(Parallel)


@pytest.fixture(scope="module", params=["nowhere", "wuhan"])
def parallel(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Parallel:
    return read(request.param, cities.built(tmp_path_factory, request.param))


# ── standards ────────────────────────────────────────────────────────────────


@pytest.mark.long
@validated
def test_it_keeps_to_both_standards(parallel: Parallel) -> None:
    assert verapdf.broken_by_site(parallel.folder)[PARALLEL] == []


def test_it_carries_the_open_data(parallel: Parallel) -> None:
    carried = parallel.reader.attachments
    assert sorted(carried) == cities.carried_tables(parallel.folder / "data")
    assert all(data == [(parallel.folder / "data" / name).read_bytes()] for name, data in carried.items())


def test_it_is_small_enough_to_send_and_to_hold(parallel: Parallel) -> None:
    assert len(detach(parallel.file.read_bytes())) <= SIZE_LIMIT
    assert len(parallel.reader.pages) <= PAGES[parallel.city]


def test_every_glyph_is_that_of_the_bundled_font(parallel: Parallel) -> None:
    checked, wrong = wrong_glyphs(parallel.file, faces())
    assert wrong == [] and checked > 100


# ── side by side ─────────────────────────────────────────────────────────────


def test_a_pledge_stands_whole_on_one_page_in_every_language(parallel: Parallel) -> None:
    """Title, text and yardstick of a language follow one another, and the languages one another."""
    for unit_file in at_least_one(parallel.content.unit_files):
        for pledge in at_least_one(unit_file.unit.pledges):
            found = []
            for code in parallel.content.content.languages:
                parts = (pledge.title[code], pledge.text[code])
                found += [_squeezed(plain(part)) for part in parts]
            pages = [page for page in parallel.texts if found[0] in page]
            assert any(re.search(".+?".join(map(re.escape, found)), page, re.S) for page in pages), pledge.id


def test_statements_and_forewords_are_beside_their_translations(parallel: Parallel) -> None:
    content = parallel.content.content
    whole = "".join(parallel.texts)
    beside = [unit_file.unit.summary for unit_file in parallel.content.unit_files]
    bodies = {code: paragraphs(content.articles["foreword", code].body) for code in content.languages}
    beside += [dict(zip(bodies, each, strict=True)) for each in zip(*bodies.values(), strict=True)]
    for text in at_least_one(beside):
        first, second = (_squeezed(plain(text[code])) for code in content.languages)
        place = whole.find(first)
        assert place >= 0 and whole.startswith(second, place + len(first)), first


def test_titles_of_a_pledge_begin_on_one_line(parallel: Parallel) -> None:
    """The Chinese column and the English one, wherever a row begins: its number stands on the same line."""
    checked = 0
    for page in parallel.lines:
        left = min((line[0].x for line in page), default=0)
        for first in (line[0] for line in page if line[0].text.isdecimal() and abs(line[0].x - left) < 0.5):
            beside = [glyph for line in page for glyph in line if abs(glyph.y - first.y) < 0.1]
            bold = {round(glyph.x - left) for glyph in beside if "Bold" in glyph.font and glyph.size > 9}
            checked += {26, 26 + HAN + 22} <= bold
    assert checked >= sum(len(unit_file.unit.pledges) for unit_file in parallel.content.unit_files)


def test_no_heading_is_last_on_its_page(parallel: Parallel) -> None:
    for number, page in at_least_one(enumerate(parallel.lines[3:], 4)):  # after the contents
        body = [line for line in page if line[0].y > 48]
        lowest = min(body, key=lambda line: line[0].y)
        assert not all("Bold" in glyph.font for glyph in lowest), (number, text_of(lowest))


def test_no_line_starts_or_ends_wrongly(parallel: Parallel) -> None:
    seen = 0
    for number, page in enumerate(parallel.lines, 1):
        for line in page:
            text = re.sub("^·[ \u00a0]", "", text_of(line)).strip()  # the dot is cut off: see test_pages
            address = "://" in text or "/" in text.partition(" ")[0]  # it has places of its own
            if len(text) > 1 and re.search(r"\w", text) and not address:
                assert text[0] not in NO_START and text[-1] not in NO_END, (number, text)
                seen += 1
    assert seen > 500


def test_nearly_all_chinese_lines_are_flush(parallel: Parallel) -> None:
    """Of the texts (9 pt and more) each line that has a line after it in its paragraph."""
    flush = short = 0
    for page in parallel.lines:
        edge = min((line[0].x for line in page), default=0) + 26 + HAN
        for line, after in itertools.pairwise(page):
            leading = line[0].y - after[0].y
            same = line[0].x == after[0].x and abs(line[-1].size - after[0].size) < 0.1 and leading > 0
            full = edge - line[-1].right < 5 * line[-1].size  # what is shorter ends a paragraph
            if has_han(text_of(line)) and line[-1].right < edge + 1 and same and full and leading < 1.75 * line[0].size:
                is_flush = abs(edge - line[-1].right) < 0.6
                flush, short = flush + is_flush, short + (not is_flush)
    if parallel.city == "wuhan":
        assert flush > 400 and flush > 0.98 * (flush + short), (flush, short)


# ── for those who do not see the page ────────────────────────────────────────


def test_tags_tell_languages_tables_and_pictures(parallel: Parallel) -> None:
    found = list(elements(parallel.reader))
    languages = {str(element["/Lang"]) for element in found if "/Lang" in element}
    assert languages == {language.tag for language in parallel.content.content.site.languages}
    cells = [element for element in found if element.get("/S") == "/TD"]
    rows = [cell for cell in cells if str(cell.get("/Lang", "")) == "en"]
    assert len(rows) >= sum(len(unit_file.unit.pledges) for unit_file in parallel.content.unit_files)
    assert all(len(cell["/A"]["/Headers"]) >= 2 for cell in rows)  # the language, and the pledge's number
    figures = [element for element in found if element.get("/S") == "/Figure"]
    assert figures and all(element.get("/Alt") for element in figures)


def test_headings_are_nested_and_bookmarks_speak_both_languages(parallel: Parallel) -> None:
    levels = [int(str(e["/S"])[2:]) for e in elements(parallel.reader) if re.fullmatch(r"/H\d", str(e.get("/S", "")))]
    assert levels[0] == 1 and all(after <= level + 1 for level, after in itertools.pairwise(levels))
    titles = [entry for entry in parallel.reader.outline if not isinstance(entry, list)]
    names = [str(entry.title) for entry in titles]
    for unit_file in at_least_one(parallel.content.unit_files):
        assert " ".join(unit_file.unit.name.values()) in names
    inner = [entry for entry in parallel.reader.outline if isinstance(entry, list)]
    assert [len(pledges) for pledges in inner] == [
        len(unit_file.unit.pledges) for unit_file in parallel.content.unit_files
    ]


def test_contents_lead_to_every_unit(parallel: Parallel) -> None:
    targets = {str(note.get_object().get("/Dest", "")) for note in parallel.reader.pages[2].get("/Annots", [])}
    assert {f"unit_{unit_file.id}" for unit_file in parallel.content.unit_files} < targets


def test_dates_come_from_the_content(parallel: Parallel) -> None:
    as_of = parallel.content.content.site.as_of
    told = parallel.reader.metadata or {}
    assert str(told.get("/CreationDate", "")).startswith(f"D:{as_of:%Y%m%d}" if as_of else "")
    assert ("/CreationDate" in told) == (as_of is not None)


@pytest.mark.long
def test_with_much_to_tell_the_cover_is_one_page_and_no_head_of_a_unit_is_alone(tmp_path: Path) -> None:
    """Of the example, whose pledges have long records, one of them with a report longer than a page, and whose cover
    tells of six kinds of lateness."""
    content = tmp_path / "content"
    shutil.copytree(ROOT / "examples" / "linjiang" / "content", content)
    unit = content / "districts" / "moyu.yaml"
    report = "{zh: 35台拆完，申请验收。, en: All 35 are down; acceptance was applied for.}"
    written = unit.read_text("utf-8")
    assert report in written  # of a first pledge of which so much is told that it goes on over the page
    longer = f"{{zh: {'水清了。' * 490}, en: {'The water is clear. ' * 99}}}"
    unit.write_text(written.replace(report, longer), "utf-8")
    reader = PdfReader(io.BytesIO(document(content, tmp_path / "cache", PARALLEL)))
    pages = [_squeezed(page.extract_text()) for page in reader.pages]
    assert "主办单位：" in pages[0] and "以来的变化" in pages[1]
    heads = [page for page in pages if re.search(r"第\d个单位", page)]
    assert len(heads) == 9 and all("怎样算做到" in page for page in heads)
    assert "".join(pages).count("水清了。") > 480
