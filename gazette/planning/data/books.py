"""Plans the tables as workbooks: one each, and one with all tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gazette.model.records.content import SharedContent
from gazette.planning.counting import Totals
from gazette.planning.data.schemas import meaning
from gazette.planning.language import iso
from gazette.site import tables
from gazette.site.column import Column
from gazette.site.routes import BOOK
from gazette.site.target import Target
from gazette.site.views.exports import BookView, HeadingView, SheetView

MAKER = "book"

LONGEST_TITLE = 31
"""The most characters of a sheet's title (ECMA-376, 18.2.19). Excel also refuses the characters of `_FORBIDDEN`."""

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


def book_targets(content: SharedContent, totals: Totals) -> Iterator[Target]:
    """Yield the workbooks. They are made from the rows of the CSV files."""
    names = tables.with_book(totals.__getitem__)
    sheets = _sheets(content, names)
    for name, sheet in zip(names, sheets, strict=True):
        yield _book(content, f"data/{name}.{tables.BOOK_ENDING}", (sheet,), ((name, totals[name]),))
    if names == tables.present(totals.__getitem__):
        yield _book(content, BOOK, sheets, tuple((name, totals[name]) for name in names))


def _book(
    content: SharedContent, path: str, sheets: tuple[SheetView, ...], rows: tuple[tuple[str, int], ...]
) -> Target:
    licence_data = content.site.licence_data
    licence = " / ".join(dict.fromkeys(licence_data.name.values())) if licence_data else ""
    terms = " ".join(filter(None, (licence, licence_data.url if licence_data else "")))
    lines = [
        *((meaning(content, f"export.{name}"), text) for name, text in _facts(content, terms) if text),
        *((f"{sheet.title} ({name})", f"{n}") for sheet, (name, n) in zip(sheets, rows, strict=True)),
        *(("", content.words["export.book"][code]) for code in content.languages),
    ]
    title = " / ".join(content.site.title.values())
    view = BookView(title, terms, sheets, _title(content, "export.about", set()), tuple(lines))
    return Target(path, "exports", MAKER, view, needs=tuple(sheet.path for sheet in sheets))


def _facts(content: SharedContent, terms: str) -> Iterator[tuple[str, str]]:
    site = content.site
    yield "title", " / ".join(site.title.values())
    yield "source", " / ".join(site.source.values())
    yield "as_of", iso(site.as_of)
    yield "licence", terms
    yield "address", site.base_url or ""


def _sheets(content: SharedContent, names: tuple[str, ...]) -> tuple[SheetView, ...]:
    taken = {_title(content, "export.about", set())}
    sheets = []
    for name in names:
        title = _title(content, f"file.{name}", taken)
        taken.add(title)
        columns = tables.columns(name, content.languages)
        headings = (_heading(content, name, heading, column) for heading, column in columns)
        sheets.append(SheetView(title, f"data/{name}.csv", tuple(headings)))
    return tuple(sheets)


def _heading(content: SharedContent, table: str, name: str, column: Column) -> HeadingView:
    """Return a column with its meaning in each language; a text column also names the language that it holds."""
    of_language = name.removeprefix(f"{column.name}_") if column.type == "texts" else ""
    spoken = next((f" · {each.name}" for each in content.site.languages if each.code == of_language), "")
    words = content.words[f"column.{table}.{column.name}"]
    return HeadingView(name, column.type, tuple(f"{words[code]}{spoken}" for code in content.languages))


def _title(content: SharedContent, word: str, taken: set[str]) -> str:
    """Return the title of a sheet: a word in the first language or, if it is empty or `taken`, the end of the word's
    name."""
    title = " ".join(_FORBIDDEN.sub(" ", content.words[word][content.languages[0]]).split())[:LONGEST_TITLE].strip()
    return title if title and title.lower() not in {each.lower() for each in taken} else word.rpartition(".")[2]
