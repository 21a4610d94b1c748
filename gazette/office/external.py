"""Whether the web addresses that the content cites still answer: asked one after the other for each host, with a pause,
where its robots.txt lets us, and kept with the day in a record beside the content.

links.tsv: address, tab, day of the last question, tab, what was answered (a status; 0 for nothing), tab, day of the
last good answer (or -); sorted, a line each.
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
"""Seconds between two questions to a host, seconds after which none is answered any more, and hosts at once."""

_NOT_OURS = ("publish.yaml", "tables.yaml", "words.yaml")
_LINK = re.compile(r"\]\((https?://[^\s()]+)\)")
_SHY = (401, 403, 405, 429)
"""Something is there, and is not shown to programs."""
_NO_HEAD = (400, 403, 404, 405, 500, 501, 503)
"""What servers say to a HEAD that they would answer as a GET."""
_FOR_GOOD = (301, 308)
_HEADERS = {"User-Agent": f"{AGENT} (checks the sources it cites)", "Accept": "*/*"}
_KEPT = "/%:@!$&'()*+,;=~-._[]?"


class Cited(NamedTuple):
    """An address, and where it stands: the file as an editor types it, line and column (from 1)."""

    address: str
    path: str
    line: int
    column: int


class Answer(NamedTuple):
    """What came: a status of HTTP, 0 where nothing did; where the address has moved `to` for good, if it has."""

    status: int
    to: str = ""

    @property
    def is_good(self) -> bool:
        return 200 <= self.status < 300 or self.status in _SHY


class Noted(NamedTuple):
    """A line of the record: days are ISO 8601, `answered` is empty where it never was."""

    asked: str
    status: int
    answered: str


# ── what is cited ────────────────────────────────────────────────────────────


def cited(root: Path) -> list[Cited]:
    """The addresses of a content folder, in the order of its files. Files that cannot be read are left out: what is
    wrong with them `check` says."""
    diagnostics = Diagnostics(root, Listing(root))
    return [each for path in _files(root) for each in _cited_in(diagnostics, path)]


def _files(root: Path) -> Iterator[Path]:
    yield from (path for path in sorted(root.glob("*.yaml")) if path.name not in _NOT_OURS)
    for folder in (*FOLDERS, NOTICES):
        yield from sorted(path for path in (root / folder).glob("*") if path.suffix in (".yaml", ".md"))


def _cited_in(diagnostics: Diagnostics, path: Path) -> Iterator[Cited]:
    shown = diagnostics.display(path)
    if path.suffix == ".yaml":
        node = read_nodes(diagnostics, path)
        yield from _in_node(shown, node) if node else ()
        return
    for number, line in enumerate((read_shared(diagnostics, path) or "").splitlines(), 1):
        yield from (Cited(match[1], shown, number, match.start(1) + 1) for match in _LINK.finditer(line))


def _in_node(shown: str, node: Node, key: str = "") -> Iterator[Cited]:
    for name, value in node.items or ():
        yield from _in_node(shown, value, name.scalar or "")
    for entry in node.entries or ():
        yield from _in_node(shown, entry)
    text = node.scalar or ""
    if key == "url" and text.startswith(("http://", "https://")):
        yield Cited(text, shown, node.line, node.column)
    else:
        yield from (Cited(match[1], shown, node.line, node.column) for match in _LINK.finditer(text))


# ── asking ───────────────────────────────────────────────────────────────────


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows, and remembers whether every step was for good."""

    def __init__(self) -> None:
        self.codes: list[int] = []

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        self.codes.append(code)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def ask(address: str, patience: float = PATIENCE) -> Answer:
    """What an address answers: to a HEAD, and where that is not understood, to a GET of which nothing is read."""
    answer = _ask(address, "HEAD", patience)
    return _ask(address, "GET", patience) if answer.status in _NO_HEAD else answer


