"""The words that the shared texts do not use, and why; what explanations rest on is said once where it is usual."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from reached import at_least_one

ROOT = Path(__file__).resolve().parent.parent
CONTENT = ROOT / "content"

RETIRED = {
    "zh": {
        "公报": "a kind of official document, which this is not",
        "未报送": "blames units that owed no report",
        "整改中|已销号|重新整改|申请销号": "most pledges are no problems to be put right or struck off",
        "表态": "has come to mean words without deeds",
        "编者按": "stands before an article; a note is 编者注",
        "记账": "keeping a score to settle",
        "墨[色线]|青[色线]|朱色": "one thing, one word: 黑、蓝、红",
        "过后再查|小毛病|点开|改好": "spoken, not printed",
        "第[一二三四五六七八九十]+点": "paragraph and item in the same figures",
    },
    "en": {
        r"\bGazette\b": "the program's name, and a journal of legal notices",
        r"\b[Ll]edger\b": "a book of accounts",
        r"\bink\b|\bplain text\b|\bvermilion\b": "one thing, one word: black, blue, red",
        r"\brelapse": "illness relapses, problems recur",
        r"\b[Mm]echanism": "arrangements",
        r"\bmakes? sure that\b|\bmaking sure that\b": "ensure, or a plain verb",
        r"\bthe East Lake (?!Eco|High|Scenic)": "East Lake has no article",
        r"\bdoubtful spots?\b": "passages",
        r"\b[Ss]tanding work\b": "ongoing work",
        r"\bSeniors\b": "easy view",
        r"\btook .* apart\b": "to take apart is to demolish in argument",
    },
}
"""What is not to be written, and why."""


def texts(value: object, code: str) -> Iterator[str]:
    """All texts of one language in what a YAML file holds."""
    if isinstance(value, dict):
        found = value.get(code)
        yield from [found] if isinstance(found, str) else []
        for each in value.values():
            yield from texts(each, code)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each, code)


def shared(code: str) -> Iterator[tuple[str, str]]:
    """The texts that all pages share, with their file; articles without the addresses of their links."""
    for path in sorted(CONTENT.glob("*.yaml")):
        for text in texts(yaml.load(path.read_text("utf-8"), yaml.CSafeLoader), code):
            yield path.name, text
    for path in sorted((CONTENT / "articles").glob(f"*.{code}.md")):
        yield path.name, re.sub(r"\]\([^)]*\)", "]", path.read_text("utf-8"))


@pytest.mark.parametrize("code", [*RETIRED])
def test_no_retired_word_stands_in_a_shared_text(code: str) -> None:
    found = [*shared(code)]
    assert len({name for name, _ in found}) == 11, "all five files of words and all six articles"
    for word, why in at_least_one(RETIRED[code].items()):
        assert [(name, text) for name, text in found if re.search(word, text)] == [], f"{word}: {why}"


OF_ITS_SOURCE = {"zh": "专版|报纸|长江日报|督察", "en": r"\b(?:supplement|newspaper|Changjiang|inspectorate)\b"}
"""What the promises of the first city were printed in, and why."""


def of_the_first_city(code: str) -> set[str]:
    """The names of the city, of its units and of who signed for them, and of its programmes."""
    site = yaml.safe_load((CONTENT / "site.yaml").read_text("utf-8"))
    found = {site["place"][code], site["title"][code]}
    for path in (CONTENT / "districts").glob("*.yaml"):
        unit = yaml.safe_load(path.read_text("utf-8"))
        found |= {unit[name][code] for name in ("name", "short", "also") if name in unit}
        found.add(unit["signed_by"]["name"][code])
    return found | {each["name"][code] for each in yaml.safe_load((CONTENT / "programmes.yaml").read_text("utf-8"))}


@pytest.mark.parametrize("code", [*OF_ITS_SOURCE])
def test_the_interface_fits_another_city(code: str) -> None:
    """The words and the templates name nothing of the city whose content lies beside them, nor what its source is."""
    names = of_the_first_city(code)
    assert len(names) > 40 and {"zh": "江岸区", "en": "Jiang’an District"}[code] in names
    told = re.compile("|".join([OF_ITS_SOURCE[code], *map(re.escape, names)]))
    words = [*texts(yaml.safe_load((CONTENT / "words.yaml").read_text("utf-8")), code)]
    pages = [path.read_text("utf-8") for path in sorted((ROOT / "templates").rglob("*.*")) if path.suffix != ".svg"]
    assert len(words) > 900 and len(pages) > 100
    assert [found[0] for text in (*words, *pages) for found in told.finditer(text)] == []


def test_usual_explanations_are_said_once_in_the_glossary_and_each_time_elsewhere(real: Path) -> None:
    said = "general usage, in the editors’ words"
    glossary = (real / "en" / "glossary.html").read_text("utf-8")
    entries = dict(re.findall(r'<div id="([^"]+)">(.*?)</div>', glossary, re.S))
    bases = {term["id"]: term["basis"] for term in yaml.safe_load((CONTENT / "glossary.yaml").read_text("utf-8"))}
    usual = {id for id, basis in bases.items() if basis == "usage"}
    assert len(usual) > 30 and [id for id in usual if said in entries[id] or "basis--" in entries[id]] == []
    assert [id for id in bases.keys() - usual if "basis--" not in entries[id]] == []
    assert "Where nothing else is said, the explanation is general usage" in glossary
    programmes = (real / "en" / "programmes.html").read_text("utf-8")
    assert programmes.count(f"Basis (outside the source): {said}") == 3
