"""The heads of pages: what portals, sites that show links, and search engines are told."""

from __future__ import annotations

import functools
import http.server
import json
import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from chromium import Tab, needs_chromium, tab
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from program import SITE, build
from reached import at_least_one
from test_golden import RICHEST

from gazette.rendering.formats import in_element, in_script, of_open_graph, police_code
from gazette.site.page_kinds import kind_of

BASE = "https://www.example.gov.cn/zg/"
PUBLISHER = """publisher:
  name: {zh: 虚城测试办公室, en: Nowhere Test Office}
  site_code: 4201000001
  icp: 虚ICP备00000000号-1
  police: 虚公网安备 42010602000001号
  feedback: https://www.example.org/feedback?item={id}
"""
EVERY = {"SiteName", "SiteDomain", "SiteIDCode"}
COLUMN = {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"}
ARTICLE = {"ArticleTitle", "ContentSource"}
DATED = {"PubDate"}
"""Left out where the page was never published."""


def city(folder: Path, publisher: str) -> Path:
    """The invented city with another publisher."""
    content = folder / "content"
    shutil.copytree(SITE, content)
    settings = content / "site.yaml"
    before = settings.read_text("utf-8")
    text = re.sub(r"(?m)^publisher:\n(  .*\n)+", publisher, before)
    assert text != before
    settings.write_text(text, "utf-8")
    return content


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("heads")
    return build(city(folder, PUBLISHER), folder / "site", "--only", "pages", "--jobs", "1", "--base-url", BASE)


def metas(page: Path) -> dict[str, str]:
    """The names of a page's meta elements, and what they say."""
    tree = lxml.html.fromstring(page.read_bytes())
    names = [(each.get("name") or each.get("property"), each.get("content")) for each in tree.iter("meta")]
    found = {name: content for name, content in names if name}
    assert len(found) == len([name for name, _ in names if name]), "none stands there twice"
    return found


def portal(page: Path) -> set[str]:
    return {name for name in metas(page) if name[0].isupper()}


@pytest.mark.parametrize(
    ("page", "kind", "told"),
    [
        ("index", "front", EVERY),
        ("units", "column", EVERY | COLUMN),
        ("themes/water", "column", EVERY | COLUMN),
        ("notices", "column", EVERY | COLUMN),
        ("downloads", "column", EVERY | COLUMN),
        ("districts/dengmi", "article", EVERY | ARTICLE),
        ("pledges/dengmi-1", "article", EVERY | ARTICLE),
        ("notices/closing-2031-7", "article", EVERY | ARTICLE),
        ("corrections", "article", EVERY | ARTICLE),
        ("pledges/dengmi-9", "aside", EVERY),
    ],
)
@pytest.mark.parametrize("code", ["zh", "en"])
def test_a_page_has_the_tags_of_its_kind(site: Path, code: str, page: str, kind: str, told: set[str]) -> None:
    found = portal(site / code / f"{page}.html")
    more = {"ColumnName", "ColumnType", "Keywords", "Url"} if kind == "article" else set()
    assert found == told | more and not DATED & found


def test_the_tags_say_what_the_settings_and_the_page_say(site: Path) -> None:
    found = metas(site / "en" / "pledges" / "zhiyuan-5.html")
    assert found["SiteName"] == "Nowhere Ledger" and found["SiteDomain"] == "www.example.gov.cn"
    assert found["SiteIDCode"] == "4201000001" and found["ArticleTitle"] == "Meet every quarter"
    assert found["ContentSource"] == "the invented Nowhere Daily" and found["Url"] == f"{BASE}en/pledges/zhiyuan-5.html"
    assert metas(site / "en" / "themes" / "water.html")["ColumnName"] == "Water"
    notice = metas(site / "zh" / "notices" / "closing-2031-7.html")
    assert notice["ColumnName"] == "公示通报" and notice["ColumnType"] == "公告公示" and notice["ContentSource"]


def test_a_site_that_no_public_body_runs_has_none_of_them(tmp_path: Path) -> None:
    content = city(tmp_path, "publisher:\n  name: {zh: 虚城读者会, en: Nowhere Readers}\n  site_code: none\n")
    folder = build(content, tmp_path / "site", "--only", "pages", "--jobs", "1", "--base-url", BASE)
    page = folder / "en" / "index.html"
    assert portal(page) == set() and "none" not in metas(page).values()
    assert linked(page)[0]["publisher"] == {"@type": "Organization", "name": "Nowhere Readers"}


def test_what_is_not_set_is_left_out(real: Path) -> None:
    assert portal(real / "en" / "units.html") == {"SiteName"} | COLUMN
    text = (real / "en" / "units.html").read_text("utf-8")
    assert "og:" not in text and "ld+json" not in text and "beian" not in text and "embed" not in text


def test_every_page_that_others_link_to_says_how_the_link_looks(site: Path) -> None:
    for page in at_least_one(sorted((site / "zh").rglob("*.html"))):
        found, ref = metas(page), page.relative_to(site).as_posix()
        if "noindex" in found.get("robots", ""):
            assert not any(name.startswith("og:") for name in found), ref
            continue
        assert found["og:url"] == BASE + ref and found["og:locale"] == "zh_CN"
        assert found["og:site_name"] == "虚城整改簿" and found["og:title"] and found["og:description"]
        assert found["og:type"] == ("article" if "ArticleTitle" in found else "website")
        assert found["og:image"].startswith(f"{BASE}zh/share") and found["og:image:alt"]


def linked(page: Path) -> list[dict[str, Any]]:
    """What a page says as JSON-LD."""
    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.read_text("utf-8"), re.S)
    told = json.loads(text)
    assert told["@context"] == "https://schema.org"
    graph: list[dict[str, Any]] = told["@graph"]
    return graph


