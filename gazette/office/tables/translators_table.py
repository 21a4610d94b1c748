"""Writes the table for translators: a workbook with a sheet for each target language and a row for each text. The same
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
"""The columns that are read back: the source, the present translation, a new translation, a confirmation of the present
one, a note for the editors, and the key of the text."""

TABLE = "translation."
"""The keys of a sheet begin with this, the target language, and a slash."""

_FIT = pattern(r"[^\[\]:*?/\\']{1,31}")
"""The form of a sheet's name (Excel)."""

_FROZEN = 3


def translators_table(content: OpenContent, rows: Sequence[Translation], labels: Labels) -> bytes:
    """Return the bytes of the workbook (XLSX) for some translations, which are in order of language."""
    file = io.BytesIO()
    book = Book(file, labels, MADE)
    book.guide(content.shared.site.title[labels.shown], "translators_guide_")
    for language, of_language in groupby(rows, key=lambda each: each.language):
        _write(book, content.languages[0], language, list(of_language))
    book.close()
    return file.getvalue()


def _write(book: Book, source: str, language: str, rows: Sequence[Translation]) -> None:
    """Write the sheet of a language. Each text is written as text, never as a formula."""
    headings = _headings(book.labels, source, language)
    page = book.sheet(_name(book.labels, source, language), headings, len(rows), 0)
    page.most_lines = ALL_LINES  # translators need the whole text
    office = book.labels.told.office
    states = {"missing": office["missing"], "stale": office["stale"], "fresh": office["fresh"]}
    for row in rows:
        page.next_row()
        row_head = (short_name(row, book.labels), entry_of(row), where(row, book.labels), states[row.state])
        for index, text in enumerate((*row_head, row.text.said[source], row.before)):
            page.text(index, text, GREY)
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
    """Return the names that the sheets of the table can have, in all languages of messages."""
    source, *others = shared.languages
    return {_name(Labels.of(editor, shared), source, code) for editor in languages() for code in others}


def _name(labels: Labels, source: str, language: str) -> str:
    """Return the name of a sheet: the names of both languages, or their codes if the names are ambiguous or not
    allowed."""
    names = {code: name for code, name in labels.languages.items() if code != source}
    sheet = labels.told.office["translated"].format(source=labels.languages[source], language=names[language])
    clear = [name.casefold() for name in names.values()].count(names[language].casefold()) == 1
    return sheet if clear and _FIT.fullmatch(sheet) else f"{source} → {language}"


def key_of(row: Translation) -> str:
    """Return the key of a text for the hidden column: its part of the content, and its name there."""
    return f"{row.part.id} {row.name}"


def short_name(row: Translation, labels: Labels) -> str:
    """Return the short name of the part of the content."""
    return row.part.unit.short(labels.shown) if row.part.unit else labels.told.office[f"part_{row.part.kind}"]


def entry_of(row: Translation) -> str:
    """Return the id of the pledge, article, notice or entry that a text belongs to; "" for texts of a unit itself."""
    owner, part = row.text.owner, row.part
    return (owner if owner != part.id else "") if part.unit else owner.partition(".")[2]


def where(row: Translation, labels: Labels) -> str:
    """Return which text of its part, pledge or entry a translation is of."""
    if row.passage:
        kind = row.passage.kinds[0]
        kind = "heading" if kind[1:].isdecimal() else _KINDS.get(kind, "paragraph")
        return labels.told.office[f"passage_{kind}"].format(number=row.number)
    loc = row.text.loc
    if row.text.owner == row.part.id:
        return labels.way(loc, row.part.kind)
    return labels.way(loc[2:] if row.part.unit else loc[1:], row.part.kind)


_KINDS = {"table_open": "table", "bullet_list_open": "list", "ordered_list_open": "list"}
"""The names of kinds of blocks; all others are paragraphs."""
