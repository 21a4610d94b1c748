"""One look at a content folder: what counts as its content, what is passed by, and where links may lead."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import build
from gazette.files.litter import is_litter
from gazette.files.walk import walk
from gazette.reading.files.listing import Listing, NotOrdinary

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "tests" / "site"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SITE, tmp_path / "content"))


def check(content: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What `check` says; nothing where all is right."""
    status = build.main(["check", "--content", str(content), "--messages", "en"])
    said = capsys.readouterr().err
    assert status == bool(said)
    return said


@pytest.mark.parametrize("name", ["districts", "articles"])
def test_a_whole_folder_may_be_kept_elsewhere(name: str, content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (content / name).rename(content.parent / "elsewhere")
    (content / name).symlink_to("../elsewhere")
    assert check(content, capsys) == ""


def test_a_link_inside_the_content_is_followed(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = content / "articles" / "method.en.md"
    article.unlink()
    article.symlink_to("about.en.md")
    assert check(content, capsys) == ""


@pytest.mark.parametrize("path", ["districts/zhiyuan.yaml", "articles/about.zh.md", "themes.yaml"])
def test_a_link_that_leads_out_is_not_read(path: str, content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not even told what is in it: it may be any file of the machine."""
    secret = content.parent / "secret.yaml"
    secret.write_text("password: hunter2\n", "utf-8")
    (content / path).unlink()
    (content / path).symlink_to(secret)
    said = check(content, capsys)
    assert f"{path}:1:1: this is a file link (symbolic link) that leads out" in said and "hunter2" not in said


@pytest.mark.parametrize("target", ["nowhere", "zhiyuan.yaml"], ids=["to nothing", "in a circle"])
def test_a_link_to_nothing_is_told(target: str, content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unit = content / "districts" / "zhiyuan.yaml"
    unit.unlink()
    unit.symlink_to(target)
    assert "zhiyuan.yaml:1:1: " in check(content, capsys)


LEFTOVERS = [
    *("#dengmi.yaml#", "4913", "5036", "dengmi.yaml.tmp", "dengmi.yaml.swp", ".dengmi.yaml.swp", "dengmi.yaml.part"),
    *("dengmi.yaml~", "~$dengmi.docx", "~WRL0001.tmp", ".#dengmi.yaml", "dengmi.yaml.crdownload", "ehthumbs.db"),
    *("Thumbs.db", "thumbs.db", "desktop.ini", "Desktop.ini", ".DS_Store", "__MACOSX", "@eaDir"),
]


def test_what_editors_and_systems_leave_is_passed_by(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in ("", "districts", "articles"):
        for name in LEFTOVERS:
            (content / folder / name).write_text("x: {", "utf-8")
    assert check(content, capsys) == ""
    assert not any(
        map(is_litter, ("dengmi.yaml", "dengmi.yaml.bak", "dengmi.yml", "about.zh.md", "2017.yaml", "a~b.md"))
    )


def test_a_listing_is_of_one_moment(content: Path) -> None:
    """What comes later is not there; what is read once stays as it was read; what has gone is missed."""
    listing = Listing(content)
    (content / "districts" / "later.yaml").write_text("x", "utf-8")
    assert content / "districts" / "later.yaml" not in listing.visible("districts")
    before = listing.bytes_of(content / "themes.yaml")
    (content / "themes.yaml").write_text("[]", "utf-8")
    assert listing.bytes_of(content / "themes.yaml") == before
    (content / "glossary.yaml").unlink()
    with pytest.raises(FileNotFoundError):
        listing.bytes_of(content / "glossary.yaml")
    os.mkfifo(content / "glossary.yaml")
    with pytest.raises(NotOrdinary):
        listing.bytes_of(content / "glossary.yaml")


def test_a_unit_of_the_map_without_a_file_is_told(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (content / "districts" / "dengmi.yaml").rename(content / "districts" / "dengmi.yaml~")
    assert "dengmi" in check(content, capsys)


def test_a_walk_enters_a_folder_inside_itself_once(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "file").write_text("x")
    (tmp_path / "a" / "up").symlink_to("..")
    (tmp_path / "a" / "dead").symlink_to("nowhere")
    assert sorted(path for path, _ in walk(tmp_path, follow=True)) == ["a/dead", "a/file"]
    assert sorted(path for path, _ in walk(tmp_path)) == ["a/dead", "a/file", "a/up"]
