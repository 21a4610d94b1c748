"""Where a value stands in a content file, and where it would."""

from __future__ import annotations

import pytest

from gazette.messages.problems import Loc
from gazette.office.file_lines import FileLines
from gazette.office.places import Place
from gazette.reading.yaml.parser import compose

TEXT = """name: {zh: 甲, en: A}
pledges:
  - id: a-1
    text: |
      Some words.

      More.

  - id: a-2
list: [x, y]
"""


def at(*loc: str | int) -> Place:
    return Place.at(FileLines("x.yaml", TEXT.encode()), compose("x.yaml", TEXT, with_ends=True), loc)


@pytest.mark.parametrize(
    ("loc", "words", "in_flow"),
    [
        (("name",), "{zh: 甲, en: A}", False),
        (("name", "en"), "A", True),
        (("pledges", 0, "id"), "a-1", False),
        (("pledges", 0, "text"), "|\n      Some words.\n\n      More.", False),
        (("pledges", 1, "id"), "a-2", False),
        (("list", 1), "y", True),
    ],
)
def test_a_value_has_its_text_from_beginning_to_end(loc: Loc, words: str, in_flow: bool) -> None:
    place = at(*loc)
    assert place.node is not None and place.in_flow == in_flow
    assert TEXT[place.start_of(place.node) : place.end_of(place.node)].rstrip("\n") == words


def test_what_is_not_there_yet_has_a_place_in_what_holds_it() -> None:
    place = at("pledges", 1, "title")
    assert place.node is None and (place.keys, place.count, place.indent) == (["id"], 1, 4)
    assert at("kind").keys == ["name", "pledges", "list"] and at("pledges", 0).count == 2


def test_the_number_and_the_colon_of_a_key() -> None:
    place = at("pledges", 0, "text")
    assert place.number == 1 and TEXT[place.after_colon() - 5 : place.after_colon()] == "text:"
    assert TEXT[place.begin(1) :].startswith("text: |") and TEXT[: place.end(0)].endswith("id: a-1")


@pytest.mark.parametrize("loc", [("other", "zh"), ("pledges", 2), ("pledges", 5, "id")])
def test_a_way_through_nothing_leads_nowhere(loc: Loc) -> None:
    with pytest.raises(LookupError):
        at(*loc)
