"""The example city: everything that the model knows happens in it, on its pages, in its data, and in its editions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from compiled import compiled
from lxml import html
from program import ROOT, build, run, tree
from published import rows

from gazette.building.opening import open_cache, open_content
from gazette.building.output import Output
from gazette.building.pipeline import run as build_here
from gazette.building.settings import Settings
from gazette.editions.restoring import editions_of
from gazette.files.checksums import digest_of
from gazette.model.forms.dates import RHYTHMS, DeadlineKind
from gazette.model.forms.declared import Choice, Declaration, ListOf, Nullable, declared_fields
from gazette.model.forms.record import Former, Record, choices
from gazette.model.life.announced import as_told
from gazette.model.life.deadline_changes import deadline_changes
from gazette.model.life.history import history
from gazette.model.life.notice_status import NoticeState, notice_state
from gazette.model.life.recurrence import period_records, rhythm_of
from gazette.model.life.status import ALERTS, STATES, status
from gazette.model.records.content import UnitFile
from gazette.model.records.lifecycle import EVENTS
from gazette.model.records.notices import Notice, NoticeFile
from gazette.model.records.revisions import EvidenceBefore, RevisionBefore
from gazette.model.records.shared import Programme, Term
from gazette.model.records.units import Pledge, Unit
from gazette.reading.loaded_content import LoadedContent
from gazette.reading.unit_loader import load_unit, without_drafts
from gazette.reading.yaml.parser import compose
from tools.play_example import EDITIONS, EXAMPLE


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> LoadedContent:
    settings = Settings(EXAMPLE, ROOT / "templates", tmp_path_factory.mktemp("cache"))
    return open_content(settings, open_cache(settings))


@pytest.fixture(scope="module")
def units(opened: LoadedContent) -> list[UnitFile]:
    """Every unit with its notices, drafts and all."""
    files = [
        load_unit(opened.diagnostics, source, opened.known, opened.languages, None) for source, _ in opened.open_units()
    ]
    assert opened.diagnostics.problems == [] and None not in files
    return [file for file in files if file is not None]


@pytest.fixture(scope="module")
def notices(units: list[UnitFile]) -> list[NoticeFile]:
    return [*{file.id: file for unit in units for file in unit.notices}.values()]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example as a visitor finds it, without its documents; read only."""
    return build(EXAMPLE, tmp_path_factory.mktemp("example") / "site", "--no-pdf", "--release", "--jobs", "1")


def shown(units: list[UnitFile]) -> list[Pledge]:
    return [pledge.without_drafts() for file in units for pledge in file.unit.pledges if not pledge.draft]


# ── everything that the model knows ──────────────────────────────────────────

LEFT_OUT = {"Unit.draft", "Unit.original", "Pledge.original"}
"""What only the draft of a whole unit may hold, such as the wording of a source: here there is no source."""

CORRECTED = {
    *(f"UnitBefore.{name}" for name in ("name", "signed_by", "summary")),
    *(f"PledgeBefore.{name}" for name in ("title", "text", "done_when", "target", "deadline", "step")),
    *("StepBefore.text", "StepBefore.reached", "NoticeBefore.title"),
}
"""What was corrected or changed here. A revision can keep whatever was published (`test_held`), and most of it never
was another in this city."""


