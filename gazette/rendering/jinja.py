"""The pouring of a view into a template, and what a template may call."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import jinja2
import msgspec
from markupsafe import Markup

from gazette.messages.problems import ContentError, Problem
from gazette.model.base_address import readable
from gazette.model.content import Asked, word
from gazette.model.flow import flat, parts
from gazette.model.markdown import article, printed_article
from gazette.model.markup import OUTWARD, entry, in_paragraphs, plain, printed, prose
from gazette.rendering.bytecode import Compiled
from gazette.rendering.environment import SiteEnvironment
from gazette.rendering.formats import (
    breakable,
    date_as_written,
    halfway,
    inner,
    number_as_written,
    plural_form,
    quoted_names,
    searched,
    strokes,
)
from gazette.rendering.templates import TemplateSet
from gazette.rendering.typography import cut, described, figures, han_number, hyphenate, is_word, mark_runs
from gazette.site import views as v
from gazette.site.routes import relative, route, stamped
from gazette.site.target import SheetLayout


def render_page(
    template_set: TemplateSet,
    template: str,
    path: str,
    page: v.Page,
    slots: Iterable[str] = (),
    fit: SheetLayout | None = None,
    at: int | str = 0,
) -> str:
    """A page's template filled in with its view. Raises ContentError with the template's file and line.

    Where the template asks for the fragments of one of its `slots` (names that begin with the page's language) the text
    holds the slot's mark (`slot_marker`): the fragments come in later, so that they can be many. `fit` says how much of
    the view is shown, where all of it must find room on one sheet; `at` which of several things in it, to a part.
    """
    environment = _environment(template_set, page)
    tools: TemplateHelpers = environment.tools  # type: ignore[attr-defined]
    before = tools.path, tools.page, tools.slots
    tools.path, tools.page, tools.slots = path, page, frozenset(slots)
    place = (page.section, page.ref == page.section, path.count("/"))
    names = {"page": page, "view": page.view, "place": place, "fit": fit, "at": at}
    try:
        return _render(environment, template_set, template, path, names)
    finally:
        tools.path, tools.page, tools.slots = before


def take_pending_links(template_set: TemplateSet) -> dict[str, str]:
    """Where the pages poured since the last call lead beyond what always exists: to pages of units and to places in
    pages (paths with their anchors), each with the first page that leads there."""
    found: dict[str, str] = {}
    for name, environment in _known(template_set).items():
        if name.startswith("environment ") and hasattr(environment, "tools"):
            found |= environment.tools.pending_links
            environment.tools.pending_links.clear()
    return found


def render_template(template_set: TemplateSet, template: str, path: str, names: Mapping[str, Any]) -> str:
    """A template filled in that needs nothing but its `names`."""
    return _render(_environment(template_set, None), template_set, template, path, names)


def slot_marker(slot: str) -> str:
    """What stands in a poured text for the fragments of a slot. Content cannot hold a NUL."""
    return f"\0{slot}\0"


def fill_slots(text: str, fragments: Mapping[str, str]) -> str:
    """A poured text with the fragments of its slots in place of the marks."""
    parts = text.split("\0")
    parts[1::2] = [fragments[slot] for slot in parts[1::2]]
    return "".join(parts)


def strip_slots(text: str) -> str:
    """A poured text without its fragments."""
    return "".join(text.split("\0")[::2])


def _render(
    environment: jinja2.Environment, template_set: TemplateSet, template: str, path: str, names: Mapping[str, Any]
) -> str:
    """A template filled in. What goes wrong is told with the template's file and line (ContentError)."""
    try:
        return environment.get_template(template).render(names)
    except jinja2.TemplateSyntaxError as error:
        words = (error.message or "syntax").rstrip(".")
        problem = Problem.at(template_set.file(error.name or template), error.lineno, 1, "template_syntax", found=words)
        raise ContentError([problem]) from None
    except _NoSuchPage as error:
        file, line = _template_line(error, template_set, template)
        raise ContentError([Problem.at(file, line, 1, "template_url", page=path, found=error)]) from None
    except Exception as error:  # a template can fail in any way that Python can; it is never our traceback
        file, line = _template_line(error, template_set, template)
        found = f"{type(error).__name__}: {error}".rstrip(".")
        raise ContentError([Problem.at(file, line, 1, "template_failed", page=path, found=found)]) from error


_REMEMBERED = 20_000
"""So many texts are remembered with their foreign runs marked: names come again and again."""

_OF_UNITS = ("unit:", "pledge:", "sheet:")
"""References to the files of units: whether they exist is asked at the gate, where all units are known."""


class _NoSuchPage(Exception):
    """A template asked for the address of something that nobody makes."""


def _template_line(error: BaseException, template_set: TemplateSet, fallback: str) -> tuple[str, int]:
    """The innermost line of a template in a traceback (jinja2 rewrites them to the template's own lines)."""
    file, line, trace = template_set.file(fallback), 0, error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name in template_set.templates:
            file, line = template_set.file(name), trace.tb_lineno
        trace = trace.tb_next
    return file, line


class _Loader(jinja2.BaseLoader):
    """Templates from the kit, under their names, so that a traceback names them."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        self.templates = templates

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:  # noqa: ARG002
        if template not in self.templates:
            raise jinja2.TemplateNotFound(template)
        return self.templates[template], template, lambda: True


def _environment(template_set: TemplateSet, page: v.Page | None) -> jinja2.Environment:
    """The templates as the pages of one language see them; what they may call is there for all of them, so that a
    part with macros is read once. Compiled once for a kit and the settings of its site."""
    name = f"environment {page.language if page else ''}"
    known: jinja2.Environment | None = _known(template_set).get(name)
    if known is None or (page is not None and known.tools.page.site != page.site):  # type: ignore[attr-defined]
        folder = template_set.cache.subfolder("templates")
        compiled = Compiled(Path(folder)) if folder else None
        known = SiteEnvironment(template_set.trees, loader=_Loader(template_set.templates), bytecode_cache=compiled)
        known.filters["plain"] = plain
        known.filters["flat"] = lambda text: flat(plain(text))
        known.filters["cut"] = cut
        known.filters["described"] = lambda text: described(flat(plain(text)))
        known.filters["inner"] = inner
        if page is not None:
            known.extend(tools=TemplateHelpers("", page, template_set))
            known.globals.update(known.tools.names())  # type: ignore[attr-defined]
        _known(template_set)[name] = known
    return known


_WORK: WeakKeyDictionary[TemplateSet, dict[str, Any]] = WeakKeyDictionary()


def _known(template_set: TemplateSet) -> dict[str, Any]:
    """What was worked out for a kit before, in this process."""
    return _WORK.setdefault(template_set, {})


class TemplateHelpers(msgspec.Struct):
    """What the templates of one language may call beside their view; `path`, `page` and `slots` are those of the page
    that is being poured."""

    path: str
    page: v.Page
    template_set: TemplateSet
    slots: frozenset[str] = frozenset()
    pending_links: dict[str, str] = {}
    """Paths (with anchors) whose existence is still to be asked, each with the first page that leads there."""
    known_paths: dict[tuple[str, str], str] = {}
    known_texts: dict[str, Markup] = {}
    known_prints: dict[str, Markup] = {}

    def names(self) -> dict[str, Any]:
        page, site = self.page, self.page.site
        return {
            "site": site,
            "w": _word_tree(self.template_set, page.language),
            "url": self.url,
            "twin": self.twin,
            "fragments": self.fragments,
            "part": self.part,
            "qr": self.qr,
            "absolute": self.absolute,
            "readable": readable,
            "t": self.text,
            "hyphenated": self.hyphenated,
            "breakable": breakable,
            "rich": self.rich,
            "parts": parts,
            "paras": in_paragraphs,
            "entry": entry,
            "article": self.article,
            "printed": self.printed,
            "printed_article": self.printed_article,
            "outward": self.outward,
            "count": self.count,
            "fill": self.fill,
            "date": self.date,
            "number": self.number,
            "ordinal": self.ordinal,
            "figures": figures,
            "is_word": is_word,
            "wordmark": partial(_wordmark, self.template_set),
            "searched": searched,
            "strokes": strokes,
            "halfway": halfway,
            "tag": page.tag,
            "source_tag": site.languages[0].tag,
        }

    def url(self, ref: str, language: str | None = None) -> str:
        """The relative link to `ref` in this (or another) language. What nobody makes is refused."""
        path = self._path(ref, language or self.page.language)
        if self.page.ref == "404":
            base = re.sub(r"^https?://[^/]+", "", self.page.site.base_url)
            return f"{base or '/'}{path}" if self.page.site.base_url else path
        return relative(path, self.path)

    def _path(self, ref: str, language: str) -> str:
        path = self.known_paths.get((ref, language))
        if path is None:
            path = self._route(ref, language)
            if ref.startswith(_OF_UNITS) or "#" in path:
                self.pending_links.setdefault(path, self.path)
            else:  # the others are few, and everywhere
                self.known_paths[ref, language] = path
        return path

    def _route(self, ref: str, language: str) -> str:
        try:
            path = route(ref, language)
        except KeyError:
            raise _NoSuchPage(ref) from None
        if path.partition("#")[0] not in self.template_set.paths and not ref.startswith(_OF_UNITS):
            raise _NoSuchPage(ref)
        return stamped(path, self.template_set.stamps[path]) if path in self.template_set.stamps else path

    def fragments(self, name: str) -> Markup:
        """What the units add to the slot `name` of this page. A slot that the page does not have is refused."""
        slot = f"{self.page.language}/{name}"
        if slot not in self.slots:
            raise KeyError(f"no slot {name!r}")
        return Markup(slot_marker(slot))

    def part(self, template: str, page: v.Page, at: int | str = 0) -> Markup:
        """A part of this page, poured in the language of another `page` (its words, its dates). `at` tells the part
        which of several things in the page's view it is for."""
        return Markup(render_page(self.template_set, template, self.path, page, at=at))

    def qr(self, ref: str) -> Markup:
        """The full address of `ref` as a code to photograph; only with a base address."""
        from gazette.pictures.qr import qr

        return qr(self.absolute(ref))

    def twin(self, language: str) -> str:
        """This page in another language."""
        return self.url(self.page.ref, language)

    def absolute(self, ref: str, language: str | None = None) -> str:
        """The full address of `ref`; only with a base address."""
        return self.page.site.base_url + self._path(ref, language or self.page.language)

    def text(self, words: str) -> Markup:
        """Plain words, with foreign runs marked; on pages also long addresses and codes. (In documents the compositor
        finds these.)"""
        on_page = self.path.endswith(".html")
        known = self.known_texts if on_page else self.known_prints
        marked = known.get(words)
        if marked is None:
            marked = mark_runs(words, self.page.script, self.template_set.tags, printed=not on_page)
            if len(known) < _REMEMBERED:
                known[words] = marked
        return marked

    def hyphenated(self, words: str) -> Markup:
        """Plain words that may break inside, for narrow places. Who copies them copies the words alone: what a line
        may break at is an element, whose hyphen the style sheet gives (`.shy`)."""
        marked = self.text(hyphenate(words, self.page.locale))
        return marked.replace("\u00ad", Markup('<span class="shy"></span>')).replace("\u200b", Markup("<wbr>"))

    def rich(self, words: str) -> Markup:
        """A text that may hold links."""
        return prose(words, self._resolve, self.text)

    def article(self, body: str, level: int = 2) -> Markup:
        """Markdown."""
        return article(body, self._resolve, self.text, self._word("page.table"), level)

    def printed(self, words: str) -> Markup:
        """A text that may hold links, for paper."""
        return printed(words, self.text, self.outward)

    def printed_article(self, body: str, level: int = 2) -> Markup:
        """Markdown, for paper."""
        return printed_article(body, self.text, self.outward, level)

    def outward(self, words: str, address: str) -> Markup:
        """A link out of the site, for paper: its address stands behind its words. (No part of the words is marked: each
        would be a link of its own to a screen reader.)"""
        link = Markup('<a href="{}">{}</a>').format(address, words)
        if words.rstrip("/") in (address.rstrip("/"), address.partition("://")[2].rstrip("/")):
            return link
        return link + self.text(self.fill(self._word("page.address"), address=address))

    def _word(self, name: Asked) -> str:
        return word(self.template_set.words, name, self.page.language)

    def _resolve(self, target: str) -> str:
        return target if target.startswith(OUTWARD) else self.url(target)

    def count(self, words: str, n: int, **values: object) -> str:
        """`words` for a number: its forms, separated by ` | `, follow the language's plural categories (CLDR)."""
        return self.fill(plural_form(words, n, self.page.locale), n=n, **values)

    def fill(self, words: str, **values: object) -> str:
        """`words` with its {names} filled in. What comes to stand in quotation marks takes inner ones (`inner`)."""
        quoted = quoted_names(words)
        return words.format_map({name: inner(str(of)) if name in quoted else str(of) for name, of in values.items()})

    def date(self, iso: str, style: str = "long") -> str:
        """An ISO date, month or year as the language writes it."""
        return date_as_written(iso, style, self.page.locale)

    def number(self, value: int | str) -> str:
        """A number as the language writes it."""
        return number_as_written(str(value), self.page.locale)

    def ordinal(self, n: int) -> str:
        """A number as the language's documents number their parts: 十六 in Chinese, 16 elsewhere."""
        return han_number(n) if self.page.script in ("Hans", "Hant") else str(n)


def _wordmark(template_set: TemplateSet, title: str, tally_ink: str = "") -> Markup:
    """The drawing of a title. The library that draws it takes longer to load than a page takes to be made."""
    source = f"{title}\n{tally_ink}\n{template_set.fonts.digest}"
    name = f"wordmark-{hashlib.sha256(source.encode()).hexdigest()[:16]}"
    known = _known(template_set)
    if name not in known:
        known[name] = Markup(template_set.cache.get_or_compute(name, source, lambda: _draw(title, tally_ink), str))
    drawing: Markup = known[name]
    return drawing


def _draw(title: str, tally_ink: str) -> str:
    from gazette.pictures.wordmark import wordmark

    return str(wordmark(title, tally_ink))


class _Words:
    """Words by name: `w.state.none` and `w.state[code]`. A plain dict would answer `w.update` with its own method."""

    def __getitem__(self, name: str) -> Any:
        return self.__dict__[name]


def _word_tree(template_set: TemplateSet, language: str) -> _Words:
    """The words of a language, so that templates read `w.nav.home`."""
    known: _Words | None = _known(template_set).get(language)
    if known is None:
        known = _known(template_set)[language] = _Words()
        for name, text in template_set.words.items():
            *way, last = name.split(".")
            words = known
            for step in way:
                words = words.__dict__.setdefault(step, _Words())
            words.__dict__[last] = text[language]
    return known
