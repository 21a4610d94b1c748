"""Translations that are older than their source: which they are, who is told, and how they are settled."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from compiled import compiled
from hypothesis import given
from hypothesis import strategies as st
from program import SITE, run

import build
from gazette.messages.problems import FileProblems
from gazette.model.translated.translations import Pair, digest, is_stale
from gazette.reading.translations import format_pairs, parse_pairs

words = st.sampled_from(["甲", "乙", "丙"])
halves = st.tuples(words, words)


def pair(source: str, translation: str) -> Pair:
    return Pair("dengmi-1.text", "en", digest(source), digest(translation))


@given(st.lists(halves, max_size=4), halves)
def test_a_known_translation_of_another_source_is_stale(right: list[tuple[str, str]], now: tuple[str, str]) -> None:
    expected = now not in right and now[1] in {translation for _, translation in right}
    assert is_stale(pair(*now), {pair(*each) for each in right}) == expected


@given(st.lists(halves, max_size=4), st.lists(halves, max_size=4))
def test_the_lines_of_two_branches_are_both_right(one: list[tuple[str, str]], other: list[tuple[str, str]]) -> None:
    pairs = {pair(*each) for each in (*one, *other)}
    lines = [*format_pairs({pair(*each) for each in one}), *format_pairs({pair(*each) for each in other})]
    assert parse_pairs("x.tsv", "".join(lines)) == pairs
    assert parse_pairs("x.tsv", format_pairs(pairs)) == pairs


@pytest.mark.parametrize("line", ["dengmi", "dengmi-1.text\ten\t12\t34", "dengmi-1.text\ten\t7f78db855e\t322faf821"])
def test_a_line_that_nobody_wrote_is_told(line: str) -> None:
    with pytest.raises(FileProblems) as told:
        parse_pairs("x.tsv", f"\n{line}\n")
    assert [(problem.line, problem.code) for problem in told.value.problems] == [(2, "translations_line")]


# ── a city ───────────────────────────────────────────────────────────────────

OLD = "text: {zh: 已开工5座。, en: Work has begun on five.}"
PLACE = "districts/zhiyuan.yaml"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented city, after it was published."""
    content = tmp_path_factory.mktemp("translations") / "content"
    shutil.copytree(SITE, content)
    assert build.main(["register", "--content", str(content), "--at", "2031-10-01"]) == 0
    shutil.rmtree(content / "register")  # else a text that changes asks for a reason
    return content


@pytest.fixture
def city(published: Path, tmp_path: Path) -> Path:
    shutil.copytree(published, tmp_path / "content", symlinks=True)
    return tmp_path / "content"


def edit(city: Path, new: str) -> int:
    """Another text of the report; returns its line."""
    path = city / PLACE
    text = path.read_text("utf-8")
    assert OLD in text
    path.write_text(text.replace(OLD, new), "utf-8")
    return text[: text.index(OLD)].count("\n") + 1


def listed(city: Path) -> list[str]:
    done = run("translations", content=city)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_after_a_publication_nothing_is_stale(city: Path) -> None:
    assert listed(city) == ["No translation is out of date."]


@pytest.mark.parametrize("new", ["{zh: 已开工6座。, en: Six are begun.}", "{zh: 已开工5座。, en: Five are begun.}"])
def test_who_changes_the_translation_too_need_do_nothing(city: Path, new: str) -> None:
    edit(city, f"text: {new}")
    assert listed(city) == ["No translation is out of date."]


def test_a_changed_source_is_listed_with_its_line_until_it_is_settled(city: Path) -> None:
    line = edit(city, "text: {zh: 已开工6座。, en: Work has begun on five.}")
    found = listed(city)
    assert found[0].startswith(f"{(city / PLACE).as_posix()}:{line}:") and "zhiyuan-1.updates." in found[0]
    assert found[1] == "zhiyuan: 1" and found[2].startswith("1 translation is out of date")
    assert run("register", content=city).returncode == 0  # to publish it does not make it right
    assert listed(city) == found
    assert run("translations", "reviewed", "zhiyuan-2", content=city).returncode == 0
    assert listed(city) == found
    done = run("translations", "--reviewed", "zhiyuan-1", content=city)
    assert done.stdout.splitlines() == ["1 translation is marked as checked."]
    assert listed(city) == ["No translation is out of date."]


