"""The output folder: written safely, whatever interrupts it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from reached import at_least_one

from gazette.building.database.build_database import BuildDatabase
from gazette.building.database.files import FileTable
from gazette.building.output import Output
from gazette.building.output_changes import Origin
from gazette.building.ownership import Site
from gazette.building.place import state_folder
from gazette.files import moves
from gazette.files.moves import INCOMING
from gazette.messages.problems import ContentError

ROOT = Path(__file__).resolve().parent.parent


def opened(folder: Path) -> Output:
    """An output folder, with its state in a folder of its own."""
    real = folder.resolve()
    return Output(folder, real.parent / "state")


def publish(folder: Path, files: dict[str, bytes], kind: str = "pages") -> tuple[list[str], list[str]]:
    """One build by hand: every file of one kind, keyed by its bytes."""
    output = opened(folder)
    with output.locked(lambda _: None):
        output.recover()
        for path, data in files.items():
            if not output.files.is_current(path, data.hex()):
                output.changes.stage(path, data, Origin("", kind, data.hex()))
        return output.commit(output.changes.obsolete(files, (kind,)))


def tree(folder: Path) -> dict[str, bytes]:
    """The files of a folder, but for what a killed build was about to bring in."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {path: place.read_bytes() for path, place in found.items() if INCOMING not in path}


OLD = {"index.html": b"old", "zh/a.html": b"old a", "zh/gone.html": b"gone", "static/site.css": b"css"}
NEW = {"index.html": b"new", "zh/a.html": b"new a", "en/b.html": b"b", "static/site.css": b"css"}


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    assert publish(tmp_path / "o", OLD) == (sorted(OLD), [])
    assert publish(tmp_path / "o", NEW) == (["en/b.html", "index.html", "zh/a.html"], ["zh/gone.html"])
    assert tree(tmp_path / "o") == NEW
    assert publish(tmp_path / "o", NEW) == ([], [])


def test_empty_folders_go_and_gitignore_stays(tmp_path: Path) -> None:
    (tmp_path / "o").mkdir()
    (tmp_path / "o" / ".gitignore").write_text("*")
    publish(tmp_path / "o", {"zh/districts/x.html": b"x", "a.html": b"a"})
    publish(tmp_path / "o", {"a.html": b"a"})
    assert tree(tmp_path / "o") == {".gitignore": b"*", "a.html": b"a"}
    assert not (tmp_path / "o" / "zh").exists()


def test_a_file_may_become_a_folder_and_back(tmp_path: Path) -> None:
    for files in ({"a": b"1"}, {"a/b": b"2"}, {"a": b"3"}):
        publish(tmp_path / "o", files)
        assert tree(tmp_path / "o") == files


def test_other_kinds_are_left_alone(tmp_path: Path) -> None:
    publish(tmp_path / "o", {"a.pdf": b"pdf"}, "pdf")
    publish(tmp_path / "o", {"a.html": b"a"})
    assert tree(tmp_path / "o") == {"a.pdf": b"pdf", "a.html": b"a"}


def test_a_changed_file_is_noticed_by_its_bytes(tmp_path: Path) -> None:
    publish(tmp_path / "o", OLD)
    page = tmp_path / "o" / "index.html"
    stat = page.stat()
    output = opened(tmp_path / "o")
    for data, current in ((b"OLD", False), (b"old", True)):
        page.write_bytes(data)
        os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1))
        with output.locked(lambda _: None):
            output.recover()
            assert output.files.is_current("index.html", b"old".hex()) is current
            assert output.files.tampered_files() == ([] if current else ["index.html"])


KILLED = """
import os, pathlib, signal, sys
sys.path.insert(0, "tests")
from test_output import NEW, publish
from gazette.building.database.build_database import BuildDatabase
from gazette.building.database.files import FileTable
from gazette.building.database.journal import JournalTable
left = [int(sys.argv[2])]
def counted(name, original):
    def call(*args, **more):
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1
        return original(*args, **more)
    return call
for name in ("replace", "unlink", "write_bytes"):
    setattr(pathlib.Path, name, counted(name, getattr(pathlib.Path, name)))
changes = {BuildDatabase: ("begin", "commit"), FileTable: ("put", "drop"), JournalTable: ("put", "clear")}
for owner, names in changes.items():
    for name in names:
        setattr(owner, name, counted(name, getattr(owner, name)))
publish(pathlib.Path(sys.argv[1]), NEW)
"""
"""Publishes to a folder, and is killed before the n-th change to the file system or to what is kept."""


@pytest.mark.long
@pytest.mark.parametrize("step", range(24))
def test_killed_at_any_step_leaves_old_or_new(tmp_path: Path, step: int) -> None:
    """SIGKILL before the n-th change to the file system or to what is kept: before the journal the old site stands,
    after it the next command completes the new one."""
    publish(tmp_path / "o", OLD)
    command = [sys.executable, "-c", KILLED, str(tmp_path / "o"), str(step)]
    killed = subprocess.run(command, cwd=ROOT).returncode == -signal.SIGKILL
    kept = BuildDatabase(tmp_path / "state" / "build.db")
    decided = kept.journal.pending() != ([], []) or set(kept.files.all()) == set(NEW)
    kept.close()
    for path, data in at_least_one(tree(tmp_path / "o").items()):
        assert data in (OLD.get(path), NEW.get(path)), "every file is whole"
    if not decided:
        assert killed and tree(tmp_path / "o") == OLD
    output = opened(tmp_path / "o")
    with output.locked(lambda _: None):
        output.recover()
    assert tree(tmp_path / "o") == (NEW if decided else OLD)
    assert not (tmp_path / "o" / INCOMING).exists()
    publish(tmp_path / "o", NEW)
    assert tree(tmp_path / "o") == NEW


