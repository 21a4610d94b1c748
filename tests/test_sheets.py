"""Sheets: one page for each unit, which gives way in a fixed order where not all finds room."""

from __future__ import annotations

import copy
import re
import shutil
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import glyphs
import pytest
import verapdf
import yaml
from cities import CITIES
from handouts import DAY, SITE, Build, inside, rows, shown, squeezed, texts, word
from hypothesis import given
from hypothesis import strategies as st
from reached import at_least_one
from test_bulletins import each
from verapdf import validated
from whole import sheets_of

from gazette.pdf import first_that_fits, first_way
from gazette.rendering.formats import date_as_written


@each
def test_a_sheet_is_one_page_with_all_its_pledges(printed: Build, city: str, code: str) -> None:
    folder, units = printed(city), texts(CITIES[city])
    assert {path.stem for path in (folder / code / "sheets").iterdir()} == set(units)
    for id, unit in units.items():
        file = folder / code / "sheets" / f"{id}.pdf"
        assert file.stat().st_size <= 150_000
        inside(file)
        text = shown(file)
        assert squeezed(unit["name"][code]) in text and squeezed(unit["signed_by"]["name"][code]) in text
        assert squeezed(unit["summary"][code]) in text
        assert all(squeezed(each["title"][code]) in text for each in unit.get("joint_pledges", ()))
        numbered = [(pledge["id"].rpartition("-")[2], squeezed(pledge["title"][code])) for pledge in unit["pledges"]]
        places = [text.find(f"{number}{title}") for number, title in numbered]
        assert -1 not in places and places == sorted(places), id
        whole = [squeezed(pledge["text"][code]) in text for pledge in unit["pledges"]]
        assert all(whole) or (not any(whole) and len(whole) > 12), id


@pytest.mark.long
@validated
@pytest.mark.parametrize("city", CITIES)
def test_sheets_and_briefs_keep_to_both_standards(printed: Build, city: str) -> None:
    """So does every other document but the booklets, as far as they are judged."""
    folder = printed(city)
    broken = verapdf.broken_by_site(folder)
    made = {path.relative_to(folder).as_posix() for path in folder.rglob("*.pdf") if "files" not in path.parts}
    assert broken.keys() <= made and len(broken) >= 6
    assert city != "nowhere" or made - broken.keys() == {"zh/booklet.pdf", "en/booklet.pdf"}
    assert {path: rules for path, rules in broken.items() if rules} == {}


@each
def test_the_key_of_a_sheet_counts_what_the_data_count(printed: Build, city: str, code: str) -> None:
    """Each state that occurs with its number; alerts with the date that they are measured against, and only there."""
    folder = printed(city)
    of_units: dict[str, list[dict[str, str]]] = {}
    for row in rows(folder):
        of_units.setdefault(row["unit"], []).append(row)
    for id, own in at_least_one(of_units.items()):
        text = shown(folder / code / "sheets" / f"{id}.pdf")
        for state, n in Counter(
            row["status"] for row in own if row["status"] != "split"
        ).items():  # counted as its parts
            assert f"{word(f'state.{state}', code)}{n}" in text, (id, state)
        late = Counter(row["alert"] for row in own if row["alert"])
        day = word("late.as_of", code).format(date=DAY[code])
        assert (day in text) == bool(late), id
        for alert, n in late.items():
            assert (
                word(f"late.{alert}", code).split("|")[0].format(n=n) in text and word(f"alert.{alert}", code) in text
            )
        assert (DAY[code] in text) == bool(late or any(row["status"] == "notice-over" for row in own)), id


@each
def test_a_sheet_says_what_an_acceptance_rests_on(printed: Build, city: str, code: str) -> None:
    folder, units = printed(city), texts(CITIES[city])
    accepted = [row for row in rows(folder) if row["status"] == "accepted"]
    assert bool(accepted) == (city == "nowhere")
    for row in accepted:
        text = shown(folder / code / "sheets" / f"{row['unit']}.pdf")
        pledge = next(pledge for pledge in units[row["unit"]]["pledges"] if pledge["id"] == row["id"])
        last = pledge["updates"][-1]
        found = [last["body"][code], last["basis"][code], *(each["title"][code] for each in last["evidence"])]
        assert all(squeezed(words) in text for words in found)
        for day in (last["inspected"], last["notice"]["begin"], last["notice"]["end"]):
            assert squeezed(date_as_written(day.isoformat(), "long", {"zh": "zh_Hans_CN", "en": "en_GB"}[code])) in text


