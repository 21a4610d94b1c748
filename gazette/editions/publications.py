"""Writes the records of publication: when each page was first published, and when it last changed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from itertools import groupby

from gazette.building.database.files import ShownPage
from gazette.messages.problems import ContentError
from gazette.model.records.publications import Publication, moment_of, published
from gazette.office.record_files import RecordFile, write_records
from gazette.reading.files.listing import OF_SITE
from gazette.reading.loaded_content import LoadedContent
from gazette.reading.published.publications import FOLDER, format_publications, read_publications
from gazette.reading.unit_loader import SourceFile


def publication_records(
    opened: LoadedContent, pages: Mapping[str, ShownPage], moment: datetime.datetime
) -> tuple[RecordFile, ...]:
    """Return the records of publication that change once all `pages` of a site are public; `new` counts the pages whose
    record changes.

    `pages` is by path, as `shown_pages` finds them after a build. The dates are those that the pages state, else
    `moment` (an aware time), for which they were built (`Settings.published_at`). The records of pages that no longer
    exist are kept. Raises ContentError if a file of records cannot be read.
    """
    assert opened.content is not None
    at = moment_of(moment, opened.content.site.timezone)
    by_unit = groupby(sorted(pages.items(), key=lambda each: each[1].unit), key=lambda each: each[1].unit)
    records = [
        each for unit, pages_of_unit in by_unit for each in _records(opened, unit or OF_SITE, dict(pages_of_unit), at)
    ]
    if opened.diagnostics.problems:
        raise ContentError(opened.diagnostics.problems)
    return tuple(records)


def write_publication_records(opened: LoadedContent, records: tuple[RecordFile, ...]) -> int:
    """Write all records, or none. Return how many pages have a new record. Raises OSError, and ContentError if one of
    the files was changed meanwhile."""
    write_records(opened.diagnostics.root, records)
    return sum(each.new for each in records)


def _records(
    opened: LoadedContent, name: str, pages: Mapping[str, ShownPage], at: datetime.datetime
) -> Iterator[RecordFile]:
    path = f"{FOLDER}/{name}.tsv"
    full_path = opened.listing.root / path
    exists = opened.listing.kind(full_path) is not None
    file = SourceFile(opened.diagnostics.display(full_path), opened.listing.bytes_of(full_path)) if exists else None
    before = read_publications(opened.diagnostics, *file) if file else {}
    now = {**before, **{page: _record(before.get(page), page_shown, at) for page, page_shown in pages.items()}}
    new = sum(now[page] != before.get(page) for page in now)
    if changed := RecordFile.of(path, file, format_publications(now), new):
        yield changed


def _record(before: Publication | None, page: ShownPage, at: datetime.datetime) -> Publication:
    """Return the record of a page that is public now. A page with both dates was built for this moment, or by a build
    that changed nothing in it: it keeps them."""
    if page.first and page.last:
        first, last = map(datetime.datetime.fromisoformat, (page.first, page.last))
        return Publication(first, last, page.shown)
    return published(before, page.shown, at)
