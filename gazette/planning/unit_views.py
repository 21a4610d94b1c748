"""The views of one unit in one language: its own pages, and what it adds to the pages that all share."""

from __future__ import annotations

from gazette.model.records import Pledge, Source, Update
from gazette.model.status import ALERTS, Status
from gazette.planning import counting
from gazette.planning.counting import LedgerEntry
from gazette.planning.language import LanguageContext, iso
from gazette.site.views.articles import DoubtfulSpot, SpotsFragment
from gazette.site.views.documents import ChangeFragment, ProgressFragment
from gazette.site.views.elements import Count, DeadlineMark, FigureView, Ref, SourceView, StatusMark
from gazette.site.views.matrix import Cell, MatrixFragment
from gazette.site.views.page import FormerView
from gazette.site.views.pledge import EvidenceView, GroupFragment, PledgeItem, PledgeView, UpdateView
from gazette.site.views.unit import StatementFragment, UnitCard, UnitView


class UnitViews:
    """A unit's statement, as the pages of one language show it."""

    def __init__(self, lang: LanguageContext, entries: tuple[LedgerEntry, ...]) -> None:
        self.lang, self.entries, self.unit_file = lang, entries, entries[0].unit_file
        self.ref = Ref(f"unit:{self.unit_file.id}", lang.text(self.unit_file.unit.name))
        self.items = {entry.pledge.id: self._item(entry) for entry in entries}
        self.card = self._card()

    # ── its own pages ──

    def unit(self) -> UnitView:
        unit = self.unit_file.unit
        named = dict.fromkeys(id for pledge in unit.pledges for id in pledge.programmes)
        return UnitView(
            card=self.card,
            notes=self.lang.notes(unit.notes),
            pledges=tuple(self.items.values()),
            programmes=tuple(self.lang.programmes[id] for id in named),
            source=SourceView(unit.pledges[0].source.section),
            draft=unit.draft,
        )

    def pledge(self, place: int) -> PledgeView:
        """The pledge at `place` (from 0) of the statement."""
        pledge, say = self.entries[place].pledge, self.lang.text
        target, withdrawn = pledge.target, pledge.withdrawn
        return PledgeView(
            item=self.items[pledge.id],
            of=len(self.entries),
            why=say(pledge.why),
            done_when=say(pledge.done_when),
            target=FigureView(str(target.value), say(target.unit), say(target.what)) if target else None,
            source=_source(pledge.source),
            updates=tuple(self._update(update) for update in pledge.updates),
            withdrawn_date=iso(withdrawn.date if withdrawn else None),
            withdrawn_reason=say(withdrawn.reason) if withdrawn else "",
            formerly=pledge.formerly,
            previous=self._neighbour(place - 1),
            following=self._neighbour(place + 1),
            draft=pledge.draft,
        )

    def former(self, pledge: Pledge, former: str) -> FormerView:
        """The page at an address that a pledge had before."""
        item = self.items[pledge.id]
        return FormerView(Ref(item.ref, item.title), item.id, former, self.ref)

    def former_unit(self, former: str) -> FormerView:
        """The page at an address that the unit, or one that was merged into it, had before."""
        return FormerView(self.ref, self.unit_file.id, former, Ref("units", ""))

    def _neighbour(self, place: int) -> Ref | None:
        if not 0 <= place < len(self.entries):
            return None
        item = self.items[self.entries[place].pledge.id]
        return Ref(item.ref, item.title)

    # ── what it adds to shared pages ──

    def group(self, some: tuple[LedgerEntry, ...], kind: str = "") -> GroupFragment:
        items = tuple(self.items[entry.pledge.id] for entry in some)
        return GroupFragment(self.ref, self.unit_file.id, items, counting.states(some), kind)

    def matrix(self) -> MatrixFragment:
        filed = ((ref, counting.of_theme(self.entries, id)) for id, ref in self.lang.themes.items())
        cells = tuple(Cell(ref, counting.states(some), counting.reported(some)) for ref, some in filed)
        return MatrixFragment(self.ref, self.card.short, self.unit_file.id, cells, len(self.entries))

    def progress(self) -> ProgressFragment:
        own, codes = self.entries, [entry.status.code for entry in self.entries]
        late = len(self.late())
        return ProgressFragment(self.card.short, len(own), counting.reported(own), codes.count("accepted"), late)

    def late(self) -> tuple[PledgeItem, ...]:
        """Its pledges whose stated date has passed."""
        return tuple(self.items[entry.pledge.id] for entry in self.entries if entry.status.alert)

    def spots(self) -> SpotsFragment:
        own = self.lang.notes(self.unit_file.unit.notes)
        spots = [DoubtfulSpot(self.ref, self.ref.name, note) for note in own]
        for item in self.items.values():
            spots += [DoubtfulSpot(Ref(item.ref, item.title), self.ref.name, note) for note in item.notes]
        return SpotsFragment(tuple(spot for spot in spots if spot.note.kind == "doubtful"))

    def section(self) -> StatementFragment:
        return StatementFragment(self.unit(), tuple(self.pledge(place) for place in range(len(self.entries))))

    def changes(self) -> tuple[ChangeFragment, ...]:
        """The dated steps of its pledges, and what was corrected or withdrawn."""
        found = []
        for entry in self.entries:
            item, say = self.items[entry.pledge.id], self.lang.text
            ref, steps = Ref(item.ref, item.title), counting.steps(entry.pledge)
            found += [ChangeFragment(iso(day), what, self.ref, ref, say(words)) for day, what, words in steps]
        return tuple(found)

    # ── parts ──

    def _card(self) -> UnitCard:
        unit, say, own = self.unit_file.unit, self.lang.text, self.entries
        checkable: list[str] = [entry.pledge.checkable for entry in own]
        return UnitCard(
            id=self.unit_file.id,
            name=say(unit.name),
            short=say(unit.short),
            also=say(unit.also),
            kind=unit.kind,
            order=unit.order,
            signed_name=say(unit.signed_by.name),
            signed_title=say(unit.signed_by.title),
            summary=say(unit.summary),
            states=counting.states(own),
            reported=counting.reported(own),
            checkable=tuple(Count(code, checkable.count(code)) for code in counting.CHECKABLE),
            dated=sum(entry.pledge.deadline.last is not None for entry in own),
            late=tuple(Count(alert, len(found)) for alert in ALERTS if (found := counting.of_alert(own, alert))),
            as_of=max((iso(entry.status.as_of) for entry in own if entry.status.alert), default=""),
        )

    def _item(self, entry: LedgerEntry) -> PledgeItem:
        pledge, say, lang = entry.pledge, self.lang.text, self.lang
        return PledgeItem(
            id=pledge.id,
            number=entry.number,
            unit=self.ref,
            title=say(pledge.title),
            text=say(pledge.text),
            status=_status(entry.status),
            deadline=_deadline(pledge),
            themes=tuple(lang.themes[id] for id in pledge.themes),
            programmes=tuple(lang.programmes[id] for id in pledge.programmes),
            checkable=pledge.checkable,
            notes=lang.notes(pledge.notes),
        )

    def _update(self, update: Update) -> UpdateView:
        say = self.lang.text
        return UpdateView(
            date=iso(update.date),
            state=update.state,
            text=say(update.text),
            evidence=tuple(EvidenceView(say(e.title), e.url or "", iso(e.date)) for e in update.evidence),
            inspected=iso(update.inspected),
            body=say(update.body),
            basis=say(update.basis),
            notice_begin=iso(update.notice.begin if update.notice else None),
            notice_end=iso(update.notice.end if update.notice else None),
            reason=say(update.reason),
            draft=update.draft,
        )


def _status(status: Status) -> StatusMark:
    return StatusMark(status.code, iso(status.since), status.alert, iso(status.as_of))


def _deadline(pledge: Pledge) -> DeadlineMark:
    own = pledge.deadline
    return DeadlineMark(own.kind, own.stated, iso(own.first), iso(own.last))


def _source(source: Source) -> SourceView:
    return SourceView(source.section, source.paragraph or 0, source.item or "")
