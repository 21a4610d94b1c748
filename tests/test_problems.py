"""What an editor is told: every message in both languages, with the values that it is given."""

from __future__ import annotations

import ast
import pickle
import string
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from gazette.messages.catalogue import MESSAGES, PREVIEW
from gazette.messages.problems import ContentError, Problem

PACKAGE = Path(__file__).resolve().parent.parent / "gazette"


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_every_message_exists_in_both_languages_with_the_same_values() -> None:
    for code, words in MESSAGES.items():
        assert set(words) == {"zh", "en"}, code
        assert fields(words["zh"]) == fields(words["en"]), code
        assert words["zh"].endswith(("。", "}")) and words["en"].endswith((".", "}")), code


TREES = [ast.parse(path.read_text("utf-8")) for path in PACKAGE.rglob("*.py") if path.name != "catalogue.py"]


def test_every_message_is_used() -> None:
    nodes = (node for tree in TREES for node in ast.walk(tree))
    constants = {node.value for node in nodes if isinstance(node, ast.Constant)}
    assert {code for code in MESSAGES if code not in constants and not code.startswith("unknown_")} == set()


def test_every_code_that_is_told_has_a_message() -> None:
    """A misspelt one would be a KeyError in front of an editor. Codes are what is given to functions for a parameter
    that is called `code`."""
    told = [code for tree in TREES for node in ast.walk(tree) if isinstance(node, ast.Call) for code in codes_of(node)]
    assert len(told) > 150 and {*told} - MESSAGES.keys() - PREVIEW.keys() == set()


def places_of_codes() -> dict[str, set[int]]:
    """The places of a parameter `code` in functions and in records, by name; without `self`."""
    found: dict[str, set[int]] = defaultdict(set)
    for node in (node for tree in TREES for node in ast.walk(tree)):
        if isinstance(node, ast.FunctionDef):
            names = [each.arg for each in (*node.args.posonlyargs, *node.args.args) if each.arg not in ("self", "cls")]
        elif isinstance(node, ast.ClassDef):
            names = [str(each.target.id) for each in node.body if isinstance(each, ast.AnnAssign)]  # type: ignore[union-attr]
        else:
            continue
        if "code" in names:
            found[node.name].add(names.index("code"))
    return found


PLACES = places_of_codes()


def codes_of(call: ast.Call) -> Iterator[str]:
    """The codes of problems that a call names."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    given = [call.args[place] for place in PLACES.get(name, ()) if place < len(call.args)]
    for value in (*given, *(word.value for word in call.keywords if word.arg == "code")):
        for choice in (value.body, value.orelse) if isinstance(value, ast.IfExp) else (value,):
            if isinstance(choice, ast.Constant) and choice.value and name not in OTHERS:
                yield str(choice.value)


OTHERS = ("_say", "say", "Status")
"""Their codes are those of words and of states."""


def test_problems_are_sorted_single_and_survive_pickling() -> None:
    one, two = Problem.at("a.yaml", 2, 1, "tab"), Problem.at("a.yaml", 1, 9, "yaml_merge")
    error = ContentError([one, two, one])
    assert error.problems == (two, one)
    assert pickle.loads(pickle.dumps(error)).problems == error.problems


def test_what_was_found_is_shown_on_one_short_line() -> None:
    shown = Problem.at("a", 1, 1, "timezone", found="x\ny\x1b[31m" + "长" * 500).show("en")
    assert "\n" not in shown and "\x1b" not in shown and len(shown) < 300
