"""Makes the views of what changed since the last edition, and the snapshot lines of each unit that are compared."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from gazette.model.forms.dates import read_deadline
from gazette.model.forms.periods import Period, in_spans
from gazette.model.published.snapshot_lines import DETAILS, lines_of
from gazette.model.published.snapshots import SnapshotLine
from gazette.model.records.changes import PERIODS, Change, by_group, due_day, in_language
from gazette.model.records.content import SharedContent, UnitFile
from gazette.model.records.editions import Edition
from gazette.model.records.site import Bulletin
from gazette.planning.language import LanguageContext, iso
from gazette.planning.revision_views import deadline_mark
from gazette.planning.sentence_views import sentence_marks
from gazette.site.target import Fragment
from gazette.site.views.editions import ChangedView, ChangeView, SinceView
from gazette.site.views.elements import Count, DeadlineMark, PeriodView, Ref

SNAPSHOT_SLOT = "snapshot"
"""A slot of no page: what units put in it is compared with the last edition."""


def snapshot_fragments(content: SharedContent, unit_file: UnitFile, as_of: datetime.date | None) -> Iterator[Fragment]:
    """Yield the snapshot lines of one unit, if there is an edition to compare them with. Their kind is `pdf`, because
    only documents show the result."""
    if content.editions:
        text = "".join("\t".join(line) + "\n" for line in lines_of(unit_file, as_of, content.site.statements_date))
        yield Fragment(SNAPSHOT_SLOT, "", "pdf", "text", text)


def snapshot_lines(text: str) -> Iterator[SnapshotLine]:
    """Parse the snapshot lines of all units, from the text that `snapshot_fragments` wrote."""
    yield from (SnapshotLine(*line.split("\t")) for line in text.split("\n") if line)


def since_view(lang: LanguageContext, before: Edition, changes: Iterable[Change]) -> SinceView:
    """Return what changed since the edition `before`, in one language. Changes that only the signatory sees are left
    out."""
    public = tuple(change for change in changes if change.is_public)
    counts = tuple(Count(group, n) for group, n in by_group(public).items())
    changed = groupby(public, key=lambda change: (change.group, _unit(lang, change), _about(lang, change), change.of))
    views = (
        ChangedView(group, unit, about, tuple(_change(lang, change) for change in group_changes), of)
        for (group, unit, about, of), group_changes in changed
    )
    return SinceView(before.number, iso(before.date), counts, tuple(views))


def told_since(lang: LanguageContext, changes: tuple[Change, ...]) -> SinceView | None:
    """Return what a bulletin opens with; None if there is no earlier edition. `changes` are those since the last
    edition.

    While the bulletin is still that of the last edition, it repeats the changes of that edition since the one before
    it.
    """
    if not lang.content.editions:
        return None
    *before, last = lang.content.editions
    if _is_another(lang.content.site.bulletin, last) or any(change.is_public for change in changes):
        return since_view(lang, last, changes)
    return since_view(lang, before[-1], last.changes) if before else None


def _is_another(issue: Bulletin | None, last: Edition) -> bool:
    """True if the bulletin `issue` has another number or date than the last edition."""
    if issue is None:
        return False
    is_numbered = isinstance(issue.number, int)
    return (is_numbered and issue.number != last.number) or (issue.date not in (None, last.date))


_VALUES = ("renamed", "renamed_unit", "renamed_notice", "renamed_shared", "retargeted")
"""The kinds of changes whose values are ids or figures."""

_DEADLINES = ("overdue", "past", "recheck", "moved", "reset")
_SHOWN = ("name", "short", "also", "title", "signed_by", "target")
"""The fields that are short enough to be shown before and after, where one of them changed."""

_NAMES = (
    *("merged", "divided", "split", "took_over", "appointed", "named", "released", "dropped"),
    *("notice_result_of", "notice_upheld_of"),
)


def _change(lang: LanguageContext, change: Change) -> ChangeView:
    before, after = in_language(change.before, lang.code), in_language(change.after, lang.code)
    step_text = before if change.what == "step" else after if change.what == DETAILS else ""
    step_date, _, step = step_text.partition(" ")
    revised = change.what if change.group == "revised" else ""
    has_values = change.kind in _VALUES or (revised in _SHOWN and before != after)
    has_deadlines = change.kind in _DEADLINES or revised == "deadline"
    sentences, more = sentence_marks(before, after) if _is_long(change) else ((), 0)
    return ChangeView(
        kind=change.kind,
        group=change.group,
        date=change.day,
        what=change.what,
        before=before if has_values else "",
        after=after if has_values else "",
        deadline=_mark(change.before) if has_deadlines else None,
        deadline_now=_mark(change.after) if has_deadlines else None,
        by=in_language(change.by, lang.code),
        n=change.n,
        names=tuple(after.split(" | ")) if change.kind in _NAMES else (),
        step=step,
        step_date=step_date,
        due=due_day(change),
        periods=_periods(change.after) if change.kind in PERIODS else (),
        sentences=sentences,
        more=more,
    )


def _is_long(change: Change) -> bool:
    """True if the change is of a text in each language that is too long to be shown whole."""
    is_text = change.what not in (*_SHOWN, "step", DETAILS) and "" not in {*change.before, *change.after}
    return is_text and change.group in ("revised", "shared") and change.kind != "added_shared"


def _unit(lang: LanguageContext, change: Change) -> Ref | None:
    if not change.unit:
        return None
    return Ref("" if change.kind == "gone_unit" else f"unit:{change.unit}", in_language(change.name, lang.code))


def _about(lang: LanguageContext, change: Change) -> Ref | None:
    """Return the pledge, the notice or the shared record that the change is about; None if it is about a unit."""
    if not change.title:
        return None
    title = in_language(change.title, lang.code)
    if change.of:
        return Ref(_shared(lang, change), title)
    kind = "notice" if change.is_of_notice else "pledge"
    return Ref("" if change.is_gone else f"{kind}:{change.id}", title)


def _shared(lang: LanguageContext, change: Change) -> str:
    """Return the reference of the page of a shared record; "" if it has none any more: unlike a pledge, it can be
    removed."""
    content = lang.content
    ids: dict[str, Iterable[str]] = {
        "theme": lang.themes,
        "programme": lang.programmes,
        "term": (term.id for term in content.glossary),
    }
    if change.of == "article":
        return change.id if change.id in _ARTICLES else ""
    return f"{change.of}:{change.id}" if change.id in ids[change.of] else ""


_ARTICLES = ("about", "method")
"""The articles that are pages."""


def _periods(stated: Mapping[str, str]) -> tuple[tuple[PeriodView, PeriodView], ...]:
    return tuple((_period(first), _period(last)) for first, last in in_spans(stated[""].split()))


def _period(period: Period) -> PeriodView:
    return PeriodView(period.stated, period.rhythm, period.year, period.n)


def _mark(stated: Mapping[str, str]) -> DeadlineMark | None:
    return deadline_mark(read_deadline(stated[""])) if stated.get("") else None
