"""The records of tables.yaml: how the tables that districts keep themselves are read."""

from __future__ import annotations

from typing import Annotated, Literal

from gazette.model.forms.fields import IfFilled, ListRule
from gazette.model.forms.record import Record
from gazette.model.forms.values import Id, Line

TableRows = Literal["pledges", "joint", "target_changed", "moved", "assigned", "notes", "revisions", "updates"]
"""What a row of a table is: a pledge, or an entry of one of its lists."""


class TableColumn(Record, frozen=True, kw_only=True):
    """A column by its heading: which field it holds, `id` for the pledge, else as the workbook names it, such as
    `text.en` or `evidence.1.url`."""

    heading: Line
    field: Line


class Table(Record, frozen=True, kw_only=True):
    """A kind of table: what its rows are, its columns, and the name of its sheet where that tells it from others."""

    id: Id
    rows: TableRows
    sheet: IfFilled[Line] = None
    columns: Annotated[tuple[TableColumn, ...], ListRule(most=200, needed=True)]


Tables = Annotated[tuple[Table, ...], ListRule(most=100)]
"""What tables.yaml holds. A content folder need not have one."""
