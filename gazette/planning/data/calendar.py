"""Plans the calendar of a language: an entry for each dated deadline, and one for each recurring pledge."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from gazette.model.forms.periods import MONTHS
from gazette.model.life.deadline_changes import deadline_changes
from gazette.model.life.recurrence import ends_of, first_period, rhythm_of
from gazette.model.life.status import PASSED
from gazette.model.records.content import SharedContent
from gazette.model.records.units import Pledge
from gazette.model.text.markup import plain
from gazette.planning.counting import LedgerEntry, Totals
from gazette.planning.language import LanguageContext
from gazette.site.calendar_format import day, escaped, lines, moment, whole_day
from gazette.site.routes import route
from gazette.site.target import Fragment, Slot, Target
from gazette.site.views.files import DataView

NO_DAY = datetime.date(1970, 1, 1)
"""The time stamp of an entry where nothing known has a day. Each entry must have one, and a build reads no clock."""

_STATED, _BEFORE, _NOW = "calendar.stated", "calendar.before", "calendar.now"
"""The words for a deadline: it is the stated one; another is in force in its place; it is the one in force."""

COUNT = "calendar"
"""The name of the total of entries."""


class Due:
    """The days of one pledge: its deadlines, each with the name of its words, and its rhythm."""

    def __init__(self, entry: LedgerEntry, since: datetime.date | None) -> None:
        self.entry, self.pledge = entry, entry.pledge
        self.days = [*_days(self.pledge)]
        self.rule = _rule(entry, since)
        event_days = (event.date for event in entry.history if event.changes_something and event.what not in PASSED)
        self.stamp = max([*event_days, *filter(None, (since, self.pledge.source.date))], default=NO_DAY)

    def __len__(self) -> int:
        return len(self.days) + bool(self.rule)


def _days(pledge: Pledge) -> Iterator[tuple[int, datetime.date, str]]:
    """Yield the number of a deadline (0 is the stated one), its last day, and the name of its words. A withdrawn or
    split pledge has none."""
    if pledge.withdrawn is not None or pledge.split is not None:
        return
    changes = deadline_changes(pledge)
    if pledge.deadline.last is not None:
        yield 0, pledge.deadline.last, _BEFORE if changes else _STATED
    if changes and changes[-1].to.last is not None:
        yield len(changes), changes[-1].to.last, _NOW


def _rule(entry: LedgerEntry, since: datetime.date | None) -> tuple[datetime.date, str] | None:
    """Return the last day of the first period of a recurring pledge, and the RRULE (RFC 5545) of the periods that
    follow; None if it does not recur or ends before."""
    first = first_period(entry.pledge, since)
    if not rhythm_of(entry.pledge) or first is None:
        return None
    ends = [*ends_of(entry.pledge)]
    rule = f"FREQ=MONTHLY;INTERVAL={MONTHS[first.rhythm]};BYMONTHDAY=-1"
    if not ends:
        return first.last, rule
    last = min(ends) - datetime.timedelta(days=1)
    return (first.last, f"{rule};UNTIL={day(last)}") if first.last <= last else None


# ── entries of a unit ────────────────────────────────────────────────────────


def due_of(unit_entries: Sequence[LedgerEntry], content: SharedContent) -> list[Due]:
    """Return the days of the pledges of a unit that have any."""
    return [due for entry in unit_entries if len(due := Due(entry, content.site.statements_date))]


def count_due(dues: Sequence[Due]) -> dict[str, int]:
    """Return what a unit adds to the totals."""
    return {COUNT: sum(map(len, dues))} if dues else {}


def calendar_fragments(lang: LanguageContext, dues: Sequence[Due]) -> Iterator[Fragment]:
    """Yield the entries of a unit, in one language."""
    path = route("calendar", lang.code)
    for due in dues:
        for number, date, said in due.days:
            text = lines(_entry(lang, due, number, [*whole_day(date)], said))
            yield Fragment(path, path, "data", "text", text, sort_key=day(date))
        if due.rule:
            date, rule = due.rule
            text = lines(_entry(lang, due, 0, [*whole_day(date), ("RRULE", rule)], "calendar.period"))
            yield Fragment(path, path, "data", "text", text, sort_key=day(date))


def _entry(
    lang: LanguageContext, due: Due, number: int, when: list[tuple[str, str]], said: str
) -> Iterator[tuple[str, str]]:
    pledge, base = due.pledge, lang.site.base_url
    words = lang.content.words[said][lang.code]
    page = route(f"pledge:{pledge.id}", lang.code)
    yield "BEGIN", "VEVENT"
    yield "UID", f"{pledge.id}-{number}{_host(base)}"
    yield "DTSTAMP", moment(due.stamp)
    yield "SEQUENCE", str(len(deadline_changes(pledge)))
    yield from when
    unit, title = lang.text(due.entry.unit_file.unit.name), lang.text(pledge.title)
    yield "SUMMARY", escaped(f"{unit}{lang.content.word('gap.colon', lang.code)}{title}")
    yield "DESCRIPTION", escaped(f"{words}\n\n{plain(lang.text(pledge.text))}")
    if base:
        yield "URL", f"{base}{page}"
    yield "END", "VEVENT"


def _host(base: str) -> str:
    """Return what makes ids of this site globally unique: `@` and its address without the scheme; "" without an
    address."""
    return f"@{base.partition('://')[2].rstrip('/')}" if base else ""


# ── the file ─────────────────────────────────────────────────────────────────


def calendar_target(lang: LanguageContext, totals: Totals) -> Iterator[Target]:
    """Yield the calendar of a language, if it has any entry."""
    if totals[COUNT]:
        path, site = route("calendar", lang.code), lang.site
        name = (
            f"{site.title}{lang.content.word('gap.colon', lang.code)}{lang.content.words['nav.deadlines'][lang.code]}"
        )
        head = [
            *(("BEGIN", "VCALENDAR"), ("VERSION", "2.0"), ("PRODID", f"-//Gazette//{lang.language.tag}")),
            *(("CALSCALE", "GREGORIAN"), ("METHOD", "PUBLISH")),
            *(("NAME", escaped(name)), ("X-WR-CALNAME", escaped(name))),
        ]
        if site.licence_data:
            licence = site.licence_data
            terms = f"{lang.content.words['about.licence_data'][lang.code]}{licence.name} {licence.url}".strip()
            head.append(("DESCRIPTION", escaped(terms)))
        view = DataView(lines(head), lines([("END", "VCALENDAR")]), "")
        yield Target(path, "data", "table", view, slots=(Slot(path),))