def test_search_engines_are_told_the_way_that_readers_see(site: Path) -> None:
    pages = [page for page in (site / "en").rglob("*.html") if "noindex" not in page.read_text("utf-8")]
    for page in pages:
        graph = linked(page)
        if page.name == "index.html":
            assert graph[0]["@type"] == "WebSite"
            assert graph[0]["publisher"] == {"@type": "GovernmentOrganization", "name": "Nowhere Test Office"}
            continue
        tree = lxml.html.fromstring(page.read_bytes())
        [shown] = tree.xpath("//nav[@class='crumbs']/ol")
        steps = graph[0]["itemListElement"]
        assert graph[0]["@type"] == "BreadcrumbList"
        assert [step["name"] for step in steps] == [each.text_content() for each in shown]
        assert [step["position"] for step in steps] == [*range(1, len(steps) + 1)]
        for step in steps:
            assert step["item"].startswith(BASE) and (site / step["item"].removeprefix(BASE)).is_file()
        assert steps[-1]["item"] == BASE + page.relative_to(site).as_posix()
    assert len(pages) > 30


def test_the_downloads_are_told_as_a_dataset(site: Path) -> None:
    _, dataset = linked(site / "en" / "downloads.html")
    assert dataset["@type"] == "Dataset" and dataset["license"] == "https://example.org/licence"
    assert dataset["inLanguage"] == ["zh-Hans", "en"]
    assert "Its units, people, pledges and reports do not exist" in dataset["description"]
    files = {file["contentUrl"]: file["encodingFormat"] for file in dataset["distribution"]}
    assert files[f"{BASE}data/pledges.csv"] == "text/csv" and files[f"{BASE}data/units.json"] == "application/json"
    assert all(address.startswith(f"{BASE}data/") for address in files) and len(files) > 8


def test_the_foot_names_the_registers(site: Path) -> None:
    foot = (site / "zh" / "units.html").read_text("utf-8").partition("<footer")[2]
    assert '<a href="https://beian.miit.gov.cn/" rel="nofollow noopener">' in foot
    assert "https://beian.mps.gov.cn/#/query/webSearch?code=42010602000001" in foot
    assert "网站标识码：" in foot and "4201000001" in foot


