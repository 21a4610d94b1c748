"""The shape of the house: imports go down only, a build reads no clock, languages are data."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from reached import at_least_one

ROOT = Path(__file__).resolve().parent.parent
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in (ROOT / "gazette").rglob("*.py")
}


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("gazette"):
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {name for name in found if name in MODULES and name != "gazette"}


GRAPH = {name: imports(path) - {name} for name, path in MODULES.items()}


def room(name: str) -> str:
    """The folder of a module below `gazette`, or the module itself where it lies in none."""
    return name.split(".")[1] if "." in name else name


def test_imports_go_down_only() -> None:
    order = list(TopologicalSorter(GRAPH).static_order())  # raises CycleError for a cycle, lazy imports included
    assert set(order) >= set(GRAPH)


def test_imports_go_down_between_folders_too() -> None:
    """In the order in which `docs/architecture.md` lists the folders, each imports only from those below it."""
    listed = re.findall(r"(?m)^\| `([\w.]+?)(?:/|\.py)` \|", (ROOT / "docs" / "architecture.md").read_text("utf-8"))
    rooms = {room(name) for name in MODULES if name != "gazette"}
    assert sorted(listed) == sorted(rooms)
    up = {
        (name, other)
        for name, others in GRAPH.items()
        for other in others
        if name != "gazette" and listed.index(room(other)) < listed.index(room(name))
    }
    assert up == set()


def folder(name: str) -> str | None:
    """The folder within a folder where a module lies, as `model.life`; None for what lies beside such folders."""
    below = list(MODULES[name].relative_to(ROOT / "gazette").parts[:-1])
    return ".".join(below[:2]) if len(below) > 1 else None


def test_imports_go_down_between_the_folders_of_a_folder_too() -> None:
    listed = re.findall(r"(?m)^\| `(\w+)/(\w+)/` \|", (ROOT / "docs" / "architecture.md").read_text("utf-8"))
    order = [".".join(names) for names in listed]
    assert sorted(order) == sorted({inner for name in MODULES if (inner := folder(name))})
    up = {
        (name, other)
        for name, others in GRAPH.items()
        for other in others
        if (upper := folder(name)) and (lower := folder(other)) and room(name) == room(other)
        if order.index(lower) < order.index(upper)
    }
    assert up == set()


TOP = {
    *(
        "build.py",
        "pyproject.toml",
        "Makefile",
        "README.md",
        "README.zh.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE",
    ),
    *("requirements.lock", "requirements-dev.lock", "requirements-office.lock"),
    *("requirements-publish.lock", "requirements-sign.lock"),
    *("content", "docs", "examples", "gazette", "output", "templates", "tests", "tools"),
}
"""What lies at the top of the repository."""

MADE = {"output-example", "signed", "kit", "__pycache__"}
"""What commands put there, and Git is told to pass over."""


def test_nothing_lies_at_the_top_that_does_not_belong_there() -> None:
    """Such as a site that was built into the wrong folder, which would be committed with the rest."""
    assert {path.name for path in ROOT.iterdir() if not path.name.startswith(".")} - MADE == TOP


WITH_A_CLOCK = ("signing_commands", "content_commands", "publish_commands", "destinations", "cited_command")
"""The modules of commands that may ask what time it is."""


def test_a_build_reads_no_clock_and_no_chance() -> None:
    forbidden = re.compile(r"\b(datetime\.now|date\.today|utcnow|time\.time\(|random\.|uuid)")
    assert forbidden.search("time.time()") and forbidden.search("at = datetime.now(tz)")
    for name, path in {**MODULES, "build": ROOT / "build.py"}.items():
        text = path.read_text("utf-8")
        if name in {f"gazette.cli.{kind}" for kind in WITH_A_CLOCK}:
            continue  # a signature, a publication and a lock have a time, a verdict has a day: none of it is built
        assert not forbidden.search(text), name


def test_languages_are_data() -> None:
    """No code says which languages a site has, or the program's own messages; one of these is there for all others."""
    for name, path in at_least_one(MODULES.items()):
        if name == "gazette.messages.catalogue":
            continue
        tree = ast.parse(path.read_text("utf-8"))
        words = {
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        assert not words & {"zh", "en", "zh-Hans"}, name


IMPORTED = {
    "gazette.cli.commands": set[str](),
    "gazette.building.pipeline": {"jinja2", "markupsafe", "msgspec", "yaml", "typing_extensions"},
}
"""What a command that is asked for nothing needs of others, and what a build does before it makes its first file:
msgspec looks for `typing_extensions`, and PyYAML is compiled with Cython."""


@pytest.mark.parametrize("name", IMPORTED)
def test_libraries_are_imported_only_where_they_are_used(name: str) -> None:
    code = f"import sys, {name}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    modules = done.stdout.split()
    assert sum(each.startswith("gazette.") for each in modules) > 40, "the program itself is there"
    others = {each.partition(".")[0] for each in modules} - sys.stdlib_module_names - {"gazette"}
    installed = {each for each in others if not each.startswith(("__", "_sysconfigdata", "_cython", "cython"))}
    assert installed == IMPORTED[name]


def test_templates_hold_no_inline_style_and_no_script() -> None:
    for path in at_least_one((ROOT / "templates").rglob("*.html")):
        text = path.read_text("utf-8")
        assert " style=" not in text and "onclick" not in text, path
        assert not re.search(r"<script(?![^>]*(src=|type=\"application/ld\+json\"))", text), path


def test_styles_use_tokens_for_colours() -> None:
    folder = ROOT / "templates" / "styles"
    for path in at_least_one({*folder.glob("*.css")} - {folder / "tokens.css"}):
        text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.S)
        assert not re.search(r"#[0-9a-f]{3,8}\b(?=[;\s,)])", text), path
        assert "!important" not in text, path
