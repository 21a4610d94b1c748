"""Owns the preview: it builds at every change, serves what was built, and has the browser look again."""

from __future__ import annotations

import http.server
import json
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from pathlib import Path

from gazette.output import Output
from gazette.pipeline import Settings, run
from gazette.problems import ContentError, Problem
from gazette.walk import Stat, walk

BLINK = 0.05
"""Seconds between two looks at the files: what is saved is seen before the hand is back on the mouse."""

SCRIPT = "/_preview/preview.js"
EVENTS = "/_preview/events"
PROBLEMS = "/_preview/problems"

_SNIPPET = f'<script src="{SCRIPT}"></script>'.encode()


@dataclass
class Preview:
    """The site in `output` as it is now: `version` counts the builds that changed something, `problems` is what the
    last build found wrong (the site is then as it was before)."""

    output: Output
    settings: Settings
    version: int = 0
    problems: tuple[Problem, ...] = ()
    seconds: float = 0.0
    changed: threading.Condition = field(default_factory=threading.Condition)
    building: threading.Lock = field(default_factory=threading.Lock)

    def build(self, kinds: tuple[str, ...]) -> None:
        """Build what changed; whoever waits for it is told."""
        started = time.perf_counter()
        with self.building:
            problems: tuple[Problem, ...] = ()
            try:
                report = run(self.output, replace(self.settings, only=kinds), lambda _: None, lambda _: "")
                news = bool(report.written or report.removed)
            except ContentError as error:
                problems, news = error.problems, True
            with self.changed:
                news = news or bool(self.problems)
                self.problems, self.seconds = problems, time.perf_counter() - started
                self.version += news
                self.changed.notify_all()

    def wait_for_news(self, version: int, seconds: float) -> int:
        """The version, as soon as it is another than `version`, or after some seconds."""
        with self.changed:
            self.changed.wait_for(lambda: self.version != version, seconds)
            return self.version

    def told(self, language: str) -> list[str]:
        """The problems as an editor reads them."""
        with self.changed:
            return [problem.show(language) for problem in self.problems]


def watch(folders: Iterable[Path], changed: Callable[[], None], stopped: threading.Event) -> None:
    """Call `changed` whenever a file of the folders is another, until `stopped`."""
    known = _look(folders)
    while not stopped.wait(BLINK):
        now = _look(folders)
        if now != known:
            known = now
            changed()


def _look(folders: Iterable[Path]) -> dict[str, Stat]:
    found = {}
    for folder in folders:
        try:
            found.update({f"{folder}/{path}": stat for path, stat in walk(folder, follow=True)})
        except OSError:
            continue  # a folder that is moved while one looks: the next look tells
    return found


def serve(preview: Preview, port: int, language: str, ready: Callable[[str], None]) -> None:
    """Serve the preview on this machine until interrupted; `ready` is told its address. Port 0 is any that is free."""
    stopped = threading.Event()
    quick = tuple(kind for kind in preview.settings.only if kind != "pdf")
    folders = (preview.settings.content, preview.settings.templates)
    preview.build(quick)
    server = _Server(preview, port, language)
    threading.Thread(target=watch, args=(folders, lambda: preview.build(quick), stopped), daemon=True).start()
    ready(f"http://127.0.0.1:{server.server_port}/")
    try:
        server.serve_forever(poll_interval=0.2)
    finally:
        stopped.set()
        server.server_close()


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, preview: Preview, port: int, language: str) -> None:
        self.preview, self.language = preview, language
        super().__init__(("127.0.0.1", port), _Handler)


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Answers from the output folder; pages learn to look again."""

    server: _Server

    def __init__(self, *arguments: object, **more: object) -> None:
        folder = str(arguments[2].preview.output.folder)  # type: ignore[attr-defined]
        super().__init__(*arguments, directory=folder, **more)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """One request."""
        path = self.path.partition("?")[0]
        special = {SCRIPT: self._script, EVENTS: self._events, PROBLEMS: self._problems}.get(path)
        if special is not None:
            special()
        elif path.endswith((".html", "/")):
            self._page(path)
        else:
            if path.endswith(".pdf"):
                self.server.preview.build(("pdf",))  # documents take seconds: only who asks for one waits for it
            super().do_GET()

    def _page(self, path: str) -> None:
        place = Path(self.translate_path(path))
        place = place / "index.html" if place.is_dir() else place
        try:
            page, status = place.read_bytes(), HTTPStatus.OK
        except OSError:
            page, status = b"<!doctype html><meta charset=utf-8><title>404</title><p>404</body>", HTTPStatus.NOT_FOUND
        self._send(page.replace(b"</body>", _SNIPPET + b"</body>"), "text/html; charset=utf-8", status)

    def _script(self) -> None:
        script = (Path(__file__).parent / "preview.js").read_bytes()
        self._send(script, "text/javascript; charset=utf-8")

    def _problems(self) -> None:
        preview = self.server.preview
        told = {"version": preview.version, "problems": preview.told(self.server.language), "seconds": preview.seconds}
        self._send(json.dumps(told, ensure_ascii=False).encode(), "application/json")

    def _events(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        version = self.server.preview.version
        try:
            self.wfile.write(f"data: {version}\n\n".encode())
            while True:
                version = self.server.preview.wait_for_news(version, 15)
                self.wfile.write(f"data: {version}\n\n".encode())
        except OSError:
            return  # the browser has gone elsewhere

    def _send(self, data: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def end_headers(self) -> None:
        """Nothing of a preview is kept by the browser."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Requests are not worth a line."""