def records_of(value: Any) -> Iterator[Record]:
    """A record and all those in it."""
    if isinstance(value, Record):
        yield value
        for name in value.__struct_fields__:
            yield from records_of(getattr(value, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from records_of(each)


def kinds_in(kind: type[Record]) -> set[type[Record]]:
    """A kind of record, and all those that may stand in it."""
    found, waiting = set[type[Record]](), [kind]
    while waiting:
        own = waiting.pop()
        if own not in found:
            found.add(own)
            waiting += [inner for each in declared_fields(own).values() for inner in _records(each.declaration)]
    return found


def _records(declaration: Declaration) -> Iterator[type[Record]]:
    kind = declaration.kind
    if isinstance(kind, Nullable | ListOf):
        yield from _records(kind.there if isinstance(kind, Nullable) else kind.entry)
    elif isinstance(kind, type):
        yield kind


def _words(declaration: Declaration) -> tuple[str, ...]:
    kind = declaration.kind
    if isinstance(kind, Nullable | ListOf):
        return _words(kind.there if isinstance(kind, Nullable) else kind.entry)
    return kind.words if isinstance(kind, Choice) else ()


def demanded(kinds: set[type[Record]]) -> set[str]:
    """What a content can say: every field that may be left out, and every word that may be chosen."""
    found = set()
    for kind in kinds:
        for name, own in declared_fields(kind).items():
            place, is_former = f"{owner_of(kind, name)}.{name}", issubclass(kind, Former)
            if not is_former:
                found |= {f"{place}={word}" for word in _words(own.declaration)}
            if not own.required and (not is_former or place in CORRECTED):
                found.add(place)
    return found - LEFT_OUT


def owner_of(kind: type[Record], name: str) -> str:
    """The kind of record that a field comes from: what is said in one that is derived from it, is said of it."""
    bases = (base for base in kind.__mro__[::-1] if issubclass(base, Record) and base is not Record)
    return next(base.__name__ for base in bases if name in base.__struct_fields__)


def said(record: Record) -> Iterator[str]:
    """The same of one record."""
    for name, own in declared_fields(type(record)).items():
        kind, value = owner_of(type(record), name), getattr(record, name)
        yield f"{kind}.{name}={value}"
        if not own.required and value != own.default:
            yield f"{kind}.{name}"


def test_the_example_uses_every_field_and_every_word(
    opened: LoadedContent, units: list[UnitFile], notices: list[NoticeFile]
) -> None:
    assert opened.content is not None
    shared = opened.content
    values = ([file.unit for file in units], [file.notice for file in notices], shared.programmes, shared.glossary)
    found = {each for group in values for value in group for record in records_of(value) for each in said(record)}
    kinds = kinds_in(Unit) | kinds_in(Notice) | kinds_in(Programme) | kinds_in(Term)
    kinds -= {EvidenceBefore, RevisionBefore}
    assert len(kinds) > 20
    assert demanded(kinds) - found == set()


def test_a_field_that_nobody_uses_would_be_missed(units: list[UnitFile]) -> None:
    bare = units[-1].unit
    found = {each for record in records_of(bare) for each in said(record)}
    assert {"Pledge.moved", "Update.state=reopened", "Revision.kind=change"} & (demanded(kinds_in(Unit)) - found)


def test_every_state_and_every_alert_is_there(opened: LoadedContent, units: list[UnitFile]) -> None:
    assert opened.content is not None
    day = opened.content.site.as_of
    public = [as_told(file, day) for file in map(without_drafts, units) if file is not None]
    found = [status(pledge, day, file.notices) for file in public for pledge in file.unit.pledges]
    assert {each.code for each in found} == {*STATES}
    assert {each.alerts for each in found} >= {(), *((alert,) for alert in ALERTS)}
    late = [each for each in found if each.days_late]
    assert {each.in_moved_time for each in late} == {True, False}


def test_everything_happened_that_can(units: list[UnitFile]) -> None:
    public = [(file.unit.pledges, [n for n in file.notices if not n.notice.draft]) for file in units]
    events = {
        event.what for pledges, own in public for pledge in pledges for event in history(pledge, own_of(pledge, own))
    }
    assert {*EVENTS} - events == set()


def own_of(pledge: Pledge, notices: list[NoticeFile]) -> list[NoticeFile]:
    return [file for file in notices if pledge.id in file.notice.pledges]


def test_deadlines_of_every_kind_are_there_and_move_in_every_way(units: list[UnitFile]) -> None:
    pledges = shown(units)
    assert {pledge.deadline.kind for pledge in pledges} == {*choices(DeadlineKind)}
    assert {rhythm_of(pledge) for pledge in pledges} == {"", *RHYTHMS}
    changes = [change for pledge in pledges for change in deadline_changes(pledge)]
    assert {change.moved is None for change in changes} == {True, False}  # granted, and set anew on reopening
    assert any(change.before.kind == "rhythm" and change.to.kind == "date" for change in changes)
    figures = [
        (pledge.target.value, change.to) for pledge in pledges if pledge.target for change in pledge.target_changed
    ]
    assert {now > before for before, now in figures} == {True, False}


def test_periods_were_reported_on_and_missed(opened: LoadedContent, units: list[UnitFile]) -> None:
    assert opened.content is not None
    site = opened.content.site
    for rhythm in ("monthly", "quarterly"):
        own = [pledge for pledge in shown(units) if rhythm_of(pledge) == rhythm]
        records = [each for pledge in own for each in period_records(pledge, site.statements_date, site.as_of)]
        assert {bool(record.updates) for record in records} == {True, False}


def test_notices_end_in_every_way(opened: LoadedContent, notices: list[NoticeFile]) -> None:
    assert opened.content is not None
    found = {notice_state(file.notice, opened.content.site.as_of) for file in notices if not file.notice.withdrawn}
    assert found == {None, *choices(NoticeState)}


def test_numbers_of_the_list_are_many_to_many(units: list[UnitFile]) -> None:
    numbers = [(pledge.id, number) for pledge in shown(units) for number in pledge.numbers]
    of_one = [id for id, _ in numbers]
    assert max(of_one.count(id) for id in of_one) > 1
    assert max([n for _, n in numbers].count(number) for _, number in numbers) > 1


def test_no_two_texts_are_the_same_but_for_a_figure(units: list[UnitFile]) -> None:
    for language in ("zh", "en"):
        told = [update.text[language] for pledge in shown(units) for update in pledge.updates]
        bare = ["".join(c for c in text if not c.isdigit()) for text in [p.text[language] for p in shown(units)]]
        assert len(set(bare)) == len(bare)
        assert len(set(told)) > 0.9 * len(told)


def test_nothing_in_it_leads_anywhere_real() -> None:
    for path in sorted(EXAMPLE.glob("*/*.yaml")):
        for address in [word for word in path.read_text("utf-8").split() if "://" in word]:
            assert address.startswith("https://example.org/linjiang"), (path, address)


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
        assert name in table
        ids = [row["id"] for row in pledges if row["status"] == state]
        for id in ids:
            own = html.fromstring((site / language / "pledges" / f"{id}.html").read_bytes())
            said_there = " ".join(own.xpath("//main")[0].text_content().split())
            assert name.casefold() in said_there.casefold(), id


def test_every_page_says_that_nothing_of_it_is_real(site: Path) -> None:
    for path in sorted(site.rglob("*.html")):
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
    for expected in CHANGED[language]:
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
