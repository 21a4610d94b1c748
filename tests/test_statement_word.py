"""Word files as Word, WPS and LibreOffice write them: no sentence is lost unless it is told."""

from __future__ import annotations

import io
import zipfile

import pytest
from test_statement import W

from gazette.messages.problems import FileProblems
from gazette.office.statements.statement import split
from gazette.office.statements.statement_file import read_statement
from gazette.office.statements.statement_text import SourceText
from gazette.office.statements.word_numbers import written

SPACES = {
    "w": W,
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}
KINDS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = "<w:p><w:r><w:t>云州区</w:t></w:r></w:p><w:p><w:r><w:t>区长 甲某</w:t></w:r></w:p>"


def level(depth: int, form: str, text: str, more: str = "") -> str:
    form = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
    return f'<w:lvl w:ilvl="{depth}">{form}<w:lvlText w:val="{text}"/></w:lvl>'


LISTS = (
    f'<w:abstractNum w:abstractNumId="0">{level(0, "chineseCountingThousand", "%1、")}{level(1, "decimal", "%2.")}'
    f"{level(2, 'decimal', '%1.%3', '<w:isLgl/>')}{level(3, 'bullet', '•')}</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="1"/>'
    "</w:lvlOverride></w:num>"
)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="own"><w:basedOn w:val="base"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="base"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
    "</w:pPr></w:style>"
)


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inner: str, of_list: str = "") -> str:
    """A paragraph; `of_list` is `list/level`, or a style."""
    inner = inner if inner.startswith("<") else run(inner)
    if "/" in of_list:
        id, depth = of_list.split("/")
        inner = f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{id}"/></w:numPr></w:pPr>{inner}'
    elif of_list:
        inner = f'<w:pPr><w:pStyle w:val="{of_list}"/></w:pPr>{inner}'
    return f"<w:p>{inner}</w:p>"


