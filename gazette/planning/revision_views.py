"""Makes the views of revisions: what was published before, and why it changed. They stand among the editors' notes."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from decimal import Decimal

from gazette.model.forms.dates import Deadline
from gazette.model.forms.periods import Period
from gazette.model.forms.record import Record, choices
from gazette.model.published.held import STOPS
from gazette.model.records.evidence import Evidence
from gazette.model.records.lifecycle import event_of
from gazette.model.records.notices import NoticeBefore, NoticeKind, NoticeRevision
from gazette.model.records.revisions import (
    EvidenceBefore,
    PledgeBefore,
    PledgeRevision,
    RevisionKind,
    StepBefore,
    UnitBefore,
    UnitRevision,
    said_before,
)
from gazette.model.records.unit_parts import Figure, Reached, Signatory, UnitKind
from gazette.model.records.units import Pledge, Unit
from gazette.planning.language import LanguageContext, iso
from gazette.planning.sentence_views import sentence_marks
from gazette.site.views.changes import RevisedMark
from gazette.site.views.elements import BeforePart, BeforeView, DeadlineMark, FigureView, NoteView, PeriodView


def revision_notes(
    lang: LanguageContext, revisions: Iterable[PledgeRevision | UnitRevision | NoticeRevision]
) -> tuple[NoteView, ...]:
    """Return the revisions of a unit, a pledge or a notice as notes, in order of date."""
    return tuple(
        NoteView(
            kind=revision.kind,
            text=lang.text(revision.reason),
            date=iso(revision.date),
            before=tuple(_before(lang, revision.was)),
            by=lang.text(revision.by),
            evidence=lang.evidence(revision.evidence),
        )
        for revision in sorted(revisions, key=lambda each: each.date)
    )


SHORT = ("name", "short", "also", "title", "signed_by", "target", "deadline")
"""The fields that are shown whole, before and after, wherever a change of them is shown."""

LONG = ("text", "summary", "done_when", "why")
"""The fields of which only the sentences that differ are shown."""


def revised_marks(
    lang: LanguageContext, owner: Unit | Pledge, revision: UnitRevision | PledgeRevision
) -> Iterator[RevisedMark]:
    """Yield each field that a revision changed: what it said before and after; of a long text, the sentences that
    differ."""
    later = [each for each in owner.revisions if each.date > revision.date]
    for name in said_before(revision.was):
        if name in SHORT or name in LONG:
            values = (getattr(each.was, name) for each in sorted(later, key=lambda each: each.date))
            now = next((value for value in values if value is not None), getattr(owner, name, None))
            before, after = (_view_of(lang, name, value) for value in (getattr(revision.was, name), now))
            if now is None or before == after:  # else it differs in another language only
                continue
            if name in SHORT:
                yield RevisedMark(before, after)
            else:
                marks, more = sentence_marks(before.text, after.text)
                if marks:
                    yield RevisedMark(BeforeView(name), BeforeView(name), marks, more)


def _before(lang: LanguageContext, was: PledgeBefore | UnitBefore | NoticeBefore) -> Iterator[BeforeView]:
    yield from (_view_of(lang, name, getattr(was, name)) for name in said_before(was))


def _view_of(lang: LanguageContext, name: str, value: object) -> BeforeView:
    if isinstance(value, Figure):
        return BeforeView(name, figure=figure_view(lang, value))
    if isinstance(value, Deadline):
        return BeforeView(name, deadline=deadline_mark(value))
    if isinstance(value, StepBefore):
        return BeforeView(name, step=value.state, date=iso(value.date), parts=_in_order(_of_step(lang, value)))
    if isinstance(value, Signatory):
        return BeforeView(name, lang.text({code: f"{each} {value.name[code]}" for code, each in value.title.items()}))
    if isinstance(value, dict):
        return BeforeView(name, lang.text(value))
    return BeforeView(name, parts=_in_order(_parts(lang, name, value)))


def _in_order(parts: Iterable[BeforePart]) -> tuple[BeforePart, ...]:
    """Sort the parts so that sentences come last: after their full stop no part may follow."""
    return tuple(sorted(parts, key=lambda part: part.text.endswith(STOPS)))


_GROUPS = {
    "checkable": "checkable",
    "role": "role",
    "outcome": "notice_state",
    "alert": "alert",
    "part": "notice_part",
}
"""The fields that hold a code, each with the group of words that names its codes."""

_KINDS = {
    **dict.fromkeys(choices(UnitKind), "kind_one"),
    **dict.fromkeys(choices(NoticeKind), "notice_kind"),
    **dict.fromkeys(choices(RevisionKind), "note"),
}
"""The kinds of units, notices and revisions, each with its group of words."""


def _of_step(lang: LanguageContext, step: StepBefore) -> Iterator[BeforePart]:
    if step.outcome:
        yield BeforePart(group="event", code=event_of(step))
    for name in step.__struct_fields__:
        if name not in ("date", "state", "result", "upheld", "held"):
            yield from _parts(lang, name, getattr(step, name))


def _parts(lang: LanguageContext, field: str, value: object) -> Iterator[BeforePart]:
    """Yield what is shown of a former value of `field`."""
    if value is None:
        return
    if isinstance(value, Reached):
        yield BeforePart(lang.text(value.unit), reached=str(value.value), total=str(value.of or ""))
    elif isinstance(value, EvidenceBefore) and value.file is not None:
        yield BeforePart(value.file)
    elif isinstance(value, Evidence):
        yield BeforePart(lang.text(value.title))
    elif isinstance(value, Record):
        for name in value.__struct_fields__:
            yield from _parts(lang, name, getattr(value, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from _parts(lang, field, each)
    else:
        yield _part(lang, field, value)


def _part(lang: LanguageContext, field: str, value: object) -> BeforePart:
    if isinstance(value, datetime.date):
        return BeforePart(date=iso(value))
    if isinstance(value, Deadline):
        return BeforePart(deadline=deadline_mark(value))
    if isinstance(value, Period):
        return BeforePart(period=PeriodView(value.stated, value.rhythm, value.year, value.n))
    if isinstance(value, dict):
        return BeforePart(lang.text(value))
    group = _KINDS.get(str(value), "") if field == "kind" else _GROUPS.get(field, "")
    return BeforePart(group=group, code=str(value)) if group else BeforePart(str(value))


def figure_view(lang: LanguageContext, figure: Figure, now: Decimal | None = None) -> FigureView:
    """Return a figure with its unit, and with `now`, the figure in force, if it differs."""
    changed = "" if now is None or now == figure.value else str(now)
    return FigureView(str(figure.value), lang.text(figure.unit), lang.text(figure.what), changed)


def deadline_mark(stated: Deadline, now: Deadline | None = None) -> DeadlineMark:
    """Return a deadline as pages mark it, with `now`, the deadline in force, if it differs."""
    changed = None if now is None or now == stated else deadline_mark(now)
    return DeadlineMark(stated.kind, stated.stated, iso(stated.first), iso(stated.last), changed)
