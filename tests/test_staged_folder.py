"""A folder that is changed safely, by a command that keeps its journal as text: the folder of signed files."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from signed_runs import NEW, OLD, opened, put

from gazette.files import moves
from gazette.files.checksums import NAME, written
from gazette.files.moves import INCOMING
from gazette.messages.problems import FileProblems

ROOT = Path(__file__).resolve().parent.parent


def tree(folder: Path) -> dict[str, bytes]:
    """The signed files, but for what a killed run was about to bring in."""
    found = {path: path.relative_to(folder / "signed") for path in (folder / "signed").rglob("*") if path.is_file()}
    return {path.as_posix(): place.read_bytes() for place, path in found.items() if INCOMING not in path.as_posix()}


def with_list(files: dict[str, bytes]) -> dict[str, bytes]:
    """Files with the list of their checksums."""
    from hashlib import sha256

    return files | {NAME: written({path: sha256(data).hexdigest() for path, data in files.items()}).encode()}


def test_the_files_of_a_run_take_the_place_of_those_before(tmp_path: Path) -> None:
    assert put(tmp_path, OLD) == []
    assert put(tmp_path, NEW) == ["en/gone.pdf"]
    assert tree(tmp_path) == with_list(NEW) and not (tmp_path / "signed" / "en").exists()
    assert [path.name for path in (tmp_path / ".signed.gazette").iterdir()] == ["written.txt"]


KILLED = """
import errno, os, pathlib, shutil, signal, sys
sys.path.insert(0, "tests")
from signed_runs import NEW, put
left, replace = [int(sys.argv[2])], pathlib.Path.replace
def across(source, to):
    if sys.argv[3] == "two disks" and "staged" in source.parts:
        raise OSError(errno.EXDEV, "another disk")
    return replace(source, to)
pathlib.Path.replace = across
def counted(original):
    def call(*args, **more):
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1
        return original(*args, **more)
    return call
names = ("replace", "unlink", "write_bytes", "write_text", "mkdir", "rmdir", "touch")
for owner, name in [*((pathlib.Path, name) for name in names), (shutil, "copyfile"), (os, "fsync")]:
    setattr(owner, name, counted(getattr(owner, name)))
put(pathlib.Path(sys.argv[1]), NEW)
"""
"""Puts files into a folder, and is killed before the n-th change to the file system."""


@pytest.mark.long
@pytest.mark.parametrize("disk", ["one disk", "two disks"])
@pytest.mark.parametrize("before", [{}, OLD], ids=["new", "again"])
def test_killed_at_any_step_every_file_is_whole_and_known(tmp_path: Path, before: dict[str, bytes], disk: str) -> None:
    """SIGKILL before the n-th change to the file system, for every n: the next run finishes what was decided."""
    old = with_list(before) if before else {}
    new = with_list(NEW)
    for step in range(200):
        folder = tmp_path / str(step)
        if before:
            put(folder, before)
        killed = subprocess.run([sys.executable, "-c", KILLED, str(folder), str(step), disk], cwd=ROOT).returncode
        is_decided = (folder / ".signed.gazette" / "decided.txt").exists() or killed == 0
        if is_decided or tree(folder) != old:
            for path, data in tree(folder).items():
                assert data in (old.get(path), new.get(path)), "every file is whole"
        signed = opened(folder)
        assert signed.foreign_files() == [], "its own files are known again"
        with signed.locked():
            assert tree(folder) in ((new,) if is_decided else (old, new))
        assert not list(folder.rglob(f"*{INCOMING}*"))
        put(folder, NEW)
        assert tree(folder) == new
        if killed == 0:
            break
        assert killed == -signal.SIGKILL
    assert step > 15


def test_what_cannot_be_finished_is_finished_next_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal while files are moved in: what was decided is kept, with what it needs."""
    put(tmp_path, OLD)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(OSError, match="No space"):
        patch.setattr(moves, "_replace", full)
        put(tmp_path, NEW)
    assert tree(tmp_path) == with_list(OLD)
    with opened(tmp_path).locked():
        assert tree(tmp_path) == with_list(NEW)


def test_a_run_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyError), (signed := opened(tmp_path)).locked():
        signed.stage("a.pdf", b"a")
        raise KeyError
    assert list(tmp_path.iterdir()) == []
    put(tmp_path, OLD)
    with pytest.raises(KeyError), (signed := opened(tmp_path)).locked():
        signed.stage("a.pdf", b"a")
        raise KeyError
    assert [path.name for path in (tmp_path / ".signed.gazette").iterdir()] == ["written.txt"]


def test_two_runs_do_not_meet(tmp_path: Path) -> None:
    with opened(tmp_path).locked(), pytest.raises(FileProblems) as caught, opened(tmp_path).locked():
        pass
    assert caught.value.problems[0].code == "sign_busy"
    put(tmp_path, OLD)


def test_files_of_others_are_named_and_left_alone(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    (tmp_path / "signed" / "notes.txt").write_text("mine")
    (tmp_path / "signed" / ".gitignore").write_text("*")
    (tmp_path / "signed" / "zh" / "a.pdf").write_bytes(b"other")
    assert opened(tmp_path).foreign_files() == ["notes.txt", "zh/a.pdf"]


def test_signed_files_can_be_read_by_a_web_server_whatever_the_umask(tmp_path: Path) -> None:
    """As the command sets it when it begins."""
    script = f"""
import pathlib, sys
sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / "tests")!r}]
from gazette.environment import isolate
from signed_runs import NEW, put
isolate()
put(pathlib.Path(sys.argv[1]), NEW)
"""
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], umask=0o077, check=True)
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "signed").rglob("*")}
    assert modes == {0o644, 0o755}
