"""The guide for those who change the program: the files, names and commands that it mentions are there."""

from __future__ import annotations

import re
import subprocess

import pytest
from program import ROOT
from reached import at_least_one

TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
TO_BE_ADDED = re.compile(r"[Ss]igners?|SIGNERS|place[-_]repeats|\bplace\b|names\.py|themes\.txt|fr\.toml|_make_names")
"""What the worked examples add: it is not there."""


def files() -> list[str]:
    """The files of the repository, as Git would take them."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    return subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()


def is_there(name: str, known: list[str]) -> bool:
    """Whether a file or a folder is there, named from the top, from `gazette/`, or by its last part alone."""
    return any(f"/{path}".endswith(f"/{name}") or f"/{name}/" in f"/{path}" for path in known)


def quoted() -> list[str]:
    return [each for each in re.findall(r"`([^`\n]+)`", TEXT) if not TO_BE_ADDED.search(each)]


def test_files_that_are_mentioned_are_there() -> None:
    known = files()
    paths = [
        name.rstrip("/")
        for name in quoted()
        if re.fullmatch(r"[\w.-]+/[\w./-]*|[\w-]+\.(py|md|html|toml|yaml|tsv)", name)
    ]
    assert len(paths) > 60 and [path for path in paths if not is_there(path, known)] == []


def test_names_that_are_mentioned_are_in_the_code() -> None:
    paths = [ROOT / name for name in files() if name.endswith(".py") and name.startswith(("gazette/", "tests/"))]
    code = "\n".join(
        path.read_text("utf-8") for path in paths if path.is_file() and path.name != "test_contributing.py"
    )
    names = [
        name
        for name in quoted()
        if re.fullmatch(r"_?[A-Z][A-Z_]{2,}|[A-Z][a-z]+[A-Z]\w+(\.\w+)?|_?[a-z]+_[a-z_]+", name)
    ]
    assert len(names) > 30
    assert [name for name in names if not re.search(rf"\b{re.escape(name.partition('.')[2] or name)}\b", code)] == []


def test_what_a_row_says_of_a_file_is_said_of_that_file() -> None:
    rows = re.findall(r"(?m)^\| `(gazette/[\w/]+\.py)` \| (.*) \|$", TEXT)
    assert len(rows) > 15
    for path, what in at_least_one((path, what) for path, what in rows if not TO_BE_ADDED.search(path)):
        code = (ROOT / path).read_text("utf-8")
        names = {name for name in re.findall(r"`(_?[A-Z][\w]+)`", what) if not TO_BE_ADDED.search(name)}
        assert {name for name in names if not re.search(rf"\b{name}\b", code)} == set(), path


@pytest.mark.parametrize("kind", ["make", "pytest"])
def test_commands_can_be_given(kind: str) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"\bmake ([a-z-]+)", TEXT))
    tests = re.findall(r"tests/test_\w+\.py", TEXT)
    if kind == "make":
        assert len(targets) > 5 and [each for each in targets if not re.search(rf"(?m)^{each}:", makefile)] == []
    else:
        assert len(tests) > 15 and [path for path in tests if not (ROOT / path).is_file()] == []
