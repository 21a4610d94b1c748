"""The views of the pages that units share, in one language, from the totals of all units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gazette.lazy_re import pattern
from gazette.model.records import Programme, Theme
from gazette.planning import counting
from gazette.planning.counting import DEADLINE_ORDER, Totals
from gazette.planning.language import LanguageContext, extent
from gazette.site import tables
from gazette.site.routes import PARALLEL, SUMS, documents_of, route
from gazette.site.views.articles import AboutView
from gazette.site.views.deadlines import DeadlinesView, Lane
from gazette.site.views.documents import BriefView, BulletinView, OfficialView
from gazette.site.views.downloads import DictionaryView, DownloadsView, FieldView, FileView, TableView
from gazette.site.views.elements import Count, Ref
from gazette.site.views.glossary import GlossaryView, TermView
from gazette.site.views.home import HomeView
from gazette.site.views.matrix import Matrix
from gazette.site.views.pledge import LedgerView
from gazette.site.views.programmes import ProgrammeCard, ProgrammesView, ProgrammeView
from gazette.site.views.themes import ThemeCard, ThemesView, ThemeView
from gazette.site.views.unit import UnitsView

UNITS_ON_THE_FRONT_PAGE = 100
"""A city has a dozen districts; a page with thousands of rows helps nobody."""


_CODES = {"Hans": "gb18030", "Hant": "big5hkscs"}
"""Codes whose characters stand in the order of their script's dictionaries: those of GB/T 2312, which GB 18030 holds,
by pinyin (the common ones first, the rest after them by radical), those of Big5 by the number of their strokes."""

_OTHER_SOUNDS = (
    (pattern("(?<=反)弹|弹(?=性)"), "谈"),
    (pattern("(?<=[区市县镇乡村局处科所站队组河湖林路])长(?!江)"), "掌"),
    (pattern("重(?=[复新返])"), "虫"),
    (pattern("(?<=[协空])调|调(?=[整解节和])"), "条"),
    (pattern("(?<=银)行|行(?=业)"), "航"),
    (pattern("率(?=先)|(?<=表)率"), "帅"),
)
"""Words in which a character is read otherwise than its place in GB/T 2312 says, and one that is read so."""

_OPENING = "“‘「『《\"'"


UNITS_ON_A_SHEET = 24
"""More rows do not find room on a printed page beside the rest."""

THEMES_ON_A_SHEET = 20
"""More columns would be narrower than the strokes in them."""


class SiteViews:
    """What the units say together, as the pages of one language show it."""

    def __init__(self, lang: LanguageContext, totals: Totals) -> None:
        self.lang, self.totals = lang, totals
        self.total = totals["pledges"]

    # ── pages ──

    def home(self) -> HomeView:
        totals, small = self.totals, self.totals["units"] <= UNITS_ON_THE_FRONT_PAGE
        columns, rows = extent(self.lang.content)
        return HomeView(
            units=totals["units"],
            kinds=_counted(totals.kind_counts()),
            pledges=self.total,
            reported=totals["reported"],
            matrix=self.matrix() if small else None,
            themes=() if small else self.theme_cards(),
            states=_counted(totals.state_counts()),
            strokes=counting.kinds_of_strokes(totals.states()),
            late=_counted(totals.alert_counts()),
            lanes=self.lanes(),
            tiles=len(self.lang.content.site.tiles),
            rivers=self.lang.rivers(),
            columns=columns,
            rows=rows,
        )

    def units(self) -> UnitsView:
        return UnitsView(self.totals["units"], _counted(self.totals.kind_counts()))

    def themes(self) -> ThemesView:
        return ThemesView(self.theme_cards(), self.total)

    def theme(self, theme: Theme) -> ThemeView:
        return ThemeView(self.theme_card(theme))

    def programmes(self) -> ProgrammesView:
        return ProgrammesView(self.programme_cards())

    def programme(self, programme: Programme) -> ProgrammeView:
        return ProgrammeView(self.programme_card(programme))

    def ledger(self) -> LedgerView:
        totals = self.totals
        late, deadlines = _counted(totals.alert_counts()), _counted(totals.deadline_counts())
        themes, states = tuple(self.lang.themes.values()), _counted(totals.state_counts())
        return LedgerView(self.total, themes, states, late, deadlines)

    def deadlines(self) -> DeadlinesView:
        return DeadlinesView(_counted(self.totals.alert_counts()), self.lanes(), self.total)

    def glossary(self) -> GlossaryView:
        return GlossaryView(self.terms(), self.by_pinyin)

    def about(self) -> AboutView:
        return AboutView(self.lang.article("about"), self.totals["spots"])

    def downloads(self) -> DownloadsView:
        files = [FileView(f"file:{path}", name, name, "PDF", tag) for name, path, tag in self._documents()]
        for name in tables.TABLES:
            files += [
                FileView(f"file:data/{name}.{ending}", name, ending, ending.upper(), "") for ending in ("csv", "json")
            ]
        files.append(FileView(f"file:{SUMS}", "sums", "sums", "TXT", ""))
        return DownloadsView(tuple(files), self.total, self.totals["units"])

    def _documents(self) -> Iterator[tuple[str, str, str]]:
        """The documents of the whole site with their paths and languages, those of this language first."""
        own, languages = self.lang.language, self.lang.content.site.languages
        for language in sorted(languages, key=lambda each: each is not own):
            for name in documents_of(language):
                yield name, route(name, language.code), language.tag
            if language is own and len(languages) > 1:
                yield "parallel", PARALLEL, ""

    def dictionary(self) -> DictionaryView:
        found = []
        for name in tables.TABLES:
            fields = tuple(
                FieldView(title, column.type, f"{name}.{column.name}", tuple((code, "") for code in column.codes))
                for title, column in tables.columns(name, self.lang.content.languages)
            )
            found.append(TableView(name, fields, self.totals[name]))
        return DictionaryView(tuple(found))

    def bulletin(self) -> BulletinView:
        return BulletinView(
            issue=self.lang.issue(),
            late=_counted(self.totals.alert_counts()),
            named=self.totals["units"] <= UNITS_ON_A_SHEET,
            foreword=self.lang.article("foreword"),
            matrix=self.matrix(),
            lanes=self.lanes(),
            programmes=self.programme_cards(),
            terms=self.terms(),
            by_pinyin=self.by_pinyin,
            total=self.total,
            reported=self.totals["reported"],
        )

    def official(self) -> OfficialView:
        totals = self.totals
        return OfficialView(
            issue=self.lang.issue(),
            late=_counted(totals.alert_counts()),
            foreword=self.lang.article("foreword"),
            units=totals["units"],
            kinds=_counted(totals.kind_counts()),
            pledges=self.total,
            reported=totals["reported"],
            states=_counted(totals.state_counts()),
            lanes=self.lanes(),
            themes=self.theme_cards(),
        )

    def brief(self, late: int, steps: int) -> BriefView:
        """With the first so many of the pledges that are `late`, and the newest of all `steps`."""
        totals = self.totals
        late_ones = _counted(totals.alert_counts())
        small = totals["units"] <= UNITS_ON_A_SHEET and len(self.lang.themes) <= THEMES_ON_A_SHEET
        return BriefView(
            units=totals["units"],
            kinds=_counted(totals.kind_counts()),
            pledges=self.total,
            reported=totals["reported"],
            accepted=totals["state.accepted"],
            late=late_ones,
            late_shown=min(sum(each.n for each in late_ones), late),
            dated=totals["dated"],
            matrix=self.matrix() if small else None,
            themes=() if small else self.theme_cards(),
            states=_counted(totals.state_counts()),
            lanes=self.lanes(),
            changes=totals["changes"],
            shown=min(totals["changes"], steps),
        )

    # ── parts ──

    def matrix(self) -> Matrix:
        totals = self.totals
        naming = tuple(totals[f"theme.{id}.units"] for id in self.lang.themes)
        return Matrix(
            themes=tuple(self.lang.themes.values()),
            kinds=_counted(totals.kind_counts()),
            units_naming=naming,
            units=totals["units"],
            pledges=self.total,
        )

    def lanes(self) -> tuple[Lane, ...]:
        totals, found = self.totals, []
        for kind in DEADLINE_ORDER:
            name = f"deadline.{kind}."
            if totals[f"{name}pledges"]:
                found.append(Lane(kind, totals[f"{name}pledges"], totals[f"{name}units"], totals.states(name)))
        return tuple(found)

    def theme_cards(self) -> tuple[ThemeCard, ...]:
        return tuple(self.theme_card(theme) for theme in self.lang.content.themes)

    def theme_card(self, theme: Theme) -> ThemeCard:
        totals, say, name = self.totals, self.lang.text, f"theme.{theme.id}."
        return ThemeCard(
            ref=f"theme:{theme.id}",
            id=theme.id,
            name=say(theme.name),
            text=say(theme.text),
            pledges=totals[f"{name}pledges"],
            states=totals.states(name),
            units=totals[f"{name}units"],
            total_units=totals["units"],
        )

    def programme_cards(self) -> tuple[ProgrammeCard, ...]:
        return tuple(self.programme_card(programme) for programme in self.lang.content.programmes)

    def programme_card(self, programme: Programme) -> ProgrammeCard:
        totals, say, name = self.totals, self.lang.text, f"programme.{programme.id}."
        return ProgrammeCard(
            ref=f"programme:{programme.id}",
            id=programme.id,
            name=say(programme.name),
            text=say(programme.text),
            basis=programme.basis,
            outside=say(programme.outside),
            pledges=totals[f"{name}pledges"],
            states=totals.states(name),
            units=totals[f"{name}units"],
            total_units=totals["units"],
        )

    def terms(self) -> tuple[TermView, ...]:
        lang, content = self.lang, self.lang.content
        names = {term.id: lang.text(term.term) for term in content.glossary}
        found = [
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
            )
            for term in content.glossary
        ]
        return tuple(sorted(found, key=lambda term: self._place(term.term)))

    @property
    def by_pinyin(self) -> bool:
        """Whether the terms of the glossary stand in the order of pinyin."""
        return _CODES.get(self.lang.language.script) == "gb18030"

    def _place(self, term: str) -> tuple[bytes, str]:
        """Where a term stands in the glossary: opening quotes do not count, nor does a word that is passed over."""
        code = self.lang.code
        term = term.lower().lstrip(_OPENING)
        passed_over = self.lang.content.word("glossary.passed_over", code).split(",")
        first, space, rest = term.partition(" ")
        if space and first in map(str.strip, passed_over):
            term = rest.lstrip(_OPENING)
        for characters, read in _OTHER_SOUNDS:
            term = characters.sub(read, term)
        return term.encode(_CODES.get(self.lang.language.script, "utf-8"), "replace"), term


def _counted(pairs: Iterable[tuple[str, int]]) -> tuple[Count, ...]:
    return tuple(Count(code, n) for code, n in pairs)
