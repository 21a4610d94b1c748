"""The ledger as a tool: order, counts beside choices, groups that fold, and its rows taken along as tables."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import cities
import pytest
from browser import on_paper, served
from chromium import needs_chromium, tab
from ledger_reader import SEEN, Reader
from python_calamine import CalamineWorkbook

from gazette.site.data_format import harmless

pytestmark = needs_chromium


@pytest.fixture(scope="module", params=["whole", "in parts"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small city, with its ledger on one page and as that of a large city."""
    if request.param == "whole":
        return cities.published(tmp_path_factory, "nowhere")
    return cities.in_parts(tmp_path_factory)


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.fixture
def reader(server: str) -> Iterator[Reader]:
    with tab() as page:
        yield Reader(server, page)


whole = pytest.mark.parametrize("site", ["whole"], indirect=True)


@pytest.fixture(scope="module")
def data(site: Path) -> dict[str, dict[str, str]]:
    text = (site / "data" / "pledges.csv").read_text("utf-8-sig")
    return {row["id"]: row for row in csv.DictReader(io.StringIO(text))}


# ── order ────────────────────────────────────────────────────────────────────


def test_the_order_stands_in_the_address(reader: Reader, data: dict[str, dict[str, str]]) -> None:
    """What has no date stands last either way, in the order of the units."""
    dated = [id for id in data if data[id]["deadline_last"]]
    undated = [id for id in data if not data[id]["deadline_last"]]
    up = reader.look("en/ledger.html?sort=deadline")
    assert up["rows"] == [*sorted(dated, key=lambda id: data[id]["deadline_last"]), *undated]
    assert up["sorted"] == [["deadline", "ascending"]] and up["units"] and up["groups"] == []
    assert len(up["widths"]) == 1 and up["widths"] == [reader.look()["widths"][0] + 1], "rows are as wide as the head"
    down = reader.look("en/ledger.html?theme=water&sort=-deadline")
    chosen = {id for id in data if "water" in data[id]["themes"].split(";")}
    latest = sorted(dated, key=lambda id: data[id]["deadline_last"], reverse=True)
    assert down["rows"] == [id for id in [*latest, *undated] if id in chosen]
    assert down["sorted"] == [["deadline", "descending"]]


def test_what_has_an_order_of_its_own_is_sorted_by_that(reader: Reader, data: dict[str, dict[str, str]]) -> None:
    """As the choices stand in the form, not by the letters of the words."""
    reader.look()
    for name, column in (("check", "checkable"), ("status", "status")):
        places = [*reader.offered(name)]
        found = [data[id][column] for id in reader.choose("sort", name)["rows"]]
        assert found == sorted(found, key=places.index) and len({*found}) > 2
        back = [data[id][column] for id in reader.choose("sort", f"-{name}")["rows"]]
        assert back == found[::-1]


def test_a_head_sorts_up_and_down_and_leads_back_to_the_groups(reader: Reader) -> None:
    whole = reader.look("en/ledger.html?check=yes")
    head = "th[data-key=title] button"
    up, down, back = (reader.press(head) for _ in range(3))
    assert up["address"] == "?check=yes&sort=title" and up["rows"] != whole["rows"]
    assert down["address"] == "?check=yes&sort=-title" and down["rows"] == up["rows"][::-1]
    assert back["address"] == "?check=yes" and back["rows"] == whole["rows"] and back["groups"] == whole["groups"]
    assert reader.press("th[data-key=id] button")["sorted"] == [["id", "ascending"]]
    reader.press("[type=reset]")
    reader.page.evaluate("new Promise((done) => setTimeout(done, 50))")  # a form is empty after the event
    assert reader.seen()["address"] == "" and reader.seen()["groups"][0] == "Zhiyuan District 7 pledges"


def test_the_other_language_keeps_what_is_chosen_and_the_order(reader: Reader) -> None:
    reader.look("en/ledger.html?theme=water&sort=-deadline&q=river")
    there = reader.choose("check", "yes")["twin"]
    here = reader.choose("q", "")["rows"]
    found = reader.look(there.removeprefix(f"{reader.address}/"))
    assert found["address"] == "?theme=water&check=yes&sort=-deadline" and found["rows"] == here


@whole
def test_what_the_address_asks_for_and_is_not_there_is_left_out(reader: Reader) -> None:
    found = reader.look("en/ledger.html?unit=nowhere&sort=colour&data-x=1&length=3")
    assert len(found["rows"]) == 17 and found["address"] == "" and len(found["groups"]) == 4


