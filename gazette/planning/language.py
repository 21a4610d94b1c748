"""Picks every text in one language of the site, so that views hold plain strings."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from gazette.model.records.content import SharedContent, UnitFile
from gazette.model.records.evidence import Evidence
from gazette.model.records.evidence_files import EvidenceFile, Files
from gazette.model.records.notices import NoticeFile
from gazette.model.records.site import NO_SITE_CODE, Bulletin, Language, Licence, Site, SuperiorList
from gazette.model.records.unit_parts import Note
from gazette.planning.evidence import file_view
from gazette.site.views.articles import ArticleView
from gazette.site.views.documents import IssueView
from gazette.site.views.elements import EvidenceView, NoteView, Ref
from gazette.site.views.page import LanguageView, LicenceView, ListView, Page, SiteView


class LanguageContext:
    """What all pages of one language share. `files` are the files of evidence that their records may name."""

    def __init__(self, content: SharedContent, language: Language, files: Files) -> None:
        self.content, self.language, self.code, self.files = content, language, language.code, files
        self.is_source = self.code == content.languages[0]
        self.themes = {theme.id: Ref(f"theme:{theme.id}", self.text(theme.name)) for theme in content.themes}
        self.programmes = {p.id: Ref(f"programme:{p.id}", self.text(p.name)) for p in content.programmes}
        self.site = self._site()

    def text(self, text: dict[str, str] | None) -> str:
        """Return a text in this language; "" for None."""
        return text[self.code] if text else ""

    def page(self, ref: str, section: str, view: object, as_of: str = "") -> Page:
        """Return a page of this language around its view."""
        language = self.language
        return Page(
            ref=ref,
            section=section,
            language=language.code,
            tag=language.tag,
            script=language.script,
            locale=language.locale,
            site=self.site,
            view=view,
            as_of=as_of,
        )

    def evidence(self, evidence: Iterable[Evidence]) -> tuple[EvidenceView, ...]:
        """Return evidence as pages show it. A file that is not in `files` is left out."""
        return tuple(map(self._evidence, evidence))

    def _evidence(self, evidence: Evidence) -> EvidenceView:
        file = self.files.get(evidence.file or "")
        file_shown = file_view(file, self.text(evidence.alt)) if file else None
        return EvidenceView(self.text(evidence.title), evidence.url or "", iso(evidence.date), file_shown)

    def notes(self, notes: Iterable[Note]) -> tuple[NoteView, ...]:
        """Return the editors' notes in this language."""
        return tuple(
            NoteView(n.kind, self.text(n.text), n.printed or "", self.text(n.outside), iso(n.date)) for n in notes
        )

    def stale(self, file: UnitFile | NoticeFile | SharedContent, owner: str) -> tuple[NoteView, ...]:
        """Return the note that says that a translation is older than its source; () if it is not. `owner` is the id of
        the unit, pledge, notice or entry in `file`."""
        if not any(text.owner == owner and text.language == self.code for text in file.stale):
            return ()
        from babel import Locale

        source, _, _ = self.content.site.languages[0].locale.partition("_")
        name = Locale.parse(self.language.locale).languages.get(source, source)
        return (NoteView("translation", self.content.word("note.stale", self.code).format(language=name)),)

    def issue(self) -> IssueView:
        """Return the number, text and date that the bulletin gives itself; 0, "" and "" without one."""
        bulletin = self.content.site.bulletin or Bulletin()
        number, text = (bulletin.number, None) if isinstance(bulletin.number, int) else (0, bulletin.number)
        return IssueView(number, self.text(text), iso(bulletin.date))

    def article(self, id: str) -> ArticleView:
        """Return an article in this language. Raises KeyError if the content has none of this id."""
        article = self.content.articles[id, self.code]
        return ArticleView(
            id, article.title, article.description, article.body, self.stale(self.content, f"articles.{id}")
        )

    def _site(self) -> SiteView:
        site, publisher = self.content.site, self.content.site.publisher
        return SiteView(
            title=self.text(site.title),
            wordmark=self.text(site.wordmark or site.title),
            place=self.text(site.place),
            strapline=self.text(site.strapline),
            occasion=self.text(site.occasion),
            motto=self.text(site.motto),
            source=self.text(site.source),
            fictional=self.text(site.fictional),
            statements_date=iso(site.statements_date),
            base_url=site.base_url or "",
            languages=tuple(LanguageView(each.code, each.tag, each.name) for each in site.languages),
            publisher=self.text(publisher.name),
            site_code="" if publisher.site_code == NO_SITE_CODE else publisher.site_code or "",
            icp=publisher.icp or "",
            police=publisher.police or "",
            contact=self.text(publisher.contact),
            has_notices=self.content.has_notices,
            has_programmes=bool(self.content.programmes),
            has_glossary=bool(self.content.glossary),
            is_portal=publisher.site_code != NO_SITE_CODE,
            feedback=publisher.feedback or "",
            policies=tuple(Ref(id, self.article(id).title) for id in self.content.policies),
            licence_data=self._licence(site.licence_data),
            licence_texts=self._licence(site.licence_texts),
            superior_list=self._list(site.superior_list),
            editions=bool(self.content.editions),
            has_feed=bool(site.base_url and first_day(site)),
        )

    def _list(self, listed: SuperiorList | None) -> ListView | None:
        return ListView(self.text(listed.name), listed.url or "", iso(listed.date)) if listed else None

    def _licence(self, licence: Licence | None) -> LicenceView | None:
        return LicenceView(self.text(licence.name), licence.url or "") if licence else None


def first_day(site: Site) -> str:
    """Return the first day of the record (ISO 8601): that of the statements, else `as_of`, else ""."""
    return iso(site.statements_date or site.as_of)


def iso(date: datetime.date | None) -> str:
    """Return a date as views hold it: ISO 8601, or "" for None."""
    return date.isoformat() if date else ""


def language_contexts(content: SharedContent, files: Iterable[EvidenceFile] = ()) -> tuple[LanguageContext, ...]:
    """Return the contexts of a site's languages, the source first. Evidence may name `files`."""
    by_name = {file.name: file for file in files}
    return tuple(LanguageContext(content, language, by_name) for language in content.site.languages)
