"""Serves the preview to the browsers of this machine, and refuses requests that another site sends."""

from __future__ import annotations

import errno
import http.server
import json
import os
import re
import socketserver
import sys
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from html import escape
from http import HTTPStatus
from pathlib import Path

from gazette.messages.catalogue import catalogue
from gazette.messages.problems import Problem, UsageError, reason_of
from gazette.model.records.evidence_files import FOLDER as EVIDENCE
from gazette.preview.preview import Preview, unexpected
from gazette.preview.watch import scan, watch
from gazette.publishing.headers import TYPES, content_type

HOST = "127.0.0.1"
NAMES = (HOST, "localhost", "[::1]")
"""The names of this machine. A foreign host name can resolve to it (DNS rebinding), but is not one of these."""

MADE_WHEN_ASKED = (".pdf", ".png", ".xlsx", ".json", ".jsonld")
"""Endings of files that may be built on demand (`Preview.make`)."""

PATIENCE = 20
"""Seconds for which a connection may be idle."""

ALIVE = 15
"""Seconds after which the server tells a waiting browser that it still runs."""

SCRIPTS = {"/_preview/page.js": "preview.js", "/_preview/worker.js": "preview-worker.js"}
EVENTS = "/_preview/events"
PROBLEMS = "/_preview/problems"


def serve(preview: Preview, port: int, language: str, ready: Callable[[str], None]) -> None:
    """Serve the preview on this machine until interrupted. Calls `ready` with its address. Port 0 takes any free port.
    Raises UsageError if the port cannot be used."""
    stopped = threading.Event()
    folders = (preview.settings.content, preview.settings.templates)
    with _listening(preview, port, language) as server:
        seen = scan(folders)
        preview.build()

        def follow() -> None:
            while not stopped.is_set():
                try:
                    watch(folders, seen, lambda: preview.ask(preview.build), stopped)
                except Exception as error:  # a dead watcher would go unnoticed
                    unexpected(error)
                    time.sleep(1)

        threading.Thread(target=follow, daemon=True).start()
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.2}, daemon=True).start()
        ready(f"http://{HOST}:{server.port}/")
        try:
            preview.work()
        finally:
            stopped.set()
            server.shutdown()


@contextmanager
def _listening(preview: Preview, port: int, language: str) -> Iterator[_Server]:
    """Yield a server at a port. Raises UsageError, which names a free port, if this one cannot be used."""
    try:
        server = _Server(preview, port, language)
    except OSError as error:
        code = "port_taken" if error.errno == errno.EADDRINUSE else "port_refused"
        values = {"port": port, "free": _free(port), "reason": reason_of(error)}
        raise UsageError([Problem.at("", 0, 0, code, **values)]) from None
    with server:
        yield server


def _free(port: int) -> int:
    """Return a free port, if possible the next one; 0 if there is none."""
    for other in (*range(max(port + 1, 8000), 65_536), 0):
        try:
            with socketserver.TCPServer((HOST, other), http.server.BaseHTTPRequestHandler) as server:
                return int(server.server_address[1])
        except OSError:
            continue
    return 0


def is_from_here(headers: Mapping[str, str], port: int) -> bool:
    """Return whether a request names this machine as its host, and no page of another site sent it. Browsers state what
    sends a request (`Sec-Fetch-Site`), older ones sometimes (`Origin`, `Referer`)."""
    ours = [f"http://{name}:{port}" for name in NAMES]
    senders = [
        f"http://{headers.get('Host', '').lower()}",
        headers.get("Origin", ours[0]),
        "/".join(headers.get("Referer", ours[0]).split("/")[:3]),
    ]
    return headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin") and all(each in ours for each in senders)


