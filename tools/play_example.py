"""Plays the history of the example city: its register and its editions, made day by day from the content as it was.

The content says everything with its day, so that of an earlier day follows from it: what came later is left out, and
what was corrected since reads as it did. Each edition keeps the two bulletins and the data; all documents of three
editions would be more than the repository should hold. After a change of the content or of how editions are kept:
`.venv/bin/python -m tools.play_example`.
"""

from __future__ import annotations

import datetime
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from gazette.building.output import Output
from gazette.building.pipeline import run
from gazette.building.settings import Settings
from gazette.editions.freezing import freeze, handed_out
from gazette.editions.issues import next_issue
from gazette.editions.registering import register
from gazette.office.translations import mark_reviewed
from gazette.office.yaml_writing import pair
from gazette.reading.yaml.parser import compose

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "linjiang" / "content"

FIRST, LAST = "2031-04-01", "2032-03-31"
"""The days on which the site was first published, and published as it is."""

EDITIONS = ("2031-08-15", "2031-11-30", "2032-01-31")

BEGAN = {"xuefang": "2032-01-12"}
"""The units that were not there from the first day."""

MISTAKEN = {
    "chayan-2": {
        "text": {"zh": "建成6个村的收集点。", "en": "Six villages have their collection points."},
        "reached": {"value": "6", "of": "28", "unit": {"zh": "个", "en": "villages"}},
    }
}
"""What else was said in a step that was reported by mistake and is gone: of it only day and state are kept."""

REVIEWED = {"2031-11-30": ("qinyin",)}
"""The units of which somebody looked at the translations before a day, and found them right as they are."""

DOCUMENTS = frozenset({"zh/bulletin.pdf", "en/bulletin.pdf"})
RECORDS = ("register", "translations", "editions")
_NOW = datetime.datetime(2032, 3, 31, tzinfo=datetime.UTC)


# ── the content of an earlier day ────────────────────────────────────────────


def content_of(day: str, source: Path, folder: Path) -> None:
    """The content as it was on a `day`, in a new folder."""
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("districts", "notices", *RECORDS))
    units = {path.stem: _read(path) for path in sorted((source / "districts").glob("*.yaml"))}
    called = {id: former for id, unit in units.items() for id, former in _former_ids(id, unit, day).items()}
    _write_settings(source / "site.yaml", folder, day, called)
    then = {id: _unit_of(unit, day) for id, unit in units.items() if BEGAN.get(id, "") <= day}
    names = {id: unit["name"] for id, unit in then.items()}
    for id, unit in then.items():
        _write(folder / "districts" / f"{called.get(id, id)}.yaml", _called(unit, called, names))
    for path in sorted((source / "notices").glob("*.yaml")):
        notice = _read(path)
        if notice["date"] <= day:
            _write(folder / "notices" / path.name, _called(_stated(_kept(notice, day), day), called, names))


def _write_settings(source: Path, folder: Path, day: str, called: Mapping[str, str]) -> None:
    """The settings, measured against the day; the map shows the units that were there, by the ids that they had."""
    settings = re.sub(r"(?m)^as_of: .*", f"as_of: {day}", source.read_text("utf-8"))
    for id in (id for id, began in BEGAN.items() if began > day):
        settings = re.sub(rf"(?m)^ *- {{unit: {id}, .*\n", "", settings)
    for id, former in called.items():
        settings = settings.replace(f"unit: {id},", f"unit: {former},")
    (folder / "site.yaml").write_text(settings, "utf-8")


def _former_ids(id: str, unit: dict[str, Any], day: str) -> dict[str, str]:
    """What the unit and its pledges were called on a day before the unit was renamed, by their ids now."""
    if not unit.get("formerly") or unit["renamed"][-1]["date"] <= day:
        return {}
    return {
        id: unit["formerly"][0],
        **{each["id"]: each["formerly"][0] for each in unit["pledges"] if "formerly" in each},
    }


def _unit_of(unit: dict[str, Any], day: str) -> dict[str, Any]:
    parts = [
        part
        for each in unit["pledges"]
        if each.get("split", {}).get("date", "") > day
        for part in each["split"]["into"]
    ]
    renamed = [each for each in unit.get("renamed", ()) if each["date"] > day]
    kept = _stated(_kept(unit, day), day)
    if renamed:
        kept |= {"name": renamed[0]["before"], "short": renamed[0]["short"]}
        kept.pop("formerly")
    pledges = [_stated(pledge, day) for pledge in kept["pledges"] if pledge["id"] not in parts]
    if renamed:
        for pledge in pledges:
            pledge.pop("formerly", None)
    return kept | {"pledges": pledges}


