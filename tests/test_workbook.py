"""The workbook of a content folder: what is in it, what may be written, and that it reads back as it was."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from clerks import Clerk, columns
from program import ROOT
from reached import at_least_one

from gazette.messages.catalogue import catalogue, languages
from gazette.model.forms.declared import Declaration, ListOf, Nullable, declared, declared_fields
from gazette.model.forms.fields import FieldType
from gazette.model.forms.record import choices
from gazette.model.records.columns import ID, NUMBER, STATE, Column, column, steps_before, tables
from gazette.model.records.columns import columns as columns_of
from gazette.model.records.notices import Notice
from gazette.model.records.shared import Programme, Term, Theme
from gazette.model.records.site import Site
from gazette.model.records.tables import TableRows
from gazette.model.records.units import Pledge, Unit, Update
from gazette.office.cells import shown, value_of
from gazette.office.content import open_content

BOTH = ("zh", "en")


# ── columns ──────────────────────────────────────────────────────────────────


def test_every_field_of_a_record_is_a_column_or_a_table() -> None:
    names = {each.path[0] for each in columns_of(Pledge, BOTH, {})} | set(tables()) | {ID}
    assert names == {*Pledge.__struct_fields__, "pledges"} - {"original"}  # for those who restate it alone
    assert {each.path[0] for each in columns_of(Update, BOTH, {"evidence": 1})} == set(Update.__struct_fields__)


def test_the_tables_are_those_that_may_be_described() -> None:
    assert set(choices(TableRows)) == set(tables())


def test_a_column_is_found_by_its_key_and_by_no_other() -> None:
    for kind in at_least_one(tables().values()):
        for each in at_least_one(columns_of(kind, BOTH, {"evidence": 3})):
            assert column(kind, each.key, BOTH) == each
    for key in (
        "",
        "text",
        "text.fr",
        "evidence",
        "evidence.0.url",
        "evidence.21.url",
        "evidence.x.url",
        "updates",
        "id",
    ):
        assert column(Pledge, key, BOTH) is None and column(Update, key, BOTH) is None


def test_a_new_key_stands_where_the_record_has_it() -> None:
    assert steps_before(Update, ("evidence", 0, "url"), BOTH) == ("title",)
    assert steps_before(Update, ("text", "en"), BOTH) == ("zh",)
    assert steps_before(Update, ("reached", "unit"), BOTH) == ("value", "of")


@pytest.mark.parametrize("language", languages())
def test_every_column_has_a_label(language: str) -> None:
    told = catalogue(language).columns
    names = {
        name for kind in tables().values() for each in columns_of(kind, BOTH, {"evidence": 1}) for name in each.fields
    }
    names |= {f"{field}.title" for field in ("signed_by", "heads")}
    names |= {name for record in (Unit, Notice, Site, Theme, Programme, Term) for name in texts(declared(record))}
    assert {*names, ID, NUMBER, STATE, *PLACES} == set(told)


PLACES = ("description", "bulletin", "sections.heading", "notices.body")
"""What a table for translators calls otherwise than a field: the head of an article, a group of settings, and what is
called one thing here and another there."""


def texts(declaration: Declaration) -> set[str]:
    """The fields on the way to the texts of a unit that is no table of its own."""
    match declaration.kind:
        case Nullable(there=inner) | ListOf(entry=inner):
            return texts(inner)
        case FieldType(schema=schema):
            return {""} if schema.get("type") == "object" else set()
        case type() as record:
            inside = {name: texts(each.declaration) for name, each in declared_fields(record).items()}
            return {each for name, own in inside.items() if own and name not in tables() for each in (name, *own)} - {
                ""
            }
    return set()


# ── cells ────────────────────────────────────────────────────────────────────


def test_a_choice_and_a_flag_read_back_in_every_language() -> None:
    of = [each for kind in tables().values() for each in columns_of(kind, BOTH, {}) if each.form in ("choice", "flag")]
    assert of
    for each in of:
        for word in each.words or ("yes", "no"):
            for language in languages():
                assert value_of(each, shown(each, word, catalogue(language))) == word
                meaning = catalogue(language).choices.get(word) if each.words else None
                assert meaning is None or value_of(each, meaning) == word


@pytest.mark.parametrize(
    ("form", "cell", "value"),
    [
        ("line", 12.0, "12"),
        ("line", 1.5, "1.5"),
        ("line", "1.50", "1.50"),
        ("line", 0.1, "0.1"),
        ("line", True, "yes"),
        ("line", " a\nb ", "a b"),
        ("line", None, ""),
        ("text", "一。\n二。\r\n\r\n\n三。 ", "一。\n\n二。\n\n三。"),
        ("text", "=1+1", "=1+1"),
        ("text", "e\u0301\ta", "é a"),
        ("date", "2018/6/3", "2018-06-03"),
        ("date", "2018年6月30日", "2018-06-30"),
        ("date", "２０１８－０６－３０", "2018-06-30"),
        ("date", "30.6.2018", "30.6.2018"),
        ("deadline", 2018.0, "2018"),
        ("deadline", "2018年6月", "2018-06"),
        ("deadline", "2018/2020", "2018/2020"),
        ("deadline", "monthly", "monthly"),
        ("words", "air，water、 soil; x", ("air", "water", "soil", "x")),
        ("words", "air（空气，大气）, water (Water)", ("air", "water")),
        ("words", 3.0, ("3",)),
        ("flag", "是", "yes"),
        ("flag", "False", "no"),
        ("flag", "maybe", "maybe"),
    ],
)
def test_a_cell_is_read_as_content_writes_it(form: str, cell: object, value: object) -> None:
    assert value_of(Column(("x",), form), cell) == value  # type: ignore[arg-type]


# ── the workbook ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize("content", [ROOT / "content", None], ids=["shipped", "invented"])
@pytest.mark.parametrize("language", languages())
def test_a_workbook_reads_back_without_a_change(
    content: Path | None, language: str, clerk: Clerk, capsys: pytest.CaptureFixture[str]
) -> None:
    clerk.content = content or clerk.content
    before = clerk.files()
    clerk.write(language=language)
    first = clerk.book.read_bytes()
    assert clerk.run("import", str(clerk.book), language=language) == 0
    assert catalogue(language).office["nothing"] in capsys.readouterr().out
    assert clerk.files() == before
    clerk.book.unlink()
    assert clerk.write(language=language).book.read_bytes() == first


def test_what_is_locked_what_is_hidden_and_what_is_offered(clerk: Clerk) -> None:
    clerk.write()
    with zipfile.ZipFile(clerk.book) as book:
        names = re.findall(r'<sheet name="(.*?)"', book.read("xl/workbook.xml").decode())
        sheets = {name: book.read(f"xl/worksheets/sheet{n}.xml").decode() for n, name in enumerate(names, 1)}
        styles = book.read("xl/styles.xml").decode()
    lists = ["Joint units", "Figures changed", "Deadlines changed", "Assignments", "Editors' notes"]
    lists += ["Corrections and changes"]
    assert names == ["How to fill in", "Pledges", "Updates", *lists, "Choices"]
    for name in ("Pledges", "Updates"):
        text = sheets[name]
        assert "<sheetProtection " in text and 'ySplit="2"' in text and "<autoFilter " in text
        assert re.search(r'<row r="1"[^>]* hidden="1"', text)
        assert "<f>" not in text
    cells = re.findall(r"<xf [^>]*?(?:/>|>.*?</xf>)", styles.partition("<cellXfs")[2].partition("</cellXfs")[0])
    free = {str(number) for number, each in enumerate(cells) if 'locked="0"' in each}
    style = dict(re.findall(r'<c r="([A-Z]+3)" s="(\d+)"', sheets["Pledges"]))
    assert style["A3"] not in free and style["C3"] in free
    lists = re.findall(r'<dataValidation type="list"[^>]*sqref="(\w+):', sheets["Updates"])
    assert len(lists) >= 5  # the pledge of a new row, the state, the result, yes or no


def test_each_table_offers_its_own_words(clerk: Clerk) -> None:
    offered = [[str(cell) for cell in column] for column in zip(*clerk.write().sheets()["Choices"], strict=True)]
    for words in (("doubtful", "remark"), ("correction", "change")):
        assert any(each[1:3] == list(words) for each in offered), offered


def test_some_units_alone(clerk: Clerk) -> None:
    clerk.write("--unit", "dengmi")
    rows = clerk.sheets()["Pledges"]
    assert {row[0].rpartition("-")[0] for row in rows[2:]} == {"dengmi"}


def test_text_stays_text(clerk: Clerk) -> None:
    unit = clerk.content / "districts" / "zhiyuan.yaml"
    title = '\n    title: {zh: "=1+1是多少", en: "=HYPERLINK(0)"}'
    unit.write_text(re.sub("\n    title: {zh: .*", title, unit.read_text("utf-8"), count=1), "utf-8")
    rows = clerk.write().sheets()["Pledges"]
    assert rows[2][columns(rows)["title.en"]] == "=HYPERLINK(0)"
    assert clerk.run("import", str(clerk.book)) == 0


# ── what is refused ──────────────────────────────────────────────────────────


def test_no_file_is_overwritten(clerk: Clerk, capsys: pytest.CaptureFixture[str]) -> None:
    clerk.book.write_bytes(b"somebody's work")
    assert clerk.run("workbook", str(clerk.book)) == 1
    assert "exists already" in capsys.readouterr().err and clerk.book.read_bytes() == b"somebody's work"
    assert {path.name for path in clerk.folder.iterdir()} == {"book.xlsx", "content"}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["workbook"], "name of the new workbook"),
        (["workbook", "a.xls"], "does not end in .xlsx"),
        (["workbook", "nowhere/a.xlsx"], "does not exist"),
        (["workbook", "content/a.xlsx"], "cannot lie in the content folder"),
        (["workbook", "a.xlsx", "--unit", "dengmo"], "Did you mean “dengmi”"),
        (["import"], "the table to read is missing"),
        (["import", "a.xlsx"], "there is no file"),
    ],
)
def test_wrong_use(
    arguments: list[str], told: str, clerk: Clerk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(clerk.folder)
    assert clerk.run(*arguments) == 2
    assert told in capsys.readouterr().err
    assert {path.name for path in clerk.folder.iterdir()} == {"content"}


def test_wrong_content_makes_no_workbook(clerk: Clerk, capsys: pytest.CaptureFixture[str]) -> None:
    unit = clerk.content / "districts" / "zhiyuan.yaml"
    unit.write_text(unit.read_text("utf-8").replace("kind: district", "kind: town"), "utf-8")
    assert clerk.run("workbook", str(clerk.book)) == 1
    assert "zhiyuan.yaml:" in capsys.readouterr().err and not clerk.book.exists()


def test_the_units_come_in_their_order(clerk: Clerk) -> None:
    units = list(open_content(clerk.content).units.values())
    assert [unit.order for unit in units] == sorted(unit.order for unit in units)
