"""What is printed on one page and what is made from other files: sheets, briefs, booklets, checksums, QR codes."""

from __future__ import annotations

import copy
import csv
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any

import cities
import glyphs
import pytest
import verapdf
import yaml
from cities import BASE, CITIES
from hypothesis import given
from hypothesis import strategies as st
from laid_out import single_pages
from pypdf import PdfReader
from test_bulletins import each
from verapdf import validated
from whole import sheets_of

from gazette.building.derived import in_order
from gazette.pdf import first_that_fits, first_way
from gazette.pdf.booklet import booklet, order
from gazette.pdf.composition.rules import HANGING, hangs
from gazette.rendering.formats import date_as_written
from gazette.site.target import Target

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "tests" / "site"

Build = Callable[..., Path]


def run(content: Path, folder: Path, *more: str) -> None:
    command = [sys.executable, str(ROOT / "build.py"), "--content", str(content), "--output", str(folder)]
    done = subprocess.run(
        [*command, "--cache", str(folder.parent / "cache"), *more],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder of a city's printed documents, with a base address."""
    return partial(cities.built, tmp_path_factory)


def texts(content: Path) -> dict[str, Any]:
    """The public units of a content folder by id, as they are written."""
    found = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in (content / "districts").glob("*.yaml")}
    public = {id: unit for id, unit in found.items() if not unit.get("draft")}
    for unit in public.values():
        unit["pledges"] = [pledge for pledge in unit["pledges"] if not pledge.get("draft")]
    return public


def squeezed(text: str) -> str:
    """A text without what setting it in lines changes: spaces, hyphens, the links of Markdown."""
    return re.sub(r"[\s\u00ad\u200b\u2010-]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text))


def shown(file: Path) -> str:
    return squeezed("".join(page.extract_text() for page in PdfReader(file).pages))


MM = 72 / 25.4
PAPER = (14 * MM, 10 * MM, (210 - 14) * MM, (297 - 11) * MM)
"""The narrowest margins of what is printed on one page: left, lower, right and upper edge in points."""


def inside(file: Path) -> None:
    """Every character, rule, frame and mark stands inside the margins, and no letter is smaller than 9 pt."""
    (page,), (drawn,) = glyphs.pages(file), glyphs.marks(file)
    assert len(page) > 100 and len(drawn) > 3
    left, low, right, high = PAPER
    for glyph in page:
        hanging = HANGING * glyph.size if hangs(glyph.text) else 0
        assert left - 0.6 <= glyph.x and glyph.right - hanging <= right + 0.6 and low <= glyph.y <= high, glyph
        assert glyph.size >= 8.99, glyph
    for mark in drawn:
        assert left - 0.6 <= mark.left and mark.right <= right + 0.6 and low <= mark.low and mark.high <= high + 0.6, (
            mark
        )


def rows(folder: Path) -> list[dict[str, str]]:
    """The table of pledges as the site hands it out."""
    return [*csv.DictReader((folder / "data" / "pledges.csv").read_text("utf-8-sig").splitlines())]


def word(name: str, code: str) -> str:
    found: Any = yaml.safe_load((ROOT / "content" / "words.yaml").read_text("utf-8"))
    for step in name.split("."):
        found = found[step]
    return squeezed(str(found[code]))


DAY = {"zh": "2031年9月30日", "en": "30September2031"}
"""The date that the made-up city's states are measured against."""


# ── sheets ───────────────────────────────────────────────────────────────────


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
        numbered = [(pledge["id"].rpartition("-")[2], squeezed(pledge["title"][code])) for pledge in unit["pledges"]]
        places = [text.find(f"{number}{title}") for number, title in numbered]
        assert -1 not in places and places == sorted(places), id
        whole = [squeezed(pledge["text"][code]) in text for pledge in unit["pledges"]]
        assert all(whole) or (not any(whole) and len(whole) > 12), id


@validated
@pytest.mark.parametrize("city", CITIES)
def test_sheets_and_briefs_keep_to_both_standards(printed: Build, city: str) -> None:
    """So does every other document but the booklets."""
    folder = printed(city)
    broken = verapdf.broken_by_site(folder)
    made = {path.relative_to(folder).as_posix() for path in folder.rglob("*.pdf")}
    assert broken.keys() == made - {"zh/booklet.pdf", "en/booklet.pdf"} and len(broken) > 8
    assert {path: rules for path, rules in broken.items() if rules} == {}


@each
def test_the_key_of_a_sheet_counts_what_the_data_count(printed: Build, city: str, code: str) -> None:
    """Each state that occurs with its number; alerts with the date that they are measured against, and only there."""
    folder = printed(city)
    of_units: dict[str, list[dict[str, str]]] = {}
    for row in rows(folder):
        of_units.setdefault(row["unit"], []).append(row)
    for id, own in of_units.items():
        text = shown(folder / code / "sheets" / f"{id}.pdf")
        for state, n in Counter(row["status"] for row in own).items():
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
    assert len(seen) == 8
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
    first = page[text.index(row["title_zh"][:3])]
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
    unit: dict[str, Any] = yaml.safe_load((SITE / "districts" / "wuyu-gang.yaml").read_text("utf-8"))
    first = {**copy.deepcopy(unit["pledges"][0]), "checkable": "yes"}
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
        (200, 1, 1, 0, "fewer"),
        (200, 1, LONG, 0, "fewer"),
    ],
)
def test_a_sheet_gives_way_in_order(
    tmp_path: Path, pledges: int, words: int, statement: int, remarks: int, depth: str
) -> None:
    """Whole texts while they find room with letters of 9 pt, then without the editors' notes, then titles, then fewer
    titles and how many are missing: nothing is cut off."""
    content = tmp_path / "content"
    shutil.copytree(SITE, content, ignore=shutil.ignore_patterns("dengmi.yaml", "yinghuo.yaml", "zhiyuan.yaml"))
    site = content / "site.yaml"
    site.write_text(re.sub(r"(?m)^tiles:(\n +- .*)+", "tiles: []", site.read_text("utf-8")), "utf-8")
    unit = unit_of(pledges, words, statement, remarks)
    file = content / "districts" / "wuyu-gang.yaml"
    written = yaml.dump(unit, Dumper=Plain, allow_unicode=True, sort_keys=False, width=10_000)
    file.write_text(written, "utf-8")
    for code, data in sheets_of(content, "wuyu-gang", tmp_path / "cache").items():
        (tmp_path / f"{code}.pdf").write_bytes(data)
        inside(tmp_path / f"{code}.pdf")
        text = shown(tmp_path / f"{code}.pdf")
        assert squeezed(unit["summary"][code]) in text
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


