"""Sets Jinja up for this site's templates: its options, and the additional tag `{% cache KEY %}`."""

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
    """Renders what stands between the tags once for each value of KEY. KEY must name everything that the part depends
    on besides words and settings. The environment keeps the rendered parts."""

    tags = {"cache"}  # noqa: RUF012 - the name and form are jinja2's

    def parse(self, parser: jinja2.parser.Parser) -> jinja2.nodes.Node:
        """Parse the tag into a call of `_render_once` with the position of the tag and the key."""
        line = next(parser.stream).lineno
        key = parser.parse_expression()
        body = parser.parse_statements(("name:endcache",), drop_needle=True)
        position = jinja2.nodes.Const(f"{parser.name}:{line}")
        call = self.call_method("_render_once", [position, key])
        return jinja2.nodes.CallBlock(call, [], [], body).set_lineno(line)

    def _render_once(self, position: str, key: object, caller: Callable[[], str]) -> Markup:
        assert isinstance(self.environment, SiteEnvironment)
        rendered = self.environment.rendered_parts
        if (position, key) not in rendered:
            rendered[position, key] = caller()
        return Markup(rendered[position, key])


REMEMBERED = 20_000
"""The most calls of one macro that are remembered: enough for all pledges of a large city."""


def remembered(macro: Callable[..., Markup]) -> Callable[..., Markup]:
    """Return a macro that is rendered once for equal arguments. Only for a macro whose text depends on its arguments,
    the words and the settings, not on the page. A template requests it with `{% set mark = remembered(mark) %}` below
    the macro."""
    known: dict[tuple[object, ...], Markup] = {}

    def recall(*arguments: object, **named: object) -> Markup:
        key = (*arguments, *named.items())
        try:
            text = known.get(key)
        except TypeError:  # a list is no key
            return macro(*arguments, **named)
        if text is None:  # a list cannot be a key
            text = macro(*arguments, **named)
            if len(known) < REMEMBERED:
                known[key] = text
        return text

    return recall


Trees = MutableMapping[str, jinja2.nodes.Template]
"""Parsed templates, by name. Compiling one removes it: it is large, and needed once."""


class SiteContext(jinja2.runtime.Context):
    """The names that a template can use while it is rendered."""

    def call(
        self, obj: Callable[..., Any], /, *args: Any, _block_vars: Any = None, _loop_vars: Any = None, **kwargs: Any
    ) -> Any:
        """Call as jinja2 does, but pass the context to no function: none that templates call here asks for it. To check
        takes jinja2 longer than most of these functions run, and a page calls a hundred. (jinja2 makes a context from
        the two named arguments.)"""
        return obj(*args, **kwargs)


class SiteEnvironment(jinja2.Environment):
    """The environment of this site's templates. A template is compiled from its tree in `trees` if it has one, else
    from its source."""

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
            optimized=False,  # the search for constants is a third of compiling, and the templates have almost none
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
        """Return all globals in one dictionary; all are known before the first template is loaded. jinja2's chain of
        two makes each look-up slow, and each fragment looks its names up."""
        return {**self.globals, **(d or {})}

    def compile(self, source: Any, name: str | None = None, *rest: Any, **more: Any) -> Any:
        """Compile a template, from its parsed tree if there is one."""
        return super().compile(self.trees.pop(name or "", source), name, *rest, **more)
