"""What tables, columns and cells are called in the editor's language."""

from __future__ import annotations

import msgspec

from gazette.messages.catalogue import Catalogue, catalogue
from gazette.model.records.columns import PLEDGES, Column, Path, tables
from gazette.model.records.content import SharedContent


class Labels(msgspec.Struct, frozen=True):
    """The words of the catalogue `told`, what the site's languages are called, and the one of them in which names are
    shown: the editor's, where the site has it."""

    told: Catalogue
    languages: dict[str, str]
    shown: str

    @classmethod
    def of(cls, language: str, shared: SharedContent) -> Labels:
        """The labels of a site's tables for an editor who reads `language`."""
        names = {each.code: each.name for each in shared.site.languages}
        return cls(catalogue(language), names, language if language in names else shared.languages[0])

    def table(self, name: str) -> str:
        """A table: the name of its sheet."""
        return self.told.choices[name]

    def field(self, name: str) -> str:
        """A field by its name; one that has no label is called by its name."""
        return self.told.columns.get(name, name)

    def column(self, column: Column) -> str:
        """A column: `Evidence 1: Title (English)`."""
        label = self.way(column.path[:-1] if column.form == "text" else column.path)
        return self.in_language(label, str(column.path[-1])) if column.form == "text" else label

    def way(self, path: Path, within: str = "") -> str:
        """What stands at the end of a way in a unit or pledge, or in something else (`within`): `Updates 2: Evidence 1:
        Title`."""
        office = self.told.office
        parts: list[str] = []
        for step in path:
            if isinstance(step, int):
                parts[-1] = office["numbered"].format(field=parts[-1], number=step + 1)
            else:
                own = self.told.columns.get(f"{within}.{step}")  # the title of a person is no heading
                parts.append(own or (self.table(step) if step in tables() else self.field(step)))
                within = step
        return office["between_fields"].join(parts)

    def in_language(self, label: str, language: str) -> str:
        """Something in one of the site's languages, where it has several."""
        if len(self.languages) == 1:
            return label
        return self.told.office["of_language"].format(field=label, language=self.languages[language])

    def fields(self, names: str) -> str:
        """Several names of fields, as a problem lists them."""
        return self.told.office["between_names"].join(self.field(name) for name in names.split(", "))


def is_entry(table: str) -> bool:
    """Whether the rows of a table are entries of a pledge's list."""
    return table != PLEDGES
