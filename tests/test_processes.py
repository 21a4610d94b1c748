"""Worker processes: killed ones are told, and what they raise is raised here."""

from __future__ import annotations

import errno
import multiprocessing
import os
import random
import time

import pytest

from gazette.messages.problems import ContentError
from gazette.workers.processes import ProcessExecutor


def slow(piece: float, _workshop: object) -> bytes:
    time.sleep(piece)
    return os.urandom(300_000)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(6))
def test_a_killed_worker_never_leaves_others_waiting(seed: int) -> None:
    """Workers are killed at any moment: while they take work, do it, or give back what came of it."""
    chance = random.Random(seed)
    with pytest.raises(ContentError) as told, ProcessExecutor(3).document_pool(None, 3) as team:  # type: ignore[arg-type]
        results = [team.submit(slow, chance.random() / 50) for _ in range(600)]  # two seconds of work
        time.sleep(0.5 + chance.random() / 2)
        victim = chance.choice(multiprocessing.active_children())
        victim.kill()
        for result in results:
            result()
        team.submit(slow, 0.0)()
    assert [problem.code for problem in told.value.problems] == ["worker_lost"]


def test_what_workers_raise_is_raised_here() -> None:
    with ProcessExecutor(2).document_pool(None, 2) as team:  # type: ignore[arg-type]
        result = team.submit(fail, "a reason")
        with pytest.raises(OSError, match="a reason") as caught:
            result()
    assert caught.value.errno == errno.EIO and "in fail" in caught.value.__notes__[0]


def fail(piece: str, _workshop: object) -> None:
    raise OSError(errno.EIO, piece)


def test_a_worker_that_the_system_ends_is_told() -> None:
    with ProcessExecutor(2).document_pool(None, 2) as team, pytest.raises(ContentError) as told:  # type: ignore[arg-type]
        team.submit(end, None)()
    assert [problem.code for problem in told.value.problems] == ["worker_lost"]


def end(_piece: object, _workshop: object) -> None:
    os._exit(9)