def site_path(address: str) -> str | None:
    """Return the path in the site that an address (without its host) asks for; None if no file of a site can have
    it."""
    try:
        path = urllib.parse.unquote(re.split(r"[?#]", address, maxsplit=1)[0], errors="strict")
    except UnicodeDecodeError:
        return None
    parts = path.split("/")
    odd = any(part.startswith(".") or not part.isprintable() or re.search(r'[\\:*?"<>|]', part) for part in parts)
    return None if odd or parts[0] or "" in parts[1:-1] else path[1:]


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = os.name == "posix"  # elsewhere it would let two programs use the same port
    request_queue_size = 64

    def __init__(self, preview: Preview, port: int, language: str) -> None:
        self.preview, self.language = preview, language
        super().__init__((HOST, port), _Handler)

    @property
    def port(self) -> int:
        """The port that the server listens at."""
        return int(self.server_address[1])

    def say(self, code: str) -> str:
        """Return a sentence of the preview in the user's language."""
        return catalogue(self.language).preview[code]

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore a browser that disconnects; report everything else, which is a bug."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(http.server.BaseHTTPRequestHandler):
    """Answers from the output folder, and adds the script to pages that reloads them."""

    server: _Server
    timeout = PATIENCE

    def parse_request(self) -> bool:
        """Parse a request. Return False, after an answer, if another site sent it."""
        if not super().parse_request():
            return False
        if is_from_here(self.headers, self.server.port):  # type: ignore[arg-type]
            return True
        self._note("elsewhere", HTTPStatus.FORBIDDEN, f"http://{HOST}:{self.server.port}/")
        return False

    def do_GET(self) -> None:
        """Answer a GET request."""
        address = self.path.partition("?")[0]
        if address == EVENTS:
            self._events()
        elif address == PROBLEMS:
            self._problems()
        elif address in SCRIPTS:
            self._send((Path(__file__).parent / SCRIPTS[address]).read_bytes(), TYPES["js"])
        else:
            self._file(site_path(self.path))

    def do_HEAD(self) -> None:
        """Answer a HEAD request: does the page exist?"""
        self._file(site_path(self.path))

    def _file(self, path: str | None) -> None:
        folder, version = self.server.preview.output.folder, self.server.preview.version
        if path is None:
            return self._note("missing", HTTPStatus.NOT_FOUND)
        if path and not path.endswith("/") and os.path.isdir(folder / path):  # noqa: PTH112 - pathlib's raises
            return self._send(b"", TYPES["html"], HTTPStatus.FOUND, Location=f"/{urllib.parse.quote(path)}/")
        path = f"{path}index.html" if path.endswith("/") or not path else path
        if path.endswith(MADE_WHEN_ASKED) and not path.startswith(f"{EVIDENCE}/") and self.command == "GET":
            preview = self.server.preview
            preview.ask(partial(preview.make, path))  # only a request for such a file waits for the build
        try:
            data = (folder / path).read_bytes()
        except (OSError, ValueError):
            return self._note("missing", HTTPStatus.NOT_FOUND)
        if path.endswith(".html"):
            data = data.replace(b"</body>", self._snippet(version) + b"</body>")
        return self._send(data, content_type(path))

    def _note(self, code: str, status: HTTPStatus, home: str = "/") -> None:
        """Send a page of one sentence. A page for a missing file reloads too, because the file may appear."""
        words, link = escape(self.server.say(code)), escape(self.server.say("home"))
        head = f'<!doctype html><meta charset="utf-8"><title>{status.value}</title>'
        page = f'{head}<body><p>{words}<p><a href="{home}">{link}</a>'.encode()
        if status is HTTPStatus.NOT_FOUND:
            page += self._snippet(self.server.preview.version)
        self._send(page + b"</body>", TYPES["html"], status)

    def _snippet(self, version: str) -> bytes:
        return b'<script src="/_preview/page.js" data-version="%b"></script>' % version.encode()

    def _problems(self) -> None:
        preview = self.server.preview
        answer = {"version": preview.version, "problems": preview.told(self.server.language)}
        answer["gone"] = self.server.say("gone")
        self._send(json.dumps(answer, ensure_ascii=False).encode(), TYPES["json"])

    def _events(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        last_sent, version = "", self.server.preview.version
        while True:  # until the browser closes the connection (OSError)
            self.wfile.write((f"data: {version}\n\n" if version != last_sent else ":\n\n").encode())
            last_sent, version = version, self.server.preview.wait_for_news(version, ALIVE)

    def _send(self, data: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK, **more: str) -> None:
        self.send_response(status)
        for name, value in {**more, "Content-Type": kind, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def end_headers(self) -> None:
        """Forbid the browser to cache anything of a preview."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Print nothing for a request."""
