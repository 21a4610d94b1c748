"""What `make bench` and `make bench-pdf` measure with: that it runs, at a tiny size."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from cut_down import one_unit
from glyphs import texts
from program import ROOT
from reached import at_least_one

sys.path.append(str(ROOT / "tools" / "bench"))
from alike import Likeness, compared
from documents import filled, site_of
from run import Bench, program_of_hugo
from typesetting import typst_source


@pytest.mark.long
def test_documents_of_a_city_with_more_units_are_filled_printed_and_written_for_typst(tmp_path: Path) -> None:
    one_unit(tmp_path / "content")
    site_of(tmp_path / "content", 2, tmp_path / "more")
    documents = filled(tmp_path / "more", tmp_path / "filled")
    assert {"en/bulletin.pdf", "bulletin-parallel.pdf"} <= documents.keys()
    given, made = documents["en/bulletin.pdf"], tmp_path / "made.pdf"
    subprocess.run(
        [sys.executable, str(ROOT / "tools/bench/documents.py"), "--print", str(given), str(made)], check=True
    )
    assert any("Yinghuo" in page for page in texts(made))
    source = typst_source(json.loads(given.read_text("utf-8"))["html"])
    assert "Yinghuo New Zone" in source and "Yinghuo New Zone 2" in source


def test_a_city_of_a_size_is_written_for_both_and_edited_in_both(tmp_path: Path) -> None:
    bench = Bench(3, 7, tmp_path, "hugo")
    for field in ("text", "title"):
        before = bench.page.read_bytes()
        bench.edit(field)
        assert bench.page.read_bytes() != before
    copy = tmp_path / "hugo" / "data" / "districts" / bench.page.name
    assert bench.page.read_bytes() == copy.read_bytes()
    assert len([*copy.parent.iterdir()]) == 3


@pytest.mark.long
@pytest.mark.skipif(program_of_hugo() is None, reason="`make bench` installs Hugo")
def test_the_site_of_hugo_says_and_links_what_ours_does(tmp_path: Path) -> None:
    bench = Bench(3, 7, tmp_path, program_of_hugo() or "")
    bench.ours()
    bench.hand_over()
    bench.hugo()
    for page in at_least_one(compared(tmp_path / "site", tmp_path / "hugo" / "public")):
        assert page.words > 0.995 and page.links > 0.99 and 0.97 < page.size < 1.03, page


def test_what_two_sites_have_in_common_is_counted_in_words_links_and_bytes(tmp_path: Path) -> None:
    for site, said in (
        ("ours", '<p>one two <a href="x">三四</a></p>'),
        ("theirs", '<p>one two <a href="y">三</a></p>'),
    ):
        (tmp_path / site).mkdir()
        (tmp_path / site / "d1.html").write_text(f"<head><title>{site}</title></head>{said}", "utf-8")
        (tmp_path / site / "d2.html").write_text("of the same kind", "utf-8")
    (tmp_path / "ours" / "missing.html").write_text("", "utf-8")
    first, missing = compared(tmp_path / "ours", tmp_path / "theirs")
    assert (first.path, first.words, first.links) == ("d1.html", 6 / 7, 0)
    assert missing == Likeness("missing.html")
