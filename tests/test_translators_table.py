"""The table for translators: what is in it, and what comes back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from clerks import Clerk, Said, edit
from offices import converted, needs_libreoffice
from program import ROOT
from reached import at_least_one
from test_languages import dumped, loaded, rewritten
from translators import DRAFT, MISSING, SHEET, STALE, fill, imported, kept, listed, table, told

from gazette.messages.catalogue import languages
from gazette.model.translated.translations import texts_of
from gazette.office.content import open_content
from gazette.office.file_texts import texts_of_file
from gazette.office.translated import parts_of, translations_of

# ── what is in it ────────────────────────────────────────────────────────────


@pytest.mark.parametrize("content", [ROOT / "content", ROOT / "tests" / "site"], ids=["shipped", "invented"])
def test_a_file_has_the_texts_that_its_records_have(content: Path) -> None:
    opened = open_content(content)
    assert len(opened.units) > 3 and not opened.drafts
    for unit in opened.units.values():
        assert unit.file is not None
        records = [(text.key, text.owner, text.loc, text.said) for text in texts_of(unit.id, unit.file.unit)]
        texts = list(texts_of_file(unit))
        assert [(text.key, text.owner, text.loc, text.said) for text in texts] == records
        assert len({text.key for text in texts}) == len(texts) > 5


def test_what_is_stale_is_in_it_with_what_it_is_part_of(agency: Clerk, capsys: Said) -> None:
    sheets = table(agency).sheets()
    assert list(sheets) == ["How to fill in", SHEET]
    keys, heads, *rows = sheets[SHEET]
    assert [key.rpartition("/")[2] for key in keys[4:]] == ["source", "present", "new", "right", "note", "key"]
    assert heads[4:7] == ["Source (中文)", "Translation now (English)", "New translation (English)"]
    now = ["已开工6座。", "Work has begun on five.", "", "", "", STALE]
    assert rows == [["Zhiyuan", "zhiyuan-1", "Updates 1: Text", "source changed", *now]]
    assert "(texts: 1; files: 1)" in capsys.readouterr().out


def test_with_all_it_has_everything_and_reads_back_without_a_change(agency: Clerk) -> None:
    for language in at_least_one(languages()):
        rows = table(agency, "--all", language=language).sheets()[SHEET]
        content = open_content(agency.content)
        texts = sum(len(list(texts_of_file(unit))) for unit in content.units.values())
        others = [each for part in parts_of(content) if part.unit is None for each in translations_of(content, part)]
        assert len(rows) == 2 + texts + len(others) > 200 and len(others) > 50
        first = agency.book.read_bytes()
        assert table(agency, "--all", language=language).book.read_bytes() == first
        assert imported(agency) == []
    assert {row[-1].partition(" ")[0] for row in table(agency, "--all", "--unit", "yinghuo").sheets()[SHEET][2:]} == {
        "yinghuo"
    }


def test_where_nothing_is_to_be_done_there_is_no_table(agency: Clerk, capsys: Said) -> None:
    assert agency.run("translations", "--reviewed", "zhiyuan-1") == 0
    assert agency.run("translations", "table", str(agency.book)) == 0
    assert "no table was written" in capsys.readouterr().out and not agency.book.exists()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["table"], "the command translations does not know “table”"),
        (["tabel", "a.xlsx"], "does not know “tabel a.xlsx”"),
        (["table", "a.xls"], "does not know “table a.xls”"),
        (["table", "content/a.xlsx"], "cannot lie in the content folder"),
        (["table", "nowhere/a.xlsx"], "does not exist"),
        (["table", "a.xlsx", "--unit", "zhiyan"], "Did you mean “zhiyuan”"),
        (["table", "a.xlsx", "--reviewed", "zhiyuan-1"], "--reviewed is used alone"),
        (["reviewed"], "or “translations reviewed ID” to mark"),
        (["reviewed", "zhiyuan-1", "--unit", "zhiyuan"], "--reviewed is used alone"),
        (["--all"], "--all is only for the table"),
    ],
)
def test_wrong_use(
    arguments: list[str], expected: str, agency: Clerk, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.chdir(agency.folder)
    assert agency.run("translations", *arguments) == 2
    assert expected in capsys.readouterr().err
    assert {path.name for path in agency.folder.iterdir()} == {"content"}


def test_no_file_is_overwritten(agency: Clerk, capsys: Said) -> None:
    agency.book.write_bytes(b"somebody's work")
    assert agency.run("translations", "table", str(agency.book)) == 1
    assert "exists already" in capsys.readouterr().err and agency.book.read_bytes() == b"somebody's work"


# ── what comes back ──────────────────────────────────────────────────────────


def test_one_new_translation_is_one_changed_line_and_settled(agency: Clerk, capsys: Said) -> None:
    fill(table(agency), STALE, new="Work has begun on six.", note="Which six?")
    capsys.readouterr()
    assert imported(agency) == [
        "-        text: {zh: 已开工6座。, en: Work has begun on five.}",
        "+        text: {zh: 已开工6座。, en: Work has begun on six.}",
    ]
    said = capsys.readouterr().out.splitlines()
    assert said[:2] == [
        "zhiyuan-1 Zhiyuan District: note on Updates 1: Text (English): Which six?",
        "zhiyuan-1 Zhiyuan District: Updates 1: Text (English) "
        "from “Work has begun on five.” to “Work has begun on six.”",
    ]
    assert listed(agency) == ["No translation is out of date."]
    edit(agency, "已开工6座。", "已开工7座。", "zhiyuan.yaml")
    assert "zhiyuan: 1" in listed(agency)  # the pair that came back is known as right


@pytest.mark.parametrize("cells", [{"right": "yes"}, {"right": "是"}, {"new": "Work has begun on five."}])
def test_a_translation_that_still_fits_is_marked_and_no_file_changes(
    cells: dict[str, str], agency: Clerk, capsys: Said
) -> None:
    fill(table(agency), STALE, **cells)
    capsys.readouterr()
    assert imported(agency) == []
    said = capsys.readouterr().out
    assert "Updates 1: Text (English) is right as it is" in said and "1 change, in 1 file." in said
    assert listed(agency) == ["No translation is out of date."]


def test_what_a_draft_lacks_is_listed_and_filled_in(agency: Clerk) -> None:
    file = agency.content / "districts" / "yunzhou.yaml"
    file.write_text(DRAFT, "utf-8")
    lines = listed(agency)
    assert f"{file}:3:8: yunzhou.short (en): not translated yet." in lines and "yunzhou: 6" in lines
    rows = table(agency, "--unit", "yunzhou").sheets()[SHEET]
    assert [row[-1] for row in rows[2:]] == [f"yunzhou {name}" for name in MISSING]
    for name, words in MISSING.items():
        fill(agency, f"yunzhou {name}", new=words.replace("\n\n", "\n"))
    assert imported(agency) == [
        "-short: {zh: 云州}",
        "+short: {zh: 云州, en: Yunzhou}",
        "-  en:",
        "+  en: |",
        "+    One.",
        "+",
        "+    See the [lantern](term:denglong).",
        '+      en: "Build: a bridge"',
        "-      en: # to come",
        '+      en: "The district builds a bridge." # to come',
        "-      - {date: 2031-05-01, text: {zh: 已开工。, en: }}",
        "-      - {date: 2031-05-01, text: {zh: 已停工。}}",
        "+      - {date: 2031-05-01, text: {zh: 已开工。, en: Begun.}}",
        "+      - {date: 2031-05-01, text: {zh: 已停工。, en: Stopped.}}",
    ]
    assert not any("yunzhou" in line for line in listed(agency))


@pytest.mark.long
@needs_libreoffice
@pytest.mark.parametrize("kind", ["ods", "xls", "csv"])
def test_a_table_that_libreoffice_saved(kind: str, agency: Clerk, tmp_path: Path) -> None:
    """Written in with another program: as a flat document first, then as this kind of file."""
    flat = converted(table(agency).book, "fods", tmp_path)
    text = flat.read_text("utf-8")
    empty = text.index("<table:table-cell/>", text.index(">Work has begun on five.<"))
    words = '<table:table-cell agency:value-type="string"><text:p>Begun: six, “all”.</text:p></table:table-cell>'
    flat.write_text(text[:empty] + words + text[empty + len("<table:table-cell/>") :], "utf-8")
    if kind == "csv":
        book = converted(flat, "xlsx", tmp_path)
        kind_of = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2"
        agency.book = converted(book, kind_of, tmp_path)
    else:
        agency.book = converted(flat, kind, tmp_path)
    assert imported(agency) == [
        "-        text: {zh: 已开工6座。, en: Work has begun on five.}",
        '+        text: {zh: 已开工6座。, en: "Begun: six, “all”."}',
    ]
    assert listed(agency) == ["No translation is out of date."]


# ── who else writes ──────────────────────────────────────────────────────────


def test_a_source_that_changed_meanwhile_is_told(agency: Clerk, capsys: Said) -> None:
    for cells in ({"new": "Work has begun on six."}, {"right": "yes"}):
        fill(table(agency), STALE, **cells)
        edit(agency, "已开工6座。", "已开工9座。", "zhiyuan.yaml")
        (line,) = told(agency, capsys)
        place = "G3" if "new" in cells else "H3"
        assert line.startswith(f"[{SHEET}] {place}: the source has changed") and "now says: “已开工9座。”" in line
        edit(agency, "已开工9座。", "已开工6座。", "zhiyuan.yaml")


def test_a_translation_that_somebody_else_changed_is_told(agency: Clerk, capsys: Said) -> None:
    fill(table(agency), STALE, new="Work has begun on six.")
    edit(agency, "en: Work has begun on five.", "en: Six are begun.", "zhiyuan.yaml")
    (line,) = told(agency, capsys)
    assert line.startswith(f"[{SHEET}] G3: somebody else has changed") and "“Six are begun.”" in line


def test_a_table_that_was_read_does_not_settle_what_changed_later(agency: Clerk) -> None:
    fill(table(agency), STALE, new="Work has begun on six.")
    imported(agency)
    edit(agency, "已开工6座。", "已开工9座。", "zhiyuan.yaml")
    before = kept(agency)
    assert agency.run("import", str(agency.book), "--yes") == 0
    assert kept(agency) == before and "zhiyuan: 1" in listed(agency)


def test_where_entries_moved_a_translation_finds_its_text(agency: Clerk) -> None:
    fill(table(agency), STALE, new="Work has begun on six.")
    edit(agency, "    updates:\n      - date: 2031-03-01\n", EARLIER, "zhiyuan.yaml")
    assert [line for line in imported(agency) if line[0] == "+"] == [
        "+        text: {zh: 已开工6座。, en: Work has begun on six.}"
    ]


EARLIER = """\
    updates:
      - date: 2031-02-01
        state: under-way
        text: {zh: 选了址。, en: The sites are chosen.}
      - date: 2031-03-01
