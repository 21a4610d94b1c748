"""Makes the views of one unit, in one language, that several pages and documents show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import groupby

from gazette.model.life.in_charge import OF_EACH, stated_of
from gazette.model.life.status import LATE, WATCHED
from gazette.model.records.successions import Ended, Renamed, TookOver
from gazette.planning import counting
from gazette.planning.counting import LedgerEntry
from gazette.planning.language import LanguageContext, iso
from gazette.planning.notice_views import notice_item
from gazette.planning.other_views import OtherPledges
from gazette.planning.outcomes import outcome
from gazette.planning.pledge_views import latest_report, pledge_item, pledge_view, source_view, tenure_view, unit_refs
from gazette.planning.revision_views import revision_notes
from gazette.site.views.elements import Count, Ref, SuccessionView
from gazette.site.views.matrix import Cell, MatrixFragment
from gazette.site.views.pledge import GroupFragment, PledgeItem
from gazette.site.views.unit import InCharge, RenamedView, StatementFragment, Stroke, TookOverView, UnitCard, UnitView


class UnitViews:
    """A unit's statement in one language. Each view is made once, however many pages show it."""

    def __init__(self, lang: LanguageContext, entries: tuple[LedgerEntry, ...]) -> None:
        self.lang, self.entries, self.unit_file = lang, entries, entries[0].unit_file
        self.ref = Ref(f"unit:{self.unit_file.id}", lang.text(self.unit_file.unit.name))
        self.short_ref = Ref(self.ref.ref, lang.text(self.unit_file.unit.short))
        self.items: dict[str, PledgeItem] = {entry.pledge.id: pledge_item(lang, self.ref, entry) for entry in entries}
        self.card = _card(lang, entries)

    @cached_property
    def statement(self) -> StatementFragment:
        """The unit's page, and the pages of all its pledges."""
        items, wholes = (*self.items.values(),), self._wholes()
        pledges = (
            pledge_view(self.lang, entry, items, index, wholes.get(entry.pledge.id))
            for index, entry in enumerate(self.entries)
        )
        return StatementFragment(self._unit(), tuple(pledges))

    @cached_property
    def matrix(self) -> MatrixFragment:
        """The unit's row of the matrix."""
        filed = ((ref, counting.of_theme(self.entries, id)) for id, ref in self.lang.themes.items())
        cells = tuple(Cell(ref, counting.states(some), counting.reported(some)) for ref, some in filed)
        return MatrixFragment(self.ref, self.card.short, self.unit_file.id, cells, len(counting.counted(self.entries)))

    def group(self, some: tuple[LedgerEntry, ...], kind: str = "") -> GroupFragment:
        """Return some of its pledges: those of a theme, a programme, a kind of deadline or an alert (`kind`)."""
        items = tuple(self.items[entry.pledge.id] for entry in some)
        return GroupFragment(
            unit=self.ref,
            anchor=self.unit_file.id,
            pledges=items,
            states=counting.states(some),
            kind=kind,
            names=self.former_names,
        )

    @cached_property
    def former_names(self) -> tuple[str, ...]:
        """Other and former names of the unit."""
        unit, say = self.unit_file.unit, self.lang.text
        names = (unit.also, *(text for each in unit.renamed for text in (each.before, each.short)))
        return tuple(dict.fromkeys(say(name) for name in names if name))

    def _wholes(self) -> dict[str, Ref]:
        """Return the pledge that each part was split from: `{part's id: link}`."""
        whole = ((entry.pledge.split, self.items[entry.pledge.id]) for entry in self.entries)
        return {id: Ref(item.ref, item.title) for split, item in whole if split for id in split.into}

    def _unit(self) -> UnitView:
        unit, day = self.unit_file.unit, self.entries[0].as_of
        others = OtherPledges(self.lang, self.unit_file, day)
        programme_ids = dict.fromkeys(id for pledge in unit.pledges for id in pledge.programmes)
        return UnitView(
            card=self.card,
            notes=(
                *self.lang.notes(unit.notes),
                *revision_notes(self.lang, unit.revisions),
                *self.lang.stale(self.unit_file, self.unit_file.id),
            ),
            pledges=tuple(self.items.values()),
            strokes=_strokes(self.items[entry.pledge.id] for entry in counting.counted(self.entries)),
            latest=tuple(latest_report(self.lang, entry) for entry in self.entries),
            programmes=tuple(self.lang.programmes[id] for id in programme_ids),
            source=source_view(self.lang, unit.pledges[0].source, whole=False),
            heads=tuple(tenure_view(self.lang, head, self.lang.text(head.title)) for head in unit.heads[::-1]),
            renamed=tuple(_renamed(self.lang, each) for each in unit.renamed[::-1]),
            ended=_ended(self.lang, unit.ended),
            took_over=(*_took_over(self.lang, unit.took_over[::-1]),),
            joint=others.joint(unit.joint_pledges),
            draft=unit.draft,
            in_charge=_in_charge(self.entries),
            notices=tuple(notice_item(self.lang, file, day) for file in reversed(self.unit_file.notices)),
            taken=others.taken(),
        )


