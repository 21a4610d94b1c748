"""Makes the snapshot lines of units and notices.

They depend on the records alone, so equal content gives equal lines in any order of work. Each field of a record is in
a line, or passed over for a reason.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from gazette.model.forms.record import Record
from gazette.model.forms.texts import one_line
from gazette.model.life.announced import as_told
from gazette.model.life.deadline_changes import deadline_changes, deadline_of
from gazette.model.life.history import history
from gazette.model.life.notice_status import notice_state
from gazette.model.life.passed import passed_dates
from gazette.model.life.recurrence import period_records, rhythm_of
from gazette.model.life.status import Status, status
from gazette.model.life.target_changes import figure_changes
from gazette.model.published.facts import ALERT, evidence_facts, evidence_facts_of_notices, stated_facts
from gazette.model.published.fingerprints import fingerprint
from gazette.model.published.held import spoken
from gazette.model.published.snapshots import EXPLAINED, SnapshotLine
from gazette.model.records.content import UnitFile
from gazette.model.records.lifecycle import EVENTS, event_of
from gazette.model.records.notices import Notice, NoticeFile, NoticeRevision
from gazette.model.records.revisions import PledgeRevision, UnitRevision, said_before
from gazette.model.records.successions import TookOver
from gazette.model.records.tenures import Assignment, Head
from gazette.model.records.units import Pledge, Unit, Update

DETAILS = "details"
"""Stands for a field: what a step says besides its day and kind."""

_DRAFT = {"draft": "no draft is public"}
_OF_DRAFTS = {"original": "only a draft may hold it", **_DRAFT}

NOT_TOLD: dict[type[Record], dict[str, str]] = {
    Unit: {
        "pledges": "each of them has lines of its own",
        "order": "a unit that comes or goes moves all that follow; it only puts changes in their order",
        **_OF_DRAFTS,
    },
    Pledge: {"id": "it is what the lines are about", **_OF_DRAFTS},
    Notice: _DRAFT,
}
"""The fields that are not reported, and why."""

TOLD = (
    *dict.fromkeys(
        name
        for record, passed_over in NOT_TOLD.items()
        for name in record.__struct_fields__
        if name not in (*passed_over, "updates")
    ),
    *("step", DETAILS, ALERT),
)
"""The fields that may be reported as different, with a step that is gone (`step`), its details, and an edition's
alert."""

_ELSEWHERE = {
    Unit: ("name", "signed_by", "summary", "heads", "renamed", "ended", "took_over", "revisions", "formerly"),
    Pledge: (
        *("title", "text", "done_when", "target", "deadline", "formerly", "revisions"),
        *("target_changed", "moved", "assigned", "updates", "reply", "withdrawn", "split"),
    ),
    Notice: ("result", "results", "revisions", "withdrawn", "formerly"),
}
"""The fields whose lines have a form of their own."""

_REFERENCES = {"joint": "unit", "joint_pledges": "pledge"}
"""The fields that name other units or pledges, and the attribute that holds their id."""

_TOLD_OTHERWISE = ("moved", "target-changed", "assigned", "released")
"""Events of a pledge that other lines report with more than their day."""

_APART: dict[type, tuple[str, ...]] = {
    Update: ("reply", "draft"),
    Head: ("until",),
    Assignment: ("until",),
    TookOver: ("name",),  # the other unit's own lines hold its name
}
"""Fields left out of the fingerprint of a part, because other lines report them."""

Line = tuple[str, str, str]
"""(field, language, value)"""

_Part = tuple[str, str, object]
"""(field, key that tells its values apart, value)"""


def lines_of(
    unit_file: UnitFile, as_of: datetime.date | None, since: datetime.date | None = None
) -> Iterator[SnapshotLine]:
    """Snapshot lines of a unit on the day `as_of`. `unit_file` is without drafts; `since` is the day of the
    statements."""
    unit, id = as_told(unit_file, as_of).unit, unit_file.id
    languages = tuple(unit.name)
    yield from (SnapshotLine(id, *fact[:4]) for fact in stated_facts(id, unit))
    for fact in evidence_facts(id, unit, unit_file.files):
        yield SnapshotLine(id, fact.id, "file", "", fact.value)
    yield from (SnapshotLine(id, id, *line) for line in (*_of_unit(unit), *_own_fields(unit, languages)))
    for pledge in unit.pledges:
        state = status(pledge, as_of, unit_file.notices)
        lines = (*_of_pledge(pledge, state, languages), *_periods(pledge, since, as_of))
        passed = (f"{each.date} {each.what}" for each in passed_dates(pledge, unit_file.notices, since, as_of))
        lines = (*lines, *_own_fields(pledge, languages), *(("passed", "", each) for each in ("-", *passed)))
        yield from (SnapshotLine(id, pledge.id, *line) for line in lines)


def lines_of_notices(notices: Iterable[NoticeFile], as_of: datetime.date | None) -> Iterator[SnapshotLine]:
    """Snapshot lines of notices on the day `as_of`. None of them may be a draft."""
    for file in notices:
        languages = tuple(file.notice.title)
        files = (("file", "", fact.value) for fact in evidence_facts_of_notices((file,)))
        lines = (*_of_notice(file.notice, as_of), *_own_fields(file.notice, languages), *files)
        yield from (SnapshotLine("", file.id, *line) for line in lines)


# ── any record ───────────────────────────────────────────────────────────────


def _own_fields(record: Record, languages: tuple[str, ...]) -> Iterator[Line]:
    """Lines of the fields without a form of their own: the text or value, or a fingerprint of anything larger."""
    passed_over = (*NOT_TOLD[type(record)], *_ELSEWHERE[type(record)])
    for name in (name for name in record.__struct_fields__ if name not in passed_over):
        value = getattr(record, name)
        if name in _REFERENCES and value:  # their names are in their own lines
            yield name, "", " ".join(getattr(each, _REFERENCES[name]) for each in value)
        else:
            yield from lines_of_field(name, value, languages)


def lines_of_field(name: str, value: object, languages: tuple[str, ...]) -> Iterator[Line]:
    """The lines of one field; none if it is empty."""
    if value in (None, ()):
        return
    if isinstance(value, dict):
        yield from ((name, language, one_line(text)) for language, text in value.items())
    elif any(isinstance(each, Record) for each in (value if isinstance(value, tuple) else (value,))):
        yield from _parts([(name, "-", value)], languages)
    elif isinstance(value, tuple):
        yield name, "", " ".join(map(str, value))
    else:
        yield name, "", str(getattr(value, "stated", value))


def _parts(parts: Iterable[_Part], languages: tuple[str, ...]) -> Iterator[Line]:
    for name, key, value in parts:
        without = _APART.get(type(value), ())
        for language in languages:
            yield "part", language, f"{name} {key} {fingerprint(value, language, without)}"


def _revised(
    revisions: Iterable[PledgeRevision | UnitRevision | NoticeRevision], languages: Iterable[str]
) -> Iterator[Line]:
    codes = tuple(languages)
    for revision in revisions:
        for field in said_before(revision.was):
            explained = f"{revision.date} {revision.kind} {field}"
            yield "revision", "", explained
            if field not in EXPLAINED:
                yield from (
                    ("was", code, f"{explained} {spoken(getattr(revision.was, field), code)}") for code in codes
                )


def _revisions(revisions: Iterable[PledgeRevision | UnitRevision | NoticeRevision]) -> Iterator[_Part]:
    for each in revisions:
        yield "revisions", f"{each.date}/{each.kind}/{'/'.join(said_before(each.was))}", each


def _key_of(term: Head | Assignment) -> str:
    """The key that tells a term apart from others. It stays the same when the term ends or gets evidence."""
    return fingerprint(term, next(iter(term.name)), ("until", "evidence"))


def _tenure(role: str, term: Head | Assignment, names: dict[str, str]) -> Iterator[Line]:
    """Lines that say who held a role, from when to when."""
    key = _key_of(term)
    for language, name in names.items():
        yield "tenure", language, f"{role} {term.since or '-'} {term.until or '-'} {key} {one_line(name)}"


# ── units ────────────────────────────────────────────────────────────────────


def _of_unit(unit: Unit) -> Iterator[Line]:
    yield "order", "", str(unit.order)
    yield from (("formerly", "", former) for former in unit.formerly)
    for renamed in unit.renamed:
        names = ("name", "short") if renamed.short else ("name",)
        yield from (("revision", "", f"{renamed.date} change {name}") for name in names)
    yield from _revised(unit.revisions, unit.name)
    for head in unit.heads:
        yield from _tenure("head", head, {code: f"{name} | {head.title[code]}" for code, name in head.name.items()})
    if unit.ended is not None:
        yield "event", "", f"{unit.ended.date} {'merged' if len(unit.ended.into) == 1 else 'divided'}"
        for language in unit.name:
            yield "into", language, " | ".join(one_line(each.name[language]) for each in unit.ended.into)
    for other in unit.took_over:
        yield from (
            ("took_over", code, f"{other.date} {other.unit} {one_line(name)}") for code, name in other.name.items()
        )
    yield from _parts(_parts_of_unit(unit), tuple(unit.name))


def _parts_of_unit(unit: Unit) -> Iterator[_Part]:
    yield from _revisions(unit.revisions)
    yield from (("renamed", str(each.date), each) for each in unit.renamed)
    yield from (("heads", _key_of(each), each) for each in unit.heads)
    if unit.ended is not None:
        yield "ended", str(unit.ended.date), unit.ended
    yield from (("took_over", f"{each.date}/{each.unit}", each) for each in unit.took_over)


# ── pledges ──────────────────────────────────────────────────────────────────


def _of_pledge(pledge: Pledge, state: Status, languages: tuple[str, ...]) -> Iterator[Line]:
    yield "deadline", "", pledge.deadline.stated
    yield "due", "", deadline_of(pledge).stated
    yield "state", "", f"{state.code} {state.since}" if state.since else state.code
    yield from (("alert", "", alert) for alert in state.alerts)
    yield from (("recheck", "", str(each.recheck)) for each in pledge.updates[-1:] if each.recheck is not None)
    for event in history(pledge):
        if event.what in EVENTS and event.what not in _TOLD_OTHERWISE:
            yield "event", "", f"{event.date} {event.what}"
    for change in deadline_changes(pledge):
        by = change.moved.by if change.moved else {}
        yield from _granted("moved", f"{change.date} {change.before.stated} {change.to.stated}", by)
    for figure in figure_changes(pledge):
        yield from _granted("figure", f"{figure.date} {figure.before} {figure.to}", figure.change.by)
    if pledge.target is not None:
        yield from (("figure_unit", language, one_line(text)) for language, text in pledge.target.unit.items())
    for assigned in pledge.assigned:
        yield from _tenure(assigned.role, assigned, assigned.name)
    if pledge.split is not None:
        yield "into", "", " ".join(pledge.split.into)
    yield from _revised(pledge.revisions, languages)
    yield from (("formerly", "", former) for former in pledge.formerly)
    yield from _parts(_parts_of_pledge(pledge), languages)


def _periods(pledge: Pledge, since: datetime.date | None, as_of: datetime.date | None) -> Iterator[Line]:
    """Lines of the periods that are over, for a recurring pledge. `missing` means only that no report was received."""
    if rhythm_of(pledge):
        yield "periods", "", "-"
        for period, reports in period_records(pledge, since, as_of):
            yield "periods", "", f"{period.stated} {'reported' if reports else 'missing'}"


def _granted(field: str, what: str, by: dict[str, str]) -> Iterator[Line]:
    """Lines of what was granted, with the grantor in each language; a change set on reopening has none."""
    yield field, "", what
    yield from ((field, language, f"{what} {one_line(text)}") for language, text in by.items())


def _parts_of_pledge(pledge: Pledge) -> Iterator[_Part]:
    yield from _revisions(pledge.revisions)
    yield from (("updates", f"{each.date}/{event_of(each)}", each) for each in pledge.updates)
    replies = (pledge.reply, *(update.reply for update in pledge.updates))
    yield from (("reply", str(each.date), each) for each in replies if each is not None)
    yield from (("moved", str(each.date), each) for each in pledge.moved)
    yield from (("target_changed", str(each.date), each) for each in pledge.target_changed)
    yield from (("assigned", _key_of(each), each) for each in pledge.assigned)
    for name in ("withdrawn", "split"):
        ended = getattr(pledge, name)
        if ended is not None:
            yield name, str(ended.date), ended


# ── notices ──────────────────────────────────────────────────────────────────


def _of_notice(notice: Notice, as_of: datetime.date | None) -> Iterator[Line]:
    state = None if notice.withdrawn else notice_state(notice, as_of)
    if state in ("open", "over") and notice.period is not None:
        yield "state", "", f"{state} {notice.period.end}"
    if notice.result is not None:
        yield "event", "", f"{notice.result.date} result-{notice.result.outcome}"
    for result in notice.results:
        yield "event", "", f"{result.date} result-{result.outcome} {' '.join(result.pledges)}"
    if notice.withdrawn is not None:
        yield "event", "", f"{notice.withdrawn.date} withdrawn"
    yield from _revised(notice.revisions, notice.title)
    yield from (("formerly", "", former) for former in notice.formerly)
    yield from _parts(_parts_of_notice(notice), tuple(notice.title))


def _parts_of_notice(notice: Notice) -> Iterator[_Part]:
    yield from _revisions(notice.revisions)
    for name in ("result", "withdrawn"):
        part = getattr(notice, name)
        if part is not None:
            yield name, str(part.date), part
    yield from (("results", f"{each.date}/{'/'.join(each.pledges)}", each) for each in notice.results)
