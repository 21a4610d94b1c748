"""Plans the page of changes, the newest first. It exists as soon as anything has happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gazette.model.life.history import Event, unit_history
from gazette.model.records.lifecycle import state_after
from gazette.planning.counting import LedgerEntry
from gazette.planning.data.feed import feed_entry
from gazette.planning.language import iso
from gazette.planning.pages.shared_page import SharedPage
from gazette.planning.pledge_views import period_view
from gazette.planning.revision_views import deadline_mark, revised_marks
from gazette.planning.site_views import SiteViews
from gazette.planning.targets import SharedTarget, newest_first
from gazette.planning.unit_views import UnitViews
from gazette.site.target import Fragment, Slot
from gazette.site.views.changes import ChangesView, EventFragment, FigureMark
from gazette.site.views.elements import Count, Ref

ENDS = ("withdrawn", "split")
"""Events that are at the same time a state of the pledge."""

LISTED = 300
"""The most changes that the page lists, the newest first; the open data has all of them."""


def months(site: SiteViews) -> Iterator[Count]:
    """Yield the months that the page shows, the newest first, each with the number of changes that it lists."""
    room = LISTED
    for month, n in site.totals.months():
        if room:
            yield Count(month, min(n, room))
            room -= min(n, room)


def _view(site: SiteViews) -> ChangesView:
    has_passed = site.totals["log.of_days"] > 0
    return ChangesView(site.totals["log"], min(site.totals["log"], LISTED), (*months(site),), has_passed)


def _slots(site: SiteViews) -> Iterator[Slot]:
    yield from (Slot(f"{site.lang.code}/changes/{month.code}", limit=month.n) for month in months(site))


def _fragments(unit: UnitViews) -> Iterator[Fragment]:
    """Yield what a unit adds to the page and to the feed."""
    changes = SharedTarget(unit.lang, "changes")
    alike: Counter[tuple[str, str, str]] = Counter()
    for about, event, entry, sort_key in told(unit):
        day, view = iso(event.date), _event(unit, about, event, entry)
        yield changes.fragment(f"changes/{day[:7]}", "change.html", view, sort_key)
        alike[about.ref, day, event.what] += 1
        yield from feed_entry(unit.lang, view, alike[about.ref, day, event.what], sort_key)


def told(unit: UnitViews) -> Iterator[tuple[Ref, Event, LedgerEntry | None, str]]:
    """Yield the events of a unit and of its pledges, the same that the total `log` counts.

    Each comes with a link to what it is about, the pledge (None for the unit itself), and a sort key that puts the
    newest event of all units first.
    """
    for number, about, events, entry in _told(unit):
        for index, event in enumerate(events):
            later = len(events) - index
            yield about, event, entry, f"{newest_first(iso(event.date))} {unit.card.order:05} {number:05} {later:04}"


def _told(unit: UnitViews) -> Iterator[tuple[int, Ref, tuple[Event, ...], LedgerEntry | None]]:
    """Yield the events of each pledge with its number; first those of the unit itself, with number 0."""
    yield 0, unit.ref, unit_history(unit.unit_file.unit), None
    for entry in unit.entries:
        item = unit.items[entry.pledge.id]
        events = tuple(event for event in entry.history if event.changes_something)
        yield entry.number, Ref(item.ref, item.title), events, entry


def _event(unit: UnitViews, about: Ref, event: Event, entry: LedgerEntry | None) -> EventFragment:
    update, moved, revision = event.update, event.moved, event.revision
    owner = entry.pledge if entry else unit.unit_file.unit
    status = entry.status if entry and event.what == "accepted" and entry.status.since == event.date else None
    return EventFragment(
        date=iso(event.date),
        what=event.what,
        state=state_after(update) if update else event.what if event.what in ENDS else "none",
        unit=unit.ref,
        about=about,
        text=unit.lang.text(event.text),
        period=period_view(update.period) if update else None,
        before=deadline_mark(event.before) if event.before else None,
        to=deadline_mark(moved.to) if moved else None,
        passed=deadline_mark(event.passed) if event.passed else None,
        figure=_figure(unit, event),
        role=event.assigned.role if event.assigned else "",
        names=tuple(map(unit.lang.text, event.names)),
        revised=tuple(revised_marks(unit.lang, owner, revision)) if revision else (),
        days_late=status.days_late if status else 0,
        in_moved_time=status is not None and status.in_moved_time,
        is_again=status is not None and status.is_again,
    )


def _figure(unit: UnitViews, event: Event) -> FigureMark | None:
    figure = event.figure
    if figure is None:
        return None
    return FigureMark(str(figure.before), str(figure.to), unit.lang.text(figure.unit))


def _is_there(site: SiteViews) -> bool:
    return site.totals["log"] > 0


CHANGES = SharedPage("changes", _view, _slots, _fragments, section="status", is_there=_is_there, found_as="nav.changes")
