"""Whom the preview's server answers, and what: this machine alone, and nothing outside of the site."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from previews import Editor, documents, preview

from gazette.preview import server as serve
from gazette.preview.server import is_from_here, site_path

PAGE = "zh/pledges/yinghuo-1.html"


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """A preview that several tests visit, and none changes for good."""
    with preview(tmp_path_factory.mktemp("visited")) as editor:
        yield editor


ELSEWHERE = (
    {"Host": "evil.example"},
    {"Host": "evil.example:{port}"},
    {"Host": "127.0.0.1.evil.example:{port}"},
    {"Host": ""},
    {"Host": "localhost:1"},
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost:1"},
    {"Referer": "http://evil.example/"},
    {"Referer": "http://127.0.0.1:{port}.evil.example/"},
    {"Referer": "http://127.0.0.1:{port}@evil.example/"},
    {"Sec_Fetch_Site": "cross-site"},
    {"Sec_Fetch_Site": "same-site"},
)
HERE = (
    {},
    {"Host": "localhost:{port}"},
    {"Host": "LocalHost:{port}"},
    {"Host": "[::1]:{port}"},
    {"Origin": "http://localhost:{port}"},
    {"Referer": "http://127.0.0.1:{port}/zh/"},
    {"Referer": "http://127.0.0.1:{port}"},
    {"Sec_Fetch_Site": "same-origin"},
    {"Sec_Fetch_Site": "none"},
)


def test_only_this_machine_is_answered_and_no_other_site(visited: Editor) -> None:
    for headers in ELSEWHERE:
        own = {name: value.format(port=visited.port) for name, value in headers.items()}
        for path in ("/zh/index.html", "/_preview/problems", "/_preview/events", "/zh/sheets/yinghuo.pdf"):
            status, body = visited.ask(path, **own)
            assert status == 403 and "萤火".encode() not in body and f":{visited.port}/".encode() in body, (own, path)
    assert not documents(visited.folder), "an <img> of another site has no document made"
    for headers in HERE:
        own = {name: value.format(port=visited.port) for name, value in headers.items()}
        assert visited.ask("/zh/index.html", **own)[0] == 200, own
    assert visited.terminal() == ""


def test_a_request_without_a_host_is_not_from_here() -> None:
    assert not is_from_here({}, 8000) and is_from_here({"Host": "localhost:8000"}, 8000)


ODD = (
    *(
        "/%00",
        "/%00.html",
        "/zh/%00.pdf",
        "/%ff",
        "/%ff.html",
        "/%",
        "/%zz.html",
        "/..",
        "/../../etc/passwd",
        "/%2e%2e/x",
    ),
    *(
        "/zh/../../build.db",
        "/..%2f..%2fetc/passwd",
        "/zh/..%5c..%5cx",
        "/C:/x",
        "/zh//index.html",
        "//evil.example/zh",
    ),
    *(
        f"/{'a' * 5000}.html",
        f"/{'a/' * 2000}x.pdf",
        "/.gitignore",
        "/zh/%0a%1b[31m.html",
        "/zh/index.html/x",
        "*",
        "x",
    ),
    *("http://evil.example/", "/static", "/zh/%E4%B8%8D.html"),
)


def test_odd_paths_are_not_found_and_leave_no_line_on_the_terminal(visited: Editor) -> None:
    for path in ODD:
        status, _ = visited.ask(path)
        assert status in (302, 403, 404), path
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "X"):
        assert visited.ask("/zh/index.html", method)[0] in (403, 501), method
    assert visited.ask("/zh")[0] == 302 and visited.ask("/")[0] == 200 and visited.ask("/zh/?x=../..")[0] == 200
    assert visited.ask("/_preview/nothing")[0] == 404
    assert visited.terminal() == ""


def test_a_path_never_leads_out_of_the_site() -> None:
    for path in ODD:
        found = site_path(path)
        assert found is None or not {"", ".", ".."}.intersection(Path(found or "x").parts), path
    assert site_path("/zh/a%20b.html?c#d") == "zh/a b.html" and site_path("/") == "" and site_path("/zh/") == "zh/"


def test_whoever_breaks_off_is_no_line_on_the_terminal(visited: Editor) -> None:
    for start in (b"", b"GET /zh/in", b"\x16\x03\x01\x02", b"GET / HTTP/9.9\r\n\r\n", b"\r\n\r\n", b"GET /\r\n\r\n"):
        for _ in range(5):
            with socket.create_connection(("127.0.0.1", visited.port), 5) as ask:
                ask.sendall(start)
                # closed with a reset, and nothing read
                ask.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    for path in ("/_preview/events", "/zh/ledger.html"):
        with socket.create_connection(("127.0.0.1", visited.port), 5) as ask:
            ask.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{visited.port}\r\n\r\n".encode())
            ask.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    visited.save("夜里关灯", "夜里熄灯")
    visited.save("夜里熄灯", "夜里关灯")
    assert "夜里关灯" in visited.get(PAGE) and visited.terminal() == ""


def test_a_request_has_a_time_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit itself is the handler's; that it ends a half request is tried with a short one, in this process."""
    monkeypatch.setattr(serve._Handler, "timeout", 0.3)
    with serve._Server(None, 0, "zh") as server:  # type: ignore[arg-type]
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        with socket.create_connection(("127.0.0.1", server.port), 10) as ask:
            ask.sendall(b"GET /zh/index.ht")
            assert ask.recv(10) == b""
        server.shutdown()
    assert 0 < serve.PATIENCE < 60
