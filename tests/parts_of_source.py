"""What calls, functions and scopes of Python consist of, as their syntax trees say."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache

Way = tuple[int | str, ...]
"""How to get from a value to a text inside it: by the place in a tuple (from 0), by `*` for any element of a list or
value of a table, by `key` for any key of a table."""

Bound = tuple[ast.expr | None, Way]
"""An expression, and the way to something inside its value."""

Taker = ast.FunctionDef | ast.Lambda | ast.ClassDef
"""What can be called."""


def takes(node: Taker) -> dict[str, ast.expr | None]:
    """The parameters of a function, or of what makes a record of a class, with their defaults."""
    if isinstance(node, ast.ClassDef):
        for made in node.body:
            if isinstance(made, ast.FunctionDef) and made.name == "__init__":
                return takes(made)
        fields = [each for each in node.body if isinstance(each, ast.AnnAssign)]
        return {each.target.id: each.value for each in fields if isinstance(each.target, ast.Name)}
    names = [each.arg for each in (*node.args.posonlyargs, *node.args.args)]
    defaults = dict(zip(reversed(names), reversed(node.args.defaults), strict=False))
    return {name: defaults.get(name) for name in names if name not in ("self", "cls")}


def call_of_partial(call: ast.Call) -> ast.Call:
    """The call that `partial` prepares: what is given later are no codes."""
    if isinstance(call.func, ast.Name) and call.func.id == "partial":
        return ast.copy_location(ast.Call(call.args[0], call.args[1:], call.keywords), call)
    return call


def argument(call: ast.Call, taker: Taker, name: str) -> ast.expr | None:
    """What a call gives for a parameter; its default where it gives none."""
    own = takes(taker)
    place = list(own).index(name)
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    if any(isinstance(each, ast.Starred) for each in call.args[: place + 1]):
        return call.args[-1]
    return call.args[place] if place < len(call.args) else own[name]


def bindings(scope: ast.AST, name: str) -> Iterator[Bound]:
    """What a name is bound to in a scope."""
    for target, value, inside in _targets(scope):
        yield from ((value, (*inside, *way)) for way in _ways(target, name))


@cache
def _targets(scope: ast.AST) -> list[tuple[ast.expr, ast.expr | None, Way]]:
    """All that is bound in a scope, with its value and the way into that."""
    found: list[tuple[ast.expr, ast.expr | None, Way]] = []
    for node in ast.walk(scope):
        match node:
            case ast.Assign(targets=[target]) | ast.AnnAssign(target=target) | ast.AugAssign(target=target):
                found.append((target, node.value, ()))
            case ast.NamedExpr(target=target, value=value):
                found.append((target, value, ()))
            case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
                found.append((target, value, ("*",)))
    return found


def _ways(target: ast.expr, name: str) -> Iterator[Way]:
    if isinstance(target, ast.Name) and target.id == name:
        yield ()
    elif isinstance(target, ast.Tuple):
        yield from ((place, *way) for place, each in enumerate(target.elts) for way in _ways(each, name))


def results(taker: Taker, way: Way) -> Iterator[Bound]:
    """What a function returns or yields."""
    for node in ast.walk(taker):
        match node:
            case ast.Return(value=value) | ast.YieldFrom(value=value):
                yield value, way
            case ast.Yield(value=value):
                yield value, way[1:]
