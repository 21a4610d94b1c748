"""The search of the real city: whether the right page comes first, and what a question costs."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import needs_chromium
from reached import at_least_one
from searched import Seeker, questions, searchable, seeker

pytestmark = [needs_chromium, pytest.mark.long]

FIRST_QUERY = 60_000
"""Bytes that a first question may cost, with gzip, the script included."""

SCRIPTS = 15_000
"""Bytes of own script that a page may load in all, with gzip."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return searchable(tmp_path_factory, "wuhan")


@pytest.fixture(scope="module")
def reader(site: Path) -> Iterator[Seeker]:
    with seeker(site) as reader:
        yield reader


def wrong(reader: Seeker, name: str) -> list[tuple[str, str, list[str]]]:
    """The questions to which another page comes first, with what comes instead."""
    missed = []
    for language in ("zh", "en"):
        reader.open(f"{language}/search.html")
        reader.page.evaluate("new Promise((go) => setTimeout(go, 300))")
        for own, asked, address in questions(name):
            if own == language and reader.first(language, asked) != [address]:
                missed.append((language, asked, reader.first(language, asked, 3)))
    return missed


def test_of_50_questions_48_have_the_right_page_first(reader: Seeker) -> None:
    assert len(questions("known")) == 50
    assert len(missed := wrong(reader, "known")) <= 2, missed


def test_of_20_questions_that_nothing_was_tuned_on_18_have(reader: Seeker) -> None:
    assert len(questions("untouched")) == 20
    assert len(missed := wrong(reader, "untouched")) <= 2, missed


def test_of_50_others_48_have(reader: Seeker) -> None:
    assert len(questions("others")) == 50
    assert len(missed := wrong(reader, "others")) <= 2, missed


def test_what_makes_a_question_of_it_is_passed_over(reader: Seeker) -> None:
    """So are words for what a page does, where its title does not say them."""
    assert wrong(reader, "sentences") == []


def test_the_answers_are_pages_of_the_site(site: Path) -> None:
    lists = ("known", "untouched", "others", "sentences")
    for language, _, address in at_least_one(each for name in lists for each in questions(name)):
        file, _, place = address.partition("#")
        page = (site / language / file).read_text("utf-8")
        assert not place or f'id="{place}"' in page


def test_a_first_question_costs_little(site: Path, reader: Seeker) -> None:
    """Everything that it loads, with what the box shows of the results."""
    costs = {}
    for language, asked, _ in questions("known")[::3]:
        reader.open(f"{language}/themes.html")
        assert not reader.loaded(), "a page loads nothing of the search before somebody turns to it"
        reader.page.evaluate("document.querySelector('form[data-search] input').focus()")
        reader.type(asked)
        files = reader.loaded()
        assert "static/search.js" in files and f"{language}/search/index.js" in files
        costs[asked] = sum(len(gzip.compress((site / path).read_bytes(), 6)) for path in files)
    assert max(costs.values()) < FIRST_QUERY, costs


def test_the_scripts_of_a_page_are_small(site: Path) -> None:
    scripts = ("site", "ledger", "search")
    sizes = [len(gzip.compress((site / f"static/{name}.js").read_bytes(), 6)) for name in scripts]
    assert sum(sizes) < SCRIPTS, sizes
