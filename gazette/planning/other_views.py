"""Makes the views of pledges in other units' files that a unit's page shows: those it took over, and joint ones."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from gazette.model.life.answering import answered_for, answering
from gazette.model.records.content import UnitFile
from gazette.model.records.successions import OtherPledge, OtherUnit
from gazette.planning import counting
from gazette.planning.counting import LedgerEntry
from gazette.planning.language import LanguageContext
from gazette.planning.outcomes import outcome
from gazette.planning.pledge_views import pledge_item, unit_refs
from gazette.site.views.elements import Ref
from gazette.site.views.unit import OtherItem, TakenView


class OtherPledges:
    """The pledges of other units that the pages of one unit show, in one language, as they are on `as_of`."""

    def __init__(self, lang: LanguageContext, unit_file: UnitFile, as_of: datetime.date | None) -> None:
        self.lang, self.unit_file = lang, unit_file
        since = lang.content.site.statements_date
        self.entries = {
            entry.pledge.id: entry for other in unit_file.others for entry in counting.entries(other, as_of, since)
        }

    def taken(self) -> TakenView | None:
        """Return the pledges that the unit answers for since others ended; None if there are none. Totals count them
        with the units that made them, so this view counts them separately."""
        taken_over = [
            (self.entries[pledge.id], answering(other, pledge)) for other, pledge in answered_for(self.unit_file)
        ]
        if not taken_over:
            return None
        entries = [entry for entry, _ in taken_over]
        late = sum(entry.status.is_late for entry in entries)
        items = tuple(self._taken(entry, others) for entry, others in taken_over)
        return TakenView(items, outcome(counting.states(entries), counting.reported(entries), late))

    def _taken(self, entry: LedgerEntry, others: Iterable[OtherUnit]) -> OtherItem:
        beside = unit_refs(self.lang, (each for each in others if each.unit != self.unit_file.id))
        is_joint = any(each.pledge == entry.pledge.id for each in self.unit_file.unit.joint_pledges)
        return self._item(entry, beside, is_joint=is_joint)

    def joint(self, pledges: Iterable[OtherPledge]) -> tuple[OtherItem, ...]:
        """Return the pledges that the unit made with others, in whose files they stand; those that it took over are
        left out."""
        taken = {pledge.id for _, pledge in answered_for(self.unit_file)}
        return tuple(self._joint(each) for each in pledges if each.pledge not in taken)

    def _joint(self, joint: OtherPledge) -> OtherItem:
        entry = self.entries.get(joint.pledge)
        return self._item(entry) if entry else OtherItem(joint.pledge, self.lang.text(joint.title))

    def _item(self, entry: LedgerEntry, beside: tuple[Ref, ...] = (), *, is_joint: bool = False) -> OtherItem:
        unit = Ref(f"unit:{entry.unit_file.id}", self.lang.text(entry.unit_file.unit.name))
        item = pledge_item(self.lang, unit, entry)
        return OtherItem(
            id=item.id,
            title=item.title,
            unit=unit,
            status=item.status,
            deadline=item.deadline,
            periods=item.periods,
            beside=beside,
            is_joint=is_joint,
        )
