"""The preview in a real browser: ten tabs load and see each save, and the reader stays where he was."""

from __future__ import annotations

import http.server
import json
import queue
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import CHROMIUM, FLAGS, needs_chromium
from previews import UNIT, Editor

pytestmark = needs_chromium

TABS = 10

PROBE = """<!doctype html><meta charset="utf-8"><script>
const [, told, page, tabs] = location.hash.split("|");
let loads = 0;
const frames = [...Array(Number(tabs)).keys()].map((number) => {
  const frame = document.createElement("iframe");
  frame.style = "width:400px;height:300px";
  frame.onload = () => { loads += 1; };
  frame.src = `${page}?tab=${number}`;
  document.body.append(frame);
  return frame;
});
setInterval(() => {
  const see = (frame) => ({ scroll: frame.contentWindow.scrollY, text: frame.contentDocument.body?.innerText ?? "",
    title: frame.contentDocument.title,
    told: frame.contentDocument.getElementById("preview-problems")?.textContent ?? "" });
  fetch(told, { method: "POST", mode: "no-cors", body: JSON.stringify({ loads, frames: frames.map(see) }) });
}, 100);
let read = false;
setInterval(() => { /* somebody reads on in the first */
  if (!read && loads === frames.length) { read = true; frames[0].contentWindow.scrollTo(0, 200); }
}, 300);
</script>"""


class Browser:
    """A browser with the preview in ten frames, which count as tabs do: all have the connections of one browser."""

    def __init__(self) -> None:
        self.seen: queue.Queue[dict[str, Any]] = queue.Queue()

    def until(self, holds: Any, seconds: float = 40) -> dict[str, Any]:
        """What is seen first of which something holds. No page is a 404 on the way."""
        seen: dict[str, Any] = {}
        for _ in range(int(seconds * 10)):
            seen = self.seen.get(timeout=seconds)
            assert not [frame for frame in seen["frames"] if frame["title"].startswith("404")]
            if holds(seen):
                return seen
        raise AssertionError(seen)


@pytest.fixture
def browser(editor: Editor, tmp_path: Path) -> Iterator[Browser]:
    found = Browser()

    class Ear(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            found.seen.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Keep the test's output readable."""

    site = min((path.parent for path in (tmp_path / "cache").rglob("404.html")), key=lambda place: len(place.parts))
    (site / "probe.html").write_text(PROBE.replace("<script>", "<body><script>"), "utf-8")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Ear) as ear:
        threading.Thread(target=ear.serve_forever, args=(0.05,), daemon=True).start()
        there = f"http://127.0.0.1:{ear.server_port}/|/zh/pledges/yinghuo-1.html|{TABS}"
        command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", "--remote-debugging-port=0"]
        command += [f"{editor.address}probe.html#|{there}"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield found
        finally:
            process.terminate()
            process.wait(20)
            ear.shutdown()


@pytest.mark.long
def test_ten_tabs_load_see_each_save_and_stay_where_they_were(editor: Editor, browser: Browser) -> None:
    def all_say(words: str) -> Any:
        return lambda seen: all(words in frame["text"] for frame in seen["frames"])

    browser.until(lambda seen: seen["loads"] == TABS and all_say("夜里关灯")(seen))
    browser.until(lambda seen: seen["frames"][0]["scroll"] == 200)
    editor.save("夜里关灯", "夜里熄灯")
    seen = browser.until(all_say("夜里熄灯"))
    browser.until(lambda seen: seen["frames"][0]["scroll"] == 200)
    assert seen["loads"] >= TABS
    editor.save("themes: [mechanism]", "themes: [mechanizm]")
    browser.until(lambda seen: all("mechanizm" in frame["told"] for frame in seen["frames"]))
    editor.change("themes: [mechanizm]", "themes: [mechanism]")
    unit = editor.content / UNIT
    text = unit.read_text("utf-8").replace("夜里熄灯", "夜里点灯")
    unit.rename(unit.with_name("aside"))
    unit.write_text(text, "utf-8")
    (unit.with_name("aside")).unlink()
    browser.until(lambda seen: all_say("夜里点灯")(seen) and not any(frame["told"] for frame in seen["frames"]))
    browser.until(lambda seen: seen["frames"][0]["scroll"] == 200)


@pytest.mark.long
def test_a_page_that_goes_stays_as_it_was_last(editor: Editor, browser: Browser) -> None:
    browser.until(lambda seen: seen["loads"] == TABS)
    editor.save("id: yinghuo-1", "id: yinghuo-9")
    browser.until(lambda seen: all("没有这个页面" in frame["told"] for frame in seen["frames"]))
    editor.save("id: yinghuo-9", "id: yinghuo-1")
    browser.until(lambda seen: all("夜里关灯" in frame["text"] and not frame["told"] for frame in seen["frames"]))
