"""The table for translators: a workbook with a sheet for each pair of languages and a row for each text. The same
content gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import groupby

from gazette.lazy_re import pattern
from gazette.messages.catalogue import languages
from gazette.model.records.content import SharedContent
from gazette.office.content import OpenContent
from gazette.office.tables.labels import Labels
from gazette.office.tables.sheets import ALL_LINES, GREY, Book, Heading
from gazette.office.tables.workbook import MADE
from gazette.office.translated import Translation

SOURCE, PRESENT, NEW, RIGHT, NOTE, KEY = "source", "present", "new", "right", "note", "key"
"""The columns that are read back: what the source says, what the translation does; a new one, or that the present one
is right as it is; a note for the editors; which text it is."""

TABLE = "translation."
"""The keys of a sheet begin with this, the language that it is translated into, and a slash."""

_FIT = pattern(r"[^\[\]:*?/\\']{1,31}")
"""What the name of a sheet may be (Excel)."""

_FROZEN = 3


def translators_table(content: OpenContent, rows: Sequence[Translation], labels: Labels) -> bytes:
    """The bytes of the workbook (XLSX) for some translations, which are in order of language."""
    file = io.BytesIO()
    book = Book(file, labels, MADE)
    book.guide(content.shared.site.title[labels.shown], "translators_guide_")
    for language, own in groupby(rows, key=lambda each: each.language):
        _write(book, content.languages[0], language, list(own))
    book.close()
    return file.getvalue()


def _write(book: Book, source: str, language: str, rows: Sequence[Translation]) -> None:
    """The sheet of a language. A text is written as it is: nobody's formula."""
    headings = _headings(book.labels, source, language)
    page = book.sheet(_name(book.labels, source, language), headings, len(rows), 0)
    page.most_lines = ALL_LINES  # who translates sees the whole
    office = book.labels.told.office
    states = {"missing": office["missing"], "stale": office["stale"], "fresh": office["fresh"]}
    for row in rows:
        page.next_row()
        shown = (short_name(row, book.labels), entry_of(row), where(row, book.labels), states[row.state])
        for place, text in enumerate((*shown, row.text.said[source], row.before)):
            page.text(place, text, GREY)
        page.text(len(headings) - 1, key_of(row), GREY)
    page.choose([heading.key.rpartition("/")[2] for heading in headings].index(RIGHT), [office["yes"]])
    page.close(_FROZEN, fit=True)


def _headings(labels: Labels, source: str, language: str) -> list[Heading]:
    office, key = labels.told.office, f"{TABLE}{language}/"
    return [
        Heading("", office["of_unit"], 16, "locked"),
        Heading("", office["of_pledge"], 14, "locked"),
        Heading("", office["of_text"], 20, "locked"),
        Heading("", office["of_state"], 12, "locked"),
        Heading(key + SOURCE, labels.in_language(office["source"], source), 48, "locked"),
        Heading(key + PRESENT, labels.in_language(office["present"], language), 48, "locked"),
        Heading(key + NEW, labels.in_language(office["new"], language), 48, "free"),
        Heading(key + RIGHT, office["right"], 14, "free"),
        Heading(key + NOTE, office["note"], 24, "free"),
        Heading(key + KEY, labels.field("row_state"), 14, "hidden"),
    ]


def sheet_names(shared: SharedContent) -> set[str]:
    """What the sheets of the table may be called: in any language that people are told in."""
    source, *others = shared.languages
    return {_name(Labels.of(told, shared), source, code) for told in languages() for code in others}


def _name(labels: Labels, source: str, language: str) -> str:
    """What a sheet is called: the languages by their names, or by their codes where those do not do."""
    names = {code: name for code, name in labels.languages.items() if code != source}
    sheet = labels.told.office["translated"].format(source=labels.languages[source], language=names[language])
    clear = [name.casefold() for name in names.values()].count(names[language].casefold()) == 1
    return sheet if clear and _FIT.fullmatch(sheet) else f"{source} → {language}"


def key_of(row: Translation) -> str:
    """What the hidden column calls a text: its part of the content, and its name there."""
    return f"{row.part.id} {row.name}"


def short_name(row: Translation, labels: Labels) -> str:
    """What the part of the content is called where there is little room."""
    return row.part.unit.short(labels.shown) if row.part.unit else labels.told.office[f"part_{row.part.kind}"]


def entry_of(row: Translation) -> str:
    """The pledge, article, notice or entry that a text is part of, by its id; empty for those of a unit itself."""
    owner, part = row.text.owner, row.part
    return (owner if owner != part.id else "") if part.unit else owner.partition(".")[2]


def where(row: Translation, labels: Labels) -> str:
    """Which text of its part, pledge or entry a translation is of."""
    if row.passage:
        kind = row.passage.kinds[0]
        kind = "heading" if kind[1:].isdecimal() else _KINDS.get(kind, "paragraph")
        return labels.told.office[f"passage_{kind}"].format(number=row.number)
    loc = row.text.loc
    if row.text.owner == row.part.id:
        return labels.way(loc, row.part.kind)
    return labels.way(loc[2:] if row.part.unit else loc[1:], row.part.kind)


_KINDS = {"table_open": "table", "bullet_list_open": "list", "ordered_list_open": "list"}
"""What some blocks are called."""
