"""Several things at once, for places where each of them waits for the other side."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TypeVar

T = TypeVar("T")


def each(
    act: Callable[[T], object], items: Iterable[T], at_once: int, told: Callable[[int], None] | None = None
) -> None:
    """Do something with each of some items, so many of them `at_once`; `told` hears how many are done. Raises what the
    first one raises that fails, once those that were begun have ended; no other is begun. With one at once they come in
    their order."""
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
