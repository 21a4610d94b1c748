"""Whatever is edited, a build of what changed gives the same site as a clean build, byte for byte."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from cut_down import cut_down
from edits import SEEDS, UNITS, City, dealt, edits
from grown import grow
from markupsafe import Markup
from program import apart, tree

import build
from gazette.rendering.environment import CacheTag
from gazette.workers.processes import MIN_UNITS_FOR_POOL


@pytest.mark.parametrize("seed", SEEDS)
def test_any_sequence_of_edits_gives_what_a_clean_build_gives(seed: int, edited: City) -> None:
    """Every kind of edit is in each of the sequences. With one of them every third build is compared, and the last;
    with more (`make fuzz`) each. The last is compared with a build for which nothing at all is remembered."""
    chance, done = random.Random(seed), list[str]()
    for n, names in enumerate(dealt(chance)):
        kinds = edits(chance)
        for name in names:
            kinds[name](edited)
        done += names
        edited.incremental()
        if n % 3 == 2 or len(SEEDS) > 1:
            assert tree(edited.site) == edited.clean(), done
    assert tree(edited.site) == edited.clean(cold=True)
    assert sorted(done) == sorted(edits(chance))


class PrintedCity(City):
    """A city of so many units that all that is made is made by several processes, with real bulletins."""

    @classmethod
    def new(cls, folder: Path) -> PrintedCity:
        grow(folder / "content", MIN_UNITS_FOR_POOL)
        cut_down(folder / "templates", "bulletin")
        return cls(folder)

    def build(self, site: Path, cache: Path) -> dict[str, list[str]]:
        done = apart(*self.asked(site, cache), "--jobs", "2", "--as-of", self.as_of[0], content=self.content)
        assert done.returncode == 0, done.stderr
        return dict(json.loads((self.folder / "report.json").read_text("utf-8")))


@pytest.mark.long
def test_documents_too_are_those_of_a_clean_build(tmp_path: Path) -> None:
    """One unit alone is made by the process that builds, all of them by others: it must make no difference."""
    chance, city = random.Random(5), PrintedCity.new(tmp_path)
    assert len([*city.content.glob("districts/*.yaml")]) >= MIN_UNITS_FOR_POOL
    city.incremental()
    kinds = edits(chance)
    for name in dict.fromkeys(("title", *next(dealt(chance)))):
        kinds[name](city)
    assert "zh/bulletin.pdf" in city.incremental()["written"]
    assert tree(city.site) == city.clean(cold=True)


def test_two_edits_in_a_blink_are_both_seen(edited: City) -> None:
    """Equal sizes, and times that the file system may not tell apart."""
    for digit in "12345":
        edited.replace(f"{UNITS}/yinghuo.yaml", r"夜里关灯\d?", f"夜里关灯{digit}")
        assert edited.incremental()["written"]
        assert f"夜里关灯{digit}" in (edited.site / "zh" / "pledges" / "yinghuo-1.html").read_text("utf-8")


def test_what_pages_have_in_common_is_what_each_would_render(edited: City, monkeypatch: pytest.MonkeyPatch) -> None:
    """The keys of `{% cache %}` name all that the parts between the tags depend on."""
    edited.base = ["--base-url", "https://example.org/x/"]
    edited.incremental()
    monkeypatch.setattr(CacheTag, "_render_once", lambda self, place, key, caller: Markup(caller()))  # noqa: ARG005
    assert tree(edited.site) == edited.clean()


def test_a_day_before_what_is_told_is_refused_also_where_nothing_was_edited(edited: City) -> None:
    before = tree(edited.site)
    asked = [*edited.asked(edited.site, edited.folder / "cache"), "--no-pdf", "--as-of", "2031-01-20"]
    assert build.main(asked) == 1 and tree(edited.site) == before


def test_another_day_makes_only_what_shows_another_state(edited: City) -> None:
    """The day itself stands on the front page, the units and their comparison, the ledger, the deadlines, the page of
    states and the downloads, in the data and so in their checksums, and wherever a pledge is late. A quarter and a
    month are over: the pages of what recurs count them, and so does the data dictionary."""
    edited.as_of = ["2031-10-01"]
    written = edited.incremental()["written"]
    tables = [
        "pledges",
        "units",
        "history",
        "deadlines",
        "revisions",
        "withdrawals",
        "periods",
        "heads",
        "assignments",
        "numbers",
        "notices",
        "files",
    ]
    data = {f"{name}.{ending}" for name in tables for ending in ("csv", "json", "xlsx")}
    late = {f"pledges/{id}" for id in ("zhiyuan-2", "zhiyuan-3", "zhiyuan-5", "dengmi-2")}
    assert {path.partition("/")[2] for path in written} == {
        *("index.html", "units.html", "ledger.html", "deadlines.html", "status.html", "compare.html"),
        *("downloads.html", "dictionary.html", "districts/zhiyuan.html", "programmes/fengzheng-xingdong.html"),
        *("themes/mechanism.html", "themes/water.html", "themes/air.html"),
        "notices/circular-2031-1.html",  # on a late pledge
        "districts/dengmi.html",  # with which another unit promised a late pledge
        *(f"{page}.html" for page in late),
        *("districts/wuyu-gang.html", "pledges/wuyu-gang-2.html"),  # a period is over, whoever goes on with it
        *(f"{record}.json" for record in (*late, "units/zhiyuan", "units/dengmi")),
        *("units/wuyu-gang.json", "pledges/wuyu-gang-2.json"),
        *(*data, "ledger.xlsx", "datapackage.json", "catalog.jsonld", ""),
    }
    edited.as_of = ["2033-01-01"]
    written = edited.incremental()["written"]
    assert any("/pledges/" in path for path in written)
    assert not any(path.startswith(("zh/about", "static/")) for path in written)
