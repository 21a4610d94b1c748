"""No empty column: what a city has nothing of has neither a page nor a place in the navigation."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import lxml.html
import pytest
from program import SITE, build
from published import pages
from pypdf import PdfReader

GONE = ("programmes", "glossary", "notices", "editions", "changes", "accessibility", "privacy", "corrections")


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented city with one unit that has only promised, and with nothing else to show."""
    folder = tmp_path_factory.mktemp("bare")
    content = folder / "content"
    shutil.copytree(SITE, content)
    for name in ("notices", "files", "register", "translations"):
        shutil.rmtree(content / name, ignore_errors=True)
    for name in ("programmes", "glossary"):
        (content / f"{name}.yaml").write_text("[]\n", "utf-8")
    for path in [*content.glob("districts/*.yaml")]:
        path.unlink()
    for name in ("accessibility", "privacy", "corrections"):
        for path in content.glob(f"articles/{name}.*"):
            path.unlink()
    about = "---\ntitle: {0}\ndescription: {0}\n---\n\n{0}\n"
    for path in content.glob("articles/*.md"):
        path.write_text(about.format("关于" if ".zh." in path.name else "About"), "utf-8")
    settings = content / "site.yaml"
    settings.write_text(re.sub(r"(?ms)^tiles:.*", "", settings.read_text("utf-8")), "utf-8")
    (content / "districts" / "dengmi.yaml").write_text(UNIT, "utf-8")
    return build(
        content,
        folder / "site",
        "--only",
        "pages,pdf,data,exports",
        "--jobs",
        "1",
        "--base-url",
        "https://a.example.org/",
    )


UNIT = """name: {zh: 灯谜区, en: Dengmi District}
short: {zh: 灯谜, en: Dengmi}
kind: district
order: 1
commitments: 1
signed_by:
  name: {zh: 甲乙, en: Jia Yi}
  title: {zh: 区长, en: Head of the District}
summary: {zh: 说到做到。, en: It keeps its word.}
pledges:
  - id: dengmi-1
    covers: [1]
    title: {zh: 修好水管, en: Mend the pipes}
    text: {zh: 修好水管。, en: The pipes will be mended.}
    themes: [water]
    checkable: yes
    done_when: {zh: 水管修好。, en: The pipes are mended.}
    deadline: unstated
    source: {section: 灯谜区, paragraph: 1}
"""


def test_there_is_no_page_of_nothing(bare: Path) -> None:
    there = {path.stem for path in (bare / "zh").glob("*.html")}
    assert there.isdisjoint(GONE) and {"index", "units", "ledger", "themes", "deadlines", "status", "about"} <= there
    assert not (bare / "zh" / "programmes").exists() and not (bare / "zh" / "notices").exists()


def test_nothing_leads_to_what_is_not_there(bare: Path) -> None:
    seen = 0
    for page in pages(bare):
        for link in lxml.html.fromstring(page.read_bytes()).iter("a"):
            address = (link.get("href") or "").partition("#")[0].partition("?")[0]
            if address and "://" not in address and page.name != "404.html":
                assert (page.parent / address).resolve().is_file(), (page, address)
                seen += 1
    assert seen > 100


def test_the_navigation_names_what_is_there(bare: Path, small: Path) -> None:
    for folder, there in ((bare, False), (small, True)):
        for page in ("zh/index.html", "en/ledger.html", "zh/pledges/dengmi-1.html"):
            text = (folder / page).read_text("utf-8")
            navs = "".join(re.findall(r"<nav (?!class=\"crumbs).*?</nav>", text, re.S))
            for name in ("programmes", "glossary", "notices"):
                assert (f'{name}.html"' in navs) == there
            assert ("footer__policies" in navs) == there
    address_of = (bare / "sitemap.xml").read_text("utf-8")
    assert not any(f"/{name}.html" in address_of for name in GONE)


def test_documents_have_no_part_of_nothing(bare: Path) -> None:
    for path, names in (
        ("zh/bulletin.pdf", ("专项行动与文件", "名词解释")),
        ("bulletin-parallel.pdf", ("名词解释", "Glossary")),
    ):
        titles = [str(entry["/Title"]) for entry in flat(PdfReader(bare / path).outline)]
        assert titles and not any(name in title for name in names for title in titles)


def flat(outline: list) -> list:  # type: ignore[type-arg]
    return [one for each in outline for one in (flat(each) if isinstance(each, list) else [each])]
