"""Renders a view through its template."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from gazette.messages.problems import ContentError, Problem
from gazette.model.forms.base_address import readable
from gazette.model.forms.fields import InvalidValue
from gazette.model.text.flow import flat, parts
from gazette.model.text.markup import entry, in_paragraphs, plain
from gazette.rendering.bytecode import Compiled
from gazette.rendering.citing import frame_code, report_link
from gazette.rendering.environment import SiteEnvironment, remembered
from gazette.rendering.formats import (
    breakable,
    halfway,
    in_element,
    in_script,
    inner,
    of_open_graph,
    police_code,
    strokes,
)
from gazette.rendering.links import Links
from gazette.rendering.slots import slot_marker
from gazette.rendering.state import CurrentPage, RenderState
from gazette.rendering.templates import TemplateSet
from gazette.rendering.texts import Texts
from gazette.rendering.typography import begun, cut, described, figures, is_word, together
from gazette.rendering.words import Words
from gazette.site.routes import WITH_PICTURES
from gazette.site.target import SheetLayout
from gazette.site.views.page import Page


def render_page(
    template_set: TemplateSet, template: str, current: CurrentPage, layout: SheetLayout | None = None, at: int | str = 0
) -> str:
    """Render a page's template with its view. Raises ContentError with the file and line of the template.

    Where the template asks for the fragments of one of the page's slots, the text holds the slot's mark (`slots.py`).
    `layout` says how much of the view to show, if all of it must fit one sheet. `at` tells a part which of several
    things in the view it is for.
    """
    environment, page = _page_environment(template_set, current), current.page
    state = environment.state
    before, state.current = state.current, current
    section_and_depth = (page.section, page.ref == page.section, current.path.count("/"))
    names = {"page": page, "view": page.view, "place": section_and_depth, "layout": layout, "at": at}
    try:
        return _render(environment, template_set, template, current.path, names)
    finally:
        state.current = before


def render_template(template_set: TemplateSet, template: str, path: str, names: Mapping[str, Any]) -> str:
    """Render a template that needs only its `names`. Raises ContentError with the file and line of the template."""
    environment = template_set.environments.get(None)
    if environment is None:
        environment = template_set.environments[None] = TemplateEnvironment(template_set)
    return _render(environment, template_set, template, path, names)


def _render(
    environment: jinja2.Environment, template_set: TemplateSet, template: str, path: str, names: Mapping[str, Any]
) -> str:
    """Render a template. Turns every exception into a ContentError with the template's file and line."""
    try:
        return environment.get_template(template).render(names)
    except jinja2.TemplateSyntaxError as error:
        words = (error.message or "syntax").rstrip(".")
        problem = Problem.at(template_set.file(error.name or template), error.lineno, 1, "template_syntax", found=words)
        raise ContentError([problem]) from None
    except InvalidValue as error:
        file, line = _template_line(error, template_set, template)
        raise ContentError([Problem.at(file, line, 1, error.code, page=path, **error.values)]) from None
    except Exception as error:  # a template can fail in any way that Python can; an editor must not see a traceback
        file, line = _template_line(error, template_set, template)
        reason = f"{type(error).__name__}: {error}".rstrip(".")
        raise ContentError([Problem.at(file, line, 1, "template_failed", page=path, found=reason)]) from error


def _template_line(error: BaseException, template_set: TemplateSet, fallback: str) -> tuple[str, int]:
    """Return the innermost line of a template in a traceback (jinja2 maps tracebacks to the lines of templates)."""
    file, line, trace = template_set.file(fallback), 0, error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name in template_set.templates:
            file, line = template_set.file(name), trace.tb_lineno
        trace = trace.tb_next
    return file, line


# ── environments ─────────────────────────────────────────────────────────────


class _Loader(jinja2.BaseLoader):
    """Loads the templates of a set by name, so that tracebacks name them."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        self.templates = templates

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:  # noqa: ARG002
        """Return a template's text and name. Raises TemplateNotFound."""
        if template not in self.templates:
            raise jinja2.TemplateNotFound(template)
        return self.templates[template], template, lambda: True


