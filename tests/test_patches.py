"""What is done with insides of other libraries: where their sources are others, nothing breaks unseen."""

from __future__ import annotations

import ast
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from program import ROOT
from pypdf import PdfReader

from gazette.installed import version
from gazette.pdf import PdfWriter, write_one_page, write_pdf
from gazette.pdf.composition.record import Record, once_a_style, part, recording
from gazette.pdf.engine import PATCHES, TESTED, Patch, left_out, load_weasyprint
from gazette.pdf.problem import PdfProblem
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


# ── other versions ───────────────────────────────────────────────────────────


def other(folder: Path, library: str, number: str, changes: Mapping[str, str]) -> Path:
    """A folder with another version of a library, in which texts are replaced. It has to be found before the other."""
    packages = folder / "other-packages"
    shutil.copytree(LIBRARIES / library, packages / library, ignore=shutil.ignore_patterns("__pycache__"))
    (packages / f"{library}-{number}.dist-info").mkdir()
    path = packages / library / "__init__.py"
    text = path.read_text("utf-8")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    return packages


def surroundings(*places: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (*places, ROOT)))}


def printed_with(env: Mapping[str, str], file: Path) -> tuple[bytes, str]:
    """A document, and the last line of what `--version` says."""
    done = subprocess.run([*SPARED, str(file)], env=dict(env), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    command = [sys.executable, str(ROOT / "build.py"), "--version", "--messages", "en"]
    said = subprocess.run(command, env=dict(env), capture_output=True, text=True, check=True).stdout
    return file.read_bytes(), said.splitlines()[-1]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    document, said = printed_with(os.environ, tmp_path_factory.mktemp("own") / "own.pdf")
    assert "left out" not in said
    return document


RULES = {
    "selector.pseudo_element,\n            payload)": "payload,\n            selector.pseudo_element)",
    "test, specificity, order, pseudo, payload in selectors": "test, specificity, order, payload, pseudo in selectors",
    "lang_attr_selectors": "selectors_of_languages",
}
"""A cssselect2 that keeps its rules in another order and under another name."""


@pytest.mark.long
def test_another_cssselect2_leaves_out_what_looks_into_its_rules(own: bytes, tmp_path: Path) -> None:
    env = surroundings(other(tmp_path, "cssselect2", "0.11.0", RULES))
    document, said = printed_with(env, tmp_path / "other.pdf")
    assert document == own
    assert said.endswith("(installed / tested: cssselect2 0.11.0 / 0.10.1): patches.styles")


@pytest.mark.long
@pytest.mark.parametrize(
    ("module", "name", "patch"),
    [
        ("weasyprint.css", "find_style_attributes", "patches.styles"),
        ("weasyprint.text.fonts", "font_features", "patches.shaping"),
        ("weasyprint.layout.preferred", "trailing_whitespace_size", "patches.measuring"),
    ],
)
def test_another_weasyprint_leaves_out_what_only_saves_time(
    module: str, name: str, patch: str, own: bytes, tmp_path: Path
) -> None:
    """A function is another by now, which one of these patches replaces or uses, and no required one."""
    text = f"""
import gazette.pdf.engine as engine
engine.TESTED = {{**engine.TESTED, "weasyprint": "71.0"}}
import {module} as module
def {name}(*arguments, _former=module.{name}, **more):
    return _former(*arguments, **more)
module.{name} = {name}
"""
    (tmp_path / "sitecustomize.py").write_text(text)
    document, said = printed_with(surroundings(tmp_path), tmp_path / "other.pdf")
    assert document == own
    assert said.endswith(f"(installed / tested: weasyprint 70.0 / 71.0): {patch}")


PAGE = '<!doctype html><html lang="en"><title>x</title><body><p>x</p></body></html>'
TOLD = f"""
import sys
from gazette.pdf import PdfProblem, write_pdf
try:
    print("printed", len(write_pdf({PAGE!r}, stylesheets=[])))
except PdfProblem as problem:
    print(problem.code, problem.values["found"])
"""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"def set_text_rise(": "def set_rise("}, "printed"),
        ({"def reference(self)": "def pointer(self)", ".reference": ".pointer"}, "pdf_version"),
        ({"class Dictionary(Object": "class Dict(Object"}, "pdf_version"),
        ({"self.objects": "self.all_objects"}, "pdf_version"),
        ({"class Stream(Object": "class Flow(Object"}, "pdf_version"),
    ],
    ids=["nothing that is used", "an attribute", "a class", "where objects are", "what WeasyPrint imports"],
)
def test_another_pydyf_is_used_where_it_writes_the_same_objects_and_told_where_not(
    changes: Mapping[str, str], said: str, tmp_path: Path
) -> None:
    env = surroundings(other(tmp_path, "pydyf", "0.14.0", changes))
    done = subprocess.run([sys.executable, "-c", TOLD], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(said)
    assert said == "printed" or done.stdout.strip() == "pdf_version pydyf 0.14.0 / 0.13.0"


def test_what_nobody_could_foresee_is_told_with_other_versions_and_is_an_error_with_the_tested(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> str:
        raise TypeError("other arguments")

    monkeypatch.setattr("gazette.pdf.conformance.metadata.claim_accessibility", fail)
    with pytest.raises(TypeError, match="other arguments"):
        write_pdf(PAGE, stylesheets=[])
    monkeypatch.setattr("gazette.pdf.untested", lambda: "pydyf 0.14.0 / 0.13.0")
    with pytest.raises(PdfProblem) as told:
        write_pdf(PAGE, stylesheets=[])
    assert (told.value.code, told.value.values["found"]) == ("pdf_version", "pydyf 0.14.0 / 0.13.0")
    texts = iter([PAGE])
    with pytest.raises(TypeError, match="other arguments"):  # it comes from no library
        write_one_page(["only"], lambda _: next(texts, "") or fail(), 0, stylesheets=[])


def test_a_patch_that_cannot_be_made_is_left_out_unless_it_is_required(monkeypatch: pytest.MonkeyPatch) -> None:
    load_weasyprint()

    def fail(*_: object) -> None:
        raise AttributeError("gone")

    for module, required in (("patches.shaping", False), ("conformance.tags", True)):
        monkeypatch.setattr(f"gazette.pdf.{module}.install", fail)
        patch = Patch(module)
        assert patch.is_required == required
        if required:
            with pytest.raises(AttributeError, match="gone"):
                patch.make()
        else:
            assert not patch.make()
    assert not Patch("patches.none").is_possible()


# ── what hooks tell each other ───────────────────────────────────────────────


def attributes_in(library: str) -> set[str]:
    """The names of all attributes and functions in the source of a library."""
    text = "".join(path.read_text("utf-8") for path in (LIBRARIES / library).rglob("*.py"))
    return {*re.findall(r"(?:\.|def )(\w+)", text)}


def objects_of_weasyprint(thing: Any) -> list[Any]:
    """The objects of WeasyPrint to which something leads."""
    waiting, found = [thing], dict[int, Any]()
    while waiting:
        one = waiting.pop()
        if id(one) in found:
            continue
        found[id(one)] = one
        if isinstance(one, list | tuple):
            waiting += one
        elif isinstance(one, dict):
            waiting += one.values()
        if is_its_own(one):
            waiting += vars(one).values()
    return [one for one in found.values() if is_its_own(one)]


def is_its_own(thing: Any) -> bool:
    return type(thing).__module__.startswith("weasyprint.") and hasattr(thing, "__dict__")


def test_nothing_is_written_into_objects_of_the_library() -> None:
    """A document with lines of all kinds, laid out and drawn: its boxes, styles, layouts and fonts have the attributes
    that WeasyPrint gives them."""
    load_weasyprint()
    rows = "".join(f"<tr><td>{'a' * 90}<td>第{n}项整改于2017年12月完成<td>{'b' * 90}</tr>" for n in range(3))
    body = f"<p>{'按照“党政同责”的要求，该区将在2017年12月底前建成16个项目。' * 9}完</p><table>{rows}</table>"
    writer = PdfWriter(['p { text-align: justify; hyphens: auto } body { font-family: "Noto Serif SC" }'], {})
    made = writer.lay_out(PAGE.replace("<p>x</p>", f"{body}<p>https://example.org/{'x' * 200}</p>"))
    things = objects_of_weasyprint([[page._page_box for page in made.document.pages], writer.fonts])
    writer.printed(made, carries=True)
    found = {(type(thing).__name__, name) for thing in things for name in vars(thing)}
    assert {"TextBox", "LineBox", "ComputedStyle", "Layout", "FontConfiguration"} <= {kind for kind, _ in found}
    known = attributes_in("weasyprint")
    assert known.isdisjoint({"measured", "liked", "face", "contexts", "loose", "edge", "spread"})
    assert {(kind, name) for kind, name in found if name not in known} == set()
    assert len(made.record) > 3


def test_a_record_belongs_to_one_document() -> None:
    with pytest.raises(LookupError):
        part(list)
    first, second = Record(), Record()
    with recording(first):
        part(list).append(1)
        with recording(second):
            assert part(list) == []
        assert part(list) == [1]
    with recording(first):
        assert part(list) == [1]


def test_what_is_worked_out_of_a_style_is_worked_out_once_in_a_document() -> None:
    asked: list[Any] = []

    @once_a_style
    def worked_out(style: Any) -> int:
        asked.append(style)
        return len(style)

    style, equal = {"a": 1}, {"a": 1}
    for record in (Record(), Record()):
        with recording(record):
            assert [worked_out(style), worked_out(equal), worked_out(style)] == [1, 1, 1]
    assert [each is style for each in asked] == [True, False, True, False]


def test_a_table_whose_columns_are_capped_leaves_what_weasyprint_remembers() -> None:
    load_weasyprint()
    from gazette.pdf.composition import overlong

    box = SimpleNamespace(margin_left=0, margin_right=0, get_wrapped_table=lambda: table)
    table = SimpleNamespace(padding_left=0, padding_right=0, border_left_width=0, border_right_width=0)
    table = _Hashable(**vars(table))
    whole = (300, 400, [200, 100], [300, 100], [], [], 0, [])
    context, seen = SimpleNamespace(tables={table: {False: whole, True: whole}}), []
    overlong.sharing_columns(lambda context, *_: seen.append(context.tables[table][False]))(context, box, (100, None))
    assert seen == [(100, 400, [50, 50], *whole[3:])]
    assert context.tables == {table: {False: whole, True: whole}}


class _Hashable(SimpleNamespace):
    __hash__ = object.__hash__
