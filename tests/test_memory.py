"""What is remembered between builds: data that nobody runs, forgotten at no cost but time."""

from __future__ import annotations

import os
import re
from pathlib import Path

import jinja2
import msgspec
import pytest

from gazette.files.cache import Cache
from gazette.rendering.bytecode import Compiled

ROOT = Path(__file__).resolve().parent.parent


class Point(msgspec.Struct, frozen=True):
    """Something to remember."""

    x: int
    names: tuple[str, ...]


def recalled(cache: Cache, source: str) -> tuple[Point, int]:
    """What is recalled, and how often it was worked out."""
    calls = []

    def work_out() -> Point:
        calls.append(source)
        return Point(len(source), (source,))

    return cache.get_or_compute("point", source, work_out, Point), len(calls)


def test_a_result_is_remembered_for_its_source_and_program(tmp_path: Path) -> None:
    cache = Cache(tmp_path, "one")
    assert recalled(cache, "abc") == (Point(3, ("abc",)), 1)
    assert recalled(cache, "abc") == (Point(3, ("abc",)), 0)
    assert recalled(cache, "abcd")[1] == recalled(Cache(tmp_path, "two"), "abcd")[1] == 1
    assert recalled(Cache(None, "one"), "abc")[1] == 1


def test_a_result_that_is_not_to_be_kept_is_worked_out_each_time(tmp_path: Path) -> None:
    cache, calls = Cache(tmp_path, "one"), []

    def work_out() -> Point:
        calls.append(True)
        return Point(0, ())

    for _ in range(2):
        cache.get_or_compute("point", "abc", work_out, Point, keep=lambda point: point.x > 0)
    assert len(calls) == 2 and not [*tmp_path.iterdir()]


@pytest.mark.parametrize("spoil", [b"", b"x" * 200, "cut", "flipped"])
def test_what_is_spoilt_is_worked_out_again(spoil: bytes | str, tmp_path: Path) -> None:
    cache = Cache(tmp_path, "one")
    recalled(cache, "abc")
    (place,) = tmp_path.iterdir()
    data = place.read_bytes()
    flipped = data[:-1] + bytes([data[-1] ^ 1])
    place.write_bytes({"cut": data[:-2], "flipped": flipped}[spoil] if isinstance(spoil, str) else spoil)
    assert recalled(cache, "abc") == (Point(3, ("abc",)), 1)


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert recalled(Cache(tmp_path / "file", "one"), "abc")[1] == 1
    environment = jinja2.Environment(bytecode_cache=Compiled(tmp_path / "file" / "templates"))
    assert environment.from_string("{{ 1 + 1 }}").render() == "2"


def kept(folder: Path) -> Compiled:
    """Templates compiled into a folder."""
    loader = jinja2.DictLoader({"a": "{{ x }}!"})
    cache = Compiled(folder)
    assert jinja2.Environment(loader=loader, bytecode_cache=cache).get_template("a").render(x=1) == "1!"
    return cache


def test_compiled_templates_are_taken_only_from_a_folder_of_ones_own(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "program"
    assert kept(folder).usable and folder.stat().st_mode & 0o777 == 0o700
    (file,) = folder.iterdir()
    file.write_bytes(b"\0" * 32 + b"spoilt")
    assert kept(folder).usable
    folder.chmod(0o777)
    assert not kept(folder).usable
    folder.chmod(0o700)
    if os.geteuid() == 0:
        os.chown(folder, 65534, 65534)
        assert not kept(folder).usable


def test_those_of_old_programs_go(tmp_path: Path) -> None:
    for n in range(6):
        kept(tmp_path / "templates" / f"program{n}")
    assert len(list((tmp_path / "templates").iterdir())) <= 3


def test_nothing_but_the_cluster_unpickles() -> None:
    """There both sides are of one program, and trust each other. (Compiled templates: the test above but one.)"""
    texts = {path.name: path.read_text("utf-8") for path in (ROOT / "gazette").rglob("*.py")}
    asking = {name for name, text in texts.items() if re.search(r"import (pickle|shelve)\b", text)}
    assert asking == {"dask.py"}
