"""What is done with insides of other libraries: where their sources are others, nothing breaks unseen."""

from __future__ import annotations

import ast
import io
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

import pytest
from program import ROOT
from pypdf import PdfReader

from gazette.installed import version
from gazette.pdf.engine import PATCHES, TESTED, Patch, left_out
from gazette.pdf.sources import digest_of

SPARED = [sys.executable, str(ROOT / "tests" / "spared.py"), "spared"]


def table(name: str, patch: Patch) -> Mapping[str, str]:
    return dict(getattr(import_module(f"gazette.pdf.{patch.module}"), name, {}))


# ── what is taken hold of ────────────────────────────────────────────────────


@pytest.mark.long
def test_what_only_saves_time_changes_no_byte(tmp_path: Path) -> None:
    """The same file comes from a WeasyPrint without these patches, which does everything again and again."""
    made, used = [], []
    for how in ("plain", "spared"):
        command = [*SPARED[:2], how, str(tmp_path / f"{how}.pdf")]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        made.append((tmp_path / f"{how}.pdf").read_bytes())
        used.append(done.stdout.split())
    assert len(PdfReader(io.BytesIO(made[0])).pages) > 3
    assert made[0] == made[1]
    assert used == [[], [f"gazette.pdf.{patch.module}" for patch in sorted(PATCHES) if not patch.is_required]]


def test_all_sources_are_those_that_the_patches_were_tested_with() -> None:
    """Asked in another process: in this one functions may be replaced already."""
    code = (
        "from gazette.pdf import engine; from gazette.pdf.sources import changed\n"
        "print([name for each in engine.PATCHES for table in ('REPLACED', 'RELIES_ON')"
        " for name in changed(getattr(each.imported(), table, {}))])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]", "look at each, mend what depends on it, and write its new digest down"
    assert left_out() == () and {name: version(name) for name in TESTED} == TESTED
    pinned = re.findall(r'"(\w+)==([\d.]+)"', (ROOT / "pyproject.toml").read_text("utf-8"))
    assert TESTED.items() <= {*pinned}


DOCUMENTED = {
    "weasyprint.urls:URLFetcher",
    "weasyprint.urls:URLFetcherResponse",
    "weasyprint.text.fonts:FontConfiguration",
}
"""What WeasyPrint promises to keep."""


def names_of_libraries(tree: ast.Module) -> dict[str, str]:
    """What a module calls what it imports from the libraries whose insides are used → `package.module`, or
    `package.module:name`."""
    found = dict[str, str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {each.asname or each.name: each.name for each in node.names if is_of(each.name)}
        elif isinstance(node, ast.ImportFrom) and node.module and is_of(node.module):
            for each in node.names:
                is_module = (LIBRARIES / f"{node.module}.{each.name}".replace(".", "/")).with_suffix(".py").exists()
                found[each.asname or each.name] = f"{node.module}{'.' if is_module else ':'}{each.name}"
    return found


def taken(path: Path) -> Iterator[str]:
    """The names that a module takes from these libraries, as `package.module:name`."""
    tree = ast.parse(path.read_text("utf-8"))
    names = names_of_libraries(tree)
    yield from (name for name in names.values() if ":" in name)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ":" not in (name := names.get(ast.unparse(node.value), ":")):
            yield f"{name}:{node.attr}"


LIBRARIES = Path(next(place for place in sys.path if place.endswith("-packages")))


def is_of(name: str) -> bool:
    return name.partition(".")[0] in TESTED


def defined(name: str) -> str:
    """Where a name is defined that another module of a library may only have imported."""
    module, _, own = name.partition(":")
    path = ROOT / LIBRARIES / module.replace(".", "/")
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    package = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.ImportFrom) and own in [each.name for each in node.names]:
            base = package[: len(package) - node.level + 1] if node.level else []
            return defined(f"{'.'.join([*base, *([node.module] if node.module else [])])}:{own}")
    return name


def test_every_name_that_is_taken_from_inside_a_library_has_a_digest() -> None:
    """In the tables of the patch that takes it: of its own, of parts of it or of its whole module."""
    tables = {patch.module: {*table("REPLACED", patch), *table("RELIES_ON", patch)} for patch in PATCHES}
    folder, missing, found = ROOT / "gazette" / "pdf", set(), set[str]()
    for path in folder.rglob("*.py"):
        module = ".".join(path.relative_to(folder).with_suffix("").parts)
        patch = "composition.hooks" if module.startswith("composition.") else module
        for name in {*taken(path)} - DOCUMENTED:
            place = defined(name)
            listed = tables.get(patch, set()) & {place, place.partition(":")[0]}
            if not listed and not any(each.startswith(f"{place}.") for each in tables.get(patch, ())):
                missing.add((module, name))
            found.add(name)
    assert {"weasyprint.css:declaration_precedence", "pydyf:Array", "weasyprint.text.ffi:pango"} <= found
    assert missing == set()


def test_each_function_is_replaced_once() -> None:
    """Of two replacements of one function, each would depend on which was made first."""
    found = list[str]()
    for path in (ROOT / "gazette" / "pdf").rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        names = names_of_libraries(tree)
        targets = (target for node in ast.walk(tree) if isinstance(node, ast.Assign) for target in node.targets)
        for target in (each for whole in targets for each in getattr(whole, "elts", [whole])):
            of, _, last = ast.unparse(target).rpartition(".")
            first, _, rest = of.partition(".")
            if first in names:
                found.append(".".join(filter(None, (names[first], rest, last))))
    assert len(found) == len({*found}) > 10


def test_a_digest_is_of_what_a_source_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    texts = {
        "plain": "class A:\n    @property\n    def b(self):\n        return f'{self.c}{{'\n",
        "laid_out": "class A:  # why\n\n  @property\n\n  def b(self):\n    # how\n    return f'{ self.c }{{'  # what\n",
        "other": "class A:\n    @property\n    def b(self):\n        return f'{self.d}{{'\n",
        "broken": "class A(\n",
    }
    for name, text in texts.items():
        (tmp_path / f"source_{name}.py").write_text(text)
    digests = {name: digest_of(f"source_{name}:A.b") for name in ("plain", "laid_out", "other")}
    assert digests["plain"] == digests["laid_out"] != digests["other"]
    assert digests["plain"] == "567193d491c3"  # in any version of Python
    assert digest_of("source_plain") not in ("", digest_of("source_other"), digests["plain"])
    assert {digest_of(name) for name in ("source_none", "source_plain:A.c", "source_broken:A")} == {""}
