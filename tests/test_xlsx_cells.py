"""Cells of a workbook that show something else than the value that is read from them."""

from __future__ import annotations

import io
import zipfile

import pytest

from gazette.office.tables.xlsx_cells import StrangeCell, strange_cells

BOOK = '<workbook xmlns:r="r"><sheets><sheet name="甲" r:id="rId1"/></sheets></workbook>'
RELATIONS = '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'
STYLES = (
    '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="0.0%"/>'
    '<numFmt numFmtId="171" formatCode="0&quot;%&quot;"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>'
)


def packed(cells: str, styles: str = STYLES) -> bytes:
    """An xlsx file with a sheet of one row."""
    parts = {
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": RELATIONS,
        "xl/worksheets/sheet1.xml": f'<worksheet><sheetData><row r="2">{cells}</row></sheetData></worksheet>',
        "xl/styles.xml": styles,
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as book:
        for name, text in parts.items():
            book.writestr(name, text)
    return file.getvalue()


@pytest.mark.parametrize(
    ("cell", "place", "strange"),
    [
        ('<c r="A2" t="e"><v>#REF!</v></c>', (1, 0), StrangeCell("cell_error", "#REF!")),
        ('<c r="Z2"><f>SUM(A1:A9)</f></c>', (1, 25), StrangeCell("cell_uncounted", "=SUM(A1:A9)")),
        ('<c r="AA2" s="1"><v>0.25</v></c>', (1, 26), StrangeCell("cell_percent", "25%")),
        ('<c r="AB2" s="2"><v>1.5</v></c>', (1, 27), StrangeCell("cell_percent", "150%")),
    ],
)
def test_a_strange_cell_is_found_with_what_it_shows(cell: str, place: tuple[int, int], strange: StrangeCell) -> None:
    assert strange_cells(packed(cell)) == {"甲": {place: strange}}


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A2"><v>0.25</v></c>',
        '<c r="A2" s="3"><v>0.25</v></c>',  # the sign stands in quotes: it is text
        '<c r="A2"><f>1+1</f><v>2</v></c>',
        '<c r="A2" t="str"><f>""</f></c>',  # a formula that gives an empty text
        '<c r="A2" s="1"/>',
    ],
)
def test_a_cell_that_shows_its_value_is_not_strange(cell: str) -> None:
    assert strange_cells(packed(cell)) == {"甲": {}}


@pytest.mark.parametrize("data", [b"", b"id,title\n", packed("<c")], ids=["empty", "csv", "broken"])
def test_what_cannot_be_read_has_none(data: bytes) -> None:
    assert strange_cells(data) == {}
