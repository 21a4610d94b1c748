"""What a site lets programs ask for: its robots.txt (RFC 9309).

The standard library understands the file. It is fetched here, since the library's own `read` waits for ever, reads
without end, fails where the bytes are no UTF-8, and takes 401 and 403 for a ban, which RFC 9309 (2.3.1.3) does not.
"""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from typing import NamedTuple
from urllib.parse import urljoin
from urllib.robotparser import RobotFileParser

AGENT = "Gazette"
"""What we are called there."""

_MOST, _LONGEST = 512_000, 30.0
"""Bytes that are read of such a file (RFC 9309, 2.5, asks for no fewer than 500 KiB), and seconds that a site may want
between two questions."""

_NOTHING = ("User-agent: *", "Disallow: /")


class Rules(NamedTuple):
    """The rules of one site, as they are for us; `pause` is that between two questions, in seconds."""

    parser: RobotFileParser
    pause: float

    def let(self, address: str) -> bool:
        """Whether an address may be asked for."""
        return self.parser.can_fetch(AGENT, address)


def rules_of(address: str, headers: dict[str, str], patience: float) -> Rules:
    """The rules of the site of an address. Where there is no such file, nothing is forbidden; where the server fails,
    everything is (2.3.1.4); where nobody answers, whoever asks for the address itself finds that."""
    parser, lines = RobotFileParser(), list[str]()
    try:
        request = urllib.request.Request(urljoin(address, "/robots.txt"), headers=headers)
        with urllib.request.build_opener().open(request, timeout=patience) as found:
            lines = found.read(_MOST).decode("utf-8", "replace").splitlines()
    except urllib.error.HTTPError as error:
        error.close()
        lines = [*_NOTHING] if error.code >= 500 else []
    except (OSError, ValueError, http.client.HTTPException):
        lines = []
    parser.parse(lines)
    return Rules(parser, min(float(parser.crawl_delay(AGENT) or 0), _LONGEST))