def _kept(value: Any, day: str) -> Any:
    """What of a value was there on a day. What was told later is left out; revisions stay, to be undone."""
    if isinstance(value, list):
        kept = [_kept(each, day) for each in value if not (isinstance(each, dict) and _is_later(each, day))]
        return [each for each in kept if each != {}]
    if not isinstance(value, dict):
        return value
    found = {}
    for key, each in value.items():
        if key == "revisions":
            found[key] = each
        elif key == "until" and each > day:
            continue
        elif not (isinstance(each, dict) and key != "was" and _is_later(each, day)):
            kept = _kept(each, day)
            if kept != [] or each == []:
                found[key] = kept
    return found


def _is_later(entry: Mapping[str, Any], day: str) -> bool:
    first = entry.get("date") or entry.get("since") or ""
    return isinstance(first, str) and first > day and "section" not in entry and "was" not in entry


def _stated(owner: dict[str, Any], day: str) -> dict[str, Any]:
    """A unit, a pledge or a notice as it read on a day: revisions of a later day are undone, the last one first."""
    found, revisions = dict(owner), owner.get("revisions", [])
    for revision in sorted(revisions, key=lambda each: str(each["date"]), reverse=True):
        if revision["date"] <= day:
            continue
        was = dict(revision["was"])
        step = was.pop("step", None)
        if step and step["date"] <= day:
            found["updates"] = _reported(found.get("updates", []), step, found["id"])
        found |= was
    found["revisions"] = [each for each in revisions if each["date"] <= day]
    if not found["revisions"]:
        del found["revisions"]
    return found


def _reported(steps: list[Any], before: dict[str, Any], id: str) -> list[Any]:
    """Steps as they were reported: one of them as it was `before`, or with it where it is there no longer."""
    key = ("date", "state")
    same = [n for n, each in enumerate(steps) if all(each[name] == before[name] for name in key)]
    if before.keys() > {*key} and same:
        return [each | before if n == same[0] else each for n, each in enumerate(steps)]
    return sorted([*steps, before | MISTAKEN[id]], key=lambda each: str(each["date"]))


def _called(value: Any, called: Mapping[str, str], names: Mapping[str, Any]) -> Any:
    """A value with the ids that things had then, and other units by the names that they had."""
    if isinstance(value, dict):
        found = {key: _called(each, called, names) for key, each in value.items()}
        return found | {"name": names[value["unit"]]} if value.keys() - {"date"} == {"unit", "name"} else found
    if isinstance(value, list):
        return [_called(each, called, names) for each in value]
    return called.get(value, value)


def _read(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = compose(str(path), path.read_text("utf-8")).data()
    return data


def _write(path: Path, record: Mapping[str, Any]) -> None:
    path.parent.mkdir(exist_ok=True)
    lines = [line for key, value in record.items() for line in pair(key, value, 0)]
    path.write_text("\n".join(lines) + "\n", "utf-8")


# ── what was published ───────────────────────────────────────────────────────


def play(source: Path, work: Path) -> Path:
    """Register and editions of all days in a new folder of `work`: the content as it was on the last of them."""
    records = work / "records"
    records.mkdir()
    for day in (FIRST, *EDITIONS, LAST):
        content = work / day
        content_of(day, source, content) if day != LAST else _copy(source, content)
        shutil.copytree(records, content, dirs_exist_ok=True)
        settings = Settings(content, ROOT / "templates", work / "cache", jobs=2)
        if day in REVIEWED:
            mark_reviewed(settings, REVIEWED[day])
        if day in EDITIONS:
            _freeze(settings, Output(work / "site", work / "state"), datetime.date.fromisoformat(day))
        else:
            register(settings, datetime.date.fromisoformat(day), _NOW)
        for name in RECORDS:
            if (content / name).exists():
                shutil.copytree(content / name, records / name, dirs_exist_ok=True)
    return records


def _copy(source: Path, folder: Path) -> None:
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns(*RECORDS))


def _freeze(settings: Settings, output: Output, day: datetime.date) -> None:
    """As `build.py edition new`, with fewer documents."""
    issue = next_issue(settings, day, _NOW)
    run(output, replace(settings, issue=issue.bulletin, documents=DOCUMENTS), lambda _: None, lambda _: "")
    freeze(settings, issue, handed_out(output), lambda: True)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="example-") as folder:
        records = play(EXAMPLE, Path(folder))
        for name in RECORDS:
            shutil.rmtree(EXAMPLE / name, ignore_errors=True)
            if (records / name).exists():
                shutil.copytree(records / name, EXAMPLE / name)


if __name__ == "__main__":
    main()
