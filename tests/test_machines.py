"""Machines that lack something, or set something otherwise: a build ends right, or says in a line what is missing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cut_down import cut_down
from program import ROOT, tree
from workplaces import Workplace

from gazette.site.kinds import KINDS


def test_no_locks_are_no_reason_to_stop(workplace: Workplace, reference: Workplace) -> None:
    patch = "import fcntl, errno\ndef no(*a): raise OSError(errno.ENOLCK, 'No locks available')\nfcntl.flock = no"
    assert "does not support file locks" in workplace.build(patch=patch)
    assert tree(workplace.output) == tree(reference.output)


def test_as_on_windows(workplace: Workplace, reference: Workplace) -> None:
    """Without what only Unix has: two of Python's modules, forks, users, masks of signals."""
    patch = """
import os, signal, sys
for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules[name] = None
for name in ("fork", "getuid", "geteuid", "getpgid", "forkpty"):
    delattr(os, name)
for name in ("pthread_sigmask", "SIGHUP", "SIGKILL"):
    delattr(signal, name)
"""
    workplace.build("--jobs", "2", patch=patch)
    assert tree(workplace.output) == tree(reference.output)
    workplace.edit()
    workplace.build(patch=patch)
    assert "夜里熄灯" in workplace.shown


NO_PANGO = """
import sys
class Refused:
    def find_spec(self, name, path=None, target=None):
        if name == "weasyprint.text.ffi":
            raise OSError("cannot load library 'libpango-1.0-0'")
sys.meta_path.insert(0, Refused())
"""
OTHER_WEASYPRINT = """
import gazette.pdf.engine as engine
engine.TESTED = {{**engine.TESTED, "weasyprint": "71.0"}}
from weasyprint.layout import {module}
def {name}(*_):
    "Other than it was."
{module}.{name} = {name}
"""


@pytest.mark.parametrize(
    ("patch", "words"),
    [
        (NO_PANGO, "Pango, which is needed"),
        (
            OTHER_WEASYPRINT.format(module="inline", name="justify_line"),
            "are not the ones needed (installed / needed: weasyprint 70.0 / 71.0)",
        ),
    ],
)
def test_documents_that_this_machine_cannot_make_are_told_in_a_line(
    patch: str, words: str, workplace: Workplace
) -> None:
    said = workplace.build("--only", "pdf", "--executor", "serial", status=1, patch=patch)
    assert words in said and "--no-pdf" in said and "build.py: " in said
    assert "1 problem; the site is unchanged." in said


def test_it_does_not_matter_from_which_folder_a_build_is_started(built: Workplace) -> None:
    """Paths are typed otherwise there; what is remembered is the same."""
    assert " 0 made" in built.build()

    def from_folder(folder: Path) -> dict[str, list[str]]:
        there = os.path.relpath(built.folder, folder)
        asked = [f"--{name}={there}/{place}" for name, place in PLACES.items()]
        command = [sys.executable, str(ROOT / "build.py"), *asked, "--no-pdf", "--report", f"{there}/report.json"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return dict(json.loads((built.folder / "report.json").read_text("utf-8")))

    (built.folder / "deeper").mkdir()
    for number, folder in enumerate((ROOT, built.folder, built.folder / "deeper")):
        assert from_folder(folder)["made"] == []
        built.edit(f"夜里{'甲乙丙'[number]}灯")
        units = {path.partition("/districts/")[2] for path in from_folder(folder)["made"] if "/districts/" in path}
        assert units == {"yinghuo.html"}, "one unit was edited, and one is made"


PLACES = {"content": "content", "output": "out", "cache": "cache"}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_can_be_built_alone_and_says_how_much_there_is(kind: str, workplace: Workplace) -> None:
    templates = cut_down(workplace.folder / "templates")
    said = workplace.build("--only", kind, "--templates", str(templates), "--jobs", "1")
    made = [path for path in tree(workplace.output) if path != "sha256sums.txt"]
    assert f": {len(tree(workplace.output))} files, " in said or f": {len(tree(workplace.output))} file" in said
    assert bool(made) is (kind not in UNUSED), said


UNUSED = ("pictures",)
"""Kinds of which this site has no file."""
