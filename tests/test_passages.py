"""The passages of an article: which blocks of a translation belong to which of its source, whatever comes or goes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gazette.model.translated.passages import blocks, passages
from gazette.office.articles import spliced_article

_BLOCKS = st.sampled_from(
    [
        "## 甲",
        "### 乙",
        "一段。",
        "又一段，\n两行。",
        "- 一\n- 二",
        "| 列 |\n|---|\n| 一 |",
        "> 引",
        "```\n码\n\n```",
        "---",
    ]
)
_BODIES = st.lists(_BLOCKS, max_size=9).map(lambda found: "\n" + "\n\n".join(found) + "\n")


@given(_BODIES, _BODIES, st.integers(0, 3))
def test_every_block_is_in_one_passage(source: str, body: str, known: int) -> None:
    right = {passage.pair("k", "en") for passage in passages(source, body, ())[:known]}
    found = passages(source, body, right)
    assert [kind for each in found for kind in each.kinds] == [block.kind for block in blocks(source)]
    lines = [number for each in found for number in range(each.start, each.end)]
    assert lines == sorted(set(lines))
    assert {line for block in blocks(body) for line in range(block.start, block.end)} <= set(lines)
    for each in found:
        assert each.translation == "\n".join(body.split("\n")[each.start : each.end])


@given(_BODIES, _BODIES)
def test_once_all_is_right_nothing_is_stale_and_a_new_block_is_missing(source: str, body: str) -> None:
    right = {each.pair("k", "en") for each in passages(source, body, ()) if each.source and each.translation}
    assert not [each for each in passages(source, body, right) if each.is_stale("k", "en", right)]


@given(_BODIES, st.integers(0, 9))
def test_a_new_passage_is_missing_in_its_place_and_nothing_else_is(body: str, place: int) -> None:
    own = blocks(body)
    right = {each.pair("k", "en") for each in passages(body, body, ())}
    lines = body.split("\n")
    at = own[place].start if place < len(own) else len(lines)
    new = "\n".join([*lines[:at], "", "全新的一段。", "", *lines[at:]])
    found = passages(new, body, right)
    if [block.kind for block in blocks(new)] == [
        *(b.kind for b in own[:place]),
        "paragraph_open",
        *(b.kind for b in own[place:]),
    ]:
        assert [each.source for each in found if not each.translation] == ["全新的一段。"]
        (missing,) = (each for each in found if not each.translation)
        head = b"---\ntitle: t\n---\n"
        data = spliced_article("a.md", head + body.encode(), (), [(missing, "Quite new.")])
        assert [b.kind for b in blocks(data.decode().removeprefix(head.decode()))] == [b.kind for b in blocks(new)]


def test_what_the_source_says_no_more_is_stale_where_it_stood() -> None:
    source, body = "## 甲\n\n一。\n\n二。\n", "## A\n\nOne.\n\nTwo.\n"
    right = {each.pair("k", "en") for each in passages(source, body, ())}
    first, second = passages("## 甲\n\n二。\n", body, right)
    assert (first.translation, first.is_stale("k", "en", right)) == ("## A\n\nOne.", True)
    assert (second.translation, second.is_stale("k", "en", right)) == ("Two.", False)
