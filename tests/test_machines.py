"""Machines that lack something, or set something otherwise: a build ends right, or says in a line what is missing."""

from __future__ import annotations

import pytest
from program import tree
from workplaces import Workplace


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
engine.TESTED = "71.0"
from weasyprint.layout import {module}
def {name}(*_):
    "Other than it was."
{module}.{name} = {name}
"""


@pytest.mark.parametrize(
    ("patch", "words"),
    [
        (NO_PANGO, "Pango, which is needed"),
        (OTHER_WEASYPRINT.format(module="inline", name="justify_line"), "not the one needed"),
    ],
)
def test_documents_that_this_machine_cannot_make_are_told_in_a_line(
    patch: str, words: str, workplace: Workplace
) -> None:
    said = workplace.build("--only", "pdf", "--executor", "serial", status=1, patch=patch)
    assert words in said and "--no-pdf" in said and "build.py:0:0: " in said
    assert "1 problem; the site is unchanged." in said
