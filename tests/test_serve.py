"""The preview, as an editor uses it: a save is seen at once, a mistake is told in the page until it is mended."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from previews import ROOT, UNIT, Editor, preview

from gazette.building.output import Output
from gazette.building.settings import Settings
from gazette.preview import server as serve
from gazette.preview.preview import Preview
from gazette.preview.server import is_from_here, site_path

PAGE = "zh/pledges/yinghuo-1.html"


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """A preview that several tests visit, and none changes for good."""
    with preview(tmp_path_factory.mktemp("visited")) as editor:
        yield editor


def test_what_threads_ask_for_is_done_in_the_main_thread_in_turn(tmp_path: Path) -> None:
    """The limits of a document hold there alone, and two builds never meet."""
    settings = Settings(tmp_path, tmp_path, tmp_path)
    preview = Preview(Output(tmp_path / "site", tmp_path / "cache"), settings)
    seen: list[tuple[int, threading.Thread]] = []

    def ask() -> None:
        for n in range(3):
            preview.ask(lambda n=n: seen.append((n, threading.current_thread())))  # type: ignore[misc]
        preview.asked.put((end, Future()))

    def end() -> None:
        raise KeyboardInterrupt

    threading.Thread(target=ask, daemon=True).start()
    with pytest.raises(KeyboardInterrupt):
        preview.work()
    assert seen == [(n, threading.main_thread()) for n in range(3)]


def test_a_save_is_seen_and_a_mistake_is_told_until_it_is_mended(editor: Editor) -> None:
    assert "夜里关灯" in editor.get(PAGE)
    for n in (1, 2, 3):
        editor.save("夜里关灯" if n == 1 else f"关灯{n - 1}次", f"关灯{n}次")
        assert f"关灯{n}次" in editor.get(PAGE)
    assert editor.problems() == []
    editor.save("themes: [mechanism]", "themes: [mechanizm]")
    (told,) = editor.problems()
    assert "yinghuo.yaml:17:14:" in told and "mechanism" in told
    assert "关灯3次" in editor.get(PAGE), "the site stays as it was"
    editor.save("themes: [mechanizm]", "themes: [mechanism]")
    assert editor.problems() == []


def test_pages_learn_to_look_again_and_drafts_are_shown_with_a_banner(editor: Editor) -> None:
    page = editor.get("zh/index.html")
    assert page.count('<script src="/_preview/page.js"') == 1 and f'data-version="{editor.version}"' in page
    assert "SharedWorker" in editor.get("_preview/page.js") and "EventSource" in editor.get("_preview/worker.js")
    editor.save("order: 4", "order: 4\ndraft: true")
    draft = editor.get("zh/districts/yinghuo.html")
    assert 'class="draft"' in draft and "草稿" in draft


# ── documents ────────────────────────────────────────────────────────────────


def test_the_document_that_is_asked_for_is_made_and_no_other(editor: Editor) -> None:
    def made() -> set[str]:
        return {path.name for path in editor.folder.rglob("*.pdf")}

    assert editor.ask("/zh/sheets/yinghuo.pdf", "HEAD")[0] == 404 and made() == set()
    assert editor.ask("/zh/sheets/yinghuo.pdf")[1].startswith(b"%PDF-") and made() == {"yinghuo.pdf"}
    (first,) = editor.folder.rglob("*.pdf")
    before = first.read_bytes()
    editor.save("夜里关灯", "夜里熄灯")
    assert first.read_bytes() == before
    status, data = editor.ask("/zh/sheets/yinghuo.pdf")
    assert status == 200 and data != before and editor.nothing_for(0.3), "pages are as they were"
    assert editor.ask("/zh/sheets/nobody.pdf")[0] == 404


# ── who is answered ──────────────────────────────────────────────────────────

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
    assert not [*visited.folder.rglob("*.pdf")], "an <img> of another site has no document made"
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


# ── whatever happens ─────────────────────────────────────────────────────────

FAILING = """
import sys
sys.path.insert(0, {root!r})
import gazette.building.pipeline as pipeline
run = pipeline.run
def failing(output, settings, *more):
    text = (settings.content / {unit!r}).read_text("utf-8")
    for name in ("ZeroDivisionError", "MemoryError", "GeneratorExit", "OSError"):
        if name in text:
            raise getattr(__import__("builtins"), name)("as the test wants\\n\\x1b[31m")
    return run(output, settings, *more)
