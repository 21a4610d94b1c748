"""What stands in the way of a publication is told at once: the destination is asked before anything is built, and
asking takes and changes nothing there."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from program import ROOT, Done, tree
from publishers import DESTINATIONS, Office
from reached import at_least_one
from releases import OWNER, published, release
from ssh_servers import Server, key, needs_sshd, served
from stores import SECRET, Stores, made

from gazette.model.records.destinations import FolderDestination
from gazette.publishing.asking import in_the_way
from gazette.publishing.in_place import InPlace
from gazette.publishing.places.local import LocalFolder
from gazette.publishing.places.plain import PlainFolder
from gazette.publishing.refused import Refused
from gazette.publishing.release_folders import ReleaseFolders

pytestmark = pytest.mark.long

ELSEWHERE = "elsewhere:\n  kind: folder\n  path: ../other\n  kep: 3\n"
"""Another destination, in which something is wrong."""


@pytest.fixture
def unbuilt(publisher: Office) -> Office:
    """A city of which nothing is built: where something was, that would be told from nothing by its times alone."""
    shutil.rmtree(publisher.folder / "output")
    return publisher


def told_unbuilt(office: Office, more: str, judged: bool = False) -> str:
    """What is told at once, both by a dry run and by a publication; nothing is built and recorded then."""
    before, told = tree(office.content), set()
    for how in ("--dry-run", "--yes"):
        done = office.publish(how, judged=judged)
        assert done.returncode == 1 and "Traceback" not in done.stderr
        told.add(done.stderr)
        assert not (office.folder / "output").exists()
        assert tree(office.content) == before
    assert len(told) == 1 and more in done.stderr, told
    return done.stderr


# ── servers ──────────────────────────────────────────────────────────────────


def described(office: Office, server: Server, kind: str = "sftp", **other: object) -> None:
    """publish.yaml of a city that is published to a server."""
    lines = {"kind": kind, "host": "127.0.0.1", "port": server.port, "path": server.places / office.folder.parent.name}
    lines |= {"key": server.folder / "key", "known_hosts": server.folder / "known_hosts", **other}
    text = "".join(f"  {name}: {value}\n" for name, value in lines.items() if value is not None)
    (office.content / "publish.yaml").write_text(f"portal:\n{text}", "utf-8")


def of_another_key(folder: Path, port: int) -> Path:
    """A list by which a server is known that has another key."""
    key(folder / "other")
    kind, data = (folder / "other.pub").read_text().split()[:2]
    (folder / "known").write_text(f"[127.0.0.1]:{port} {kind} {data}\n")
    return folder / "known"


def ways_in_the_way(folder: Path, server: Server) -> Mapping[str, tuple[dict[str, object], str]]:
    (folder / "empty").write_text("")
    key(folder / "wrong")
    return {
        "unknown": ({"known_hosts": folder / "empty"}, "is not known on this machine"),
        "changed": ({"known_hosts": of_another_key(folder, server.port)}, "has another key"),
        "refused": ({"key": folder / "wrong"}, "does not accept this account"),
        "nowhere": ({"path": server.places / "no" / "folder"}, "does not exist on the server"),
        "closed": ({"port": 9}, "does not accept connections at port 9"),
    }


@needs_sshd
@pytest.mark.parametrize("way", ["unknown", "changed", "refused", "nowhere", "closed"])
def test_a_server_that_is_not_to_be_published_to_is_told_before_anything_is_built(
    unbuilt: Office, server: Server, tmp_path: Path, way: str
) -> None:
    other, said = ways_in_the_way(tmp_path, server)[way]
    described(unbuilt, server, **other)
    before = tree(server.places)
    told_unbuilt(unbuilt, said)
    assert tree(server.places) == before


@needs_sshd
def test_all_that_is_wrong_with_the_way_is_told_together(unbuilt: Office, server: Server, tmp_path: Path) -> None:
    """With what is wrong in publish.yaml, too, be it of another destination."""
    described(unbuilt, server, key=tmp_path / "no-key", known_hosts=tmp_path / "no-list")
    place = unbuilt.content / "publish.yaml"
    place.write_text(place.read_text("utf-8") + ELSEWHERE, "utf-8")
    told = told_unbuilt(unbuilt, "kep")
    assert "no-key does not exist" in told and "no-list does not exist" in told
    assert "3 problems" in told
    described(unbuilt, server, known_hosts=of_another_key(tmp_path, server.port))
    place.write_text(place.read_text("utf-8") + ELSEWHERE, "utf-8")
    assert "has another key" in told_unbuilt(unbuilt, "kep")


@needs_sshd
def test_rsync_that_is_missing_is_told_before_anything_is_built(unbuilt: Office, server: Server) -> None:
    described(unbuilt, server, "rsync")
    told_unbuilt(unbuilt, "the program rsync is not installed here")


@needs_sshd
@pytest.mark.parametrize("kind", ["rsync", "sftp", "plain"])
def test_a_server_is_asked_and_nothing_is_changed_there(unbuilt: Office, server: Server, kind: str) -> None:
    """What stops the building leaves no trace: no folder, no lock."""
    place = server.places / unbuilt.folder.parent.name
    described(unbuilt, server, kind.replace("plain", "sftp"), links="no" if kind == "plain" else None)
    unbuilt.edit("text:", "txt:")
    before = (server.folder / "log").read_text().count("Accepted publickey")
    done = unbuilt.publish("--yes", judged=True)
    assert "districts/yinghuo.yaml" in done.stderr and done.returncode == 1
    assert (server.folder / "log").read_text().count("Accepted publickey") == before + 1
    assert not place.exists()
    listed = unbuilt.publish("--list", judged=True)
    assert listed.returncode == 0 and not place.exists()
    back = unbuilt.publish("--rollback", "--yes", judged=True)
    assert "no release to go back to" in back.stderr and not place.exists()


@needs_sshd
def test_a_server_that_says_yes_gets_the_site(unbuilt: Office, server: Server) -> None:
    place = server.places / unbuilt.folder.parent.name
    described(unbuilt, server, base_url="http://127.0.0.1:9/")
    assert "Nothing was sent (--dry-run)." in unbuilt.publish("--dry-run").stdout
    assert not place.exists()
    done = unbuilt.publish("--yes")
    assert done.returncode == 0, done.stderr
    built = {path: data for path, data in tree(unbuilt.folder / "output").items() if path != ".gitignore"}
    assert built.items() <= tree(place / "current").items()
    before = tree(place)
    assert "portal already has this site" in unbuilt.publish("--yes").stdout
    assert tree(place) == before


SETPRIV = shutil.which("setpriv")
BOUND = "setpriv --bounding-set=-all --inh-caps=-all sh -c"
"""What an administrator may do beyond the rights of files is taken away from whoever logs in."""


@needs_sshd
@pytest.mark.skipif(SETPRIV is None and not os.environ.get("CI"), reason="no setpriv is installed")
@pytest.mark.parametrize("kind", ["rsync", "sftp"])
def test_a_folder_of_a_server_that_takes_nothing_is_told_before_anything_is_built(
    unbuilt: Office, tmp_path: Path, kind: str
) -> None:
    bound = [f'ForceCommand {BOUND} "$SSH_ORIGINAL_COMMAND"'] if os.geteuid() == 0 else []
    ways = (Path("/usr/lib/openssh/sftp-server"), Path("/usr/libexec/openssh/sftp-server"))
    files = next(path for path in ways if path.exists())
    with served(tmp_path / "server", f"Subsystem sftp {files}", *bound) as server:
        described(unbuilt, server, kind)
        place = server.places / unbuilt.folder.parent.name
        place.mkdir()
        place.chmod(0o555)
        told_unbuilt(unbuilt, "this account may not write there", judged=True)


# ── folders and stores ───────────────────────────────────────────────────────


def test_a_share_that_is_not_mounted_is_told_before_anything_is_built(unbuilt: Office) -> None:
    for kind in ("folder", "package"):
        (unbuilt.content / "publish.yaml").write_text(f"portal:\n  kind: {kind}\n  path: ../no/share\n", "utf-8")
        told_unbuilt(unbuilt, "Check that the share is mounted")
    (unbuilt.content / "publish.yaml").write_text(DESTINATIONS + ELSEWHERE, "utf-8")
    told_unbuilt(unbuilt, "kep")


def test_what_is_no_folder_is_told_before_anything_is_built(unbuilt: Office) -> None:
    unbuilt.public.write_text("a file", "utf-8")
    told_unbuilt(unbuilt, "public:1:1: ")
    assert unbuilt.public.read_text("utf-8") == "a file"


def test_a_folder_that_takes_nothing_is_told_before_anything_is_built(
    unbuilt: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For the folder, or the one in which it is to be made. (An administrator may write to any: so it is pretended.)"""
    asked: list[Path] = []
    monkeypatch.setattr("gazette.publishing.places.local.os.access", lambda path, _: asked.append(path))
    told_unbuilt(unbuilt, "the system does not allow this: no permission")
    unbuilt.public.mkdir()
    told_unbuilt(unbuilt, "the system does not allow this: no permission")
    assert {*asked} == {unbuilt.folder, unbuilt.public}