def word(body: str, **parts: str) -> SourceText:
    """What is read of a Word file with such a body and other parts."""
    spaces = " ".join(f'xmlns:{name}="{space}"' for name, space in SPACES.items())
    xml = {"numbering": LISTS, "styles": STYLES} | parts
    roots = {"footnotes": "footnotes", "comments": "comments", "header1": "hdr"}
    files = {
        f"word/{name}.xml": f"<w:{(r := roots.get(name, name))} {spaces}>{text}</w:{r}>" for name, text in xml.items()
    }
    files["word/document.xml"] = f"<w:document {spaces}><w:body>{body}</w:body></w:document>"
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{KINDS}.x+xml"/>' for name in files)
    files["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>'
    )
    files["_rels/.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{RELATED}/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return read_statement("s.docx", made.getvalue())


def lines(source: SourceText) -> list[str]:
    return [line.text for line in source.lines]


def told(source: SourceText) -> list[tuple[str, int, str]]:
    return [(each.code, each.line, dict(each.values).get("found", "")) for each in source.told]


def test_automatic_numbers_are_those_that_word_shows() -> None:
    """Lists go on behind a paragraph without a number, levels begin anew, a style may number."""
    source = word(
        HEAD
        + paragraph("治水。", "1/0")
        + paragraph("2041年底前修泵站。", "own")
        + paragraph("不编号的一段。")
        + paragraph("100座公厕改造完。", "1/1")
        + paragraph("治气。", "1/0")
        + paragraph("停用锅炉。", "2/1")
        + paragraph("分项。", "1/2")
        + paragraph("圆点。", "1/3")
    )
    assert lines(source)[2:] == [
        "一、治水。",
        "1. 2041年底前修泵站。",
        "不编号的一段。",
        "2. 100座公厕改造完。",
        "二、治气。",
        "1.停用锅炉。",
        "2.1分项。",
        "圆点。",
    ]
    assert told(source) == [("statement_counted", 3, "")]


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [
        (21, "chineseCounting", "二十一"),
        (10, "japaneseCounting", "十"),
        (105, "chineseCountingThousand", "一百零五"),
        (20, "ideographDigital", "二〇"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (2, "upperLetter", "B"),
        (14, "lowerRoman", "xiv"),
        (7, "decimalZero", "07"),
        (7, "somethingElse", "7"),
    ],
)
def test_the_forms_of_numbers(number: int, form: str, shown: str) -> None:
    assert written(number, form) == shown


def test_a_number_right_before_a_year_begins_an_item() -> None:
    """And one with its decimals does not."""
    text = "云州区\n区长 甲某\n1.2041年底前修泵站。\n2.２０４２年修闸。\n3.5月底前清河。\n"
    for source in (read_statement("s.txt", text.encode()), word("".join(map(paragraph, text.split("\n"))))):
        assert [item.label for item in split("s", source).units[0].items] == ["1", "2", "3"]
    text = "云州区\n区长 甲某\n1.5公里河道清淤。\n2.5公里截污管。\n"
    assert [item.label for item in split("s", read_statement("s.txt", text.encode())).units[0].items] == ["", ""]


BOX = "<w:txbxContent>{}</w:txbxContent>"
DRAWN = (
    f"<w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>{BOX}</wps:txbx></wps:wsp></a:graphicData>"
    "</a:graphic></wp:anchor></w:drawing>"
)
FALLBACK = f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>"


def test_text_boxes_are_read_once_whoever_wrote_them() -> None:
    boxed = paragraph("框内的承诺。")
    ways = f"<mc:Choice Requires='wps'>{DRAWN}</mc:Choice><mc:Fallback>{FALLBACK}</mc:Fallback>"
    twice = f"<mc:AlternateContent>{ways}</mc:AlternateContent>".format(boxed, boxed)
    for holder in (twice, DRAWN.format(boxed), FALLBACK.format(boxed)):
        source = word(HEAD + paragraph(f"{run('框前')}<w:r>{holder}</w:r>{run('框后。')}") + paragraph("末段。"))
        assert lines(source)[2:] == ["框前框后。", "框内的承诺。", "末段。"]
        assert told(source) == [("statement_boxes", 1, "")]


def test_tables_fields_formulas_and_ruby_are_read() -> None:
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("1", "修桥。"))
    body = (
        HEAD
        + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
        + paragraph(f'<w:fldSimple w:instr="REF">{run("见附件。")}</w:fldSimple>')
        + paragraph(f"{run('净增')}<m:oMath><m:r><m:t>3+4</m:t></m:r></m:oMath>{run('座。')}")
        + paragraph(f"<w:r><w:ruby><w:rt>{run('bí')}</w:rt><w:rubyBase>{run('鼻')}</w:rubyBase></w:ruby></w:r>")
        + f"<w:sdt><w:sdtContent>{paragraph('控件里。')}</w:sdtContent></w:sdt>"
    )
    source = word(body)
    assert lines(source)[2:] == ["1 修桥。", "见附件。", "净增3+4座。", "鼻", "控件里。"] and told(source) == []


def test_what_is_left_out_is_told_with_its_words() -> None:
    body = (
        HEAD
        + paragraph(f'{run("修桥")}<w:r><w:footnoteReference w:id="2"/></w:r>{run("。")}')
        + paragraph(f"<w:ins>{run('新。')}</w:ins><w:del><w:r><w:delText>旧。</w:delText></w:r></w:del>")
        + paragraph(
            f"<w:moveFrom>{run('挪。')}</w:moveFrom><w:unheardOf>{run('怪框里的话。')}</w:unheardOf>{run('完。')}"
        )
    )
    source = word(
        body,
        footnotes=f'<w:footnote w:id="2">{paragraph("含引桥。")}</w:footnote>',
        comments=f'<w:comment w:id="1">{paragraph("再核。")}</w:comment>',
        header1=paragraph("云州市文件"),
    )
    assert lines(source)[2:] == ["修桥。", "新。", "完。"]
    assert told(source) == [
        ("statement_note", 3, "含引桥。"),
        ("statement_around", 1, "云州市文件"),
        ("statement_unread", 1, "怪框里的话。"),
        ("statement_changes", 1, ""),
        ("statement_comments", 1, ""),
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old",
        b"{\\rtf1",
        b"PK\x03\x04" + b"x" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text",
    ],
)
def test_other_kinds_of_files_are_refused_with_what_to_do(data: bytes) -> None:
    with pytest.raises(FileProblems) as found:
        read_statement("s.doc", data)
    assert [each.code for each in found.value.problems] == ["statement_kind"]
