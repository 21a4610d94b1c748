"""The shape of the house: imports go down only, rooms stay small, a build reads no clock, languages are data."""

from __future__ import annotations

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

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


@pytest.mark.parametrize("name", sorted(MODULES))
def test_a_module_says_what_it_is_and_stays_small(name: str) -> None:
    text = MODULES[name].read_text("utf-8")
    assert re.match(r"[A-Z{`].+[.:]", ast.get_docstring(ast.parse(text)) or "", re.S), name
    assert text.count("\n") <= 300, name


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
    for name, path in MODULES.items():
        if name == "gazette.messages.catalogue":
            continue
        tree = ast.parse(path.read_text("utf-8"))
        words = {
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        assert not words & {"zh", "en", "zh-Hans"}, name


def test_heavy_libraries_are_imported_only_where_used() -> None:
    import subprocess
    import sys

    code = "import sys, build; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {
        "weasyprint",
        "fontTools",
        "babel",
        "markdown_it",
        "uharfbuzz",
        "distributed",
        "pyhanko",
        "cryptography",
        "botocore",
        "asyncssh",
    } & set(done.stdout.split())


def test_templates_hold_no_inline_style_and_no_script() -> None:
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text("utf-8")
        assert " style=" not in text and "onclick" not in text, path
        assert not re.search(r"<script(?![^>]*(src=|type=\"application/ld\+json\"))", text), path


def test_styles_use_tokens_for_colours() -> None:
    for path in (ROOT / "templates" / "styles").glob("*.css"):
        if path.name != "tokens.css":
            text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.S)
            assert not re.search(r"#[0-9a-f]{3,8}\b(?=[;\s,)])", text), path
            assert "!important" not in text, path


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
