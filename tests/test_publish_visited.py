"""Visitors who read while releases come and go: nothing is missing, half, or a page of one release in the style of
another."""

from __future__ import annotations

import hashlib
import itertools
import os
import random
import re
import subprocess
import threading
import time
from pathlib import Path

import pytest
from releases import OWNER, published, release
from webservers import PROGRAMS, SERVERS, SETTINGS, Server, needs_servers, running

from gazette.publishing.places.local import LocalFolder
from gazette.publishing.publish import way_back
from gazette.publishing.release import Release
from gazette.publishing.release_folders import PREVIOUS, ReleaseFolders
from gazette.publishing.served import MOVED, for_web_server

COUNT = 30


def made(folder: Path, number: int) -> Release:
    """A release of a page with a style of its own, as the command makes one."""
    style = f"/* {number} */ p {{ margin: 0 }}\n".encode() * 2000
    stamp = hashlib.sha256(style).hexdigest()[:10]
    page = f'<link rel="stylesheet" href="../static/site.css?v={stamp}"><p>{number}</p>\n'.encode()
    files = {"static/site.css": style, "zh/index.html": page * 200, "zh/other.html": page, MOVED: b"# none\n"}
    site = folder / f"{number}"
    for path, data in files.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(data)
    digests = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
    versions = {path: source.read_bytes() for path, source in for_web_server(site, digests, {}).items()}
    return release(number, {**files, **versions})


class Visitor(threading.Thread):
    """Somebody who reads a page and what it loads, again and again."""

    def __init__(self, server: Server, until: threading.Event) -> None:
        super().__init__(daemon=True)
        self.server, self.until = server, until
        self.read, self.wrong, self.looks, self.turn = set[bytes](), list[str](), 0, threading.Condition()

    def run(self) -> None:
        while not self.until.is_set():
            try:
                self.look()
            except OSError as error:
                self.wrong.append(repr(error))
            with self.turn:
                self.looks += 1
                self.turn.notify_all()

    def reads_on(self) -> bool:
        """Waits until whatever is read now has been read to the end."""
        with self.turn:
            before = self.looks
            return self.turn.wait_for(lambda: self.looks > before, 20)

    def look(self) -> None:
        page = self.server.ask("/zh/index.html")
        lines = page.body.splitlines()
        if page.status != 200 or len(lines) != 200 or len({*lines}) != 1:
            self.wrong.append(f"page: {page.status}, {len(lines)} lines")
            return
        [stamp] = re.findall(rb"\?v=([0-9a-f]+)", lines[0])
        style = self.server.ask(f"/static/site.css?v={stamp.decode()}")
        is_own = hashlib.sha256(style.body).hexdigest().startswith(stamp.decode())
        if style.status != 200 or not is_own or "immutable" not in style.headers["cache-control"]:
            self.wrong.append(f"style of {lines[0]!r}: {style.status}, {style.body[:20]!r}")
        self.read.add(stamp)


@needs_servers
@pytest.mark.parametrize("name", SERVERS)
def test_visitors_get_whole_releases_while_others_come_and_go(name: str, tmp_path: Path) -> None:
    portal = tmp_path / "portal"
    site = ReleaseFolders(LocalFolder(portal))
    published(site, made(tmp_path, 0))
    until, chance = threading.Event(), random.Random(18)
    with running(name, portal, tmp_path / name) as server:
        visitors = [Visitor(server, until) for _ in range(3)]
        for each in visitors:
            each.start()
        numbers = itertools.count(1)
        for _ in range(COUNT):
            if len(site.kept()) > 2 and chance.random() < 0.3:
                with site.locked(OWNER):
                    site.go_back(chance.choice([each for each in site.kept() if each != site.live()]))
            else:
                published(site, made(tmp_path, next(numbers)), keep=3)
            assert all(each.reads_on() for each in visitors), "a visitor waits for ever"
        until.set()
        for each in visitors:
            each.join(20)
    assert [wrong for each in visitors for wrong in each.wrong] == []
    assert all(len(each.read) > 5 for each in visitors)


@needs_servers
def test_where_pages_went_is_read_again_once_a_release_is_there(tmp_path: Path) -> None:
    """As the service for systemd does it, which waits until whoever publishes is done."""
    portal, own = tmp_path / "portal", tmp_path / "nginx"
    site, new = ReleaseFolders(LocalFolder(portal)), {"zh/themes/new.html": b"<p>", "zh/index.html": b"<p>"}
    published(site, release(1, new))
    [asked] = re.findall("(?m)^ExecStart=/bin/sh -c '(.*)'$", (SETTINGS / "gazette-reload.service").read_text("utf-8"))
    with running("nginx", portal, own) as server:
        (own / "nginx").write_text(f'#!/bin/sh\nexec {PROGRAMS["nginx"]} -c {own}/nginx.conf -p {own} "$@"\n')
        (own / "nginx").chmod(0o755)
        with site.locked(OWNER):
            paths = {**os.environ, "PATH": f"{own}:{os.environ['PATH']}"}
            waiting = subprocess.Popen(["sh", "-c", asked.replace("/srv/portal", str(portal))], env=paths)
            led = release(2, {**new, MOVED: b"zh/themes/old.html zh/themes/new.html;\n"})
            site.stage(led, lambda _done, _count: None)
            site.switch(led)
            assert server.ask("/zh/themes/old.html").status == 404
        assert waiting.wait(60) == 0
        end = time.monotonic() + 60
        while (answer := server.ask("/zh/themes/old.html")).status == 404:
            assert time.monotonic() < end, "nginx reads the list no more"
            time.sleep(0.05)
    assert answer.status == 301 and answer.headers["location"].endswith("/zh/themes/new.html")


def test_the_release_before_stays_in_reach(tmp_path: Path) -> None:
    site = ReleaseFolders(LocalFolder(tmp_path / "portal"))
    first, second = made(tmp_path, 1), made(tmp_path, 2)
    published(site, first)
    assert not (tmp_path / "portal" / PREVIOUS).exists()
    published(site, second)
    previous = tmp_path / "portal" / PREVIOUS
    assert previous.resolve().name == first.manifest.id
    with site.locked(OWNER):
        site.go_back(way_back(site, ""))
    assert previous.resolve().name == second.manifest.id
    with site.locked(OWNER):
        site.go_back(first.manifest)  # it is public already
    assert previous.resolve().name == second.manifest.id


def test_the_release_before_is_the_last_to_be_removed(tmp_path: Path) -> None:
    site = ReleaseFolders(LocalFolder(tmp_path / "portal"))
    releases = [made(tmp_path, number) for number in range(4)]
    for each in releases[:3]:
        published(site, each)
    with site.locked(OWNER):
        site.go_back(releases[0].manifest)
    done = published(site, releases[3], keep=2)
    assert done.pruned == (releases[1].manifest.id, releases[2].manifest.id)
    assert (tmp_path / "portal" / PREVIOUS).resolve().name == releases[0].manifest.id
    assert published(site, made(tmp_path, 4), keep=1).pruned == (releases[0].manifest.id, releases[3].manifest.id)
