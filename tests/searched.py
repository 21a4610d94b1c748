"""The cities with their search, and a reader who types into it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from browser import served
from chromium import Tab, tab
from cities import CITIES
from program import build
from shared import once, root

QUESTIONS = Path(__file__).resolve().parent / "questions"


def searchable(folders: pytest.TempPathFactory, city: str) -> Path:
    """The pages of a city, and its search; read only."""
    made = root(folders) / f"searchable-{city}"
    return once(made, lambda site: build(CITIES[city], site, "--only", "pages,search", cache=root(folders) / "cache"))


def questions(name: str) -> list[tuple[str, str, str]]:
    """Questions (language, what is typed, address of the right page in the folder of the language)."""
    lines = (QUESTIONS / f"{name}.tsv").read_text("utf-8").splitlines()
    return [(language, asked, address) for language, asked, address in (line.split("\t") for line in lines)]


WAIT = """const wait = async (is) => {
  for (let n = 0; n < 400 && !is(); n += 1) await new Promise((go) => setTimeout(go, 25));
};"""
"""Waits for what comes soon."""

SEEN = """(() => {
  const panel = document.querySelector(".found");
  const text = (words) => [...panel.querySelectorAll(words)].map((each) => each.textContent);
  return panel && {
    open: !panel.hidden,
    status: panel.querySelector("[role=status]").textContent,
    links: [...panel.querySelectorAll("ol a")].map((each) => each.href.replace(new URL("../", document.querySelector(
      'link[rel=stylesheet]').href), "../")),
    titles: text("ol strong"), beside: text("ol small"), marks: text("ol mark"),
    more: [...panel.querySelectorAll(".found__more a, .found__more button")].map((each) => each.textContent),
    ways: [...panel.querySelectorAll("[role=status] a")].map((each) => each.getAttribute("href")),
    address: location.search,
    focus: document.activeElement.name || document.activeElement.textContent,
  };
})()"""


class Seeker:
    """Somebody who looks for something in a browser."""

    def __init__(self, page: Tab, address: str) -> None:
        self.page, self.address = page, address

    def open(self, path: str, width: int = 1200) -> None:
        self.page.open(f"{self.address}/{path}", width)

    def seen(self) -> dict[str, Any]:
        """What is shown of the search now."""
        return dict(self.page.evaluate(SEEN) or {})

    def type(self, text: str) -> dict[str, Any]:
        """What is shown once somebody has typed a text into the box that has the focus."""
        before = "document.querySelector('.found [role=status]')"
        self.page.evaluate(f"{before}?.replaceChildren()")
        self.page.ask("Input.insertText", text=text)
        return self.answered()

    def answered(self) -> dict[str, Any]:
        """What is shown once there is an answer."""
        there = "document.querySelector('.found [role=status]')?.textContent.length > 1"
        self.page.evaluate(f"(async () => {{ {WAIT} await wait(() => {there}); }})()")
        return self.seen()

    def press(self, key: str) -> None:
        """A key of the keyboard."""
        text = {"text": key} if len(key) == 1 else {"text": "\r"} if key == "Enter" else {}
        code = {"Enter": 13, "Escape": 27, "ArrowDown": 40, "ArrowUp": 38, "Tab": 9}.get(key, 0)
        for kind in ("keyDown", "keyUp"):
            own = text if kind == "keyDown" else {}
            self.page.ask("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code, **own)

    def first(self, language: str, asked: str, n: int = 1) -> list[str]:
        """The addresses of the first results, as the script of the page finds them."""
        search = f"gazetteSearch.search({json.dumps(language)}, {json.dumps(asked)})"
        found = self.page.evaluate(
            f"{search}.then((it) => gazetteSearch.read(it, 0, {n})).then((some) => some.map((one) => one.address))"
        )
        return [*found]

    def loaded(self) -> set[str]:
        """The paths of the files of the search that the page has loaded, its script among them."""
        names = self.page.evaluate("performance.getEntriesByType('resource').map((each) => each.name)")
        paths = {name.removeprefix(f"{self.address}/").partition("?")[0] for name in names}
        return {path for path in paths if "/search" in path}


@contextmanager
def seeker(site: Path) -> Iterator[Seeker]:
    """Somebody at a site that stands on a web server."""
    with served(site) as address, tab() as page:
        yield Seeker(page, address)
