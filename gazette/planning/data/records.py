"""A file for each unit and each pledge with all that the open data say of it."""

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
"""The tables whose rows the file of a unit holds, beside its own record."""

OF_PLEDGE = (
    *("history", "deadlines", "periods", "revisions", "withdrawals"),
    *("assignments", "numbers", "notices"),
)
"""Those whose rows the file of a pledge holds."""

UNKNOWN = (data_format.SIZE, data_format.SUM)
"""The columns that are known once all files are made; the table `files` has them."""


def record_refs(unit_file: UnitFile) -> Iterator[str]:
    """What leads to the files of a unit and its pledges."""
    yield f"unit-data:{unit_file.id}"
    yield from (f"pledge-data:{pledge.id}" for pledge in unit_file.unit.pledges)


def record_targets(content: SharedContent, own: tuple[LedgerEntry, ...], of_unit: Tables) -> Iterator[Target]:
    """The files of a unit and of its pledges. They do not say which day the site's states are measured against, but for
    those of which something depends on it (`as_of`): another day makes no other file again."""
    unit_file, facts = own[0].unit_file, header(content)
    more = {"notices": rows("notices", unit_file.notices, content.languages), "files": _files(own)}
    found = {**of_unit, **more}
    days = {entry.pledge.id: iso(entry.status.as_of) for entry in own}
    head = _Head(content, facts, f"unit-data:{unit_file.id}")
    whole = {name: found[name].records for name in OF_UNIT}
    yield head.target("unit", max(days.values()), of_unit["units"].records[0], whole)
    for entry, record in zip(own, of_unit["pledges"].records, strict=True):
        id = entry.pledge.id
        some = {name: _about(found[name], id) for name in OF_PLEDGE if name != "notices"}
        some["notices"] = rows("notices", entry.notices, content.languages).records
        yield _Head(content, facts, f"pledge-data:{id}").target("pledge", days[id], record, some)


def _about(some: data_format.Rows, pledge: str) -> tuple[str, ...]:
    return tuple(record for record, id in zip(some.records, some.about, strict=True) if id == pledge)


def _files(own: tuple[LedgerEntry, ...]) -> data_format.Rows:
    """The rows of the files of evidence, without what is not known yet."""
    named = [row for row in file_rows(own) if not row.notice]
    read = [column for column in tables.TABLES["files"] if column.name not in UNKNOWN]
    records = ({column.name: column.read(row) for column in read} for row in named)
    return data_format.Rows((), tuple(map(data_format.json_record, records)))


class _Head:
    """What a file says before its records. `ref` leads to it."""

    def __init__(self, content: SharedContent, facts: Mapping[str, Any], ref: str) -> None:
        self.content, self.facts = content, facts
        self.kind, _, self.id = ref.partition("-data:")
        self.path = route(ref, "")

    def target(self, name: str, day: str, record: str, some: Mapping[str, Iterable[str]]) -> Target:
        """The file with a record and the rows of some tables; a line a record."""
        said = {"$schema": relative(SCHEMAS[self.kind], self.path), **self.facts, "as_of": day or None}
        lines = [*_lines({**said, "pages": self._pages()}), f'"{name}": {record}']
        lines += [f'"{table}": [{_indented(records)}]' for table, records in some.items()]
        return Target(self.path, "exports", "written", "{" + ",\n".join(lines) + "}\n")

    def _pages(self) -> dict[str, str]:
        """The pages about it, by language: full addresses where the site has one, else from this file on."""
        base = self.content.site.base_url
        found = {code: route(f"{self.kind}:{self.id}", code) for code in self.content.languages}
        return {code: f"{base}{path}" if base else relative(path, self.path) for code, path in found.items()}


def _lines(facts: Mapping[str, Any]) -> list[str]:
    return [f"{json.dumps(key)}: {json.dumps(fact, ensure_ascii=False)}" for key, fact in facts.items()]


def _indented(records: Iterable[str]) -> str:
    found = data_format.json_rows(records)
    return f"\n{found}\n" if found else ""
