"""Measures pages in a real browser, started once for many: what `ruler.html` finds at each page."""

from __future__ import annotations

import functools
import http.server
import json
import os
import queue
import shutil
import subprocess
import threading
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
RULER = Path(__file__).resolve().parent / "ruler.html"

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-quic", "--hide-scrollbars"),
)
PATIENCE = 90

FONTS = RULER.parent.parent / "gazette" / "fonts" / "fonts.conf"
"""The fonts of the documents, for pages too: what is measured is the same on every machine, and a machine without
Chinese fonts measures no empty boxes."""


def surroundings() -> dict[str, str]:
    """The environment of a browser."""
    return {**os.environ, "FONTCONFIG_FILE": str(FONTS)}


def measure(
    site: Path, pages: list[str], looks: list[dict[str, Any]], folder: Path, path: str = "site"
) -> list[dict[str, Any]]:
    """What is wrong with each of the `pages` of a built site in each of the `looks` (width in CSS pixels; mode: plain,
    elder or print). The site stands at a `path` of the server, and the server in a `folder`."""
    assert CHROMIUM is not None, "Chromium is needed (tools/packages.txt)"
    told: queue.Queue[bytes] = queue.Queue()
    folder.mkdir(exist_ok=True)
    shutil.copy(RULER, folder / "ruler.html")
    (folder / "jobs.json").write_text(json.dumps({"pages": [f"{path}/{page}" for page in pages], "looks": looks}))
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).symlink_to(site)
    handler = functools.partial(_Server, told, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        command = [CHROMIUM, *FLAGS, f"--user-data-dir={folder / 'profile'}"]
        address = f"http://127.0.0.1:{server.server_port}/ruler.html"
        browser = subprocess.Popen([*command, "--remote-debugging-port=0", address], env=surroundings(), **_PIPES)
        try:
            found = json.loads(told.get(timeout=PATIENCE))
        finally:
            browser.terminate()
            browser.wait()
            server.shutdown()
    assert isinstance(found, list), found
    return found


_PIPES: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


class _Server(http.server.SimpleHTTPRequestHandler):
    """Gives the files of a folder out, and takes one result."""

    def __init__(self, told: queue.Queue[bytes], *others: Any, **more: Any) -> None:
        self.told = told
        super().__init__(*others, **more)

    def do_GET(self) -> None:
        """A page that leads on at once (the entry of a site) stays where it is."""
        file = Path(self.translate_path(self.path))
        if file.suffix != ".html" or not file.is_file():
            super().do_GET()
            return
        page = file.read_bytes().replace(b'http-equiv="refresh"', b"data-refresh")
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def do_POST(self) -> None:
        self.told.put(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Keep the test's output readable."""


def on_paper(address: str, folder: Path) -> list[str]:
    """The text of each page of paper on which a browser prints what is at an `address`."""
    from pypdf import PdfReader

    assert CHROMIUM is not None, "Chromium is needed (tools/packages.txt)"
    paper = folder / "paper.pdf"
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=3000"]
    command += ["--no-pdf-header-footer", f"--print-to-pdf={paper}", address]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE, env=surroundings())
    return [page.extract_text() for page in PdfReader(paper).pages]
