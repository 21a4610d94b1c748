"""Who speaks for a pledge after its unit ended: whoever goes on with it on that day, along a chain of mergers."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from lives import TEXT, content, step
from whole import open_content

import build
from gazette.model.life.announced import as_told, is_by_successor


def merged(folder: Path, updates: list[dict[str, object]], **more: Any) -> Path:
    """Yinghuo became part of Dengmi on 1 March, Dengmi of Zhiyuan on 1 June; a pledge of Yinghuo was reported on."""
    content(folder, updates)
    units = {path.stem: path for path in (folder / "districts").iterdir()}
    read = {id: yaml.load(path.read_text("utf-8"), yaml.CBaseLoader) for id, path in units.items()}
    chain = (("yinghuo", "dengmi", "2031-03-01"), ("dengmi", "zhiyuan", "2031-06-01"))
    for one, other, day in chain:
        own = {"date": day, "into": [{"unit": other, "name": read[other]["name"]}], "reason": TEXT}
        read[one]["ended"] = own
        taken = {"date": day, "unit": one, "name": read[one]["name"]}
        read[other]["took_over"] = [taken, *read[other].get("took_over", [])]
    read["dengmi"].pop("heads", None)
    read["yinghuo"]["pledges"][0] |= more
    for id, path in units.items():
        path.write_text(json.dumps(read[id], ensure_ascii=False), "utf-8")
    return folder


def told(folder: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    build.main(["check", "--content", str(folder), "--messages", "en"])
    return re.findall(r"(?m)^.*?\.yaml:\d+:\d+: (.*)$", capsys.readouterr().err)


def named(folder: Path, id: str, more: str = "") -> dict[str, str]:
    own = yaml.load((folder / "districts" / f"{id}.yaml").read_text("utf-8"), yaml.CBaseLoader)["name"]
    return {"zh": f"{own['zh']}{'人民政府' if more else ''}", "en": f"{own['en']}{more}"}


LATE, EARLY = "2031-07-01", "2031-04-01"
BODY = {"zh": "某公司", "en": "Some company"}


@pytest.mark.parametrize(
    ("day", "by", "is_told"),
    [
        (EARLY, "", False),
        (LATE, "", True),
        (LATE, "dengmi", True),
        (LATE, "zhiyuan", False),
        (LATE, "zhiyuan, the People’s Government", False),
        (EARLY, "zhiyuan", True),
        (LATE, "yinghuo", True),
        (LATE, "nobody", True),
        (EARLY, "nobody", True),
    ],
)
def test_a_report_is_signed_by_who_goes_on_with_the_pledge_on_its_day(
    day: str, by: str, is_told: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = content(tmp_path / "names", [])
    id, _, more = by.partition(", the")
    own = {} if not by else {"by": BODY if by == "nobody" else named(folder, id, more and " People’s Government")}
    found = told(merged(tmp_path / "c", [step("under-way", day, **own)]), capsys)
    assert len(found) == is_told, found
    expected = named(folder, "zhiyuan" if day == LATE else "dengmi")["en"]
    assert not found or (f"en: {expected}" in found[0] and f"The update of {day}".lower() in found[0].lower())


def test_what_others_do_after_the_end_is_theirs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An objection is by whoever objects, an inspection has its body: the unit that goes on signs neither."""
    by = named(content(tmp_path / "names", []), "zhiyuan")
    updates = [
        step("inspected", LATE, by=by),
        step("notice", "2031-07-02", by=by, **ON_NOTICE),
        step("objection", LATE_TOO),
    ]
    assert told(merged(tmp_path / "c", updates), capsys) == []


ON_NOTICE = {"inspected": LATE, "notice": {"begin": "2031-07-02", "end": "2031-07-09"}}
LATE_TOO = "2031-07-03"


def test_a_unit_that_was_joint_in_it_may_go_on_reporting(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = content(tmp_path / "names", [])
    partner, title = named(names, "wuyu-gang"), _title(names)
    folder = merged(
        tmp_path / "c",
        [step("under-way", "2031-08-01", by=partner), step("under-way", "2031-09-10", by=named(names, "zhiyuan"))],
        joint=[{"unit": "wuyu-gang", "name": partner}],
    )
    path = folder / "districts" / "wuyu-gang.yaml"
    other = yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)
    other["joint_pledges"] = [{"pledge": "yinghuo-1", "title": title}]
    path.write_text(json.dumps(other, ensure_ascii=False), "utf-8")
    assert told(folder, capsys) == []
    unit_file = next(each for each in open_content(folder).unit_files if each.id == "yinghuo")
    unit = as_told(unit_file, None).unit
    found = [is_by_successor(update, unit.pledges[0], unit.ended) for update in unit.pledges[0].updates]
    assert found == [False, True]


def _title(folder: Path) -> Any:
    own = yaml.load((folder / "districts" / "yinghuo.yaml").read_text("utf-8"), yaml.CBaseLoader)
    return own["pledges"][0]["title"]