# ── the brief ────────────────────────────────────────────────────────────────


@each
def test_a_brief_is_one_page_and_its_totals_are_those_of_the_data(printed: Build, city: str, code: str) -> None:
    folder, units = printed(city), texts(CITIES[city])
    inside(file := folder / code / "brief.pdf")
    text, all_rows = shown(file), rows(folder)
    reported = [row for row in all_rows if int(row["updates"])]
    accepted = [row for row in all_rows if row["status"] == "accepted"]
    late = [row for row in all_rows if row["alert"]]
    of, n = len(all_rows), len(reported)
    finding = word("brief.finding" if n else "brief.no_finding", code)
    assert finding.format(of=of, n=n, accepted=len(accepted)) in text
    for id, unit in units.items() if reported or late else ():
        own = [sum(row["unit"] == id for row in some) for some in (all_rows, reported, accepted, late)]
        assert squeezed(unit["short"][code]) + "".join(str(n or "·") for n in own) in text, id
    states = {row["status"] for row in all_rows}
    for state in yaml.safe_load((ROOT / "content" / "words.yaml").read_text("utf-8"))["state"]:
        said = f"{word(f'state.{state}', code)}{sum(row['status'] == state for row in all_rows)}"
        assert (said in text) == (state in states), state


@each
def test_a_brief_leads_with_what_is_late(printed: Build, city: str, code: str) -> None:
    """The date that it is measured against stands with it; the pledge whose date came first stands first; without such
    a date nothing is said."""
    folder, text = printed(city), shown(printed(city) / code / "brief.pdf")
    late = sorted(
        (row for row in rows(folder) if row["alert"]), key=lambda row: (row["deadline_last"], int(row["number"]))
    )
    overdue = word("alert.overdue", code)
    if city == "wuhan":
        assert not late and overdue not in text and word("home.no_as_of", code) in text
        return
    heading = text.index(word("brief.heading_late", code).format(date=DAY[code]))
    places = [text.index(squeezed(row[f"title_{code}"]), heading) for row in late]
    assert len(places) == 2 and places == sorted(places) and places[-1] < text.index(word("heading.matrix", code))
    assert overdue in text[places[0] : text.index(word("brief.heading_units", code))]
    assert text.index(word("late.as_of", code).format(date=DAY[code])) < heading


