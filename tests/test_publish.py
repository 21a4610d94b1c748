"""The command that publishes: what it asks, what it refuses, what is public afterwards, and what it keeps of that."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
import zlib

import pytest
from program import ROOT, tree
from publishers import DAY, UPDATE, Office
from signatures import certificate, p12
from verapdf import validated

from gazette.building.place import state_folder
from gazette.files import checksums
from gazette.publishing.manifest import parse_manifest


def is_for_servers(path: str) -> bool:
    """What a release has beside the site, for the settings of web servers."""
    return path in ("moved.map", "served.txt") or path.startswith("static/v/")


def test_what_is_built_is_public_afterwards_and_recorded(publisher: Office) -> None:
    """By the clock of the city, wherever it is published from: by that of the machine it would be another hour, and
    another day for the second."""
    late, report = "2031-10-01T23:30", publisher.folder / "report.json"
    done = publisher.publish("--yes", "--report", str(report), at=late, zone="America/St_Johns")
    assert done.returncode == 0, done.stderr
    site = {path: data for path, data in tree(publisher.folder / "output").items() if path != ".gitignore"}
    served = {path: data for path, data in tree(publisher.current).items() if path in site or not is_for_servers(path)}
    assert served == site
    (manifest,) = (publisher.public / "manifests").iterdir()
    kept = parse_manifest(manifest.read_bytes())
    assert kept is not None and kept.at == f"{late}+08:00" and b"yinghuo" in zlib.decompress(kept.snapshot)
    said = json.loads(report.read_text("utf-8"))
    assert (said["sent"], said["release"], said["digest"]) == (len(tree(publisher.current)), kept.id, kept.digest)
    assert [path.name for path in (publisher.content / "register").iterdir()] == ["yinghuo.tsv"]
    assert {path.name for path in (publisher.content / "published").iterdir()} == {"_site.tsv", "yinghuo.tsv"}
    assert f"\t{late}+08:00" in (publisher.content / "published" / "yinghuo.tsv").read_text("utf-8")
    register = (publisher.content / "register" / "yinghuo.tsv").read_text("utf-8")
    assert {line.split("\t")[3] for line in register.splitlines()} == {"2031-10-01"}
    again = publisher.publish("--yes", at="2031-10-02T00:10", zone="Pacific/Kiritimati")
    assert f"portal already has this site (release {kept.id})" in again.stdout


def test_an_edit_travels_alone_and_is_told_before(publisher: Office) -> None:
    publisher.publish("--yes")
    publisher.edit("    source: {section: 萤火新区}", UPDATE)
    told = publisher.publish("--dry-run", at="2031-10-08T09:00")
    assert "Yinghuo New Zone, Turn the lights off at night (yinghuo-1)" in told.stdout
    counted = re.search(r"Files: (\d+) of (\d+) new or changed", told.stdout)
    assert counted is not None
    changed, all_files = map(int, counted.groups())
    assert 0 < changed < all_files
    inode = (publisher.current / "zh" / "privacy.html").stat().st_ino
    done = publisher.publish("--yes", at="2031-10-08T09:00")
    assert f"Sent: {changed} files" in done.stdout, done.stderr
    assert (publisher.current / "zh" / "privacy.html").stat().st_ino == inode
    dates = (publisher.content / "published" / "yinghuo.tsv").read_text("utf-8").splitlines()
    (pledge,) = (line.split("\t") for line in dates if line.startswith("zh/pledges/yinghuo-1.html"))
    assert pledge[1:3] == ["2031-10-01T09:00+08:00", "2031-10-08T09:00+08:00"]


def test_what_was_published_may_not_change_without_a_reason(publisher: Office) -> None:
    publisher.publish("--yes")
    before = tree(publisher.public)
    publisher.edit("zh: 该区承诺夜里关灯", "zh: 该区承诺白天关灯")
    done = publisher.publish("--yes", at="2031-10-08T09:00")
    assert done.returncode == 1
    assert "revisions:" in done.stderr
    assert tree(publisher.public) == before


def test_nothing_leaves_without_a_yes(publisher: Office) -> None:
    unasked = publisher.publish()
    assert unasked.returncode == 2
    assert "--yes" in unasked.stderr
    assert not publisher.current.exists()
    for answer, is_public in (("\n", False), ("n\n", False), ("y\n", True)):
        assert typed(publisher, answer)
        assert publisher.current.exists() == is_public, answer


def typed(publisher: Office, answer: str) -> str:
    """What the command says on a terminal where somebody types an answer."""
    ours, theirs = pty.openpty()
    command = [sys.executable, str(ROOT / "build.py"), "publish", "portal", *publisher.places(), "--at", DAY]
    command += ["--content", str(publisher.content), "--messages", "en"]
    pipes = {"stdin": theirs, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen(command, text=True, env={**os.environ, "PATH": ""}, **pipes)  # type: ignore[call-overload]
    os.close(theirs)
    os.write(ours, answer.encode())
    said, _ = process.communicate()
    os.close(ours)
    return said


def test_a_dry_run_leaves_no_trace(publisher: Office) -> None:
    before = tree(publisher.content)
    done = publisher.publish("--dry-run")
    assert "Nothing was sent (--dry-run)." in done.stdout
    assert tree(publisher.content) == before
    assert not publisher.public.exists()
    publisher.publish("--yes")
    before = {path: path.stat().st_mtime_ns for path in (publisher.public, *publisher.public.rglob("*"))}
    publisher.edit("as_of: 2031-09-30", "as_of: 2031-10-02", "site.yaml")
    publisher.publish("--dry-run", at="2031-10-02T09:00")
    assert {path: path.stat().st_mtime_ns for path in (publisher.public, *publisher.public.rglob("*"))} == before


def test_a_mistake_in_the_content_stops_it(publisher: Office) -> None:
    publisher.publish("--yes")
    before = tree(publisher.public)
    publisher.edit("text:", "txt:")
    done = publisher.publish("--yes", at="2031-10-02T09:00")
    assert done.returncode == 1
    assert "districts/yinghuo.yaml" in done.stderr
    assert tree(publisher.public) == before


def test_a_build_whose_record_cannot_be_kept_is_not_published(publisher: Office) -> None:
    """On which days pages were published follows from the record; a traceback told that it was not there."""
    state = state_folder(publisher.folder / "cache", publisher.folder / "output")
    shutil.rmtree(state)
    state.write_bytes(b"no folder can be made here")
    done = publisher.publish("--yes")
    assert done.returncode == 1 and "there is no record of a build to look into" in done.stderr, done.stderr
    assert not publisher.public.exists()


def test_the_settings_of_a_release_are_demanded(publisher: Office) -> None:
    publisher.edit("base_url: http://nowhere.example/", "base_url:", "site.yaml")
    done = publisher.publish("--yes")
    assert done.returncode == 1
    assert "a release needs the setting “base_url”" in done.stderr


def test_another_city_is_not_published_over_this_one(publisher: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which is told before its documents are judged."""
    publisher.publish("--yes")
    judged: list[object] = []
    monkeypatch.setattr("gazette.publishing.validator.judge", lambda *asked: judged.append(asked) or {})
    before = tree(publisher.public)
    publisher.edit("title: {zh: 虚城整改簿, en: Nowhere Ledger}", "title: {zh: 他城整改簿, en: Elsewhere}", "site.yaml")
    done = publisher.publish("--yes", at="2031-10-02T09:00")
    assert done.returncode == 1
    assert "another site: “虚城整改簿”, not “他城整改簿”" in done.stderr
    assert re.search(r"content/publish\.yaml:1:1: ", done.stderr)
    assert tree(publisher.public) == before and judged == []


