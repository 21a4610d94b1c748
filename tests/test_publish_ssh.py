"""Publishing to servers by SSH: rsync, SFTP with a shell and without, and without links."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
from pathlib import Path

import pytest
from releases import OWNER, files_of, published, release, tree
from ssh_servers import Server, Wire, needs_sshd, served
from ssh_ways import SHELL, shown

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


def test_what_web_servers_read_goes_only_where_releases_lie_side_by_side(server: Server) -> None:
    ways = (server.rsync("x"), server.sftp("x"), server.sftp("x", links=False))
    assert [way.has_releases for way in ways] == [True, True, False]
