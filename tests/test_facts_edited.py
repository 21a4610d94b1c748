"""An edit of a unit's facts: two units that speak of each other agree, and a table is there while it has a row."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from compiled import compiled
from lives import ROOT

import build


def _loaded(path: Path) -> dict[str, Any]:
    """A unit with every value as it is written: `yes` stays a word."""
    own: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)
    return own


class City:
    """The small city, which is built as often as a test asks."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.content, self.site = folder, folder / "content", folder / "site"
        shutil.copytree(ROOT / "tests" / "site", self.content)

    def build(self, *more: str) -> int:
        cache = compiled(self.folder / "cache")
        place = ["--content", str(self.content), "--output", str(self.site), "--cache", str(cache)]
        return build.main([*place, "--no-pdf", "--jobs", "1", "--messages", "en", *more])

    def check(self) -> int:
        """What a build would find, without one."""
        return build.main(["check", "--content", str(self.content), "--messages", "en"])

    def change(self, unit: str, **more: object) -> None:
        """Set fields of a unit; those that are None go."""
        path = self.content / "districts" / f"{unit}.yaml"
        own = {**_loaded(path), **more}
        kept = {name: value for name, value in own.items() if value is not None}
        path.write_text(json.dumps(kept, ensure_ascii=False, default=str), "utf-8")

    def read(self, unit: str) -> dict[str, Any]:
        return _loaded(self.content / "districts" / f"{unit}.yaml")


@pytest.fixture
def city(tmp_path: Path) -> City:
    return City(tmp_path)


def test_a_table_is_there_while_it_has_a_row(city: City) -> None:
    assert city.build() == 0
    assert (city.site / "data" / "heads.csv").is_file()
    city.change("dengmi", heads=None)
    assert city.build() == 0
    assert not (city.site / "data" / "heads.csv").exists() and not (city.site / "data" / "heads.json").exists()
    assert "heads.csv" not in (city.site / "zh" / "downloads.html").read_text("utf-8")
    assert 'id="heads"' not in (city.site / "zh" / "dictionary.html").read_text("utf-8")


# ── units that speak of each other ───────────────────────────────────────────


def test_a_joint_pledge_that_takes_another_title_takes_it_in_both_files(
    city: City, capsys: pytest.CaptureFixture[str]
) -> None:
    assert city.build() == 0
    own = city.read("zhiyuan")
    own["pledges"][1]["title"]["en"] = "Clear the whole river"
    city.change("zhiyuan", pledges=own["pledges"])
    before = (city.site / "en" / "pledges" / "zhiyuan-2.html").read_bytes()
    capsys.readouterr()
    assert city.build() == 1, "also where the other file is the one that was not touched"
    assert "“Clear the whole river”" in capsys.readouterr().err
    assert (city.site / "en" / "pledges" / "zhiyuan-2.html").read_bytes() == before
    joint = city.read("dengmi")["joint_pledges"]
    joint[0]["title"]["en"] = "Clear the whole river"
    city.change("dengmi", joint_pledges=joint)
    assert city.build() == 0
    assert "Clear the whole river" in (city.site / "en" / "districts" / "dengmi.html").read_text("utf-8")


def test_a_unit_that_another_names_cannot_go_or_become_a_draft_unseen(
    city: City, capsys: pytest.CaptureFixture[str]
) -> None:
    assert city.check() == 0
    city.change("dengmi", draft="true")
    assert city.check() == 1
    assert "the unit “dengmi” is a draft" in capsys.readouterr().err
    (city.content / "districts" / "dengmi.yaml").unlink()
    assert city.check() == 1
    assert "there is no unit “dengmi”" in capsys.readouterr().err


def test_the_line_that_is_told_makes_both_units_agree(city: City, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever sign a name holds: what was missing is pasted from what was told."""
    name = {"zh": "雾屿港区", "en": "Wuyu: Harbour, Zone"}
    city.change("wuyu-gang", name=name)
    for unit, field in (("zhiyuan", "took_over"), ("wuyu-gang", "ended")):
        before = city.read(unit)[field]
        city.change(unit, **{field: None})
        assert city.check() == 1
        (line,) = re.findall(r"- \{.*\}$", capsys.readouterr().err, re.MULTILINE)
        pasted = yaml.load(line, yaml.CBaseLoader)
        city.change(unit, **{field: pasted if field == "took_over" else {**before, "into": pasted}})
        assert city.check() == 0
    assert city.read("zhiyuan")["took_over"][0]["name"] == name


def test_one_unit_takes_over_no_earlier_than_another_ended(city: City, capsys: pytest.CaptureFixture[str]) -> None:
    ended = city.read("wuyu-gang")["ended"]
    city.change("wuyu-gang", ended={**ended, "date": "2031-09-02"})
    assert city.check() == 1
    assert "wuyu-gang ended on 2031-09-02" in capsys.readouterr().err
    own = city.read("zhiyuan")["took_over"]
    city.change("zhiyuan", took_over=[{**own[0], "date": "2031-09-02"}])
    assert city.check() == 0
    city.change("zhiyuan", took_over=[{**own[0], "date": "2031-09-02"}, {**own[0], "date": "2031-09-01"}])
    assert city.check() == 1
    told = capsys.readouterr().err
    assert "“wuyu-gang” is in this list twice" in told and "2031-09-01 comes after 2031-09-02" in told


def test_a_draft_of_a_joint_pledge_asks_nothing_of_the_other_unit(city: City) -> None:
    own = city.read("zhiyuan")
    own["pledges"][7]["joint"] = [{"unit": "yinghuo", "name": {"zh": "萤火新区", "en": "Yinghuo New Zone"}}]
    city.change("zhiyuan", pledges=own["pledges"])
    assert city.check() == 0
