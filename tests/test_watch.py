"""The watch over folders: every save is told once, when it is whole, and looking costs little."""

from __future__ import annotations

import itertools
import os
import threading
import time
from collections.abc import Iterable, Iterator
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


class Clock(threading.Event):
    """A clock that goes on only while somebody waits or looks, and rings after some looks."""

    def __init__(self, looks: int) -> None:
        super().__init__()
        self.now, self.looks, self.pauses = 0.0, looks, list[float]()

    def wait(self, timeout: float | None = None) -> bool:
        self.now += timeout or 0
        self.pauses.append(timeout or 0)
        return len(self.pauses) > self.looks or self.is_set()


def on_clock(monkeypatch: pytest.MonkeyPatch, seen: Iterable[watching.Seen], costs: float, looks: int = 500) -> Clock:
    """A watch that sees something at each look, which takes so many seconds; it ends with the first that it tells."""
    clock, sights = Clock(looks), iter(seen)

    def look(_: object) -> watching.Seen:
        clock.now += costs
        return next(sights)

    monkeypatch.setattr(watching, "scan", look)
    monkeypatch.setattr(watching.time, "monotonic", lambda: clock.now)
    watch([], {}, clock.set, clock)
    return clock


def test_a_change_without_end_is_told_at_last(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = on_clock(monkeypatch, ({"log": (size,)} for size in itertools.count(1)), 0.001)
    assert clock.is_set() and clock.now == pytest.approx(watching.ENDLESS, abs=0.1)


@pytest.mark.parametrize("costs", [0.0, 0.002, 0.02, watching.SELDOM / watching.SHARE])
def test_looking_takes_a_small_part_of_the_time(monkeypatch: pytest.MonkeyPatch, costs: float) -> None:
    """However many files there are: 3,000 take 20 ms."""
    clock = on_clock(monkeypatch, itertools.repeat({}), costs, looks=50)
    assert not clock.is_set() and len(clock.pauses) == 51
    assert 50 * costs <= clock.now / watching.SHARE
    assert min(clock.pauses) == watching.WATCH_INTERVAL and max(clock.pauses) <= watching.SELDOM


def test_a_disk_that_is_very_slow_is_looked_at_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = on_clock(monkeypatch, itertools.repeat({}), 10.0, looks=5)
    assert clock.pauses == [watching.WATCH_INTERVAL, *[watching.SELDOM] * 5]


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
