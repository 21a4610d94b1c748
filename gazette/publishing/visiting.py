"""Visits the published site over HTTP, and compares what visitors get with what was published."""

from __future__ import annotations

import hashlib
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from email.message import Message
from typing import NamedTuple
from urllib.parse import quote

from gazette.messages.problems import Problem
from gazette.publishing.headers import plain_path
from gazette.publishing.in_place import OWN
from gazette.publishing.manifest import Manifest, parse_manifest
from gazette.publishing.order import LAST, in_order

MOST = 200
"""The most files that are requested: those that lead to the others, and those that changed."""

_SECONDS, _TRIES, _PAUSE = 20, 3, 1.0
_ABSENT = "there-is-no-such-page.html"


class Visit(NamedTuple):
    """The result of a visit: how many files were requested (0 if the site does not answer), the problems, and the
    headers that the web server should also send."""

    asked: int
    otherwise: tuple[Problem, ...]
    headers: tuple[str, ...]


class _Answer(NamedTuple):
    status: int
    body: bytes
    headers: Message


def visit(address: str, manifest: Manifest, changed: Iterable[str]) -> Visit:
    """Request what leads to all files, and some of the `changed` ones, at the `address` of a site.

    A file that differs is requested again, because caches need time. If the site does not answer, that is the only
    problem.
    """
    if _ask(address) is None:
        return Visit(0, (Problem.at("", 0, 0, "visit_silent", found=address),), ())
    first = [path for path in manifest.files if path.rpartition("/")[2] in LAST]
    plain = [path for path in dict.fromkeys([*first, *in_order(changed)]) if plain_path(path) == path]
    wanted = [path for path in plain if path in manifest.files][:MOST]
    problems: dict[str, Problem] = {}
    for number in range(_TRIES):
        if number:
            time.sleep(_PAUSE)
        wrong = {path: _compared(address, path, manifest) for path in (problems if number else wanted)}
        problems = {path: problem for path, problem in wrong.items() if problem}
        if not problems:
            break
    last = filter(None, (_absence(address), _own(address)))
    return Visit(len(wanted), (*problems.values(), *last), tuple(_missing_headers(address)))


def _compared(address: str, path: str, manifest: Manifest) -> Problem | None:
    """Return the problem of a file; None if it is as it was published."""
    url = address + quote(path)
    answer = _ask(url)
    status = answer.status if answer else 0
    if answer and status == 200 and hashlib.sha256(answer.body).hexdigest() == manifest.files[path].sha256:
        return None
    code = "visit_other" if status == 200 else "visit_status" if status else "visit_silent"
    return Problem.at("", 0, 0, code, found=url, status=status)


def _absence(address: str) -> Problem | None:
    """Return a problem if a missing page is not answered with 404: search engines would keep deleted pages."""
    answer = _ask(address + _ABSENT)
    is_404 = answer is not None and answer.status == 404
    return None if is_404 else Problem.at("", 0, 0, "visit_no_404", found=address + _ABSENT)


def _own(address: str) -> Problem | None:
    """Return a problem if visitors can read the program's own folder, which names who published and holds what was
    withdrawn."""
    url = f"{address}{OWN}/live.json"
    answer = _ask(url)
    is_given = answer is not None and answer.status == 200 and parse_manifest(answer.body) is not None
    return Problem.at("", 0, 0, "visit_own", found=f"{address}{OWN}/") if is_given else None


def _missing_headers(address: str) -> Iterator[str]:
    """Yield the headers that a web server should send and does not."""
    answer = _ask(address)
    if answer is None:
        return
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Cache-Control"):
        if not answer.headers.get(name):
            yield name
    if "charset=utf-8" not in answer.headers.get("Content-Type", "").lower().replace('"', ""):
        yield "Content-Type: text/html; charset=utf-8"


def _ask(url: str) -> _Answer | None:
    """Return the answer to a request; None if there was none."""
    request = urllib.request.Request(url, headers={"User-Agent": "Gazette", "Cache-Control": "no-cache"})
    try:
        with urllib.request.build_opener().open(request, timeout=_SECONDS) as answer:
            return _Answer(answer.status, answer.read(), answer.headers)
    except urllib.error.HTTPError as error:
        with error:
            return _Answer(error.code, error.read(), error.headers)
    except OSError:
        return None
