"""Owns the dialect of Jinja that the templates are written in: what is compiled more directly, and one tag more."""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping
from typing import Any

import jinja2
import jinja2.compiler
import jinja2.ext
import jinja2.nodes
import jinja2.parser
from markupsafe import Markup, escape


class Once(jinja2.ext.Extension):
    """Remembers what stands between the tags for each value of KEY, which must name all that the part depends on
    beside words and settings. The environment keeps what was poured in `poured`."""

    tags = {"once"}  # noqa: RUF012 - the name and form are jinja2's

    def __init__(self, environment: jinja2.Environment) -> None:
        super().__init__(environment)
        environment.extend(poured={})

    def parse(self, parser: jinja2.parser.Parser) -> jinja2.nodes.Node:
        line = next(parser.stream).lineno
        key = parser.parse_expression()
        body = parser.parse_statements(("name:endonce",), drop_needle=True)
        place = jinja2.nodes.Const(f"{parser.name}:{line}")
        call = self.call_method("_pour", [place, key])
        return jinja2.nodes.CallBlock(call, [], [], body).set_lineno(line)

    def _pour(self, place: str, key: object, caller: Callable[[], str]) -> Markup:
        poured: dict[tuple[str, object], str] = self.environment.poured  # type: ignore[attr-defined]
        if (place, key) not in poured:
            poured[place, key] = caller()
        return Markup(poured[place, key])


_MARKS = re.compile("[&<>'\"]").search


def shown(value: object) -> str:
    """A value as a page shows it: escaped, unless it is markup already."""
    if type(value) is Markup or (type(value) is str and not _MARKS(value)):
        return value
    return str(escape(value))


class Part(jinja2.Template):
    """A template whose macros are read once: what they use is the same for all pages of an environment."""

    def _get_default_module(self, ctx: jinja2.runtime.Context | None = None) -> Any:  # noqa: ARG002
        return super()._get_default_module()


class Direct(jinja2.compiler.CodeGenerator):
    """Compiles `a.b` and `f(x)` to the same Python, without a detour through jinja2's own look-ups: views are records,
    and no function here asks for a context. That halves the time of a page; a missing attribute is an AttributeError,
    which is told with its line like any other failure."""

    def write_commons(self) -> None:
        """What every part begins with."""
        super().write_commons()
        self.writeline("shown = environment.shown")

    def _output_child_pre(self, node: jinja2.nodes.Expr, frame: jinja2.compiler.Frame, finalize: Any) -> None:  # noqa: ARG002
        self.write("shown(" if frame.eval_ctx.autoescape else "str(")

    def visit_Getattr(self, node: jinja2.nodes.Getattr, frame: jinja2.compiler.Frame) -> None:
        """`a.b`."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(self, node: jinja2.nodes.Call, frame: jinja2.compiler.Frame, forward_caller: bool = False) -> None:
        """`f(x)`."""
        self.visit(node.node, frame)
        self.write("(")
        outer, self.write = self.write, _Arguments(self.write)  # type: ignore[method-assign,assignment]
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write = outer  # type: ignore[method-assign]
        self.write(")")


class _Arguments:
    """Writes a signature, which begins with a comma, as the arguments of a call."""

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write, self._begun = write, False

    def __call__(self, text: Any) -> None:
        self._write(text if self._begun else text.removeprefix(", "))
        self._begun = True


class Dialect(jinja2.Environment):
    """Templates in this dialect. What they may call is there before the first of them is read."""

    code_generator_class = Direct
    template_class = Part
    shown = staticmethod(shown)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """A plain dict: each page copies it."""
        return {**self.globals, **(d or {})}
