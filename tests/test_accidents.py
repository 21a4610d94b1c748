"""What happens to disks, folders, records and processes: a build ends right, or says in a sentence what to do."""

from __future__ import annotations

import errno
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gazette.building.database.layout import LAYOUT
from gazette.building.place import state_folder
from gazette.messages.problems import ContentError
from gazette.workers.processes import ProcessExecutor

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "tests" / "site"


class Office:
    """A folder with the small city, where builds run as processes of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.content, self.output, self.cache = folder / "content", folder / "out", folder / "cache"
        shutil.copytree(SITE, self.content)

    @property
    def database(self) -> Path:
        return state_folder(self.cache, self.output) / "build.db"

    def command(self, *more: str) -> list[str]:
        asked = ["--content", str(self.content), "--output", str(self.output), "--cache", str(self.cache)]
        kinds = [] if "--only" in more else ["--no-pdf"]
        return [sys.executable, str(ROOT / "build.py"), *asked, *kinds, "--messages", "en", *more]

    def build(self, *more: str, status: int = 0, patch: str = "") -> str:
        """What a build says; with a `patch`, Python that runs before it."""
        command = self.command(*more)
        if patch:
            head, tail = f"import sys; sys.path.insert(0, {str(ROOT)!r})", "sys.exit(build.main(sys.argv[1:]))"
            command = [command[0], "-c", f"{head}\n{patch}\nimport build\n{tail}", *command[2:]]
        done = subprocess.run(command, capture_output=True, text=True)
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode == status, done.stderr
        return done.stdout + done.stderr

    def edit(self, new: str = "夜里熄灯") -> None:
        unit = self.content / "districts" / "yinghuo.yaml"
        unit.write_text(re.sub("夜里.灯|夜里.熄灯", new, unit.read_text("utf-8")), "utf-8")

    @property
    def shown(self) -> str:
        return (self.output / "zh" / "pledges" / "yinghuo-1.html").read_text("utf-8")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = Office(tmp_path_factory.mktemp("built"))
    office.build()
    return office


@pytest.fixture
def again(built: Office, tmp_path: Path) -> Office:
    """The small city, built, in a folder of its own."""
    shutil.copytree(built.folder, tmp_path / "office", symlinks=True)
    office = object.__new__(Office)
    office.folder = tmp_path / "office"
    office.content, office.output, office.cache = (office.folder / name for name in ("content", "out", "cache"))
    return office


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@contextmanager
def mounted(place: Path, *options: str) -> Iterator[None]:
    """A disk of its own at a place, in memory."""
    place.mkdir(parents=True, exist_ok=True)
    if os.geteuid() or subprocess.run(["mount", "-t", "tmpfs", *options, "tmpfs", str(place)], check=False).returncode:
        pytest.skip("this machine may not mount")
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=True)


# ── disks ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("part", ["out", "out/zh", "cache"])
def test_each_part_may_be_a_disk_of_its_own(part: str, office: Office, built: Office) -> None:
    with mounted(office.folder / part):
        office.build()
        assert tree(office.output) == tree(built.output)
        office.edit()
        office.build()
        assert "夜里熄灯" in office.shown
        assert not list(office.output.rglob("*gazette-new*"))


def test_a_full_disk_of_its_own_leaves_the_site_as_it_was(office: Office) -> None:
    with mounted(office.output, "-o", "size=6m"):
        office.build()
        before = tree(office.output)
        (office.output / "ballast").write_bytes(bytes(shutil.disk_usage(office.output).free - 60_000))
        words = office.content / "words.yaml"
        words.write_text(words.read_text("utf-8").replace("跳到正文", "直接看正文"), "utf-8")
        assert "the disk is full" in office.build(status=1).lower() or "No space" in office.build(status=1)
        (office.output / "ballast").unlink()
        assert tree(office.output) == before
        office.build()
        assert "直接看正文" in office.shown


def test_a_cache_without_room_costs_time_only(office: Office, built: Office) -> None:
    with mounted(office.cache, "-o", "size=256k"):
        said = office.build()
        assert "the cache folder cannot be written" in said
        assert tree(office.output) == tree(built.output)
        assert "the cache folder cannot be written" in office.build(), "and again"


def test_a_report_that_finds_no_room_leaves_none(again: Office) -> None:
    with mounted(again.folder / "small", "-o", "size=4k"):
        (again.folder / "small" / "ballast").write_bytes(bytes(4096))
        again.edit()
        said = again.build("--report", str(again.folder / "small" / "report.json"), status=1)
        assert "The site itself was built." in said and "夜里熄灯" in again.shown
        assert [path.name for path in (again.folder / "small").iterdir()] == ["ballast"]


def test_a_folder_inside_that_may_not_be_written_is_met_before_anything_changes(again: Office) -> None:
    with mounted(again.output / "en" / "pledges", "-o", "ro"):
        before = tree(again.output)
        again.edit()
        said = again.build(status=1)
        assert "cannot be written" in said and "unchanged" in said and str(again.output / "en" / "pledges") in said
        assert tree(again.output) == before


def test_no_locks_are_no_reason_to_stop(office: Office, built: Office) -> None:
    patch = "import fcntl, errno\ndef no(*a): raise OSError(errno.ENOLCK, 'No locks available')\nfcntl.flock = no"
    assert "does not support file locks" in office.build(patch=patch)
    assert tree(office.output) == tree(built.output)


def test_as_on_windows(office: Office, built: Office) -> None:
    """Without what only Unix has: two of Python's modules, forks, users, masks of signals."""
    patch = """
import os, signal, sys
for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules[name] = None
for name in ("fork", "getuid", "geteuid", "getpgid", "forkpty"):
    delattr(os, name)
for name in ("pthread_sigmask", "SIGHUP", "SIGKILL"):
    delattr(signal, name)
"""
    office.build("--jobs", "2", patch=patch)
    assert tree(office.output) == tree(built.output)
    office.edit()
    office.build(patch=patch)
    assert "夜里熄灯" in office.shown


