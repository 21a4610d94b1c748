"""The brief: one page that leads with what is late, and whose totals are those of the data."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from cities import CITIES
from handouts import DAY, ROOT, SITE, Build, inside, rows, shown, squeezed, texts, word, words
from laid_out import single_pages
from reached import at_least_one
from test_bulletins import each

from gazette.messages.plurals import inflected
from gazette.planning.documents.layouts import FEWER_CHANGES, FEWER_LATE

EXAMPLE = ROOT / "examples" / "linjiang" / "content"


@each
def test_a_brief_is_one_page_and_its_totals_are_those_of_the_data(printed: Build, city: str, code: str) -> None:
    folder, units = printed(city), texts(CITIES[city])
    inside(file := folder / code / "brief.pdf")
    text, all_rows = shown(file), [row for row in rows(folder) if row["status"] != "split"]  # counted as its parts
    reported = [row for row in all_rows if int(row["updates"])]
    accepted = [row for row in all_rows if row["status"] == "accepted"]
    late = [row for row in all_rows if row["alert"]]
    of, n = len(all_rows), len(reported)
    finding = words()["result"]["some" if n else "none"][code].rpartition(" | ")[2]
    finding = squeezed(inflected(finding, {"n": of, "reported": n, "accepted": len(accepted)}, code))
    assert finding.format(n=of, reported=n, accepted=len(accepted)) in text
    of_units = {
        id: squeezed(unit["short"][code])
        + "".join(str(sum(row["unit"] == id for row in some) or "·") for some in (all_rows, reported, accepted, late))
        for id, unit in units.items()
    }
    assert [id for id, line in of_units.items() if line not in text] == ([] if reported or late else [*units])
    states = {row["status"] for row in all_rows}
    for state in at_least_one(words()["state"]):
        said = f"{word(f'state.{state}', code)}{sum(row['status'] == state for row in all_rows)}"
        assert (said in text) == (state in states), state
    split = sum(row["status"] == "split" for row in rows(folder))  # not in the total, so in no row
    told = squeezed(words()["status"]["split"][code].partition(" | ")[0]).format(n=split)
    assert split <= 1 and (told in text) == bool(split)


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
    told = (printed(city) / "data" / "history.csv").read_text("utf-8-sig").count("\n") - 1 if days else 0
    said = squeezed(words()["brief"]["changes"][code]).format(n=told, shown=len(days))
    assert (said in text) == bool(days), "as many in all as the data and the page of changes have"


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
    briefs = [*single_pages(content, tmp_path / "cache", "brief")]
    assert len(briefs) == 2
    for path, data in briefs:
        (file := tmp_path / path.replace("/", "-")).write_bytes(data)
        inside(file)
        code, text = path[:2], shown(file)
        assert word("brief.late_most", code).format(n=32, shown=12) in text
        assert word("nav.themes", code) in text and word("heading.matrix", code) not in text


@pytest.mark.long
def test_a_brief_without_room_for_the_matrix_lists_what_is_late_before_the_newest_changes(tmp_path: Path) -> None:
    """All that is late stands in both languages; the newest changes where there is room for them, too."""
    texts = {}
    for path, data in single_pages(EXAMPLE, tmp_path / "cache", "brief"):
        (file := tmp_path / path.replace("/", "-")).write_bytes(data)
        inside(file)
        text = texts[path[:2]] = shown(file)
        assert word("brief.elsewhere", path[:2]) in text and word("heading.matrix", path[:2]) not in text
        assert word("brief.heading_late", path[:2]).partition("{")[0] in text
        assert word("brief.late_most", path[:2]).rpartition("}")[2] not in text
    changes = texts["zh"][texts["zh"].index(word("brief.heading_changes", "zh")) :]
    assert len(re.findall(r"20\d\d年\d+月\d+日，", changes)) in FEWER_CHANGES
    assert word("brief.changes_elsewhere", "zh") not in texts["zh"]


@pytest.mark.long
def test_the_list_of_what_is_late_is_shortened_before_it_goes(tmp_path: Path) -> None:
    """A longer note at the head leaves no room for all: the first are listed, and how many there are is said."""
    content = tmp_path / "content"
    shutil.copytree(EXAMPLE, content)
    site = content / "site.yaml"
    text = site.read_text("utf-8")
    note = next(line for line in text.splitlines() if line.startswith("  en: Linjiang is a city made up"))
    site.write_text(text.replace(note, note + " It was made up" * 8), "utf-8")
    ((path, data),) = [*single_pages(content, tmp_path / "cache", "en/brief")]
    (file := tmp_path / path.replace("/", "-")).write_bytes(data)
    inside(file)
    told = word("brief.late_most", "en").format(n=6, shown=r"(\d)")
    found = re.search(told, shown(file))
    assert found and int(found[1]) in FEWER_LATE
    assert word("brief.late_elsewhere", "en") not in shown(file)
