"""Values written into content files: only their own lines differ, and what is read back is what was written."""

from __future__ import annotations

import difflib
from typing import Any

import pytest
from program import ROOT, SITE

from gazette.office.splice import Insert, Put, Remove, spliced
from gazette.office.yaml_writing import CannotWrite
from gazette.reading.files.encoding import read_text
from gazette.reading.yaml.parser import compose

FILES = sorted(
    path
    for content in (ROOT / "content", SITE)
    for path in (*content.glob("*.yaml"), *content.glob("districts/*.yaml"))
    if not path.is_symlink()
)


def data_of(data: bytes) -> Any:
    return compose("x", read_text("x", data)).data()


def changed_lines(before: bytes, after: bytes) -> tuple[list[bytes], list[bytes]]:
    """The lines that went, and those that came."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    gone, come = list[bytes](), list[bytes]()
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            gone += old[a:b]
            come += new[c:d]
    return gone, come


def change(text: str, *changes: Put | Insert | Remove) -> str:
    return spliced("x.yaml", text.encode(), changes).decode()


# ── by hand ──────────────────────────────────────────────────────────────────

UNIT = """\
# a remark
name: {zh: 甲区, en:  "A, District" } # names
pledges:
  # the first
  - id: a-1
    title:   # in two languages
      zh: 甲
      en: A
    deadline: 2017 # printed
    why: |  # a reason
      一。

      二。

    # what follows
    updates: []
  - {id: a-2, deadline: '2018', themes: [water,  air]}
  - id: a-3
    updates:
    - date: 2031-01-01   # no deeper
      state: under-way
    - date: 2031-02-01
      state: accepted
    # the end
