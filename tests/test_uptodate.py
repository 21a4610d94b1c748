"""How a build knows that nothing changed: by sizes and times, and by bytes where those cannot be believed."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

from workplaces import Workplace


def keep_state(path: Path, data: bytes) -> None:
    """Other bytes of the same size, at the same time, in the same place."""
    before = path.stat()
    assert len(data) == before.st_size
    with path.open("r+b") as file:
        file.write(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_mtime_ns == before.st_mtime_ns and path.stat().st_ino == before.st_ino


def test_an_edit_that_keeps_size_and_time_is_seen(built: Workplace) -> None:
    unit = built.content / "districts" / "yinghuo.yaml"
    time.sleep(0.1)
    built.build()
    keep_state(unit, unit.read_bytes().replace("夜里关灯".encode(), "夜里熄灯".encode()))
    built.build()
    assert "夜里熄灯" in built.shown
    page = built.output / "zh" / "pledges" / "yinghuo-1.html"
    right = page.read_bytes()
    keep_state(page, right.replace("夜里熄灯".encode(), "夜里点灯".encode()))
    built.build()
    assert page.read_bytes() == right


def test_a_copied_folder_is_known_by_its_bytes_once(built: Workplace) -> None:
    """All times of change are others after a copy: the bytes are compared, and nothing is made built."""
    copy = shutil.copytree(built.output, built.folder / "copy")
    shutil.rmtree(built.output)
    copy.rename(built.output)
    assert " 0 made" in built.build()
    stamp = built.database.stat().st_mtime_ns
    assert " 0 made" in built.build()
    assert built.database.stat().st_mtime_ns == stamp, "the second build sees it at a glance"
