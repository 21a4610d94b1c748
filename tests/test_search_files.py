"""The files of the search: what an edit makes again, and what is in them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from edits import City
from program import ROOT, tree
from reached import at_least_one

from gazette.searching.postings import HEAVIEST, Searched, in_base_36, line, weights
from gazette.searching.shards import BEGUN_BY, IN_A_BLOCK, blocks_for, place, shards_for
from gazette.searching.tokens import Tokenizer

WORDS = yaml.load((ROOT / "content" / "words.yaml").read_text("utf-8"), yaml.CSafeLoader)["search_words"]
SHARDS = shards_for(4)


def tokens(language: str, text: str) -> set[str]:
    return {*Tokenizer(WORDS["passed_over"][language], WORDS["endings"][language]).of(text)}


def shards_of(language: str, some: set[str]) -> set[str]:
    return {f"{language}/search/{SHARDS}-{place(token[:BEGUN_BY], SHARDS)}.js" for token in some}


def changed(city: City) -> set[str]:
    """The files of the search that a build after an edit writes; each as a clean build makes it."""
    before = tree(city.site)
    report = city.incremental()
    after = tree(city.site)
    assert after == city.clean()
    different = {path for path in before | after if before.get(path) != after.get(path)}
    assert different == {*report["written"], *report["removed"]}
    return {path for path in different if "/search/" in path}


def test_an_edit_makes_the_shards_of_the_words_that_it_touches(edited: City) -> None:
    """Of one word in a pledge: the shards that lose or gain one of its tokens, and the block with its text."""
    place_of = r"The hour is published and kept\."
    unit = (edited.content / "districts" / "yinghuo.yaml").read_text("utf-8")
    assert len(re.findall(place_of, unit)) == 1
    edited.replace("content/districts/yinghuo.yaml", place_of, "The hour is published and known.")
    assert changed(edited) == {"en/search/u4-0.js"} | shards_of("en", tokens("en", "kept") ^ tokens("en", "known"))


def test_an_edit_of_what_no_search_finds_makes_nothing_of_it(edited: City) -> None:
    edited.replace("content/districts/yinghuo.yaml", r"(?m)^", "# a remark\n")
    assert changed(edited) == set()


def test_a_new_glossary_term_makes_its_own_shards(edited: City) -> None:
    """Those of its words, and the block that its id falls in; of units, which name it nowhere, nothing."""
    path = edited.content / "glossary.yaml"
    names, text = "{zh: 灯塔, en: lighthouse}", "{zh: 岸边的灯。, en: A lamp on the shore.}"
    term = f"- id: dengta\n  term: {names}\n  text: {text}\n  basis: usage\n"
    path.write_text(f"{path.read_text('utf-8').rstrip()}\n{term}", "utf-8")
    found = changed(edited)
    own = shards_of("zh", {*tokens("zh", "灯塔 岸边的灯。lighthouse"), "灯", "塔"})
    own |= shards_of("en", tokens("en", "lighthouse. A lamp on the shore. 灯塔"))
    assert {path for path in found if path.rpartition("/")[2][0].isdigit()} == own
    assert not [path for path in found if "/search/u" in path]


def test_a_unit_that_goes_takes_its_words_along(edited: City) -> None:
    assert "u4-0.js" in {path.name for path in (edited.site / "zh" / "search").iterdir()}
    (edited.content / "districts" / "yinghuo.yaml").unlink()
    edited.replace("content/site.yaml", r".*unit: yinghuo.*\n", "")
    gone = changed(edited)
    assert {"zh/search/u4-0.js", "en/search/u4-0.js"} < gone
    for path in at_least_one(edited.site.glob("*/search/*.js")):
        assert path.name != "u4-0.js" and not re.search(r"(?m)^4 ", path.read_text("utf-8")), path


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_record_is_in_a_block(edited: City, language: str) -> None:
    """What a shard names is there to be shown, and no block is large."""
    files = {path.stem: path.read_text("utf-8") for path in (edited.site / language / "search").glob("*.js")}
    settings = read(files["index"])
    assert settings["shards"] == SHARDS
    assert sum(name[0].isdigit() for name in files) == SHARDS
    for name, text in files.items():
        if not name[0].isdigit():
            continue
        for key, *entries in (
            entry.split(" ") for entry in text.partition("`")[2].rpartition("`")[0].split("\n") if entry
        ):
            for number in {number for entry in entries for number in re.findall("[A-I]([0-9a-z]+)", entry)}:
                n = int(number, 36)
                shared = ":" in key
                block = (
                    f"r{settings['blocks']}-{place(key, settings['blocks'])}" if shared else f"u{key}-{n // IN_A_BLOCK}"
                )
                record = read(files[block])[key if shared else str(n)]
                page = edited.site / language / record[0].partition("#")[0]
                assert page.is_file() and record[1]


def read(text: str) -> dict[str, object]:
    """What a file hands to the script."""
    found = json.loads(text.partition(" = ")[2].rstrip().removesuffix(";"))
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(("number", "written"), [(0, "0"), (35, "z"), (36, "10"), (46655, "zzz"), (9999, "7pr")])
def test_numbers_are_written_as_a_script_reads_them(number: int, written: str) -> None:
    assert in_base_36(number) == written and int(written, 36) == number


def test_a_short_title_weighs_more_than_a_long_one() -> None:
    def weigh(title: str) -> int:
        return weights(Tokenizer("", ""), Searched(title))["整改"]

    assert weigh("整改") == HEAVIEST > weigh("整改责任") > weigh("整改责任落实到每一个单位") > 1


def test_what_one_record_says_changes_no_line_of_another() -> None:
    tokenizer = Tokenizer("", "")
    one, other = weights(tokenizer, Searched("整改")), weights(tokenizer, Searched("水", texts=("整改",)))
    assert line({1: one})["整改"] == "I1"
    assert line({1: one, 12: other})["整改"] == "I1Ac"


def test_blocks_hold_few_records() -> None:
    for records in (1, 7, 8, 100, 1000):
        assert records / blocks_for(records) < IN_A_BLOCK / 2
    assert [shards_for(units) for units in (1, 40, 41, 700)] == [16, 32, 32, 128]


def test_the_folder_of_a_language_holds_nothing_else(edited: City) -> None:
    names = {path.name for path in Path(edited.site / "zh" / "search").iterdir()}
    assert all(re.fullmatch(r"(\d+-\d+|r\d+-\d+|u[0-9a-z]+-\d+|index)\.js", name) for name in names)
