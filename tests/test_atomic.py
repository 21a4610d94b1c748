"""The one way to write a file in its place: whole or not at all, with its rights; and nothing goes another way."""

from __future__ import annotations

import ast
import errno
import os
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from gazette.files import atomic

PACKAGE = Path(__file__).resolve().parent.parent / "gazette"

OTHER_WAYS = {
    "files/atomic.py": "is the way",
    "files/staged_folder.py": "writes into a folder of its own; a journal decides when files come in",
    "files/moves.py": "brings in what that folder has; a copy from another disk lies beside its place first",
    "files/locks.py": "opens the file that is locked; nothing is written into it",
    "building/state.py": "asks the file system for the time, by a file without bytes",
    "editions/freezing.py": "fills a new folder, which gets its name when it is complete",
    "editions/archive.py": "writes an archive into that folder, or into that of a package",
    "editions/restoring.py": "fills a new folder, which gets its name when it is complete",
    "reading/files/listing.py": "opens a file to read it, without waiting for a pipe",
    "office/statements/word_package.py": "makes an archive in memory",
    "publishing/places/package.py": "fills a new folder, which gets its name when it is complete",
    "publishing/places/rsync_host.py": "fills a temporary folder, from which rsync sends",
    "publishing/places/sftp_files.py": "writes on another machine, under another name first",
    "cli/report.py": "writes to a pipe or a device where one is named as the report",
    "cli/console.py": "opens what swallows everything",
}
"""The modules that may write a file by other means, and why."""

WRITES = {"write_bytes", "write_text", "touch", "mkstemp", "NamedTemporaryFile"}
COPIES = {"copyfile", "copy", "copy2", "copytree"}


def writes(tree: ast.AST) -> Iterator[str]:
    """What in some source may write a file: calls that do, and calls that open one so that it can be written."""
    for node in (each for each in ast.walk(tree) if isinstance(each, ast.Call)):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        owner = ast.unparse(node.func.value) if isinstance(node.func, ast.Attribute) else ""
        given = [*node.args, *(each.value for each in node.keywords)]
        modes = {each.value for each in given if isinstance(each, ast.Constant) and isinstance(each.value, str)}
        opens = name in ("open", "ZipFile", "fdopen") and any(re.fullmatch("[rbt]*[wxa+][wxa+bt]*", m) for m in modes)
        if opens or name in WRITES or (name in COPIES and owner == "shutil") or (name, owner) == ("open", "os"):
            yield ast.unparse(node)


def test_no_module_writes_a_file_another_way() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix(): [*writes(ast.parse(path.read_text("utf-8")))]
        for path in PACKAGE.rglob("*.py")
    }
    assert {path: calls for path, calls in found.items() if calls and path not in OTHER_WAYS} == {}
    assert {path for path in OTHER_WAYS if not found[path]} == set(), "these write no more"


@pytest.mark.parametrize(
    "source",
    [
        "path.write_bytes(data)",
        "(folder / name).write_text(text, 'utf-8')",
        "path.open('w')",
        "open(path, mode='xb')",
        "path.open('r+b')",
        "zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED)",
        "shutil.copyfile(one, other)",
        "tempfile.NamedTemporaryFile()",
        "os.open(path, os.O_WRONLY | os.O_CREAT)",
    ],
)
def test_another_way_is_seen(source: str) -> None:
    assert [*writes(ast.parse(source))]


def test_reading_is_no_writing() -> None:
    assert not [
        *writes(
            ast.parse("path.open('rb'); open(path); zipfile.ZipFile(path); copy.copy(x); s.copy(a); a.open('wall')")
        )
    ]


@pytest.fixture
def plain(tmp_path: Path) -> int:
    """The rights of any new file."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "plain").touch()
    return (tmp_path / "elsewhere" / "plain").stat().st_mode


def test_a_file_has_its_rights(tmp_path: Path, plain: int) -> None:
    place = tmp_path / "a"
    atomic.write(place, b"new")
    assert place.stat().st_mode == plain
    atomic.write(place, b"own", mode=atomic.OWNER)
    assert place.stat().st_mode & 0o777 == 0o600
    atomic.write(place, b"kept", durable=False)
    assert place.stat().st_mode & 0o777 == 0o600 and place.read_bytes() == b"kept"
    atomic.write(place, b"any", mode=atomic.ANYBODY)
    assert place.stat().st_mode == plain


@pytest.mark.parametrize("refused", ["fsync", "replace"])
@pytest.mark.parametrize("beside", [None, "aside"])
def test_a_disk_that_is_full_leaves_the_old_file_and_nothing_else(
    refused: str, beside: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (tmp_path / "a").write_bytes(b"old")
    monkeypatch.setattr(*((os, "fsync") if refused == "fsync" else (Path, "replace")), refuse)
    with pytest.raises(OSError, match="space"):
        atomic.write(tmp_path / "a", b"new", beside=tmp_path / beside if beside else None)
    assert [path.name for path in tmp_path.iterdir()] == ["a"] and (tmp_path / "a").read_bytes() == b"old"


def test_what_a_killed_process_left_at_a_named_place_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "aside").write_bytes(b"half of something longer")
    atomic.write(tmp_path / "a", b"new", beside=tmp_path / "aside")
    assert [path.name for path in tmp_path.iterdir()] == ["a"] and (tmp_path / "a").read_bytes() == b"new"


def test_who_reads_never_finds_a_part(tmp_path: Path) -> None:
    """Several write at the same time, one reads."""
    place, whole = tmp_path / "a", {bytes([n]) * 200_000 for n in range(4)}
    atomic.write(place, min(whole))
    writers = [
        threading.Thread(target=lambda data=data: [atomic.write(place, data, durable=False) for _ in range(25)])
        for data in whole
    ]
    for each in writers:
        each.start()
    while any(each.is_alive() for each in writers):
        assert place.read_bytes() in whole
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("links", [True, False])
def test_of_two_who_create_a_file_one_succeeds(links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    if not links:
        monkeypatch.setattr(os, "link", refuse)
    atomic.create(tmp_path / "a", b"first")
    with pytest.raises(FileExistsError):
        atomic.create(tmp_path / "a", b"second")
    assert [path.name for path in tmp_path.iterdir()] == ["a"] and (tmp_path / "a").read_bytes() == b"first"