@validated
def test_no_document_leaves_that_breaks_what_it_promises(publisher: Office) -> None:
    assert "PDF documents: not validated." in publisher.publish("--dry-run").stdout
    told = publisher.publish("--dry-run", judged=True).stdout
    assert re.search(r"PDF validator: \d+ documents meet the standards they claim .*; 2 claim none", told)
    known = publisher.folder / "cache" / "verdicts.json"
    verdicts = json.loads(known.read_bytes())
    verdicts[checksums.digest_of(publisher.folder / "output" / "zh" / "brief.pdf")]["broken"] = ["6.1-1 x1 a reason"]
    known.write_text(json.dumps(verdicts))
    done = publisher.publish("--yes")
    assert done.returncode == 1 and not publisher.current.exists()
    assert "zh/brief.pdf:1:1: this document does not meet the standard that it claims: 6.1-1 x1 a reason" in done.stderr


# ── signed documents ─────────────────────────────────────────────────────────


def signed(publisher: Office) -> dict[str, bytes]:
    """The documents of what was built last, with a signature."""
    key, place, places = publisher.folder / "key.p12", publisher.folder / "signed", publisher.places()
    key.write_bytes(p12(certificate("信息公开章"), passphrase=""))
    command = [sys.executable, str(ROOT / "build.py"), "sign", "--key", str(key), "--to", str(place), *places[:4]]
    subprocess.run(command, check=True, capture_output=True)
    found = {path: data for path, data in tree(place).items() if path.endswith(".pdf")}
    assert "zh/bulletin.pdf" in found and len(found) > 3
    return found


