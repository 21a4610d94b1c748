"""Defines the records of tables.yaml, which say how to read the tables that districts keep themselves."""

from __future__ import annotations

from typing import Annotated, Literal

from gazette.model.forms.fields import IfFilled, ListRule
from gazette.model.forms.record import Record
from gazette.model.forms.values import Id, Line

TableRows = Literal["pledges", "joint", "target_changed", "moved", "assigned", "notes", "revisions", "updates"]
"""What a row of a table is: a pledge, or an entry of one of its lists."""


class TableColumn(Record, frozen=True, kw_only=True):
    """A column by its heading. `field` is `id` for the pledge, or a column name of the workbook, such as `text.en` or
    `evidence.1.url`."""

    heading: Line
    field: Line


class Table(Record, frozen=True, kw_only=True):
    """A kind of table: what its rows are, its columns, and the name of its sheet if needed to recognize it."""

    id: Id
    rows: TableRows
    sheet: IfFilled[Line] = None
    columns: Annotated[tuple[TableColumn, ...], ListRule(most=200, needed=True)]


Tables = Annotated[tuple[Table, ...], ListRule(most=100)]
"""The content of tables.yaml, which is optional."""
