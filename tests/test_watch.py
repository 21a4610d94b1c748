"""The watch over folders: every save is told once, when it is whole, and looking costs little."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gazette.preview import watch as watching
from gazette.preview.watch import scan, watch


@contextmanager
def watched(folder: Path) -> Iterator[list[float]]:
    """The moments at which a change of the folder was told."""
    told: list[float] = []
    stopped = threading.Event()
    known = scan([folder])
    arguments = ([folder], known, lambda: told.append(time.monotonic()), stopped)
    thread = threading.Thread(target=watch, args=arguments, daemon=True)
    thread.start()
    try:
        yield told
    finally:
        stopped.set()
        thread.join(10)
        assert not thread.is_alive()


def until(told: list[float], count: int, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while len(told) < count and time.monotonic() < end:
        time.sleep(0.01)
    time.sleep(0.2)
    assert len(told) == count


def test_each_change_is_told_once(tmp_path: Path) -> None:
    with watched(tmp_path) as told:
        (tmp_path / "deep").mkdir()
        (tmp_path / "deep" / "new").write_text("a")
        until(told, 1)
        (tmp_path / "deep" / "new").write_text("b" * 10)
        until(told, 2)
        os.replace(tmp_path / "deep" / "new", tmp_path / "other")  # noqa: PTH105 - as an editor's program does
        began = time.monotonic()
        until(told, 3)
        assert told[-1] - began >= watching.AWAY, "what is gone may come back"


def test_what_changed_before_the_watch_began_is_told(tmp_path: Path) -> None:
    """A first build may take long; what is saved meanwhile is not lost."""
    known = scan([tmp_path])
    (tmp_path / "new").write_text("a")
    stopped, told = threading.Event(), threading.Event()

    def change() -> None:
        told.set()
        stopped.set()

    watch([tmp_path], known, change, stopped)
    assert told.is_set()


def test_a_change_without_end_is_told_at_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "ENDLESS", 0.3)
    with watched(tmp_path) as told:
        end = time.monotonic() + 1.5
        while time.monotonic() < end:
            with (tmp_path / "log").open("a") as file:
                file.write("x" * 10)
            time.sleep(0.005)
        assert told


def test_a_folder_that_goes_and_comes_back(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "a").write_text("a")
    with watched(folder) as told:
        folder.rename(tmp_path / "away")
        time.sleep(0.2)
        (tmp_path / "away").rename(folder)
        time.sleep(0.3)
        assert told == [], "nothing is other than it was"
        folder.rename(tmp_path / "away")
        until(told, 1)


def test_looking_at_many_files_costs_little(tmp_path: Path) -> None:
    """3,000 units: looking at them again and again, as fast as at a few, would keep a core busy for a tenth of its
    time and more."""
    for number in range(3000):
        (tmp_path / f"unit-{number}.yaml").touch()
    with watched(tmp_path) as told:
        began, used = time.monotonic(), time.process_time()
        time.sleep(3)
        share = (time.process_time() - used) / (time.monotonic() - began)
        assert share < 0.06, share
        assert told == []
