"""The example city as a visitor finds it: what its pages, data and documents show, and its editions."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from compiled import compiled
from laid_out import documents
from lxml import html
from program import ROOT, build, run, tree
from published import rows
from reached import at_least_one

from gazette.building.output import Output
from gazette.building.pipeline import run as build_here
from gazette.building.settings import Settings
from gazette.editions.restoring import editions_of
from gazette.files.checksums import digest_of
from gazette.model.life.status import ALERTS, STATES
from gazette.model.published.held import STOPS
from gazette.reading.yaml.parser import compose
from gazette.rendering.typography import together
from tools.play_example import EDITIONS, EXAMPLE


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example as a visitor finds it, without its documents; read only."""
    return build(EXAMPLE, tmp_path_factory.mktemp("example") / "site", "--no-pdf", "--release", "--jobs", "1")


# ── on its pages and in its data ─────────────────────────────────────────────


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", "报告单位墨雨区（接续星澜港区）"),
        ("en", "Reported by Moyu District, which took over from Xinglan Harbour Zone"),
    ],
)
def test_a_report_after_the_end_of_a_unit_says_who_took_over(site: Path, language: str, words: str) -> None:
    page = html.fromstring((site / language / "pledges" / "xinglan-2.html").read_bytes())
    facts = ["".join(each.text_content().split()) for each in page.xpath("//dl[@class='step__facts']/div")]
    found = [each for each in facts if "tookoverfrom" in each or "接续" in each]
    assert found == [words.replace(" ", "")], "it is said of what came after the end alone"


