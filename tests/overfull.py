"""Makes a city whose every field is as long as it may be and holds a run of 200 characters without a break."""

from __future__ import annotations

import re
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Protocol, get_args, get_origin, get_type_hints

import yaml

from gazette.model.forms.fields import FieldType
from gazette.model.forms.record import Record
from gazette.model.forms.values import ID_LIMIT
from gazette.model.records.evidence import Evidence
from gazette.model.records.notices import Notice
from gazette.model.records.shared import Programme, Term, Theme
from gazette.model.records.site import Site
from gazette.model.records.units import Unit

SITE = Path(__file__).resolve().parent / "site"
RUN = 200


class Run(Protocol):
    """So many characters without a break, to go behind some words."""

    def __call__(self, length: int, words: str = "", /) -> str: ...


Runs = dict[str, Run]
"""For each language a run."""


def address(length: int, _words: str = "") -> str:
    """An address as a service makes it."""
    whole = "https://mp.example.org/s?__biz=MzA4MDEyMzQ1Ng==&mid=2650123456&idx=1&sn=0f1e2d3c4b5a69788796a5b4c3d2e1f0#a"
    return (whole + "/b7e6.Wd5-QkXz_09" * length)[:length]


def code(length: int, _words: str = "") -> str:
    """A code that has no place to break, of wide letters."""
    return ("XMBH2031WDMGWQ0W" * length)[:length]


def han(length: int, _words: str = "") -> str:
    """A name of Chinese characters, with marks that begin no line."""
    return ("虚城灯谜区锅炉停用工程项目建设指挥部办公室（筹）》" * length)[:length]


CITIES: dict[str, Runs] = {
    "codes": {"zh": code, "en": address},
    "names": {"zh": address, "en": han},
}


def mixed() -> Runs:
    """The runs of all cities in one: of two texts one holds one of these, the other may hold another."""
    return {code: _either(*(runs[code] for runs in CITIES.values())) for code in ("zh", "en")}


def _either(*runs: Run) -> Run:
    """One of several runs for each text that it goes behind, always the same: names stand in several files."""
    return lambda length, words="": runs[zlib.crc32(words.encode()) % len(runs)](length, words)


PATH = ("zhenggai_2031/" * RUN)[:RUN]
BASE = f"https://www.example.org/{PATH}/"

LONG_IDS = ("wuyu-gang", "mechanism", "xiaohao", "san-yuan", "closing-2031-7")
"""Ids of each kind that are made as long as they may be."""


SINGLE: dict[str, Callable[[int], str]] = {
    "base_url": lambda _: BASE,
    "feedback": lambda limit: address(min(limit, RUN)),
}
"""Fields that are no words."""

SOMETIMES = ("why", "by", "accepted_by")
"""Fields that do not go with every other."""


PICTURE = "zhiyuan/room.jpg"
"""What all evidence shows: only a picture has words of its own."""


def long_id(id: str) -> str:
    return (f"{id}-" + "a1b2c3d4" * ID_LIMIT)[:ID_LIMIT]


def overfull(content: Path, runs: Runs) -> set[tuple[str, str]]:
    """Writes the small city with long runs into `content`; returns the fields that hold one (record, field)."""
    shutil.copytree(SITE, content)
    seen: set[tuple[str, str]] = set()
    kinds = {"site.yaml": Site, "themes.yaml": Theme, "programmes.yaml": Programme, "glossary.yaml": Term}
    entries = [path for folder in ("districts", "notices") for path in sorted((content / folder).iterdir())]
    for path in [*(content / name for name in kinds), *entries]:
        data = yaml.load(_with_long_ids(path.read_text("utf-8")), _Words)
        kind = kinds.get(path.name, Notice if path.parent.name == "notices" else Unit)
        if path in entries:
            live_on(data)
        made = [_filled(kind, each, runs, seen) for each in data] if isinstance(data, list) else None
        path.unlink()
        path = path.with_name(_with_long_ids(path.name))
        path.write_text(yaml.dump(made or _filled(kind, data, runs, seen), Dumper=_Plain, allow_unicode=True), "utf-8")
    for path in (content / "articles").iterdir():
        run = runs[path.name.split(".")[1]]
        path.write_text(_with_long_ids(_article(path.read_text("utf-8"), run)), "utf-8")
    return seen


def live_on(data: dict[str, Any]) -> None:
    """What the small city does not tell: of a unit and of a notice what was revised, of a
    notice what came of it for one of several pledges, of the first pledge of a unit a
    figure that was reached and a deadline that was moved."""
    words, day = {"zh": "文", "en": "text"}, "2031-09-30"
    evidence = [{"title": words}]
    revision = {"date": day, "kind": "change", "reason": words, "by": words, "evidence": evidence}
    if "sections" in data:
        data["revisions"] = [{**revision, "was": {"title": words, "accepted_by": words}}]
        if "result" in data:
            data["pledges"].append("dengmi-1")
            data["inspected"] = "2031-07-01"
            data["results"] = [{"pledges": ["dengmi-1"], "date": "2031-07-14", "outcome": "not-upheld"}]
        return
    signed_by = {"name": words, "title": words}
    shown = {"title": words, "url": "https://www.example.org/", "alt": words}
    kept = {"revisions": [{**revision, "evidence": []}], "evidence": shown}
    data["revisions"] = [{**revision, "was": {"name": words, "signed_by": signed_by, "summary": words, **kept}}]
    pledge = data["pledges"][0]
    if "updates" not in pledge:
        return
    step = {"date": day, "state": "under-way", "by": words}
    before = {"done_when": words, "why": words, "step": step}
    pledge["revisions"] = [*pledge.get("revisions", []), {**revision, "was": before}]
    reached = {"value": "5", "of": "12", "unit": words}
    pledge["updates"].append({"date": day, "state": "milestone", "text": words, "by": words, "reached": reached})
    pledge["moved"] = [{"date": day, "to": "2039", "by": words, "reason": words, "evidence": evidence}]


