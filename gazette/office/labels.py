"""What tables, columns and cells are called in the editor's language."""

from __future__ import annotations

import msgspec

from gazette.messages.catalogue import Catalogue, catalogue
from gazette.model.columns import PLEDGES, Column
from gazette.model.content import SharedContent


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
        office = self.told.office
        parts: list[str] = []
        for step in column.path[:-1] if column.form == "text" else column.path:
            if isinstance(step, int):
                parts[-1] = office["numbered"].format(field=parts[-1], number=step + 1)
            else:
                parts.append(self.field(step))
        label = office["between_fields"].join(parts)
        if column.form == "text" and len(self.languages) > 1:
            language = self.languages[str(column.path[-1])]
            return office["of_language"].format(field=label, language=language)
        return label

    def fields(self, names: str) -> str:
        """Several names of fields, as a problem lists them."""
        return self.told.office["between_names"].join(self.field(name) for name in names.split(", "))


def is_entry(table: str) -> bool:
    """Whether the rows of a table are entries of a pledge's list."""
    return table != PLEDGES
