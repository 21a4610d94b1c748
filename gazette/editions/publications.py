"""The writing of the records of publication: when each page was first published, and when it last changed."""

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
    """The records of publication as they are to be once all `pages` of a site (by path, as `shown_pages` finds them
    after a build) are public; only the files that are others by that. The dates are those that the pages state, else
    the `moment` (an aware time): it is that for which they were built (`Settings.published_at`). `new` counts the pages
    whose record moved. What is recorded of pages that are no longer there is kept. Raises ContentError where a file
    that is there cannot be read."""
    assert opened.content is not None
    at = moment_of(moment, opened.content.site.timezone)
    by_unit = groupby(sorted(pages.items(), key=lambda each: each[1].unit), key=lambda each: each[1].unit)
    found = [each for unit, own in by_unit for each in _records(opened, unit or OF_SITE, dict(own), at)]
    if opened.diagnostics.problems:
        raise ContentError(opened.diagnostics.problems)
    return tuple(found)


def write_publication_records(opened: LoadedContent, records: tuple[RecordFile, ...]) -> int:
    """Write them, all or none. Returns how many pages have another record than before. Raises OSError, and ContentError
    where somebody else changed one of the files meanwhile."""
    write_records(opened.diagnostics.root, records)
    return sum(each.new for each in records)


def _records(
    opened: LoadedContent, name: str, pages: Mapping[str, ShownPage], at: datetime.datetime
) -> Iterator[RecordFile]:
    path = f"{FOLDER}/{name}.tsv"
    place = opened.listing.root / path
    there = opened.listing.kind(place) is not None
    file = SourceFile(opened.diagnostics.display(place), opened.listing.bytes_of(place)) if there else None
    before = read_publications(opened.diagnostics, *file) if file else {}
    now = {**before, **{page: _record(before.get(page), own, at) for page, own in pages.items()}}
    new = sum(now[page] != before.get(page) for page in now)
    if found := RecordFile.of(path, file, format_publications(now), new):
        yield found


def _record(before: Publication | None, page: ShownPage, at: datetime.datetime) -> Publication:
    """The record of a page that is public now. Both dates are on it: they are those of a build for this moment, or of
    one that found nothing to change."""
    if page.first and page.last:
        first, last = map(datetime.datetime.fromisoformat, (page.first, page.last))
        return Publication(first, last, page.shown)
    return published(before, page.shown, at)
