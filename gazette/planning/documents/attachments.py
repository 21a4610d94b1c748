"""The open data as a document carries them."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.model.content import ProgramWord
from gazette.planning.language import iso
from gazette.planning.open_data import data_targets
from gazette.planning.site_views import SiteViews
from gazette.site.target import Attachment

NO_DAY = "1970-01-01"
"""What archives read as no date: attached files must have one (ISO 19005-3), and no clock is read."""

_TABLES: dict[str, ProgramWord] = {
    "pledges": "file.pledges",
    "units": "file.units",
    "history": "file.history",
    "revisions": "file.revisions",
    "heads": "file.heads",
    "assignments": "file.assignments",
    "numbers": "file.numbers",
    "periods": "file.periods",
    "notices": "file.notices",
}
_FORMS: dict[str, ProgramWord] = {"csv": "file_what.csv", "json": "file_what.json"}
"""What the open data and their forms are called."""


def attachments(site: SiteViews, as_of: str) -> tuple[Attachment, ...]:
    """The files that a document in one language carries, on the day `as_of` (ISO 8601, or nothing)."""
    return (*_attachments(site, as_of or iso(site.lang.content.site.statements_date) or NO_DAY),)


def _attachments(site: SiteViews, day: str) -> Iterator[Attachment]:
    lang = site.lang
    for target in data_targets(lang.content, site.totals):
        name, _, ending = target.path.removeprefix("data/").partition(".")
        if name not in _TABLES:
            continue  # that of the files of evidence: a document does not carry these
        words: tuple[ProgramWord, ...] = (_TABLES[name], "gap.colon", _FORMS[ending])
        yield Attachment(target, "".join(lang.content.word(word, lang.code) for word in words), day)
