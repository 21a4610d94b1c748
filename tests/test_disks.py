"""Disks that are full, separate or read-only: a build ends right, or says in a sentence what to do."""

from __future__ import annotations

import shutil

import pytest
from program import tree
from workplaces import Workplace, mounted

pytestmark = pytest.mark.long


@pytest.mark.parametrize("part", ["out", "out/zh", "cache"])
def test_each_part_may_be_a_disk_of_its_own(part: str, workplace: Workplace, reference: Workplace) -> None:
    with mounted(workplace.folder / part):
        workplace.build()
        assert tree(workplace.output) == tree(reference.output)
        workplace.edit()
        workplace.build()
        assert "夜里熄灯" in workplace.shown
        assert not list(workplace.output.rglob("*gazette-new*"))


@pytest.mark.parametrize("disk", ["out", "disk"])
def test_a_full_disk_leaves_the_site_as_it_was(disk: str, workplace: Workplace, reference: Workplace) -> None:
    """Whether the output folder is the disk or lies on it."""
    with mounted(workplace.folder / disk, "-o", "size=6m"):
        workplace.output = workplace.folder / disk if disk == "out" else workplace.folder / disk / "site"
        workplace.build()
        before = tree(workplace.output)
        assert before == tree(reference.output)
        ballast = workplace.folder / disk / "ballast"
        ballast.write_bytes(bytes(shutil.disk_usage(workplace.output).free - 60_000))
        words = workplace.content / "words.yaml"
        words.write_text(words.read_text("utf-8").replace("跳到正文", "直接看正文"), "utf-8")
        said = workplace.build(status=1)
        assert "the disk is full" in said.lower() or "No space" in said
        ballast.unlink()
        assert tree(workplace.output) == before
        workplace.build()
        assert "直接看正文" in workplace.shown


def test_a_cache_without_room_costs_time_only(workplace: Workplace, reference: Workplace) -> None:
    with mounted(workplace.cache, "-o", "size=256k"):
        said = workplace.build()
        assert "the cache folder cannot be written" in said
        assert tree(workplace.output) == tree(reference.output)
        assert "the cache folder cannot be written" in workplace.build(), "and again"


def test_a_report_that_finds_no_room_leaves_none(built: Workplace) -> None:
    with mounted(built.folder / "small", "-o", "size=4k"):
        (built.folder / "small" / "ballast").write_bytes(bytes(4096))
        built.edit()
        said = built.build("--report", str(built.folder / "small" / "report.json"), status=1)
        assert "The site itself was built." in said and "夜里熄灯" in built.shown
        assert [path.name for path in (built.folder / "small").iterdir()] == ["ballast"]


def test_a_folder_inside_that_may_not_be_written_is_met_before_anything_changes(built: Workplace) -> None:
    with mounted(built.output / "en" / "pledges", "-o", "ro"):
        before = tree(built.output)
        built.edit()
        said = built.build(status=1)
        assert "cannot be written" in said and "unchanged" in said and str(built.output / "en" / "pledges") in said
        assert tree(built.output) == before
