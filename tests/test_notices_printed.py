"""Notices on paper: the acceptance notice as a document of its own, in bulletins, and printed from a browser."""

from __future__ import annotations

import io
import re
from itertools import pairwise
from pathlib import Path

import pytest
from browser import on_paper
from chromium import needs_chromium
from laid_out import documents
from laid_out import notices as printed
from lxml import html
from noticed import CIRCULAR, CLOSING, edit, made
from program import SITE
from pypdf import PdfReader
from verapdf import validated

from gazette.publishing import validator


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder, found = tmp_path_factory.mktemp("notices"), {}
    for path, data in printed(SITE, folder / "cache"):
        file = folder / path.replace("/", "-")
        file.write_bytes(data)
        found[path] = file
    return found


def test_the_notice_is_printed_with_its_parts_in_their_order(papers: dict[str, Path]) -> None:
    assert sorted(papers) == [f"{code}/notices/{CLOSING}.pdf" for code in ("en", "zh")]
    reader = PdfReader(papers[f"zh/notices/{CLOSING}.pdf"])
    text = re.sub(r"\s", "", "".join(each.extract_text() for each in reader.pages))
    parts = ["清单第7、9-1项", "一、反馈问题", "二、整改目标", "三、整改措施", "四、整改完成情况", "五、涉及的承诺"]
    parts += ["灯谜区：停用旧锅炉", "公示时间：2031年7月5日至2031年7月12日", "000-00000000", "虚城验收组2031年7月5日"]
    places = [text.find(part) for part in parts]
    assert -1 not in places and places == sorted(places), list(zip(parts, places, strict=True))


@validated
def test_it_keeps_the_rules_of_accessible_and_lasting_documents(papers: dict[str, Path]) -> None:
    broken = validator.broken_rules(dict.fromkeys(papers.values(), ("ua1", "2a")))
    assert broken == {file: [] for file in papers.values()}


@pytest.mark.long
@pytest.mark.parametrize("more", [0, 2, 4, 6, 8, 10])
def test_the_signature_is_never_on_a_page_without_text(posted: Path, more: int) -> None:
    lines = "".join(f"\n\n    公示材料{n}。" for n in range(more))
    edit(posted, CLOSING, "\n\n    公示内容摘自验收材料。", f"\n\n    公示内容摘自验收材料。{lines}")
    data = next(data for path, data in printed(posted / "content", posted / "cache") if path.startswith("zh/"))
    last = PdfReader(io.BytesIO(data)).pages[-1].extract_text()
    assert last.index("\n虚城验收组") > 0 and not last.startswith(("虚城验收组", "按公文版面"))


def test_in_documents_a_notice_stands_with_the_step_that_tells_of_it(tmp_path: Path) -> None:
    """Not by itself as well, as those do that no step tells of."""
    own, alone = "关于灯谜区停用旧锅炉整改任务完成情况的公示", "关于上半年整改进度的通报"
    texts = {path: text for path, text in documents(SITE, tmp_path) if "bulletin" in path and "en/" not in path}
    assert sorted(texts) == ["bulletin-parallel.pdf", "zh/bulletin-official.pdf", "zh/bulletin.pdf"]
    for path, text in texts.items():
        paragraphs = [each.text_content() for each in html.document_fromstring(text).xpath("//p")]
        told = [each for each in paragraphs if f"销号公示：{own}" in each]
        assert len(told) == 1 and "公示时间：2031年7月5日至2031年7月12日" in told[0], path
        assert not [each for each in paragraphs if "2031年7月5日 销号公示" in each], path
        assert [each for each in paragraphs if f"通报：{alone}" in each], path


@needs_chromium
def test_in_a_list_printed_from_a_browser_no_notice_is_torn(posted: Path) -> None:
    source = posted / "content" / "notices" / f"{CIRCULAR}.yaml"
    title = re.search(r"(?m)^title: .*en: (.*)}$", source.read_text("utf-8"))
    assert title
    for n in range(2, 30):
        text = source.read_text("utf-8").replace(title[1], f"Circular number {n}")
        source.with_name(f"circular-2031-{n}.yaml").write_text(text, "utf-8")
    made(posted)
    for name in ("notices", "districts/zhiyuan"):
        *pages, last = on_paper((posted / "output" / "en" / f"{name}.html").as_uri())
        above, colophon, _ = last.partition("Black is what")
        assert len(pages) > 1 and ("Office" in above or "Signed by" in above) and colophon, (
            "the colophon has no page of its own"
        )
        behind = [text for before, text in pairwise((*pages, last)) if "Circular number" in before]
        assert behind
        for text in behind:
            assert text.strip().startswith(("15 July 2031", "Accountability", "Notices", "Signed by")), text[:200]
