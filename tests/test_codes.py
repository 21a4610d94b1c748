"""Codes to photograph: they lead to the page that they stand for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cities import BASE, published
from handouts import Build


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


def test_no_code_without_an_address(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = published(tmp_path_factory, "nowhere")
    for file in ("sheets/yinghuo.pdf", "brief.pdf", "bulletin.pdf"):
        assert list(codes(site / "en" / file, 1)) == []
