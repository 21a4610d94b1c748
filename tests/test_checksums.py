"""The list of checksums follows every build, after all that it lists."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from cut_down import cut_down
from program import SITE, build

from gazette.building.derived import in_order
from gazette.files import checksums
from gazette.site.target import Target


def checked(folder: Path) -> list[str]:
    """The files that `sha256sum` found to be as they should."""
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "sha256sums.txt"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return [line.removesuffix(": OK") for line in done.stdout.splitlines()]


OF_DATA = ("data/", "files/")
"""The folders of data; calendars lie beside the pages of their language."""


def handed_out(folder: Path) -> list[str]:
    files = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in files if path.endswith((".pdf", ".ics")) or path.startswith(OF_DATA))


def test_checksums_follow_every_build(tmp_path: Path) -> None:
    content, folder = tmp_path / "content", tmp_path / "site"
    shutil.copytree(SITE, content)
    few = ("--templates", str(cut_down(tmp_path / "templates")), "--jobs", "1")
    build(content, folder, *few, "--only", "pages")
    assert not (folder / "sha256sums.txt").exists()
    build(content, folder, *few, "--only", "data")
    assert (
        checked(folder)
        == handed_out(folder)
        == [path for path in handed_out(folder) if path.startswith(OF_DATA) or path.endswith(".ics")]
    )
    build(content, folder, *few, "--only", "pdf")
    assert checked(folder) == handed_out(folder) and "zh/sheets/yinghuo.pdf" in handed_out(folder)
    unit = content / "districts" / "yinghuo.yaml"
    unit.write_text(unit.read_text("utf-8").replace("The hour is published", "The hour is known"), "utf-8")
    build(content, folder, *few)
    assert checked(folder) == handed_out(folder)
    site = content / "site.yaml"
    site.write_text(re.sub(r"(?m)^ +- \{unit: yinghuo,.*\n", "", site.read_text("utf-8")), "utf-8")
    unit.unlink()
    build(content, folder, *few)
    assert checked(folder) == handed_out(folder) and "zh/sheets/yinghuo.pdf" not in handed_out(folder)


def test_what_is_made_from_others_comes_after_them() -> None:
    sums = Target("sums", "data", "sums", needs_kinds=("pdf",))
    style = Target("style", "pdf", "style", needs=("font",))
    assert in_order([sums, style]) == [style, sums]
    with pytest.raises(ValueError, match="cycle"):
        in_order([Target("a", "pdf", "style", needs=("b",)), Target("b", "pdf", "style", needs=("a",))])


def test_a_list_reads_what_sha256sum_writes(tmp_path: Path) -> None:
    for odd in ("plain.txt", "with space.txt", "back\\slash", "new\nline", "整改.csv"):
        (tmp_path / odd).write_text(odd)
    done = subprocess.run("sha256sum *", shell=True, cwd=tmp_path, capture_output=True, check=True)
    (tmp_path / checksums.NAME).write_bytes(done.stdout)
    compared = checksums.compare(tmp_path)
    assert compared is not None and compared.agrees and compared.right == 5
