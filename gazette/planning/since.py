"""What is different since the last edition: the lines that each unit gives, and the views of changes."""

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
"""The slot of no page: what units put in it is compared with the last edition."""


def snapshot_fragments(content: SharedContent, unit_file: UnitFile, as_of: datetime.date | None) -> Iterator[Fragment]:
    """The lines of one unit, where there is an edition to compare them with. Only documents show the result."""
    if content.editions:
        text = "".join("\t".join(line) + "\n" for line in lines_of(unit_file, as_of, content.site.statements_date))
        yield Fragment(SNAPSHOT_SLOT, "", "pdf", "text", text)


def snapshot_lines(text: str) -> Iterator[SnapshotLine]:
    """The lines of all units, as they were given."""
    yield from (SnapshotLine(*line.split("\t")) for line in text.split("\n") if line)


def since_view(lang: LanguageContext, before: Edition, changes: Iterable[Change]) -> SinceView:
    """What changed since an edition, in one language, without what is told to the person who signs it alone."""
    found = tuple(change for change in changes if change.is_public)
    counts = tuple(Count(group, n) for group, n in by_group(found).items())
    changed = groupby(found, key=lambda change: (change.group, _unit(lang, change), _about(lang, change), change.of))
    views = (
        ChangedView(group, unit, about, tuple(_change(lang, change) for change in some), of)
        for (group, unit, about, of), some in changed
    )
    return SinceView(before.number, iso(before.date), counts, tuple(views))


def told_since(lang: LanguageContext, changes: tuple[Change, ...]) -> SinceView | None:
    """What a bulletin opens with, where `changes` are those since the last edition. While it is the bulletin of that
    edition, it tells what the edition told: the changes since the one before. None where there is none before."""
    if not lang.content.editions:
        return None
    *before, last = lang.content.editions
    if _is_another(lang.content.site.bulletin, last) or any(change.is_public for change in changes):
        return since_view(lang, last, changes)
    return since_view(lang, before[-1], last.changes) if before else None


def _is_another(issue: Bulletin | None, last: Edition) -> bool:
    """Whether a bulletin calls itself another issue than the last edition."""
    if issue is None:
        return False
    is_numbered = isinstance(issue.number, int)
    return (is_numbered and issue.number != last.number) or (issue.date not in (None, last.date))


_VALUES = ("renamed", "renamed_unit", "renamed_notice", "renamed_shared", "retargeted")
"""The kinds that tell ids or figures."""

_DEADLINES = ("overdue", "past", "recheck", "moved", "reset")
_SHOWN = ("name", "short", "also", "title", "signed_by", "target")
"""The fields that are short enough to be told as they were and are, where one of them reads otherwise."""

_NAMES = (
    *("merged", "divided", "split", "took_over", "appointed", "named", "released", "dropped"),
    *("notice_result_of", "notice_upheld_of"),
)


def _change(lang: LanguageContext, change: Change) -> ChangeView:
    before, after = in_language(change.before, lang.code), in_language(change.after, lang.code)
    told = before if change.what == "step" else after if change.what == DETAILS else ""
    step_date, _, step = told.partition(" ")
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
    """Whether a change is that of a text, in each language, that is not short enough to be told whole."""
    is_text = change.what not in (*_SHOWN, "step", DETAILS) and "" not in {*change.before, *change.after}
    return is_text and change.group in ("revised", "shared") and change.kind != "added_shared"


def _unit(lang: LanguageContext, change: Change) -> Ref | None:
    if not change.unit:
        return None
    return Ref("" if change.kind == "gone_unit" else f"unit:{change.unit}", in_language(change.name, lang.code))


def _about(lang: LanguageContext, change: Change) -> Ref | None:
    """The pledge, the notice, or what all pages share."""
    if not change.title:
        return None
    title = in_language(change.title, lang.code)
    if change.of:
        return Ref(_shared(lang, change), title)
    kind = "notice" if change.is_of_notice else "pledge"
    return Ref("" if change.is_gone else f"{kind}:{change.id}", title)


def _shared(lang: LanguageContext, change: Change) -> str:
    """The page of what all pages share, if it has one still: unlike a pledge it may be taken out."""
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


def _period(own: Period) -> PeriodView:
    return PeriodView(own.stated, own.rhythm, own.year, own.n)


def _mark(stated: Mapping[str, str]) -> DeadlineMark | None:
    return deadline_mark(read_deadline(stated[""])) if stated.get("") else None
