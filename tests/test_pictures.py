"""Every picture made of numbers shows those of the open data: matrix, tile map, bars, tallies, lanes, phrases; on pages
and on paper. (The line of time, the front page's table and the comparison are in `test_axis.py`.)"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import glyphs
import pytest
from handouts import squeezed
from lxml import html
from published import rows
from reached import at_least_one

KINDS = {
    "none": "none",
    "accepted": "accepted",
    "not-held": "reopened",
    "reopened": "reopened",
    "withdrawn": "withdrawn",
}
"""What a state is drawn as; all others: reported, and not closed."""

Row = dict[str, str]


def kind(row: Row) -> str:
    return KINDS.get(row["status"], "active")


def counted(site: Path) -> list[Row]:
    """The pledges that totals count: of one that was split, its parts."""
    return [row for row in rows(site, "pledges") if row["status"] != "split"]


def page(site: Path, language: str, name: str) -> html.HtmlElement:
    return html.parse(site / language / name).getroot()


def unit_of(element: html.HtmlElement) -> str:
    """The unit that the row, the card or the page around an element is about; nothing where it is about all."""
    for around in element.iterancestors("tr", "article"):
        links = (
            around.xpath("(.|th|h2|h3)/a/@href") if around.tag == "tr" else around.xpath(".//h2/a/@href|.//h3/a/@href")
        )
        return Path(links[0]).stem if links else ""
    return ""


def drawn(svg: html.HtmlElement) -> dict[str, int]:
    """How long each part of a bar is, in thousandths; they follow each other without a gap."""
    found, before = {}, 0
    for path in svg.iter("path"):
        begin, end = map(int, re.fullmatch(r"M(\d+) 7H(\d+)", path.get("d")).groups())  # type: ignore[union-attr]
        assert begin == before < end
        found[path.get("class").removeprefix("is-")], before = end - begin, end
    assert before == 1000
    return found


def strokes(tally: html.HtmlElement) -> Counter[str]:
    """The strokes of a tally by how they are drawn."""
    marks = [use.get("class", "is-none") for use in tally.iter("use")]
    return Counter(mark.removeprefix("is-") for mark in marks if mark != "hit")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_bar_is_as_long_as_the_data_say(published: Path, language: str) -> None:
    pledges, checked = counted(published), Counter[str]()
    for file in sorted((published / language).rglob("*.html")):
        for svg in html.parse(file).xpath("//*[name()='svg'][@class='bar']"):
            unit = file.stem if file.parent.name == "districts" else unit_of(svg)
            own = [row for row in pledges if unit in ("", row["unit"])]
            parts, place = drawn(svg), file.relative_to(published).as_posix()
            by_level = parts.keys() <= {"yes", "partly", "principle"}
            counts = Counter(row["checkable"] if by_level else kind(row) for row in own)
            assert parts.keys() == counts.keys(), (place, unit)
            assert all(abs(n - 1000 * counts[code] / len(own)) <= 1 for code, n in parts.items()), (place, unit)
            checked[f"{file.name if unit != file.stem else 'unit'} {by_level}"] += 1
    units = len({row["unit"] for row in pledges})
    assert checked["status.html False"] > units < checked["status.html True"]
    assert min(checked[f"{name} False"] for name in ("units.html", "compare.html", "index.html")) >= units


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_cells_of_the_matrix_hold_the_pledges_of_the_data(published: Path, language: str) -> None:
    expected: dict[tuple[str, str], Counter[str]] = {}
    for row in counted(published):
        for theme in row["themes"].split(";"):
            expected.setdefault((row["unit"], theme), Counter())[kind(row)] += 1
    main = page(published, language, "index.html")
    found, (table,) = {}, main.xpath("//table[contains(@class, 'matrix')]")
    themes = [Path(link).stem for link in table.xpath("thead//a/@href")]
    for row in table.xpath("tbody/tr[td]"):
        unit = Path(row.xpath("th/a/@href")[0]).stem
        for theme, cell in zip(themes, row.xpath("td")[:-1], strict=True):
            for link in cell.xpath("a"):
                assert link.get("href") == f"themes/{theme}.html#{unit}"
                found[unit, theme] = strokes(link)
                assert int(link.xpath("*[@class='cell__n']")[0].text) == found[unit, theme].total()
    assert found == expected
    naming = [f"{len({unit for unit, own in expected if own == theme})}" for theme in themes]
    assert [cell.text.partition("/")[0] for cell in table.xpath("tfoot//td")[1:-1]] == naming


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_tiles_of_the_map_have_the_numbers_of_the_data(published: Path, language: str) -> None:
    tiles = page(published, language, "index.html").xpath("//div[@class='tiles']//a")
    shown = {Path(tile.get("href")).stem: int(tile.xpath("*[@class='tile__n']")[0].text) for tile in tiles}
    assert len(tiles) == len(shown) and shown == Counter(row["unit"] for row in counted(published))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_rows_of_the_page_of_states_are_those_of_the_data(published: Path, language: str) -> None:
    own = {row.get("id"): row for row in page(published, language, "status.html").xpath("//tbody/tr[@id]")}
    for unit, row in own.items():
        told = [int(cell.text_content().replace("·", "0")) for cell in row.xpath("td[contains(@class, 'num')]")]
        counts = Counter(kind(each) for each in counted(published) if each["unit"] == unit)
        kinds = ("accepted", "active", "reopened", "none", "withdrawn")
        assert told[:6] == [counts.total(), *(counts[code] for code in kinds)], unit
    assert own.keys() == {row["unit"] for row in counted(published)}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_strokes_of_a_unit_are_drawn_as_its_pledges_are(published: Path, language: str) -> None:
    pledges = {row["id"]: row for row in rows(published, "pledges")}
    files = sorted((published / language / "districts").glob("*.html"))
    links = [link for file in files for link in html.parse(file).xpath("//*[contains(@class, 'tally--links')]/a")]
    for link in at_least_one(links):
        row = pledges[link.get("href").removeprefix("#")]
        assert strokes(link) == Counter([kind(row)]), row["id"]
        late = re.search("overdue|past", row["alert"]) is not None
        assert bool(link.xpath("*[@class='is-late']")) == late, row["id"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_lanes_have_the_numbers_of_the_data(published: Path, language: str) -> None:
    pledges = counted(published)
    kinds = Counter(row["deadline_kind"] for row in pledges)
    main = page(published, language, "deadlines.html")
    for place in (main, page(published, language, "index.html")):
        for lane in at_least_one(place.xpath("//ul[contains(@class, 'lanes--kinds')]/li")):
            code = lane.xpath("a/@href")[0].partition("#")[2]
            told = map(int, re.findall(r"\d+", lane.xpath("*[@class='num']")[0].text))
            assert sorted(told) == sorted((kinds[code], len(pledges))), code
            for path in lane.xpath(".//path"):
                assert path.get("d") == f"M0 4H{round(kinds[code] * 1000 / len(pledges))}"
    lanes = {lane.get("id"): lane for lane in main.xpath("//section[starts-with(@class, 'lane lane--')]")}
    for code, lane in lanes.items():
        own = [row for row in pledges if row["deadline_kind"] == code]
        links = {Path(link).stem for link in lane.xpath(".//a/@href[contains(., 'pledges/')]")}
        assert links == {row["id"] for row in own}, code
        for tally in lane.xpath("p[@class='lane__tally']"):
            assert strokes(tally) == Counter(map(kind, own)), code
    assert lanes.keys() == kinds.keys()


def test_the_phrases_are_in_the_texts_of_the_data(real: Path) -> None:
    """The bar of a phrase is as long as the part of the units that say it, and names these."""
    units, pledges = rows(real, "units"), counted(real)
    said = page(real, "zh", "phrases.html").xpath("//tbody/tr")
    for row in said:
        named = {Path(link).stem for link in row.xpath("td[@class='phrases__who']//a/@href")}
        n = len(named)
        assert row.xpath("td[@class='num']")[0].text.count(str(n)) and n > 1
        assert row.xpath(".//path/@d")[1] == f"M0 4H{round(n * 1000 / len(units))}"
        words = row.xpath("th/a")[0].text_content()
        literally = {each["unit"] for each in pledges if words in each["text_zh"]}
        assert literally <= named, words
    assert len(said) > 5


@pytest.mark.parametrize("name", ["zh/bulletin.pdf", "en/bulletin.pdf", "zh/brief.pdf", "en/brief.pdf"])
def test_the_matrix_on_paper_has_the_figures_of_the_data(real: Path, name: str) -> None:
    """A row for each unit: its pledges by theme, a dot for none, then all."""
    heads = page(real, "zh", "index.html").xpath("//table[contains(@class, 'matrix')]/thead//a/@href")
    pages = (glyphs.lines(each) for each in glyphs.pages(real / name))
    printed = " ".join("".join(glyph.text for glyph in line).strip() for page in pages for line in page)
    for unit in at_least_one(rows(real, "units")):
        own = [row for row in counted(real) if row["unit"] == unit["id"]]
        by_theme = Counter(theme for row in own for theme in row["themes"].split(";"))
        cells = (str(by_theme[Path(head).stem] or "·") for head in heads)
        assert " ".join([*cells, str(len(own))]) in printed, unit["id"]


PENS = {
    (1.3, False): "none",
    (2.6, False): "active",
    (3.8, False): "accepted",
    (2.6, True): "reopened",
    (0.9, True): "withdrawn",
}
"""How a stroke of each kind is drawn on paper; marks of states are drawn with other pens."""


def strokes_on_paper(file: Path) -> Counter[str]:
    """The strokes of all tallies of a document, by what they stand for."""
    drawn = (PENS.get((mark.pen, mark.dashed)) for page in glyphs.marks(file) for mark in page)
    return Counter(found for found in drawn if found)


def test_the_strokes_of_a_sheet_are_those_of_the_data(small: Path) -> None:
    pledges, seen = counted(small), Counter[str]()
    for file in sorted(small.glob("*/sheets/*.pdf")):
        own = Counter(kind(row) for row in pledges if row["unit"] == file.stem)
        assert strokes_on_paper(file) == own, file.stem
        seen += own
    assert seen.keys() == {*PENS.values()}, "each kind of stroke was looked at"


@pytest.mark.parametrize("name", ["bulletin-parallel.pdf", "zh/bulletin.pdf", "en/bulletin.pdf"])
def test_the_strokes_of_a_bulletin_are_those_of_the_data(small: Path, name: str) -> None:
    """A pledge has one on the cover, one with its unit, one in the matrix for each of its themes, and one with the kind
    of its deadline where that says no time; the key has five of each kind. In the parallel edition
    kinds and key stand twice."""
    languages = 1 if "/" in name else 2
    found = Counter(dict.fromkeys(PENS.values(), 5 * languages))
    for row in counted(small):
        untimed = row["deadline_kind"] in ("limit", "standing", "unstated")
        found[kind(row)] += 2 + len(row["themes"].split(";")) + untimed * languages
    assert strokes_on_paper(small / name) == found


@pytest.mark.parametrize("name", ["zh/brief.pdf", "en/brief.pdf"])
def test_the_strokes_of_a_brief_are_those_of_the_matrix(small: Path, name: str) -> None:
    assert strokes_on_paper(small / name) == Counter(
        kind(row) for row in counted(small) for _ in row["themes"].split(";")
    )


def test_the_official_layout_has_figures_in_place_of_strokes(small: Path) -> None:
    """A row for each unit: so many pledges, on so many anything was reported."""
    file = small / "zh/bulletin-official.pdf"
    assert strokes_on_paper(file) == Counter()
    text = squeezed("".join(glyphs.texts(file)))
    for unit in at_least_one(rows(small, "units")):
        own = [row for row in counted(small) if row["unit"] == unit["id"]]
        row = f"{unit['name_zh']}{len(own)}{sum(row['updates'] != '0' for row in own)}"
        assert row in text, row
