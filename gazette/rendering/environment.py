"""Jinja as the templates are written in it: its settings, and the one tag more, `{% cache KEY %}`."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any

import jinja2
import jinja2.ext
import jinja2.nodes
import jinja2.parser
import jinja2.runtime
from markupsafe import Markup


class CacheTag(jinja2.ext.Extension):
    """Renders what stands between the tags once for each value of KEY, which must name all that the part depends on
    beside words and settings. The environment keeps the rendered parts."""

    tags = {"cache"}  # noqa: RUF012 - the name and form are jinja2's

    def parse(self, parser: jinja2.parser.Parser) -> jinja2.nodes.Node:
        line = next(parser.stream).lineno
        key = parser.parse_expression()
        body = parser.parse_statements(("name:endcache",), drop_needle=True)
        place = jinja2.nodes.Const(f"{parser.name}:{line}")
        call = self.call_method("_render_once", [place, key])
        return jinja2.nodes.CallBlock(call, [], [], body).set_lineno(line)

    def _render_once(self, place: str, key: object, caller: Callable[[], str]) -> Markup:
        assert isinstance(self.environment, SiteEnvironment)
        rendered = self.environment.rendered_parts
        if (place, key) not in rendered:
            rendered[place, key] = caller()
        return Markup(rendered[place, key])


REMEMBERED = 20_000
"""How many calls of one macro are remembered: those of all pledges of a large city."""


def remembered(macro: Callable[..., Markup]) -> Callable[..., Markup]:
    """A macro that is rendered once for equal arguments. Only for one whose text depends on its arguments, the words and
    the settings alone, not on the page: a template says so by `{% set mark = remembered(mark) %}` below it."""
    known: dict[tuple[object, ...], Markup] = {}

    def recall(*arguments: object, **named: object) -> Markup:
        key = (*arguments, *named.items())
        try:
            text = known.get(key)
        except TypeError:  # a list is no key
            return macro(*arguments, **named)
        if text is None:
            text = macro(*arguments, **named)
            if len(known) < REMEMBERED:
                known[key] = text
        return text

    return recall


Trees = MutableMapping[str, jinja2.nodes.Template]
"""Templates that are parsed already, by name. Whoever compiles one takes it out: it is large, and needed once."""


class SiteContext(jinja2.runtime.Context):
    """What a template knows while it is filled in."""

    def call(
        self, obj: Callable[..., Any], /, *args: Any, _block_vars: Any = None, _loop_vars: Any = None, **kwargs: Any
    ) -> Any:
        """As jinja2's, but that nothing is handed the context: nothing that templates may call here asks for it. To
        look whether it does takes longer than most of them run, and a page calls a hundred of them. (The two names are
        those of what jinja2 would make a context of.)"""
        return obj(*args, **kwargs)


class SiteEnvironment(jinja2.Environment):
    """Templates as they are written here. Each is compiled from its tree, if there is one, and else from its text."""

    context_class = SiteContext

    def __init__(self, trees: Trees | None = None, **more: Any) -> None:
        super().__init__(
            autoescape=lambda name: name is None or not name.endswith((".css", ".txt")),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            cache_size=-1,
            auto_reload=False,
            optimized=False,  # looking for constants is a third of a compilation, and templates hold next to none
            extensions=["jinja2.ext.do", CacheTag],
            **more,
        )
        self.trees = {} if trees is None else trees
        self.loaded: dict[Any, jinja2.Template] = {}
        self.rendered_parts: dict[tuple[str, object], str] = {}

    def get_template(self, name: Any, *rest: Any, **more: Any) -> jinja2.Template:
        """As jinja2's. The templates of a set never change, so that one look into a dictionary finds what is loaded:
        a page asks for ten, and there are seven fragments to a page."""
        if name not in self.loaded:
            self.loaded[name] = super().get_template(name, *rest, **more)
        return self.loaded[name]

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """As jinja2's, in one dictionary: all that is global here is known before the first template is loaded. Through
        the chain of two that jinja2 makes, each fragment would look its names up one by one, and slowly."""
        return {**self.globals, **(d or {})}

    def compile(self, source: Any, name: str | None = None, *rest: Any, **more: Any) -> Any:
        """As jinja2's."""
        return super().compile(self.trees.pop(name or "", source), name, *rest, **more)