def test_one_who_publishes_already_is_told_before_anything_is_built(unbuilt: Office) -> None:
    site = ReleaseFolders(LocalFolder(unbuilt.public))
    with site.locked(OWNER):
        lock = unbuilt.public / "lock.json"
        lock.write_text(json.dumps({**json.loads(lock.read_bytes()), "machine": "elsewhere"}), "utf-8")
        told_unbuilt(unbuilt, "has been publishing to this destination")
        lock.write_text("", "utf-8")
        told_unbuilt(unbuilt, "the lock does not say by whom")
    lock.unlink()
    assert unbuilt.publish("--dry-run").returncode == 0


def test_what_is_public_and_cannot_be_read_is_told_before_anything_is_built(unbuilt: Office) -> None:
    published(ReleaseFolders(LocalFolder(unbuilt.public)), release(1))
    shutil.rmtree(unbuilt.public / "manifests")
    told_unbuilt(unbuilt, "cannot be read")


def test_a_store_that_refuses_the_key_is_told_before_anything_is_built(
    unbuilt: Office, stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket = made("rclone", stores, monkeypatch)
    lines = f"portal:\n  kind: s3\n  bucket: {bucket.destination.bucket}\n  endpoint: {bucket.destination.endpoint}\n"
    (unbuilt.content / "publish.yaml").write_text(lines, "utf-8")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong")
    told_unbuilt(unbuilt, "does not accept the access key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    lines = lines.replace(bucket.destination.bucket, "no-such-bucket")
    (unbuilt.content / "publish.yaml").write_text(lines, "utf-8")
    told_unbuilt(unbuilt, "has no bucket “no-such-bucket”")
    assert bucket.listed() == []


@pytest.mark.parametrize("links", [True, False])
def test_a_folder_is_asked_and_nothing_is_changed_there(tmp_path: Path, links: bool) -> None:
    destination = FolderDestination(kind="folder", path="public", links=links)
    assert in_the_way(destination, tmp_path) == []
    assert not (tmp_path / "public").exists()
    site = ReleaseFolders(LocalFolder(tmp_path / "public")) if links else InPlace(PlainFolder(tmp_path / "public"))
    published(site, release(1))
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "public").rglob("*")}
    assert in_the_way(destination, tmp_path) == []
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "public").rglob("*")} == before
    with site.locked(OWNER):
        assert in_the_way(destination, tmp_path) == []  # by this very process, which may go on
        (tmp_path / "public" / "lock.json").write_text("", "utf-8")
        [refused] = in_the_way(destination, tmp_path)
        assert isinstance(refused, Refused) and refused.code == "publish_locked_unknown"


# ── who is asked ─────────────────────────────────────────────────────────────


def test_where_nobody_can_say_yes_that_is_told_before_anything_is_built(unbuilt: Office) -> None:
    done: Done = unbuilt.publish()
    assert done.returncode == 2 and "--yes" in done.stderr
    assert not (unbuilt.folder / "output").exists() and not unbuilt.public.exists()


def test_no_command_asks_of_what_kind_a_destination_is() -> None:
    """A destination says of itself what follows from that: only what opens it looks at the kind."""
    for path in at_least_one((ROOT / "gazette" / "cli").rglob("*.py")):
        assert not re.search(r"\w+Destination\b|destination\.kind", path.read_text("utf-8")), path
