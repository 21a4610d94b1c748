"""Publishing to stores that speak S3: what visitors get, and when; what travels; what is left when it is cut off."""

from __future__ import annotations

import gzip
import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from releases import files_of, published, release
from stores import Bucket, Stores, made

from gazette.publishing.headers import cache_control, content_type
from gazette.publishing.locking import Owner
from gazette.publishing.order import stage_of
from gazette.publishing.places.s3 import S3Store
from gazette.publishing.publish import way_back
from gazette.publishing.refused import Refused

OTHER = Owner("colleague", "2031-10-01T08:58:00+08:00", process=os.getppid())


def test_a_release_is_public_and_of_the_next_only_what_changed_travels(bucket: Bucket) -> None:
    first = published(bucket.opened(), release(1))
    assert bucket.public() == files_of(1)
    assert first.sent.files == len({*files_of(1).values()})
    second = published(bucket.opened(), release(2))
    assert bucket.public() == files_of(2)
    known = {*files_of(1).values()}
    new = {data for data in files_of(2).values() if data not in known}
    assert (second.sent.files, second.sent.bytes) == (len(new), sum(map(len, new)))
    again = published(bucket.opened(), release(2))
    assert (again.sent.files, again.sent.kept) == (0, len(files_of(2)))
    live = bucket.opened().live()
    assert live == release(2).manifest
    assert ".gazette/lock.json" not in bucket.listed()


def test_a_site_lies_below_a_prefix_and_touches_nothing_beside_it(bucket: Bucket) -> None:
    bucket.client.put_object(Bucket=bucket.destination.bucket, Key="index.html", Body=b"another's")
    for number in (1, 2):
        published(bucket.opened("/pledges/"), release(number))
    public = {key.removeprefix("pledges/"): key for key in bucket.listed() if "/.gazette/" not in key}
    assert public.keys() == files_of(2).keys()
    assert bucket.asked("index.html")[0] == b"another's"
    assert bucket.asked("pledges/index.html")[0] == files_of(2)["index.html"]


def test_back_to_a_release_and_what_nobody_needs_is_removed(bucket: Bucket) -> None:
    for number in (1, 2, 3):
        done = published(bucket.opened(), release(number), keep=2)
    assert done.pruned == (release(1).manifest.id,)
    site = bucket.opened()
    site.go_back(way_back(site, ""))
    assert bucket.public() == files_of(2)
    objects = {key.rpartition("/")[2] for key in bucket.listed() if key.startswith(".gazette/objects/")}
    assert objects == {file.sha256 for number in (2, 3) for file in release(number).manifest.files.values()}


HEADERS = {
    "zh/index.html": b"<p>page</p>",
    "static/site.css": b"p { margin: 0 }",
    "data/pledges.csv": b"id\r\n1\r\n",
    "data/catalog.jsonld": b"{}",
    "zh/deadlines.ics": b"BEGIN:VCALENDAR",
    "zh/feed.xml": b"<feed/>",
    "sitemap.xml": b"<urlset/>",
    "zh/bulletin.pdf": b"%PDF-1.7",
    "static/heading.woff2": b"wOF2",
    "files/泵站.jpg": b"\xff\xd8",
    "zh/index.html.gz": gzip.compress(b"<p>page</p>", mtime=0),
}


def test_each_kind_of_file_comes_with_its_headers(bucket: Bucket) -> None:
    """Also where two files have the same bytes and are of different kinds."""
    files = {**HEADERS, "data/same.csv": b"{}", "data/same.json": b"{}"}
    published(bucket.opened(), release(1, files))
    for path, data in files.items():
        body, headers = bucket.asked(path)
        assert body == data
        assert headers["Content-Type"] == content_type(path)
        assert headers["Cache-Control"] == cache_control(path)
        assert headers["Content-Encoding"] == ("gzip" if path.endswith(".gz") else None)
        assert headers["ETag"]
    types = {path: content_type(path) for path in files}
    assert types["zh/index.html"] == types["zh/index.html.gz"] == "text/html; charset=utf-8"
    assert types["zh/feed.xml"] == "application/atom+xml"
    assert types["data/same.csv"] == "text/csv; charset=utf-8"
    assert cache_control("zh/index.html") == "no-cache"
    live = bucket.asked(".gazette/live.json")[1]
    assert live["Cache-Control"] == "no-store"


