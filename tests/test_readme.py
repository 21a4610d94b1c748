"""The two files that people read first: what they name is there, and what is there is named."""

from __future__ import annotations

import re

import pytest
from program import ROOT, run
from reached import at_least_one

from gazette.cli.parser import COMMANDS

READMES = ("README.md", "README.zh.md")


@pytest.fixture(scope="module")
def options() -> set[str]:
    """The options of all commands, as their help texts list them."""
    helps = [run(command, "--help").stdout for command in COMMANDS]
    assert all(text.startswith("usage: ") for text in helps)
    return {option for text in helps for option in re.findall(r"(?<![\w-])--[a-z][a-z-]*", text)}


@pytest.mark.parametrize("name", READMES)
def test_what_is_named_is_there(name: str, options: set[str]) -> None:
    makefile, text = (ROOT / "Makefile").read_text("utf-8"), (ROOT / name).read_text("utf-8")
    for command in ("site", "test", "example"):
        assert f"make {command}" in text and re.search(rf"^{command}:", makefile, re.M)
    for picture in at_least_one(re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text)):
        assert (ROOT / picture).is_file(), picture
    named = set(re.findall(r"`(--[a-z-]+)", text))
    assert len(named) > 10 and named <= options


@pytest.mark.parametrize("name", READMES)
def test_what_is_there_is_named(name: str, options: set[str]) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert options - {"--help"} - set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text)) == set()
    assert [command for command in COMMANDS[1:] if f"`{command}`" not in text] == []