def _in_charge(unit_entries: tuple[LedgerEntry, ...]) -> tuple[InCharge, ...]:
    """Return, for each role, the numbers of the pledges that state it: a plan, a leader, a task force."""
    stated = [(str(entry.number), stated_of(entry.pledge)) for entry in counting.counted(unit_entries)]
    return tuple(InCharge(role, tuple(number for number, roles in stated if role in roles)) for role in OF_EACH)


def _strokes(items: Iterable[PledgeItem]) -> tuple[Stroke, ...]:
    """Return the strokes of some pledges, in the order of a tally."""
    in_order = sorted(items, key=lambda item: counting.STROKES.index(item.status.code))
    return tuple(Stroke(item.id, item.title, item.status.code, item.status.is_late) for item in in_order)


def _renamed(lang: LanguageContext, renaming: Renamed) -> RenamedView:
    return RenamedView(
        iso(renaming.date), lang.text(renaming.before), lang.text(renaming.reason), lang.evidence(renaming.evidence)
    )


def _ended(lang: LanguageContext, ending: Ended | None) -> SuccessionView | None:
    if ending is None:
        return None
    into = unit_refs(lang, ending.into)
    return SuccessionView(iso(ending.date), into, lang.text(ending.reason), lang.evidence(ending.evidence))


def _took_over(lang: LanguageContext, takeovers: tuple[TookOver, ...]) -> Iterator[TookOverView]:
    """Yield for each day the units that were taken over, each with a link to its pledges on its own page."""
    for day, others in groupby(takeovers, key=lambda each: each.date):
        units = unit_refs(lang, reversed([*others]))
        yield TookOverView(iso(day), tuple(Ref(f"{unit.ref}#unit_pledges", unit.name) for unit in units))


def _card(lang: LanguageContext, unit_entries: tuple[LedgerEntry, ...]) -> UnitCard:
    unit_file, say = unit_entries[0].unit_file, lang.text
    unit = unit_file.unit
    checkable: list[str] = [entry.pledge.checkable for entry in counting.counted(unit_entries)]
    states, reported = counting.states(unit_entries), counting.reported(unit_entries)
    return UnitCard(
        id=unit_file.id,
        name=say(unit.name),
        short=say(unit.short),
        also=say(unit.also),
        kind=unit.kind,
        order=unit.order,
        signed_name=say(unit.signed_by.name),
        signed_title=say(unit.signed_by.title),
        summary=say(unit.summary),
        states=states,
        reported=reported,
        outcome=outcome(states, reported, sum(entry.status.is_late for entry in unit_entries)),
        checkable=tuple(Count(code, checkable.count(code)) for code in counting.CHECKABLE),
        dated=sum(entry.pledge.deadline.last is not None for entry in counting.counted(unit_entries)),
        late=_of_alerts(unit_entries, LATE),
        watched=_of_alerts(unit_entries, WATCHED),
        ended=iso(unit.ended.date if unit.ended else None),
        as_of=max((iso(entry.status.as_of) for entry in unit_entries if entry.status.alerts), default=""),
    )


def _of_alerts(unit_entries: tuple[LedgerEntry, ...], alerts: tuple[str, ...]) -> tuple[Count, ...]:
    return tuple(
        Count(alert, len(with_alert), sum(counting.is_due_too(entry, alert) for entry in with_alert))
        for alert in alerts
        if (with_alert := counting.of_alert(unit_entries, alert))
    )
