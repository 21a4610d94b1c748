"""What changed since the last edition, and the notices, stand in each document that has all the rest."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from frozen import FIRST, Archive
from laid_out import documents
from lxml import html
from reached import at_least_one
from whole import open_content

from gazette.site.routes import PARALLEL

WHOLE = ("zh/bulletin.pdf", "en/bulletin.pdf", "zh/bulletin-official.pdf", PARALLEL)
"""The documents that hold everything (a booklet is a bulletin); a brief says how much changed."""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The invented city, in which something changed after its first edition."""
    archive = Archive(tmp_path_factory.mktemp("told"))
    archive.freeze(FIRST)
    archive.reopen()
    archive.edit("yinghuo", "en: Turn the lights off at night", "en: Dim the lights at night")
    circular = archive.content / "notices" / "circular-2031-1.yaml"
    withdrawn = "withdrawn: {date: 2031-09-10, reason: {zh: 另行发文。, en: Another takes its place.}}"
    circular.write_text(f"{circular.read_text('utf-8')}{withdrawn}\n", "utf-8")
    return archive


@pytest.fixture(scope="module")
def texts(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The words of each document, without gaps."""
    found = documents(archive.content, tmp_path_factory.mktemp("told-in-documents") / "cache")
    return {path: squeezed(html.document_fromstring(text).text_content()) for path, text in found}


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad\u200b\u2060]", "", text)


SAID = {
    "zh": (
        "第1期（2031年10月1日）以来的变化",
        "灯谜区、停用旧锅炉：2031年9月12日重新办理。",
        "由2031年8月31日改为2032年1月。",
        "有改动：标题。",
        "关于上半年整改进度的通报：2031年9月10日撤回。",
    ),
    "en": (
        "Changes since No. 1 (1 October 2031)",
        "Dengmi District, Stop the old boiler: reopened on 12 September 2031.",
        "Before: 31 August 2031. Now: January 2032.",
        "now reads differently: Title.",
        "Circular on the progress of the first half of the year: withdrawn on 10 September 2031.",
    ),
}


def languages_of(path: str) -> tuple[str, ...]:
    return ("zh", "en") if path == PARALLEL else (path[:2],)


@pytest.mark.parametrize("path", WHOLE)
def test_a_document_opens_with_what_changed(texts: dict[str, str], path: str) -> None:
    for code in at_least_one(languages_of(path)):
        places = [texts[path].find(squeezed(words)) for words in SAID[code]]
        foreword = texts[path].find({"zh": "本册是测试用的。", "en": "Thisbulletinisfortesting."}[code])
        assert min(places) > -1 and sorted(places[1:]) == places[1:] and places[-1] < foreword, (code, places)


def test_a_brief_says_how_much_changed(texts: dict[str, str]) -> None:
    assert squeezed("第1期（2031年10月1日）以来：出现反复或逾期1项，期限调整1项") in texts["zh/brief.pdf"]
    assert squeezed("1 step back, 1 deadline changed, 1 correction or change, 1 notice.") in texts["en/brief.pdf"]


@pytest.mark.parametrize("path", WHOLE)
def test_a_document_has_the_notices_in_full_and_what_they_rest_on(
    archive: Archive, texts: dict[str, str], path: str
) -> None:
    notices = open_content(archive.content).notices
    assert any(file.notice.evidence for file in notices)
    for code in at_least_one(languages_of(path)):
        for file in at_least_one(notices):
            notice = file.notice
            said = [notice.title, notice.body, *(section.text for section in notice.sections)]
            said += [each.measure for each in notice.accountable]
            lost = [text[code] for text in said if squeezed(text[code]) not in texts[path]]
            assert lost == [], file.id
            for each in notice.evidence:
                place = texts[path].find(squeezed(each.title[code]))
                assert place > 0 and "example.org/progress" in texts[path][place : place + 80]


def test_a_printed_notice_says_what_it_rests_on(archive: Archive, tmp_path: Path) -> None:
    closing = archive.content / "notices" / "closing-2031-7.yaml"
    before = closing.read_text("utf-8")
    try:
        closing.write_text(f"{before}evidence: [{{title: {{zh: 验收单, en: Acceptance sheet}}}}]\n", "utf-8")
        found = {
            path: squeezed(html.document_fromstring(text).text_content())
            for path, text in documents(archive.content, tmp_path)
        }
    finally:
        closing.write_text(before, "utf-8")
    assert "佐证：验收单。" in found["zh/notices/closing-2031-7.pdf"]
    assert "Evidence:Acceptancesheet." in found["en/notices/closing-2031-7.pdf"]
