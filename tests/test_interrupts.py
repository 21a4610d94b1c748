"""Builds that are interrupted or killed: every file is whole, and the next build is right."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from program import ROOT, tree
from workplaces import Workplace

pytestmark = pytest.mark.long

INTERRUPTED = """
import {module} as module
place, name = {place}, {name!r}
before, calls = getattr(place, name), [0]
def interrupted(*arguments):
    calls[0] += 1
    if calls[0] == {call} and not {after}:
        raise KeyboardInterrupt
    result = before(*arguments)
    if {after}:
        raise KeyboardInterrupt
    return result
setattr(place, name, interrupted)
"""


def seconds(command: list[str]) -> float:
    """How long a command takes here and now. Signals that may come at any moment come in its course, however fast the
    machine is; at steps that can be named they come in the tests of what is changed (`test_output.py`)."""
    began = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    return time.monotonic() - began


def test_an_interrupt_says_what_changed(built: Workplace) -> None:
    """While pages are made, while they are moved in, and when all of them are."""
    words = built.content / "words.yaml"
    words.write_text(words.read_text("utf-8").replace("跳到正文", "直接看正文"), "utf-8")
    before = tree(built.output)

    def interrupted(module: str, place: str, name: str, call: int = 1, after: bool = False) -> str:
        patch = INTERRUPTED.format(module=module, place=place, name=name, call=call, after=after)
        return built.build(status=130, patch=patch)

    assert "the site is unchanged" in interrupted(
        "gazette.building.output_changes", "module.OutputChanges", "stage", 30
    )
    assert tree(built.output) == before
    said = interrupted("gazette.files.moves", "module", "_replace", 20)
    assert "unchanged" not in said and "Build again" in said and tree(built.output) != before
    assert "the site is complete" in interrupted("gazette.building.output", "module.Output", "commit", after=True)
    assert "直接看正文" in built.shown


def test_ctrl_c_at_any_moment_is_one_sentence(workplace: Workplace) -> None:
    """As typed: the whole group gets it, workers too, from the first moment on."""
    subprocess.run(
        [sys.executable, str(ROOT / "tools/bench/content.py"), "30", str(workplace.folder / "many")], check=True
    )
    workplace.content = workplace.folder / "many"
    took = seconds(workplace.command("--jobs", "2", "--output", str(workplace.folder / "elsewhere")))
    chance = random.Random(7)
    for _ in range(6):
        process = subprocess.Popen(
            workplace.command("--jobs", "2"),
            stderr=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        time.sleep(took * chance.random())
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=30)
        assert "Traceback" not in said, said
        assert process.returncode in (0, 130, -signal.SIGINT), said
    assert workplace.build("--jobs", "2").count("\n") >= 1


def test_killed_at_any_moment_every_file_is_whole_and_the_next_build_is_right(built: Workplace) -> None:
    """The word changes every page, so that there is much to interrupt."""
    old = tree(built.output)
    words = built.content / "words.yaml"
    words.write_text(words.read_text("utf-8").replace("跳到正文", "直接看正文"), "utf-8")
    took = seconds(built.command("--output", str(built.folder / "clean")))
    new, killed = tree(built.folder / "clean"), 0
    for moment in range(1, 15):
        process = subprocess.Popen(built.command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(took * moment / 12)
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        for path, data in tree(built.output).items():
            assert data in (old.get(path), new.get(path)), path
    assert killed
    built.build()
    assert tree(built.output) == new