def test_the_ledger_counts_what_was_split_once_and_says_so(site: Path) -> None:
    """Its sums, those of its groups and the number of its rows differ by what was split, which is said beside them."""
    pledges = rows(site, "pledges")
    counted = [row["unit"] for row in pledges if row["status"] != "split"]
    n, split = len(counted), len(pledges) - len(counted)
    page = html.fromstring((site / "en" / "ledger.html").read_bytes())
    assert split == 1 and len(page.xpath("//tbody/tr[@id]")) == n + split
    (foot,) = page.xpath("//tfoot")
    assert foot.text_content() == f"{n} in all, plus {split} split into parts"
    deck = page.xpath("string(//header[@class='head'])")
    assert f"{n} pledges in all, one row each." in deck and "1 more pledge was split and has a row as well" in deck
    data = html.fromstring((site / "en" / "downloads.html").read_bytes()).xpath("string(//main)")
    assert f"contain {n} pledges" in data and "1 more pledge was split and has a row as well" in data
    groups = {tbody.get("id"): tbody.xpath("string(.//*[@class='ledger__count'])") for tbody in page.xpath("//tbody")}
    assert [int(words.split()[0]) for words in groups.values()] == [*Counter(counted).values()]
    assert [id for id, words in groups.items() if words.endswith(", plus 1 split into parts")] == ["of_xinglan"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_state_is_told_on_pages_in_the_data_and_among_where_things_stand(site: Path, language: str) -> None:
    words = compose("words", (EXAMPLE / "words.yaml").read_text("utf-8")).data()["state"]
    pledges = rows(site, "pledges")
    assert {row["status"] for row in pledges} == {*STATES}
    assert {row["alert"] for row in pledges} >= {"", *ALERTS}
    page = html.fromstring((site / language / "status.html").read_bytes())
    table = " ".join(page.xpath("//main//table")[0].text_content().split())
    for state in STATES:
        name = words[state][language]
        assert name in table or state == "split"  # below the table: its parts are counted
        ids = [row["id"] for row in pledges if row["status"] == state]
        for id in ids:
            own = html.fromstring((site / language / "pledges" / f"{id}.html").read_bytes())
            said_there = " ".join(own.xpath("//main")[0].text_content().split())
            assert name.casefold() in said_there.casefold(), id


def test_every_page_says_that_nothing_of_it_is_real(site: Path) -> None:
    for path in at_least_one(sorted(site.rglob("*.html"))):
        text = path.read_text("utf-8")
        assert "虚构" in text or "invented" in text or "http-equiv" in text, path


def test_its_documents_say_so_too_and_a_brief_has_its_figures(tmp_path: Path) -> None:
    asked = frozenset({"zh/brief.pdf", "en/brief.pdf", "en/sheets/zhudi.pdf", "en/notices/closing-2032-2.pdf"})
    settings = Settings(EXAMPLE, ROOT / "templates", compiled(tmp_path / "cache"), only=("pdf",), documents=asked)
    build_here(Output(tmp_path / "site", tmp_path / "state"), settings, lambda _: None, lambda _: "")
    from pypdf import PdfReader

    made = {path.relative_to(tmp_path / "site").as_posix(): path for path in (tmp_path / "site").rglob("*.pdf")}
    assert {*made} == asked
    for path, place in made.items():
        text = "".join(PdfReader(place).pages[0].extract_text().split())
        assert ("与任何同名的地方无关" if path.startswith("zh") else "nothingtodowithanyrealplaceofthatname") in text, (
            path
        )
        if path.endswith("brief.pdf"):  # however much there is to tell, a page holds more than its head
            assert ("各单位进展" if path.startswith("zh") else "Progressbydistrictorzone") in text, path


def test_on_paper_what_was_said_before_ends_before_the_next_of_it_begins(tmp_path: Path) -> None:
    """A former title, say, has no stop of its own."""
    former = "|".join(
        said["zh"] for said in compose("words", (EXAMPLE / "words.yaml").read_text("utf-8")).data()["revised"].values()
    )
    seen = 0
    for path, text in documents(EXAMPLE, tmp_path / "cache"):
        notes = html.fromstring(text.encode()).xpath("//*[contains(@class, 'note')]") if path.startswith("zh/") else []
        for before in re.findall(f"(.)原(?:{former})：", "\n".join(note.text_content() for note in notes)):
            assert before in STOPS, path
            seen += 1
    assert seen > 4


def test_words_that_stand_by_themselves_begin_with_a_capital(site: Path) -> None:
    """On English pages no line of its own begins with words of the interface that were written to stand behind others;
    what the content says begins as it is."""
    words = compose("words", (EXAMPLE / "words.yaml").read_text("utf-8")).data()
    spoken = [
        begin
        for group in words.values()
        for said in group.values()
        if isinstance(said.get("en"), str) and (begin := re.split(r"[{|]", said["en"])[0].strip())[:1].islower()
    ]
    known = tuple(f"{begin} " for begin in spoken if len(begin) > 3)
    found, lines = [], 0
    for path in (site / "en").glob("*s/*.html"):
        main = html.fromstring(path.read_bytes()).xpath("//main")
        for each in main[0].iter("br", "p", "dd", "li") if main else ():
            line = " ".join(((each.tail or "") if each.tag == "br" else each.text_content()).split())
            lines += bool(line)
            found += [(path.name, line)] if f"{line} ".startswith(known) else []
    assert found == [] and lines > 1000 and "promised jointly with this unit " in known


def test_a_few_numbers_of_a_list_stay_on_one_line(site: Path) -> None:
    page = html.fromstring((site / "en" / "notices" / "closing-2031-2.html").read_bytes())
    assert "items 4,\u00a06" in page.xpath("string(//main)")
    assert together(["1", "2"], "、") == "1、2" and "\u00a0" not in together([*"1234567"], ", ")


def test_two_builds_of_it_are_the_same(site: Path, tmp_path: Path) -> None:
    again = build(EXAMPLE, tmp_path / "again", "--no-pdf", "--release", "--jobs", "2")
    first, second = tree(site), tree(again)
    assert first.keys() == second.keys()
    assert [path for path in first if first[path] != second[path]] == []


def test_nothing_in_it_is_stale_and_a_release_demands_nothing() -> None:
    assert run("check", "--release", content=EXAMPLE).returncode == 0
    done = run("translations", content=EXAMPLE)
    assert (done.returncode, done.stdout) == (0, "No translation is out of date.\n")


# ── its editions ─────────────────────────────────────────────────────────────


def test_there_are_three_editions_and_every_byte_of_them_is_right(site: Path) -> None:
    editions = editions_of(EXAMPLE, None)
    assert [str(edition.date) for edition in editions] == [*EDITIONS]
    for edition in editions:
        kept, public = (folder / "editions" / str(edition.number) for folder in (EXAMPLE, site))
        assert {"zh/bulletin.pdf", "en/bulletin.pdf", "data/pledges.csv"} <= {file.path for file in edition.files}
        for file in edition.files:
            assert digest_of(kept / "files" / file.path) == file.digest
            if not file.path.endswith(".pdf"):  # a build without documents leaves those of editions out, too
                assert digest_of(public / file.path) == file.digest


def test_what_was_revised_of_notices_is_in_the_data(site: Path) -> None:
    (row,) = (row for row in rows(site, "revisions") if row["notice"] == "circular-2031-1")
    assert (row["id"], row["unit"], row["field"], row["revision"]) == ("", "moyu", "title", "correction")
    assert row["before_en"] == "Circular on the progress of the second quarter of 2031"
    assert all(bool(row["id"]) != bool(row["notice"]) for row in rows(site, "revisions"))
    unit = json.loads((site / "data" / "units" / "moyu.json").read_bytes())
    assert "circular-2031-1" in [each["notice"] for each in unit["revisions"]]


def test_what_moved_a_deadline_and_what_was_withdrawn_has_a_table_of_its_own(site: Path) -> None:
    """Each says what the other tables say of it, and nothing of it is left out."""
    steps, told = rows(site, "deadlines"), rows(site, "history")
    own = {(row["pledge"], row["date"], row["became"], row["deadline"]): row for row in steps}
    assert len(own) == len(steps)
    revised = [row for row in rows(site, "revisions") if row["field"] == "deadline"]
    assert {key[:3] for key in own if key[2] in ("correction", "change")} == {
        (row["id"], row["date"], row["revision"]) for row in revised
    }
    granted = [row for row in told if row["deadline"] and row["event"] not in ALERTS]  # not what a day alone brought
    assert {(*(row[name] for name in ("pledge", "date", "event", "deadline")),) for row in granted} == {
        key for key in own if key[2] in ("moved", "reopened")
    }
    for row in (row for row in granted if row["event"] == "moved"):
        step = own[row["pledge"], row["date"], "moved", row["deadline"]]
        same = {name: name for name in ("by_en", "deadline_before", "evidence_urls")} | {"text_zh": "reason_zh"}
        assert [row[name] for name in same] == [step[name] for name in same.values()]
    now = {row["id"]: row for row in rows(site, "pledges")}
    last = {row["pledge"]: row for row in steps}
    assert all(now[id]["deadline_now"] == row["deadline"] for id, row in last.items()) and last
    assert all(now[id]["deadline_now_last"] == row["last"] for id, row in last.items())
    gone = rows(site, "withdrawals")
    assert [row["pledge"] for row in gone if row["pledge"]] == [
        id for id, row in now.items() if row["status"] == "withdrawn"
    ]
    notices = {row["id"]: row["withdrawn"] for row in rows(site, "notices") if row["withdrawn"]}
    assert {row["notice"]: row["date"] for row in gone if row["notice"]} == notices and notices
    assert all(row["reason_zh"] and row["title_en"] for row in gone)


CHANGED = {
    "en": (
        "Deadline: It was “May 2032”, and is “June 2032”. Reason: The month had been copied wrongly",
        "Name: It was “Feng He District”, and is “Fenghe District”. Reason: ",
        "Figure: It was “30 kilometres, separate sewers”, and is “20 kilometres, separate sewers”. Reason: ",
        "Accepted and closed, 66 days after the stated date, within the changed deadline. No further objection",
    ),
    "zh": (
        "期限：原为“2032年5月”，现为“2032年6月”。原因：",
        "署名人：原为“区长 巳某”，现为“区长 己某”。原因：",
        "已办结（销号），比原定期限晚66天，在调整后的期限内。未收到新的异议",
    ),
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_of_changes_says_what_became_of_what_and_how_late(site: Path, language: str) -> None:
    page = html.fromstring((site / language / "changes.html").read_bytes())
    words = " ".join(page.text_content().split())
    for expected in at_least_one(CHANGED[language]):
        assert expected in words
    assert "原为“风荷区”，现为“风荷区”" not in words  # the other language was corrected


def test_a_figure_that_was_corrected_is_shown_and_given_as_it_was(site: Path) -> None:
    row = next(row for row in rows(site, "revisions") if row["id"] == "chayan-2" and row["date"] == "2032-02-20")
    assert (row["field"], row["revision"]) == ("step", "correction")
    assert row["before_zh"] == "2032-01-06 milestone | 17/28 个 | 建成17个，其中11个开始转运。"
    page = html.fromstring((site / "zh" / "pledges" / "chayan-2.html").read_bytes())
    before = [each.text_content() for each in page.xpath("//del")]
    assert before[-1] == "2032年1月6日 部分完成，17个（共28个），建成17个，其中11个开始转运。"
    assert "15个（共28个）" in page.text_content()
