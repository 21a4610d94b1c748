"""Drafts from a statement: units, signatures and items are found, and no character is lost. The city is invented."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazette.messages.problems import FileProblems
from gazette.office.statements.statement import Statement, split
from gazette.office.statements.statement_file import read_statement
from gazette.office.statements.statement_heads import signatories_in
from gazette.office.statements.statement_items import find_items, label, value_of
from gazette.office.statements.statement_text import size

NOWHERE = Path(__file__).parent / "statements" / "nowhere.txt"


def statement(text: str) -> Statement:
    return split("s.txt", read_statement("s.txt", text.encode()))


def kept(found: Statement) -> int:
    return sum(size(line.text) for line in (*found.title, *found.strays)) + sum(unit.size for unit in found.units)


# ── what is found ────────────────────────────────────────────────────────────

UNITS = {
    "灯笼高新技术开发区": ("zone", [("管委会(灯笼区)主任(区长)", "甲某")], ["", ""]),
    "云州区": ("district", [("人民政府区长", "乙某")], ["一", "二", "三"]),
    "纸船湖生态旅游风景区": (
        "zone",
        [("管委会主任", "丙某"), ("管委会常务副主任（主持工作）", "丁某某")],
        ["一（一）", "一（二）-1", "一（二）-2", "二", "三"],
    ),
    "谜语化工区": ("zone", [("管委会副主任", "戊某、己某")], ["1", "2", "3"]),
    "风筝县": ("district", [("人民政府县长", "庚某")], ["一", "二", "四"]),
    "铃铛区": ("district", [("铃铛区人民政府区长", "辛某")], ["一", "二", "三"]),
    "回声街道": ("district", [("街道办事处主任", "壬某")], ["①", "②"]),
}


def test_units_signatures_and_items_are_found_as_they_are_printed() -> None:
    found = statement(NOWHERE.read_text("utf-8"))
    assert [line.text for line in found.title] == ["虚城表态专版（虚构，仅供测试）", "各区各园承诺", "把灯都点亮"]
    assert found.strays == ()
    told = {
        unit.name: (
            unit.kind,
            [(each.title, each.name) for each in unit.signatories],
            [item.label for item in unit.items],
        )
        for unit in found.units
    }
    assert told == UNITS
    assert kept(found) == size(NOWHERE.read_text("utf-8"))


def test_headings_go_with_the_first_of_their_items_and_other_words_with_the_unit() -> None:
    units = {unit.name: unit for unit in statement(NOWHERE.read_text("utf-8")).units}
    lake = units["纸船湖生态旅游风景区"]
    assert lake.items[0].wording == ("一、清理湖面", "（一）打捞纸船。每季度打捞一次。")
    assert lake.items[1].wording == ("（二）打捞落叶，做到：", "1.不留死角；")
    assert units["风筝县"].items[1].wording == ("第二，查风。", "区气象站每天报一次风。")
    assert units["云州区"].rest == ("云州区", "人民政府区长　乙　某", "云州区", "云州区将继续努力，让大家走得放心。")
    assert units["回声街道"].rest[-1] == "（来源：虚城日报，虚构）"


def test_what_is_doubtful_is_told_with_its_line() -> None:
    text = NOWHERE.read_text("utf-8")
    lines = text.split("\n")
    told = {(problem.code, lines[problem.line - 1][:3]) for problem in statement(text).told}
    assert told == {("statement_number_slip", "第四，")}
    torn = (
        text.replace("人民政府区长　乙　某\n", "")
        .replace("一、清理湖面\n", "二、清理湖面\n")
        .replace("①喊一声", "喊一声")
    )
    found = statement(torn + "\n纸船区区长 癸某\n")
    assert kept(found) == size(torn) + 7
    assert {("statement_unsigned", "云州区"), ("statement_number", "二")} <= {
        (each.code, dict(each.values)["found"]) for each in found.told
    }


SIGNED = {
    "区长 甲某": [("区长", "甲某")],
    "区长甲某": [("区长", "甲某")],
    "甲某　区长": [("区长", "甲某")],
    "区　长　甲　某": [("区长", "甲某")],
    "党工委书记、管委会主任 甲某某": [("党工委书记、管委会主任", "甲某某")],
    "主任 甲某 副主任 乙某": [("主任", "甲某"), ("副主任", "乙某")],
    "主任：甲某，副主任：乙某": [("主任", "甲某"), ("副主任", "乙某")],
    "承诺人：代区长 甲某": [("代区长", "甲某")],
    "董事长 古丽·某某": [("董事长", "古丽·某某")],
    "区长负责落实。": [],
    "坚持区长负责制，压实责任": [],
    "一是由区长负责": [],
}


@pytest.mark.parametrize("line", SIGNED)
def test_signatures(line: str) -> None:
    assert [(each.title, each.name) for each in signatories_in(line)] == SIGNED[line]


ITEMS = {
    "一是甲。二是乙。三是丙。": ["一", "二", "三"],
    "下一步一是甲，二是乙": ["一", "二"],
    "一要甲；二要乙。": ["一", "二"],
    "一、甲。二、乙。": ["一", "二"],
    "１．甲。２．乙。": ["１", "２"],
    "（1）甲；（2）乙。": ["1", "2"],
    "1）甲；2）乙。": ["1", "2"],
    "①甲②乙": ["①", "②"],
    "第一，甲。第二，乙。": ["一", "二"],
    "十是甲。": [],
    "推进一、二、三产业融合。": [],
    "其中之一是甲，唯一是乙，二是丙。": [],
    "长1.5公里，宽2.5米。": [],
    "2017年以前。": [],
    "一是甲。": [],
    "一是甲（1）乙；（2）丙。二是丁。": ["一", "二"],
    "一是甲：（1）乙；（2）丙。二是丁。": ["一（1）", "一（2）", "二"],
    "一是甲。三是乙。四是丙。": ["一", "三", "四"],
    "九是空。一是甲。二是乙。": ["一", "二"],
}


@pytest.mark.parametrize("text", ITEMS)
def test_items(text: str) -> None:
    marks, _ = find_items([text])
    leaves = [
        mark
        for mark, after in zip(marks, [*marks[1:], None], strict=False)
        if after is None or len(after.path) <= len(mark.path)
    ]
    assert [label(mark.path) for mark in leaves] == ITEMS[text]


@pytest.mark.parametrize(
    ("printed", "value"),
    [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("二十三", 23), ("⑳", 20), ("１２", 12), ("一二", 0)],
)
def test_what_numbers_are_worth(printed: str, value: int) -> None:
    assert value_of(printed) == value


def test_a_line_that_was_broken_because_it_was_full_goes_on() -> None:
    found = statement("云州区\n区长 甲某\n　　一是修好东边的\n桥。二是修好西\n边的桥。\n　　三是不修。\n")
    assert [item.wording for item in found.units[0].items] == [
        ("一是修好东边的桥。",),
        ("二是修好西边的桥。",),
        ("三是不修。",),
    ]
    assert kept(found) == len("云州区区长甲某一是修好东边的桥。二是修好西边的桥。三是不修。")


PIECES = st.sampled_from(
    [
        "云州区",
        "区长 甲某",
        "管委会主任 乙某",
        "一是",
        "二是",
        "三是",
        "一、",
        "二、",
        "（一）",
        "（二）",
        "1.",
        "2.",
        "①",
        "②",
        "修桥",
        "，",
        "。",
        "；",
        "\n",
        "\n\n",
        "　　",
        " ",
        "第一，",
        "第二，",
        "风筝开发区",
        "x",
        ":",
        "#",
        "'",
        '"',
        "\\",
        "- ",
        "\t",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_no_character_is_lost_and_drafts_can_be_read(text: str) -> None:
    from gazette.office.statements.draft_files import draft_of
    from gazette.reading.yaml.parser import compose

    source = "云州区\n区长 甲某\n" + text
    found = statement(source)
    assert kept(found) == size(source)
    for unit in found.units:
        node = compose("u.yaml", draft_of(unit, "u", 1, ("zh", "en"), "zh")).data()
        assert size(node["original"]) == sum(map(size, unit.rest))
        for item, pledge in zip(unit.items, node["pledges"], strict=True):
            assert size(pledge["original"]) == sum(map(size, item.wording))


# ── how files are read ───────────────────────────────────────────────────────


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_texts_of_office_programs_are_read(encoding: str) -> None:
    text = NOWHERE.read_text("utf-8").replace("\n", "\r\n")
    assert read_statement("s.txt", text.encode(encoding)).lines == read_statement("s.txt", NOWHERE.read_bytes()).lines


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("云州区".encode("utf-16"), "file_encoding_guess"),
        ("云州區\n區長 甲某".encode("big5") * 9, "file_encoding_guess"),
        (b"\xff\xfe\xfa\x81", "file_encoding_guess"),
        (b"%PDF-1.7", "file_not_text"),
        (b" \n ", "file_empty"),
        (b"PK\x03\x04nothing", "statement_docx"),
    ],
)
def test_what_is_no_text_is_told(data: bytes, code: str) -> None:
    with pytest.raises(FileProblems) as told:
        read_statement("s.txt", data)
    assert told.value.problems[0].code == code


def test_characters_that_no_file_may_hold_are_left_out_or_marked_and_told() -> None:
    source = read_statement("s.txt", "云\u200b州区\f区长 甲\ue123某\u2028一是\x07修桥。".encode())
    assert [(line.number, line.text) for line in source.lines] == [(1, "云州区"), (1, "区长 甲〓某"), (1, "一是修桥。")]
    assert [(each.code, dict(each.values)["found"]) for each in source.told] == [
        ("statement_unseen", "U+200B"),
        ("statement_lost", "U+E123"),
        ("statement_unseen", "U+0007"),
    ]


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(*paragraphs: str) -> bytes:
    """A Word file; a paragraph that begins with # is numbered by Word, one with + was inserted and one with - deleted
    under tracked changes."""
    numbered = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    body = ""
    for text in paragraphs:
        run_ = f"<w:r><w:t>{text.lstrip('#+-')}</w:t></w:r>"
        run_ = f'<w:ins w:id="1" w:author="x">{run_}</w:ins>' if text[0] == "+" else run_
        run_ = f'<w:del w:id="2" w:author="x">{run_.replace("w:t>", "w:delText>")}</w:del>' if text[0] == "-" else run_
        body += f"<w:p>{numbered if text[0] == '#' else ''}{run_}</w:p>"
    kinds = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kinds}.document.main+xml"/>'
        f'<Override PartName="/word/numbering.xml" ContentType="{kinds}.numbering+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{relations}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="r2" Type="{relations}/numbering" Target="numbering.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        "word/numbering.xml": f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
        '<w:numFmt w:val="decimal"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        "</w:numbering>",
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return made.getvalue()


def test_a_word_file_is_read_with_its_changes_and_the_numbers_that_it_only_shows() -> None:
    source = read_statement("s.docx", word("云州区", "区长 甲某", "#修桥。", "#铺路。", "+销号一件。", "-不算。"))
    found = split("s.docx", source)
    assert [item.wording for item in found.units[0].items] == [("1.修桥。",), ("2.铺路。",)]
    assert found.units[0].rest == ("云州区", "区长 甲某", "销号一件。")
    assert [(each.code, each.line) for each in found.told] == [("statement_counted", 3), ("statement_changes", 1)]
