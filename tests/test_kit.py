"""The archive for machines without a network: installed and used with the network cut off (`make test-kit`)."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from program import ROOT, run

EMPTY = ROOT / "examples" / "empty" / "content"


def test_the_empty_city_is_right(tmp_path: Path) -> None:
    """What a new office begins with has nothing wrong in it, and speaks of nobody real."""
    done = run("check", "--cache", str(tmp_path / "cache"), content=EMPTY)
    assert done.returncode == 0, done.stdout + done.stderr
    texts = "".join(
        path.read_text("utf-8") for path in EMPTY.rglob("*") if path.is_file() and path.name != "words.yaml"
    )
    assert "fictional:" in texts and not [name for name in ("武汉", "Wuhan", "临江", "Linjiang") if name in texts]


needs_asking = pytest.mark.skipif(not os.environ.get("GAZETTE_KIT"), reason="`make test-kit`")


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    subprocess.run(["sh", "tools/kit.sh"], cwd=ROOT, check=True)
    folder = tmp_path_factory.mktemp("kit")
    with tarfile.open(ROOT / "kit" / "gazette-kit.tar.gz") as archive:
        archive.extractall(folder, filter="data")
    yield folder / "gazette-kit"
    shutil.rmtree(folder)


def cut_off(*command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A command on a machine without a network, and without what pip keeps."""
    own = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"}
    call = ["unshare", "--net", "--map-root-user", *command]
    return subprocess.run(call, cwd=folder, capture_output=True, text=True, check=False, env=own)


@needs_asking
def test_it_installs_and_builds_without_a_network(kit: Path) -> None:
    reached = cut_off("sh", "-c", "cat /proc/net/route | wc -l", folder=kit)
    assert reached.stdout.strip() in ("0", "1"), "there is a way to a network"
    done = cut_off("sh", "install.sh", folder=kit)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (kit / "output" / "index.html").is_file() and (kit / "output" / "zh" / "bulletin.pdf").is_file()
    for command in (
        ("workbook", "unit.xlsx"),
        ("import", "unit.xlsx", "--yes"),
        ("check", "--content", "examples/linjiang/content"),
    ):
        done = cut_off(".venv/bin/python", "build.py", *command, "--messages", "en", folder=kit)
        assert done.returncode == 0, done.stdout + done.stderr
    done = cut_off(".venv/bin/python", "-c", "import botocore, pyhanko, python_calamine", folder=kit)
    assert done.returncode == 0, done.stderr


@needs_asking
def test_a_damaged_archive_is_told(kit: Path) -> None:
    file = kit / "LICENSE"
    file.write_bytes(file.read_bytes() + b"x")
    done = cut_off("sh", "install.sh", folder=kit)
    assert done.returncode == 1 and "copy the archive again" in done.stderr
