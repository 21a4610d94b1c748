"""Somebody who works with the ledger in a real browser."""

from __future__ import annotations

import base64
import json
import re
from typing import Any

from browser import LEDGER_AT_REST
from chromium import Tab

SEEN = """(() => {
  const all = (words) => [...document.querySelectorAll(words)];
  const there = (element) => element.getClientRects().length > 0;
  return {
    rows: all("table.ledger tbody tr[id]").filter((row) => !row.hidden).map((row) => row.id),
    seen: all("table.ledger tbody tr[id]").filter(there).map((row) => row.id),
    groups: all(".ledger__group").filter(there)
      .map((row) => ["a", ".ledger__count"].map((part) => row.querySelector(part).textContent).join(" ")),
    units: all("td.unit-name").some(there),
    widths: [...new Set(all("table.ledger tr").filter((row) => there(row) && !row.parentElement.hidden)
      .map((row) => [...row.cells].filter(there).reduce((sum, cell) => sum + cell.colSpan, 0)))],
    sorted: all("th[aria-sort]").map((head) => [head.dataset.key, head.ariaSort]),
    status: document.querySelector("[role=status]").innerText.trim(),
    height: document.documentElement.scrollHeight,
    address: location.search + location.hash,
    twin: document.querySelector("a.lang").href,
    fold: document.querySelector("[data-ledger-fold]").textContent,
  };
})()"""


class Reader:
    """Somebody who works with the ledger."""

    def __init__(self, address: str, page: Tab) -> None:
        self.address, self.page = address, page

    def look(self, path: str = "en/ledger.html", width: int = 1300) -> dict[str, Any]:
        self.page.open(f"{self.address}/{path}", width)
        return self.seen()

    def seen(self) -> dict[str, Any]:
        """What is seen once all is there that was asked for."""
        return dict(self.page.evaluate(f"{LEDGER_AT_REST}.then(() => {SEEN})"))

    def press(self, words: str) -> dict[str, Any]:
        """What is seen once the first thing that these words of CSS find was pressed by keyboard."""
        focused = f"(() => {{ const it = document.querySelector({json.dumps(words)}); it.focus(); "
        assert self.page.evaluate(focused + "return document.activeElement === it; })()"), f"{words} takes no focus"
        for kind, text in (("keyDown", "\r"), ("keyUp", "")):
            self.page.ask("Input.dispatchKeyEvent", type=kind, key="Enter", text=text, windowsVirtualKeyCode=13)
        return self.seen()

    def choose(self, name: str, value: str) -> dict[str, Any]:
        """What is seen once a choice was made in the form."""
        field = f"document.querySelector('[data-ledger-tools]').elements[{json.dumps(name)}]"
        self.page.evaluate(
            f"{field}.value = {json.dumps(value)}; {field}.dispatchEvent(new Event('input', {{bubbles: true}}))"
        )
        return self.seen()

    def offered(self, name: str) -> dict[str, tuple[int, bool]]:
        """For each choice of a list, the number beside it and whether it can be made."""
        asked = f"[...document.querySelector('select[name={name}]').options].map((o) => [o.value, o.text, o.disabled])"
        return {
            value: (int(re.fullmatch(r".+ \((\d+)\)", text)[1]), not disabled)  # type: ignore[index]
            for value, text, disabled in self.page.evaluate(asked)
        }

    def take(self, ending: str) -> tuple[str, bytes]:
        """The name and the bytes of the file that a press of a button gives."""
        self.page.evaluate("""window.taken = new Promise((done) => {
          let blob = null;
          const make = URL.createObjectURL;
          URL.createObjectURL = (made) => { blob = made; return make.call(URL, made); };
          HTMLAnchorElement.prototype.click = function () {
            const reader = new FileReader();
            reader.onload = () => done([this.download, reader.result.split(",")[1]]);
            reader.readAsDataURL(blob);
          };
        }); 0""")
        self.press(f"[data-ledger-take={ending}]")
        name, data = self.page.evaluate("window.taken")
        return name, base64.b64decode(data)