order:
"""


@pytest.mark.parametrize(
    ("wanted", "old", "new"),
    [
        (Put(("pledges", 0, "deadline"), "2018-06-30"), "deadline: 2017 # printed", "deadline: 2018-06-30 # printed"),
        (Put(("pledges", 1, "deadline"), "2019"), "deadline: '2018'", "deadline: '2019'"),
        (Put(("name", "en"), 'a "b"'), 'en:  "A, District" }', 'en:  "a \\"b\\"" }'),
        (Put(("name", "zh"), "甲, 乙"), "{zh: 甲区,", '{zh: "甲, 乙",'),
        (Put(("order",), "3"), "order:\n", "order: 3\n"),
        (Put(("pledges", 0, "title", "zh"), "一: 二"), "      zh: 甲\n", '      zh: "一: 二"\n'),
        (
            Put(("pledges", 0, "title"), {"zh": "乙"}),
            "   # in two languages\n      zh: 甲\n      en: A\n",
            " {zh: 乙}   # in two languages\n",
        ),
        (
            Put(("pledges", 0, "deadline"), "一\n\n二"),
            "deadline: 2017 # printed\n",
            "deadline: | # printed\n      一\n\n      二\n",
        ),
        (Put(("pledges", 0, "why"), "三。\n\n四。"), "一。\n\n      二。", "三。\n\n      四。"),
        (Put(("pledges", 0, "why"), "三"), "一。\n\n      二。", "三"),
        (
            Put(("pledges", 0, "why"), {"zh": "三"}),
            "|  # a reason\n      一。\n\n      二。\n",
            "{zh: 三}  # a reason\n",
        ),
        (Put(("pledges", 0, "by"), {"zh": "x"}, ("id", "deadline")), " # printed\n", " # printed\n    by: {zh: x}\n"),
        (Put(("pledges", 0, "id0"), "0", ("none",)), "- id: a-1\n", "- id0: 0\n    id: a-1\n"),
        (Put(("pledges", 1, "by"), "b"), "air]}", "air], by: b}"),
        (Put(("pledges", 1, "by"), "b", ("id",)), "{id: a-2, ", "{id: a-2, by: b, "),
        (Put(("pledges", 1, "themes"), ["soil"]), "[water,  air]", "[soil]"),
        (Put(("end",), {"a": ["b"]}), "order:\n", "order:\nend:\n  a: [b]\n"),
        (
            Insert(("pledges", 0, "updates"), 0, {"date": "1", "text": {"zh": "一"}}),
            "updates: []\n",
            "updates:\n      - date: 1\n        text: {zh: 一}\n",
        ),
        (Insert(("pledges", 1, "updates"), 0, {"date": "1"}), "air]}", "air], updates: [{date: 1}]}"),
        (Insert(("pledges", 1, "themes"), 2, "soil"), "  air]", "  air, soil]"),
        (
            Insert(("pledges", 2, "updates"), 2, {"date": "1", "by": "x"}),
            "accepted\n",
            "accepted\n    - date: 1\n      by: x\n",
        ),
        (Insert(("pledges", 2, "updates"), 1, {"date": "1"}), "under-way\n", "under-way\n    - date: 1\n"),
        (
            Insert(("pledges", 2, "updates"), 0, {"date": "1"}),
            "    - date: 2031-01-01",
            "    - date: 1\n    - date: 2031-01-01",
        ),
        (Remove(("pledges", 0, "deadline")), "    deadline: 2017 # printed\n", ""),
        (Remove(("pledges", 0, "title")), "    title:   # in two languages\n      zh: 甲\n      en: A\n", ""),
        (Remove(("pledges", 0, "id")), "- id: a-1\n    title:", "- title:"),
        (Remove(("pledges", 1, "id")), "{id: a-2, ", "{"),
        (Remove(("pledges", 1, "themes")), ", themes: [water,  air]", ""),
        (Remove(("pledges", 2, "updates", 1)), "    - date: 2031-02-01\n      state: accepted\n", ""),
        (Remove(("pledges", 2, "updates", 0)), "    - date: 2031-01-01   # no deeper\n      state: under-way\n", ""),
        (
            Remove(("pledges", 2, "updates", 0, "date")),
            "- date: 2031-01-01   # no deeper\n      state",
            "-    # no deeper\n      state",
        ),
        (Remove(("order",)), "order:\n", ""),
    ],
    ids=repr,
)
def test_only_the_place_changes(wanted: Put | Insert | Remove, old: str, new: str) -> None:
    assert UNIT.count(old) == 1
    assert change(UNIT, wanted) == UNIT.replace(old, new)


def test_many_changes_at_once() -> None:
    first, last = {"date": "2031-03-01", "state": "x"}, {"date": "2031-04-01", "state": "y"}
    found = change(
        UNIT,
        Insert(("pledges", 0, "updates"), 0, first),
        Insert(("pledges", 0, "updates"), 0, last),
        Insert(("pledges", 2, "updates"), 2, first),
        Insert(("pledges", 2, "updates"), 2, last),
        Remove(("pledges", 1, "id")),
        Remove(("pledges", 1, "deadline")),
        Put(("pledges", 0, "deadline"), "2020"),
        Put(("pledges", 0, "withdrawn"), {"date": "2031-01-01", "reason": {"zh": "甲", "en": "A" * 100}}, ("updates",)),
        Remove(("pledges", 0, "id")),
        Remove(("pledges", 0, "title")),
    )
    pledges = data_of(found.encode())["pledges"]
    assert pledges[0]["updates"] == [first, last] and pledges[2]["updates"][2:] == [first, last]
    assert list(pledges[0]) == ["deadline", "why", "updates", "withdrawn"] and pledges[1] == {
        "themes": ["water", "air"]
    }
    assert all(line in found for line in ("# a remark", "# the first", "# printed", "# what follows", "# the end"))


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_marks_and_line_ends_stay(end: str) -> None:
    before = b"\xef\xbb\xbf" + UNIT.replace("\n", end).replace("en: A\n", "en: e\u0301\n").encode()
    changes = [
        Put(("pledges", 0, "deadline"), "2018"),
        Insert(("pledges", 2, "updates"), 2, {"date": "1", "by": "x"}),
        Put(("pledges", 0, "why"), "一\n\n二\n\n三"),
    ]
    after = spliced("x.yaml", before, changes)
    expected = change(UNIT, *changes).replace("\n", end).replace("en: A\n", "en: e\u0301\n")
    assert after == b"\xef\xbb\xbf" + expected.encode()


def test_accents_apart_stay_in_lines_that_do_not_change() -> None:
    before = "a: e\u0301 # e\u0301\nb: x # e\u0301\nc: e\u0301\n"
    assert change(before, Put(("b",), "o\u0308")) == "a: e\u0301 # e\u0301\nb: ö # é\nc: e\u0301\n"


@pytest.mark.parametrize("text", ["a:\n  - b", "a: {b: c}", "a: |\n  b\n\n  c\n\n\n", "a: b\n\n\n# end"])
def test_the_end_of_a_file(text: str) -> None:
    for wanted in (Put(("z",), "1"), Put(("z",), ["1"]), Put(("a",), {"b": "一", "c": "x" * 99})):
        changed = change(text, wanted)
        assert data_of(changed.encode()) == {**data_of(text.encode()), str(wanted.loc[0]): wanted.value}
        assert "# end" in changed or "# end" not in text


@pytest.mark.parametrize("wanted", [Put(("z",), "1"), Put(("a",), {"b": "一"})])
def test_a_file_without_fields_takes_none(wanted: Put) -> None:
    with pytest.raises(LookupError):
        change("a", wanted)


@pytest.mark.parametrize("before", ["", " A", " 'A'", " 2018", " |\n    A\n\n    B\n"])
def test_a_sentence_before_a_remark_has_quotes(before: str) -> None:
    """Without them nobody could tell where it ends."""
    first, _, rest = f"a:{before}".partition("\n")
    text = f"{first} # once\n{rest}b:\n  -{before.partition(' |')[0] or ' x'} # once\n"
    for loc, words in ((("a",), "One, two."), (("b", 0), "一二"), (("a",), "one")):
        changed = change(text, Put(loc, words))
        assert changed.count("# once") == 2
        assert data_of(changed.encode()) == {**data_of(text.encode()), loc[0]: words if len(loc) == 1 else [words]}


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85", "\ufeff", "\u200b", "\x00", "\r", "\x0b", "\ue000"])
def test_what_yaml_or_content_cannot_hold_is_refused(character: str) -> None:
    for wanted in (Put(("order",), f"a{character}b"), Put(("name",), {"zh": f"甲\n\n{character}"})):
        with pytest.raises(CannotWrite) as caught:
            change(UNIT, wanted)
        assert caught.value.args == (f"U+{ord(character):04X}",)


@pytest.mark.parametrize("text", ["a\nb", "a\n", " \n\n b", "a\n\n\nb"])
def test_lines_that_would_flow_together_are_refused(text: str) -> None:
    with pytest.raises(CannotWrite):
        change(UNIT, Put(("order",), text))


def test_what_would_leave_nothing_is_refused() -> None:
    for wanted in (Remove(("a", "b")), Remove(("c", 0))):
        with pytest.raises(CannotWrite):
            change("a:\n  b: 1\nc:\n  - d\n", wanted)
    with pytest.raises(LookupError):
        change("a: {b: 1}\n", Put(("x", "y"), "1"))
