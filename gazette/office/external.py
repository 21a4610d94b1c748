"""Checks whether the web addresses that the content cites still answer, and keeps the result in a record beside it.

Each host gets one request at a time, with a pause, if its robots.txt allows it. links.tsv has a sorted line for each
address: address, tab, day of the last request, tab, status (0: no answer), tab, day of the last good answer (or -).
"""

from __future__ import annotations

import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit, urlunsplit

from gazette.files.atomic import write
from gazette.messages.problems import Problem
from gazette.office.robots import AGENT, Rules, rules_of
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.file_reader import read_nodes, read_shared
from gazette.reading.files.listing import FOLDERS, NOTICES, Listing
from gazette.reading.yaml.nodes import Node

NAME = "links.tsv"
PAUSE, PATIENCE, HOSTS = 1.0, 20.0, 8
"""Seconds between two requests to a host, seconds to wait for an answer, and the number of hosts at once."""

_NOT_OURS = ("publish.yaml", "tables.yaml", "words.yaml")
_LINK = re.compile(r"\]\((https?://[^\s()]+)\)")
_SHY = (401, 403, 405, 429)
"""Statuses that mean that something is there but not for programs."""
_NO_HEAD = (400, 403, 404, 405, 500, 501, 503)
"""Statuses with which servers refuse a HEAD that they would answer as a GET."""
_FOR_GOOD = (301, 308)
_HEADERS = {"User-Agent": f"{AGENT} (checks the sources it cites)", "Accept": "*/*"}
_KEPT = "/%:@!$&'()*+,;=~-._[]?"


class Cited(NamedTuple):
    """An address and its place: the file as an editor types it, line and column (from 1)."""

    address: str
    path: str
    line: int
    column: int


class Answer(NamedTuple):
    """An answer: the HTTP status, 0 without an answer; `to` is where the address has moved for good, else ""."""

    status: int
    to: str = ""

    @property
    def is_good(self) -> bool:
        """True if something is at the address, even if programs may not see it."""
        return 200 <= self.status < 300 or self.status in _SHY


class Noted(NamedTuple):
    """A line of the record. Days are ISO 8601; `answered` is "" if there never was a good answer."""

    asked: str
    status: int
    answered: str


# ── cited addresses ──────────────────────────────────────────────────────────


def cited(root: Path) -> list[Cited]:
    """Return the addresses of a content folder, in the order of its files. Files that cannot be read are skipped:
    `check` reports them."""
    diagnostics = Diagnostics(root, Listing(root))
    return [each for path in _files(root) for each in _cited_in(diagnostics, path)]


def _files(root: Path) -> Iterator[Path]:
    yield from (path for path in sorted(root.glob("*.yaml")) if path.name not in _NOT_OURS)
    for folder in (*FOLDERS, NOTICES):
        yield from sorted(path for path in (root / folder).glob("*") if path.suffix in (".yaml", ".md"))


def _cited_in(diagnostics: Diagnostics, path: Path) -> Iterator[Cited]:
    path_shown = diagnostics.display(path)
    if path.suffix == ".yaml":
        node = read_nodes(diagnostics, path)
        yield from _in_node(path_shown, node) if node else ()
        return
    for number, line in enumerate((read_shared(diagnostics, path) or "").splitlines(), 1):
        yield from (Cited(match[1], path_shown, number, match.start(1) + 1) for match in _LINK.finditer(line))


def _in_node(path: str, node: Node, key: str = "") -> Iterator[Cited]:
    for name, value in node.items or ():
        yield from _in_node(path, value, name.scalar or "")
    for entry in node.entries or ():
        yield from _in_node(path, entry)
    text = node.scalar or ""
    if key == "url" and text.startswith(("http://", "https://")):
        yield Cited(text, path, node.line, node.column)
    else:
        yield from (Cited(match[1], path, node.line, node.column) for match in _LINK.finditer(text))


