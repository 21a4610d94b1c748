"""The command that publishes: what it asks, what it refuses, what is public afterwards, and what it keeps of that."""

from __future__ import annotations

import functools
import http.server
import json
import os
import pty
import re
import shutil
import subprocess
import sys
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from compiled import compiled
from cut_down import cut_down, one_unit
from program import ROOT, run, tree
from shared import once, root
from signatures import certificate, p12

from gazette.files import checksums
from gazette.publishing.manifest import parse_manifest
from gazette.publishing.served import MOVED, VERSIONS

DAY = "2031-10-01T09:00"
DESTINATIONS = """portal:
  kind: folder
  path: ../public
  keep: 3
"""


UPDATE = """    source: {section: 萤火新区}
    updates:
      - date: 2031-09-20
        state: under-way
        text: {zh: 已开始关灯。, en: Lights are being turned off.}
        evidence:
          - title: {zh: 通告, en: Notice}
            url: https://example.org/notice
            date: 2031-09-20"""
"""A first report on the pledge of the zone."""


class Office:
    """A small city in `folder` that is published to a folder beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.content, self.public = folder, folder / "content", folder / "public"

    def publish(self, *more: str, name: str = "portal", at: str = DAY) -> subprocess.CompletedProcess[str]:
        """The command, which finds what was built before."""
        asked = ("publish", name, *self.places(), "--at", at, *more)
        return run(*asked, content=self.content, env={"TZ": "Asia/Shanghai"})

    def places(self) -> tuple[str, ...]:
        folders = {"output": "output", "cache": "cache", "signed": "signed", "templates": "templates"}
        return tuple(part for option, name in folders.items() for part in (f"--{option}", str(self.folder / name)))

    def edit(self, old: str, new: str, file: str = "districts/yinghuo.yaml") -> None:
        place = self.content / file
        text = place.read_text("utf-8")
        assert old in text
        place.write_text(text.replace(old, new, 1), "utf-8")

    @property
    def current(self) -> Path:
        return self.public / "current"


def _prepare(folder: Path) -> None:
    """The city with one unit, next to nothing in its documents, and its settings filled in; built once."""
    one_unit(folder / "content")
    cut_down(folder / "templates")
    site = folder / "content" / "site.yaml"
    site.write_text(re.sub("(?m)^base_url:.*", "base_url: http://nowhere.example/", site.read_text("utf-8")), "utf-8")
    (folder / "content" / "publish.yaml").write_text(DESTINATIONS, "utf-8")
    shutil.rmtree(folder / "content" / "register", ignore_errors=True)
    compiled(folder / "cache")
    done = Office(folder).publish("--dry-run")
    assert done.returncode == 0, done.stderr


@pytest.fixture
def office(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Such a city, built and not published yet."""
    made = once(root(tmp_path_factory) / "office", _prepare)
    shutil.copytree(made, tmp_path / "office", symlinks=True, copy_function=shutil.copy2)
    return Office(tmp_path / "office")


def test_what_is_built_is_public_afterwards_and_recorded(office: Office) -> None:
    done = office.publish("--yes", "--report", str(office.folder / "report.json"))
    assert done.returncode == 0, done.stderr
    site = {path: data for path, data in tree(office.folder / "output").items() if path != ".gitignore"}
    public = tree(office.current)
    beside = {path: public.pop(path) for path in [*public] if path.startswith(f"{VERSIONS}/") or path == MOVED}
    assert public == site
    styles = {path: data for path, data in site.items() if path.startswith("static/")}
    assert {beside[path] for path in beside if path != MOVED} == {*styles.values()} and MOVED in beside
    (manifest,) = (office.public / "manifests").iterdir()
    kept = parse_manifest(manifest.read_bytes())
    assert kept is not None and kept.at == "2031-10-01T09:00+08:00" and b"yinghuo" in zlib.decompress(kept.snapshot)
    report = json.loads((office.folder / "report.json").read_text("utf-8"))
    assert (report["sent"], report["release"], report["digest"]) == (len(site) + len(beside), kept.id, kept.digest)
    assert [path.name for path in (office.content / "register").iterdir()] == ["yinghuo.tsv"]
    assert {path.name for path in (office.content / "published").iterdir()} == {"_site.tsv", "yinghuo.tsv"}
    assert "2031-10-01T09:00+08:00" in (office.content / "published" / "yinghuo.tsv").read_text("utf-8")
    again = office.publish("--yes", at="2031-10-02T09:00")
    assert f"portal holds this very site already (release {kept.id})" in again.stdout


