"""Says how alike the two sites of the benchmark are: how far the words that a reader sees and the links agree, for a page
of each kind, and how many files and bytes there are.

    python tools/bench/alike.py [--districts 16] [--seed 7] [--differences]
"""

from __future__ import annotations

import argparse
import difflib
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

HIDDEN = {"script", "style", "head"}


class _Read(HTMLParser):
    """What a page says: its words, and where its links lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self._hidden = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in HIDDEN
        self.links += [value or "" for name, value in attrs if name in ("href", "src") and tag != "use"]

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in HIDDEN

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words += re.findall(r"[\u3000-\u9fff\uff00-\uffef]|[^\s\u3000-\u9fff\uff00-\uffef]+", data)


def _likeness(ours: list[str], theirs: list[str]) -> float:
    return difflib.SequenceMatcher(None, ours, theirs, autojunk=False).ratio()


def compared(ours: Path, theirs: Path) -> Iterator[tuple[str, float, float, float]]:
    """For a page of each kind: its path, the likeness of its words and of its links (1: equal), and how many times as
    many bytes Hugo's page has. Of pages that differ in a number alone one is enough."""
    seen = set()
    for page in sorted(ours.rglob("*.html")):
        path = page.relative_to(ours).as_posix()
        kind = re.sub(r"\d+", "", path)
        if kind in seen:
            continue
        seen.add(kind)
        if not (theirs / path).is_file():
            yield path, 0, 0, 0
            continue
        own, other = page.read_text("utf-8"), (theirs / path).read_text("utf-8")
        mine, hers = _Read(own), _Read(other)
        size = len(other.encode()) / len(own.encode())
        yield path, _likeness(mine.words, hers.words), _likeness(mine.links, hers.links), size


def print_alike(ours: Path, theirs: Path) -> None:
    """Prints both."""
    print("words and links in common (1 is all), Hugo's bytes / ours, for a page of each kind")
    for path, words, links, size in compared(ours, theirs):
        print(f"{words:6.3f} {links:6.3f} {size:6.3f}  {path}")
    for name, site in (("ours", ours), ("Hugo", theirs)):
        for what, pattern in (("pages", "*.html"), ("all", "*")):
            files = [path for path in site.rglob(pattern) if path.is_file()]
            print(f"{name:5s} {what:6s} {len(files):6d} files {sum(path.stat().st_size for path in files):12d} bytes")


def main() -> None:
    """The command: `alike.py OURS HUGOS` compares two sites that are there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ours", type=Path)
    parser.add_argument("hugos", type=Path)
    options = parser.parse_args()
    print_alike(options.ours, options.hugos)


if __name__ == "__main__":
    main()