pipeline.run = failing
import build
sys.exit(build.main(sys.argv[1:]))
"""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_program_error_is_told_in_the_page_and_the_preview_goes_on(tmp_path: Path, language: str) -> None:
    """A build that fails as no build should: it is made to, when a unit's file says so."""
    script = tmp_path / "failing.py"
    script.write_text(FAILING.format(root=str(ROOT), unit=UNIT), "utf-8")
    with preview(tmp_path, language, program=script) as editor:
        for name in ("ZeroDivisionError", "MemoryError", "GeneratorExit"):
            editor.save("夜里关灯", f"夜里关灯 {name}")
            (told,) = editor.problems()
            words = {
                "zh": ("程序自身出错", "发给维护本程序的人"),
                "en": ("the program itself failed", "send the lines"),
            }
            assert name in told and all(each in told for each in words[language]) and "\x1b" not in told
            assert "Traceback" not in told.replace("“Traceback”", "").replace("Traceback 开头", "")
            assert f"{name}: as the test wants" in editor.terminal() and "Traceback" in editor.terminal()
            assert "夜里关灯" in editor.get(PAGE), "the site stays as it was"
            editor.save(f"夜里关灯 {name}", "夜里关灯")
            assert editor.problems() == []
        editor.save("夜里关灯", "夜里关灯 OSError")
        assert {"zh": "电脑不允许", "en": "the system refuses"}[language] in editor.problems()[0]
        editor.save("夜里关灯 OSError", "夜里熄灯")
        assert editor.problems() == [] and "夜里熄灯" in editor.get(PAGE)


def test_content_that_comes_and_goes(editor: Editor) -> None:
    editor.content.rename(editor.folder / "away")
    editor.hear()
    assert editor.problems() and "夜里关灯" in editor.get(PAGE)
    (editor.folder / "away").rename(editor.content)
    editor.hear()
    assert editor.problems() == []


# ── saves ────────────────────────────────────────────────────────────────────


def test_a_file_that_is_put_aside_and_written_anew_is_one_save(editor: Editor) -> None:
    unit = editor.content / UNIT
    for turn in range(3):
        text = unit.read_text("utf-8").replace("夜里关灯", f"夜里关灯{turn}")
        unit.rename(unit.with_name("yinghuo.yaml~"))
        for _ in range(10):
            time.sleep(0.02)
            assert editor.ask(f"/{PAGE}", "HEAD")[0] == 200
        unit.write_text(text, "utf-8")
        unit.with_name("yinghuo.yaml~").unlink()
        editor.hear()
        assert f"夜里关灯{turn}" in editor.get(PAGE) and editor.nothing_for(0.3), "one save, and no more"


def test_a_file_that_is_emptied_and_then_filled_is_one_save(editor: Editor) -> None:
    unit = editor.content / UNIT
    text = unit.read_text("utf-8").replace("夜里关灯", "夜里熄灯")
    unit.write_text("", "utf-8")
    assert editor.nothing_for(0.4) and editor.problems() == []
    unit.write_text(text, "utf-8")
    editor.hear()
    assert "夜里熄灯" in editor.get(PAGE) and editor.problems() == []


def test_a_file_that_stays_away_is_deleted(editor: Editor) -> None:
    (editor.content / "articles" / "about.en.md").unlink()
    editor.hear()
    assert "about.en.md" in editor.problems()[0]


def test_a_second_preview_of_the_same_site_hears_of_saves_too(tmp_path: Path) -> None:
    with preview(tmp_path) as first, preview(tmp_path) as second:
        first.change("夜里关灯", "夜里熄灯")
        for each in (first, second):
            each.hear()
            assert "夜里熄灯" in each.get(PAGE)
        assert first.version != second.version


# ── beginning and end ────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", "端口 {port} 已被其他程序占用"),
        ("en", "port {port} is taken by another program, perhaps another preview."),
    ],
)
def test_a_port_that_is_taken_is_told_with_one_that_is_free(tmp_path: Path, language: str, words: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, str(ROOT / "build.py"), "serve", "--content", str(ROOT / "tests" / "site")]
        command += ["--port", str(port), "--cache", str(tmp_path / "cache"), "--messages", language]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2 and done.stdout == "" and done.stderr.count("\n") == 1
    assert words.format(port=port) in done.stderr and "build.py:0" not in done.stderr
    free = int(done.stderr.rpartition("--port ")[2].split()[0].rstrip(".。"))
    with socket.create_server(("127.0.0.1", free)):
        assert free != port
    assert not (tmp_path / "cache").exists(), "nothing is built for it"


@pytest.mark.parametrize(("language", "words"), [("zh", "预览已结束。"), ("en", "The preview has ended.")])
def test_ended_it_says_so(tmp_path: Path, language: str, words: str) -> None:
    with preview(tmp_path, language) as editor:
        os.kill(editor.process.pid, signal.SIGINT)
        out, _ = editor.process.communicate(timeout=20)
        assert editor.process.returncode == 0 and out.strip() == words and editor.terminal() == ""


def test_the_version_is_that_of_a_page_s_making(editor: Editor) -> None:
    """A page that was made before a save knows it, however late its script runs."""
    old = editor.version
    editor.save("夜里关灯", "夜里熄灯")
    with urllib.request.urlopen(f"{editor.address}{PAGE}") as answer:
        assert f'data-version="{editor.version}"'.encode() in answer.read() and editor.version != old