NO_PANGO = """
import sys
class Refused:
    def find_spec(self, name, path=None, target=None):
        if name == "weasyprint.text.ffi":
            raise OSError("cannot load library 'libpango-1.0-0'")
sys.meta_path.insert(0, Refused())
"""
OTHER_WEASYPRINT = """
import gazette.pdf.engine as engine
engine.TESTED = "71.0"
from weasyprint.layout import {module}
def {name}(*_):
    "Other than it was."
{module}.{name} = {name}
"""


@pytest.mark.parametrize(
    ("patch", "words"),
    [
        (NO_PANGO, "Pango, which is needed"),
        (OTHER_WEASYPRINT.format(module="inline", name="justify_line"), "not the one needed"),
    ],
)
def test_documents_that_this_machine_cannot_make_are_told_in_a_line(patch: str, words: str, office: Office) -> None:
    said = office.build("--only", "pdf", "--executor", "serial", status=1, patch=patch)
    assert words in said and "--no-pdf" in said and "build.py:0:0: " in said
    assert "1 problem; the site is unchanged." in said


# ── records of builds ────────────────────────────────────────────────────────


def spoil(office: Office, how: str) -> None:
    database = office.database
    data = database.read_bytes()
    match how:
        case "empty":
            database.write_bytes(b"")
        case "cut":
            database.write_bytes(data[: len(data) // 2])
        case "no database":
            database.write_bytes(b"not a database\n" * 1000)
        case "middle":
            chance = random.Random(3)
            database.write_bytes(data[:8192] + chance.randbytes(len(data) - 8192 - 4096) + data[-4096:])
        case "another program's":
            database.unlink()
            with sqlite3.connect(database) as db:
                db.execute("CREATE TABLE files (a, b)")
                db.execute(f"PRAGMA user_version = {LAYOUT}")
            db.close()
        case "a folder":
            database.unlink()
            database.mkdir()
        case "gone":
            database.unlink()
        case "all gone":
            shutil.rmtree(office.cache)


SPOILT = ["empty", "cut", "no database", "middle", "another program's", "a folder", "gone", "all gone"]


@pytest.mark.parametrize("how", SPOILT)
def test_spoilt_records_lock_nobody_out(how: str, again: Office) -> None:
    """The pages say that they are this site's: the folder is used again, and what nobody wants any more goes."""
    before = tree(again.output)
    shutil.copy(again.output / "zh" / "pledges" / "yinghuo-1.html", again.output / "zh" / "pledges" / "yinghuo-99.html")
    (again.output / "mine.txt").write_text("mine")
    spoil(again, how)
    again.edit()
    said = again.build()
    assert "夜里熄灯" in again.shown
    after = tree(again.output)
    assert set(after) == {*before, "mine.txt"}, said
    assert " 0 made" in again.build()


def test_a_record_that_turns_out_spoilt_while_it_is_used(again: Office) -> None:
    """Page after page of the database is spoilt; each build ends right, or in a sentence."""
    data, chance = again.database.read_bytes(), random.Random(1)
    for n in range(12):
        spoilt = bytearray(data)
        start = 4096 * chance.randrange(1, len(data) // 4096)
        spoilt[start : start + 4096] = chance.randbytes(4096)
        again.database.write_bytes(spoilt)
        again.edit(f"夜里{'甲乙丙丁戊己庚辛壬癸子丑'[n]}熄灯")
        again.build()
        assert f"夜里{'甲乙丙丁戊己庚辛壬癸子丑'[n]}熄灯" in again.shown


@pytest.mark.parametrize("deleted", ["", "zh", "en/glossary.html", "static"])
def test_a_build_of_other_kinds_does_not_miss_what_another_hand_deleted(deleted: str, again: Office) -> None:
    """The links of units that are looked at again lead to pages that this build is not to make."""
    before = tree(again.output)
    place = again.output / deleted
    place.unlink() if place.is_file() else shutil.rmtree(place)
    again.build("--only", "data")
    again.edit()
    again.build("--only", "data")
    again.build()
    assert set(tree(again.output)) == set(before) and "夜里熄灯" in again.shown


# ── whose folder it is ───────────────────────────────────────────────────────


def other_city(office: Office) -> None:
    """Another site: another title, in another place."""
    office.content = office.content.rename(office.folder / "elsewhere")
    site = office.content / "site.yaml"
    text = site.read_text("utf-8")
    site.write_text(re.sub(r"(?m)^title: .*", "title: {zh: 另一本汇编, en: Another Register}", text), "utf-8")


@pytest.mark.parametrize("lost", [False, True], ids=["records", "no records"])
def test_another_site_is_refused_unless_it_is_meant(lost: bool, again: Office) -> None:
    before = tree(again.output)
    other_city(again)
    if lost:
        shutil.rmtree(again.cache)
    said = again.build(status=1)
    assert "holds another site" in said and "--adopt" in said and "--content" in said and "this is “另一本汇编”" in said
    assert tree(again.output) == before
    again.build("--adopt")
    assert "另一本汇编" in (again.output / "index.html").read_text("utf-8")
    again.build()


def test_a_site_may_move_or_take_another_title(again: Office) -> None:
    again.content = again.content.rename(again.folder / "elsewhere")
    again.build()
    site = again.content / "site.yaml"
    site.write_text(re.sub(r"(?m)^title: .*", "title: {zh: 新名, en: New}", site.read_text("utf-8")), "utf-8")
    again.build()
    assert "新名" in (again.output / "index.html").read_text("utf-8")


def test_a_folder_of_others_can_be_adopted(office: Office) -> None:
    office.output.mkdir()
    for name in ("index.html", "thesis.docx"):
        (office.output / name).write_text("mine")
    assert "--adopt" in office.build(status=1)
    assert tree(office.output) == {"index.html": b"mine", "thesis.docx": b"mine"}
    assert "thesis.docx" in office.build("--adopt")
    assert (office.output / "thesis.docx").read_text() == "mine"
    assert "Gazette" in (office.output / "index.html").read_text("utf-8")


def test_a_publishing_branch_can_be_the_output(office: Office) -> None:
    office.output.mkdir()
    (office.output / ".git").mkdir()
    (office.output / ".git" / "HEAD").write_text("ref: refs/heads/pages")
    for name in (".nojekyll", "CNAME", ".DS_Store", "Thumbs.db"):
        (office.output / name).write_text("x.example")
    said = office.build()
    assert "not made by this program" not in said.replace("CNAME", "") or "CNAME" in said
    assert (office.output / "CNAME").read_text() == "x.example" and (office.output / ".git" / "HEAD").exists()


def test_another_copy_of_the_program_may_have_built_last(again: Office) -> None:
    """Two people keep one folder up to date, each with a cache of their own."""
    again.cache = again.folder / "cache of the other"
    new = again.content / "districts" / "chunshan.yaml"
    text = (again.content / "districts" / "yinghuo.yaml").read_text("utf-8")
    text = text.replace("yinghuo", "chunshan").replace("萤火", "春山").replace("Yinghuo", "Chunshan")
    new.write_text(re.sub(r"order: \d+", "order: 5", text), "utf-8")
    again.build()
    again.cache = again.folder / "cache"
    again.build()
    assert (again.output / "zh" / "districts" / "chunshan.html").exists()


# ── states of files ──────────────────────────────────────────────────────────


def keep_state(path: Path, data: bytes) -> None:
    """Other bytes of the same size, at the same time, in the same place."""
    before = path.stat()
    assert len(data) == before.st_size
    with path.open("r+b") as file:
        file.write(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_mtime_ns == before.st_mtime_ns and path.stat().st_ino == before.st_ino


def test_an_edit_that_keeps_size_and_time_is_seen(again: Office) -> None:
    unit = again.content / "districts" / "yinghuo.yaml"
    time.sleep(0.1)
    again.build()
    keep_state(unit, unit.read_bytes().replace("夜里关灯".encode(), "夜里熄灯".encode()))
    again.build()
    assert "夜里熄灯" in again.shown
    page = again.output / "zh" / "pledges" / "yinghuo-1.html"
    right = page.read_bytes()
    keep_state(page, right.replace("夜里熄灯".encode(), "夜里点灯".encode()))
    again.build()
    assert page.read_bytes() == right


def test_a_copied_folder_is_known_by_its_bytes_once(again: Office) -> None:
    """All times of change are others after a copy: the bytes are compared, and nothing is made again."""
    copy = shutil.copytree(again.output, again.folder / "copy")
    shutil.rmtree(again.output)
    copy.rename(again.output)
    assert " 0 made" in again.build()
    stamp = again.database.stat().st_mtime_ns
    assert " 0 made" in again.build()
    assert again.database.stat().st_mtime_ns == stamp, "the second build sees it at a glance"


# ── interrupts and kills ─────────────────────────────────────────────────────


INTERRUPTED = """
import {module} as module
place, name = {place}, {name!r}
before, calls = getattr(place, name), [0]
def interrupted(*arguments):
    calls[0] += 1
    if calls[0] == {call} and not {after}:
        raise KeyboardInterrupt
    result = before(*arguments)
    if {after}:
        raise KeyboardInterrupt
    return result
setattr(place, name, interrupted)
"""


def test_an_interrupt_says_what_changed(again: Office) -> None:
    """While pages are made, while they are moved in, and when all of them are."""
    words = again.content / "words.yaml"
    words.write_text(words.read_text("utf-8").replace("跳到正文", "直接看正文"), "utf-8")
    before = tree(again.output)

    def interrupted(module: str, place: str, name: str, call: int = 1, after: bool = False) -> str:
        patch = INTERRUPTED.format(module=module, place=place, name=name, call=call, after=after)
        return again.build(status=130, patch=patch)

    assert "the site is unchanged" in interrupted(
        "gazette.building.output_changes", "module.OutputChanges", "stage", 30
    )
    assert tree(again.output) == before
    said = interrupted("gazette.files.moves", "module", "_replace", 20)
    assert "unchanged" not in said and "Build again" in said and tree(again.output) != before
    assert "the site is whole" in interrupted("gazette.building.output", "module.Output", "commit", after=True)
    assert "直接看正文" in again.shown


def test_ctrl_c_at_any_moment_is_one_sentence(office: Office) -> None:
    """As typed: the whole group gets it, workers too, from the first moment on."""
    subprocess.run(
        [sys.executable, str(ROOT / "tools/bench/content.py"), "30", str(office.folder / "many")], check=True
    )
    office.content = office.folder / "many"
    chance = random.Random(7)
    for _ in range(12):
        process = subprocess.Popen(
            office.command("--jobs", "2"),
            stderr=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        time.sleep(0.15 + chance.random() * 2)
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=30)
        assert "Traceback" not in said, said
        assert process.returncode in (0, 130, -signal.SIGINT), said
    assert office.build("--jobs", "2").count("\n") >= 1


def slow(piece: float, _workshop: object) -> bytes:
    time.sleep(piece)
    return os.urandom(300_000)


@pytest.mark.parametrize("seed", range(6))
def test_a_killed_worker_never_leaves_others_waiting(seed: int) -> None:
    """Workers are killed at any moment: while they take work, do it, or give back what came of it."""
    import multiprocessing

    chance = random.Random(seed)
    with pytest.raises(ContentError) as told, ProcessExecutor(3).document_pool(None, 3) as team:  # type: ignore[arg-type]
        results = [team.submit(slow, chance.random() / 50) for _ in range(600)]  # two seconds of work
        time.sleep(0.5 + chance.random() / 2)
        victim = chance.choice(multiprocessing.active_children())
        victim.kill()
        for result in results:
            result()
        team.submit(slow, 0.0)()
    assert [problem.code for problem in told.value.problems] == ["worker_lost"]


def test_what_workers_raise_is_raised_here() -> None:
    with ProcessExecutor(2).document_pool(None, 2) as team:  # type: ignore[arg-type]
        result = team.submit(fail, "a reason")
        with pytest.raises(OSError, match="a reason") as caught:
            result()
    assert caught.value.errno == errno.EIO and "in fail" in caught.value.__notes__[0]


def fail(piece: str, _workshop: object) -> None:
    raise OSError(errno.EIO, piece)
