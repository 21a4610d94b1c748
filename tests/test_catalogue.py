"""The catalogue of what people are told: complete in every language, nothing missing, nothing left over."""

from __future__ import annotations

import errno
import os
import re
import shutil
import string
import subprocess
import sys
import tomllib
import unicodedata
from pathlib import Path

import pytest
from raised import Source
from reached import at_least_one

from gazette.building.causes import TOLD
from gazette.cli.arguments import ALONE
from gazette.cli.parser import COMMANDS
from gazette.cli.values import VALUES
from gazette.messages.catalogue import FALLBACK, FOLDER, TABLE_NAMES, Catalogue, catalogue, choice_meant, languages
from gazette.messages.problems import Problem, reason_of

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = {path: path.read_text("utf-8") for path in (ROOT / "gazette").rglob("*.py")}
OTHERS = [language for language in languages() if language != FALLBACK]


def blanks(template: str) -> set[str]:
    """What a template has filled in; those without a name by their numbers."""
    names = [name for _, name, _, _ in string.Formatter().parse(template) if name is not None]
    return {name or str(number) for number, name in enumerate(names)}


# ── the languages agree ──────────────────────────────────────────────────────


def test_there_is_a_file_for_each_language_and_the_fallback_is_last() -> None:
    assert {f"{language}.toml" for language in languages()} == {path.name for path in FOLDER.glob("*.toml")}
    assert languages()[-1] == FALLBACK and list(languages()[:-1]) == sorted(languages()[:-1])


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_says_the_same_with_the_same_blanks(language: str) -> None:
    for table in at_least_one(TABLE_NAMES):
        ours, others = getattr(catalogue(FALLBACK), table), getattr(catalogue(language), table)
        assert list(others) == list(ours), table
        for code, text in ours.items():
            assert blanks(others[code]) == blanks(text), (table, code)


def test_a_problem_is_told_in_whole_sentences() -> None:
    for language, end in (("zh", "。"), ("en", ".")):
        for code, text in at_least_one(catalogue(language).problems.items()):
            assert text.endswith((end, "}")), (language, code)


# ── the program and the catalogue agree ──────────────────────────────────────

WHOLE = ("guide_", "translators_guide_", "part_", "passage_")
"""The codes of what is told as a whole, whatever belongs to it."""

TABLES = {"signing/report.py": "signing", "preview/server.py": "preview", "cli/console.py": "console"}
"""The tables of the catalogue by the modules that tell from them; all other codes are those of problems."""


def test_every_code_has_its_words_and_all_words_are_used() -> None:
    used: dict[str, dict[str, str]] = {table: {} for table in TABLE_NAMES}
    for module, codes in Source().codes().items():
        used[TABLES.get(module, "problems")] |= codes
    for path, source in PROGRAM.items():
        for table, code in re.findall(r'\b(\w+)\["(\w+)"\]', source):
            if table in used:
                used[table][code] = path.name
    for table in ("problems", "phrases", "preview", "console", "signing", "office"):
        found = {code: place for code, place in used[table].items() if code}
        words = getattr(catalogue(FALLBACK), table)
        assert {code: place for code, place in found.items() if code not in words} == {}, table
        assert {code for code in set(words) - set(found) if not code.startswith(WHOLE)} == set(), table


def test_a_code_is_found_whatever_it_is_handed_through(tmp_path: Path) -> None:
    (tmp_path / "messages").mkdir()
    (tmp_path / "messages" / "problems.py").write_text("class Problem:\n    code: str\n    values: dict\n")
    (tmp_path / "check.py").write_text(
        "from gazette.messages.problems import Problem\n"
        "KINDS = {1: 'in_table', 2: other}\n"
        "def other(): return 'from_rule', {}\n"
        "def helper(fault, code='by_default'):\n"
        "    yield Problem(code, {})\n"
        "    yield Problem(fault[0], fault[1])\n"
        "def faults(x):\n"
        "    yield ('in_pair', {}) if x else other()\n"
        "def look(x):\n"
        "    word = 'either' if x else 'or_else'\n"
        "    for code, values in faults(x):\n"
        "        helper(('in_argument', {}), code)\n"
        "    helper(other(), word)\n"
        "    helper(other(), code=KINDS.get(x, 'in_get'))\n"
        "    helper(other())\n".replace("2: other", "2: 'in_table_too'")
    )
    (codes, more) = (Source(tmp_path).codes().get(name, {}) for name in ("check.py", "messages/problems.py"))
    assert {*codes, *more} == {
        *("in_table", "in_table_too", "by_default", "from_rule", "in_pair"),
        *("either", "or_else", "in_argument", "in_get"),
    }


def test_every_stage_of_long_work_has_its_words() -> None:
    for stage in at_least_one(catalogue(FALLBACK).progress):
        assert any(f'"{stage}"' in source for source in PROGRAM.values()), stage


def test_every_cause_can_be_one() -> None:
    source = "".join(PROGRAM.values())
    for code in at_least_one(catalogue(FALLBACK).causes):
        name = code.removeprefix("item_").removeprefix("way_")
        assert f'"{name}"' in source or f'"{name}_' in source, code


def test_every_cause_is_told_with_all_that_is_known_of_it() -> None:
    for language in at_least_one(languages()):
        words = catalogue(language).causes
        for code, names in at_least_one(TOLD.items()):
            assert {name for _, name, _, _ in string.Formatter().parse(words[code]) if name} == {*names}, (
                language,
                code,
            )


