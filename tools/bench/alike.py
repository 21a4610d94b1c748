"""Says how alike the two sites of the benchmark are.

    python tools/bench/alike.py OURS HUGOS

For a page of each kind: how far the words that a reader sees and the links agree, and how many times as many bytes
Hugo's has. For the sites: how many files and bytes.
"""

from __future__ import annotations

import argparse
import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

HIDDEN = {"script", "style", "head"}


class _Read(HTMLParser):
    """What a page says: its words, a Chinese character being one, and where its links lead."""

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


@dataclass(frozen=True)
class Likeness:
    """How alike a page is: what its words and its links have in common (1: all), and Hugo's bytes as a multiple of
    ours. A page that Hugo has not is 0 in all."""

    path: str
    words: float = 0
    links: float = 0
    size: float = 0


def compared(ours: Path, theirs: Path) -> Iterator[Likeness]:
    """A page of each kind. Of pages whose paths differ in a number alone one is enough."""
    seen = set()
    for page in sorted(ours.rglob("*.html")):
        path = page.relative_to(ours).as_posix()
        if (kind := re.sub(r"\d+", "", path)) not in seen:
            seen.add(kind)
            yield _likeness(path, page, theirs / path)


def _likeness(path: str, ours: Path, theirs: Path) -> Likeness:
    if not theirs.is_file():
        return Likeness(path)
    mine, other = _Read(ours.read_text("utf-8")), _Read(theirs.read_text("utf-8"))
    size = theirs.stat().st_size / ours.stat().st_size
    return Likeness(path, _in_common(mine.words, other.words), _in_common(mine.links, other.links), size)


def _in_common(ours: list[str], theirs: list[str]) -> float:
    return difflib.SequenceMatcher(None, ours, theirs, autojunk=False).ratio()


def print_alike(ours: Path, theirs: Path, whole: bool = True) -> None:
    """Prints a line for each page (or, not `whole`, for the page that differs most) and one for each site."""
    found = [*compared(ours, theirs)]
    print("words and links in common (1: all) and Hugo's bytes / ours" + ("" if whole else ", where they differ most"))
    for each in found if whole else (min(found, key=lambda each: each.words + each.links),):
        print(f"{each.words:6.3f} {each.links:6.3f} {each.size:6.3f}  {each.path}")
    for name, site in (("ours", ours), ("Hugo", theirs)):
        files = [path for path in site.rglob("*") if path.is_file()]
        pages = sum(path.suffix == ".html" for path in files)
        print(f"{name}: {len(files)} files, {pages} of them pages; {sum(path.stat().st_size for path in files)} bytes")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ours", type=Path)
    parser.add_argument("hugos", type=Path)
    options = parser.parse_args()
    print_alike(options.ours, options.hugos)


if __name__ == "__main__":
    main()
