"""Lines that break, processes that are killed and disks that are full, while a site is published to a server."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from reached import at_least_one
from releases import files_of, published, release, tree
from ssh_servers import Server, Wire, needs_sshd
from ssh_ways import shown
from workplaces import mounted

from gazette.publishing.refused import Refused

pytestmark = [needs_sshd, pytest.mark.long]

ROUNDS = int(os.environ.get("GAZETTE_SEEDS", "1"))


class Visitor:
    """Somebody who reads pages all the time, as a web server does that follows the link at each request."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.seen, self._stop = folder, list[set[bytes]](), threading.Event()
        self._thread = threading.Thread(target=self._visit)

    def __enter__(self) -> Visitor:
        self._thread.start()
        return self

    def _visit(self) -> None:
        while not self._stop.wait(0.002):
            place = os.readlink(self.folder / "current")  # noqa: PTH115 - as a server does
            names = ("index.html", "zh/index.html", "zh/a.html")
            with contextlib.suppress(FileNotFoundError):  # it was removed between
                self.seen.append({(self.folder / place / name).read_bytes() for name in names})

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        assert len(self.seen) > 5
        assert all(len(pages) == 1 for pages in self.seen)


def test_a_line_that_breaks_at_any_moment_leaves_one_whole_release(
    way: tuple[str, Server], place: str, caplog: pytest.LogCaptureFixture
) -> None:
    """After so many bytes; then the same again, or the next. It is told once, and by no traceback."""
    kind, server = way
    wire, chance = Wire(server), random.Random(f"{kind}{server.settings}")
    published(server.opened(kind, place, port=wire.port), release(1))
    live, broken = 1, 0
    with Visitor(server.places / place) if kind != "plain" else contextlib.nullcontext():
        for number in range(2, 2 + 6 * ROUNDS):
            more = {"static/more.bin": chance.randbytes(60_000)}
            wanted = release(number, files_of(number) | more)
            site = server.opened(kind, place, port=wire.port)
            wire.sent, wire.limit, wire.is_for_good = 0, chance.randrange(80_000), number % 4 > 1
            killer = threading.Timer(chance.uniform(0, 0.5), server.cut if number % 3 == 0 else int)
            killer.start()  # of some what serves them is killed instead
            try:
                published(site, wanted)
            except Refused as refused:
                broken += 1
                assert refused.code in {"publish_ssh_lost", "publish_rsync", "publish_ssh_failed"}
            killer.join()
            wire.limit, wire.is_broken = -1, False
            if kind != "plain":
                found = (shown(server, place) / "index.html").read_bytes()
                assert found in (files_of(live)["index.html"], files_of(number)["index.html"])
            if number % 2:
                published(server.opened(kind, place, port=wire.port), wanted)
                assert tree(shown(server, place)) == files_of(number) | more
                live = number
            else:
                live = int(site_live(server, kind, place))
    assert broken > 1
    assert caplog.records == []
    wire.close()


def site_live(server: Server, kind: str, place: str) -> int:
    found = server.opened(kind, place).live()
    assert found is not None
    assert found.edition is not None
    return found.edition


KILLED = """
import sys
sys.path[:0] = [{tests!r}, {root!r}]
from pathlib import Path
from releases import published, release
from ssh_servers import Server
site = Server(Path({folder!r}), {port}).opened({kind!r}, {place!r})
print("ready", flush=True)
for number in range({first}, {first} + 90):
    published(site, release(number), keep=2)
"""


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT])
def test_whoever_is_stopped_leaves_one_whole_release_and_the_same_command_goes_on(
    way: tuple[str, Server], place: str, ending: signal.Signals
) -> None:
    kind, server = way
    published(server.opened(kind, place), release(1))
    tests = Path(__file__).parent
    values = {"tests": str(tests), "root": str(tests.parent), "folder": str(server.folder), "port": server.port}
    chance = random.Random(f"{kind}{ending}")
    with Visitor(server.places / place) if kind != "plain" else contextlib.nullcontext():
        for number in at_least_one(range(1, 100 * ROUNDS, 100)):
            code = KILLED.format(**values, kind=kind, place=place, first=number + 1)
            process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.uniform(0.1, 2))
            process.send_signal(ending)
            process.wait(30)
            process.stdout.close()
            if kind != "plain":
                assert tree(shown(server, place)) == files_of(site_live(server, kind, place))
            if ending == signal.SIGINT:
                assert not (server.places / place / "lock.json").exists()
            published(server.opened(kind, place), release(number + 100))
            assert tree(shown(server, place)) == files_of(number + 100)


def test_a_full_disk_is_told_and_nothing_changes_for_visitors(way: tuple[str, Server], place: str) -> None:
    kind, server = way
    large = {"static/large.bin": random.Random(3).randbytes(2_000_000)}
    with mounted(server.places / f"disk of {place}", "-o", "size=1m"):
        site = server.opened(kind, f"disk of {place}/site")
        published(site, release(1))
        with pytest.raises(Refused) as refused:
            published(site, release(2, files_of(2) | large))
        assert refused.value.code == "publish_full"
        assert tree(shown(server, f"disk of {place}/site")) == files_of(1)
        published(site, release(3))
        assert tree(shown(server, f"disk of {place}/site")) == files_of(3)