def text_fields() -> set[tuple[str, str]]:
    """Every field of the model that an editor fills with words of her own."""
    found = set()
    todo, done = [Site, Theme, Programme, Term, Unit, Notice], set()
    while todo:
        kind = todo.pop()
        for name, hint in get_type_hints(kind, include_extras=True).items():
            form, records = _form(hint), _records(hint)
            if form and _limit(form) and name != "timezone":
                found.add((kind.__name__, name))
            todo += [each for each in records if each not in done]
            done |= {*records}
    return found


# ── filling ──────────────────────────────────────────────────────────────────


def _filled(kind: type[Record], data: dict[str, Any], runs: Runs, seen: set[tuple[str, str]]) -> dict[str, Any]:
    """A record with a run in each field of words; those that may be left out are there too."""
    made = dict(data)
    for name, hint in get_type_hints(kind, include_extras=True).items():
        form, records, value = _form(hint), _records(hint), data.get(name)
        limit = form and _limit(form)
        if records and isinstance(value, list):
            made[name] = [_filled(records[0], each, runs, seen) for each in value]
        elif records and isinstance(value, dict):
            made[name] = _filled(records[0], value, runs, seen)
        elif limit and name != "timezone" and (name not in SOMETIMES or value):
            seen.add((kind.__name__, name))
            made[name] = SINGLE[name](limit) if name in SINGLE else _run(form, limit, value, runs)
    return {**made, "file": PICTURE} if kind is Evidence else made


def _run(form: FieldType, limit: int, value: Any, runs: Runs) -> Any:
    if "additionalProperties" in form.schema:
        return {code: _long(run, limit, (value or {}).get(code, "")) for code, run in runs.items()}
    if "://" in str(form.schema.get("pattern")):
        return address(min(limit, RUN))
    return _long(next(iter(runs.values())), limit, str(value or ""))


def _long(run: Run, limit: int, words: str) -> str:
    return words + run(min(RUN, limit - len(words)), words)


def _article(text: str, run: Run) -> str:
    head, _, body = text.removeprefix("---\n").partition("---\n")
    head = "".join(f"{line}{run(RUN)}\n" for line in head.splitlines())
    cells = "\n".join(f"| {run(RUN)} | 1 | 2 | 3 | 4 | 5 | 6 | 7 | {run(20)} |" for _ in range(2))
    table = f"| a | b | c | d | e | f | g | h | i |\n|---|---|---|---|---|---|---|--:|---|\n{cells}\n"
    parts = ("## {}", "{}", "- {}", "> {}", "`{}`", "```\n{}\n```")
    more = "\n\n".join(part.format(run(RUN)) for part in parts)
    return f"---\n{head}---\n{body}\n{more}\n\n{table}"


def _with_long_ids(text: str) -> str:
    return re.sub(rf"(?<![\w-])({'|'.join(LONG_IDS)})(?=-\d|\b(?!-))", lambda match: long_id(match[1]), text)


def _form(hint: Any) -> FieldType | None:
    """The form of a field of words; a field that may be left out says so around it."""
    if get_origin(hint) is Annotated:
        own = next((mark for mark in hint.__metadata__ if isinstance(mark, FieldType)), None)
        return own or _form(hint.__origin__)
    return next((form for each in get_args(hint) if (form := _form(each))), None) if _is_optional(hint) else None


def _records(hint: Any) -> list[type[Record]]:
    if isinstance(hint, type) and issubclass(hint, Record):
        return [hint]
    return [record for each in get_args(hint) for record in _records(each)]


def _is_optional(hint: Any) -> bool:
    return type(None) in get_args(hint)


def _limit(form: FieldType) -> int:
    """How long a text of a form may be; 0 for what is no text."""
    schema = form.schema
    if "additionalProperties" in schema:
        return int(schema["additionalProperties"]["maxLength"])
    free = schema.get("type") == "string" and ("pattern" not in schema or "://" in schema["pattern"])
    return int(schema.get("maxLength", 0)) if free else 0


class _Words(yaml.SafeLoader):
    """All that is written is a text."""


_Words.yaml_implicit_resolvers = {"": [("tag:yaml.org,2002:null", re.compile("$"))]}  # type: ignore[dict-item]


class _Plain(yaml.SafeDumper):
    """Writes what repeats again: content may not refer to other places of itself."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        return True
