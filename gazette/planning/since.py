"""What is different since the last edition: the lines that each unit gives, and the views of changes."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping

from gazette.model.changes import Change, by_group, in_language
from gazette.model.content import SharedContent, UnitFile
from gazette.model.dates import read_deadline
from gazette.model.editions import Edition
from gazette.model.snapshots import SnapshotLine, lines_of
from gazette.planning.language import LanguageContext, iso
from gazette.planning.revision_views import deadline_mark
from gazette.site.target import Fragment
from gazette.site.views.editions import ChangeView, SinceView
from gazette.site.views.elements import Count, DeadlineMark, Ref

SNAPSHOT_SLOT = "snapshot"
"""The slot of no page: what units put in it is compared with the last edition."""


def snapshot_fragments(content: SharedContent, unit_file: UnitFile, as_of: datetime.date | None) -> Iterator[Fragment]:
    """The lines of one unit, where there is an edition to compare them with. Only documents show the result."""
    if content.editions:
        text = "".join("\t".join(line) + "\n" for line in lines_of(unit_file, as_of))
        yield Fragment(SNAPSHOT_SLOT, "", "pdf", "text", text)


def snapshot_lines(text: str) -> Iterator[SnapshotLine]:
    """The lines of all units, as they were given."""
    yield from (SnapshotLine(*line.split("\t")) for line in text.split("\n") if line)


def since_view(lang: LanguageContext, before: Edition, changes: Iterable[Change]) -> SinceView:
    """What changed since an edition, in one language."""
    found = tuple(changes)
    counts = tuple(Count(group, n) for group, n in by_group(found).items())
    return SinceView(before.number, iso(before.date), counts, tuple(_change(lang, change) for change in found))


def _change(lang: LanguageContext, change: Change) -> ChangeView:
    unit = in_language(change.name, lang.code)
    unit_ref = "" if change.kind == "gone_unit" else f"unit:{change.unit}"
    pledge = None
    if change.title:
        ref = "" if change.is_gone else f"pledge:{change.id}"
        pledge = Ref(ref, in_language(change.title, lang.code))
    deadlines = change.kind in ("overdue", "past", "moved", "reset") or change.what == "deadline"
    codes = change.kind in ("renamed", "renamed_unit")
    return ChangeView(
        kind=change.kind,
        group=change.group,
        unit=Ref(unit_ref, unit),
        pledge=pledge,
        date=change.day,
        what=change.what,
        before=change.before.get("", "") if codes else "",
        after=change.after.get("", "") if codes else "",
        deadline=_mark(change.before) if deadlines else None,
        deadline_now=_mark(change.after) if deadlines else None,
        by=in_language(change.by, lang.code),
        n=change.n,
    )


def _mark(stated: Mapping[str, str]) -> DeadlineMark | None:
    return deadline_mark(read_deadline(stated[""])) if stated.get("") else None