@each
def test_a_brief_tells_the_newest_changes_first(printed: Build, city: str, code: str) -> None:
    text = shown(printed(city) / code / "brief.pdf")
    text = text[text.index(word("brief.heading_changes", code)) :]
    months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    forms = {"zh": r"(\d{4})年(\d+)月(\d+)日", "en": rf"(\d+)({'|'.join(months)})(\d{{4}})"}
    dates = [match[::-1] if code == "en" else match for match in re.findall(forms[code], text)]
    days = [(int(y), months.index(m) if code == "en" else int(m), int(d)) for y, m, d in dates]
    assert days == sorted(days, reverse=True), "the newest first"
    assert len(days) == (8 if city == "nowhere" else 0)


def test_a_brief_of_many_units_says_what_finds_no_room(tmp_path: Path) -> None:
    """Forty units, of which thirty are late: the table of units by themes stays away, the list of what is late is cut,
    and both are said."""
    content = tmp_path / "content"
    shutil.copytree(SITE, content)
    site = content / "site.yaml"
    site.write_text(re.sub(r"(?m)^tiles:(\n +- .*)+", "tiles: []", site.read_text("utf-8")), "utf-8")
    unit = (content / "districts" / "yinghuo.yaml").read_text("utf-8")
    for n in range(36):
        own = re.sub(r"(?m)^order: .*", f"order: {n + 10}", unit.replace("yinghuo", f"unit{n}"))
        own = own.replace("formerly: [", f"formerly: [of{n}-") if "formerly" in own else own
        late = re.sub("deadline: .*", f"deadline: 2031-0{n % 8 + 1}-15", own) if n < 30 else own
        (content / "districts" / f"unit{n}.yaml").write_text(late, "utf-8")
    for path, data in single_pages(content, tmp_path / "cache", "brief"):
        (file := tmp_path / path.replace("/", "-")).write_bytes(data)
        inside(file)
        code, text = path[:2], shown(file)
        assert word("brief.late_most", code).format(n=32, shown=12) in text
        assert word("nav.themes", code) in text and word("heading.matrix", code) not in text


# ── booklets ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("pages", [1, 2, 3, 4, 5, 8, 49, 60])
def test_folded_sheets_are_read_in_order(pages: int) -> None:
    """Sheets are put into each other and folded: leafed through, the pages come one after the other."""
    sides = list(order(pages))
    assert len(sides) % 2 == 0 and len(sides) == 2 * -(-pages // 4)
    fronts, backs = sides[::2], sides[1::2]
    read = [page for front, back in zip(fronts, backs, strict=True) for page in (front[1], back[0])]
    read += [page for front, back in reversed(list(zip(fronts, backs, strict=True))) for page in (back[1], front[0])]
    assert read == list(range(2 * len(sides)))


FOLD = 842 / 2
"""Where a sheet is folded, in points from its left edge."""


@each
def test_a_booklet_is_set_for_its_own_paper(printed: Build, city: str, code: str) -> None:
    """Its letters are as large as they are on paper that nobody reduced, and stay clear of the fold."""
    sizes: Counter[float] = Counter()
    file = printed(city) / code / "booklet.pdf"
    for page in glyphs.pages(file):
        sizes.update(round(glyph.size, 1) for glyph in page)
        for glyph in page:
            assert 25 < glyph.x < FOLD - 25 or FOLD + 25 < glyph.x < 842 - 25, glyph
            assert 6 * MM < glyph.y < 595 - 6 * MM, glyph
    assert min(sizes) >= 8.5
    whole = [glyph for page in glyphs.pages(file) for glyph in page if not glyph.text.isspace()]
    letters = "".join(glyph.text[0] for glyph in whole)
    for unit in texts(CITIES[city]).values():
        words = squeezed(unit["pledges"][0]["text"][code])[:12]
        places = [match.start() for match in re.finditer(re.escape(words), letters)]
        found = [{round(glyph.size, 1) for glyph in whole[place : place + len(words)]} for place in places]
        assert {10.0} in found, words


@each
def test_a_booklet_is_the_bulletin(printed: Build, city: str, code: str) -> None:
    """Every statement and every pledge stands in it, and its numbers of pages are those of folded sheets."""
    folder = printed(city) / code
    made, bulletin = PdfReader(folder / "booklet.pdf"), PdfReader(folder / "bulletin.pdf")
    sides = [*glyphs.pages(folder / "booklet.pdf")]
    numbers = [*order(2 * len(sides))]
    halves: dict[int, str] = {}
    for page, (left, right) in zip(sides, numbers, strict=True):
        halves[left] = squeezed("".join(glyph.text for glyph in page if glyph.x < FOLD))
        halves[right] = squeezed("".join(glyph.text for glyph in page if glyph.x > FOLD))
    for number, text in halves.items():
        assert number == 0 or not text or text.startswith(str(number + 1)) or text.endswith(str(number + 1)), number
    blank = [number for number, text in halves.items() if not text]
    assert sorted(blank) == [*range(len(halves) - len(blank), len(halves))] and len(blank) < 4, (
        "blank pages are the last"
    )
    whole = "".join(halves[number] for number in sorted(halves))
    for unit in texts(CITIES[city]).values():
        for words in (unit["name"], *(pledge["title"] for pledge in unit["pledges"])):
            assert squeezed(words[code]) in whole
    assert made.metadata and bulletin.metadata and made.metadata.title == bulletin.metadata.title
    assert "/StructTreeRoot" not in made.trailer["/Root"]
    about = str(made.metadata.subject)
    assert {"zh": "只供打印", "en": "Only for printing"}[code] in about, "it says that it is no document to be read"
    assert made.trailer["/Root"]["/ViewerPreferences"]["/Duplex"] == "/DuplexFlipShortEdge"
    for sheet in made.pages:
        assert (round(float(sheet.mediabox.width)), round(float(sheet.mediabox.height))) == (842, 595)


def test_the_same_pages_are_imposed_to_the_same_bytes(printed: Build) -> None:
    data = (printed("nowhere") / "zh" / "brief.pdf").read_bytes()
    assert booklet(data) == booklet(data)


# ── checksums ────────────────────────────────────────────────────────────────


def checked(folder: Path) -> list[str]:
    """The files that `sha256sum` found to be as they should."""
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "sha256sums.txt"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return [line.removesuffix(": OK") for line in done.stdout.splitlines()]


def handed_out(folder: Path) -> list[str]:
    files = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in files if path.endswith(".pdf") or path.startswith("data/"))


