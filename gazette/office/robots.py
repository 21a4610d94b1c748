"""Reads what a site lets programs request: its robots.txt (RFC 9309).

The standard library parses the file. It is fetched here, since the library's own `read` has no timeout and no limit of
size, fails on bytes that are not UTF-8, and takes 401 and 403 for a ban, which RFC 9309 (2.3.1.3) does not.
"""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from typing import NamedTuple
from urllib.parse import urljoin
from urllib.robotparser import RobotFileParser

AGENT = "Gazette"
"""Our name in robots.txt."""

_MOST, _LONGEST = 512_000, 30.0
"""The most bytes that are read of such a file (RFC 9309, 2.5, requires at least 500 KiB), and the most seconds that a
site may ask for between two requests."""

_NOTHING = ("User-agent: *", "Disallow: /")


class Rules(NamedTuple):
    """The rules of one site for us; `pause` is the time between two requests, in seconds."""

    parser: RobotFileParser
    pause: float

    def let(self, address: str) -> bool:
        """Return whether an address may be requested."""
        return self.parser.can_fetch(AGENT, address)


def rules_of(address: str, headers: dict[str, str], patience: float) -> Rules:
    """Return the rules of the site of an address. Without such a file everything is allowed; if the server fails,
    nothing (RFC 9309, 2.3.1.4). If nobody answers, everything is allowed, and the request for the address itself
    fails."""
    parser, lines = RobotFileParser(), list[str]()
    try:
        request = urllib.request.Request(urljoin(address, "/robots.txt"), headers=headers)
        with urllib.request.build_opener().open(request, timeout=patience) as response:
            lines = response.read(_MOST).decode("utf-8", "replace").splitlines()
    except urllib.error.HTTPError as error:
        error.close()
        lines = [*_NOTHING] if error.code >= 500 else []
    except (OSError, ValueError, http.client.HTTPException):
        lines = []
    parser.parse(lines)
    return Rules(parser, min(float(parser.crawl_delay(AGENT) or 0), _LONGEST))
