"""The preview, as an editor uses it: a save is seen at once, a mistake is told in the page until it is mended."""

from __future__ import annotations

import json
import queue
import re
import shutil
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


class Editor:
    """Somebody who edits, with a browser open at the preview."""

    def __init__(self, content: Path, address: str) -> None:
        self.unit, self.address = content / "districts" / "yinghuo.yaml", address
        self.news: queue.Queue[int] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        self.news.get(timeout=20)

    def _listen(self) -> None:
        with urllib.request.urlopen(f"{self.address}_preview/events") as events:
            for line in events:
                if line.startswith(b"data: "):
                    self.news.put(int(line[6:]))

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path) as answer:
            return str(answer.read().decode())

    def save(self, old: str, new: str) -> None:
        """Saves another text, and waits until the browser is told."""
        self.unit.write_text(self.unit.read_text("utf-8").replace(old, new), "utf-8")
        self.news.get(timeout=20)

    def problems(self) -> list[str]:
        return list(json.loads(self.get("_preview/problems"))["problems"])


@pytest.fixture
def editor(tmp_path: Path) -> Iterator[Editor]:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "tests" / "site", content)
    command = [sys.executable, str(ROOT / "build.py"), "serve", "--content", str(content), "--port", "0"]
    command += ["--cache", str(tmp_path / "cache"), "--messages", "zh"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=tmp_path) as process:
        assert process.stdout is not None
        found = re.search(r"http://\S+?/", process.stdout.readline())
        assert found
        try:
            yield Editor(content, found.group())
        finally:
            process.terminate()


def test_a_save_is_seen_and_a_mistake_is_told_until_it_is_mended(editor: Editor) -> None:
    assert "夜里关灯" in editor.get("zh/pledges/yinghuo-1.html")
    for n in (1, 2, 3):
        editor.save("夜里关灯" if n == 1 else f"关灯{n - 1}次", f"关灯{n}次")
        assert f"关灯{n}次" in editor.get("zh/pledges/yinghuo-1.html")
    assert editor.problems() == []
    editor.save("themes: [mechanism]", "themes: [mechanizm]")
    (told,) = editor.problems()
    assert "yinghuo.yaml:17:14:" in told and "mechanism" in told
    assert "关灯3次" in editor.get("zh/pledges/yinghuo-1.html"), "the site stays as it was"
    editor.save("themes: [mechanizm]", "themes: [mechanism]")
    assert editor.problems() == []


def test_pages_learn_to_look_again_and_drafts_are_shown_with_a_banner(editor: Editor) -> None:
    page = editor.get("zh/index.html")
    assert page.count("/_preview/preview.js") == 1 and "EventSource" in editor.get("_preview/preview.js")
    editor.save("order: 4", "order: 4\ndraft: true")
    draft = editor.get("zh/districts/yinghuo.html")
    assert 'class="draft"' in draft and "草稿" in draft


def test_a_document_is_made_when_it_is_asked_for(editor: Editor) -> None:
    with urllib.request.urlopen(f"{editor.address}zh/bulletin.pdf") as answer:
        assert answer.read(5) == b"%PDF-"
