"""Owns the views of one language: every text is picked here, so that views hold plain strings."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from gazette import indexes, tables
from gazette import views as v
from gazette.content import Article, Content, Shard
from gazette.indexes import Entry
from gazette.model import Language, Licence, Note, Pledge, Programme, Source, Theme, Update
from gazette.routes import route
from gazette.status import Status


class Edition:
    """The pages of one language: every text is picked here, so that views hold plain strings."""

    def __init__(self, content: Content, language: Language) -> None:
        self.content, self.frame, self.language = content, content.frame, language
        self.code = language.code
        self.entries = indexes.entries(content.shards, content.frame.site.as_of)
        self.themes = {theme.id: v.Ref(f"theme:{theme.id}", self.say(theme.name)) for theme in self.frame.themes}
        self.programmes = {p.id: v.Ref(f"programme:{p.id}", self.say(p.name)) for p in self.frame.programmes}
        self.units = {shard.id: v.Ref(f"unit:{shard.id}", self.say(shard.unit.name)) for shard in content.shards}
        self.cards = {shard.id: self.card(shard) for shard in content.shards}
        self.items = {entry.pledge.id: self.item(entry) for entry in self.entries}
        self.site = self._site()

    def say(self, text: dict[str, str] | None) -> str:
        """A text in this language; nothing for a text that is not given."""
        return text[self.code] if text else ""

    def page(self, ref: str, section: str, view: object) -> v.Page:
        """A page of this language around its view."""
        own = self.language
        return v.Page(ref, section, own.code, own.tag, own.script, own.locale, self.site, view)

    # ── pages ──

    def home(self) -> v.HomeView:
        site = self.frame.site
        tiles = tuple(v.TileView(self.cards[t.unit], t.column, t.row) for t in site.tiles if t.unit in self.cards)
        return v.HomeView(
            units=tuple(self.cards.values()),
            kinds=self.kinds(),
            pledges=len(self.entries),
            reported=indexes.reported(self.entries),
            matrix=self.matrix(),
            states=_counted(indexes.state_counts(self.entries)),
            lanes=self.lanes(),
            tiles=tuple(sorted(tiles, key=lambda tile: (tile.row, tile.column))),
            rivers=rivers(self.content, self.code),
            columns=extent(self.content)[0],
            rows=extent(self.content)[1],
        )

    def units_page(self) -> v.UnitsView:
        return v.UnitsView(tuple(self.cards.values()), self.kinds())

    def programmes_page(self) -> v.ProgrammesView:
        return v.ProgrammesView(tuple(self.programme_cards()))

    def deadlines(self) -> v.DeadlinesView:
        return v.DeadlinesView(self.lanes(), len(self.entries))

    def glossary(self) -> v.GlossaryView:
        return v.GlossaryView(self.terms())

    def about(self) -> v.AboutView:
        return v.AboutView(self.article("about"), self.spots())

    def former(self, entry: Entry, former: str) -> v.FormerView:
        return v.FormerView(self.items[entry.pledge.id], former)

    def theme(self, theme: Theme) -> v.ThemeView:
        return v.ThemeView(self.theme_card(theme), self.groups(indexes.of_theme(self.entries, theme.id)))

    def programme(self, programme: Programme) -> v.ProgrammeView:
        found = indexes.of_programme(self.entries, programme.id)
        return v.ProgrammeView(self.programme_card(programme), self.groups(found))

    def themes_page(self) -> v.ThemesView:
        return v.ThemesView(tuple(self.theme_card(theme) for theme in self.frame.themes), len(self.entries))

    def ledger(self) -> v.LedgerView:
        kinds = indexes.counts((e.pledge.deadline.kind for e in self.entries), indexes.DEADLINE_ORDER)
        return v.LedgerView(
            pledges=tuple(self.items.values()),
            themes=tuple(self.themes.values()),
            units=tuple(self.units.values()),
            states=_counted(indexes.state_counts(self.entries)),
            deadlines=tuple(count for count in _counted(kinds) if count.n),
        )

    def unit(self, shard: Shard) -> v.UnitView:
        own = indexes.of_unit(self.entries, shard.id)
        named = dict.fromkeys(id for entry in own for id in entry.pledge.programmes)
        return v.UnitView(
            card=self.cards[shard.id],
            notes=self.notes(shard.unit.notes),
            pledges=tuple(self.items[entry.pledge.id] for entry in own),
            programmes=tuple(self.programmes[id] for id in named),
            source=v.SourceView(own[0].pledge.source.section),
            draft=shard.unit.draft,
            total_units=len(self.content.shards),
        )

    def pledge(self, entry: Entry) -> v.PledgeView:
        pledge, own = entry.pledge, indexes.of_unit(self.entries, entry.shard.id)
        position = own.index(entry)
        before = own[position - 1] if position else None
        after = own[position + 1] if position + 1 < len(own) else None
        target, withdrawn = pledge.target, pledge.withdrawn
        return v.PledgeView(
            item=self.items[pledge.id],
            of=len(own),
            why=self.say(pledge.why),
            done_when=self.say(pledge.done_when),
            target=v.FigureView(str(target.value), self.say(target.unit), self.say(target.what)) if target else None,
            source=_source(pledge.source),
            updates=tuple(self.update(update) for update in pledge.updates),
            withdrawn_date=_iso(withdrawn.date if withdrawn else None),
            withdrawn_reason=self.say(withdrawn.reason) if withdrawn else "",
            formerly=pledge.formerly,
            previous=self.items[before.pledge.id] if before else None,
            following=self.items[after.pledge.id] if after else None,
            draft=pledge.draft,
        )

    def downloads(self) -> v.DownloadsView:
        files = [
            v.FileView(f"file:{route('bulletin', language.code)}", "bulletin", "PDF", language.tag)
            for language in sorted(self.frame.site.languages, key=lambda each: each.code != self.code)
        ]
        for name in ("pledges", "units"):
            files += [v.FileView(f"file:data/{name}.{ending}", name, ending.upper(), "") for ending in ("csv", "json")]
        return v.DownloadsView(tuple(files), len(self.entries), len(self.content.shards))

    def dictionary(self) -> v.DictionaryView:
        found = []
        for name, rows in (("pledges", len(self.entries)), ("units", len(self.content.shards))):
            fields = tuple(
                v.FieldView(title, column.type, f"{name}.{column.name}", tuple((code, "") for code in column.codes))
                for title, column in tables.columns(name, self.frame.languages)
            )
            found.append(v.TableView(name, fields, rows))
        return v.DictionaryView(tuple(found))

    def bulletin(self) -> v.BulletinView:
        return v.BulletinView(
            foreword=self.article("foreword"),
            matrix=self.matrix(),
            units=tuple(self.unit(shard) for shard in self.content.shards),
            pledges=tuple(
                tuple(self.pledge(entry) for entry in indexes.of_unit(self.entries, shard.id))
                for shard in self.content.shards
            ),
            lanes=self.lanes(),
            states=_counted(indexes.state_counts(self.entries)),
            kinds=self.kinds(),
            programmes=tuple(self.programme_cards()),
            terms=self.terms(),
            spots=self.spots(),
            total=len(self.entries),
            reported=indexes.reported(self.entries),
        )

    # ── parts ──

    def _site(self) -> v.SiteView:
        site, publisher = self.frame.site, self.frame.site.publisher
        return v.SiteView(
            title=self.say(site.title),
            wordmark=self.say(site.wordmark or site.title),
            place=self.say(site.place),
            strapline=self.say(site.strapline),
            motto=self.say(site.motto),
            source=self.say(site.source),
            fictional=self.say(site.fictional),
            as_of=_iso(site.as_of),
            statements_date=_iso(site.statements_date),
            base_url=(site.base_url.rstrip("/") + "/") if site.base_url else "",
            languages=tuple(v.LanguageView(each.code, each.tag, each.name) for each in site.languages),
            publisher=self.say(publisher.name),
            site_code=publisher.site_code or "",
            icp=publisher.icp or "",
            police=publisher.police or "",
            contact=self.say(publisher.contact),
            licence_data=self.licence(site.licence_data),
            licence_texts=self.licence(site.licence_texts),
        )

    def licence(self, licence: Licence | None) -> v.LicenceView | None:
        return v.LicenceView(self.say(licence.name), licence.url or "") if licence else None

    def kinds(self) -> tuple[v.Count, ...]:
        """The kinds of units, in the order in which they first occur."""
        kinds = [shard.unit.kind for shard in self.content.shards]
        return _counted(indexes.counts(kinds, dict.fromkeys(kinds)))

    def card(self, shard: Shard) -> v.UnitCard:
        unit, own = shard.unit, indexes.of_unit(self.entries, shard.id)
        return v.UnitCard(
            id=shard.id,
            name=self.say(unit.name),
            short=self.say(unit.short),
            also=self.say(unit.also),
            kind=unit.kind,
            order=unit.order,
            signed_name=self.say(unit.signed_by.name),
            signed_title=self.say(unit.signed_by.title),
            summary=self.say(unit.summary),
            states=_states(own),
            reported=indexes.reported(own),
            checkable=_counted(indexes.counts((e.pledge.checkable for e in own), ("yes", "partly", "principle"))),
            dated=sum(entry.pledge.deadline.last is not None for entry in own),
        )

    def item(self, entry: Entry) -> v.PledgeItem:
        pledge = entry.pledge
        return v.PledgeItem(
            id=pledge.id,
            number=entry.number,
            unit=self.units[entry.shard.id],
            title=self.say(pledge.title),
            text=self.say(pledge.text),
            status=_status(entry.status),
            deadline=_deadline(pledge),
            themes=tuple(self.themes[id] for id in pledge.themes),
            programmes=tuple(self.programmes[id] for id in pledge.programmes),
            checkable=pledge.checkable,
            notes=self.notes(pledge.notes),
        )

    def notes(self, notes: Iterable[Note]) -> tuple[v.NoteView, ...]:
        return tuple(
            v.NoteView(n.kind, self.say(n.text), n.printed or "", self.say(n.outside), self.say(n.before), _iso(n.date))
            for n in notes
        )

    def update(self, update: Update) -> v.UpdateView:
        return v.UpdateView(
            date=_iso(update.date),
            state=update.state,
            text=self.say(update.text),
            evidence=tuple(v.EvidenceView(self.say(e.title), e.url or "", _iso(e.date)) for e in update.evidence),
            inspected=_iso(update.inspected),
            body=self.say(update.body),
            basis=self.say(update.basis),
            notice_begin=_iso(update.notice.begin if update.notice else None),
            notice_end=_iso(update.notice.end if update.notice else None),
            reason=self.say(update.reason),
            draft=update.draft,
        )

    def matrix(self) -> v.Matrix:
        groups = []
        for kind in dict.fromkeys(shard.unit.kind for shard in self.content.shards):
            shards = [shard for shard in self.content.shards if shard.unit.kind == kind]
            groups.append(v.MatrixGroup(kind, tuple(self.matrix_row(shard) for shard in shards)))
        naming = tuple(indexes.units_in(indexes.of_theme(self.entries, id)) for id in self.themes)
        return v.Matrix(tuple(self.themes.values()), tuple(groups), naming, len(self.content.shards), len(self.entries))

    def matrix_row(self, shard: Shard) -> v.MatrixRow:
        own = indexes.of_unit(self.entries, shard.id)
        cells = tuple(v.Cell(ref, _states(indexes.of_theme(own, id))) for id, ref in self.themes.items())
        return v.MatrixRow(self.units[shard.id], self.say(shard.unit.short), cells, len(own))

    def lanes(self) -> tuple[v.Lane, ...]:
        return tuple(
            v.Lane(
                kind,
                tuple(self.items[entry.pledge.id] for entry in found),
                tuple(
                    v.LaneGroup(self.units[shard.id], tuple(self.items[entry.pledge.id] for entry in own))
                    for shard, own in indexes.by_unit(found)
                ),
                _states(found),
            )
            for kind, found in indexes.by_deadline(self.entries)
        )

    def groups(self, entries: tuple[Entry, ...]) -> tuple[v.UnitPledges, ...]:
        return tuple(
            v.UnitPledges(self.cards[shard.id], tuple(self.items[entry.pledge.id] for entry in own), _states(own))
            for shard, own in indexes.by_unit(entries)
        )

    def theme_card(self, theme: Theme) -> v.ThemeCard:
        found = indexes.of_theme(self.entries, theme.id)
        units, total = indexes.units_in(found), len(self.content.shards)
        return v.ThemeCard(
            f"theme:{theme.id}", self.say(theme.name), self.say(theme.text), _states(found), units, total
        )

    def programme_cards(self) -> Iterator[v.ProgrammeCard]:
        for programme in self.frame.programmes:
            yield self.programme_card(programme)

    def programme_card(self, programme: Programme) -> v.ProgrammeCard:
        found = indexes.of_programme(self.entries, programme.id)
        return v.ProgrammeCard(
            ref=f"programme:{programme.id}",
            id=programme.id,
            name=self.say(programme.name),
            text=self.say(programme.text),
            basis=programme.basis,
            outside=self.say(programme.outside),
            states=_states(found),
            units=tuple(self.units[shard.id] for shard, _ in indexes.by_unit(found)),
            total_units=len(self.content.shards),
        )

    def terms(self) -> tuple[v.TermView, ...]:
        names = {term.id: self.say(term.term) for term in self.frame.glossary}
        users = self._users_of_terms()
        found = [
            v.TermView(
                id=term.id,
                term=names[term.id],
                other=tuple((o.tag, term.term[o.code]) for o in self.frame.site.languages if o.code != self.code),
                text=self.say(term.text),
                basis=term.basis,
                outside=self.say(term.outside),
                see=tuple(v.Ref(f"term:{id}", names[id]) for id in term.see),
                units=users.get(term.id, ()),
            )
            for term in self.frame.glossary
        ]
        # Ids of Chinese terms are their pinyin, so they give the order of a Chinese dictionary.
        by_id = self.language.script in ("Hans", "Hant")
        return tuple(sorted(found, key=lambda term: term.id if by_id else term.term.lower().lstrip("“‘\"'")))

    def _users_of_terms(self) -> dict[str, tuple[v.Ref, ...]]:
        users: dict[str, dict[str, v.Ref]] = {}
        for shard in self.content.shards:
            texts = [self.say(shard.unit.summary), *(self.say(pledge.text) for pledge in shard.unit.pledges)]
            for term in self.frame.glossary:
                if any(f"(term:{term.id})" in text for text in texts):
                    users.setdefault(term.id, {})[shard.id] = self.units[shard.id]
        return {id: tuple(units.values()) for id, units in users.items()}

    def article(self, id: str) -> v.ArticleView:
        found: Article = self.frame.articles[id, self.code]
        return v.ArticleView(id, found.title, found.description, found.body)

    def spots(self) -> tuple[v.DoubtfulSpot, ...]:
        spots = []
        for shard in self.content.shards:
            for note in self.notes(shard.unit.notes):
                spots.append(v.DoubtfulSpot(self.units[shard.id], self.units[shard.id].name, note))
            for pledge in shard.unit.pledges:
                item = self.items[pledge.id]
                for note in item.notes:
                    spots.append(v.DoubtfulSpot(v.Ref(item.ref, item.title), self.units[shard.id].name, note))
        return tuple(spot for spot in spots if spot.note.kind == "doubtful")


# ── values ───────────────────────────────────────────────────────────────────


def _iso(date: datetime.date | None) -> str:
    return date.isoformat() if date else ""


def _counted(pairs: Iterable[tuple[str, int]]) -> tuple[v.Count, ...]:
    return tuple(v.Count(code, n) for code, n in pairs)


def _states(entries: Iterable[Entry]) -> tuple[str, ...]:
    """The states of some pledges, the farthest advanced first, so that strokes of one kind stand together."""
    order = {code: place for place, code in enumerate(_STROKES)}
    return tuple(sorted((entry.status.code for entry in entries), key=lambda code: order[code]))


_STROKES = ("accepted", "notice", "inspected", "applied", "under-way", "reopened", "none", "withdrawn")


def _status(status: Status) -> v.StatusMark:
    return v.StatusMark(status.code, _iso(status.since), status.alert)


def _deadline(pledge: Pledge) -> v.DeadlineMark:
    own = pledge.deadline
    return v.DeadlineMark(own.kind, own.stated, _iso(own.first), _iso(own.last))


def _source(source: Source) -> v.SourceView:
    return v.SourceView(source.section, source.paragraph or 0, source.item or "")


# ── the map ──────────────────────────────────────────────────────────────────


def extent(content: Content) -> tuple[int, int]:
    """Columns and rows of the map."""
    tiles = content.frame.site.tiles
    return max((tile.column for tile in tiles), default=0), max((tile.row for tile in tiles), default=0)


def rivers(content: Content, language: str) -> tuple[v.RiverView, ...]:
    return tuple(
        v.RiverView(
            river.name[language],
            river.wide,
            tuple(_pair(point) for point in river.course.split()),
            _pair(river.label) if river.label else None,
        )
        for river in content.frame.site.rivers
    )


def _pair(point: str) -> tuple[int, int]:
    x, _, y = point.partition(",")
    return int(x), int(y)
