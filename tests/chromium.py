"""Drives one Chromium for all tests of a process, over a pipe: a start takes a second, a page a tenth of one."""

from __future__ import annotations

import atexit
import base64
import fcntl
import functools
import json
import os
import select
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

needs_chromium = pytest.mark.skipif(CHROMIUM is None and not os.environ.get("CI"), reason="no Chromium is installed")

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-quic", "--hide-scrollbars"),
)
FONTS = Path(__file__).resolve().parent.parent / "gazette" / "fonts" / "fonts.conf"
"""The fonts of the documents, for pages too: what is measured is the same on every machine, and a machine without
Chinese fonts measures no empty boxes."""

PATIENCE = 90
"""Seconds after which an answer does not come any more."""

AT_REST = "document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))))"
"""A promise that is kept when a page has its fonts and was drawn once."""


class Chromium:
    """A browser without a window, which takes commands of the DevTools protocol through a pipe."""

    def __init__(self) -> None:
        assert CHROMIUM is not None, "Chromium is needed (tools/packages.txt)"
        self.profile = tempfile.mkdtemp(prefix="chromium-")
        surroundings = {**os.environ, "FONTCONFIG_FILE": str(FONTS)}
        theirs, self._to = _high(os.pipe())
        self._from, back = _high(os.pipe())
        command = [CHROMIUM, *FLAGS, "--remote-debugging-pipe", f"--user-data-dir={self.profile}"]
        nothing = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_RDWR, 0) for fd in (0, 1, 2)]
        pipes = [(os.POSIX_SPAWN_DUP2, theirs, 3), (os.POSIX_SPAWN_DUP2, back, 4)]  # where Chromium looks for them
        self._process = os.posix_spawn(CHROMIUM, command, surroundings, file_actions=[*nothing, *pipes])
        os.close(theirs)
        os.close(back)
        self._read, self._number = b"", 0
        self._events: list[dict[str, Any]] = []

    def close(self) -> None:
        os.kill(self._process, signal.SIGTERM)
        os.waitpid(self._process, 0)
        shutil.rmtree(self.profile, ignore_errors=True)

    def ask(self, method: str, session: str = "", **values: Any) -> dict[str, Any]:
        """The answer to a command; AssertionError where Chromium refuses it."""
        self._number += 1
        number = self._number
        asked = {"id": number, "method": method, "params": values, **({"sessionId": session} if session else {})}
        os.write(self._to, json.dumps(asked).encode() + b"\0")
        while (message := self._next()).get("id") != number:
            self._events.append(message)
        assert "error" not in message, (method, message["error"])
        return dict(message["result"])

    def hear(self, method: str, session: str) -> dict[str, Any]:
        """The next event of this name in a tab."""
        while True:
            for place, event in enumerate(self._events):
                if (event.get("method"), event.get("sessionId")) == (method, session):
                    del self._events[: place + 1]
                    return dict(event["params"])
            self._events.append(self._next())

    def _next(self) -> dict[str, Any]:
        end = time.monotonic() + PATIENCE
        while b"\0" not in self._read:
            there, _, _ = select.select([self._from], [], [], max(0, end - time.monotonic()))
            assert there, "Chromium does not answer"
            piece = os.read(self._from, 1 << 20)
            assert piece, "Chromium has ended"
            self._read += piece
        message, _, self._read = self._read.partition(b"\0")
        return dict(json.loads(message))


def _high(pipe: tuple[int, int]) -> tuple[int, int]:
    """A pipe whose numbers are none of those that Chromium's own files have."""
    reader, writer = (fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 10) for fd in pipe)
    for fd in pipe:
        os.close(fd)
    return reader, writer


class Tab:
    """A tab of the browser, with nothing remembered from others."""

    def __init__(self, browser: Chromium, session: str) -> None:
        self.browser, self.session = browser, session

    def ask(self, method: str, **values: Any) -> dict[str, Any]:
        return self.browser.ask(method, self.session, **values)

    def open(self, address: str, width: int = 1600, height: int = 900) -> None:
        """Shows a page in a window of this size (CSS pixels), and waits until it is whole and was drawn."""
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.ask("Page.navigate", url="about:blank")  # an address that differs behind its # alone would load nothing
        self.browser.hear("Page.loadEventFired", self.session)
        found = self.ask("Page.navigate", url=address)
        assert "errorText" not in found, (address, found)
        self.browser.hear("Page.loadEventFired", self.session)
        self.evaluate(AT_REST)

    def evaluate(self, script: str) -> Any:
        """What a script of a page gives, also where it promises it."""
        found = self.ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def paper(self) -> bytes:
        """The page printed, as a PDF, with the fonts that it has on paper."""
        self.ask("Emulation.clearDeviceMetricsOverride")
        self.ask("Emulation.setEmulatedMedia", media="print")
        self.evaluate(AT_REST)
        found = self.ask("Page.printToPDF", printBackground=True, preferCSSPageSize=True)
        return base64.b64decode(found["data"])


@functools.cache
def chromium() -> Chromium:
    """The browser of this process, started when it is first asked for."""
    browser = Chromium()
    atexit.register(browser.close)
    return browser


@contextmanager
def tab() -> Iterator[Tab]:
    """A tab of its own, until the end of the context."""
    browser = chromium()
    own = browser.ask("Target.createBrowserContext")["browserContextId"]
    target = browser.ask("Target.createTarget", url="about:blank", browserContextId=own)["targetId"]
    session = browser.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    browser.ask("Page.enable", session)
    try:
        yield Tab(browser, session)
    finally:
        browser.ask("Target.disposeBrowserContext", browserContextId=own)
