"""The search as a reader meets it: in each head of a page, on its own page, from disk, by keyboard, with no script."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import on_paper, served
from chromium import needs_chromium, tab
from searched import Seeker, searchable, seeker

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return searchable(tmp_path_factory, "nowhere")


@pytest.fixture
def reader(site: Path) -> Iterator[Seeker]:
    with seeker(site) as reader:
        yield reader


BOILER = "pledges/dengmi-3.html"


@pytest.mark.parametrize("page", ["index.html", "pledges/zhiyuan-1.html", "ledger.html", "glossary.html"])
def test_every_page_has_a_box_that_a_key_leads_to(reader: Seeker, page: str) -> None:
    reader.open(f"zh/{page}")
    assert not reader.loaded()
    reader.press("/")
    found = reader.type("锅炉")
    assert found["open"] and found["focus"] == "q"
    assert found["links"][0] == f"../zh/{BOILER}"
    assert found["marks"] and {*found["marks"]} == {"锅炉"}
    assert found["beside"][0].startswith("承诺 · 灯谜区")


def test_results_are_reached_and_left_by_keyboard(reader: Seeker) -> None:
    reader.open("en/units.html")
    reader.press("/")
    found = reader.type("boiler")
    assert found["status"].endswith(" found") and found["titles"]
    reader.press("ArrowDown")
    assert found["titles"][0] in reader.seen()["focus"]
    reader.press("ArrowUp")
    assert reader.seen()["focus"] == "q"
    reader.press("Escape")
    assert not reader.seen()["open"]
    reader.type("s")
    reader.press("ArrowDown")
    reader.press("Escape")
    closed = reader.seen()
    assert not closed["open"] and closed["focus"] == "q"


def test_a_key_in_a_field_stays_a_letter(reader: Seeker) -> None:
    reader.open("en/ledger.html")
    reader.page.evaluate("document.querySelector('[data-ledger-tools] input').focus()")
    reader.press("/")
    assert reader.page.evaluate("document.querySelector('[data-ledger-tools] input').value") == "/"
    assert not reader.loaded()


def test_enter_leads_to_all_results_at_an_address_that_can_be_sent(reader: Seeker) -> None:
    reader.open("zh/index.html")
    reader.press("/")
    reader.type("锅炉")
    reader.press("Enter")
    reader.page.browser.hear("Page.loadEventFired", reader.page.session)
    found = reader.answered()
    assert reader.page.evaluate("location.pathname") == "/zh/search.html"
    assert reader.page.evaluate("new URLSearchParams(location.search).get('q')") == "锅炉"
    assert found["links"][0] == f"../zh/{BOILER}"
    reader.page.evaluate("document.querySelector('form[data-search] input').select()")
    other = reader.type("萤火")
    assert other["links"][0] == "../zh/districts/yinghuo.html" and other["address"] != found["address"]


def test_where_there_is_nothing_a_reader_is_led_on(reader: Seeker) -> None:
    reader.open("zh/pledges/zhiyuan-1.html")
    reader.press("/")
    found = reader.type("qqqqqq")
    assert "没有找到“qqqqqq”" in found["status"] and not found["links"]
    assert found["ways"] == ["../ledger.html", "../glossary.html"]


def test_what_another_language_has_is_offered(reader: Seeker) -> None:
    reader.open("en/index.html")
    reader.press("/")
    found = reader.type("锅炉停用")
    assert not found["links"]
    assert len(found["more"]) == 1 and "中文" in found["more"][0]
    address = reader.page.evaluate("document.querySelector('.found__more a').getAttribute('href')")
    assert address.endswith("/zh/search.html?q=%E9%94%85%E7%82%89%E5%81%9C%E7%94%A8")


@pytest.mark.parametrize(
    "asked", ["<img src=x onerror=alert(1)>", "a`${1}`", "\\", '"', "constructor", "__proto__", "💡"]
)
def test_whatever_is_typed_is_only_looked_for(reader: Seeker, asked: str) -> None:
    reader.open("en/search.html")
    reader.page.evaluate("document.querySelector('form[data-search] input').focus()")
    found = reader.type(asked)
    assert found["status"] and reader.page.evaluate("document.querySelectorAll('.found img').length") == 0


POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'"
)


def test_it_works_under_a_strict_policy_and_any_path(site: Path, tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    copy = shutil.copytree(site, tmp_path / "a" / "b" / "c")
    page = copy / "zh" / "search.html"
    head = f'<head>\n<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    page.write_text(page.read_text("utf-8").replace("<head>", head, 1), "utf-8")
    with served(tmp_path) as address, tab() as tab_of_it:
        reader = Seeker(tab_of_it, address)
        reader.open("a/b/c/zh/search.html?q=锅炉")
        assert reader.answered()["links"][0] == f"../zh/{BOILER}"
        refused = "new Promise((done) => new ReportingObserver((all) => done(all.map((one) => one.body.blockedURL)), "
        refused += "{types: ['csp-violation'], buffered: true}).observe() ?? setTimeout(() => done([]), 300))"
        assert reader.page.evaluate(refused) == []


def test_it_works_from_disk(site: Path) -> None:
    with tab() as page:
        reader = Seeker(page, site.as_uri())
        reader.open("zh/search.html?q=锅炉")
        assert reader.answered()["links"][0] == f"../zh/{BOILER}"
        reader.open("en/districts/dengmi.html")
        reader.press("/")
        assert reader.type("boiler")["links"]


@pytest.mark.parametrize("page", ["index.html", "search.html"])
def test_without_a_script_there_is_a_link_and_a_word(site: Path, page: str) -> None:
    with served(site) as address, tab() as shown:
        shown.ask("Emulation.setScriptExecutionDisabled", value=True)
        shown.ask("Page.navigate", url=f"{address}/zh/{page}")  # `open` waits for what a script says
        shown.browser.hear("Page.loadEventFired", shown.session)
        seen = "filter((each) => each.checkVisibility()).map((each) => each.textContent.trim())"
        visible = f"(words) => [...document.querySelectorAll(words)].{seen}"
        assert shown.evaluate(f"({visible})('form[data-search]')") == []
        if page == "search.html":
            assert shown.evaluate(f"({visible})('.find__without a')") == ["承诺台账", "名词解释"]
        else:
            assert shown.evaluate(f"({visible})('.find__link')") == ["搜索"]


def test_files_that_do_not_come_are_told(site: Path, tmp_path: Path) -> None:
    """A page that was kept while the rest is out of reach, say."""
    copy = shutil.copytree(site, tmp_path / "site")
    shutil.rmtree(copy / "en" / "search")
    with seeker(copy) as reader:
        reader.open("en/index.html")
        reader.press("/")
        found = reader.type("boiler")
        assert "could not be read" in found["status"] and found["ways"] == ["ledger.html", "glossary.html"]


def test_a_release_that_comes_while_somebody_looks_is_read_from_its_beginning(site: Path, tmp_path: Path) -> None:
    """Its tokens lie in twice as many shards: what was loaded is given up, and the answer is that of one release."""
    copy = shutil.copytree(site, tmp_path / "site")
    own = copy / "en" / "search"
    # each at an address of its own: a browser keeps files that have not changed for long, and asks for them no more
    with seeker(copy) as reader:
        reader.open("en/index.html")
        reader.press("/")
        expected = reader.type("sewage works")["links"]
    with seeker(copy) as reader:
        reader.open("en/index.html")
        reader.press("/")
        assert reader.type("boiler")["links"]
        for number in range(16):
            text = (own / f"16-{number}.js").read_text("utf-8")
            (own / f"16-{number}.js").unlink()
            for now in (f"32-{number}", f"32-{number + 16}"):
                (own / f"{now}.js").write_text(text.replace(f"search/16-{number}", f"search/{now}"), "utf-8")
        index = (own / "index.js").read_text("utf-8")
        (own / "index.js").write_text(index.replace('"shards": 16', '"shards": 32'), "utf-8")
        reader.page.evaluate("document.activeElement.value = ''")
        assert reader.type("sewage works")["links"] == expected != []
        assert {path for path in reader.loaded() if "/search/32-" in path}
    (own / "index.js").write_text(index.replace('"format": 1', '"format": 2'), "utf-8")
    with seeker(copy) as reader:
        reader.open("en/index.html")
        reader.press("/")
        assert "could not be read" in reader.type("boiler")["status"]


def test_on_paper_there_is_no_box(site: Path) -> None:
    with served(site) as address:
        assert not [page for page in on_paper(f"{address}/en/units.html") if "Search" in page]
