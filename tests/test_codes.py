"""Codes to photograph: they lead to the page that they stand for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cities import BASE
from handouts import SITE, Build
from laid_out import document, single_pages


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


@pytest.mark.long
def test_no_code_without_an_address(tmp_path: Path) -> None:
    made = [*single_pages(SITE, tmp_path / "cache", "en/"), ("", document(SITE, tmp_path / "cache", "en/bulletin.pdf"))]
    assert len(made) == 6
    for _, data in made:
        (file := tmp_path / "made.pdf").write_bytes(data)
        assert list(codes(file, 1)) == []
