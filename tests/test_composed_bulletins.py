"""The shipped bulletins: their lines are set by the rules, and their words are those that were filled in."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import cities
import glyphs
import pytest
from compiled import compiled
from glyphs import Glyph, inked, off, text_of
from pypdf import PdfReader
from reached import at_least_one

import build
import gazette.pdf
from gazette.building import attachments
from gazette.pdf import write_pdf
from gazette.pdf.attach import detach
from gazette.pdf.composition.rules import (
    HAN_LATIN,
    HANGING,
    NO_END,
    NO_START,
    hangs,
    has_han,
    meets,
)
from gazette.rendering import render

pytestmark = pytest.mark.long


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
    out, filled = tmp_path_factory.mktemp("bulletins"), dict[str, str]()
    files, blank = cities.built(tmp_path_factory, "wuhan"), write_pdf("<html lang=en><title>-</title>", stylesheets=[])

    def listen(html: str, stylesheets: list[str], **_: object) -> bytes:
        if any("/* The printed bulletin" in style for style in stylesheets):
            filled[re.search(r'<html lang="(\w+)', html)[1]] = html  # type: ignore[index]
        return blank

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gazette.pdf, "write_pdf", listen)
        patch.setitem(render.RENDERERS, "one-page", lambda *_: (blank, ""))
        patch.setattr(attachments.Attachments, "attach", lambda _, __, document: document)
        asked = ["--only", "pdf", "--executor", "serial", "--base-url", cities.BASE]
        assert build.main(["build", *asked, "--cache", str(compiled(out / "c")), "--output", str(out / "o")]) == 0
    return {code: Bulletin(files / code / "bulletin.pdf", html) for code, html in filled.items()}


def test_no_line_of_a_bulletin_starts_or_ends_wrongly(bulletins: dict[str, Bulletin]) -> None:
    for bulletin in at_least_one(bulletins.values()):
        lines = [(number, text_of(line).strip()) for number, page in enumerate(bulletin.pages, 1) for line in page]
        # leaders and the empty cells of the matrix are no text
        texts = [(number, text) for number, text in lines if len(text) > 1 and re.search(r"\w", text)]
        for number, text in at_least_one(texts):
            assert text[0] not in NO_START and text[-1] not in NO_END, (bulletin.file, number, text)


def paragraphs(page: list[list[Glyph]]) -> Iterator[tuple[list[Glyph], list[Glyph]]]:
    """Each line with the one below it in the same paragraph."""
    for line, after in itertools.pairwise(page):
        leading = line[0].y - after[0].y
        same = abs(line[0].x - after[0].x) < 0.5 and abs(line[-1].size - after[0].size) < 2
        if same and 0 < leading < 1.75 * line[-1].size and len(line) > 30:
            yield line, after


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


def test_gaps_between_han_and_latin_are_one(bulletins: dict[str, Bulletin]) -> None:
    checked = 0
    for page in bulletins["zh"].pages:
        for line in page:
            for a, b in itertools.pairwise(line):
                if len(a.text + b.text) == 2 and meets(a.text + b.text, 1) and b.x - a.right < a.size / 2:
                    assert (b.x - a.right) / a.size == pytest.approx(HAN_LATIN, abs=0.01), text_of(line)
                    checked += 1
    assert checked > 300


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


def test_no_heading_is_last_on_its_page(bulletins: dict[str, Bulletin]) -> None:
    for bulletin in at_least_one(bulletins.values()):
        for page in at_least_one(bulletin.pages[1:]):
            body = [line for line in page if line[0].y > 60]
            lowest = min(body, key=lambda line: line[0].y)
            assert lowest[0].size < 11 or "Bold" not in lowest[0].font, text_of(lowest)


def test_bulletins_are_small_enough_to_send(bulletins: dict[str, Bulletin]) -> None:
    """The open data that they carry come on top."""
    assert all(len(detach(bulletin.file.read_bytes()) or b"") in range(1, 800_001) for bulletin in bulletins.values())
