"""Lives of pledges, as tests write them: steps, deadlines that were moved, the small city with one of them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import yaml

from gazette.model.records.lifecycle import STEPS
from gazette.reading.decode import decode
from gazette.reading.yaml.parser import compose

ROOT = Path(__file__).resolve().parent.parent
TEXT = {"zh": "文", "en": "text"}

FIELDS: dict[str, Any] = {
    "body": {"zh": "某组", "en": "Some body"},
    "basis": {"zh": "某办法", "en": "Some rules"},
    "by": {"zh": "某居民", "en": "A resident"},
    "reason": TEXT,
    "inspected": "2031-01-20",
    "notice": {"begin": "2031-01-21", "end": "2031-01-25"},
    "reached": {"value": 5, "of": 12, "unit": {"zh": "处", "en": "outfalls"}},
    "upheld": "no",
    "held": "yes",
}
"""Something to write in each field that a step may need."""

AGAINST = {"inspected": {"result": "sent-back"}, "answered": {"upheld": "yes"}, "rechecked": {"held": "no"}}
"""How the steps are written that can end against the unit, when they do."""


def step(state: str, day: str = "2031-02-01", **more: object) -> dict[str, object]:
    return {"date": day, "state": state, "text": TEXT, **{name: FIELDS[name] for name in STEPS[state].needs}, **more}


WAYS: list[dict[str, object]] = [
    *(step(state) for state in STEPS),
    *(step(state, reason=TEXT, **outcome) for state, outcome in AGAINST.items()),
]
"""Every step in every way that it can end."""


def read(kind: type[Any], value: object) -> Any:
    text = json.dumps(value, ensure_ascii=False)
    return decode("x.yaml", compose("x.yaml", text), kind, ("zh", "en"))


def content(folder: Path, updates: list[dict[str, object]], **more: object) -> Path:
    """The small city with one pledge that has these updates."""
    shutil.copytree(ROOT / "tests" / "site", folder)
    path = folder / "districts" / "yinghuo.yaml"
    unit = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    unit["pledges"][0] |= {"updates": updates, **more}
    path.write_text(json.dumps(unit, ensure_ascii=False, indent=1, default=str), "utf-8")
    return folder


def moved(date: str, to: str) -> dict[str, object]:
    return {"date": date, "to": to, "by": FIELDS["body"], "reason": TEXT}