def test_what_pages_need_comes_before_them(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight at once, and those of a stage all before the first of the next."""
    published(bucket.opened(), release(1))
    steps: list[tuple[str, int]] = []
    for name, at in (("copy", 1), ("remove", 0)):
        monkeypatch.setattr(S3Store, name, _noted(steps, name, getattr(S3Store, name), at))
    published(bucket.opened(), release(2))
    shown = [(what, stage) for what, stage in steps if stage >= 0]
    come = [stage for what, stage in shown if what == "copy"]
    assert come == sorted(come) and len({*come}) > 2
    assert [what for what, _ in shown] == sorted(what for what, _ in shown), "what is gone goes last"


def _noted(steps: list[tuple[str, int]], what: str, act: Callable[..., None], at: int) -> Callable[..., None]:
    def noted(self: S3Store, *values: str) -> None:
        path = values[at]
        act(self, *values)
        steps.append((what, -1 if path.startswith((".gazette", "lock.json")) else stage_of(path)))

    return noted


KILLED = """
import os, signal, sys
sys.path[:0] = [{tests!r}, {root!r}]
from pathlib import Path
import msgspec
from releases import published, release
from gazette.model.records.destinations import S3Destination
from gazette.publishing.opening import open_destination
from gazette.publishing.places.s3 import S3Store
whole, done = getattr(S3Store, {at!r}), []
def act(self, *values):
    if len(done) == {step}:
        os.kill(os.getpid(), signal.SIGKILL)
    whole(self, *values)
    done.append(values)
setattr(S3Store, {at!r}, act)
destination = msgspec.json.decode({destination!r}, type=S3Destination)
published(open_destination(destination, Path(), "", None), release(2))
"""


@pytest.mark.long
@pytest.mark.parametrize(("at", "step"), [("write", 0), ("write", 3), ("copy", 3), ("remove", 0)])
def test_killed_in_the_middle_the_same_command_goes_on(bucket: Bucket, at: str, step: int) -> None:
    published(bucket.opened(), release(1))
    tests = Path(__file__).parent
    values = {"tests": str(tests), "root": str(tests.parent), "at": at, "step": step}
    code = KILLED.format(**values, destination=msgspec.json.encode(bucket.destination))
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    shown = bucket.public()
    assert all(data in (files_of(1).get(path), files_of(2).get(path)) for path, data in shown.items())
    if shown["index.html"] == files_of(2)["index.html"]:
        assert files_of(2).keys() <= shown.keys(), "the front page comes when all that it leads to is there"
    assert ".gazette/lock.json" in bucket.listed()
    done = published(bucket.opened(), release(2))
    assert bucket.public() == files_of(2)
    assert (at, step) == ("write", 0) or done.sent.files == 0


def test_two_publishers_exclude_each_other(bucket: Bucket) -> None:
    first, second = bucket.opened(), bucket.opened()
    with first.locked(OTHER), pytest.raises(Refused) as refused:
        published(second, release(1))
    assert (refused.value.code, refused.value.values["found"]) == ("publish_locked", "colleague")
    published(second, release(1))
    with first.locked(OTHER):
        second.unlock()
        published(second, release(2))
    assert bucket.public() == files_of(2)


def test_of_two_at_the_same_moment_one_has_the_lock(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have seen that there is none."""
    monkeypatch.setattr("gazette.publishing.places.s3.SETTLED", 1.0)
    both, read, seen = threading.Barrier(2), S3Store.read, threading.local()

    def together(self: S3Store, path: str) -> bytes | None:
        found = read(self, path)
        if not hasattr(seen, "once"):
            seen.once = True
            both.wait()
        return found

    monkeypatch.setattr(S3Store, "read", together)
    got: list[bool] = []

    def create(name: bytes) -> None:
        store = bucket.opened().store
        got.append(store.create("lock.json", name))

    threads = [threading.Thread(target=create, args=(name,)) for name in (b"one", b"two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [False, True]


def test_more_objects_than_a_listing_holds(stores: Stores, monkeypatch: pytest.MonkeyPatch) -> None:
    bucket = made("rclone", stores, monkeypatch)
    assert bucket.folder
    objects = bucket.folder / ".gazette" / "objects"
    objects.mkdir(parents=True)
    names = {f"{number:064x}" for number in range(1, 1003)}
    for name in names:
        (objects / name).write_bytes(b"")
    store = bucket.opened().store
    assert {*store.names(".gazette/objects")} == names


def test_bytes_that_were_damaged_on_the_way_are_refused(stores: Stores, monkeypatch: pytest.MonkeyPatch) -> None:
    """The digest that goes along is that of the bytes as they were read, and the store compares."""
    bucket = made("rclone", stores, monkeypatch)
    published(bucket.opened(), release(1))
    site = bucket.opened()
    ask = site.store.client.ask  # type: ignore[attr-defined]

    def damaging(operation: str, *rest: object, **values: object) -> object:
        if operation == "put_object" and b"release 2" in bytes(values["Body"]):  # type: ignore[call-overload]
            values["Body"] = bytes(values["Body"]).replace(b"2", b"3")  # type: ignore[call-overload]
        return ask(operation, *rest, **values)

    monkeypatch.setattr(site.store.client, "ask", damaging)  # type: ignore[attr-defined]
    with pytest.raises(Refused) as refused:
        published(site, release(2))
    assert (refused.value.code, refused.value.values["found"]) == ("publish_s3_failed", "BadDigest")
    assert bucket.public() == files_of(1)


def test_an_object_that_somebody_put_there_is_replaced(bucket: Bucket) -> None:
    """Without our digest in its metadata it is read; with another one it is another."""
    published(bucket.opened(), release(1))
    digest = release(1).manifest.files["zh/a.html"].sha256
    key = f".gazette/objects/{digest}"
    bucket.client.put_object(Bucket=bucket.destination.bucket, Key=key, Body=b"other")
    same = {path for path, file in release(1).manifest.files.items() if file.sha256 == digest}
    assert {*bucket.opened().differing(release(1))} == same
    with pytest.raises(Refused, match="publish_object_gone"):
        bucket.opened().store.copy(key, "zh/a.html", digest)
    assert published(bucket.opened(), release(1)).sent.files == 1
    assert bucket.opened().differing(release(1)) == []
    assert hashlib.sha256(bucket.asked(key)[0]).hexdigest() == digest
