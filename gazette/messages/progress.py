"""Shows how far long work is: a bar on a terminal, sparse lines elsewhere, nothing for short work.

A library's bar (tqdm) does not do what is needed here: it starts a thread, fails with its stream, draws on terminals
that cannot (`TERM=dumb`) or must not (`NO_COLOR`), and in a narrow window cuts off the count instead of the bar.
"""

from __future__ import annotations

import os
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TextIO, TypeVar

from gazette.messages.catalogue import catalogue

T = TypeVar("T")

LONG, LONG_FOR_LINES = 0.5, 5.0
"""Seconds after which work counts as long, with a bar and with lines. A bar disappears again; lines stay, so they must
be worth it."""

OFTEN, SELDOM = 0.08, 10.0
"""Seconds between two drawings of the bar, and between two lines."""

BAR = 24

SLOW = "documents"
"""The stage whose single steps are long work."""


class Progress:
    """Shows on a stream how far work is that began at `started` (`time.monotonic`). Without a stream it shows nothing.

    It uses no thread: workers can be forked safely only from a process with a single thread.
    """

    def __init__(self, stream: TextIO | None, language: str, started: float = 0.0) -> None:
        self.stream, self.language, self.started = stream, language, started
        self.draws = stream is not None and _takes_a_bar(stream, catalogue(language).progress["units"])
        self.told, self.stage, self.drawn = 0.0, "", False

    def over(self, plan: Sequence[tuple[str, str]], results: Iterable[T]) -> Iterator[T]:
        """Yield the results of planned work (stage and name of each step), showing before each what is being waited
        for."""
        totals, done = Counter(stage for stage, _ in plan), Counter[str]()
        steps, waiting = iter(plan), iter(results)
        while True:
            if step := next(steps, None):
                stage, name = step
                self.tell(stage, done[stage], totals[stage], name)
                done[stage] += 1
            try:
                result = next(waiting)
            except StopIteration:
                return
            yield result

    def tell(self, stage: str, done: int = 0, total: int = 0, name: str = "") -> None:
        """Show that `done` of `total` steps of a stage are finished, if the work is long and the last drawing is not
        too recent."""
        if self.stream is None:
            return
        now = time.monotonic()
        is_long = now - self.started >= (LONG if self.draws else LONG_FOR_LINES) or stage == SLOW
        is_due = stage != self.stage or now - self.told >= (OFTEN if self.draws else SELDOM)
        if not (is_long and is_due):
            return
        self.told, self.stage = now, stage
        words = catalogue(self.language).progress[stage]
        count = f"{done + (stage == SLOW)}/{total}  {name}"  # documents show the number of the one being made
        if self.draws:
            self._draw(words, done / total if total else None, count)
        elif total:
            self._write(f"{words} {count}\n")

    def close(self) -> None:
        """Remove the bar."""
        if self.drawn:
            self._write("\r\x1b[K")
            self.drawn = False

    def _draw(self, words: str, part: float | None, count: str) -> None:
        room = _columns(self.stream) - 1  # some terminals wrap after the last column
        text = words
        if part is not None:
            full = int(BAR * part)
            bar = f" [{'#' * full}{'-' * (BAR - full)}]" if room >= width(words) + BAR + 16 else ""
            text = f"{words}{bar} {count}"
        self._write(f"\r{fit(text, room)}\x1b[K")
        self.drawn = True

    def _write(self, text: str) -> None:
        """Write to the stream. If that fails, the display stops; the work goes on."""
        assert self.stream is not None
        try:
            self.stream.write(text)
            self.stream.flush()
        except (OSError, ValueError):
            self.stream = None


QUIET = Progress(None, "")


def _takes_a_bar(stream: TextIO, sample: str, environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether a stream is a terminal that can redraw a line, whose user wants that, and that can show our
    characters."""
    if not stream.isatty() or environment.get("TERM", "dumb") == "dumb" or environment.get("NO_COLOR"):
        return False
    try:
        sample.encode(stream.encoding)
    except (UnicodeError, LookupError):
        return False
    return True


def _columns(stream: TextIO | None) -> int:
    """Return the width of the terminal. It is asked each time, because windows are resized."""
    try:
        columns = os.get_terminal_size(stream.fileno()).columns if stream else 0
    except (OSError, ValueError):
        columns = 0
    return columns or 80


def width(text: str) -> int:
    """Return the columns that a text takes: full-width characters take two, combining marks none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def fit(text: str, room: int) -> str:
    """Return the beginning of a text that fits `room` columns."""
    taken = 0
    for index, character in enumerate(text):
        taken += width(character)
        if taken > room:
            return text[:index]
    return text
