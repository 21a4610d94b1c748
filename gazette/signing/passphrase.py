"""Where the passphrase of a key comes from. Never from the command line, where every user of a machine sees it."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from gazette.messages.problems import FileProblems, Problem, reason_of

VARIABLE = "GAZETTE_PASSPHRASE"


def passphrases(file: Path | None, shown: str, prompt: str) -> Iterator[bytes]:
    """What may open a key: what the file says, else the environment, else nothing (many test keys have none), and at
    last what is typed at the terminal after a `prompt`. Raises FileProblems for a file that cannot be read."""
    if file is not None:
        yield _first_line(file, shown)
    elif VARIABLE in os.environ:
        yield os.environ[VARIABLE].encode()
    else:
        yield b""
        if sys.stdin is not None and sys.stdin.isatty():
            try:
                yield getpass.getpass(prompt).encode()
            except EOFError:
                return


def _first_line(file: Path, shown: str) -> bytes:
    """Editors end a line with a line break, and some begin a file with a mark."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise FileProblems([Problem.at(shown, 0, 0, "system", reason=reason_of(error))]) from None
    return data.removeprefix(b"\xef\xbb\xbf").split(b"\n")[0].removesuffix(b"\r")
