"""What is looked at once a site is public: what visitors get of it, and what they should not get."""

from __future__ import annotations

import functools
import gzip
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from releases import files_of, published, release

from gazette.publishing.in_place import InPlace
from gazette.publishing.places.plain import PlainFolder
from gazette.publishing.visiting import visit

FILES = {**files_of(1), "index.html.gz": gzip.compress(files_of(1)["index.html"], mtime=0)}


@pytest.fixture(params=[True, False])
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, bool, list[str]]]:
    """The address of a site in place, whether its web server forbids what is the program's own, and what was asked."""
    published(InPlace(PlainFolder(tmp_path)), release(1, FILES))
    asked: list[str] = []

    class Server(http.server.SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            if request.param and self.path.startswith("/.gazette/"):
                return self.send_error(404)
            return super().do_GET()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Server, directory=str(tmp_path))
    ) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", request.param, asked
        server.shutdown()


def test_what_is_the_programs_own_is_not_for_visitors(served: tuple[str, bool, list[str]]) -> None:
    address, is_forbidden, _ = served
    found = visit(address, release(1, FILES).manifest, FILES)
    assert [problem.code for problem in found.otherwise] == ([] if is_forbidden else ["visit_own"])


def test_packed_forms_are_not_asked_for_by_name(served: tuple[str, bool, list[str]]) -> None:
    """No visitor does: a server sends them in the place of others, or refuses."""
    address, _, asked = served
    assert visit(address, release(1, FILES).manifest, FILES).asked == len(FILES) - 1
    assert {*asked} >= {"/index.html", "/zh/a.html"}
    assert not [path for path in asked if path.endswith((".gz", ".br"))]
