"""The limit of a piece of work: when it is felt, and what it leaves behind."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from gazette.workers import limits
from gazette.workers.limits import Limit, PastLimit, within


@pytest.fixture(autouse=True)
def looks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One entry for each look at what was used; a look comes ten times as often as in a build."""
    seen, memory = list[int](), limits._memory

    def noted() -> int:
        seen.append(memory())
        return seen[-1]

    monkeypatch.setattr(limits, "_memory", noted)
    monkeypatch.setattr(limits, "LOOK", 0.02)
    return seen


def work(clock: Callable[[], float], seconds: float) -> None:
    """So much of it, however busy the machine is."""
    end = clock() + seconds
    while clock() < end:
        pass


def test_nothing_is_left_behind_by_a_limit() -> None:
    """After a limit, held or passed, the process has its timer and its handler of before, and work past it goes on."""
    before = signal.getsignal(signal.SIGPROF)
    for seconds in (60, 0):
        with suppress(PastLimit), within(Limit(seconds, 2**40)):
            assert signal.getitimer(signal.ITIMER_PROF)[0] > 0
            work(time.process_time, 0 if seconds else 2)
            assert seconds, "the limit was not felt"
        assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
        assert signal.getsignal(signal.SIGPROF) == before
    work(time.process_time, 0.1)


def test_what_other_threads_do_does_not_count(looks: list[int]) -> None:
    """The preview answers browsers while a document is made."""
    neighbour = threading.Thread(target=work, args=(time.thread_time, 0.3))
    with within(Limit(0.1, 2**40)):
        before = len(looks)
        neighbour.start()
        while neighbour.is_alive():
            neighbour.join(0.02)  # signals are felt between two waits
    assert len(looks) - before > 3, "somebody looked while the neighbour worked"


def test_a_limit_is_felt_behind_callbacks_that_swallow_it() -> None:
    """A library that calls back may swallow what is raised in it: it is raised again."""
    felt = []
    with pytest.raises(PastLimit), within(Limit(0, 2**40)):
        while True:
            try:
                work(time.process_time, 5)
            except PastLimit:
                felt.append(True)
                if len(felt) == 3:
                    raise
    assert len(felt) == 3


def test_a_limit_leaves_room_for_what_is_meant() -> None:
    """The longest document that was measured: 1,693 pages, 285 s, 2.4 GB."""
    limit = Limit.of(1693 * 6_000)
    assert limit.seconds > 3 * 285 and limit.memory > 2 * 2.4e9
