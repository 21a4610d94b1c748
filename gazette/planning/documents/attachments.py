"""Plans the open data that a document carries as attached files."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.planning.language import iso
from gazette.planning.open_data import data_targets
from gazette.planning.site_views import SiteViews
from gazette.site.tables import TABLES
from gazette.site.target import Attachment

NO_DAY = "1970-01-01"
"""The day that archives read as no date. Attached files must have one (ISO 19005-3), and a build reads no clock."""

NOT_CARRIED = ("files",)
"""Tables that no document carries. The table of the files of evidence is of no use without these files."""


def attachments(site: SiteViews, as_of: str) -> tuple[Attachment, ...]:
    """Return the files that a document in one language carries, on the day `as_of` (ISO 8601, or "")."""
    return (*_attachments(site, as_of or iso(site.lang.content.site.statements_date) or NO_DAY),)


def _attachments(site: SiteViews, day: str) -> Iterator[Attachment]:
    lang = site.lang
    for target in data_targets(lang.content, site.totals):
        name, _, ending = target.path.removeprefix("data/").partition(".")
        if name in TABLES and name not in NOT_CARRIED:
            words = (
                lang.content.words[word][lang.code] for word in (f"file.{name}", "gap.colon", f"file_what.{ending}")
            )
            yield Attachment(target, "".join(words), day)
