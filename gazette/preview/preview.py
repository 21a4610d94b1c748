"""Keeps the previewed site up to date: builds it at every change, and holds what was wrong with the last build."""

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
"""The kinds of files that no page shows (workbooks, files of single pledges, pictures for other sites). They are built
when a browser asks for one of them, all stale ones at once."""

PAUSE = 0.5
"""Seconds after which a waiting thread wakes up: Windows cannot interrupt a thread that waits without a timeout."""


@dataclass
class Preview:
    """The site in `output` as it is now. `count` goes up whenever its pages or its problems change. `problems` are
    those of the last build; if there are any, the site is still as it was before it."""

    output: Output
    settings: Settings
    count: int = 0
    problems: tuple[Problem, ...] = ()
    changed: threading.Condition = field(default_factory=threading.Condition)
    asked: queue.Queue[tuple[Callable[[], None], Future[None]]] = field(default_factory=queue.Queue)
    """Builds that other threads asked for."""
    made: set[str] = field(default_factory=set)
    """What was built on demand since the last change: documents by path, and kinds."""
    state: tuple[int, int] = (0, 0)

    @property
    def version(self) -> str:
        """The count, made unique by the process id: a preview that is started again has other versions."""
        return f"{os.getpid()}.{self.count}"

    def work(self) -> None:
        """Run the tasks of other threads until interrupted. Must run in the main thread, where alone the time limits of
        documents work (`workers/limits.py`)."""
        while True:
            try:
                task, done = self.asked.get(timeout=PAUSE)
            except queue.Empty:
                continue
            task()
            done.set_result(None)

    def ask(self, task: Callable[[], None]) -> None:
        """Run a task in the main thread, and wait until it is done. If it raises, the preview ends."""
        done: Future[None] = Future()
        self.asked.put((task, done))
        done.result()

    def build(self) -> None:
        """Build what changed, except what is built on demand."""
        self.made.clear()
        quick = tuple(kind for kind in self.settings.only if kind not in ("pdf", *LATER))
        problems, before = self._run(replace(self.settings, only=quick)), self.state
        self.state = self._state()
        self._tell(problems, self.state != before)

    def make(self, path: str) -> None:
        """Bring a file up to date if it is built on demand: a document, which takes seconds, with only what it is made
        from; or one of the kinds in `LATER`."""
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
        """Build, and return the problems. Every other exception becomes a problem too, so that the next build can run:
        by then an editor may have removed its cause."""
        try:
            run(self.output, settings, lambda _: None, lambda _: "")
        except ContentError as error:
            return error.problems
        except (KeyboardInterrupt, SystemExit):
            raise
        except OSError as error:
            path = display_path(Path(os.fsdecode(error.filename))) if error.filename else ""
            return (Problem.at(path, 0, 0, "system", reason=reason_of(error)),)
        except BaseException as error:
            return (unexpected(error),)
        return ()

    def _state(self) -> tuple[int, int]:
        """Return the number of files, and the build that wrote the newest. Another preview may write to the same site,
        and its builds must be noticed too."""
        records = self.output.files.records.values()
        return len(records), max((record.written for record in records), default=0)

    def _tell(self, problems: Sequence[Problem], news: bool) -> None:
        with self.changed:
            self.count += news or tuple(problems) != self.problems
            self.problems = tuple(problems)
            self.changed.notify_all()

    def wait_for_news(self, version: str, seconds: float) -> str:
        """Return the version as soon as it differs from `version`, at the latest after `seconds`."""
        with self.changed:
            self.changed.wait_for(lambda: self.version != version, seconds)
            return self.version

    def told(self, language: str) -> list[str]:
        """Return the problems as messages in a language."""
        with self.changed:
            return [problem.show(language) for problem in self.problems]


def unexpected(error: BaseException) -> Problem:
    """Return a problem for a bug of the program, and print its traceback to the terminal for developers."""
    traceback.print_exception(error)
    return Problem.at("", 0, 0, "program_error", kind=type(error).__name__, found=str(error) or type(error).__name__)
