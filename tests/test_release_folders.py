"""Releases in folders side by side: all of one is public or all of another, whatever is cut off and when."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import msgspec
import pytest
from releases import OWNER, files_of, published, release, tree

from gazette.publishing.locking import Owner
from gazette.publishing.places.local import LocalFolder
from gazette.publishing.publish import way_back
from gazette.publishing.refused import Refused
from gazette.publishing.release_folders import ReleaseFolders


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "public"


def opened(folder: Path) -> ReleaseFolders:
    return ReleaseFolders(LocalFolder(folder))


def test_a_release_is_public_whole_and_the_next_takes_its_place(folder: Path) -> None:
    site = opened(folder)
    first = published(site, release(1))
    assert tree(folder / "current") == files_of(1)
    assert (first.sent.files, first.gone) == (len(files_of(1)), ())
    second = published(site, release(2))
    assert tree(folder / "current") == files_of(2)
    changed = {path for path, data in files_of(2).items() if files_of(1).get(path) != data}
    assert second.sent.files == len(changed)
    assert {*second.gone} == files_of(1).keys() - files_of(2).keys()
    live = site.live()
    assert live is not None
    assert live.id == release(2).manifest.id


def test_what_is_the_same_is_linked_and_never_written_to(folder: Path) -> None:
    site = opened(folder)
    published(site, release(1))
    before = folder / "releases" / release(1).manifest.id
    published(site, release(2))
    after = folder / "releases" / release(2).manifest.id
    assert (before / "data/3.csv").stat().st_ino == (after / "data/3.csv").stat().st_ino
    assert (before / "index.html").stat().st_ino != (after / "index.html").stat().st_ino
    assert tree(before) == files_of(1)


def test_a_file_damaged_on_the_way_is_found_and_nothing_changes_for_visitors(folder: Path) -> None:
    class Leaky(LocalFolder):
        def write(self, path: str, data: bytes) -> None:
            super().write(path, data[:-1] if path.endswith("zh/a.html") else data)

    site = opened(folder)
    published(site, release(1))
    with pytest.raises(Refused) as refused:
        published(ReleaseFolders(Leaky(folder)), release(2))
    assert (refused.value.code, refused.value.values) == ("publish_damaged", {"found": "zh/a.html", "count": 1})
    assert tree(folder / "current") == files_of(1)
    published(site, release(2))
    assert tree(folder / "current") == files_of(2)


def test_what_is_public_is_there_all_the_time_even_while_the_same_comes_again(folder: Path) -> None:
    class Stopped(LocalFolder):
        def move(self, before: str, after: str) -> None:
            raise OSError(before, after)

    published(opened(folder), release(2))
    published(ReleaseFolders(Stopped(folder)), release(2))
    assert tree(folder / "current") == files_of(2)


KILLED = """
import sys
sys.path[:0] = [{tests!r}, {root!r}]
from pathlib import Path
from releases import published, release
from gazette.publishing.places.local import LocalFolder
from gazette.publishing.release_folders import ReleaseFolders
print("ready", flush=True)
for number in range(2, 400):
    published(ReleaseFolders(LocalFolder(Path({folder!r}))), release(number), keep=2)
