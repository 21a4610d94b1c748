"""The limit of a piece of work: when it is felt, and what it leaves behind."""

from __future__ import annotations

import signal
import threading
import time
from contextlib import suppress

import pytest

from gazette.workers.limits import Limit, PastLimit, within


def test_nothing_is_left_behind_by_a_limit() -> None:
    """After a limit, held or passed, the process has its timer and its handler of before, and work past it goes on."""
    before = signal.getsignal(signal.SIGPROF)
    for seconds in (60, 0):
        with suppress(PastLimit), within(Limit(seconds, 2**40)):
            assert signal.getitimer(signal.ITIMER_PROF)[0] > 0
            end = time.process_time() + (0 if seconds else 2)
            while time.process_time() < end:
                pass
            assert seconds, "the limit was not felt"
        assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
        assert signal.getsignal(signal.SIGPROF) == before
    end = time.process_time() + 1
    while time.process_time() < end:
        pass


def test_what_other_threads_do_does_not_count() -> None:
    """The preview answers browsers while a document is made."""

    def work() -> None:
        end = time.thread_time() + 1.5
        while time.thread_time() < end:
            pass

    before, neighbour = time.process_time(), threading.Thread(target=work)
    with within(Limit(0.5, 2**40)):
        neighbour.start()
        neighbour.join()
    assert time.process_time() - before > 1.5


def test_a_limit_is_felt_behind_callbacks_that_swallow_it() -> None:
    """A library that calls back may swallow what is raised in it: it is raised again."""
    felt = []
    with pytest.raises(PastLimit), within(Limit(0, 2**40)):
        while True:
            try:
                end = time.process_time() + 5
                while time.process_time() < end:
                    pass
            except PastLimit:
                felt.append(True)
                if len(felt) == 3:
                    raise
    assert len(felt) == 3


def test_a_limit_leaves_room_for_what_is_meant() -> None:
    """The longest document that was measured: 1,693 pages, 285 s, 2.4 GB."""
    limit = Limit.of(1693 * 6_000)
    assert limit.seconds > 3 * 285 and limit.memory > 2 * 2.4e9
