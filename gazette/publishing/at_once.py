"""Runs an action on several items at once, for destinations where each action waits for the other side."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TypeVar

T = TypeVar("T")


def each(
    act: Callable[[T], object], items: Iterable[T], at_once: int, told: Callable[[int], None] | None = None
) -> None:
    """Call `act` with each item, `at_once` of them at a time, and `told` with the number done so far.

    If one raises, no other is started; once those that run have ended, the first exception is raised. With `at_once` 1
    the items are handled in their order.
    """
    tell = told or (lambda _: None)
    if at_once == 1:
        for number, item in enumerate(items, 1):
            act(item)
            tell(number)
        return
    pool = ThreadPoolExecutor(at_once)
    try:
        for number, future in enumerate(as_completed([pool.submit(act, item) for item in items]), 1):
            future.result()
            tell(number)
    finally:
        pool.shutdown(cancel_futures=True)
