"""Takes the snapshot of a content folder as it is now."""

from __future__ import annotations

import datetime

from gazette.messages.problems import ContentError
from gazette.model.published.shared_lines import lines_of_shared, lines_of_words
from gazette.model.published.snapshot_lines import lines_of, lines_of_notices
from gazette.model.published.snapshots import SnapshotLine
from gazette.reading.loaded_content import LoadedContent
from gazette.reading.unit_loader import without_drafts


def snapshot_lines(opened: LoadedContent, as_of: datetime.date | None) -> list[SnapshotLine]:
    """Return the lines for every public unit and notice, on the day `as_of`, and for what all pages share. Raises
    ContentError with all problems."""
    content = opened.content
    assert content is not None
    public = (file for file in opened.notices or () if not file.notice.draft)
    lines = [*lines_of_notices(public, as_of), *lines_of_shared(content), *lines_of_words(content.words)]
    for _, unit_file in opened.load_units(as_of):
        published = without_drafts(unit_file) if unit_file else None
        lines += lines_of(published, as_of, content.site.statements_date) if published else ()
    if opened.diagnostics.problems:
        raise ContentError(opened.diagnostics.problems)
    return lines