"""


def test_whoever_is_killed_leaves_one_whole_release_and_the_same_command_goes_on(folder: Path) -> None:
    """Killed after random times, twelve times, while a visitor reads."""
    published(opened(folder), release(1))
    tests = Path(__file__).parent
    code = KILLED.format(tests=str(tests), root=str(tests.parent), folder=str(folder))
    for number in range(12):
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.013 * number)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        shown = tree(folder / "current")
        number_shown = int(shown["index.html"].split()[1].rstrip(b"</p>"))
        assert shown == files_of(number_shown)
    published(opened(folder), release(7))
    assert tree(folder / "current") == files_of(7)


def test_visitors_meet_no_mixture_while_it_is_published(folder: Path) -> None:
    site = opened(folder)
    published(site, release(1))
    seen, stop = [], threading.Event()

    def visit() -> None:
        while not stop.is_set():
            place = os.readlink(folder / "current")  # noqa: PTH115 - as a server does for each request
            try:
                seen.append({(folder / place / name).read_bytes() for name in ("index.html", "zh/index.html")})
            except FileNotFoundError:
                seen.append(set())

    visitor = threading.Thread(target=visit)
    visitor.start()
    for number in range(2, 12):
        published(site, release(number), keep=20)
    stop.set()
    visitor.join()
    assert len(seen) > 20
    assert all(len(pages) == 1 for pages in seen)


def test_the_oldest_releases_go_and_the_public_one_never_does(folder: Path) -> None:
    site = opened(folder)
    for number in range(1, 6):
        published(site, release(number), keep=3)
    assert [each.edition for each in site.kept()] == [3, 4, 5]
    assert sorted(os.listdir(folder / "releases")) == [each.id for each in site.kept()]  # noqa: PTH208
    site.go_back(way_back(site, release(3).manifest.id))
    assert site.prune(1) == [release(4).manifest.id, release(5).manifest.id]
    assert tree(folder / "current") == files_of(3)


def test_the_way_back_is_the_release_before_or_the_one_that_is_named(folder: Path) -> None:
    site = opened(folder)
    with pytest.raises(Refused, match="publish_no_release"):
        way_back(site, "")
    for number in (1, 2, 3):
        published(site, release(number))
    site.go_back(way_back(site, ""))
    assert tree(folder / "current") == files_of(2)
    site.go_back(way_back(site, ""))
    assert tree(folder / "current") == files_of(1)
    site.go_back(way_back(site, release(3).manifest.id))
    assert tree(folder / "current") == files_of(3)
    with pytest.raises(Refused, match="publish_unknown_release"):
        way_back(site, "20311001-090009-00000000")
    published(site, release(4))
    assert tree(folder / "current") == files_of(4)


# ── the lock ─────────────────────────────────────────────────────────────────


def test_two_publishers_exclude_each_other(folder: Path) -> None:
    site, at_work = opened(folder), subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        with site.locked(msgspec.structs.replace(OWNER, process=at_work.pid)):
            with pytest.raises(Refused) as refused:
                published(opened(folder), release(1))
            assert refused.value.code == "publish_locked"
            assert refused.value.values["found"] == "editor"
            assert [place.name for place in folder.iterdir()] == ["lock.json"]
    finally:
        at_work.communicate()
    published(site, release(1))


@pytest.mark.parametrize(("machine", "code"), [("", ""), ("elsewhere", "publish_locked")])
def test_the_lock_of_a_process_that_has_ended_is_taken_over_only_on_its_own_machine(
    folder: Path, machine: str, code: str
) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    owner = Owner("editor", "2031-10-01T09:00:00+08:00", process=ended.pid)
    left = msgspec.structs.replace(owner, machine=machine) if machine else owner
    site = opened(folder)
    assert site.host.create("lock.json", msgspec.json.encode(left))
    if not code:
        published(site, release(1))
        assert tree(folder / "current") == files_of(1)
        return
    with pytest.raises(Refused, match=code):
        published(site, release(1))
    site.unlock()
    published(site, release(1))


def test_a_lock_that_says_nothing_is_told(folder: Path) -> None:
    site = opened(folder)
    assert site.host.create("lock.json", b"")
    with pytest.raises(Refused, match="publish_locked_unknown"):
        published(site, release(1))


# ── what is not as it should be ──────────────────────────────────────────────


def test_what_stands_in_the_place_of_the_link_is_left_alone(folder: Path) -> None:
    (folder / "current").mkdir(parents=True)
    (folder / "current" / "other.html").write_text("mine", "utf-8")
    with pytest.raises(Refused, match="publish_not_link"):
        published(opened(folder), release(1))
    assert (folder / "current" / "other.html").read_text("utf-8") == "mine"


@pytest.mark.parametrize("spoilt", [b"", b"{", b'{"format": "gazette-release/9"}', b"\xff"])
def test_a_public_release_without_a_manifest_is_told(folder: Path, spoilt: bytes) -> None:
    site = opened(folder)
    published(site, release(1))
    (folder / "manifests" / f"{release(1).manifest.id}.json").write_bytes(spoilt)
    with pytest.raises(Refused, match="publish_manifest"):
        published(site, release(2))


def test_a_share_that_is_not_mounted_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="publish_no_folder"):
        LocalFolder(tmp_path / "not-there" / "public")


def test_a_full_disk_changes_nothing_for_visitors(folder: Path) -> None:
    class Full(LocalFolder):
        def write(self, path: str, data: bytes) -> None:
            if path.endswith("zh/index.html"):
                raise OSError(28, os.strerror(28))
            super().write(path, data)

    published(opened(folder), release(1))
    with pytest.raises(OSError, match="No space"):
        published(ReleaseFolders(Full(folder)), release(2))
    assert tree(folder / "current") == files_of(1)
    published(opened(folder), release(2))
    assert tree(folder / "current") == files_of(2)
