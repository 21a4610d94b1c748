"""The views of revisions: what was published, and why it reads otherwise now. They stand among the editors' notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from gazette.model.dates import Deadline
from gazette.model.notice_records import NoticeBefore, NoticeRevision
from gazette.model.revisions import PledgeBefore, PledgeRevision, UnitBefore, UnitRevision
from gazette.model.unit_parts import Figure
from gazette.planning.language import LanguageContext, iso
from gazette.site.views.elements import BeforeView, DeadlineMark, FigureView, NoteView


def revision_notes(
    lang: LanguageContext, revisions: Iterable[PledgeRevision | UnitRevision | NoticeRevision]
) -> tuple[NoteView, ...]:
    """The revisions of a unit, a pledge or a notice, in order of date."""
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


def _before(lang: LanguageContext, was: PledgeBefore | UnitBefore | NoticeBefore) -> Iterator[BeforeView]:
    say = lang.text
    if isinstance(was, UnitBefore):
        texts = {"name": say(was.name), "summary": say(was.summary)}
        if was.signed_by is not None:
            texts["signed_by"] = f"{say(was.signed_by.title)} {say(was.signed_by.name)}"
    elif isinstance(was, NoticeBefore):
        texts = {"title": say(was.title)}
    else:
        texts = {"title": say(was.title), "text": say(was.text), "done_when": say(was.done_when)}
    if was.evidence is not None:
        texts["evidence"] = was.evidence.file
    yield from (BeforeView(field, text) for field, text in texts.items() if text)
    if isinstance(was, PledgeBefore):
        if was.target is not None:
            yield BeforeView("target", figure=figure_view(lang, was.target))
        if was.deadline is not None:
            yield BeforeView("deadline", deadline=deadline_mark(was.deadline))
        if was.step is not None:
            yield BeforeView("step", step=was.step.state, date=iso(was.step.date))


def figure_view(lang: LanguageContext, figure: Figure, now: Decimal | None = None) -> FigureView:
    """A figure with its unit, and with the one that holds now where that is another."""
    changed = "" if now is None or now == figure.value else str(now)
    return FigureView(str(figure.value), lang.text(figure.unit), lang.text(figure.what), changed)


def deadline_mark(own: Deadline, now: Deadline | None = None) -> DeadlineMark:
    """A deadline, with the one that holds now where that is another."""
    changed = None if now is None or now == own else deadline_mark(now)
    return DeadlineMark(own.kind, own.stated, iso(own.first), iso(own.last), changed)