def test_an_edit_travels_alone_and_is_told_before(office: Office) -> None:
    office.publish("--yes")
    office.edit("    source: {section: 萤火新区}", UPDATE)
    told = office.publish("--dry-run", at="2031-10-08T09:00")
    assert "Yinghuo New Zone, Turn the lights off at night (yinghuo-1)" in told.stdout
    counted = re.search(r"Files: (\d+) of (\d+) new or changed", told.stdout)
    assert counted is not None
    changed, all_files = map(int, counted.groups())
    assert 0 < changed < all_files
    inode = (office.current / "zh" / "privacy.html").stat().st_ino
    done = office.publish("--yes", at="2031-10-08T09:00")
    assert f"Sent: {changed} files" in done.stdout, done.stderr
    assert (office.current / "zh" / "privacy.html").stat().st_ino == inode
    dates = (office.content / "published" / "yinghuo.tsv").read_text("utf-8").splitlines()
    (pledge,) = (line.split("\t") for line in dates if line.startswith("zh/pledges/yinghuo-1.html"))
    assert pledge[1:3] == ["2031-10-01T09:00+08:00", "2031-10-08T09:00+08:00"]


def test_what_was_published_may_not_change_without_a_reason(office: Office) -> None:
    office.publish("--yes")
    before = tree(office.public)
    office.edit("zh: 该区承诺夜里关灯", "zh: 该区承诺白天关灯")
    done = office.publish("--yes", at="2031-10-08T09:00")
    assert done.returncode == 1
    assert "revisions:" in done.stderr
    assert tree(office.public) == before


def test_nothing_leaves_without_a_yes(office: Office) -> None:
    unasked = office.publish()
    assert unasked.returncode == 2
    assert "--yes" in unasked.stderr
    assert not office.current.exists()
    for answer, is_public in (("\n", False), ("n\n", False), ("y\n", True)):
        assert typed(office, answer)
        assert office.current.exists() == is_public, answer


def typed(office: Office, answer: str) -> str:
    """What the command says on a terminal where somebody types an answer."""
    ours, theirs = pty.openpty()
    command = [sys.executable, str(ROOT / "build.py"), "publish", "portal", *office.places(), "--at", DAY]
    command += ["--content", str(office.content), "--messages", "en"]
    process = subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    os.close(theirs)
    os.write(ours, answer.encode())
    said, _ = process.communicate()
    os.close(ours)
    return said


def test_a_dry_run_leaves_no_trace(office: Office) -> None:
    before = tree(office.content)
    done = office.publish("--dry-run")
    assert "Nothing was sent (--dry-run)." in done.stdout
    assert tree(office.content) == before
    assert tree(office.public) == {}


def test_a_mistake_in_the_content_stops_it(office: Office) -> None:
    office.publish("--yes")
    before = tree(office.public)
    office.edit("text:", "txt:")
    done = office.publish("--yes", at="2031-10-02T09:00")
    assert done.returncode == 1
    assert "districts/yinghuo.yaml" in done.stderr
    assert tree(office.public) == before


def test_the_settings_of_a_release_are_demanded(office: Office) -> None:
    office.edit("base_url: http://nowhere.example/", "base_url:", "site.yaml")
    done = office.publish("--yes")
    assert done.returncode == 1
    assert "a release needs the setting “base_url”" in done.stderr


def test_another_city_is_not_published_over_this_one(office: Office) -> None:
    office.publish("--yes")
    before = tree(office.public)
    office.edit("title: {zh: 虚城整改簿, en: Nowhere Ledger}", "title: {zh: 他城整改簿, en: Elsewhere}", "site.yaml")
    done = office.publish("--yes", at="2031-10-02T09:00")
    assert done.returncode == 1
    assert "another site: “虚城整改簿”, not “他城整改簿”" in done.stderr
    assert re.search(r"content/publish\.yaml:1:0: ", done.stderr)
    assert tree(office.public) == before


# ── signed documents ─────────────────────────────────────────────────────────


def test_signed_documents_take_their_place_and_the_list_is_of_what_is_there(office: Office) -> None:
    key, signed, places = office.folder / "key.p12", office.folder / "signed", office.places()
    key.write_bytes(p12(certificate("信息公开章"), passphrase=""))
    command = [sys.executable, str(ROOT / "build.py"), "sign", "--key", str(key), "--to", str(signed), *places[:4]]
    subprocess.run(command, check=True, capture_output=True)
    documents = {path: data for path, data in tree(signed).items() if path.endswith(".pdf")}
    assert "zh/bulletin.pdf" in documents
    done = office.publish("--yes")
    assert done.returncode == 0, done.stderr
    assert documents.items() <= tree(office.current).items()
    listed, _ = checksums.read((office.current / "sha256sums.txt").read_text("utf-8"))
    assert documents.keys() <= listed.keys()
    assert all(checksums.digest_of(office.current / path) == digest for path, digest in listed.items())