def test_the_help_tells_of_every_command_and_option() -> None:
    own = {"sign --output", "sign --cache", "verify FILE", "register --at", "workbook FILE.xlsx", "import FILE"}
    own |= {"translations table FILE.xlsx", "translations --unit"}
    own |= {"diff A", "diff --report", "edition new", "edition --at", "new KIND", "import-statement FILE"}
    own |= {"publish NAME", "publish --output", "publish --at"}
    own |= {f"publish --{flag}" for flag in ("dry-run", "yes", "list", "unlock")}
    assert set(catalogue(FALLBACK).help) == {*COMMANDS, *VALUES, *ALONE, *own} - {"--help", "--list", "--unlock"}


def test_every_choice_is_one_of_a_field() -> None:
    model = "".join(text for path, text in PROGRAM.items() if "model" in path.parts and "Record, frozen" in text)
    kinds = re.findall(r"(?ms)^\w+ = Literal\[(.*?)\]$", model)
    assert set(catalogue(FALLBACK).choices) == {word for kind in kinds for word in re.findall(r'"(.*?)"', kind)}


def test_every_reason_is_one_that_somebody_gives() -> None:
    """libyaml's are looked up in `test_decode.py`."""
    letters = {unicodedata.name(chr(code), "").partition(" ")[0] for code in range(0x10000)}
    names = [reason for reason in catalogue(FALLBACK).reasons if reason.isupper() and not reason.startswith("U+")]
    for reason in at_least_one(names):
        assert hasattr(errno, reason) or reason in letters, reason
    found = Problem.at("a", 1, 1, "colon_odd_space", reason="U+3000", cure="a: b")
    assert "a full-width space (U+3000)" in found.message("en")


# ── choices and reasons ──────────────────────────────────────────────────────


def test_choices_are_listed_with_what_they_mean() -> None:
    problem = Problem.at("a", 1, 1, "not_choice", found="x", near="", expected="district, zone, other")
    assert problem.message("zh").endswith("请写其中之一：district（行政区）、zone（功能区）、other。")
    assert problem.message("en").endswith("Write one of: district, zone, other.")


def test_the_choice_that_was_meant() -> None:
    states = ("applied", "accepted", "reopened")
    assert choice_meant("已办结（销号）", states) == "accepted"
    assert choice_meant("Aplied", states) == "applied" and choice_meant("乙", states) == ""


def test_a_reason_without_words_of_ours_is_said_by_the_system() -> None:
    for reason in (reason_of(OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))), os.strerror(errno.ENOSYS)):
        told = Problem.at("a", 0, 0, "file_unreadable", reason=reason).message("en")
        assert told.startswith(f"this file cannot be opened: {os.strerror(errno.ENOSYS)}.")


# ── files ────────────────────────────────────────────────────────────────────


def test_nothing_is_read_before_something_is_told() -> None:
    code = (
        "import sys, gazette.cli.commands as c; c.read_options(['check', '--content', 'tests/site']);"
        "print('tomllib' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.mark.long
def test_another_language_is_another_file(tmp_path: Path) -> None:
    """A file that is laid into the folder is offered, chosen by the locale, and told from, without a change of code."""
    package = tmp_path / "program" / "gazette"
    shutil.copytree(ROOT / "gazette", package, ignore=shutil.ignore_patterns("__pycache__"))
    words = (FOLDER / "en.toml").read_text("utf-8")
    words = re.sub(r'(?m)^((?:[\w-]+|".*?") = ")', r"\1¡", words)
    assert {text[0] for table in tomllib.loads(words).values() for text in table.values()} == {"¡"}
    (package / "messages" / "eo.toml").write_text(words, "utf-8")
    site = tmp_path / "site"
    shutil.copytree(ROOT / "tests" / "site", site)

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "import sys, gazette.cli.commands as c; sys.exit(c.main())", *arguments]
        own = {**os.environ, "PYTHONPATH": str(package.parent), "LC_ALL": "eo.UTF-8", "COLUMNS": "200", **environment}
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=own)

    asked = ("--content", "site", "--templates", str(ROOT / "templates"), "--output", "out", "--cache", "cache")
    shown = run("build", "--help", LC_ALL="C").stdout
    assert "--messages eo|zh|en" in shown and "¡language of messages / 提示语言 / language of messages" in shown
    built = run(*asked, "--only", "data")
    assert built.returncode == 0 and built.stdout.startswith("¡out: "), built.stderr
    assert "\n¡Why: ¡the site is built for the first time.\n" in built.stdout
    (site / "site.yaml").write_text("format: 1\n", "utf-8")
    for told in (run(*asked), run(*asked, "--messages", "eo", LC_ALL="C")):
        assert told.returncode == 1 and "site/site.yaml:1:1: ¡the field" in told.stderr
    assert "¡--messages does not know “fr”. Allowed: eo, zh, en." in run(*asked, "--messages", "fr").stderr
    assert run(*asked, LC_ALL="C").stderr.startswith("site/site.yaml:1:1: the field")


def test_a_table_is_read_when_something_in_it_is_told() -> None:
    told = Catalogue('[console] # said\nwritten = "a"\n\n[problems]\nnot even TOML\n', FALLBACK)
    assert told.console == {"written": "a"}
    with pytest.raises(ValueError):
        _ = told.problems
    with pytest.raises(AttributeError):
        _ = told.nothing