def test_signed_documents_take_their_place_and_the_list_is_of_what_is_there(publisher: Office) -> None:
    documents = signed(publisher)
    done = publisher.publish("--yes")
    assert done.returncode == 0, done.stderr
    assert documents.items() <= tree(publisher.current).items()
    listed, _ = checksums.read((publisher.current / "sha256sums.txt").read_text("utf-8"))
    assert documents.keys() <= listed.keys()
    assert all(checksums.digest_of(publisher.current / path) == digest for path, digest in listed.items())


@pytest.mark.long
def test_documents_that_are_public_stay_as_they_are_signed_where_nobody_can_sign(publisher: Office) -> None:
    """While the pages are of another day; a document that is new goes out as it was built."""
    documents = signed(publisher)
    publisher.publish("--yes")
    shutil.rmtree(publisher.folder / "signed")
    assert "documents would lose their signatures" in publisher.publish("--dry-run", at="2031-10-02T09:00").stdout
    refused = publisher.publish("--yes", at="2031-10-02T09:00")
    assert (
        refused.returncode == 1 and f"{len(documents)} public documents would lose their signatures" in refused.stderr
    )
    del documents["en/brief.pdf"]
    [kept] = (publisher.public / "manifests").iterdir()
    manifest = json.loads(kept.read_bytes())
    del manifest["files"]["en/brief.pdf"]
    manifest["signed"].remove("en/brief.pdf")
    kept.write_text(json.dumps(manifest), "utf-8")
    publisher.edit("as_of: 2031-09-30", "as_of: 2031-10-02", "site.yaml")
    done = publisher.publish("--yes", "--keep-documents", at="2031-10-02T09:00")
    assert done.returncode == 0, done.stderr
    now = tree(publisher.current)
    [kept] = (publisher.public / "manifests").glob("20311002-*")
    assert json.loads(kept.read_bytes())["signed"] == sorted(documents)
    assert documents.items() <= now.items() and b"/ByteRange" not in now["en/brief.pdf"]
    assert "2031-10-02" in now["data/pledges.csv"].decode("utf-8")
    listed, _ = checksums.read(now["sha256sums.txt"].decode())
    assert listed.keys() > documents.keys()
    assert all(checksums.digest_of(publisher.current / path) == digest for path, digest in listed.items())
    (publisher.current / "zh" / "brief.pdf").write_bytes(b"damaged")
    shutil.rmtree(publisher.folder / "cache" / "documents")
    done = publisher.publish("--yes", "--keep-documents", at="2031-10-02T09:00")
    assert done.returncode == 1 and "zh/brief.pdf is missing or not as it was published" in done.stderr


@pytest.mark.parametrize(
    ("path", "said"), [("zh/bulletin.pdf", "is not of the version"), ("zh/other.pdf", "does not belong to anything")]
)
def test_signed_documents_of_another_build_are_refused(publisher: Office, path: str, said: str) -> None:
    signed = publisher.folder / "signed" / path
    signed.parent.mkdir(parents=True)
    signed.write_bytes(b"%PDF-1.7 of another day")
    done = publisher.publish("--yes")
    assert done.returncode == 1
    assert said in done.stderr
    assert not publisher.current.exists()


# ── the way back, and the list ───────────────────────────────────────────────


def test_releases_are_listed_and_one_can_be_gone_back_to(publisher: Office) -> None:
    publisher.publish("--yes")
    publisher.edit("as_of: 2031-09-30", "as_of: 2031-10-02", "site.yaml")
    publisher.publish("--yes", at="2031-10-02T09:00")
    before, now = publisher.publish("--list").stdout.splitlines()
    assert "  2031-10-01 09:00  no edition  " in before
    assert before.startswith("  20311001-090000-") and now.startswith("* 20311002-090000-")
    back = publisher.publish("--rollback", "--yes")
    assert back.returncode == 0, back.stderr
    before, now = publisher.publish("--list").stdout.splitlines()
    assert before.startswith("* 20311001-090000-") and now.startswith("  20311002-090000-")
    wrong = publisher.publish("--rollback", "20311001-090000-00000000", "--yes")
    assert wrong.returncode == 1 and "there is no release “20311001-090000-00000000”" in wrong.stderr