def test_the_second_build_waits(tmp_path: Path) -> None:
    first, waited, order = opened(tmp_path / "o"), threading.Event(), []

    def second() -> None:
        with opened(tmp_path / "o").locked(lambda _: waited.set()):
            order.append("second")

    with first.locked(lambda _: None):
        thread = threading.Thread(target=second)
        thread.start()
        assert waited.wait(10), "the second build says that it waits"
        time.sleep(0.05)
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]


def test_a_folder_of_others_is_refused(tmp_path: Path) -> None:
    (tmp_path / "o").mkdir()
    (tmp_path / "o" / "mine.txt").write_text("mine")
    output = opened(tmp_path / "o")
    with pytest.raises(ContentError) as caught, output.locked(lambda _: None):
        output.recover()
        output.claim(Site(("A",)), (), False, lambda _: None)
    assert caught.value.problems[0].code == "output_foreign"
    assert [path.name for path in tmp_path.iterdir()] == ["o"], "no state is left behind"


def test_only_what_was_built_is_removed(tmp_path: Path) -> None:
    publish(tmp_path / "o", OLD)
    mine = {"zh/mine.docx": b"mine", "mine/thesis.docx": b"thesis", ".git/HEAD": b"ref"}
    for path, data in mine.items():
        (tmp_path / "o" / path).parent.mkdir(exist_ok=True)
        (tmp_path / "o" / path).write_bytes(data)
    (tmp_path / "o" / "empty").mkdir()
    for files in (NEW, {"index.html": b"alone"}):
        publish(tmp_path / "o", files)
        assert tree(tmp_path / "o") == files | mine
    assert (tmp_path / "o" / "empty").is_dir() and not (tmp_path / "o" / "en").exists()


@pytest.mark.parametrize("path", ["en/b.html", "en", "en/b.html/mine.txt"])
def test_a_file_of_others_in_the_way_is_named(tmp_path: Path, path: str) -> None:
    publish(tmp_path / "o", OLD)
    (tmp_path / "o" / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "o" / path).write_text("mine")
    with pytest.raises(ContentError) as caught:
        publish(tmp_path / "o", NEW)
    (problem,) = caught.value.problems
    assert problem.code == "output_foreign" and dict(problem.values)["example"] == path
    assert tree(tmp_path / "o") == OLD | {path: b"mine"}


def test_a_link_in_the_place_of_a_folder_is_not_followed(tmp_path: Path) -> None:
    publish(tmp_path / "o", OLD)
    (tmp_path / "o" / "zh").rename(tmp_path / "elsewhere")
    (tmp_path / "o" / "zh").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ContentError):
        publish(tmp_path / "o", NEW)
    publish(tmp_path / "o", {"index.html": b"new"})
    assert len(tree(tmp_path / "elsewhere")) == 2 and (tmp_path / "o" / "zh").is_symlink()


def test_the_state_is_that_of_the_folder_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path / "o", OLD)
    (tmp_path / "link").symlink_to("o")
    assert publish(tmp_path / "link", OLD) == ([], [])
    monkeypatch.chdir(tmp_path / "o")
    assert publish(Path(), OLD) == ([], [])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "o", "state"]
    places = {state_folder(tmp_path / "c", place) for place in (Path(), tmp_path / "o", tmp_path / "link")}
    assert len(places) == 1


def test_a_failed_build_keeps_no_staged_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the decision nothing stays (a full disk would stay full); after it all that the decision needs."""
    publish(tmp_path / "o", OLD)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for owner, name, code, after in (
        (FileTable, "put", "output_write", OLD),
        (moves, "_replace", "output_halfway", NEW),
    ):
        with monkeypatch.context() as patch, pytest.raises(ContentError) as caught:
            patch.setattr(owner, name, full)
            publish(tmp_path / "o", NEW)
        assert caught.value.problems[0].code == code
        assert (tmp_path / "state" / "staged").exists() is (after is NEW)
        assert tree(tmp_path / "o") == OLD
        with (output := opened(tmp_path / "o")).locked(lambda _: None):
            output.recover()
        assert tree(tmp_path / "o") == after


def test_who_waited_for_a_build_that_failed_locks_anew(tmp_path: Path) -> None:
    """The first build takes its folder along when it fails; the second must not hold a lock that nobody else sees."""
    waited, ended = threading.Event(), threading.Event()

    def second() -> None:
        with opened(tmp_path / "o").locked(lambda _: waited.set()):
            assert (tmp_path / "state" / "build.db").exists() and (tmp_path / "o").is_dir()
            ended.set()

    thread = threading.Thread(target=second)
    with pytest.raises(KeyError), opened(tmp_path / "o").locked(lambda _: None):
        thread.start()
        assert waited.wait(10)
        raise KeyError
    thread.join(10)
    assert ended.is_set()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(ContentError) as caught, opened(tmp_path / "file" / "o").locked(lambda _: None):
        pass
    assert caught.value.problems[0].code == "output_write"