def _ask(address: str, method: str, patience: float) -> Answer:
    redirects = _Redirects()
    opener = urllib.request.build_opener(redirects)
    try:
        request = urllib.request.Request(_encoded(address), headers=_HEADERS, method=method)
        with opener.open(request, timeout=patience) as found:
            is_for_good = bool(redirects.codes) and {*redirects.codes} <= {*_FOR_GOOD}
            return Answer(found.status, found.url if is_for_good else "")
    except urllib.error.HTTPError as error:
        error.close()
        return Answer(error.code)
    except (OSError, ValueError, UnicodeError):  # no such host, no answer, an address that no browser would take
        return Answer(0)
    except Exception as error:  # what is answered is no HTTP
        if type(error).__module__ != "http.client":
            raise
        return Answer(0)


def _encoded(address: str) -> str:
    """An address as it travels: Chinese characters are encoded."""
    parts = urlsplit(address)
    place = (parts.hostname or "").encode("idna").decode() + (f":{parts.port}" if parts.port else "")
    return urlunsplit((parts.scheme, place, quote(parts.path, _KEPT), quote(parts.query, _KEPT), ""))


def ask_all(
    addresses: Iterable[str],
    tell: Callable[[int, int], None] = lambda _done, _count: None,
    pause: float = PAUSE,
    patience: float = PATIENCE,
) -> dict[str, Answer]:
    """What each address answers that its site lets programs ask for: to each host one question at a time, with a pause
    in between, or the longer one that it wants. `tell` is called with how many are done, of how many."""
    hosts: dict[str, list[str]] = {}
    for address in dict.fromkeys(addresses):
        hosts.setdefault(urlsplit(address).netloc, []).append(address)
    count, found, done = sum(map(len, hosts.values())), dict[str, Answer](), list[str]()

    def visit(own: list[str]) -> None:
        rules: dict[str, Rules] = {}
        for address in own:
            scheme = urlsplit(address).scheme
            if scheme not in rules:
                rules[scheme] = rules_of(address, _HEADERS, patience)
            if rules[scheme].let(address):
                time.sleep(max(pause, rules[scheme].pause))
                found[address] = ask(address, patience)
            done.append(address)
            tell(len(done), count)

    with ThreadPoolExecutor(HOSTS) as workers:
        for each in [workers.submit(visit, own) for own in hosts.values()]:
            each.result()
    return found


# ── the record ───────────────────────────────────────────────────────────────


def read_record(root: Path) -> dict[str, Noted]:
    """The record of a content folder, by address; lines that cannot be read are left out."""
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
    """Note what was answered on a `day` (ISO 8601); what is cited no longer is left out, and of what was not asked for
    stays what was known. Returns the record. Raises OSError."""
    before = read_record(root)
    found = {address: before[address] for address in unasked if address in before}
    for address, answer in answers.items():
        answered = day if answer.is_good else before[address].answered if address in before else ""
        found[address] = Noted(day, answer.status, answered)
    found = dict(sorted(found.items()))
    lines = (f"{address}\t{n.asked}\t{n.status}\t{n.answered or '-'}\n" for address, n in found.items())
    write(root / NAME, "".join(lines).encode())
    return found


def problems(places: Iterable[Cited], answers: Mapping[str, Answer], record: Mapping[str, Noted]) -> Iterator[Problem]:
    """What is to be told of each place: an address that does not answer, and one that has moved for good."""
    for each in (each for each in places if each.address in answers):
        answer, last = answers[each.address], record[each.address].answered or "–"
        if not answer.is_good:
            code = "link_status" if answer.status else "link_silent"
            values = {"found": each.address, "status": answer.status, "last": last}
            yield Problem.at(each.path, each.line, each.column, code, **values)
        elif answer.to and answer.to.rstrip("/") != _encoded(each.address).rstrip("/"):
            yield Problem.at(each.path, each.line, each.column, "link_moved", found=each.address, to=answer.to)
