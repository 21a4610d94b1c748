"""Plans a file for each unit and each pledge with everything that the open data says of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gazette.model.records.content import SharedContent, UnitFile
from gazette.planning.counting import LedgerEntry
from gazette.planning.evidence import file_rows
from gazette.planning.language import iso
from gazette.planning.open_data import Tables, header, rows
from gazette.site import data_format, tables
from gazette.site.routes import SCHEMAS, relative, route
from gazette.site.target import Target

OF_UNIT = (
    *("pledges", "history", "deadlines", "periods", "revisions", "withdrawals"),
    *("heads", "assignments", "numbers", "notices", "files"),
)
"""The tables whose rows the file of a unit holds, besides its own record."""

OF_PLEDGE = (
    *("history", "deadlines", "periods", "revisions", "withdrawals"),
    *("assignments", "numbers", "notices"),
)
"""The tables whose rows the file of a pledge holds."""

UNKNOWN = (data_format.SIZE, data_format.SUM)
"""The columns whose values are known only when all files are made; only the table `files` has them."""


def record_refs(unit_file: UnitFile) -> Iterator[str]:
    """Yield the references of the files of a unit and of its pledges."""
    yield f"unit-data:{unit_file.id}"
    yield from (f"pledge-data:{pledge.id}" for pledge in unit_file.unit.pledges)


def record_targets(content: SharedContent, unit_entries: tuple[LedgerEntry, ...], of_unit: Tables) -> Iterator[Target]:
    """Yield the files of a unit and of its pledges.

    A file states the day that the site's states are measured against (`as_of`) only if something in it depends on that
    day: so another day leaves all other files as they are.
    """
    unit_file, facts = unit_entries[0].unit_file, header(content)
    more = {"notices": rows("notices", unit_file.notices, content.languages), "files": _files(unit_entries)}
    tables_of_unit = {**of_unit, **more}
    days = {entry.pledge.id: iso(entry.status.as_of) for entry in unit_entries}
    head = _Head(content, facts, f"unit-data:{unit_file.id}")
    whole = {name: tables_of_unit[name].records for name in OF_UNIT}
    yield head.target("unit", max(days.values()), of_unit["units"].records[0], whole)
    for entry, record in zip(unit_entries, of_unit["pledges"].records, strict=True):
        id = entry.pledge.id
        tables_of_pledge = {name: _about(tables_of_unit[name], id) for name in OF_PLEDGE if name != "notices"}
        tables_of_pledge["notices"] = rows("notices", entry.notices, content.languages).records
        yield _Head(content, facts, f"pledge-data:{id}").target("pledge", days[id], record, tables_of_pledge)


def _about(table_rows: data_format.Rows, pledge: str) -> tuple[str, ...]:
    return tuple(record for record, id in zip(table_rows.records, table_rows.about, strict=True) if id == pledge)


def _files(unit_entries: tuple[LedgerEntry, ...]) -> data_format.Rows:
    """Return the rows of the files of evidence, without the columns that are not known yet."""
    file_row_list = [row for row in file_rows(unit_entries) if not row.notice]
    read = [column for column in tables.TABLES["files"] if column.name not in UNKNOWN]
    records = ({column.name: column.read(row) for column in read} for row in file_row_list)
    return data_format.Rows((), tuple(map(data_format.json_record, records)))


class _Head:
    """What a file states before its records. `ref` is its reference, such as `unit-data:ID`."""

    def __init__(self, content: SharedContent, facts: Mapping[str, Any], ref: str) -> None:
        self.content, self.facts = content, facts
        self.kind, _, self.id = ref.partition("-data:")
        self.path = route(ref, "")

    def target(self, name: str, day: str, record: str, table_records: Mapping[str, Iterable[str]]) -> Target:
        """Return the file with a record and the rows of some tables; one record a line. `day` is its `as_of` (ISO 8601,
        or "")."""
        said = {"$schema": relative(SCHEMAS[self.kind], self.path), **self.facts, "as_of": day or None}
        lines = [*_lines({**said, "pages": self._pages()}), f'"{name}": {record}']
        lines += [f'"{table}": [{_indented(records)}]' for table, records in table_records.items()]
        return Target(self.path, "exports", "written", "{" + ",\n".join(lines) + "}\n")

    def _pages(self) -> dict[str, str]:
        """Return the pages about it, by language: full addresses if the site has one, else relative to this file."""
        base = self.content.site.base_url
        paths = {code: route(f"{self.kind}:{self.id}", code) for code in self.content.languages}
        return {code: f"{base}{path}" if base else relative(path, self.path) for code, path in paths.items()}


def _lines(facts: Mapping[str, Any]) -> list[str]:
    return [f"{json.dumps(key)}: {json.dumps(fact, ensure_ascii=False)}" for key, fact in facts.items()]


def _indented(records: Iterable[str]) -> str:
    text = data_format.json_rows(records)
    return f"\n{text}\n" if text else ""
