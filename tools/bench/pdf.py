"""Times documents laid out cold by Gazette, by Chromium's print and by Typst, interleaved; prints medians and ratios.

    python tools/bench/pdf.py [--runs 5] [--only extract,whole,…] [--write FILE.md]

Each run is a fresh process, imports included. Chromium prints the same HTML and CSS (without the page numbers of the
contents, which it does not know); Typst sets the same texts with a source made from them (`typesetting.py`). Typst
comes from PyPI (`make bench-pdf` installs it). Nothing is asserted: figures are for reading.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from documents import ROOT, filled, site_of
from writers import TYPST, Bench, pages_of, timed

CONTENT = ROOT / "content"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PARALLEL = "bulletin-parallel.pdf"


class Case(NamedTuple):
    """A document to time: its path in the site, how many pages it is to have (None: as it is), and how many times as
    long as Chromium it may take."""

    path: str
    pages: int | None = None
    goal: float | None = None


CASES = {
    "extract": Case(PARALLEL, 20, 1.3),
    "whole": Case(PARALLEL, None, 2.5),
    "long": Case(PARALLEL, 172, 4.0),
    "zh": Case("zh/bulletin.pdf"),
    "en": Case("en/bulletin.pdf"),
}

ALL_GOAL = 6.0
"""All documents of the site, on two workers, may take so many times as long as Chromium's print of the parallel one."""


def room(pages: int) -> float:
    """The goal for the peak memory of a document of so many pages, in MB."""
    return 130 + 1.2 * pages


# ── documents of a length ────────────────────────────────────────────────────


def of_length(case: Case, folder: Path) -> Path | None:
    """The document of a case, filled; None where the site does not have it. One that is to have a number of pages is
    that of a site with as many units as bring it nearest to it."""
    document = filled(CONTENT, folder / "as it is").get(case.path)
    if document is None or case.pages is None:
        return document
    units = len(list((CONTENT / "districts").glob("*.yaml")))
    tried = {units: (_length(document, folder), document)}
    while True:
        wanted = _estimate({number: pages for number, (pages, _) in tried.items()}, case.pages)
        if wanted in tried:
            return min(tried.values(), key=lambda each: abs(each[0] - (case.pages or 0)))[1]
        site_of(CONTENT, wanted, folder / f"content {wanted}")
        document = filled(folder / f"content {wanted}", folder / f"{wanted} units")[case.path]
        tried[wanted] = (_length(document, folder), document)


def _length(document: Path, folder: Path) -> int:
    made = folder / "length.pdf"
    timed([sys.executable, str(ROOT / "tools" / "bench" / "documents.py"), "--print", str(document), str(made)])
    return pages_of(made)


def _estimate(known: dict[int, int], pages: int) -> int:
    """How many units make so many pages, from what other numbers made."""
    nearest = sorted(known, key=lambda units: abs(known[units] - pages))[:2]
    if len(nearest) == 1:
        return max(1, round(nearest[0] * pages / known[nearest[0]]))
    one, other = nearest
    each = (known[one] - known[other]) / (one - other) or 1
    return max(1, round(one + (pages - known[one]) / each))


# ── tables ───────────────────────────────────────────────────────────────────

HEADER = ("document", "by", "pages", "s", "s of processor", "× Chromium", "goal", "MB", "goal", "KB")


def measure(case: Case, name: str, runs: int, folder: Path, browser: str) -> Iterator[tuple[str, ...]]:
    """The rows of a document."""
    folder.mkdir()
    document = of_length(case, folder)
    if document is None:
        print(f"{name}: left out, the site has no {case.path}", file=sys.stderr)
        return
    bench = Bench(document, folder / "bench", browser)
    rounds = [{writer: run() for writer, run in bench.writers().items()} for _ in range(runs)]
    for writer in rounds[0]:
        pages = pages_of(bench.file(writer))
        own = writer == "Gazette"
        wall, cpu, memory = (statistics.median(getattr(each[writer], what) for each in rounds) for what in MEASURES)
        ratio = statistics.median(each[writer].wall / each["Chromium"].wall for each in rounds)
        yield (
            f"{case.path}, {name}",
            writer,
            str(pages),
            f"{wall:.2f}",
            f"{cpu:.2f}",
            f"{ratio:.2f}",
            f"≤ {case.goal}" if own and case.goal else "",
            f"{memory:.0f}",
            f"≤ {room(pages):.0f}" if own else "",
            f"{bench.file(writer).stat().st_size / 1000:.0f}",
        )


MEASURES = ("wall", "cpu", "memory")


def measure_all(runs: int, folder: Path, browser: str) -> Iterator[tuple[str, ...]]:
    """The row of all documents of the site, made from nothing by two workers. Its memory is that of the largest of the
    processes."""
    folder.mkdir()
    document = of_length(CASES["whole"], folder)
    if document is None:
        print(f"all: left out, the site has no {PARALLEL} to compare with", file=sys.stderr)
        return
    bench = Bench(document, folder / "bench", browser)
    site, cache = folder / "site", folder / "cache"
    command = [sys.executable, str(ROOT / "build.py"), "--content", str(CONTENT), "--output", str(site)]
    command += ["--cache", str(cache), "--only", "pdf", "--jobs", "2", "--messages", "en"]
    pairs = []
    for _ in range(runs):
        for place in (site, cache):
            shutil.rmtree(place, ignore_errors=True)
        pairs.append((timed(command), bench.chromium()))
    made = [*site.rglob("*.pdf")]
    wall, cpu, memory = (statistics.median(getattr(ours, what) for ours, _ in pairs) for what in MEASURES)
    ratio = statistics.median(ours.wall / theirs.wall for ours, theirs in pairs)
    largest = max(map(pages_of, made))
    yield (
        f"all {len(made)} documents, from nothing, two workers",
        "Gazette",
        str(sum(map(pages_of, made))),
        f"{wall:.2f}",
        f"{cpu:.2f}",
        f"{ratio:.2f}",
        f"≤ {ALL_GOAL}",
        f"{memory:.0f}",
        f"≤ {room(largest):.0f}",
        f"{sum(path.stat().st_size for path in made) / 1000:.0f}",
    )


def line(row: tuple[str, ...]) -> str:
    """A row of a table in Markdown."""
    return f"| {' | '.join(row)} |"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", default=",".join([*CASES, "all"]), help="which documents")
    parser.add_argument("--write", type=Path, help="a Markdown file that the table is written to")
    options = parser.parse_args()
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None or not TYPST.is_dir():
        sys.exit("Chromium and Typst are needed: make bench-pdf")
    rows = [HEADER, tuple("---" for _ in HEADER)]
    print("\n".join(map(line, rows)), flush=True)
    with tempfile.TemporaryDirectory() as place:
        for name in options.only.split(","):
            folder = Path(place) / name
            if name == "all":
                found = measure_all(options.runs, folder, browser)
            else:
                found = measure(CASES[name], name, options.runs, folder, browser)
            for row in found:
                rows.append(row)
                print(line(row), flush=True)
    if options.write:
        about = f"Medians of {options.runs} runs, interleaved, each a fresh process (`make bench-pdf`)."
        options.write.write_text("\n".join([about, "", *map(line, rows), ""]), "utf-8")


if __name__ == "__main__":
    main()