def test_checksums_follow_every_build(tmp_path: Path) -> None:
    content, folder = tmp_path / "content", tmp_path / "site"
    shutil.copytree(SITE, content)
    run(content, folder, "--only", "pages")
    assert not (folder / "sha256sums.txt").exists()
    run(content, folder, "--only", "data")
    assert checked(folder) == handed_out(folder) == [path for path in handed_out(folder) if path.startswith("data/")]
    run(content, folder, "--only", "pdf")
    assert checked(folder) == handed_out(folder) and "zh/sheets/yinghuo.pdf" in handed_out(folder)
    unit = content / "districts" / "yinghuo.yaml"
    unit.write_text(unit.read_text("utf-8").replace("The hour is published", "The hour is known"), "utf-8")
    run(content, folder)
    assert checked(folder) == handed_out(folder)
    site = content / "site.yaml"
    site.write_text(re.sub(r"(?m)^ +- \{unit: yinghuo,.*\n", "", site.read_text("utf-8")), "utf-8")
    unit.unlink()
    run(content, folder)
    assert checked(folder) == handed_out(folder) and "zh/sheets/yinghuo.pdf" not in handed_out(folder)


def test_what_is_made_from_others_comes_after_them() -> None:
    sums = Target("sums", "data", "sums", needs_kinds=("pdf",))
    style = Target("style", "pdf", "style", needs=("font",))
    assert in_order([sums, style]) == [style, sums]
    with pytest.raises(ValueError, match="cycle"):
        in_order([Target("a", "pdf", "style", needs=("b",)), Target("b", "pdf", "style", needs=("a",))])


# ── codes ────────────────────────────────────────────────────────────────────


def codes(file: Path, page: int) -> Iterator[str]:
    """The QR codes that a camera finds on a printed page."""
    import pypdfium2
    import zxingcpp

    with pypdfium2.PdfDocument(file) as document:
        picture = document[page - 1].render(scale=150 / 72, grayscale=True).to_pil()
    for code in zxingcpp.read_barcodes(picture):
        yield code.text


@pytest.mark.parametrize("code", ["zh", "en"])
def test_codes_lead_to_the_page(printed: Build, code: str) -> None:
    folder = printed("nowhere") / code
    assert list(codes(folder / "sheets" / "yinghuo.pdf", 1)) == [f"{BASE}{code}/districts/yinghuo.html"]
    assert list(codes(folder / "brief.pdf", 1)) == [f"{BASE}{code}/index.html"]
    assert list(codes(folder / "bulletin.pdf", 1)) == [f"{BASE}{code}/index.html"]


def test_no_code_without_an_address(tmp_path: Path) -> None:
    run(SITE, tmp_path / "site", "--only", "pdf", "--jobs", "1")
    for file in ("sheets/yinghuo.pdf", "brief.pdf", "bulletin.pdf"):
        assert list(codes(tmp_path / "site" / "en" / file, 1)) == []