TWO = """      - date: 2031-08-05
        state: under-way
        text: {zh: 上午报了两座。, en: Two in the morning.}
      - date: 2031-08-05
        state: under-way
        text: {zh: 下午报了三座。, en: Three in the afternoon.}
"""


def test_two_steps_of_one_day_and_state_are_told_apart(city: Path) -> None:
    """Each has records of its own; the first has those that it had before there was a second."""
    path, records = city / PLACE, city / "translations" / "zhiyuan.tsv"
    step = re.search(rf"(?m)^.*\n.*\n +{re.escape(OLD)}\n(?: {{8}}.*\n)*", path.read_text("utf-8"))
    assert step
    path.write_text(path.read_text("utf-8").replace(step[0], step[0] + TWO), "utf-8")
    before = records.read_text("utf-8")
    assert run("register", content=city).returncode == 0
    shutil.rmtree(city / "register")
    key, lines = "zhiyuan-1.updates.2031-08-05-under-way.text", records.read_text("utf-8").splitlines()
    assert {*before.splitlines()} <= {*lines}
    assert [line.partition("\t")[0] for line in lines if line.startswith(key)] == [key, f"{key}#2"]
    for old, new, stale in (("下午报了三座", "下午报了四座", f"{key}#2"), ("上午报了两座", "上午报了一座", key)):
        text = path.read_text("utf-8")
        path.write_text(text.replace(old, new), "utf-8")
        (told,) = [line for line in listed(city) if key in line]
        assert f"{stale} " in told.replace("\t", " ") or told.endswith(stale), told
        path.write_text(text, "utf-8")
    # what one says is not what the other said: to translate both alike makes neither stale
    path.write_text(path.read_text("utf-8").replace("Three in the afternoon.", "Two in the morning."), "utf-8")
    assert listed(city) == ["No translation is out of date."]


def test_an_id_of_nobody_is_told_and_nothing_is_written(city: Path) -> None:
    edit(city, "text: {zh: 已开工6座。, en: Work has begun on five.}")
    before = (city / "translations" / "zhiyuan.tsv").read_bytes()
    done = run("translations", "reviewed", "zhiyuan-1", "zhiyuan-99", content=city)
    assert done.returncode == 1 and "zhiyuan-99" in done.stderr
    assert (city / "translations" / "zhiyuan.tsv").read_bytes() == before


def test_readers_of_the_translation_are_told_and_a_release_waits(city: Path, tmp_path: Path) -> None:
    asked = ["--content", str(city), "--output", str(tmp_path / "site"), "--cache", str(compiled(tmp_path / "cache"))]
    report = tmp_path / "report.json"
    asked += ["--only", "pages,data", "--jobs", "1", "--report", str(report)]
    assert build.main(asked) == 0
    edit(city, "text: {zh: 已开工6座。, en: Work has begun on five.}")
    assert build.main(asked) == 0
    site = tmp_path / "site"
    pages = {code: (site / code / "pledges" / "zhiyuan-1.html").read_text("utf-8") for code in ("zh", "en")}
    assert "note--translation" in pages["en"] and "The Chinese text has changed" in pages["en"]
    assert "note--translation" not in pages["zh"]
    release = ["--release", "--base-url", "https://example.org/"]
    done = run("check", *release, content=city)
    assert done.returncode == 1 and "translated into “en”" in done.stderr
    assert run("translations", "reviewed", "zhiyuan-1", content=city).returncode == 0
    assert "translated into" not in run("check", *release, content=city).stderr
    assert build.main(asked) == 0
    made = json.loads(report.read_text("utf-8"))["made"]
    assert "en/pledges/zhiyuan-1.html" in made and "zh/pledges/zhiyuan-1.html" not in made
