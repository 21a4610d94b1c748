"""The site as a preview shows it: built again at every change, whatever happens, and what was wrong with it."""

from __future__ import annotations

import os
import queue
import threading
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path

from gazette.building.output import Output
from gazette.building.pipeline import Settings, run
from gazette.files.paths import display_path
from gazette.messages.problems import ContentError, Problem, reason_of

LATER = ("exports", "pictures")
"""The kinds that no page shows (workbooks, files of single pledges, pictures for other sites): made when one of their
files is asked for, and then all that became stale."""

PAUSE = 0.5
"""Seconds after which a thread that waits looks up: Windows interrupts none that waits without an end."""


@dataclass
class Preview:
    """The site in `output` as it is now. `count` goes up whenever its pages, or what is wrong, are others; `problems`
    is what the last build found wrong (the site is then as it was before)."""

    output: Output
    settings: Settings
    count: int = 0
    problems: tuple[Problem, ...] = ()
    changed: threading.Condition = field(default_factory=threading.Condition)
    asked: queue.Queue[tuple[Callable[[], None], Future[None]]] = field(default_factory=queue.Queue)
    """Builds that other threads ask for."""
    made: set[str] = field(default_factory=set)
    """What was asked for and made since the last change: documents by path, and kinds."""
    state: tuple[int, int] = (0, 0)

    @property
    def version(self) -> str:
        """The count, as no other preview counts: one that is started again is another."""
        return f"{os.getpid()}.{self.count}"

    def work(self) -> None:
        """Do what other threads ask for, until interrupted. For the main thread: the limits of a document hold in no
        other (`pdf.limits`)."""
        while True:
            try:
                task, done = self.asked.get(timeout=PAUSE)
            except queue.Empty:
                continue
            task()
            done.set_result(None)

    def ask(self, task: Callable[[], None]) -> None:
        """Have the main thread do something, and wait until it is done. What it raises ends the preview."""
        done: Future[None] = Future()
        self.asked.put((task, done))
        done.result()

    def build(self) -> None:
        """Build what changed, but for what is made when it is asked for."""
        self.made.clear()
        quick = tuple(kind for kind in self.settings.only if kind not in ("pdf", *LATER))
        problems, before = self._run(replace(self.settings, only=quick)), self.state
        self.state = self._state()
        self._tell(problems, self.state != before)

    def make(self, path: str) -> None:
        """See that a file is there as the content says now, if it is one that is made when it is asked for: a document,
        which takes seconds, with what it is made from and no other; or what is made `LATER`."""
        if path.endswith(".pdf"):
            self._make(path, replace(self.settings, only=("pdf",), documents=frozenset({path})))
        elif path.startswith("data/") or path.endswith(".png"):
            kinds = tuple(kind for kind in LATER if kind in self.settings.only)
            self._make("later", replace(self.settings, only=kinds))

    def _make(self, name: str, settings: Settings) -> None:
        if name in self.made or not settings.only:
            return
        problems = self._run(settings)
        self.state = self._state()
        if not problems:
            self.made.add(name)
        self._tell(problems, False)

    def _run(self, settings: Settings) -> tuple[Problem, ...]:
        """What is wrong, after a build. Whatever else a build may raise is told as well, so that the next one can be
        tried: an editor may have mended by then what led to it."""
        try:
            run(self.output, settings, lambda _: None, lambda _: "")
        except ContentError as error:
            return error.problems
        except (KeyboardInterrupt, SystemExit):
            raise
        except OSError as error:
            place = display_path(Path(os.fsdecode(error.filename))) if error.filename else ""
            return (Problem.at(place, 0, 0, "system", reason=reason_of(error)),)
        except BaseException as error:
            return (unexpected(error),)
        return ()

    def _state(self) -> tuple[int, int]:
        """A number of files, and of the build that wrote the newest. Two previews may share a site: what the other one
        built is news here."""
        records = self.output.files.records.values()
        return len(records), max((record.written for record in records), default=0)

    def _tell(self, problems: Sequence[Problem], news: bool) -> None:
        with self.changed:
            self.count += news or tuple(problems) != self.problems
            self.problems = tuple(problems)
            self.changed.notify_all()

    def wait_for_news(self, version: str, seconds: float) -> str:
        """The version, as soon as it is another than `version`, or after some seconds."""
        with self.changed:
            self.changed.wait_for(lambda: self.version != version, seconds)
            return self.version

    def told(self, language: str) -> list[str]:
        """The problems as an editor reads them."""
        with self.changed:
            return [problem.show(language) for problem in self.problems]


def unexpected(error: BaseException) -> Problem:
    """A mistake of the program itself: its traceback goes to the terminal, for whoever mends it."""
    traceback.print_exception(error)
    return Problem.at("", 0, 0, "program_error", kind=type(error).__name__, found=str(error) or type(error).__name__)