# ── requests ─────────────────────────────────────────────────────────────────


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects, and keeps their statuses, which say whether all of them are permanent."""

    def __init__(self) -> None:
        self.codes: list[int] = []

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        self.codes.append(code)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def ask(address: str, patience: float = PATIENCE) -> Answer:
    """Return the answer of an address: to a HEAD, or if the server refuses that, to a GET whose body is not read.
    `patience` is in seconds."""
    answer = _ask(address, "HEAD", patience)
    return _ask(address, "GET", patience) if answer.status in _NO_HEAD else answer


def _ask(address: str, method: str, patience: float) -> Answer:
    redirects = _Redirects()
    opener = urllib.request.build_opener(redirects)
    try:
        request = urllib.request.Request(_encoded(address), headers=_HEADERS, method=method)
        with opener.open(request, timeout=patience) as response:
            is_for_good = bool(redirects.codes) and {*redirects.codes} <= {*_FOR_GOOD}
            return Answer(response.status, response.url if is_for_good else "")
    except urllib.error.HTTPError as error:
        error.close()
        return Answer(error.code)
    except (OSError, ValueError, UnicodeError):  # no such host, no answer, or an address that no browser accepts
        return Answer(0)
    except Exception as error:  # the answer is not HTTP
        if type(error).__module__ != "http.client":
            raise
        return Answer(0)


def _encoded(address: str) -> str:
    """Return an address in ASCII, with Chinese characters encoded."""
    parts = urlsplit(address)
    host = (parts.hostname or "").encode("idna").decode() + (f":{parts.port}" if parts.port else "")
    return urlunsplit((parts.scheme, host, quote(parts.path, _KEPT), quote(parts.query, _KEPT), ""))


def ask_all(
    addresses: Iterable[str],
    tell: Callable[[int, int], None] = lambda _done, _count: None,
    pause: float = PAUSE,
    patience: float = PATIENCE,
) -> dict[str, Answer]:
    """Return the answer of each address that its site allows programs to request.

    Each host gets one request at a time, `pause` seconds apart, or longer if it asks for that. `tell` is called with
    the number done and the number of all.
    """
    hosts: dict[str, list[str]] = {}
    for address in dict.fromkeys(addresses):
        hosts.setdefault(urlsplit(address).netloc, []).append(address)
    count, answers, done = sum(map(len, hosts.values())), dict[str, Answer](), list[str]()

    def visit(of_host: list[str]) -> None:
        rules: dict[str, Rules] = {}
        for address in of_host:
            scheme = urlsplit(address).scheme
            if scheme not in rules:
                rules[scheme] = rules_of(address, _HEADERS, patience)
            if rules[scheme].let(address):
                time.sleep(max(pause, rules[scheme].pause))
                answers[address] = ask(address, patience)
            done.append(address)
            tell(len(done), count)

    with ThreadPoolExecutor(HOSTS) as workers:
        for each in [workers.submit(visit, addresses_of_host) for addresses_of_host in hosts.values()]:
            each.result()
    return answers


# ── the record ───────────────────────────────────────────────────────────────


def read_record(root: Path) -> dict[str, Noted]:
    """Return the record of a content folder, by address. Lines that cannot be read are skipped."""
    try:
        lines = (root / NAME).read_text("utf-8").splitlines()
    except (FileNotFoundError, UnicodeDecodeError):
        return {}
    rows = (line.split("\t") for line in lines)
    return {
        row[0]: Noted(row[1], int(row[2]), "" if row[3] == "-" else row[3])
        for row in rows
        if len(row) == 4 and row[2].isdecimal()
    }


def write_record(
    root: Path, answers: Mapping[str, Answer], day: str, unasked: Collection[str] = ()
) -> dict[str, Noted]:
    """Record the answers of a `day` (ISO 8601), and return the record. Addresses that are no longer cited are dropped;
    those `unasked` keep their line. Raises OSError."""
    before = read_record(root)
    record = {address: before[address] for address in unasked if address in before}
    for address, answer in answers.items():
        answered = day if answer.is_good else before[address].answered if address in before else ""
        record[address] = Noted(day, answer.status, answered)
    record = dict(sorted(record.items()))
    lines = (f"{address}\t{n.asked}\t{n.status}\t{n.answered or '-'}\n" for address, n in record.items())
    write(root / NAME, "".join(lines).encode())
    return record


def problems(places: Iterable[Cited], answers: Mapping[str, Answer], record: Mapping[str, Noted]) -> Iterator[Problem]:
    """Yield a problem for each place of an address that does not answer, or has moved for good."""
    for each in (each for each in places if each.address in answers):
        answer, last = answers[each.address], record[each.address].answered or "–"
        if not answer.is_good:
            code = "link_status" if answer.status else "link_silent"
            values = {"found": each.address, "status": answer.status, "last": last}
            yield Problem.at(each.path, each.line, each.column, code, **values)
        elif answer.to and answer.to.rstrip("/") != _encoded(each.address).rstrip("/"):
            yield Problem.at(each.path, each.line, each.column, "link_moved", found=each.address, to=answer.to)
