"""A word beside a number has the form that the number asks for, in what people are told and on pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import yaml
from program import ROOT
from reached import at_least_one

from gazette.messages.catalogue import TABLE_NAMES, catalogue
from gazette.messages.plurals import FORMS, form_for, inflected
from gazette.messages.problems import Problem
from gazette.model.forms.words import names_in

COUNTS = {"n", "of", "all", "total", "count", "files", "units", "pledges", "texts", "lines", "entries", "changes"}
COUNTS |= {
    "shown",
    "reported",
    "accepted",
    "made",
    "written",
    "removed",
    "content",
    "found",
    "added",
    "rows",
    "sources",
}
"""The blanks that hold how many there are of something."""

NO_NOUN = {"is", "was", "has", "does", "this", "its", "as", "it", "alas", "ends", "comes", "lies", "stays", "needs"}
"""Words that end in s and stand behind one thing."""

NEVER_ONE = {"problems.too_long", "problems.long_run", "problems.evidence_pixels", "words.search.all"}
"""What is told only of many."""


def told() -> Iterator[tuple[str, str]]:
    """All that is told in English, with its table and code; of words of the interface, each form by itself."""
    for table in TABLE_NAMES:
        yield from ((f"{table}.{code}", text) for code, text in getattr(catalogue("en"), table).items())
    yield from _below("words", yaml.safe_load((ROOT / "content" / "words.yaml").read_text("utf-8")))


def _below(name: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and isinstance(value.get("en"), str):
        one, *others = value["en"].split(" | ")
        yield name, one if others else value["en"]  # the first form is the one for 1
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _below(f"{name}.{key}", inner)


def test_there_is_no_one_of_many() -> None:
    """With 1 in each blank that counts, no word in the plural stands behind it."""
    found = []
    for name, text in told():
        whole = inflected(text, dict.fromkeys(re.findall(r"\{(\w+)", text), 1), "en")
        counted = re.sub(r"\{(\w+)\}", lambda blank: "1" if blank[1] in COUNTS else "…", whole)
        nouns = re.findall(r"\b1 (?:(?!of |in |on |and )[a-z]+ )?([a-z]+s)\b", counted)
        found += [(name, counted) for noun in nouns if noun not in NO_NOUN and name not in NEVER_ONE]
    assert found == []


def test_forms_stand_beside_their_number() -> None:
    """In English one for 1 and one for all else; Chinese has no such forms."""
    pairs = [(name, forms.split("|")) for name, text in told() for _, forms in FORMS.findall(text)]
    assert len(pairs) > 40 and [name for name, forms in pairs if len(forms) != 2] == []
    for table in at_least_one(TABLE_NAMES):
        assert [text for text in getattr(catalogue("zh"), table).values() if FORMS.search(text)] == []


@pytest.mark.parametrize(
    ("language", "n", "words"),
    [
        *(
            ("en", n, words)
            for n, words in ((0, "0 problems"), (1, "1 problem"), (2, "2 problems"), (21, "21 problems"))
        ),
        *(("zh", n, f"共 {n} 处问题") for n in (0, 1, 2)),
    ],
)
def test_a_sentence_takes_the_form_of_its_number(language: str, n: int, words: str) -> None:
    assert catalogue(language).console["problems"].format(count=n) == words


def test_two_numbers_choose_each_for_itself() -> None:
    count = catalogue("en").office["count"]
    assert count.format(count=1, units=1) == "1 change, in the file of 1 unit."
    assert count.format(count=2, units=1) == "2 changes, in the file of 1 unit."
    assert count.format(count=2, units=2) == "2 changes, in the files of 2 units."
    problem = Problem.at("a", 1, 1, "covers_missing", found=1, total=1)
    assert "the unit's 1 commitment." in problem.message("en")


def test_a_language_has_its_own_forms() -> None:
    polish = ("plik", "pliki", "plików")
    assert [form_for(polish, n, "pl") for n in (1, 2, 5, 22, 0)] == ["plik", "pliki", "plików", "pliki", "plików"]
    assert [form_for(("fichier", "fichiers"), n, "fr") for n in (0, 1, 2)] == ["fichier", "fichier", "fichiers"]
    assert form_for(("a", "b"), 1, "xx-unknown") == "a" and form_for(("a", "b"), 7, "xx-unknown") == "b"


def test_what_is_no_number_takes_the_last_form_and_braces_stay() -> None:
    assert inflected("{n:one|others} {x}", {"n": "many"}, "en") == "others {x}"
    assert inflected("{{n:one|others}}", {}, "en").format() == "{n:one|others}"


def test_a_word_of_the_interface_may_hold_forms() -> None:
    assert names_in("{n} {n:pledge|pledges} by {units}") == {"n", "units"}
    assert names_in("{n:>3}") is names_in("{n:a|{b}}") is None
