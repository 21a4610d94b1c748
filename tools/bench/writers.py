"""One document, written once by Gazette, by Chromium's print and by Typst, and what that took: time and memory."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from documents import ROOT
from run import _watch
from typesetting import typst_source

FONTS = ROOT / "gazette" / "fonts"
TYPST = ROOT / ".cache" / "typst"


@dataclass(frozen=True)
class Run:
    """What one command took: seconds, seconds of processor time, and the peak of memory in MB."""

    wall: float
    cpu: float
    memory: float


def timed(command: list[str], whole_tree: bool = False) -> Run:
    """Runs a command that must succeed. Its memory is the peak of its largest process, as the system counts it; that
    of the `whole_tree` is sampled, shared memory counted once."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    launcher = [sys.executable, "-I", "-S", "-c", LAUNCHER, *command]
    with subprocess.Popen(launcher, env=environment, stdout=subprocess.PIPE, text=True) as launched:
        assert launched.stdout
        pid = int(launched.stdout.readline())
        peak, done = [0.0], threading.Event()
        if whole_tree:
            threading.Thread(target=_watch, args=(pid, peak, done), daemon=True).start()
        status, wall, cpu, largest = map(float, launched.stdout.readline().split())
        done.set()
    if status != 0:
        sys.exit(f"{' '.join(command)}: exit status {os.waitstatus_to_exitcode(int(status))}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(wall, cpu, (peak[0] * 2**20 if whole_tree else largest * unit) / 1e6)


LAUNCHER = """
import os, sys, time
silent = [(os.POSIX_SPAWN_OPEN, each, os.devnull, os.O_WRONLY, 0) for each in (1, 2)]
started = time.perf_counter()
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=silent)
print(pid, flush=True)
_, status, used = os.wait4(pid, 0)
print(status, time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
"""Starts a command and measures it. The system counts as memory of a process what the one had that started it: this one
is small, the benchmark is not."""


class Bench:
    """One document, ready for all three, in a folder of its own."""

    def __init__(self, document: Path, folder: Path, browser: str) -> None:
        folder.mkdir()
        self.document, self.folder, self.browser = document, folder, browser
        given = json.loads(document.read_text("utf-8"))
        styles = "".join(f"<style>{style}</style>" for style in (font_faces(), *given["more"]["stylesheets"]))
        (folder / "page.html").write_text(given["html"].replace("</head>", f"{styles}</head>", 1), "utf-8")
        (folder / "page.typ").write_text(typst_source(given["html"]), "utf-8")

    def writers(self) -> dict[str, Callable[[], Run]]:
        return {"Gazette": self.gazette, "Chromium": self.chromium, "Typst": self.typst}

    def gazette(self) -> Run:
        program = str(ROOT / "tools" / "bench" / "documents.py")
        return timed([sys.executable, program, "--print", str(self.document), str(self.file("Gazette"))])

    def chromium(self) -> Run:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
            flags += ["--disable-component-update", "--disable-sync", "--allow-file-access-from-files"]
            flags += [f"--user-data-dir={profile}", "--no-pdf-header-footer", f"--print-to-pdf={self.file('Chromium')}"]
            return timed([self.browser, *flags, (self.folder / "page.html").as_uri()], whole_tree=True)

    def typst(self) -> Run:
        program = (
            "import sys; sys.path.insert(0, sys.argv[1]); import typst; typst.compile(sys.argv[2], output=sys.argv[3], "
            "font_paths=[sys.argv[4]], ignore_system_fonts=True)"
        )
        places = (TYPST, self.folder / "page.typ", self.file("Typst"), FONTS)
        return timed([sys.executable, "-c", program, *map(str, places)])

    def file(self, writer: str) -> Path:
        return self.folder / f"{writer}.pdf"


def font_faces() -> str:
    """The bundled fonts for a browser, under the names that the style sheets call them by."""
    found = []
    for path in sorted(FONTS.glob("*.ttf")):
        name, _, kind = path.stem.partition("-")
        family = re.sub("(?<=[a-z])(?=[A-Z])", " ", name)
        weight, style = 700 if kind == "Bold" else 400, "italic" if kind == "Italic" else "normal"
        found.append(
            f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; '
            f'src: url("{path.as_uri()}") }}'
        )
    return "\n".join(found)


def pages_of(document: Path) -> int:
    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(document.read_bytes())).pages)
