"""Whatever is edited, a build of what changed gives the same site as a clean build, byte for byte."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from markupsafe import Markup

import build
from gazette.rendering.environment import CacheTag

ROOT = Path(__file__).resolve().parent.parent
SEEDS = range(int(os.environ.get("GAZETTE_SEEDS", "2")))
"""How many sequences of edits are tried; set GAZETTE_SEEDS for more."""

STEPS = 10


class City:
    """The small city in a folder of its own, with templates that may be edited too."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.content, self.templates, self.site = folder / "content", folder / "templates", folder / "site"
        shutil.copytree(ROOT / "tests" / "site", self.content)
        shutil.copytree(ROOT / "templates", self.templates)
        self.as_of = ["2031-09-30"]
        self.base = list[str]()

    def build(self, site: Path, cache: Path) -> dict[str, list[str]]:
        """A build that must succeed; returns its report."""
        report = self.folder / "report.json"
        asked = ["--content", str(self.content), "--templates", str(self.templates), "--output", str(site)]
        asked += ["--cache", str(cache), "--no-pdf", "--jobs", "1", "--as-of", self.as_of[0], *self.base]
        assert build.main([*asked, "--report", str(report), "--messages", "en"]) == 0
        return dict(json.loads(report.read_text("utf-8")))

    def command(self) -> list[str]:
        """A build as a process of its own."""
        asked = ["--content", str(self.content), "--templates", str(self.templates), "--output", str(self.site)]
        return [sys.executable, str(ROOT / "build.py"), *asked, "--cache", str(self.folder / "cache"), "--no-pdf"]

    def incremental(self) -> dict[str, list[str]]:
        return self.build(self.site, self.folder / "cache")

    def clean(self) -> dict[str, bytes]:
        """The tree of a clean build, with nothing remembered."""
        for name in ("clean", "cold"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        self.build(self.folder / "clean", self.folder / "cold")
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


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


UNITS = "content/districts"


def edits(chance: random.Random) -> dict[str, Callable[[City], None]]:
    """What may be done to the city; each can be done again and again."""
    n = chance.randrange(10**6)
    filed = chance.choice(["air", "water", "air, water"])

    def other_order(city: City) -> None:
        city.replace(f"{UNITS}/zhiyuan.yaml", r"order: .*", f"order: {chance.choice([1, 7, 9])}  # {n}")

    def unit_comes_or_goes(city: City) -> None:
        new = city.content / "districts" / "chunshan.yaml"
        if new.exists():
            new.unlink()
            return
        text = (city.content / "districts" / "yinghuo.yaml").read_text("utf-8")
        text = text.replace("yinghuo", "chunshan").replace("萤火新区", "春山新区").replace("萤火", "春山")
        text = text.replace("Yinghuo", "Chunshan")
        new.write_text(re.sub(r"order: \d+", "order: 5", text), "utf-8")

    def tamper(city: City) -> None:
        (city.site / "zh" / "index.html").write_text(f"tampered {n}", "utf-8")
        (city.site / "en" / "pledges" / "yinghuo-1.html").unlink(missing_ok=True)

    def toggle_base(city: City) -> None:
        city.base = [] if city.base else ["--base-url", "https://example.org/x/"]

    def other_day(city: City) -> None:
        city.as_of = [chance.choice(["2031-09-30", "2031-10-05", "2032-06-30", "2033-01-01"])]

    def draft(city: City) -> None:
        file = city.content / "districts" / "dengmi.yaml"
        text = file.read_text("utf-8")
        there = text.endswith("draft: true\n")
        file.write_text(text.removesuffix("draft: true\n") if there else f"{text}draft: true\n", "utf-8")

    def renamed(city: City) -> None:
        file = city.content / "districts" / "yinghuo.yaml"
        text = file.read_text("utf-8")
        if "yinghuo-2" not in text:
            file.write_text(text.replace("id: yinghuo-1", "id: yinghuo-2\n    formerly: [yinghuo-1]"), "utf-8")
        else:
            file.write_text(text.replace("id: yinghuo-2\n    formerly: [yinghuo-1]", "id: yinghuo-1"), "utf-8")

    return {
        "text": lambda c: c.replace(f"{UNITS}/yinghuo.yaml", r"The zone will( \d+)?", f"The zone will {n}"),
        "title": lambda c: c.replace(f"{UNITS}/yinghuo.yaml", r"夜里关灯(\d*)", f"夜里关灯{n}"),
        "name": lambda c: c.replace(f"{UNITS}/zhiyuan.yaml", r"en: Zhiyuan( \d+)? Dis", f"en: Zhiyuan {n} Dis"),
        "heading": lambda c: c.replace(
            f"{UNITS}/zhiyuan.yaml", r"\Aname: \{zh: [^,]*", f"name: {{zh: 纸鸢{chance.choice('虹霓岚')}{n}区"
        ),
        "theme": lambda c: c.replace(f"{UNITS}/yinghuo.yaml", r"themes: .*", f"themes: [{filed}]  # {n}"),
        "deadline": lambda c: c.replace(
            f"{UNITS}/yinghuo.yaml", r"deadline: .*", f"deadline: {chance.choice(['2032-01', 'limit'])}  # {n}"
        ),
        "comment": lambda c: c.replace(f"{UNITS}/zhiyuan.yaml", r"\Z", f"# {n}\n"),
        "order": other_order,
        "unit": unit_comes_or_goes,
        "tamper": tamper,
        "base address": toggle_base,
        "day": other_day,
        "draft": draft,
        "id": renamed,
        "word": lambda c: c.replace("content/words.yaml", r"skip: \{zh: 跳到正文\d*", f"skip: {{zh: 跳到正文{n}"),
        "term": lambda c: c.replace("content/glossary.yaml", r"(  text: \{zh: )(\d+)?", rf"\g<1>{n}"),
        "setting": lambda c: c.replace("content/site.yaml", r"motto: \{zh: [^,]*,", f"motto: {{zh: 一笔{n},"),
        "article": lambda c: c.replace("content/articles/about.zh.md", r"\Z", f"\n又一段{n}。\n"),
        "template": lambda c: c.replace("templates/pledge.html", r"\Z", f"<!-- {n} -->\n"),
        "line": lambda c: c.replace("templates/fragments/ledger.html", r"\Z", f"<!-- {n} -->\n"),
        "style": lambda c: c.replace("templates/styles/base.css", r"\Z", f"/* {n} */\n"),
        "script": lambda c: c.replace("templates/static/site.js", r"\Z", f"// {n}\n"),
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_any_sequence_of_edits_gives_what_a_clean_build_gives(seed: int, tmp_path: Path) -> None:
    chance, city = random.Random(seed), City(tmp_path)
    city.incremental()
    done = []
    for _ in range(STEPS):
        kinds = edits(chance)
        for name in chance.sample(sorted(kinds), chance.choice([1, 1, 2])):
            done.append(name)
            kinds[name](city)
        city.incremental()
        assert tree(city.site) == city.clean(), done


@pytest.mark.parametrize("name", sorted(edits(random.Random(0))))
def test_each_kind_of_edit_alone(name: str, tmp_path: Path) -> None:
    """Every kind is met at least once, whatever the seeds."""
    city = City(tmp_path)
    city.incremental()
    edits(random.Random(1))[name](city)
    city.incremental()
    assert tree(city.site) == city.clean()


def test_two_edits_in_a_blink_are_both_seen(tmp_path: Path) -> None:
    """Equal sizes, and times that the file system may not tell apart."""
    city = City(tmp_path)
    city.incremental()
    for digit in "12345":
        city.replace(f"{UNITS}/yinghuo.yaml", r"夜里关灯\d?", f"夜里关灯{digit}")
        assert city.incremental()["written"]
        assert f"夜里关灯{digit}" in (city.site / "zh" / "pledges" / "yinghuo-1.html").read_text("utf-8")


def test_what_pages_have_in_common_is_what_each_would_render(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The keys of `{% cache %}` name all that the parts between the tags depend on."""
    city = City(tmp_path)
    city.base = ["--base-url", "https://example.org/x/"]
    city.incremental()
    monkeypatch.setattr(CacheTag, "_render_once", lambda self, place, key, caller: Markup(caller()))  # noqa: ARG005
    assert tree(city.site) == city.clean()


def test_a_day_before_what_is_told_is_refused_also_where_nothing_was_edited(tmp_path: Path) -> None:
    city = City(tmp_path)
    city.incremental()
    city.as_of = ["2031-01-20"]
    asked = [*city.command()[2:], "--as-of", city.as_of[0], "--messages", "en"]
    before = tree(city.site)
    assert build.main(asked) == 1 and tree(city.site) == before


def test_another_day_makes_only_what_shows_another_state(tmp_path: Path) -> None:
    """The day itself stands on the front page, the units, the ledger and the deadlines, in the data and so in their
    checksums, and wherever a pledge is late."""
    city = City(tmp_path)
    city.incremental()
    city.as_of = ["2031-10-01"]
    assert {path.partition("/")[2] for path in city.incremental()["written"]} == {
        *("index.html", "units.html", "ledger.html", "deadlines.html"),
        *("districts/zhiyuan.html", "pledges/zhiyuan-2.html", "pledges/zhiyuan-3.html", "pledges/dengmi-2.html"),
        *("themes/water.html", "themes/air.html", "programmes/fengzheng-xingdong.html"),
        *("pledges.csv", "pledges.json", "units.csv", "units.json", ""),
    }
    city.as_of = ["2033-01-01"]
    written = city.incremental()["written"]
    assert any("/pledges/" in path for path in written)
    assert not any(path.startswith(("zh/about", "static/")) for path in written)


def test_killed_at_any_moment_every_file_is_whole_and_the_next_build_is_right(tmp_path: Path) -> None:
    """The word changes every page, so that there is much to interrupt."""
    city = City(tmp_path)
    city.incremental()
    old = tree(city.site)
    city.replace("content/words.yaml", r"skip: \{zh: 跳到正文", "skip: {zh: 直接看正文")
    new = city.clean()
    killed = 0
    for moment in range(14):
        process = subprocess.Popen(city.command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.1 + 0.1 * moment)
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        for path, data in tree(city.site).items():
            assert data in (old.get(path), new.get(path)), path
    assert killed
    city.incremental()
    assert tree(city.site) == new


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("mount"), reason="mounting a small disk needs root")
def test_a_full_disk_leaves_the_site_as_it_was(tmp_path: Path) -> None:
    city, disk = City(tmp_path), tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(disk)], check=False).returncode:
        pytest.skip("this machine may not mount")
    try:
        city.site = disk / "site"
        city.incremental()
        old = tree(city.site)
        (disk / "ballast").write_bytes(bytes(shutil.disk_usage(disk).free - 200_000))
        city.replace("content/words.yaml", r"skip: \{zh: 跳到正文", "skip: {zh: 直接看正文")
        done = subprocess.run([*city.command(), "--messages", "en"], capture_output=True, text=True, check=False)
        assert done.returncode == 1 and "Traceback" not in done.stderr, done.stderr
        assert tree(city.site) == old
        (disk / "ballast").unlink()
        city.incremental()
        assert tree(city.site) == city.clean()
    finally:
        subprocess.run(["umount", str(disk)], check=False)
