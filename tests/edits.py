"""The small city in a folder of its own, and all that may be done to it."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from compiled import compiled
from PIL import Image
from program import ROOT, SITE, tree
from shared import once, root

import build

SEEDS = range(int(os.environ.get("GAZETTE_SEEDS", "1")))
"""How many sequences of edits are tried; set GAZETTE_SEEDS for more."""


class City:
    """The small city in a folder of its own, with templates that may be edited too."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.content, self.templates, self.site = folder / "content", folder / "templates", folder / "site"
        self.as_of = ["2031-09-30"]
        self.base = list[str]()

    @classmethod
    def new(cls, folder: Path) -> City:
        """One where nothing was built yet."""
        shutil.copytree(SITE, folder / "content")
        shutil.copytree(ROOT / "templates", folder / "templates")
        compiled(folder / "cache")
        return cls(folder)

    def asked(self, site: Path, cache: Path) -> list[str]:
        """What a build is asked for; its report comes beside."""
        places = {"content": self.content, "templates": self.templates, "output": site, "cache": cache}
        report = ["--report", str(self.folder / "report.json"), "--messages", "en"]
        return [*(f"--{name}={place}" for name, place in places.items()), *report, *self.base]

    def build(self, site: Path, cache: Path) -> dict[str, list[str]]:
        """A build that must succeed; returns its report."""
        assert build.main([*self.asked(site, cache), "--no-pdf", "--jobs", "1", "--as-of", self.as_of[0]]) == 0
        return dict(json.loads((self.folder / "report.json").read_text("utf-8")))

    def incremental(self) -> dict[str, list[str]]:
        return self.build(self.site, self.folder / "cache")

    def clean(self, *, cold: bool = False) -> dict[str, bytes]:
        """The tree of a clean build, with nothing remembered but how templates are compiled; with `cold` not even
        that."""
        for name in ("clean", "cold"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        self.build(self.folder / "clean", self.folder / "cold" if cold else compiled(self.folder / "cold"))
        return tree(self.folder / "clean")

    def replace(self, path: str, pattern: str, new: str) -> None:
        """Another text in the first place that fits."""
        file = self.folder / path
        text = file.read_text("utf-8")
        changed = re.sub(pattern, new, text, count=1)
        assert changed != text, (path, pattern)
        if file.is_symlink():
            file.unlink()
        file.write_text(changed, "utf-8")


@pytest.fixture
def edited(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> City:
    """The small city as it is after its first build, for each test its own."""
    return City(shutil.copytree(first_build(tmp_path_factory), tmp_path / "city", symlinks=True))


def first_build(folders: pytest.TempPathFactory) -> Path:
    """The folder of the small city after its first build; read only."""
    return once(root(folders) / "first-build", lambda folder: City.new(folder).incremental())


UNITS = "content/districts"
TOOK_OVER = re.compile(r"(?m)^(?:# )?took_over:\n(?:(?:# )?  .*\n)*")
"""What the unit that goes on for another says of it, as it is or put aside as a remark."""


@dataclass(frozen=True)
class Draw:
    """What chance decides of an edit: what it may still choose, a number, and the themes of a pledge."""

    chance: random.Random
    n: int
    filed: str


def other_order(city: City, draw: Draw) -> None:
    city.replace(f"{UNITS}/zhiyuan.yaml", r"order: .*", f"order: {draw.chance.choice([1, 7, 9])}  # {draw.n}")


def unit_comes_or_goes(city: City, _: Draw) -> None:
    new = city.content / "districts" / "chunshan.yaml"
    if new.exists():
        new.unlink()
        return
    text = (city.content / "districts" / "yinghuo.yaml").read_text("utf-8")
    text = text.replace("yinghuo", "chunshan").replace("萤火新区", "春山新区").replace("萤火", "春山")
    text = text.replace("Yinghuo", "Chunshan")
    new.write_text(re.sub(r"order: \d+", "order: 5", text), "utf-8")


def tamper(city: City, draw: Draw) -> None:
    (city.site / "zh" / "index.html").write_text(f"tampered {draw.n}", "utf-8")
    (city.site / "en" / "pledges" / "yinghuo-1.html").unlink(missing_ok=True)


def toggle_base(city: City, _: Draw) -> None:
    city.base = [] if city.base else ["--base-url", "https://example.org/x/"]


def other_day(city: City, draw: Draw) -> None:
    city.as_of = [draw.chance.choice(["2031-09-30", "2031-10-05", "2032-06-30", "2033-01-01"])]


def called(city: City, was: str, name: str) -> None:
    """Another name of a unit, which the one that became part of it says too."""
    for file, place in (("zhiyuan", r"\Aname: "), ("wuyu-gang", r"\n      name: ")):
        city.replace(f"{UNITS}/{file}.yaml", rf"({place}\{{.*?){was}", rf"\g<1>{name}")


def draft(city: City, _: Draw) -> None:
    """A unit, with the notice that names a pledge of it; the one that took over from it does not name it then."""
    file = city.content / "districts" / "zhiyuan.yaml"
    text = file.read_text("utf-8")
    lines = TOOK_OVER.search(text)
    assert lines
    now = re.sub(r"(?m)^# ", "", lines[0]) if lines[0].startswith("#") else re.sub(r"(?m)^", "# ", lines[0])
    file.write_text(text.replace(lines[0], now.removesuffix("# ")), "utf-8")
    for file in ("districts/wuyu-gang.yaml", "notices/circular-2031-1.yaml"):
        text = (city.content / file).read_text("utf-8")
        there = text.endswith("draft: true\n")
        changed = text.removesuffix("draft: true\n") if there else f"{text}draft: true\n"
        (city.content / file).write_text(changed, "utf-8")


def renamed(city: City, _: Draw) -> None:
    file = city.content / "districts" / "yinghuo.yaml"
    text = file.read_text("utf-8")
    if "yinghuo-2" not in text:
        file.write_text(text.replace("id: yinghuo-1", "id: yinghuo-2\n    formerly: [yinghuo-1]"), "utf-8")
    else:
        file.write_text(text.replace("id: yinghuo-2\n    formerly: [yinghuo-1]", "id: yinghuo-1"), "utf-8")


def another_picture(city: City, draw: Draw) -> None:
    picture = Image.new("RGB", (600 + draw.n % 200, 400), (draw.n % 256, draw.n // 256 % 256, 90))
    picture.save(city.content / "files" / "zhiyuan" / "room.jpg")


def other_deadline(city: City, draw: Draw) -> None:
    day = draw.chance.choice(["2032-01", "limit"])
    city.replace(f"{UNITS}/yinghuo.yaml", r"deadline: .*", f"deadline: {day}  # {draw.n}")


EDITS: dict[str, Callable[[City, Draw], None]] = {
    "text": lambda c, draw: c.replace(f"{UNITS}/yinghuo.yaml", r"The zone will( \d+)?", f"The zone will {draw.n}"),
    "title": lambda c, draw: c.replace(f"{UNITS}/yinghuo.yaml", r"夜里关灯(\d*)", f"夜里关灯{draw.n}"),
    "name": lambda c, draw: called(c, r"en: Zhiyuan( \d+)? Dis", f"en: Zhiyuan {draw.n} Dis"),
    "heading": lambda c, draw: called(c, "zh: [^,]*", f"zh: 纸鸢{draw.chance.choice('虹霓岚')}{draw.n}区"),
    "theme": lambda c, draw: c.replace(f"{UNITS}/yinghuo.yaml", r"themes: .*", f"themes: [{draw.filed}]  # {draw.n}"),
    "deadline": other_deadline,
    "comment": lambda c, draw: c.replace(f"{UNITS}/zhiyuan.yaml", r"\Z", f"# {draw.n}\n"),
    "order": other_order,
    "unit": unit_comes_or_goes,
    "tamper": tamper,
    "picture": another_picture,
    "base address": toggle_base,
    "day": other_day,
    "draft": draft,
    "id": renamed,
    "word": lambda c, draw: c.replace(
        "content/words.yaml", r"skip: \{zh: 跳到正文\d*", f"skip: {{zh: 跳到正文{draw.n}"
    ),
    "term": lambda c, draw: c.replace("content/glossary.yaml", r"(  text: \{zh: )(\d+)?", rf"\g<1>{draw.n}"),
    "setting": lambda c, draw: c.replace("content/site.yaml", r"motto: \{zh: [^,]*,", f"motto: {{zh: 一笔{draw.n},"),
    "article": lambda c, draw: c.replace("content/articles/about.zh.md", r"\Z", f"\n又一段{draw.n}。\n"),
    "template": lambda c, draw: c.replace("templates/pledge.html", r"\Z", f"<!-- {draw.n} -->\n"),
    "line": lambda c, draw: c.replace("templates/fragments/ledger.html", r"\Z", f"<!-- {draw.n} -->\n"),
    "style": lambda c, draw: c.replace("templates/styles/base.css", r"\Z", f"/* {draw.n} */\n"),
    "script": lambda c, draw: c.replace("templates/static/site.js", r"\Z", f"// {draw.n}\n"),
}
"""What may be done to the city; each can be done again and again."""


def edits(chance: random.Random) -> dict[str, Callable[[City], None]]:
    """The edits, as chance has them this time."""
    draw = Draw(chance, chance.randrange(10**6), chance.choice(["air", "water", "air, water"]))
    return {name: partial(_done, edit, draw) for name, edit in EDITS.items()}


def _done(edit: Callable[[City, Draw], None], draw: Draw, city: City) -> None:
    edit(city, draw)


def dealt(chance: random.Random) -> Iterator[list[str]]:
    """All kinds of edits in an order of chance, one or two at a time."""
    names = chance.sample(kinds := sorted(edits(chance)), len(kinds))
    while names:
        some = chance.choice([1, 1, 2])
        yield names[:some]
        del names[:some]