"""


# ── languages ────────────────────────────────────────────────────────────────


def test_each_language_has_a_sheet_of_its_own(clerk: Clerk) -> None:
    """A third one, whose name no sheet can have."""
    shutil.rmtree(clerk.content)
    rewritten(clerk.content, lambda text: {**text, "fr": text["en"]})
    settings = clerk.content / "site.yaml"
    content = loaded(settings)
    third = {"code": "fr", "tag": "fr", "locale": "fr_FR", "script": "Latn", "name": "Français: France/Belgique"}
    content["languages"].append(third)
    dumped(settings, content)
    for path in clerk.content.rglob("*.en.md"):
        shutil.copy(path, path.with_name(path.name.replace(".en.", ".fr.")))
    assert clerk.run("register", "--at", "2031-10-01") == 0
    shutil.rmtree(clerk.content / "register")
    edit(clerk, "zh: 清了一半。", "zh: 清了三分之一。", "zhiyuan.yaml")
    edit(clerk, "zh: 没有写种多少。\n    en: It", "zh: 没有写明种多少。\n    en: The pledge", "zhiyuan.yaml")
    sheets = table(clerk).sheets()
    assert [(name, len(rows) - 2) for name, rows in sheets.items()][1:] == [(SHEET, 1), ("zh → fr", 2)]
    half = sheets[SHEET][2][-1]
    fill(clerk, half, new="A third is cleared.")
    fill(clerk, half, "zh → fr", new="Un tiers est nettoyé.")
    fill(clerk, next(row[-1] for row in sheets["zh → fr"] if row[-1].endswith(".why")), "zh → fr", right="yes")
    assert [line.strip("+ ") for line in imported(clerk) if line[0] == "+"] == [
        "en: A third is cleared.",
        "fr: Un tiers est nettoyé.",
    ]
    assert listed(clerk) == ["No translation is out of date."]