def test_each_state_has_a_mark_of_its_own(printed: Build) -> None:
    """The marks before the pledges of a sheet, as a camera sees them in grey: alike where the data say the same state,
    and different where they do not."""
    seen: dict[str, list[Any]] = {}
    for row in rows(printed("nowhere")):
        seen.setdefault(row["status"], []).append(mark_before(printed("nowhere"), row))
    assert len(seen) == 9
    for (one, first), (other, second) in combinations(seen.items(), 2):
        assert apart(first[0], second[0]) > 9, (one, other)
    for state, marks in seen.items():
        assert all(apart(marks[0], mark) < 7.5 for mark in marks), state


def mark_before(folder: Path, row: dict[str, str]) -> Any:
    """A picture of the mark before a pledge's title on its unit's sheet."""
    import pypdfium2

    file = folder / "zh" / "sheets" / f"{row['unit']}.pdf"
    (page,) = glyphs.pages(file)
    text = "".join(glyph.text for glyph in page)
    places = (page[found.start()] for found in re.finditer(re.escape(row["title_zh"][:3]), text))
    first = next(glyph for glyph in places if "Bold" in glyph.font)  # a step may name another pledge
    size = first.size
    left, low = first.x - 1.25 * size, first.y - 0.15 * size
    with pypdfium2.PdfDocument(file) as document:
        picture = document[0].render(scale=6, grayscale=True).to_pil()
    box = (6 * left, 6 * (841.89 - low - 1.05 * size), 6 * (first.x - 0.1 * size), 6 * (841.89 - low))
    return picture.crop(tuple(map(round, box))).resize((24, 24))


def apart(one: Any, other: Any) -> float:
    """How much two pictures differ: the mean over their points, of 255."""
    pairs = zip(one.tobytes(), other.tobytes(), strict=True)
    return sum(abs(a - b) for a, b in pairs) / (24 * 24)


