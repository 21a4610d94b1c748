"""How far long work is: what a terminal shows while it lasts and after it, and what a log file gets."""

from __future__ import annotations

import fcntl
import io
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import termios
import threading
from pathlib import Path

import pytest
from compiled import compiled
from cut_down import cut_down

from gazette.messages.progress import Progress, fit, width

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "tools" / "bench"))


UNITS = 30


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Invented content that takes more than a moment."""
    from content import write

    folder = tmp_path_factory.mktemp("many") / "content"
    write(folder, UNITS, 7)
    return folder


def command(content: Path, site: Path, *more: str) -> list[str]:
    cache = compiled(site.parent / "cache")
    asked = ["--content", str(content), "--output", str(site), "--cache", str(cache), "--jobs", "1"]
    return [sys.executable, str(ROOT / "build.py"), *asked, *(more or ("--only", "pages,data"))]


class Screen:
    """A command on a terminal of its own: what was sent to it, and what it shows in the end."""

    def __init__(self, asked: list[str], columns: int, **environment: str) -> None:
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        own = {**os.environ, "TERM": "xterm", **environment}
        own.pop("NO_COLOR", None) if "NO_COLOR" not in environment else None
        process = subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=slave, text=True, env=own)
        os.close(slave)
        sent = bytearray()
        reader = threading.Thread(target=self._read, args=(master, sent))
        reader.start()
        self.out = process.communicate()[0]
        self.status = process.returncode
        reader.join(10)
        os.close(master)
        self.sent = sent.decode()
        self.frames = [frame.removesuffix("\x1b[K") for frame in self.sent.split("\r") if frame.endswith("\x1b[K")]
        self.lines = [self._line(text) for text in self.sent.replace("\r\n", "\n").split("\n")]

    @staticmethod
    def _read(master: int, sent: bytearray) -> None:
        try:
            while data := os.read(master, 4096):
                sent += data
        except OSError:
            return  # how Linux says that nobody writes there any more

    @staticmethod
    def _line(sent: str) -> str:
        """What a line shows: a carriage return goes back to its beginning, an erasure takes what is right of it."""
        shown: list[str] = []
        place = 0
        for sign in re.findall(r"\r|\x1b\[K|[^\r\x1b]", sent):
            if sign == "\r":
                place = 0
            elif sign == "\x1b[K":
                del shown[place:]
            else:
                shown[place : place + 1] = [sign]
                place += 1
        return "".join(shown)


@pytest.mark.long
@pytest.mark.parametrize(("language", "columns"), [("zh", 80), ("zh", 34), ("en", 80)])
def test_a_terminal_shows_a_bar_that_goes_away(language: str, columns: int, many: Path, tmp_path: Path) -> None:
    screen = Screen([*command(many, tmp_path / "o"), "--messages", language], columns)
    assert screen.status == 0 and re.search(r"o(：共|: \d)", screen.out)
    words = {"zh": "生成各单位页面", "en": "Units"}[language]
    units = [frame for frame in screen.frames if frame.startswith(words)]
    numbers = [int(number) for frame in units for number in re.findall(rf"(\d+)/{UNITS}", frame)]
    assert len(numbers) > 2 and numbers == sorted(numbers)
    assert any("[#" in frame for frame in units) is (columns == 80)
    assert all(width(frame) < columns for frame in screen.frames)
    assert any(frame.startswith(("生成汇总页面", "Shared pages")) for frame in screen.frames)
    assert screen.lines == [""], "nothing of it remains"


@pytest.mark.long
def test_documents_are_shown_by_number_and_name(tmp_path: Path) -> None:
    templates = cut_down(tmp_path / "templates", "bulletin")
    asked = command(ROOT / "tests" / "site", tmp_path / "o", "--only", "pdf", "--templates", str(templates))
    screen = Screen([*asked, "--messages", "en"], 80)
    documents = [frame for frame in screen.frames if frame.startswith("Documents")]
    told = [frame.split("] ")[1] for frame in documents]
    assert told[0] == "1/10  bulletin-parallel.pdf" and "/bulletin.pdf" in " ".join(told), "the longest first"
    numbers = [int(number) for words in told for number in re.findall(r"(\d+)/10 ", words)]
    assert numbers == sorted(numbers) and len(numbers) == len(told) > 2
    assert screen.lines == [""] and screen.status == 0


@pytest.mark.long
def test_what_is_told_meanwhile_stands_on_lines_of_its_own(many: Path, tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(many, content)
    (content / "files").mkdir()
    (content / "files" / "nobody.txt").write_text("x\n", "utf-8")
    screen = Screen([*command(content, tmp_path / "o"), "--messages", "en"], 80)
    assert screen.status == 0 and len(screen.frames) > 3
    told, end = screen.lines
    assert told.startswith(f"{content}/files/nobody.txt:1:1: ") and end == ""


@pytest.mark.long
def test_mistakes_are_told_after_the_bar_is_gone(many: Path, tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.symlink_to(many)
    templates = tmp_path / "templates"
    subprocess.run(["cp", "-r", str(ROOT / "templates"), str(templates)], check=True)
    (templates / "about.html").write_text("{{ view.nothing_of_that_name }}")
    asked = [*command(content, tmp_path / "o"), "--messages", "en", "--templates", str(templates)]
    screen = Screen(asked, 80)
    assert screen.status == 1 and len(screen.frames) > 3
    assert "about.html:1" in screen.lines[0] and screen.lines[-2].endswith("the site is unchanged.")
    assert not any("[#" in line for line in screen.lines)


@pytest.mark.long
@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"NO_COLOR": "1"}])
def test_whoever_wants_no_bar_gets_lines(environment: dict[str, str], many: Path, tmp_path: Path) -> None:
    screen = Screen([*command(many, tmp_path / "o"), "--messages", "en"], 80, **environment)
    assert screen.status == 0 and "\x1b" not in screen.sent and "\r" not in screen.sent.replace("\r\n", "\n")


@pytest.mark.long
def test_a_log_gets_few_lines_and_a_quick_build_none(tmp_path: Path) -> None:
    templates = cut_down(tmp_path / "templates", "parallel")
    asked = [*command(ROOT / "tests" / "site", tmp_path / "o", "--only", "pages,data,pdf"), "--messages", "en"]
    asked += ["--templates", str(templates)]
    first, second = (subprocess.run(asked, capture_output=True, text=True) for _ in range(2))
    assert "\x1b" not in first.stderr and "\r" not in first.stderr
    assert "Documents 1/10  bulletin-parallel.pdf\n" in first.stderr and first.stderr.count("\n") <= 8
    assert second.stderr == "" and first.returncode == second.returncode == 0
    shutil.rmtree(tmp_path / "o")
    quick = subprocess.run([*asked, "--only", "data"], capture_output=True, text=True)
    assert quick.returncode == 0 and quick.stderr == ""


def test_lines_are_sparse(monkeypatch: pytest.MonkeyPatch) -> None:
    stream, now = io.StringIO(), [0.0]
    monkeypatch.setattr("gazette.messages.progress.time.monotonic", lambda: now[0])
    monkeypatch.setattr("gazette.messages.progress.LONG_FOR_LINES", 2.0)
    progress = Progress(stream, "en", 0.0)
    for _ in progress.over([("units", f"d{n}") for n in range(300)], range(300)):
        now[0] += 0.125
    assert stream.getvalue() == "".join(f"Units {n}/300  d{n}\n" for n in (16, 96, 176, 256))


def test_results_pass_whole_also_where_fewer_come_than_were_planned() -> None:
    progress = Progress(None, "en")
    plan = [("units", "a"), ("shared", "b"), ("documents", "c")]
    assert list(progress.over(plan, iter([1, 2]))) == [1, 2] and list(progress.over([], iter([]))) == []
    assert list(progress.over(plan[:1], iter([1, 2]))) == [1, 2]


def test_a_stream_that_breaks_is_no_reason_to_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr("gazette.messages.progress.time.monotonic", lambda: 99.0)
    monkeypatch.setattr("gazette.messages.progress.LONG_FOR_LINES", 2.0)
    progress = Progress(stream, "zh", 0.0)
    stream.close()
    assert list(progress.over([("units", "a")], [1])) == [1]
    progress.close()


def test_a_text_is_cut_by_the_columns_that_it_takes() -> None:
    assert (
        width("生成 PDF") == 8 and fit("生成 PDF", 3) == "生" and fit("生成 PDF", 4) == "生成" and fit("ab", 9) == "ab"
    )
