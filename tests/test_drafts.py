"""Drafts: a unit that is not filled in yet keeps no build from going on, and the editor is told what it needs."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from program import SITE, build, run, tree

UNIT = """\
draft: true
name:
  zh: 云州区
  en:
short:
  zh:
  en:
kind: district
order: 9
commitments: 2
signed_by:
  name:
    zh: 甲某
    en:
summary:
original: |
  只给编者看的开场白。

  # 不是注解，ﬁ⽬是字库没有的字
pledges:
  - id: yunzhou-1
    draft: true
    covers: [1]
    title:
      zh:
      en:
    themes: []
    checkable:
    text: {zh: 好的。}
    deadline: unstated
    source: {section: 云州区}
    original: |
      只给编者看的⽬标。
"""

FILLED = """\
draft: true
name: {zh: 云州区, en: Yunzhou}
short: {zh: 云州, en: Yunzhou}
kind: district
order: 9
commitments: 1
signed_by: {name: {zh: 甲某, en: Person A}, title: {zh: 区长, en: Head}}
summary: {zh: 一项。, en: One.}
original: |
  只给编者看的开场白。
pledges:
  - id: yunzhou-1
    draft: true
    covers: [1]
    title: {zh: 修一座小桥, en: Build a small bridge}
    text: {zh: 该区修一座小桥。, en: The district builds a small bridge.}
    themes: [water]
    checkable: yes
    done_when: {zh: 桥已建成。, en: The bridge stands.}
    deadline: unstated
    source: {section: 云州区}
    original: |
      只给编者看的⽬标。
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    shutil.copytree(SITE, tmp_path / "content")
    return tmp_path / "content"


def draft(content: Path, text: str) -> None:
    (content / "districts" / "yunzhou.yaml").write_text(text, "utf-8")


def test_what_a_draft_needs_is_told_with_its_place_and_is_no_mistake(content: Path) -> None:
    draft(content, UNIT)
    done = run("check", content=content)
    assert done.returncode == 0, done.stderr
    unit, pledge = done.stderr.splitlines()
    assert "districts/yunzhou.yaml:1:1: this draft" in unit and "districts/yunzhou.yaml:21:5: this draft" in pledge
    assert (
        ": yunzhou.yaml still needs name (en), short (zh, en), signed_by.name (en), signed_by.title, summary." in unit
    )
    assert ": yunzhou-1 still needs title (zh, en), themes, checkable, text (en), done_when." in pledge
    assert done.stdout.splitlines()[1].startswith("Drafts that are not finished, and not on the site: 1 ")


def test_a_language_that_a_text_in_lines_lacks_is_named_with_its_field(content: Path) -> None:
    draft(content, UNIT.replace("text: {zh: 好的。}", "text:\n      zh: 好的。"))
    assert "checkable, text (en), done_when." in run("check", content=content).stderr


def test_every_gap_of_a_long_draft_is_told(content: Path) -> None:
    head, pledge = UNIT.split("  - id: yunzhou-1\n")
    many = "".join(f"  - id: yunzhou-{n}\n{pledge}" for n in range(1, 61))
    draft(content, head + many)
    done = run("check", content=content)
    assert done.returncode == 0 and done.stderr.count("\n") == 61, done.stderr


def test_mistakes_of_a_draft_stay_mistakes(content: Path) -> None:
    draft(content, UNIT.replace("unstated", "nextyear").replace("kind:", "kinds:"))
    done = run("check", content=content)
    assert done.returncode == 1
    assert "“nextyear” cannot be read" in done.stderr and "unknown field “kinds”" in done.stderr
    assert done.stderr.count("still needs") == 2 and done.stderr.endswith("2 problems.\n")


def test_gaps_of_what_is_no_draft_are_mistakes(content: Path) -> None:
    draft(content, UNIT.replace("draft: true\nname", "name"))
    done = run("check", content=content)
    assert done.returncode == 1 and "still needs" not in done.stderr
    assert "the field “title” is missing" in done.stderr


def test_commitments_without_a_pledge_are_still_to_be_written(content: Path) -> None:
    draft(content, FILLED.replace("commitments: 1", "commitments: 3"))
    done = run("check", content=content)
    assert done.returncode == 0 and "no pledge covers item 2, 3" in done.stderr


def test_the_site_is_the_same_with_a_draft_whether_filled_in_or_not(content: Path, tmp_path: Path) -> None:
    without = tree(build(content, tmp_path / "a", "--no-pdf"))
    for text in (UNIT, FILLED):
        draft(content, text)
        assert tree(build(content, tmp_path / "a", "--no-pdf")) == without
        assert tree(build(content, tmp_path / "b", "--no-pdf", cache=tmp_path / "other")) == without
        shutil.rmtree(tmp_path / "b")


def test_a_unit_that_becomes_an_unfinished_draft_leaves_the_site(content: Path, tmp_path: Path) -> None:
    draft(content, re.sub(r"(?m)^ *(draft: true|original: \|\n.*)\n", "", FILLED))
    site = build(content, tmp_path / "a", "--no-pdf")
    assert (site / "zh" / "districts" / "yunzhou.html").is_file()
    draft(content, UNIT)
    build(content, tmp_path / "a", "--no-pdf")
    assert not (site / "zh" / "districts" / "yunzhou.html").exists()
    assert "云州" not in (site / "zh" / "index.html").read_text("utf-8")


def test_the_wording_of_the_source_reaches_nothing_that_is_made(content: Path) -> None:
    """Whatever is made is made from records, and no record holds it: not even where drafts are shown."""
    from msgspec import json

    from gazette.reading.loader import load_shared
    from gazette.reading.unit_loader import UnitSource, load_unit

    opened = load_shared(content)
    source = UnitSource("yunzhou", "yunzhou.yaml", FILLED.encode())
    unit_file = load_unit(opened.diagnostics, source, opened.known, opened.languages, None)
    assert unit_file is not None and opened.diagnostics.problems == []
    assert unit_file.unit.original == unit_file.unit.pledges[0].original == "there"
    assert "只给编者看" in FILLED and "只给编者看" not in json.encode(unit_file).decode()


def test_the_preview_of_a_draft_does_not_show_the_wording_of_the_source(content: Path, tmp_path: Path) -> None:
    """The preview shows drafts, in pages, data and documents; the words beside them it does not have."""
    from gazette.building.output import Output
    from gazette.building.pipeline import run as build_all
    from gazette.building.settings import Settings
    from gazette.cli.parser import ROOT

    draft(content, FILLED)
    output = Output(tmp_path / "o", tmp_path / "state")
    settings = Settings(
        content,
        ROOT / "templates",
        tmp_path / "cache",
        None,
        None,
        False,
        drafts=True,
        jobs=1,
        only=("pages", "data", "pictures", "search"),
    )
    build_all(output, settings, lambda _: None, lambda _: "")
    made = tree(tmp_path / "o")
    assert "修一座小桥" in made["zh/pledges/yunzhou-1.html"].decode()
    wording = ["只给编者看".encode(), "只给编者看".encode("utf-16-be"), "⽬标".encode()]
    found = [path for path, data in made.items() for words in wording if words in data]
    assert found == []