# ── counts ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("query", ["", "?theme=water", "?unit=dengmi&check=yes", "?q=the&status=none"])
def test_beside_each_choice_stands_what_it_leaves(reader: Reader, query: str) -> None:
    """Each choice is made, and what is shown is counted."""
    chosen = dict(pair.split("=") for pair in query[1:].split("&") if pair)
    nothing = 0
    for name in ("unit", "theme", "status", "deadline", "check"):
        reader.look(f"en/ledger.html{query}")
        for value, (n, can_be) in reader.offered(name).items():
            assert can_be == (n > 0 or value == chosen.get(name, ""))
            nothing += n == 0
            if can_be:
                found = reader.choose(name, value)
                assert found["status"].startswith(f"{n} of 17 shown")
                assert len(found["rows"]) == n or not (query or value or found["rows"]), "what nobody asked for"
    assert nothing > 0 or not query


def test_a_choice_that_leaves_nothing_can_be_read(reader: Reader) -> None:
    found = reader.look("en/ledger.html?unit=yinghuo&theme=water")
    assert found["rows"] == [] and "No pledge fits" in found["status"]
    assert reader.offered("theme")["water"] == (0, True), "what is chosen stays chosen"
    assert reader.offered("theme")["air"] == (0, False)
    assert reader.choose("theme", "")["rows"] == ["yinghuo-1"]


# ── groups ───────────────────────────────────────────────────────────────────


@whole
def test_groups_fold_and_say_how_much_of_them_is_shown(reader: Reader) -> None:
    whole = reader.look()
    assert whole["groups"][0] == "Zhiyuan District 7 pledges" and whole["seen"] == whole["rows"] and not whole["units"]
    folded = reader.press(".ledger__fold")
    assert folded["rows"] == whole["rows"] and len(folded["seen"]) == 10 and folded["groups"] == whole["groups"]
    assert reader.page.evaluate("document.querySelector('.ledger__fold').ariaExpanded") == "false"
    water = reader.choose("theme", "water")
    assert water["groups"] == ["Zhiyuan District 3 of 7 shown", "Dengmi District 2 of 5 shown"]
    assert water["seen"] == ["dengmi-1", "dengmi-4"], "what a reader folds stays folded"
    assert reader.press(".ledger__fold")["seen"] == water["rows"]


@whole
def test_all_groups_fold_at_once(reader: Reader) -> None:
    assert reader.look()["fold"] == "Fold all"
    folded = reader.press("[data-ledger-fold]")
    assert folded["seen"] == [] and len(folded["groups"]) == 4 and folded["fold"] == "Open all"
    opened = reader.press("[data-ledger-fold]")
    assert opened["seen"] == opened["rows"] and opened["fold"] == "Fold all"


@whole
def test_what_is_folded_is_printed(site: Path, reader: Reader) -> None:
    reader.look()
    reader.press("[data-ledger-fold]")
    assert reader.seen()["seen"] == []
    reader.page.ask("Emulation.setEmulatedMedia", media="print")
    assert len(reader.seen()["seen"]) == 17
    told = " ".join("".join(on_paper(f"{(site / 'zh' / 'ledger.html').as_uri()}?theme=water&sort=-deadline")).split())
    assert "显示5行，共17行·主题：水·排列：期限（倒序）" in told.replace(" ", "")


