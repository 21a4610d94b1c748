"""How far long work is: a bar drawn in place on a terminal, sparse lines elsewhere, nothing of short work.

A library's bar (tqdm) does not keep what is promised here: it starts a thread, fails with its stream, draws on
terminals that cannot (`TERM=dumb`) or must not (`NO_COLOR`), and in a narrow window cuts off the count, not the bar.
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
"""Seconds after which work is long: a bar goes away again, lines stay and must be worth it."""

OFTEN, SELDOM = 0.08, 10.0
"""Seconds between two drawings of the bar, and between two lines."""

BAR = 24

SLOW = "documents"
"""The stage of which a single step is long work."""


class Progress:
    """Tells on a stream how far work is that began at `started` (`time.monotonic`). Without a stream it is silent.

    No thread draws: forked workers must come from a process that has only one.
    """

    def __init__(self, stream: TextIO | None, language: str, started: float = 0.0) -> None:
        self.stream, self.language, self.started = stream, language, started
        self.draws = stream is not None and _takes_a_bar(stream, catalogue(language).progress["units"])
        self.told, self.stage, self.drawn = 0.0, "", False

    def over(self, plan: Sequence[tuple[str, str]], results: Iterable[T]) -> Iterator[T]:
        """Pass on the results of planned work (stage and name of each step), telling before each what is waited for."""
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
        """The work is at a stage of which so much is done."""
        if self.stream is None:
            return
        now = time.monotonic()
        is_long = now - self.started >= (LONG if self.draws else LONG_FOR_LINES) or stage == SLOW
        is_due = stage != self.stage or now - self.told >= (OFTEN if self.draws else SELDOM)
        if not (is_long and is_due):
            return
        self.told, self.stage = now, stage
        words = catalogue(self.language).progress[stage]
        count = f"{done + (stage == SLOW)}/{total}  {name}"  # of documents, the number of the one in hand
        if self.draws:
            self._draw(words, done / total if total else None, count)
        elif total:
            self._write(f"{words} {count}\n")

    def close(self) -> None:
        """Nothing of the bar remains."""
        if self.drawn:
            self._write("\r\x1b[K")
            self.drawn = False

    def _draw(self, words: str, part: float | None, count: str) -> None:
        room = _columns(self.stream) - 1  # in the last column some terminals begin a new line
        text = words
        if part is not None:
            full = int(BAR * part)
            bar = f" [{'#' * full}{'-' * (BAR - full)}]" if room >= width(words) + BAR + 16 else ""
            text = f"{words}{bar} {count}"
        self._write(f"\r{fit(text, room)}\x1b[K")
        self.drawn = True

    def _write(self, text: str) -> None:
        """What cannot be written is not worth failing for."""
        assert self.stream is not None
        try:
            self.stream.write(text)
            self.stream.flush()
        except (OSError, ValueError):
            self.stream = None


QUIET = Progress(None, "")


def _takes_a_bar(stream: TextIO, sample: str, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a stream is a terminal that can draw in place, of somebody who wants it so, with our characters."""
    if not stream.isatty() or environment.get("TERM", "dumb") == "dumb" or environment.get("NO_COLOR"):
        return False
    try:
        sample.encode(stream.encoding)
    except (UnicodeError, LookupError):
        return False
    return True


def _columns(stream: TextIO | None) -> int:
    """The width of the terminal, asked anew each time: windows are drawn wider and narrower."""
    try:
        found = os.get_terminal_size(stream.fileno()).columns if stream else 0
    except (OSError, ValueError):
        found = 0
    return found or 80


def width(text: str) -> int:
    """The columns that a text takes: Han take two, marks that combine none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def fit(text: str, room: int) -> str:
    """The beginning of a text that fits."""
    taken = 0
    for place, character in enumerate(text):
        taken += width(character)
        if taken > room:
            return text[:place]
    return text
