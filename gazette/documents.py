"""Owns the printed documents among what is published: which editions a site has, and what units add to each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gazette import indexes
from gazette import views as v
from gazette.content import Frame
from gazette.edition import Edition, iso
from gazette.opendata import data_targets
from gazette.overview import Overview
from gazette.routes import route
from gazette.statement import Statement
from gazette.target import Attachment, Line, Slot, Target

STYLES = ("bulletin.css",)
"""The style sheets of documents: files of the templates folder."""

NO_DAY = "1970-01-01"
"""What archives read as no date: attached files must have one (ISO 19005-3), and the clock is not asked."""


# ── one unit ─────────────────────────────────────────────────────────────────


def unit_lines(statements: Sequence[Statement]) -> Iterator[Line]:
    """What a unit adds to the documents that all share; a statement for each language."""
    for statement in statements:
        yield from _bulletin_lines(statement)


def _bulletin_lines(statement: Statement) -> Iterator[Line]:
    edition, own, card, code = statement.edition, statement.entries, statement.card, statement.edition.code

    def line(slot: str, template: str, view: object, rank: str = "") -> Line:
        poured = edition.page("bulletin", "", view)
        path = route("bulletin", code)
        return Line(f"{code}/bulletin/{slot}", path, "pdf", "page", poured, f"lines/{template}", rank)

    yield line("contents", "print-contents.html", v.UnitLine(card))
    yield line(f"matrix/{card.kind}", "print-matrix.html", statement.matrix())
    yield line("summary", "print-summary.html", v.UnitLine(card))
    for kind in indexes.WITH_A_TIME:
        for day, due in indexes.by_date(indexes.of_deadline(own, kind)):
            yield line(f"lane/{kind}", "print-lane.html", statement.group(due, kind), day)
    yield line("units", "print-unit.html", statement.section())


# ── what units share ─────────────────────────────────────────────────────────


def shared_documents(overviews: Sequence[Overview], as_of: str) -> Iterator[Target]:
    """The documents of the whole site; an overview for each language."""
    for overview in overviews:
        yield _bulletin(overview, as_of)


def document_paths(frame: Frame) -> frozenset[str]:
    """The paths of the documents of the whole site."""
    return frozenset(route("bulletin", code) for code in frame.languages)


def _bulletin(overview: Overview, as_of: str) -> Target:
    edition, totals, code = overview.edition, overview.totals, overview.edition.code
    parts = ["contents", "summary", "units", *(f"matrix/{kind}" for kind in totals.kinds)]
    parts += [f"lane/{kind}" for kind, _ in totals.deadline_counts() if kind in indexes.WITH_A_TIME]
    slots = tuple(Slot(f"{code}/bulletin/{part}") for part in parts)
    page = edition.page("bulletin", "", overview.bulletin(), as_of)
    path, style = route("bulletin", code), ("bulletin.css",)
    attachments = tuple(_attachments(edition, as_of))
    return Target(path, "pdf", "pdf", page, "bulletin.html", style, slots=slots, attachments=attachments, weight=1000)


def _attachments(edition: Edition, as_of: str) -> Iterator[Attachment]:
    """The open data as a document carries them."""
    frame, code = edition.frame, edition.code
    day = as_of or iso(frame.site.statements_date) or NO_DAY
    for target in data_targets(frame):
        name, _, ending = target.path.removeprefix("data/").partition(".")
        about = "".join(frame.words[word][code] for word in (f"file.{name}", "gap.colon", f"file_what.{ending}"))
        yield Attachment(target, about, day)
