"""Documents made with another version of a library: what only saves time is left out, what is needed is told."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from program import ROOT

from gazette.pdf import write_one_page, write_pdf
from gazette.pdf.engine import Patch, load_weasyprint
from gazette.pdf.problem import PdfProblem

LIBRARIES = Path(next(place for place in sys.path if place.endswith("-packages")))
SPARED = [sys.executable, str(ROOT / "tests" / "spared.py"), "spared"]


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
