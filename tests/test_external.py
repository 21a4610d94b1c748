"""The addresses that the content cites, asked at a real server: politely, with a record, and with what is wrong in its
place."""

from __future__ import annotations

import http.server
import re
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cut_down import one_unit
from program import SITE, run

from gazette.office.external import Answer, Noted, ask, ask_all, cited, read_record, write_record


class _Answers(http.server.BaseHTTPRequestHandler):
    """What each address answers; who asked, how and when is noted at the server."""

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        asked: list[tuple[str, str, float, str]] = self.server.asked  # type: ignore[attr-defined]
        asked.append((self.command, self.path, time.monotonic(), self.headers["User-Agent"]))
        name = urlsplit(self.path).path.strip("/")
        statuses = {"gone": 404, "moved": 301, "for-now": 302, "circle": 301, "shy": 403, "broken": 503}
        status = statuses.get(name, 200)
        if name == "no-head" and self.command == "HEAD":
            status = 405
        if name == "slow":
            time.sleep(1)
        body = b""
        if name == "robots.txt":
            status, body = self.server.rules[0], self.server.rules[1].encode()  # type: ignore[attr-defined]
        self.send_response(status)
        if status in (301, 302):
            self.send_header("Location", "/circle" if name == "circle" else "/there")
        self.send_header("Content-Length", f"{len(body)}")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Tests are silent."""


@pytest.fixture
def web() -> Iterator[http.server.ThreadingHTTPServer]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Answers) as server:
        server.asked, server.rules = [], (200, "")  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        server.shutdown()


def at(web: http.server.ThreadingHTTPServer, path: str) -> str:
    return f"http://127.0.0.1:{web.server_port}/{path}"


@pytest.mark.parametrize(
    ("path", "status", "to", "is_good"),
    [
        ("there", 200, "", True),
        ("no-head", 200, "", True),
        ("gone", 404, "", False),
        ("moved", 200, "there", True),
        ("for-now", 200, "", True),
        ("circle", 301, "", False),
        ("shy", 403, "", True),
        ("broken", 503, "", False),
        ("slow", 0, "", False),
        ("中文?问=答#这里", 200, "", True),
    ],
)
def test_what_an_address_answers(
    web: http.server.ThreadingHTTPServer, path: str, status: int, to: str, is_good: bool
) -> None:
    answer = ask(at(web, path), 0.4)
    assert answer == Answer(status, at(web, to) if to else "") and answer.is_good == is_good


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/", "http://no-such-host.invalid/", "http://[::1/", "http://a b/"]
)
def test_nobody_is_no_traceback(address: str) -> None:
    assert ask(address, 2) == Answer(0)


def test_a_host_is_asked_one_question_at_a_time(web: http.server.ThreadingHTTPServer) -> None:
    addresses = [at(web, f"{number}") for number in range(4)]
    told: list[tuple[int, int]] = []
    found = ask_all([*addresses, addresses[0]], lambda done, count: told.append((done, count)), pause=0.1)
    assert list(found) == addresses and told[-1] == (4, 4)
    asked = web.asked  # type: ignore[attr-defined]
    assert [path for _, path, _, _ in asked] == ["/robots.txt", *(f"/{number}" for number in range(4))]
    assert all(after[2] - before[2] >= 0.1 for before, after in pairwise(asked))
    assert [method for method, _, _, _ in asked] == ["GET", *["HEAD"] * 4]
    assert all("Gazette" in agent for _, _, _, agent in asked)


@pytest.mark.parametrize(
    ("status", "rules", "let"),
    [
        (200, "User-agent: *\nDisallow: /1", {"0"}),
        (200, "User-agent: *\nDisallow: /\n\nUser-agent: gazette\nAllow: /1\nDisallow: /\n", {"1"}),
        (200, "<html>no such file</html>", {"0", "1"}),
        (200, "", {"0", "1"}),
        (403, "User-agent: *\nDisallow: /", {"0", "1"}),
        (404, "", {"0", "1"}),
        (503, "", set()),
    ],
)
def test_a_site_is_asked_for_what_it_lets_programs_see(
    web: http.server.ThreadingHTTPServer, status: int, rules: str, let: set[str]
) -> None:
    web.rules = status, rules  # type: ignore[attr-defined]
    found = ask_all([at(web, "0"), at(web, "1")], pause=0)
    assert {*found} == {at(web, path) for path in let}
    asked = [path for _, path, _, _ in web.asked]  # type: ignore[attr-defined]
    assert {*asked} == {"/robots.txt", *(f"/{path}" for path in let)} and asked.count("/robots.txt") == 1


def test_a_site_says_how_long_to_wait(web: http.server.ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    for rules in ("User-agent: *\nCrawl-delay: 7", "User-agent: *\nCrawl-delay: 900"):
        web.rules = 200, rules  # type: ignore[attr-defined]
        ask_all([at(web, "0")], pause=1)
    assert waited == [7, 30]


def test_addresses_are_found_where_they_stand() -> None:
    found = cited(SITE)
    assert len(found) > 5 and {each.path.rpartition("/")[2] for each in found} >= {"zhiyuan.yaml", "site.yaml"}
    for each in found:
        lines = Path(each.path).read_text("utf-8").splitlines() if Path(each.path).exists() else []
        assert not lines or each.address in "".join(lines[each.line - 1 : each.line + 8]), each


def test_the_record_remembers_the_last_good_answer(tmp_path: Path) -> None:
    write_record(tmp_path, {"http://b/": Answer(200), "http://a/": Answer(404)}, "2031-10-01")
    record = write_record(tmp_path, {"http://b/": Answer(0), "http://a/": Answer(404)}, "2031-11-01")
    assert record == read_record(tmp_path)
    assert record == {"http://a/": Noted("2031-11-01", 404, ""), "http://b/": Noted("2031-11-01", 0, "2031-10-01")}
    assert list(record) == ["http://a/", "http://b/"]
    assert write_record(tmp_path, {"http://a/": Answer(200)}, "2031-12-01") == {
        "http://a/": Noted("2031-12-01", 200, "2031-12-01")
    }
    assert write_record(tmp_path, {}, "2032-01-01", ["http://a/", "http://never/"]) == read_record(tmp_path)
    assert read_record(tmp_path) == {"http://a/": Noted("2031-12-01", 200, "2031-12-01")}
    (tmp_path / "links.tsv").write_bytes(b"\xff")
    assert read_record(tmp_path) == {}


def test_the_record_may_be_read_by_whom_the_content_may(tmp_path: Path) -> None:
    """It is kept with the content, which colleagues and servers read too."""
    write_record(tmp_path, {"http://a/": Answer(200)}, "2031-10-01")
    (tmp_path / "site.yaml").touch()
    assert (tmp_path / "links.tsv").stat().st_mode == (tmp_path / "site.yaml").stat().st_mode


def test_the_command_tells_what_does_not_answer_and_where(web: http.server.ThreadingHTTPServer, tmp_path: Path) -> None:
    """The settings of the surroundings lead to the server, as an office's own proxy would."""
    content, site = tmp_path / "content", tmp_path / "content" / "site.yaml"
    one_unit(content)
    for path in (path for path in content.rglob("*") if path.suffix in (".yaml", ".md") and path.name != "words.yaml"):
        path.write_text(path.read_text("utf-8").replace("https://", "http://"), "utf-8")
    [first, *_] = (each for each in cited(content) if each.path.endswith("site.yaml"))
    told = {}
    for answer in ("gone", "moved"):
        text = site.read_text("utf-8")
        site.write_text(
            re.sub(re.escape(first.address) + "|http://example.org/gone", f"http://example.org/{answer}", text)
        )
        proxy = {"http_proxy": at(web, ""), "no_proxy": ""}
        told[answer] = run("check", "--external", "--cache", str(tmp_path / "cache"), content=content, env=proxy)
    web.rules = 200, "User-agent: *\nDisallow: /"  # type: ignore[attr-defined]
    shut = run("check", "--external", "--cache", str(tmp_path / "cache"), content=content, env=proxy)
    assert shut.returncode == 0 and "robots.txt" in shut.stdout and "http://example.org/moved" in shut.stdout
    gone, moved = told.values()
    assert gone.returncode == 1, gone.stdout + gone.stderr
    assert (
        f"site.yaml:{first.line}:" in gone.stderr
        and "the address http://example.org/gone answered with status 404" in gone.stderr
    )
    assert "No proper answer: 1" in gone.stdout
    assert moved.returncode == 0 and "has moved permanently, to http://example.org/there" in moved.stderr
    assert "moved permanently: 1" in moved.stdout
    assert "http://example.org/moved\t" in (content / "links.tsv").read_text("utf-8")
