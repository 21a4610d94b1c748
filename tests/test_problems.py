"""What an editor is told: every message in both languages, with the values that it is given."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

from gazette.messages.catalogue import MESSAGES
from gazette.messages.problems import ContentError, Problem

PACKAGE = Path(__file__).resolve().parent.parent / "gazette"


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_every_message_exists_in_both_languages_with_the_same_values() -> None:
    for code, words in MESSAGES.items():
        assert set(words) == {"zh", "en"}, code
        assert fields(words["zh"]) == fields(words["en"]), code
        assert words["zh"].endswith(("。", "}")) and words["en"].endswith((".", "}")), code


def test_every_message_is_used_and_every_code_has_a_message() -> None:
    source = "\n".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py") if path.name != "catalogue.py")
    constants = {
        node.value
        for node in ast.walk(ast.parse(source.replace("from __future__ import annotations", "")))
        if isinstance(node, ast.Constant)
    }
    unused = {code for code in MESSAGES if code not in constants and not code.startswith("unknown_")}
    assert unused == set()
    for code in re.findall(
        r'(?:PydanticCustomError|Problem\.at|desk\.at)\([^"()]*(?:\([^)]*\))?[^"()]*"([a-z_]+)"', source
    ):
        assert code in MESSAGES or code == "several", code


def test_problems_are_sorted_single_and_survive_pickling() -> None:
    import pickle

    one, two = Problem.at("a.yaml", 2, 1, "tab"), Problem.at("a.yaml", 1, 9, "yaml_merge")
    error = ContentError([one, two, one])
    assert error.problems == (two, one)
    assert pickle.loads(pickle.dumps(error)).problems == error.problems


def test_what_was_found_is_shown_on_one_short_line() -> None:
    shown = Problem.at("a", 1, 1, "timezone", found="x\ny\x1b[31m" + "长" * 500).show("en")
    assert "\n" not in shown and "\x1b" not in shown and len(shown) < 300
