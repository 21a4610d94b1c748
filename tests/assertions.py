"""Which assertions of a test are reached whatever it finds: read from its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TypeGuard

HELPER = "at_least_one"
"""The function of `reached.py` that fails where there is nothing to go through."""

_AS_LONG = {"enumerate", "sorted", "reversed", "list", "tuple", "set", "frozenset", "dict", "iter"}
"""Functions whose result is as long as what they are given, or at least not empty where that is not."""

_PARTS = {"items", "values", "keys", "copy", "split", "splitlines"}
_EXPECTS = {"raises", "warns", "fail"}

Loop = ast.For | ast.AsyncFor
Function = ast.FunctionDef | ast.AsyncFunctionDef


def unsure(source: str) -> Iterator[tuple[int, str]]:
    """The loops of a module's tests in which no assertion is reached for sure: their lines, and the names of the tests.
    One is reached if each loop around it goes through what is written down beside it, or through `at_least_one(…)`. A
    test may also assert, outside of loops, something of what is gone through, or of what is counted there."""
    tree = ast.parse(source)
    known = _written_down(tree.body, set())
    for node in tree.body:
        if isinstance(node, Function) and node.name.startswith("test_") and (loops := _by_loop(node)):
            own = _written_down(ast.walk(node), known | _listed(node))
            spoken_of = _spoken_of(node) - _given(node)
            for loop, ways in loops.items():
                is_floored = bool((_names(loop.iter) | _counted(loop)) & spoken_of)
                if not is_floored and not any(_is_reached(way, own) for way in ways):
                    yield loop.lineno, node.name


def _by_loop(test: Function) -> dict[Loop, list[tuple[ast.AST, ...]]]:
    """The outermost loops in which a test asserts, with the ways to what each asserts."""
    found: dict[Loop, list[tuple[ast.AST, ...]]] = {}
    for way in _ways(test, ()):
        if way and isinstance(way[0], Loop):
            found.setdefault(way[0], []).append(way)
    return found


def _given(test: Function) -> set[str]:
    """What a test is given: what it says of a city says nothing of the city's pages."""
    return {each.arg for each in (*test.args.posonlyargs, *test.args.args, *test.args.kwonlyargs)}


def _listed(test: Function) -> set[str]:
    """What a test is given by `parametrize`: its cases are written down above it."""
    found = set[str]()
    for each in test.decorator_list:
        if isinstance(each, ast.Call) and ast.unparse(each.func).endswith("parametrize"):
            names = [node.value for node in ast.walk(each.args[0]) if isinstance(node, ast.Constant)]
            found |= {name.strip() for text in names for name in str(text).split(",")}
    return found


def _spoken_of(node: ast.AST) -> set[str]:
    """The names in the assertions outside of loops, but for those of functions."""
    found = set()
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Assert):
            called = {each.func for each in ast.walk(child.test) if isinstance(each, ast.Call)}
            found |= {each.id for each in ast.walk(child.test) if isinstance(each, ast.Name) and each not in called}
        elif not isinstance(child, Loop):
            found |= _spoken_of(child)
    return found


def _counted(loop: Loop) -> set[str]:
    """The names of what a loop adds to: numbers, and collections."""
    added = [node.target for node in ast.walk(loop) if isinstance(node, ast.AugAssign)]
    more = [node.func.value for node in ast.walk(loop) if isinstance(node, ast.Call) and _adds(node.func)]
    given = [target for node in ast.walk(loop) if isinstance(node, ast.Assign) for target in node.targets]
    into = [target for target in given if isinstance(target, ast.Subscript)]
    return {name for part in (*added, *more, *into) for name in _names(part)}


def _adds(called: ast.expr) -> TypeGuard[ast.Attribute]:
    return isinstance(called, ast.Attribute) and called.attr in ("append", "add", "update", "extend")


def _names(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def _written_down(nodes: object, known: set[str]) -> set[str]:
    """The names that stand for something that is not empty, as one sees where they are given."""
    found = {*known}
    for node in nodes:  # type: ignore[attr-defined]
        if isinstance(node, ast.Assign):
            pairs = [pair for target in node.targets for pair in _pairs(target, node.value)]
        elif isinstance(node, ast.AnnAssign) and node.value:
            pairs = [(node.target, node.value)]
        else:
            continue
        for target, value in pairs:
            if isinstance(target, ast.Name):
                found = found | {target.id} if _is_some(value, found) else found - {target.id}
    return found


def _pairs(target: ast.expr, value: ast.expr) -> list[tuple[ast.expr, ast.expr]]:
    """What is given to what; in `a, b = x, y` these are two."""
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        return list(zip(target.elts, value.elts, strict=True))
    return [(target, value)]


def _ways(node: ast.AST, above: tuple[ast.AST, ...]) -> Iterator[tuple[ast.AST, ...]]:
    """Each assertion below a node, as the loops and the choices within loops that lead to it."""
    for child in ast.iter_child_nodes(node):
        if _asserts(child):
            yield above
            continue
        is_step = isinstance(child, Loop) or (isinstance(child, ast.If | ast.Try) and above)
        yield from _ways(child, (*above, child) if is_step else above)


def _asserts(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return called in _EXPECTS
    return isinstance(node, ast.Assert)


def _is_reached(way: tuple[ast.AST, ...], known: set[str]) -> bool:
    return all(_is_some(step.iter, known) if isinstance(step, Loop) else _has_both(step) for step in way)


def _has_both(step: ast.AST) -> bool:
    """Whether there is an assertion whichever way a choice goes."""
    ways = (step.body, step.orelse) if isinstance(step, ast.If) else ()
    return bool(ways) and all(any(_asserts(each) for node in way for each in ast.walk(node)) for way in ways)


def _is_some(node: ast.expr, known: set[str]) -> bool:
    """Whether an expression is seen not to be empty."""
    match node:
        case ast.Tuple(elts) | ast.List(elts) | ast.Set(elts):
            return any(not isinstance(each, ast.Starred) or _is_some(each.value, known) for each in elts)
        case ast.Dict(keys, values):
            return any(key or _is_some(value, known) for key, value in zip(keys, values, strict=True))
        case ast.Constant(value):
            return isinstance(value, str | bytes | int) and bool(value)
        case ast.Name(id):
            return id in known
        case ast.IfExp(_, one, other):
            return _is_some(one, known) and _is_some(other, known)
        case ast.BinOp(left, ast.Add() | ast.BitOr(), right):
            return _is_some(left, known) or _is_some(right, known)
        case ast.Call(ast.Attribute(value, name)):
            return name in _PARTS and _is_some(value, known)
        case ast.Call(ast.Name(name), arguments):
            return _is_some_of(name, arguments, known)
    return False


def _is_some_of(called: str, arguments: list[ast.expr], known: set[str]) -> bool:
    if called == "range":
        return all(isinstance(each, ast.Constant) or _is_some(each, known) for each in arguments)
    if called == "zip":
        return all(_is_some(each, known) for each in arguments)
    return called == HELPER or (called in _AS_LONG and any(_is_some(each, known) for each in arguments[:1]))
