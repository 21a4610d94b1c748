"""Finds the passphrase of a key. It never comes from the command line, which every user of the machine can see."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from gazette.messages.problems import FileProblems, Problem, reason_of

VARIABLE = "GAZETTE_PASSPHRASE"


def passphrases(file: Path | None, shown: str, prompt: str) -> Iterator[bytes]:
    """Yield the passphrases to try: the one in the file; without a file, the one in the environment; without either, an
    empty one (as many test keys have), and then the one that a person types after the `prompt`. Raises FileProblems for
    a file that cannot be read."""
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
    """Return the first line of a file, without its line break and without a byte order mark."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise FileProblems([Problem.at(shown, 0, 0, "system", reason=reason_of(error))]) from None
    return data.removeprefix(b"\xef\xbb\xbf").split(b"\n")[0].removesuffix(b"\r")
