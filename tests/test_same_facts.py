"""The pages, the bulletin, the official layout, the parallel edition and the sheets state the same facts.

Each fact of a unit and of its pledges is replaced in turn: what stays as it was does not state it."""

from __future__ import annotations

import pytest
from stated import DOCUMENTS, ROOT, Statements, Way

OF_FILES = {"ref", "stamp", "small", "width", "height", "id", "draft", "translated", "first", "last"}
"""Fields by which files are found and things are sorted, or which no document that is published can have."""

PAGE = {
    "unit.card.short": "a name for small pictures",
    "unit.card.reported": "the outcome says it",
    "unit.card.outcome.parts.n": "the length of a part of the bar",
    "unit.card.ended": "`unit.ended` says it",
    "unit.card.checkable.also": "only numbers of alerts have it",
    "unit.joint.is_joint": "the heading says it; only what was taken over needs the word",
    "unit.notices.result": "the state of a notice says it",
    "unit.notices.withdrawn": "that it was withdrawn; the page of the notice says when",
    "pledges.notices.result": "the state of a notice says it",
    "pledges.notices.withdrawn": "that it was withdrawn; the page of the notice says when",
    "pledges.updates.notice": "the link has its title; the rest stands among the notices",
    "pledges.updates.deadline.kind": "the words for the deadline follow from what was written",
    "pledges.item.deadline.now.kind": "the same",
    "unit.in_charge.role": "where nothing is stated of any of them, one sentence says so",
}
"""What is no fact of its own."""

ELSEWHERE = {
    "unit.card.outcome": "the table of all units counts them",
    "unit.card.checkable": "the same table",
    "unit.card.dated": "the same table",
    "unit.card.reported": "the same table",
    "unit.card.late": "the list of pledges that are late stands in front",
    "unit.card.watched": "the same list",
    "unit.card.as_of": "the same list",
    "unit.card.short": "a name for small pictures",
    "unit.card.ended": "`unit.ended` says it",
    "unit.programmes": "each pledge names its own",
    "unit.source.paragraph": "the whole statement stands under the heading",
    "unit.notices": "the notices are printed in full behind the units, each with the pledges that it names",
    "pledges.why": "the front says what the levels mean; why each pledge has its own stands on its page",
    "pledges.of": "the pledges are counted at the head of the unit",
    "pledges.previous": "a link of the page",
    "pledges.following": "a link of the page",
    "pledges.last_event": "the day for a citation of the page",
    "pledges.item.unit": "the pledges stand under their unit",
    "pledges.periods": "they are counted and the missing ones named; the reports are entries of the record",
}
"""What the documents do not state in the section of a unit, and where or why."""

OFFICIAL = {
    "unit.card.kind": "the totals count the kinds",
    "pledges.item.themes": "it says itself that the themes are in the reading edition",
    "pledges.updates.state": "the mark of an entry, which is named in words",
}

SHEET = {
    "unit.card.kind": "a sheet stands alone",
    "unit.card.order": "the same",
    "unit.source": "the foot names the source",
    "unit.heads": "it shows who signed",
    "unit.in_charge": "the page says it",
    "unit.renamed.reason": "the page says why, and what that rests on",
    "unit.renamed.evidence": "the same",
    "unit.ended.reason": "the same",
    "unit.ended.evidence": "the same",
    "pledges.item.checkable": "the page says it",
    "pledges.item.themes": "the same",
    "pledges.item.programmes": "the same",
    "pledges.item.numbers": "the same",
    "pledges.item.status.as_of": "the day is named once, above the pledges",
    "pledges.item.status.ended": "the page names the last day of a notice; the state holds from the day after",
    "pledges.assigned": "the page says it",
    "pledges.source": "the same",
    "pledges.formerly": "the same",
    "pledges.split_from": "the same",
    "pledges.split.reason": "the same",
    "pledges.split.evidence": "the same",
    "pledges.target.what": "the text of the pledge says it",
    "pledges.moved": "both deadlines stand beside the pledge",
    "pledges.targets": "both figures stand beside the pledge",
    "pledges.first_period": "the page says it",
    "pledges.updates": "of the record there is the state, and what an acceptance rests on",
    "pledges.notices": "the page names them",
    "pledges.reply": "it says that there is one",
}
"""What finds no room on a single sheet even where it is roomiest."""


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory) -> dict[Way, set[str]]:
    """For each fact of the example, which shows every field, what does not state it."""
    statements = Statements(ROOT / "examples" / "linjiang" / "content", tmp_path_factory.mktemp("cache"))
    return {way: left for way, left in statements.silent().items() if way[-1] not in OF_FILES}


def declared(ways: set[Way], *tables: dict[str, str]) -> tuple[set[str], set[str]]:
    """Those of some ways that no table explains, and the entries of the tables that explain none."""
    entries = {entry for table in tables for entry in table}
    used = {entry for entry in entries for way in ways if f"{'.'.join(way)}.".startswith(f"{entry}.")}
    left = {".".join(way) for way in ways if not any(f"{'.'.join(way)}.".startswith(f"{entry}.") for entry in used)}
    return left, entries - used


def test_a_page_states_every_fact(silent: dict[Way, set[str]]) -> None:
    left, unused = declared({way for way, where in silent.items() if "page" in where}, PAGE)
    assert (left, unused) == (set(), set())


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_states_every_fact_of_the_pages(silent: dict[Way, set[str]], document: str) -> None:
    ways = {way for way, where in silent.items() if document in where}
    left, unused = declared(ways, ELSEWHERE, *([OFFICIAL] if document == "official" else []))
    assert (left - silent_on_pages(silent), unused) == (set(), set())


def test_a_sheet_states_what_it_has_room_for(silent: dict[Way, set[str]]) -> None:
    left, unused = declared({way for way, where in silent.items() if "sheet" in where}, ELSEWHERE, SHEET)
    assert left - silent_on_pages(silent) == set()
    assert unused <= set(ELSEWHERE), "a sheet has room for some of it"


def silent_on_pages(silent: dict[Way, set[str]]) -> set[str]:
    return {".".join(way) for way, where in silent.items() if "page" in where}
