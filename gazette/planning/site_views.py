"""Makes the views of what the units say together, in one language, that several pages and documents show."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from gazette.model.life.status import LATE, WATCHED
from gazette.model.records.changes import Change
from gazette.model.records.shared import Programme, Theme
from gazette.planning.axis import axis
from gazette.planning.counting import PART_OF_LEDGER, Totals
from gazette.planning.glossary_order import in_order
from gazette.planning.language import LanguageContext
from gazette.planning.outcomes import outcome, parts
from gazette.planning.since import told_since
from gazette.site.views.deadlines import Axis, Lane
from gazette.site.views.editions import SinceView
from gazette.site.views.elements import Count, Ref
from gazette.site.views.glossary import TermView
from gazette.site.views.listed import Listed
from gazette.site.views.matrix import Matrix
from gazette.site.views.notices import NoticeView
from gazette.site.views.parts import CityPart
from gazette.site.views.programmes import ProgrammeCard
from gazette.site.views.status import Outcome, Part
from gazette.site.views.themes import ThemeCard

UNITS_ON_A_SHEET = 24
"""The most rows of units that a printed page has room for besides the rest."""


UNITS_ON_A_SCREEN = 100
"""The most units that a page lists. A city has a dozen districts; thousands of rows help nobody."""

CELLS_ON_A_PAGE = 1_000
"""The most cells of a matrix (units × themes) that a page has room for."""

UNITS_IN_A_LINE = 24
"""The most names of units in one line of text."""

SPLIT_OF = f"split.{PART_OF_LEDGER}"
"""The prefix of totals that count the rows of split pledges in a part of the ledger."""

IN_PARTS_FROM = 500
"""The number of rows from which the ledger is divided into parts."""

PLEDGES_ON_A_PAGE = 100
"""The most pledges that the page of a theme or a programme lists with their texts. With more, it says how many each
unit has, and links to the ledger."""


class SiteViews:
    """What the units say together, in one language. Each view is made once, however many pages show it."""

    def __init__(
        self,
        lang: LanguageContext,
        totals: Totals,
        changes: tuple[Change, ...] = (),
        notices: tuple[NoticeView, ...] = (),
        as_of: str = "",
    ) -> None:
        self.lang, self.totals, self.changes, self.notices, self.as_of = lang, totals, changes, notices, as_of
        self.units, self.pledges = totals["units"], totals["counted"]
        self.unit_kinds = _counts(totals.kind_counts())
        self.states = _counts(totals.state_counts())
        self.late = tuple(Count(*each) for each in totals.alert_counts(LATE))
        self.watched = tuple(Count(*each) for each in totals.alert_counts(WATCHED))
        self.deadlines = _counts(totals.deadline_counts())
        self.parts = tuple(CityPart(number, n, totals[f"{SPLIT_OF}{number}"]) for number, n in totals.parts())

    @property
    def is_small(self) -> bool:
        """True if a page lists all units in rows."""
        return self.units <= UNITS_ON_A_SCREEN

    def has_matrix(self, most: int = CELLS_ON_A_PAGE) -> bool:
        """True if a page with room for `most` cells shows the matrix."""
        return self.is_small and self.units * len(self.lang.themes) <= most

    @property
    def is_large(self) -> bool:
        """True if one table has no room for all pledges."""
        return sum(part.rows for part in self.parts) >= IN_PARTS_FROM

    @property
    def is_vast(self) -> bool:
        """True if only the pages of units and of parts list pledges or units one by one. All other pages count them,
        and link to those."""
        return self.is_large and not self.is_small

    def named(self, units: int) -> int:
        """Return how many of `units` units a line names before it stops; 0 if it names all of them."""
        return UNITS_IN_A_LINE if self.is_vast and units > UNITS_IN_A_LINE else 0

    @cached_property
    def outcome(self) -> Outcome:
        """The outcome of all pledges."""
        return outcome(self.totals.states(), self.totals["reported"], sum(each.n for each in self.late))

    @cached_property
    def matrix(self) -> Matrix:
        """The matrix without the rows of units, which are fragments."""
        return Matrix(
            themes=tuple(self.lang.themes.values()),
            kinds=self.unit_kinds,
            units_naming=tuple(self.totals[f"theme.{id}.units"] for id in self.lang.themes),
            units=self.units,
            pledges=self.pledges,
        )

    @cached_property
    def since(self) -> SinceView | None:
        """What changed since the last edition. If nothing did, what changed in that edition."""
        return told_since(self.lang, self.changes)

    @cached_property
    def lanes(self) -> tuple[Lane, ...]:
        """The kinds of deadlines that occur."""
        return tuple(_lane(self, count) for count in self.deadlines)

    @cached_property
    def axis(self) -> Axis | None:
        """The time axis. It marks `as_of`, so only pages that print this day show it."""
        return axis(self.totals, self.as_of)

    @cached_property
    def theme_cards(self) -> tuple[ThemeCard, ...]:
        """A card for each theme."""
        themes = self.lang.content.themes
        bars = _bars(self, "theme", (theme.id for theme in themes))
        return tuple(_theme_card(self, theme, bars[theme.id]) for theme in themes)

    @cached_property
    def programme_cards(self) -> tuple[ProgrammeCard, ...]:
        """A card for each programme."""
        programmes = self.lang.content.programmes
        bars = _bars(self, "programme", (each.id for each in programmes))
        return tuple(_programme_card(self, each, bars[each.id]) for each in programmes)

    @cached_property
    def terms(self) -> tuple[TermView, ...]:
        """The terms of the glossary, in the order of the language."""
        lang, content = self.lang, self.lang.content
        names = {term.id: lang.text(term.term) for term in content.glossary}
        terms = [
            TermView(
                id=term.id,
                term=names[term.id],
                other=tuple((o.tag, term.term[o.code]) for o in content.site.languages if o.code != lang.code),
                text=lang.text(term.text),
                basis=term.basis,
                outside=lang.text(term.outside),
                see=tuple(Ref(f"term:{id}", names[id]) for id in term.see),
                formerly=term.formerly,
                units=self.totals[f"term.{term.id}.{lang.code}.units"],
                named=self.named(self.totals[f"term.{term.id}.{lang.code}.units"]),
                notes=lang.stale(content, f"glossary.{term.id}"),
            )
            for term in content.glossary
        ]
        passed_over = content.word("glossary.passed_over", lang.code).split(",")
        return in_order(terms, lang.language.script, tuple(map(str.strip, passed_over)))

    def listed(self, pledges: int) -> Listed:
        """Return what the page of a theme or a programme with this number of pledges lists."""
        return "nothing" if self.is_vast else "units" if pledges > PLEDGES_ON_A_PAGE else "pledges"


def _bars(site: SiteViews, kind: str, ids: Iterable[str]) -> dict[str, tuple[Part, ...]]:
    """Return the bars of all themes or programmes (`kind`) by id, if one of them has too many strokes to draw; else
    empty bars. A page shows either bars or strokes, not both."""
    states = {id: site.totals.states(f"{kind}.{id}.") for id in ids}
    many = any(site.listed(site.totals[f"{kind}.{id}.pledges"]) != "pledges" for id in states)
    return {id: parts(states_of_one) if many and states_of_one else () for id, states_of_one in states.items()}


def _lane(site: SiteViews, count: Count) -> Lane:
    name = f"deadline.{count.code}."
    states = site.totals.states(name)
    return Lane(
        count.code, count.n, site.totals[f"{name}units"], states, parts(states) if site.is_large and states else ()
    )


def _theme_card(site: SiteViews, theme: Theme, bar: tuple[Part, ...]) -> ThemeCard:
    totals, say, name = site.totals, site.lang.text, f"theme.{theme.id}."
    return ThemeCard(
        ref=f"theme:{theme.id}",
        id=theme.id,
        name=say(theme.name),
        text=say(theme.text),
        pledges=totals[f"{name}pledges"],
        states=totals.states(name),
        units=totals[f"{name}units"],
        total_units=site.units,
        parts=bar,
        lists=site.listed(totals[f"{name}pledges"]),
    )


def _programme_card(site: SiteViews, programme: Programme, bar: tuple[Part, ...]) -> ProgrammeCard:
    totals, say, name = site.totals, site.lang.text, f"programme.{programme.id}."
    return ProgrammeCard(
        ref=f"programme:{programme.id}",
        id=programme.id,
        name=say(programme.name),
        text=say(programme.text),
        basis=programme.basis,
        named=site.named(totals[f"{name}units"]),
        outside=say(programme.outside),
        pledges=totals[f"{name}pledges"],
        states=totals.states(name),
        units=totals[f"{name}units"],
        total_units=site.units,
        parts=bar,
        lists=site.listed(totals[f"{name}pledges"]),
    )


def _counts(pairs: Iterable[tuple[str, int]]) -> tuple[Count, ...]:
    return tuple(Count(code, n) for code, n in pairs)