class Plain(yaml.SafeDumper):
    """Writes what repeats again: content may not refer to other places of itself."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        return True


LONG = 300
"""So many sentences are more than a statement may have: it is cut at its longest."""


REMARK = {"zh": "编者注意到灯塔。", "en": "The editors saw the tower."}


def unit_of(pledges: int, words: int, statement: int, remarks: int) -> dict[str, Any]:
    """The made-up harbour with so many pledges of so many sentences, each with a remark of so many, and a statement of
    so many."""
    unit: dict[str, Any] = yaml.load((SITE / "districts" / "wuyu-gang.yaml").read_text("utf-8"), yaml.CSafeLoader)
    for name in ("heads", "renamed", "ended", "formerly", "joint_pledges"):
        unit.pop(name, None)
    first = {**copy.deepcopy(unit["pledges"][0]), "checkable": "yes"}
    first = {name: first[name] for name in first if name not in ("split", "assigned", "numbers", "joint")}
    zh, en = "灯塔夜夜点亮。", "The light is lit. "
    remark = " ".join([REMARK["en"]] * remarks)
    unit["summary"] = {"zh": (zh * statement)[:1990], "en": (en * statement)[:1990].strip()}
    unit["pledges"] = [
        {
            **first,
            "id": f"wuyu-gang-{n}",
            "covers": [n],
            "title": {"zh": f"第{n}盏灯", "en": f"Lamp number {n}"},
            "text": {"zh": zh * words, "en": (en * words).strip()},
            **(
                {"notes": [{"kind": "remark", "text": {"zh": REMARK["zh"] * remarks, "en": remark}}]} if remarks else {}
            ),
        }
        for n in range(1, pledges + 1)
    ]
    unit["commitments"] = pledges
    return unit


@pytest.mark.long
@pytest.mark.parametrize(
    ("pledges", "words", "statement", "remarks", "depth"),
    [
        (1, 1, 1, 0, "texts"),  # the shortest
        (12, 6, 12, 0, "texts"),
        (12, 6, 12, 1, "texts"),
        (40, 1, 1, 0, "texts"),
        (30, 1, 1, 6, "bare"),  # room for what was promised, not for what the editors say of it
        (40, 12, 10, 0, "titles"),
        (40, 4, 100, 0, "titles"),  # a statement that leaves little room
        (110, 1, 1, 0, "fewer"),
        (110, 1, LONG, 0, "fewer"),
    ],
)
def test_a_sheet_gives_way_in_order(
    tmp_path: Path, pledges: int, words: int, statement: int, remarks: int, depth: str
) -> None:
    """Whole texts while they find room with letters of 9 pt, then without the editors' notes, then titles, then fewer
    titles and how many are missing: nothing is cut off."""
    content = tmp_path / "content"
    shutil.copytree(
        SITE, content, ignore=shutil.ignore_patterns("dengmi.yaml", "yinghuo.yaml", "zhiyuan.yaml", "notices")
    )
    site = content / "site.yaml"
    site.write_text(re.sub(r"(?m)^tiles:(\n +- .*)+", "tiles: []", site.read_text("utf-8")), "utf-8")
    unit = unit_of(pledges, words, statement, remarks)
    file = content / "districts" / "wuyu-gang.yaml"
    written = yaml.dump(unit, Dumper=Plain, allow_unicode=True, sort_keys=False, width=10_000)
    file.write_text(written, "utf-8")
    for code, data in at_least_one(sheets_of(content, "wuyu-gang", tmp_path / "cache").items()):
        (tmp_path / f"{code}.pdf").write_bytes(data)
        inside(tmp_path / f"{code}.pdf")
        text = shown(tmp_path / f"{code}.pdf")
        assert squeezed(unit["summary"][code]) in text
        assert all(squeezed(each["title"][code]) in text for each in unit.get("joint_pledges", ()))
        said = re.search({"zh": "另有(\\d+)项", "en": "and(\\d+)moreonthesite"}[code], text)
        left = int(said[1]) if said else 0
        assert (left > 0) == (depth == "fewer")
        titles = re.findall({"zh": "第(\\d+)盏灯", "en": "Lampnumber(\\d+)"}[code], text)
        assert len(titles) == pledges - left
        words = squeezed(unit["pledges"][0]["text"][code])
        repeated = text.count(words) - squeezed(unit["summary"][code]).count(words)
        assert (repeated >= pledges) == (depth in ("texts", "bare")), repeated
        assert text.count(squeezed(REMARK[code])) == (pledges * remarks if depth == "texts" else 0)
        assert text.count("※") == (pledges + 1 if depth == "bare" else 0), "where notes are left out, and what it means"


@given(st.integers(1, 60), st.integers(0, 60), st.integers(0, 60))
def test_the_first_way_that_fits_is_found_from_anywhere(ways: int, first: int, likely: int) -> None:
    tried: list[int] = []

    def fits(way: int) -> bool:
        tried.append(way)
        return way >= first

    assert first_that_fits(ways, fits, min(likely, ways - 1)) == min(first, ways)
    assert len(tried) == len(set(tried)) and all(0 <= way < ways for way in tried)
    if first < ways and abs(first - min(likely, ways - 1)) <= 1:
        assert len(tried) <= 4


def test_small_letters_come_before_fewer_words() -> None:
    """Whole texts in the smallest letters find room where titles in the largest do not: the texts are taken, wherever
    the search began."""
    kinds = ["texts"] * 3 + ["titles"] * 3
    for likely in range(6):
        assert first_way(kinds, [False, False, True, False, True, True].__getitem__, likely) == 2
        assert first_way(kinds, [False, True, True, False, False, True].__getitem__, likely) == 1
        assert first_way(kinds, [False, False, False, False, True, True].__getitem__, likely) == 4
        assert first_way(kinds, lambda _: False, likely) == 6