@pytest.mark.parametrize(
    ("number", "code"), [("京公网安备 11010502030143号", "?code=11010502030143"), ("京公网安备1号", ""), ("", "")]
)
def test_the_register_of_the_police_is_asked_by_the_digits(number: str, code: str) -> None:
    assert police_code(number) == code


@given(st.text())
def test_no_words_end_the_element_that_they_stand_in(words: str) -> None:
    told = str(in_script(words))
    assert json.loads(told) == words and not set("<>&\u2028\u2029") & set(told)
    assert json.loads(str(in_script(Markup.escape(words)))) == words
    shown = str(in_element(words))
    assert Markup(shown).unescape() == Markup.escape(words).unescape() and "<" not in shown


@pytest.mark.parametrize(("locale", "told"), [("zh_Hans_CN", "zh_CN"), ("en_GB", "en_GB"), ("eo", "eo")])
def test_locales_are_told_without_a_script(locale: str, told: str) -> None:
    assert of_open_graph(locale) == told


@pytest.mark.parametrize(
    ("ref", "kind"), [("home", "front"), ("about", "article"), ("404", "aside"), ("embed:dengmi", "aside")]
)
def test_kinds_of_pages(ref: str, kind: str) -> None:
    assert kind_of(ref) == kind


# ── a strict policy ──────────────────────────────────────────────────────────

POLICY = (
    "default-src 'self'; style-src 'self'; script-src 'self'; base-uri 'self'; form-action 'self'; object-src 'none'"
)
"""Nothing inline, nothing from elsewhere."""


class _Strict(http.server.SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Tests are silent."""


@pytest.fixture
def strict(site: Path) -> Iterator[str]:
    handler = functools.partial(_Strict, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


_LOOK = """(async () => {
  const found = {};
  const told = (inner) => new Promise((done) => {
    const all = [];
    const watch = new inner.ReportingObserver(
      (reports) => all.push(...reports.map((one) => one.body.effectiveDirective)),
      {types: ["csp-violation"], buffered: true},
    );
    watch.observe();
    setTimeout(() => done(all), 60);
  });
  for (const page of PAGES) {
    const frame = document.createElement("iframe");
    frame.src = page;
    document.body.append(frame);
    await new Promise((done) => { frame.onload = done; });
    const inner = frame.contentDocument;
    if (CONTROL) inner.head.append(Object.assign(inner.createElement("style"), { textContent: "p { color: red }" }));
    found[page] = [await told(frame.contentWindow), inner.styleSheets.length];
    frame.remove();
  }
  return found;
})()"""


def looked_at(reader: Tab, pages: list[str], control: bool = False) -> dict[str, tuple[list[str], int]]:
    """What the policy forbade of each page, from its first byte on, and how many style sheets it has."""
    script = _LOOK.replace("PAGES", json.dumps(pages)).replace("CONTROL", json.dumps(control))
    return {page: tuple(told) for page, told in reader.evaluate(script).items()}


@needs_chromium
def test_a_strict_policy_forbids_nothing_of_any_kind_of_page(site: Path, strict: str) -> None:
    """Data of `application/ld+json` is not run, so `script-src 'self'` lets it be; a style that was put in is told."""
    pages = [f"/{path}" for path in (*RICHEST, "zh/embed/dengmi.html", "zh/index.html") if path.endswith(".html")]
    assert len(pages) > 25 and "/404.html" in pages
    inline = r"<style|\sstyle=|\son\w+=|<script>"
    assert [page for page in site.rglob("*.html") if re.search(inline, page.read_text("utf-8"))] == []
    with tab() as reader:
        reader.open(f"{strict}/zh/about.html")
        assert {page: told for page, told in looked_at(reader, pages).items() if told[0] or not told[1]} == {}
        assert looked_at(reader, pages[:1], control=True)[pages[0]][0] == ["style-src-elem"]
