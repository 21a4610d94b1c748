"""Calls the program as a user does, and reads the folder that it made."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from unittest import mock

from compiled import compiled

from build import main

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "tests" / "site"
"""The content of the invented city."""

Done = subprocess.CompletedProcess[str]


def run(*arguments: str, content: Path = SITE, env: Mapping[str, str] | None = None) -> Done:
    """The program as if in a process of its own, with nobody at the terminal; what it says is English."""
    return called([*arguments, "--content", str(content), "--messages", "en"], ROOT, env or {})


def apart(*arguments: str, content: Path = SITE) -> Done:
    """The same in a process of its own, which takes along what large builds leave behind."""
    command = [sys.executable, str(ROOT / "build.py"), *arguments, "--content", str(content), "--messages", "en"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def called(arguments: list[str], folder: Path, env: Mapping[str, str]) -> Done:
    """The program in this process, which saves a third of a second each time; that it is the same in one of its own
    is for the tests of the command, of processes and of surroundings. An error that nobody expects goes on upwards."""
    said, complained = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with _in(folder, env), contextlib.redirect_stdout(said), contextlib.redirect_stderr(complained):
        try:
            status = main(arguments)
        except SystemExit as left:  # after --help
            status = int(left.code or 0)
    out, err = (stream.detach().getvalue().decode() for stream in (said, complained))  # type: ignore[attr-defined]
    return subprocess.CompletedProcess(arguments, status, out, err)


@contextlib.contextmanager
def _in(folder: Path, env: Mapping[str, str]) -> Iterator[None]:
    """A folder where the program is called, what is set there, and nothing to read."""
    with mock.patch.dict(os.environ, env), contextlib.chdir(folder), Path(os.devnull).open() as nothing:
        time.tzset()
        with mock.patch.object(sys, "stdin", nothing):
            yield
    time.tzset()


def build(content: Path, output: Path, *more: str, cache: Path | None = None, call: Callable[..., Done] = run) -> Path:
    """A build that must succeed, with a cache beside the output folder; returns the output folder."""
    cache = compiled(cache or output.with_name(f"{output.name}-cache"))
    done = call("--output", str(output), "--cache", str(cache), *more, content=content)
    assert done.returncode == 0, done.stderr
    return output


def tree(folder: Path) -> dict[str, bytes]:
    """The files of a folder by their paths."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
