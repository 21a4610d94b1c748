"""Nothing grows too large to be read at once: modules, functions and classes of the program, its tests and tools."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("gazette", "tests", "tools")
Function = ast.FunctionDef | ast.AsyncFunctionDef

NAMED_BY_OTHERS = {"redirect_request"}
"""Methods that a library calls, with all that it has to say."""


@cache
def source(part: str) -> dict[str, str]:
    """The modules of a part of the repository."""
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in sorted((ROOT / part).rglob("*.py"))}


@cache
def trees(part: str) -> dict[str, ast.Module]:
    return {path: ast.parse(text) for path, text in source(part).items()}


def defined(node: ast.AST) -> Iterator[Function | ast.ClassDef]:
    """The functions and classes in a module, those within others too; expressions hold none."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function | ast.ClassDef):
            yield child
        if isinstance(child, ast.stmt | ast.excepthandler | ast.match_case):
            yield from defined(child)


def too_long(text: str) -> bool:
    return text.count("\n") > 300


def is_said(tree: ast.Module) -> bool:
    """Whether a module says what it is, in whole sentences, the first of them in its first line or begun there."""
    words = ast.get_docstring(tree) or ""
    first = " ".join(words.partition("\n\n")[0].split())
    return bool(re.fullmatch(r"[A-Z{`].+[.:?]\)?", first)) and len(words.partition("\n")[0]) <= 120


def large(place: str, node: ast.stmt) -> Iterator[str]:
    """What of a function or a class is too large."""
    if isinstance(node, Function):
        if node.end_lineno and node.end_lineno - node.lineno + 1 > 40:
            yield f"{place}: {node.name} has more than 40 lines"
        given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        if len(given) - (given[:1] != [] and given[0].arg in ("self", "cls")) > 5 and not is_of_pytest(node):
            yield f"{place}: {node.name} is given more than five things"
    elif isinstance(node, ast.ClassDef) and sum(isinstance(each, Function) for each in node.body) > 15:
        yield f"{place}: {node.name} has more than 15 methods"


def is_of_pytest(function: Function) -> bool:
    """Tests and fixtures, which ask for what they need by its name; and what libraries name."""
    is_fixture = any("fixture" in ast.unparse(each) for each in function.decorator_list)
    return is_fixture or function.name.startswith("test_") or function.name in NAMED_BY_OTHERS


@pytest.mark.parametrize("part", PARTS)
def test_modules_say_what_they_are_and_stay_small(part: str) -> None:
    assert len(source(part)) > 5
    assert [path for path, text in source(part).items() if too_long(text)] == []
    assert [path for path, tree in trees(part).items() if not is_said(tree)] == []


@pytest.mark.parametrize("part", PARTS)
def test_functions_and_classes_stay_small(part: str) -> None:
    found = [(f"{path}:{node.lineno}", node) for path, tree in trees(part).items() for node in defined(tree)]
    assert len(found) > 10
    assert [line for place, node in found for line in large(place, node)] == []


def by_place_alone(tree: ast.Module) -> Iterator[ast.Call]:
    """The calls of classes whose arguments a reader would have to count."""
    for node in (each for each in ast.walk(tree) if isinstance(each, ast.Call)):
        if isinstance(node.func, ast.Name) and node.func.id[:1].isupper():
            unpacked = sum(isinstance(each, ast.Starred) for each in node.args)
            if len(node.args) > 5 or (unpacked and len(node.args) > 3):
                yield node


def test_records_of_many_fields_are_made_by_their_names() -> None:
    found = [f"{path}:{node.lineno}" for path, tree in trees("gazette").items() for node in by_place_alone(tree)]
    assert found == []
    for text, is_found in (
        ("A(1, 2, 3, 4, 5, 6)", True),
        ("A(1, 2, *rest, 4)", True),
        ("A(1, 2, *rest)", False),
        ("A(1, 2, 3, 4, 5, f=6)", False),
        ("f(1, 2, 3, 4, 5, 6)", False),
    ):
        assert bool([*by_place_alone(ast.parse(text))]) == is_found, text


def test_what_is_too_large_is_seen() -> None:
    assert too_long("\n" * 301) and not too_long("\n" * 300)
    body = "    pass\n"
    spoilt = {
        "def f():\n" + body * 40: "more than 40 lines",
        "async def f(a, b, c, d, *, e, f): pass": "more than five things",
        "class A:\n" + "".join(f"    def f{n}(self): pass\n" for n in range(16)): "more than 15 methods",
    }
    for text, words in spoilt.items():
        assert [line for line in large("x", ast.parse(text).body[0]) if words in line], text
    for text in ("def f():\n" + body * 39, "def f(self, a, b, c, d, e): pass", "def test_f(a, b, c, d, e, f): pass"):
        assert [*large("x", ast.parse(text).body[0])] == []


def test_what_a_module_says_is_whole_sentences() -> None:
    for words in ("What it does.", "What it does: this,\nand that.", "`w` and more:\n\n    w", "One. (Others: there.)"):
        assert is_said(ast.parse(f'"""{words}"""')), words
    for words in ("", "what it does.", "One sentence. And one that has no", "What it does.\nmore", "W" * 120 + "."):
        assert not is_said(ast.parse(f'"""{words}"""')), words
