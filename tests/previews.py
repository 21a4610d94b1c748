"""A preview as it is used: the program in a process of its own, and somebody who edits."""

from __future__ import annotations

import http.client
import json
import queue
import re
import shutil
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from compiled import compiled

ROOT = Path(__file__).resolve().parent.parent
UNIT = "districts/yinghuo.yaml"


def documents(folder: Path) -> list[Path]:
    """The documents that were made below a folder; those of the content are none."""
    return [path for path in folder.rglob("*.pdf") if "files" not in path.parts]


class Editor:
    """Somebody who edits, with a browser open at the preview."""

    def __init__(self, folder: Path, process: subprocess.Popen[str], port: int) -> None:
        self.folder, self.content, self.process, self.port = folder, folder / "content", process, port
        self.address = f"http://127.0.0.1:{port}/"
        self.news: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        self.version = self.news.get(timeout=20)

    def _listen(self) -> None:
        try:
            with urllib.request.urlopen(f"{self.address}_preview/events") as events:
                for line in events:
                    if line.startswith(b"data: "):
                        self.news.put(line[6:].decode().strip())
        except (OSError, http.client.HTTPException):
            return  # the preview has ended

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path) as answer:
            return str(answer.read().decode())

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[int, bytes]:
        """The status and the body of an answer; a header's name with _ for -."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        found = answer.status, answer.read()
        connection.close()
        return found

    def change(self, old: str, new: str, file: str = UNIT) -> None:
        path = self.content / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    def save(self, old: str, new: str, file: str = UNIT) -> None:
        """Saves another text, and waits until the browser is told."""
        self.change(old, new, file)
        self.hear()

    def hear(self) -> None:
        self.version = self.news.get(timeout=20)

    def nothing_for(self, seconds: float) -> bool:
        """Whether the browser is told nothing for so long."""
        time.sleep(seconds)
        return self.news.empty()

    def problems(self) -> list[str]:
        return list(json.loads(self.get("_preview/problems"))["problems"])

    def terminal(self) -> str:
        """What the preview complained of."""
        return (self.folder / "stderr").read_text("utf-8")


@contextmanager
def preview(folder: Path, language: str = "zh", program: Path = ROOT / "build.py") -> Iterator[Editor]:
    """A preview of the small city, until the end of the context."""
    if not (folder / "content").exists():
        shutil.copytree(ROOT / "tests" / "site", folder / "content")
    command = [sys.executable, str(program), "serve", "--content", str(folder / "content"), "--port", "0"]
    command += ["--cache", str(compiled(folder / "cache")), "--messages", language]
    with (folder / "stderr").open("w") as stderr:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=stderr, text=True, cwd=folder)
    with process:
        assert process.stdout is not None
        found = re.search(r"http://127.0.0.1:(\d+)/", process.stdout.readline())
        assert found, (folder / "stderr").read_text("utf-8")
        try:
            yield Editor(folder, process, int(found[1]))
        finally:
            process.terminate()


@pytest.fixture
def editor(tmp_path: Path) -> Iterator[Editor]:
    with preview(tmp_path) as editor:
        yield editor
