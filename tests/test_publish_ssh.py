"""Publishing to servers by SSH: rsync, SFTP with a shell and without, and without links."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from releases import OWNER, files_of, published, release, tree
from ssh_servers import Server, Wire, needs_sshd, served
from workplaces import mounted

from gazette.publishing.destination import Publisher
from gazette.publishing.in_place import InPlace
from gazette.publishing.locking import Owner
from gazette.publishing.places.rsync_host import RsyncHost
from gazette.publishing.places.sftp_host import SftpHost
from gazette.publishing.places.sftp_store import SftpStore
from gazette.publishing.places.shell_host import ShellHost
from gazette.publishing.publish import way_back
from gazette.publishing.refused import Refused
from gazette.publishing.release_folders import ReleaseFolders

pytestmark = needs_sshd

ROUNDS = int(os.environ.get("GAZETTE_SEEDS", "1"))

SHELL, FILES = "Subsystem sftp internal-sftp", ("Subsystem sftp internal-sftp", "ForceCommand internal-sftp")
BARE = "internal-sftp -P posix-rename,hardlink,symlink,copy-data,fsync"
"""A server that knows nothing but the protocol of 2001."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with a shell."""
    with served(tmp_path_factory.mktemp("server"), SHELL) as found:
        yield found


@pytest.fixture(scope="module")
def files_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that gives no shell."""
    with served(tmp_path_factory.mktemp("files"), *FILES) as found:
        yield found


@pytest.fixture(scope="module")
def bare_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(tmp_path_factory.mktemp("bare"), f"Subsystem sftp {BARE}", f"ForceCommand {BARE}") as found:
        yield found


@pytest.fixture
def place(request: pytest.FixtureRequest) -> str:
    """The name of a folder that no other test has; with what names may have in them."""
    return f"the site's 站 {zlib.crc32(request.node.name.encode())}"


WAYS = [("rsync", "server"), ("sftp", "server"), ("sftp", "files_server"), ("plain", "files_server")]


@pytest.fixture(params=WAYS, ids=["rsync", "shell", "sftp", "plain"])
def way(request: pytest.FixtureRequest) -> tuple[str, Server]:
    """Each way to publish: its kind, and a server."""
    kind, name = request.param
    return kind, request.getfixturevalue(name)


def shown(server: Server, place: str) -> Path:
    """What a web server would show."""
    current = server.places / place / "current"
    return current if current.exists() else server.places / place


def test_each_kind_is_reached_in_its_way(server: Server, files_server: Server, bare_server: Server, place: str) -> None:
    def way(publisher: Publisher) -> type:
        assert isinstance(publisher, InPlace | ReleaseFolders)
        return type(publisher.store if isinstance(publisher, InPlace) else publisher.host)

    assert way(server.opened("rsync", place)) is RsyncHost
    assert way(server.opened("sftp", place)) is ShellHost
    assert way(files_server.opened("sftp", place)) is SftpHost
    assert way(bare_server.opened("plain", place)) is SftpStore
    with pytest.raises(Refused, match="publish_no_shell"):
        files_server.opened("rsync", place)
    with pytest.raises(Refused, match="publish_no_folder_there"):
        server.opened("sftp", f"{place}/missing/site")


def test_a_release_is_public_whole_and_only_what_changed_travels(way: tuple[str, Server], place: str) -> None:
    kind, server = way
    wire = Wire(server)
    site = server.opened(kind, place, port=wire.port)
    large = {"static/large.bin": random.Random(7).randbytes(3_000_000)}
    published(site, release(1, files_of(1) | large), keep=2)
    assert tree(shown(server, place)) == files_of(1) | large
    assert wire.sent > 3_000_000
    before = wire.sent
    second_release = release(2, files_of(2) | large)
    second = published(site, second_release, keep=2)
    assert wire.sent - before < 200_000
    assert tree(shown(server, place)) == files_of(2) | large
    changed = [path for path, data in files_of(2).items() if files_of(1).get(path) != data]
    assert second.sent.files == (
        1 if kind == "plain" else len(changed)
    )  # all pages are the same, and bytes lie there once
    assert site.public(second_release.manifest, "zh/a.html") == files_of(2)["zh/a.html"]
    assert {*second.gone} == files_of(1).keys() - files_of(2).keys()
    third = published(site, release(3, files_of(3) | large), keep=2)
    assert third.pruned == (release(1, files_of(1) | large).manifest.id,)
    site.go_back(way_back(site, ""))
    assert tree(shown(server, place)) == files_of(2) | large
    assert [each.edition for each in site.kept()] == [2, 3]
    assert server.open_files() == []
    page = shown(server, place) / "zh" / "2.html"
    assert page.stat().st_mode & 0o444 == 0o444  # a web server may read it
    assert page.parent.stat().st_mode & 0o555 == 0o555
    wire.close()


def test_what_is_the_same_is_linked_and_never_written_to(server: Server, files_server: Server, place: str) -> None:
    for each, kind in ((server, "rsync"), (server, "sftp"), (files_server, "sftp")):
        name = f"{place} {kind}"
        site = each.opened(kind, name)
        published(site, release(1))
        before = (each.places / name / "current").resolve()
        times = {path: (before / path).stat().st_mtime_ns for path in files_of(1)}
        site.stage(release(2), lambda _done, _count: None)
        assert tree(before) == files_of(1)
        assert times == {path: (before / path).stat().st_mtime_ns for path in files_of(1)}
        published(site, release(2))
        after = (each.places / name / "current").resolve()
        assert (before / "data/3.csv").stat().st_ino == (after / "data/3.csv").stat().st_ino
        assert (before / "index.html").stat().st_ino != (after / "index.html").stat().st_ino
        assert tree(before) == files_of(1)


def test_a_server_without_extensions_takes_one_file_after_the_other(bare_server: Server, place: str) -> None:
    with pytest.raises(Refused, match="publish_no_links"):
        published(bare_server.opened("sftp", place), release(1))
    site = bare_server.opened("plain", place)
    for number in (1, 2):
        published(site, release(number))
        assert tree(bare_server.places / place) == files_of(number)


BUSYBOX = shutil.which("busybox")


@pytest.mark.skipif(BUSYBOX is None and not os.environ.get("CI"), reason="no BusyBox is installed")
def test_a_small_server_with_the_tools_of_busybox_will_do(tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    assert BUSYBOX is not None
    for name in (
        "sh",
        "cp",
        "find",
        "flock",
        "mkdir",
        "mv",
        "rm",
        "rmdir",
        "sha256sum",
        "tar",
        "test",
        "true",
        "xargs",
    ):
        (tools / name).symlink_to(BUSYBOX)
    with served(tmp_path / "server", SHELL, tools=str(tools)) as server:
        site = server.opened("sftp", "site")
        assert isinstance(site, ReleaseFolders)
        assert type(site.host) is ShellHost
        long = {f"data/{'很长的名字' * 8}/{'x' * 90}.csv": b"1"}
        for number in (1, 2, 3):
            published(site, release(number, files_of(number) | long), keep=2)
            assert tree(shown(server, "site")) == files_of(number) | long


def test_two_publishers_exclude_each_other(way: tuple[str, Server], place: str) -> None:
    kind, server = way
    site = server.opened(kind, place)
    with (
        site.locked(Owner("clerk", "2031-10-01T08:00:00+08:00", machine="elsewhere")),
        pytest.raises(Refused) as refused,
    ):
        published(server.opened(kind, place), release(1))
    assert refused.value.code == "publish_locked"
    assert refused.value.values["found"] == "clerk"
    published(site, release(1))
    with contextlib.ExitStack() as stack:
        stack.enter_context(site.locked(Owner("clerk", "2031-10-01T08:00:00+08:00", machine="elsewhere")))
        site.unlock()
        published(server.opened(kind, place), release(2))


def test_what_is_damaged_on_the_other_side_is_found_and_sent_again(way: tuple[str, Server], place: str) -> None:
    kind, server = way
    site = server.opened(kind, place)
    published(site, release(1))
    with site.locked(OWNER):
        site.stage(release(2), lambda _done, _count: None)
        if kind != "plain":
            page = server.places / place / "releases" / "unfinished" / "zh" / "2.html"
            page.write_bytes(b"<p>now</p>")
            assert site.differing(release(2)) == ["zh/2.html"]
        else:  # an object is read again when it becomes public
            digest = release(2).manifest.files["zh/2.html"].sha256
            (server.places / place / ".gazette" / "objects" / digest).write_bytes(b"<p>now</p>")
            with pytest.raises(Refused, match="publish_object_gone"):
                site.switch(release(2))
    published(site, release(2))
    assert tree(shown(server, place)) == files_of(2)


def test_a_public_file_that_somebody_changed_is_not_linked(way: tuple[str, Server], place: str) -> None:
    """Of the same size, so that only its digest tells."""
    kind, server = way
    site = server.opened(kind, place)
    published(site, release(1))
    page = shown(server, place) / "data" / "3.csv"
    page.write_bytes(page.read_bytes().replace(b"3", b"4"))
    published(site, release(2))
    if kind != "plain":  # where nothing is linked, what did not change is not looked at
        assert tree(shown(server, place)) == files_of(2)


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
        for number in range(1, 100 * ROUNDS, 100):
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
