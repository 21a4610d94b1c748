"""A build that is asked for some documents makes those, leaves the others as they are, and forgets none."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import pytest
from compiled import compiled

from gazette.building.output import Output
from gazette.building.pipeline import run
from gazette.building.settings import BuildReport, Settings
from gazette.messages.progress import Progress
from gazette.site.kinds import KINDS

ROOT = Path(__file__).resolve().parent.parent
T = TypeVar("T")

QUICK = tuple(kind for kind in KINDS if kind != "pdf")


class Counted(Progress):
    """Shows nothing, and keeps which units are looked at."""

    def __init__(self) -> None:
        super().__init__(None, "")
        self.units: list[str] = []

    def over(self, turns: Sequence[tuple[str, str]], made: Iterable[T]) -> Iterator[T]:
        self.units += [name for what, name in turns if what == "units"]
        return super().over(turns, made)


class City:
    def __init__(self, folder: Path) -> None:
        self.folder, self.content, self.site = folder, folder / "content", folder / "site"
        shutil.copytree(ROOT / "tests" / "site", self.content)

    def build(self, only: tuple[str, ...], *documents: str) -> tuple[BuildReport, list[str]]:
        """What was done, and the units that were looked at."""
        asked = frozenset(documents) if documents else None
        settings = Settings(
            self.content, ROOT / "templates", compiled(self.folder / "cache"), only=only, documents=asked
        )
        counted = Counted()
        report = run(Output(self.site, self.folder / "state"), settings, lambda _: None, lambda _: "", counted)
        return report, counted.units

    def documents(self) -> set[str]:
        found = {path.relative_to(self.site).as_posix() for path in self.site.rglob("*.pdf")}
        return {path for path in found if not path.startswith("files/")}

    def edit(self, unit: str, old: str, new: str) -> None:
        file = self.content / "districts" / f"{unit}.yaml"
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def city(tmp_path: Path) -> City:
    return City(tmp_path)


@pytest.mark.long
def test_the_one_that_is_asked_for_is_made_and_none_is_forgotten(city: City) -> None:
    one, other, third = "zh/sheets/yinghuo.pdf", "en/sheets/yinghuo.pdf", "zh/sheets/dengmi.pdf"
    city.build(QUICK)
    for path, there in ((one, {one}), (other, {one, other}), (third, {one, other, third})):
        report, units = city.build(("pdf",), path)
        assert city.documents() == there and [each for each in report.made if each.endswith(".pdf")] == [path]
        assert report.removed == []
    assert units == ["dengmi"], "whoever is not asked for is not looked at"
    before = {path: (city.site / path).read_bytes() for path in city.documents()}
    city.edit("yinghuo", "夜里关灯", "夜里熄灯")
    city.edit("yinghuo", "Turn the lights off at night", "Switch the lights off at night")
    report, units = city.build(QUICK)
    assert units == ["yinghuo"] and "zh/pledges/yinghuo-1.html" in report.written
    assert {path: (city.site / path).read_bytes() for path in city.documents()} == before
    city.build(("pdf",), one)
    assert (city.site / one).read_bytes() != before[one] and (city.site / other).read_bytes() == before[other]
    city.build(("pdf",), other)
    assert (city.site / other).read_bytes() != before[other]
    assert city.build(("pdf",), one)[0].made == []


@pytest.mark.long
def test_a_booklet_needs_no_other_document(city: City) -> None:
    report, _ = city.build(("pdf",), "zh/booklet.pdf")
    assert city.documents() == {"zh/booklet.pdf"}
    assert city.build(("pdf",), "zh/no.pdf")[0].written == [] and len(city.documents()) == 1
    city.edit("yinghuo", "夜里关灯", "夜里熄灯")
    city.build(("pdf",), "zh/sheets/dengmi.pdf")
    assert city.documents() == {"zh/booklet.pdf", "zh/sheets/dengmi.pdf"}
    assert report.removed == []
