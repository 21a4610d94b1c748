"""Whose folder it is that a build would write to."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from program import run, tree
from workplaces import Workplace

from gazette.searching import shards
from gazette.site.routes import ledger_rows


def other_city(workplace: Workplace) -> None:
    """Another site: another title, in another place."""
    workplace.content = workplace.content.rename(workplace.folder / "elsewhere")
    site = workplace.content / "site.yaml"
    text = site.read_text("utf-8")
    site.write_text(re.sub(r"(?m)^title: .*", "title: {zh: 另一本汇编, en: Another Register}", text), "utf-8")


@pytest.mark.long
@pytest.mark.parametrize("lost", [False, True], ids=["records", "no records"])
def test_another_site_is_refused_unless_it_is_meant(lost: bool, built: Workplace) -> None:
    before = tree(built.output)
    other_city(built)
    if lost:
        shutil.rmtree(built.cache)
    said = built.build(status=1)
    assert (
        "holds another site" in said
        and "--adopt" in said
        and "--content" in said
        and "this one is “另一本汇编”" in said
    )
    assert tree(built.output) == before
    built.build("--adopt")
    assert "另一本汇编" in (built.output / "index.html").read_text("utf-8")
    built.build()


def test_a_site_may_move_or_take_another_title(built: Workplace) -> None:
    built.content = built.content.rename(built.folder / "elsewhere")
    built.build()
    site = built.content / "site.yaml"
    site.write_text(re.sub(r"(?m)^title: .*", "title: {zh: 新名, en: New}", site.read_text("utf-8")), "utf-8")
    built.build()
    assert "新名" in (built.output / "index.html").read_text("utf-8")


def test_a_folder_of_others_can_be_adopted(workplace: Workplace) -> None:
    workplace.output.mkdir()
    for name in ("index.html", "thesis.docx"):
        (workplace.output / name).write_text("mine")
    assert "--adopt" in workplace.build(status=1)
    assert tree(workplace.output) == {"index.html": b"mine", "thesis.docx": b"mine"}
    assert "thesis.docx" in workplace.build("--adopt")
    assert (workplace.output / "thesis.docx").read_text() == "mine"
    assert "Gazette" in (workplace.output / "index.html").read_text("utf-8")


def test_a_publishing_branch_can_be_the_output(workplace: Workplace) -> None:
    workplace.output.mkdir()
    (workplace.output / ".git").mkdir()
    (workplace.output / ".git" / "HEAD").write_text("ref: refs/heads/pages")
    for name in (".nojekyll", "CNAME", ".DS_Store", "Thumbs.db"):
        (workplace.output / name).write_text("x.example")
    said = workplace.build()
    assert "1 file not made by this program, left alone: CNAME\n" in said, "what belongs to systems is not spoken of"
    assert (workplace.output / "CNAME").read_text() == "x.example" and (workplace.output / ".git" / "HEAD").exists()


@pytest.mark.long
def test_another_copy_of_the_program_may_have_built_last(built: Workplace) -> None:
    """Two people keep one folder up to date, each with a cache of their own."""
    built.cache = built.folder / "cache of the other"
    new = built.content / "districts" / "chunshan.yaml"
    text = (built.content / "districts" / "yinghuo.yaml").read_text("utf-8")
    text = text.replace("yinghuo", "chunshan").replace("萤火", "春山").replace("Yinghuo", "Chunshan")
    new.write_text(re.sub(r"order: \d+", "order: 5", text), "utf-8")
    built.build()
    built.cache = built.folder / "cache"
    built.build()
    assert (built.output / "zh" / "districts" / "chunshan.html").exists()


def test_a_folder_of_others_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("keep me", "utf-8")
    done = run("--output", str(tmp_path / "mine"), "--no-pdf")
    assert done.returncode == 1 and "letter.txt" in done.stderr
    assert tree(tmp_path / "mine") == {"letter.txt": b"keep me"}


@pytest.mark.long
def test_scripts_are_known_by_their_names(built: Workplace) -> None:
    """Of a site of any size, and after any edit: what belonged to a unit or a part that is gone, too."""
    old = {shards.file_of_unit("zh", position, 40) for position in (1, 9, 10, 400)}
    old |= {shards.file_of_shard("en", 5, 64), shards.file_of_others("en", "theme:x", 8), ledger_rows("zh", 12)}
    old -= tree(built.output).keys()
    for path in old:
        (built.output / path).write_text("old", "utf-8")
    (built.output / "zh" / "search" / "own.js").write_text("of others", "utf-8")
    shutil.rmtree(built.cache)
    built.build()
    there = tree(built.output)
    assert len(old) > 4 and not old & there.keys() and "zh/search/own.js" in there
