"""Measures pages in a real browser: what `ruler.html` finds at each page, and what is printed of one."""

from __future__ import annotations

import functools
import http.server
import io
import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from chromium import tab
from pypdf import PdfReader

LEDGER_AT_REST = """(async () => {
  const table = document.querySelector("table.ledger");
  const changed = () => new Promise((done) => new MutationObserver(done).observe(table, { attributes: true }));
  while (table?.ariaBusy === "true") await changed();
  await new Promise((done) => setTimeout(done));
})()"""
"""A promise that is kept when the ledger has fetched what was asked of it."""

RULER = Path(__file__).resolve().parent / "ruler.html"


def measure(
    site: Path, pages: list[str], looks: list[dict[str, Any]], folder: Path, path: str = "site"
) -> list[dict[str, Any]]:
    """What is wrong with each of the `pages` of a built site in each of the `looks` (width in CSS pixels; mode: plain,
    elder or print). The site stands at a `path` of the server, and the server in a `folder`."""
    folder.mkdir(exist_ok=True)
    shutil.copy(RULER, folder / "ruler.html")
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).symlink_to(site)
    asked = json.dumps([[f"{path}/{page}" for page in pages], looks])
    with served(folder) as address, tab() as ruler:
        ruler.open(f"{address}/ruler.html")
        found = ruler.evaluate(f"measureAll(...{asked})")
    assert isinstance(found, list), found
    return found


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a web server on this machine, which gives out the files of a folder."""
    handler = functools.partial(_Server, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Server(http.server.SimpleHTTPRequestHandler):
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

    def log_message(self, *_: object) -> None:
        """Keep the test's output readable."""


def on_paper(address: str) -> list[str]:
    """The text of each page of paper on which a browser prints what is at an `address`."""
    with tab() as page:
        page.open(address)
        paper = page.paper()
    return [page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages]


def kinds_of_pages(site: Path, shortest: bool = True) -> list[str]:
    """The longest page of every kind in every language, and the shortest where there are several."""
    alike: dict[Path, list[Path]] = {}
    for page in sorted(site.rglob("*.html"), key=lambda page: (page.stat().st_size, page)):
        own = page.relative_to(site)
        alike.setdefault(own.parent if len(own.parts) > 2 else own, []).append(own)
    chosen = [dict.fromkeys((some[-1], some[0] if shortest else some[-1])) for some in alike.values()]
    return [page.as_posix() for some in chosen for page in some]
