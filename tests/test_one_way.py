"""One way for one thing: loops over units, errors of the database, addresses in pages, rules, settings."""

from __future__ import annotations

import ast
import re

from test_architecture import MODULES, ROOT

TESTS = sorted({*(ROOT / "tests").glob("*.py")} - {ROOT / "tests" / "test_one_way.py"})


def callers(name: str) -> set[str]:
    """The modules that name a function or a method."""
    return {
        module.removeprefix("gazette.")
        for module, path in MODULES.items()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if name == (node.id if isinstance(node, ast.Name) else getattr(node, "attr", ""))
    }


def test_the_units_are_read_in_one_loop() -> None:
    """`LoadedContent.sources` and `load_units` are the loops; a build asks which files differ, and reads in workers."""
    assert callers("open_units") == {"reading.loaded_content", "building.units"}
    assert callers("load_unit") == {"reading.loaded_content", "office.content", "building.unit_job"}


def test_errors_of_the_database_library_are_met_in_three_places() -> None:
    """Those who only look meet `Unreadable`; what a build makes of one that fails, `state` and `failures` say."""
    found = {name for name, path in MODULES.items() if re.search(r"(?m)^import sqlite3$", path.read_text("utf-8"))}
    others = {name for name in found if not name.startswith("gazette.building.database.")}
    assert others == {"gazette.building.state", "gazette.building.failures"}


def test_addresses_in_pages_are_found_in_one_way() -> None:
    """Apart from the stamps, which are changed in bytes at their places."""
    finding = re.compile(r"(?:href|src|\bid)=\\?\"(?:\(|\[\^)|split\([^)]*=\\?\"|\(\?:href\|")
    assert finding.search('pattern(\'href="([^"]*)"\')') and finding.search("page.split(f' {attribute}=\"')")
    found = {name.removeprefix("gazette.") for name, path in MODULES.items() if finding.search(path.read_text("utf-8"))}
    assert found == {"rendering.attributes", "building.stamps"}


def test_no_rule_is_written_twice() -> None:
    """What two classes compare in the same words under the same name is one rule, that somebody will change once."""
    seen: dict[str, list[str]] = {}
    for name, path in MODULES.items():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and "property" in map(ast.unparse, node.decorator_list):
                rule = " ".join(ast.unparse(each) for each in node.body if not isinstance(each, ast.Expr))
                if any(isinstance(each, ast.Compare) for each in ast.walk(node)):
                    seen.setdefault(f"{node.name}: {rule}", []).append(name)
    assert {rule: names for rule, names in seen.items() if len(names) > 1} == {}


def test_no_setting_is_written_twice() -> None:
    """A private name of a module that stands with the same number or text in another one is one setting."""
    seen: dict[tuple[str, str], list[str]] = {}
    for name, path in MODULES.items():
        for node in ast.parse(path.read_text("utf-8")).body:
            match node:
                case ast.Assign(targets=[ast.Name(id=word)], value=ast.Constant(value=value)) if word.startswith("_"):
                    seen.setdefault((word, repr(value)), []).append(name)
    assert {word: names for word, names in seen.items() if len(names) > 1} == {}


def test_no_test_links_to_files_of_the_program() -> None:
    """Another name changes the state of a file: a build that is under way in another test sees its program change."""
    found = [path.name for path in TESTS if re.search(r"\bos\.link\b|hardlink_to", path.read_text("utf-8"))]
    assert found == []