@pytest.mark.parametrize(
    ("path", "said"), [("zh/bulletin.pdf", "made of another one"), ("zh/other.pdf", "belongs to nothing")]
)
def test_signed_documents_of_another_build_are_refused(office: Office, path: str, said: str) -> None:
    signed = office.folder / "signed" / path
    signed.parent.mkdir(parents=True)
    signed.write_bytes(b"%PDF-1.7 of another day")
    done = office.publish("--yes")
    assert done.returncode == 1
    assert said in done.stderr
    assert not office.current.exists()


# ── what visitors get ────────────────────────────────────────────────────────


@pytest.fixture
def served(office: Office) -> Iterator[str]:
    """The address at which a web server gives what is public."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    office.public.mkdir(exist_ok=True)
    handler = functools.partial(Quiet, directory=str(office.current))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_the_site_is_asked_for_as_visitors_do(office: Office, served: str) -> None:
    office.edit("  keep: 3", f"  keep: 3\n  base_url: {served}", "publish.yaml")
    done = office.publish("--yes", "--report", str(office.folder / "report.json"))
    report = json.loads((office.folder / "report.json").read_text("utf-8"))
    assert report["visited"] == min(200, report["sent"])
    assert report["otherwise"] == []
    assert report["headers_missing"][:2] == ["Content-Security-Policy", "X-Content-Type-Options"]
    assert "0 of them came otherwise" in done.stdout


def test_what_comes_otherwise_is_told(office: Office, served: str) -> None:
    office.edit("  keep: 3", f"  keep: 3\n  base_url: {served}no/such/place/", "publish.yaml")
    done = office.publish("--yes")
    assert done.returncode == 0  # it is public, and told where it cannot be seen
    assert f"{served}no/such/place/index.html: the web server does not give this file (status 404)." in done.stderr


# ── the way back, and the list ───────────────────────────────────────────────


def test_releases_are_listed_and_one_can_be_gone_back_to(office: Office) -> None:
    office.publish("--yes")
    office.edit("as_of: 2031-09-30", "as_of: 2031-10-02", "site.yaml")
    office.publish("--yes", at="2031-10-02T09:00")
    before, now = office.publish("--list").stdout.splitlines()
    assert before.startswith("  20311001-090000-") and now.startswith("* 20311002-090000-")
    back = office.publish("--rollback", "--yes")
    assert back.returncode == 0, back.stderr
    before, now = office.publish("--list").stdout.splitlines()
    assert before.startswith("* 20311001-090000-") and now.startswith("  20311002-090000-")
    wrong = office.publish("--rollback", "20311001-090000-00000000", "--yes")
    assert wrong.returncode == 1 and "there is no release “20311001-090000-00000000”" in wrong.stderr


# ── wrong use ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--list", "--unlock"), "only one of these"),
        (("other",), "expected the name of one destination"),
        (("--rollback", "yesterday"), "“yesterday” is no release"),
    ],
)
def test_wrong_use_is_told(office: Office, more: tuple[str, ...], said: str) -> None:
    done = office.publish(*more)
    assert done.returncode == 2
    assert said in done.stderr


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("portal:\n  kind: ftp\n  path: x\n", "2:9", "found “ftp”"),
        ("portal:\n  path: x\n", "2:3", "expected “kind:”"),
        ("Portal:\n  kind: folder\n  path: x\n", "1:1", "cannot be the name"),
        ("- kind: folder\n", "1:1", "expected the name of a destination"),
        ("portal:\n  kind: folder\n", "2:3", "path"),
        ("portal:\n  kind: folder\n  path: x\n  kep: 3\n", "4:3", "keep"),
        ("portal:\n  kind: folder\n  path: x\n  keep: 0\n", "4:9", "≥ 1"),
        ("other:\n  kind: folder\n  path: x\n", "0:0", "no destination “portal”"),
    ],
)
def test_a_wrong_list_of_destinations_is_told_in_its_place(office: Office, text: str, place: str, said: str) -> None:
    (office.content / "publish.yaml").write_text(text, "utf-8")
    done = office.publish("--yes")
    assert done.returncode == 1
    assert f"publish.yaml:{place}: " in done.stderr, done.stderr
    assert said in done.stderr


def test_without_a_list_of_destinations_it_is_told_what_to_write(office: Office) -> None:
    (office.content / "publish.yaml").unlink()
    done = office.publish("--yes")
    assert done.returncode == 1
    assert "publish.yaml:0:0: this file says where the site is published" in done.stderr
