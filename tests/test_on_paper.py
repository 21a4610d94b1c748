"""What the printed editions say is what the pages say; their sizes, and the marks of states."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import cities
import glyphs
import pytest
from glyphs import Glyph, inked, text_of
from jinja2 import Environment, FileSystemLoader
from on_paper import Printed, read, squeezed
from pypdf import PdfReader
from pypdf.generic import ContentStream
from reached import at_least_one

from gazette.model.life.status import STATES, status
from gazette.model.records.lifecycle import event_of
from gazette.model.text.markup import plain
from gazette.site.routes import PARALLEL

EDITIONS = ("zh/bulletin.pdf", "en/bulletin.pdf", PARALLEL, "zh/bulletin-official.pdf")
UNIT_BY_UNIT = EDITIONS[:3]
LEAST = 9
DAY = {"zh": "2031年9月30日", "en": "30September2031"}

each = pytest.mark.parametrize("edition", EDITIONS)


@pytest.fixture(scope="module", params=["nowhere", "wuhan"])
def city(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def printed(city: str, edition: str, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    return read(city, cities.built(tmp_path_factory, city), edition)


@pytest.fixture
def invented(edition: str, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """An edition of the city that has something to tell of every state."""
    return read("nowhere", cities.built(tmp_path_factory, "nowhere"), edition)


# ── sizes and pages ──────────────────────────────────────────────────────────


@each
def test_no_letter_is_smaller_than_9_points(printed: Printed) -> None:
    small = [glyph for page in printed.pages for glyph in page if glyph.text.strip() and glyph.size < LEAST - 0.01]
    assert text_of(small) == ""


@pytest.mark.parametrize("edition", UNIT_BY_UNIT)
def test_what_is_promised_is_set_in_10_and_a_half_points(printed: Printed) -> None:
    """Chinese in every edition; English where it does not stand beside it."""
    han = "zh" in printed.languages
    letters = Counter(
        round(glyph.size, 1)
        for page in printed.pages
        for glyph in page
        if "Bold" not in glyph.font and (glyph.text > "\u2e7f") == han and glyph.size > 9.9
    )
    assert letters.most_common(1)[0][0] == 10.5


@pytest.mark.parametrize("edition", UNIT_BY_UNIT)
def test_each_unit_begins_on_a_page_of_its_own_with_its_first_pledge(printed: Printed) -> None:
    notices = printed.content.content.words["heading.notices"].values()
    units = [(mark, below) for mark, below in _marks(printed.reader) if below and mark.title not in notices]
    starts = [printed.reader.get_destination_page_number(mark) for mark, _ in units]
    assert len(starts) == len(set(starts)) == len(printed.content.unit_files)
    for start, (mark, below) in zip(starts, units, strict=True):
        first = next(line for line in _body(printed.pages[start]) if text_of(line).strip())
        above = float(mark.top) - first[0].y
        assert above < 40, (start + 1, text_of(first))  # nothing but the line that says what kind of unit it is
        assert printed.reader.get_destination_page_number(below[0]) == start


def _marks(reader: PdfReader) -> Iterator[tuple[Any, list[Any]]]:
    """The bookmarks of parts, each with those below it."""
    for mark, after in itertools.pairwise([*reader.outline, None]):
        if not isinstance(mark, list):
            yield mark, after if isinstance(after, list) else []


def _body(page: list[Glyph]) -> Iterator[list[Glyph]]:
    """The lines of a page below its running head."""
    top = max((glyph.y for glyph in page), default=0.0)
    yield from (inked(line) for line in glyphs.lines(page) if inked(line) and line[0].y < top - 5)


# ── marks ────────────────────────────────────────────────────────────────────


def test_every_state_has_a_mark_that_no_other_has() -> None:
    environment = Environment(loader=FileSystemLoader(cities.ROOT / "templates"), autoescape=True)
    drawn = environment.get_template("_states.html").module.drawn
    assert set(drawn) == set(STATES) and len(set(drawn.values())) == len(STATES) == 14
    alerts = environment.get_template("_states.html").module.alerts
    assert len({*drawn.values(), *alerts.values()}) == len(STATES) + len(alerts) == 16


UNSEEN = {"sent-back", "objection", "not-held", "notice-result"}
"""States that no pledge of the invented city is in."""


@pytest.mark.parametrize("edition", UNIT_BY_UNIT)
def test_the_marks_are_printed_and_not_read_aloud(invented: Printed) -> None:
    """The invented city has pledges in nearly every state, and some are late. A mark repeats the word beside it: it is
    drawn as an artifact."""
    drawings = {drawing for page in invented.reader.pages for drawing in _ornaments(page, invented.reader)}
    assert len(drawings) == len({*STATES} - UNSEEN) + len({"late"})


def _ornaments(page: Any, reader: PdfReader) -> Iterator[tuple[Any, ...]]:
    """The paths and their paint of each artifact of a page that is drawn with lines from point to point."""
    own: list[Any] | None = None
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator in (b"BMC", b"BDC"):
            own = [] if operands[0] == "/Artifact" else None
        elif operator == b"EMC":
            if own and any(step[0] == b"m" for step in own) and all(abs(n) <= 16 for _, at in own for n in at):
                yield tuple(own)
            own = None
        elif own is not None and operator in (b"m", b"l", b"c", b"f", b"S", b"h"):
            own.append((operator, tuple(round(float(n), 1) for n in operands)))


# ── what pages say ───────────────────────────────────────────────────────────


@each
def test_a_step_says_what_it_rests_on_the_newest_first(invented: Printed) -> None:
    told = 0
    for unit_file, code in itertools.product(invented.content.unit_files, invented.languages):
        for pledge in (pledge for pledge in unit_file.unit.pledges if pledge.updates):
            at = invented.text.find(squeezed(plain(pledge.done_when[code])))
            for update in reversed(pledge.updates):
                for words in _said(invented, update, code):
                    at = invented.text.find(words, at)
                    assert at >= 0, (pledge.id, update.date, words)
                    told += 1
    assert told > 30


def _said(printed: Printed, update: Any, code: str) -> Iterator[str]:
    """What stands in the history for an update, in order."""
    yield printed.date(update.date, code)
    yield printed.word(f"event.{event_of(update)}", code)
    yield squeezed(plain(update.text[code]))
    if update.reason:
        yield printed.word("update.reason", code) + squeezed(plain(update.reason[code]))
    colon = printed.word("gap.colon", code)
    if update.inspected:
        yield printed.word("update.inspected", code) + colon + printed.date(update.inspected, code)
    for name in ("body", "basis"):
        if getattr(update, name):
            yield printed.word(f"update.{name}", code) + colon + squeezed(getattr(update, name)[code])
    if update.notice:
        first, last = (printed.date(day, code) for day in (update.notice.begin, update.notice.end))
        period = printed.word("deadline.period_words", code).replace("{first}", first).replace("{last}", last)
        yield printed.word("update.notice", code) + colon + period
    for evidence in printed.told_in_order(update.evidence):
        yield printed.word("update.evidence", code) + squeezed(evidence.title[code])
        yield from [squeezed(evidence.url)] if evidence.url else []


@each
def test_nothing_is_late_without_its_day(invented: Printed) -> None:
    """In the record of the pledge, among the deadlines, and in the list of those that are late."""
    for code in at_least_one(invented.languages):
        as_of = invented.word("alert.as_of", code).replace("{date}", DAY[code])
        for alert, n in _late(invented).items():
            words = invented.word(f"alert.{alert}", code)
            assert invented.text.count(words + as_of) >= 2 * n
        past = invented.word("alert.past", code)
        assert invented.text.count(past) == invented.text.count(past + as_of)


def _late(printed: Printed) -> Counter[str]:
    return Counter(row["alert"] for row in printed.rows if row["alert"])


@each
def test_the_front_counts_what_is_late_as_the_data_do(printed: Printed) -> None:
    late = _late(printed)
    for code in at_least_one(printed.languages):
        begin = printed.word("late.as_of", code).replace("{date}", DAY[code])
        counted = [
            _form(printed.content.content.words[f"late.{alert}"][code], late[alert]) for alert in ("overdue", "past")
        ]
        sentence = begin + printed.word("source.comma", code).join(counted)
        times = {"zh/bulletin-official.pdf": 1}.get(printed.file.as_posix()[-24:], 3)
        assert printed.text.count(sentence) == (times if printed.city == "nowhere" else 0), sentence
    if printed.city == "wuhan":
        assert not late


def _form(words: str, n: int) -> str:
    one, _, many = words.partition(" | ")
    return squeezed((many if many and n != 1 else one).replace("{n}", str(n)))


@each
def test_the_yardstick_of_a_principle_is_no_yardstick(printed: Printed) -> None:
    kinds = Counter(row["checkable"] for row in printed.rows)
    for code in at_least_one(printed.languages):
        colon = printed.word("gap.colon", code)
        look = printed.text.count(printed.word("heading.look_at", code) + colon)
        done = printed.text.count(printed.word("heading.done_when", code) + colon)
        assert (look, done) == (kinds["principle"], kinds["yes"] + kinds["partly"])


@each
def test_states_printed_are_those_of_the_day(invented: Printed) -> None:
    """In the official edition each stands with its pledge: behind its text, and before that of the next one."""
    as_of, is_official = invented.content.content.site.as_of, "official" in invented.file.name
    for code in at_least_one(invented.languages):
        pledges = [pledge for unit_file in invented.content.unit_files for pledge in unit_file.unit.pledges]
        begins = [invented.text.index(squeezed(plain(pledge.text[code]))) for pledge in pledges]
        for pledge, begin, end in at_least_one(zip(pledges, begins, [*begins[1:], len(invented.text)], strict=True)):
            found = status(pledge, as_of)
            name = "alert.past" if found.alerts == ("past",) else f"state.{found.code}"
            where = invented.text[begin:end] if is_official else invented.text
            assert invented.word(name, code) in where, pledge.id


@pytest.mark.parametrize("edition", [PARALLEL])
def test_contents_give_the_page_in_both_languages(printed: Printed) -> None:
    contents = "\n".join(squeezed(text_of(line)) for line in glyphs.lines(printed.pages[2]))
    for unit_file in at_least_one(printed.content.unit_files):
        names = [squeezed(unit_file.unit.name[code]) for code in printed.languages]
        pages = [re.findall(rf"^\d*{re.escape(name)}\n\.+\n(\d+)$", contents, re.M) for name in names]
        assert len(pages[0]) == 1 and pages[0] == pages[1], names


@each
def test_addresses_are_printed_and_lead_somewhere(printed: Printed) -> None:
    links = {
        str(link.get_object()["/A"]["/URI"])
        for page in printed.reader.pages
        for link in page.get("/Annots", [])
        if "/A" in link.get_object()
    }
    assert any(address.startswith(cities.BASE) for address in links)
    pictures = {cities.BASE + row["file"] for row in printed.pictures} if printed.shows_pictures else set()
    assert pictures <= links  # the larger one is a click away: its address stands on the page of the pledge
    for address in links - pictures:
        assert squeezed(address) in printed.text, address


@each
def test_without_an_issue_nothing_is_said_of_it(printed: Printed) -> None:
    cover = printed.texts[0]
    for code in at_least_one(printed.languages):
        assert printed.word("heading.bulletin", code) in cover
    assert not re.search(r"第\d*期|No\.|·$|^·", cover)
