"""A publication that is cut off between the switch and its record: what is public is recorded later, with its day."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from program import ROOT, tree
from publishers import DAY, UPDATE, Office
from releases import release

from gazette.publishing.recorded import unrecorded

pytestmark = pytest.mark.long

NEXT = "2031-10-08T09:00"
KILLED = """
import os, signal, sys
from gazette.publishing.recorded import Recorded
Recorded.write = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
import build
build.main(sys.argv[1:])
"""


def cut_off(office: Office, name: str = "portal") -> None:
    """The command, killed once all is public and nothing recorded."""
    asked = ["publish", name, *office.places(), "--content", str(office.content), "--yes", "--at", DAY]
    call, there = [sys.executable, "-c", KILLED, *asked], {**os.environ, "TZ": "Asia/Shanghai"}
    done = subprocess.run(call, cwd=ROOT, capture_output=True, check=False, env=there)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert not (office.content / "published").exists() and not (office.content / "register").exists()


def days(office: Office, file: str) -> set[str]:
    """The days in a file of records."""
    column = {"published": 1, "register": 3}[file.partition("/")[0]]
    lines = (office.content / file).read_text("utf-8").splitlines()
    return {line.split("\t")[column][:10] for line in lines}


def test_the_next_publication_records_it_with_the_day_on_which_it_became_public(publisher: Office) -> None:
    """On a machine that has a copy of the content and nothing else."""
    cut_off(publisher)
    first = publisher.current.resolve()
    for asked in ("--dry-run", "--list"):
        told = publisher.publish(asked, at=NEXT)
        assert "was not recorded in the content folder" in told.stdout, told.stderr
        assert not (publisher.content / "published").exists()
    shutil.rmtree(publisher.folder / "output")
    done = publisher.publish("--yes", at=NEXT)
    assert done.returncode == 0 and "cut off before it was recorded" in done.stdout, done.stderr
    assert {path.name for path in (publisher.content / "translations").iterdir()} >= {"yinghuo.tsv", "_shared.tsv"}
    for file in ("published/yinghuo.tsv", "published/_site.tsv", "register/yinghuo.tsv"):
        assert days(publisher, file) == {"2031-10-01"}, file
    assert f"already has this site (release {first.name})" in done.stdout
    assert "not recorded" not in publisher.publish("--list").stdout


def test_what_was_edited_meanwhile_has_the_later_day_and_nothing_else(publisher: Office) -> None:
    cut_off(publisher)
    publisher.edit("    source: {section: 萤火新区}", UPDATE)
    done = publisher.publish("--yes", at=NEXT)
    assert done.returncode == 0, done.stderr
    lines = (publisher.content / "published" / "yinghuo.tsv").read_text("utf-8").splitlines()
    last = {line.split("\t")[0]: line.split("\t")[1:3] for line in lines}
    assert last["zh/pledges/yinghuo-1.html"] == [f"{DAY}+08:00", f"{NEXT}+08:00"]
    assert days(publisher, "register/yinghuo.tsv") == {"2031-10-01", "2031-10-08"}
    shown = (publisher.current / "zh" / "privacy.html").read_text("utf-8")
    assert f'datetime="{DAY}+08:00"' in shown and NEXT not in shown


def test_what_became_public_so_may_not_change_without_a_reason_either(publisher: Office) -> None:
    cut_off(publisher)
    before = tree(publisher.current)
    publisher.edit("zh: 该区承诺夜里关灯", "zh: 该区承诺白天关灯")
    done = publisher.publish("--yes", at=NEXT)
    assert done.returncode == 1 and "revisions:" in done.stderr
    assert tree(publisher.current) == before


@pytest.mark.parametrize("name", ["share", "upload"])
def test_it_is_so_at_every_kind_of_destination(publisher: Office, name: str) -> None:
    kinds = "share: {kind: folder, path: ../share, links: no}\nupload: {kind: package, path: ../packages}\n"
    (publisher.content / "publish.yaml").write_text(kinds, "utf-8")
    cut_off(publisher, name)
    done = publisher.publish("--yes", name=name, at=NEXT)
    assert done.returncode == 0 and days(publisher, "published/_site.tsv") == {"2031-10-01"}, done.stderr


def test_the_way_back_records_first_what_was_public(publisher: Office) -> None:
    publisher.publish("--yes", at="2031-09-30T09:00")
    shutil.rmtree(publisher.content / "published")
    shutil.rmtree(publisher.content / "register")
    publisher.edit("    source: {section: 萤火新区}", UPDATE)
    cut_off(publisher)
    back = publisher.publish("--rollback", "--yes")
    assert back.returncode == 0 and publisher.current.resolve().name.startswith("20310930"), back.stderr
    assert days(publisher, "register/yinghuo.tsv") == {"2031-10-01"}


LINE = "zh/index.html\t2031-10-01T09:01+08:00\t{}+08:00\tabcdefghijklmnop\n"


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("published/../../x.tsv", LINE.format("2031-10-01T09:01")),
        ("districts/yinghuo.yaml", "order: 1\n"),
        ("published/_site.tsv", "nothing of the kind\n"),
        ("published/_site.tsv", LINE.format("2031-10-02T09:01")),
        ("register/_editions.tsv", "edition-1\tedition\t\t2031-10-01\tabc\n"),
        ("register/x.tsv", "x\tname\ten\t2031-09-30\tX\n"),
    ],
)
def test_of_a_note_only_what_that_day_can_have_brought_is_believed(path: str, line: str, tmp_path: Path) -> None:
    """It comes from another machine."""
    live = release(1).manifest
    right = {"published/a.tsv": LINE.format("2031-10-01T09:01"), "register/a.tsv": "a\tname\ten\t2031-10-01\tA\n"}

    def note(id: str, lines: dict[str, str]) -> bytes:
        return zlib.compress(json.dumps({"release": id, "lines": lines}).encode())

    found = unrecorded(tmp_path, live, note(live.id, {**right, path: line}))
    assert found is not None and [file.path for file in found.files] == sorted(right)
    assert (found.pages, found.lines) == (1, 1)
    assert unrecorded(tmp_path, live, note("another", right)) is None
    assert unrecorded(tmp_path, live, b"damaged") is None and unrecorded(tmp_path, live, None) is None