class TemplateEnvironment(SiteEnvironment):
    """The environment of a set of templates, with the filters that all of them use."""

    def __init__(self, template_set: TemplateSet) -> None:
        folder = template_set.cache.subfolder("templates")
        compiled = Compiled(Path(folder)) if folder else None
        super().__init__(template_set.trees, loader=_Loader(template_set.templates), bytecode_cache=compiled)
        self.filters["plain"] = plain
        self.filters["flat"] = lambda text: flat(plain(text))
        self.filters["cut"] = cut
        self.filters["begun"] = begun
        self.filters["together"] = together
        self.filters["described"] = lambda text: described(flat(plain(text)))
        self.filters["inner"] = inner
        self.filters["framed"] = frame_code
        self.filters["json"] = in_script
        self.filters["code"] = in_element
        self.filters["open_graph"] = of_open_graph


class PageEnvironment(TemplateEnvironment):
    """The environment for the pages of one language of a site. Its functions are globals, so that a part with macros is
    loaded once."""

    def __init__(self, template_set: TemplateSet, first: CurrentPage) -> None:
        super().__init__(template_set)
        self.state = RenderState(template_set, first)
        self.links, words = Links(self.state), Words(template_set, first.page)
        texts = Texts(self.state, self.links, words)
        self.globals.update({**PURE, **self.links.names(), **words.names(), **texts.names()})
        self.globals.update(
            _facts(first.page), fragments=self.fragments, part=self.part, has_pictures=self.has_pictures
        )
        self.globals["wordmark"] = Wordmarks(template_set)

    def fragments(self, name: str) -> Markup:
        """Return the mark of the slot `name` of this page. Raises KeyError for a slot that the page does not have."""
        current = self.state.current
        slot = f"{current.page.language}/{name}"
        if slot not in current.slots:
            raise KeyError(f"no slot {name!r}")
        return Markup(slot_marker(slot))

    def has_pictures(self) -> bool:
        """Return whether this is a document that prints pictures of evidence below what they prove."""
        return self.state.current.page.ref.partition(":")[0] in WITH_PICTURES

    def part(self, template: str, page: Page, at: int | str = 0) -> Markup:
        """Render a part of this page in the language of another `page` (its words, its dates). `at` tells the part
        which of several things in the view it is for."""
        return Markup(render_page(self.state.template_set, template, CurrentPage(self.state.current.path, page), at=at))


def _page_environment(template_set: TemplateSet, current: CurrentPage) -> PageEnvironment:
    """Return the environment for a page. It is made once for all pages that agree on what it depends on."""
    page = current.page
    key = (page.language, page.tag, page.script, page.locale, page.site)
    environment = template_set.environments.get(key)
    if not isinstance(environment, PageEnvironment):
        environment = template_set.environments[key] = PageEnvironment(template_set, current)
    return environment


class Wordmarks:
    """The titles as drawings. They are cached, because the library that draws them takes longer to load than a page
    takes to render."""

    def __init__(self, template_set: TemplateSet) -> None:
        self.template_set = template_set
        self.drawn: dict[tuple[str, str], Markup] = {}

    def __call__(self, title: str, tally_ink: str = "") -> Markup:
        """Return a title as SVG."""
        if (title, tally_ink) not in self.drawn:
            source = f"{title}\n{tally_ink}\n{self.template_set.fonts.digest}"
            name = f"wordmark-{hashlib.sha256(source.encode()).hexdigest()[:16]}"
            text = self.template_set.cache.get_or_compute(name, source, lambda: _draw(title, tally_ink), str)
            self.drawn[title, tally_ink] = Markup(text)
        return self.drawn[title, tally_ink]


def _draw(title: str, tally_ink: str) -> str:
    from gazette.pictures.wordmark import wordmark

    return str(wordmark(title, tally_ink))


PURE: dict[str, Any] = {
    "readable": readable,
    "breakable": breakable,
    "parts": parts,
    "paras": in_paragraphs,
    "entry": entry,
    "figures": figures,
    "is_word": is_word,
    "report_link": report_link,
    "police_code": police_code,
    "strokes": strokes,
    "halfway": halfway,
    "remembered": remembered,
}
"""Functions for templates whose result depends only on their arguments."""


def _facts(page: Page) -> dict[str, Any]:
    """Return the globals that are the same on all pages of a language."""
    return {"site": page.site, "tag": page.tag, "source_tag": page.site.languages[0].tag}
