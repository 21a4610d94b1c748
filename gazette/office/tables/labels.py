"""Names tables, columns and cells in the editor's language."""

from __future__ import annotations

import msgspec

from gazette.messages.catalogue import Catalogue, catalogue
from gazette.model.records.columns import PLEDGES, Column, Path, tables
from gazette.model.records.content import SharedContent


class Labels(msgspec.Struct, frozen=True):
    """The messages `told`, the names of the site's languages, and the language `shown` for names of the content: the
    editor's if the site has it, else the first."""

    told: Catalogue
    languages: dict[str, str]
    shown: str

    @classmethod
    def of(cls, language: str, shared: SharedContent) -> Labels:
        """Return the labels of a site's tables for an editor who reads `language`."""
        names = {each.code: each.name for each in shared.site.languages}
        return cls(catalogue(language), names, language if language in names else shared.languages[0])

    def table(self, name: str) -> str:
        """Return the name of a table, which is also that of its sheet."""
        return self.told.choices[name]

    def field(self, name: str) -> str:
        """Return the label of a field; its name if it has no label."""
        return self.told.columns.get(name, name)

    def column(self, column: Column) -> str:
        """Return the label of a column: `Evidence 1: Title (English)`."""
        text = self.way(column.path[:-1] if column.form == "text" else column.path)
        return self.in_language(text, str(column.path[-1])) if column.form == "text" else text

    def way(self, path: Path, within: str = "") -> str:
        """Return the label of a path in a unit or pledge, or in something else (`within`): `Updates 2: Evidence 1:
        Title`."""
        office = self.told.office
        parts: list[str] = []
        for step in path:
            if isinstance(step, int):
                parts[-1] = office["numbered"].format(field=parts[-1], number=step + 1)
            else:
                specific = self.told.columns.get(
                    f"{within}.{step}"
                )  # a person's title has another label than a heading
                parts.append(specific or (self.table(step) if step in tables() else self.field(step)))
                within = step
        return office["between_fields"].join(parts)

    def in_language(self, label: str, language: str) -> str:
        """Return a label with one of the site's languages, if it has several."""
        if len(self.languages) == 1:
            return label
        return self.told.office["of_language"].format(field=label, language=self.languages[language])

    def fields(self, names: str) -> str:
        """Return the labels of several fields, from the list of names in a problem."""
        return self.told.office["between_names"].join(self.field(name) for name in names.split(", "))


def is_entry(table: str) -> bool:
    """Return whether the rows of a table are entries of a list of a pledge."""
    return table != PLEDGES