@pytest.mark.long
def test_a_telephone_shows_the_groups_first(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Of the real city, with its hundreds of pledges: what few of them are left is open."""
    city = cities.published(tmp_path_factory, "wuhan")
    with served(city) as address, tab() as page:
        reader = Reader(address, page)
        for language in ("zh", "en"):
            whole = reader.look(f"{language}/ledger.html", 360)
            assert len(whole["groups"]) == 16 and whole["seen"] == [] and whole["height"] < 4000
            one = reader.press(".ledger__fold")
            assert 0 < len(one["seen"]) < 40
            few = reader.look(f"{language}/ledger.html?unit=jiangxia", 360)
            assert few["seen"] == few["rows"] != []
            named = reader.look(f"{language}/ledger.html#jiangxia-3", 360)
            assert "jiangxia-3" in named["seen"] and {id.rpartition("-")[0] for id in named["seen"]} == {"jiangxia"}
        assert reader.look("zh/ledger.html", 1300)["seen"] != []


@whole
def test_without_a_script_everything_is_there_and_open(reader: Reader) -> None:
    reader.page.ask("Emulation.setScriptExecutionDisabled", value=True)
    reader.page.ask("Page.navigate", url=f"{reader.address}/en/ledger.html")  # `open` waits for what a script says
    reader.page.browser.hear("Page.loadEventFired", reader.page.session)
    found = dict(reader.page.evaluate(SEEN))
    assert len(found["seen"]) == 17 and len(found["groups"]) == 4
    reader.page.evaluate("document.getElementById('f-water').click()")
    water = dict(reader.page.evaluate(SEEN))
    assert len(water["seen"]) == 5 and [group.split()[0] for group in water["groups"]] == ["Zhiyuan", "Dengmi"]


def test_an_easy_view_filters_too(reader: Reader) -> None:
    for width in (360, 1300):
        reader.look("zh/ledger.html", width)
        reader.page.evaluate("document.getElementById('size_elder').click()")
        found = reader.choose("theme", "water")
        assert found["seen"] == found["rows"] and len(found["rows"]) == 5 and len(found["groups"]) == 2


@whole
def test_what_is_folded_and_opened_stands_in_the_address(reader: Reader) -> None:
    """It can be sent, and the other language shows the same."""
    reader.look("en/ledger.html?theme=water")
    folded = reader.press("#of_dengmi .ledger__fold")
    assert folded["address"] == "?theme=water&fold=dengmi" and folded["twin"].endswith(folded["address"])
    there = reader.look(folded["twin"].removeprefix(f"{reader.address}/"))
    assert there["seen"] == folded["seen"] and there["rows"] == folded["rows"] != there["seen"]
    none = reader.press("[data-ledger-fold]")
    assert none["address"] == "?theme=water&fold=all" and none["seen"] == []
    assert reader.look("en/ledger.html?fold=all&open=zhiyuan")["seen"] == [f"zhiyuan-{n}" for n in range(1, 8)]


# ── tables ───────────────────────────────────────────────────────────────────

KNOWN = ("id", "unit", "themes", "checkable", "deadline_kind", "deadline", "deadline_first", "deadline_last")
KNOWN += ("status", "alert", "numbers", "as_of")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("query", ["", "?theme=water&sort=-deadline", "?q=nowhere-to-be-found"])
def test_what_is_shown_is_taken_along(site: Path, language: str, query: str, data: dict[str, dict[str, str]]) -> None:
    """From disk, where nothing can be fetched; the cells are those of the open data, in the order on the page."""
    columns = [*KNOWN[:2], f"unit_name_{language}", f"title_{language}", *KNOWN[2:]]
    with tab() as page:
        reader = Reader(site.as_uri(), page)
        reader.look(f"{language}/ledger.html{query}")
        name, table = reader.take("csv")
        _, book = reader.take("xlsx")
        shown = reader.seen()["rows"]
    assert name == f"pledges-{len(shown)}.csv"
    whole = csv.DictReader(io.StringIO((site / "data" / "pledges.csv").read_text("utf-8-sig")))
    assert columns == [column for column in whole.fieldnames or () if column in columns], "in the order of the data"
    rows = [columns, *([data[id][column] for column in columns] for id in shown)]
    assert table.startswith(b"\xef\xbb\xbf") and table.endswith(b"\r\n")
    assert [*csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""))] == rows
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name("pledges").to_python()
    assert [[str(cell) for cell in row] for row in sheet] == rows


@pytest.mark.parametrize("title", ["=1+1", "'=1+1", "＝1", "-1", "@x", 'a "b", c', "<b> & ]]>", "'tis"])
def test_no_cell_is_a_formula(reader: Reader, title: str) -> None:
    reader.look("en/ledger.html?unit=yinghuo")
    reader.page.evaluate(
        f"document.querySelector('#yinghuo-1 .ledger__title span').textContent = {json.dumps(title)}; 0"
    )
    _, table = reader.take("csv")
    rows = [*csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""))]
    assert rows[1][3] == harmless(title)
    _, book = reader.take("xlsx")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert sheet[1][3] == title


def test_the_tool_works_under_a_strict_policy(site: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(site, tmp_path / "a" / "b")
    page = copy / "en" / "ledger.html"
    policy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'"
    head = f'<head>\n<meta http-equiv="Content-Security-Policy" content="{policy}">'
    page.write_text(page.read_text("utf-8").replace("<head>", head, 1), "utf-8")
    with served(tmp_path) as address, tab() as window:
        reader = Reader(f"{address}/a/b", window)
        shown = reader.look("en/ledger.html?sort=id&check=yes")["rows"]
        _, table = reader.take("csv")
        assert table.decode().count("\r\n") == 1 + len(shown)
        refused = "new Promise((done) => new ReportingObserver((all) => done(all.map((one) => one.body.blockedURL)), "
        refused += "{types: ['csp-violation'], buffered: true}).observe() ?? setTimeout(() => done([]), 300))"
        assert window.evaluate(refused) == []


def test_the_scripts_of_the_ledger_are_small(site: Path, reader: Reader) -> None:
    """What makes tables is loaded when somebody asks for one."""
    reader.look()
    loaded = "performance.getEntriesByType('resource').map((each) => each.name.match(/static.([^?]*[.]js)/)?.[1])"
    scripts = [name for name in reader.page.evaluate(loaded) if name]
    assert {*scripts} == {"site.js", "ledger.js"}, "the words of its rows lead to no terms"
    assert sum((site / "static" / name).stat().st_size for name in scripts) < 15_000
    reader.take("csv")
    assert "ledger-tables.js" in reader.page.evaluate(loaded)
