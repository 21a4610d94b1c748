"""The kinds of exceptions: few, each in the table of `docs/architecture.md`, with who raises it and who catches it."""

from __future__ import annotations

import ast
import builtins
import pickle
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from gazette.messages.coded import Coded
from gazette.model.forms.fields import InvalidValue, invalid
from gazette.pdf.problem import PdfProblem
from gazette.publishing.refused import Refused

ROOT = Path(__file__).resolve().parent.parent
TREES = {
    path.relative_to(ROOT / "gazette"): ast.parse(path.read_text("utf-8")) for path in (ROOT / "gazette").rglob("*.py")
}
BUILT_IN = {name for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, BaseException)}


def nodes() -> Iterator[tuple[str, ast.AST]]:
    """Every node of the package's source, with the folder of `gazette/` that it stands in."""
    yield from ((path.parts[0], node) for path, tree in TREES.items() for node in ast.walk(tree))


def names(node: ast.AST | None) -> set[str]:
    """The names in an expression, those of attributes included."""
    found = [*ast.walk(node)] if node else []
    return {each.id for each in found if isinstance(each, ast.Name)} | {
        each.attr for each in found if isinstance(each, ast.Attribute)
    }


def kinds() -> set[str]:
    """The classes of the package that are exceptions, whatever they are made from."""
    bases = {node.name: set().union(*map(names, node.bases)) for _, node in nodes() if isinstance(node, ast.ClassDef)}
    found: set[str] = set()
    while new := {name for name, own in bases.items() if own & (BUILT_IN | found)} - found:
        found |= new
    return found


def raised(found: set[str]) -> dict[str, set[str]]:
    """The folders that raise each kind: by its name, or by that of a function which returns it."""
    makers = {
        (path, node.name, name)
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for name in names(node.returns) & found
    }
    where: dict[str, set[str]] = defaultdict(set)
    for path, tree in TREES.items():
        imported = {
            (Path((node.module or "").removeprefix("gazette.").replace(".", "/") + ".py"), each.name)
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for each in node.names
        }
        own = {(word, name) for place, word, name in makers if place == path or (place, word) in imported}
        for node in ast.walk(tree):
            if isinstance(node, ast.Raise):
                words = names(node.exc)
                for name in (words & found) | {name for word, name in own if word in words}:
                    where[name].add(path.parts[0])
    return where


def caught(found: set[str]) -> dict[str, set[str]]:
    """The folders that catch each kind, pass it over, or ask whether they caught it."""
    where: dict[str, set[str]] = defaultdict(set)
    for folder, node in nodes():
        named = names(node.type) if isinstance(node, ast.ExceptHandler) else set()
        if isinstance(node, ast.Call) and {"suppress", "isinstance"} & names(node.func):
            named = set().union(*map(names, node.args))
        for name in named & found:
            where[name].add(folder)
    return where


def test_every_kind_of_exception_is_in_the_table_with_who_raises_and_who_catches_it() -> None:
    rows = re.findall(
        r"(?m)^\| `([A-Z]\w+)` \|[^|]+\| ([^|]*) \| ([^|]*) \|$", (ROOT / "docs" / "architecture.md").read_text("utf-8")
    )
    told = {name: tuple(set(re.findall(r"`(\w+)/`", folders)) for folders in rest) for name, *rest in rows}
    found = kinds()
    by, at = raised(found), caught(found)
    assert told == {name: (by[name], at[name]) for name in found}


@pytest.mark.parametrize("kind", [InvalidValue, PdfProblem, Refused])
def test_what_carries_a_code_survives_the_way_from_another_process(kind: type[Coded]) -> None:
    there = pickle.loads(pickle.dumps(kind("some_code", found="x", limit=3)))
    assert type(there) is kind and (there.code, there.values) == ("some_code", {"found": "x", "limit": 3})


def test_a_value_may_be_called_as_the_parameter_is() -> None:
    assert invalid("some_code", code="x").values == {"code": "x"}
