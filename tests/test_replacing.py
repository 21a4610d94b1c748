"""New files, and files in the place of others: whole or not at all, and nothing of anybody else is lost."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from program import tree

from gazette.files.replacing import Changed, new_files, replace_files


def refuse(number: int, at: int = 1) -> Callable[..., None]:
    """What the system says from the call `at` on."""
    calls: list[object] = []

    def refused(*arguments: object, **_: object) -> None:
        calls.append(arguments)
        if len(calls) >= at:
            raise OSError(number, os.strerror(number))

    return refused


def test_new_files_come_with_their_folders_and_the_rights_of_new_files(tmp_path: Path) -> None:
    new_files({tmp_path / "a" / "b" / "c": b"c", tmp_path / "d": b"d"})
    assert tree(tmp_path) == {"a/b/c": b"c", "d": b"d"}
    (tmp_path / "plain").touch()
    assert (tmp_path / "d").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_of_several_all_come_or_none(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        new_files({tmp_path / "x" / "a": b"a", tmp_path / "b": b"b", tmp_path / "c": b"c"})
    assert tree(tmp_path) == {"b": b"mine"} and not (tmp_path / "x").exists()


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_is_full_leaves_no_empty_file(
    links: bool, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where files cannot have two names, and an empty one holds the place."""
    if links:
        monkeypatch.setattr(os, "fsync", refuse(number, 2))
    else:
        monkeypatch.setattr(os, "link", refuse(errno.EPERM))
        monkeypatch.setattr(Path, "replace", refuse(number))
    with pytest.raises(OSError, match=os.strerror(number)):
        new_files({tmp_path / "a": b"a", tmp_path / "b": b"b"})
    assert tree(tmp_path) == {}


def test_without_links_files_come_too_and_nothing_is_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", refuse(errno.EOPNOTSUPP))
    new_files({tmp_path / "a": b"a"})
    with pytest.raises(FileExistsError):
        new_files({tmp_path / "a": b"other"})
    assert tree(tmp_path) == {"a": b"a"}


def test_a_file_that_somebody_changed_is_left_alone_with_all_others(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a")
    (tmp_path / "b").write_bytes(b"changed")
    with pytest.raises(Changed) as told:
        replace_files([(tmp_path / "a", b"a", b"new"), (tmp_path / "b", b"b", b"new"), (tmp_path / "c", None, b"c")])
    assert told.value.path == tmp_path / "b" and tree(tmp_path) == {"a": b"a", "b": b"changed"}
