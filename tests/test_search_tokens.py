"""The tokens of the search: what the program makes of the content and the script of what a reader types is the same."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator

import pytest
import yaml
from chromium import Tab, needs_chromium, tab
from hypothesis import given, settings
from hypothesis import strategies as st
from program import ROOT, SITE

from gazette.searching.shards import place
from gazette.searching.tokens import Tokenizer, folded

WORDS = yaml.load((ROOT / "content" / "words.yaml").read_text("utf-8"), yaml.CSafeLoader)["search_words"]
TOKENIZERS = {code: Tokenizer(WORDS["passed_over"][code], WORDS["endings"][code]) for code in ("zh", "en")}

KNOWN = st.characters(exclude_categories=("Cs", "Cn", "Co"), max_codepoint=0x2FFFF)
"""Characters that this Python and any later browser agree about."""

LIKELY = st.sampled_from(
    [*"的水环境　，。“”（）一二〇々ＡａZz09.,-_ '’éßİΣσςﬁ①㎡½ｶﾞアかき", "\u0301", "\U00020000", "\uac00"]
)
ENDED = st.builds("".join, st.tuples(st.text("abcdeinst", min_size=1), st.sampled_from(WORDS["endings"]["en"].split())))
TEXTS = st.one_of(
    st.text(KNOWN), st.text(LIKELY), st.lists(ENDED.map(lambda word: word.partition(":")[0])).map(" ".join)
)


@pytest.fixture(scope="module")
def script() -> Iterator[Tab]:
    """A page that has the script of the search and nothing to look up."""
    source = (ROOT / "templates" / "static" / "search.js").read_text("utf-8")
    with tab() as page:
        page.open("about:blank")
        page.evaluate(
            f"Object.defineProperty(document, 'currentScript', {{value: {{src: 'file:///a/b.js'}}}});{source}"
        )
        yield page


def of_script(script: Tab, language: str, texts: list[str]) -> list[list[str]]:
    """The tokens that the script makes of some texts."""
    tokenizer = TOKENIZERS[language]
    rules = json.dumps({"passed_over": tokenizer.passed_over, "endings": tokenizer.endings})
    return [*script.evaluate(f"{json.dumps(texts)}.map((text) => gazetteSearch.tokens({rules}, text))")]


@needs_chromium
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_script_makes_the_same_tokens_of_any_text(script: Tab, language: str) -> None:
    @settings(max_examples=40, deadline=None)
    @given(st.lists(TEXTS, min_size=1, max_size=40))
    def check(texts: list[str]) -> None:
        assert of_script(script, language, texts) == [[*TOKENIZERS[language].of(text)] for text in texts]

    check()


@needs_chromium
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_script_makes_the_same_tokens_of_the_content(script: Tab, language: str) -> None:
    """Every word of both cities, the invented one and the real one."""
    files = [
        *(ROOT / "content" / "districts").iterdir(),
        *(SITE / "districts").iterdir(),
        ROOT / "content/glossary.yaml",
    ]
    lines = [line for file in sorted(files) for line in file.read_text("utf-8").splitlines()]
    assert of_script(script, language, lines) == [[*TOKENIZERS[language].of(line)] for line in lines]


@needs_chromium
def test_the_script_looks_in_the_same_shard(script: Tab) -> None:
    names = ["整改", "水", "rive", "\U00020000", "term:xiaohao", "ß", "0"]
    for parts in (1, 32, 256):
        found = script.evaluate(f"{json.dumps(names)}.map((name) => gazetteSearch.place(name, {parts}))")
        assert found == [place(name, parts) for name in names]


@pytest.mark.parametrize(
    ("language", "text", "tokens"),
    [
        ("zh", "一级A", "一级 a"),
        ("zh", "76个问题", "76 个问 问题"),
        ("zh", "清水入江”工程", "清水 水入 入江 工程"),
        ("zh", "水", "水"),
        ("zh", "ＰＭ２．５和PM2.5", "pm25 和 pm25"),
        ("en", "The districts’ sewage works", "district sewag work"),
        ("en", "inspections, inspected, inspecting, inspection", "inspect inspect inspect inspect"),
        ("en", "Rectify, rectified, rectification", "rectif rectif rectif"),
        ("en", "parties party; planned planning plan", "parti parti plan plan plan"),
        ("en", "Jiang’an Jiang'an JIANGAN café", "jiangan jiangan jiangan caf"),
        ("en", "1,000.5 and 2017", "10005 2017"),
        ("en", "of the to", ""),
    ],
)
def test_texts_are_cut_into_tokens(language: str, text: str, tokens: str) -> None:
    assert " ".join(TOKENIZERS[language].of(text)) == tokens


@given(st.text(KNOWN))
def test_what_looks_the_same_is_folded_to_the_same(text: str) -> None:
    assert folded(unicodedata.normalize("NFC", text)) == folded(unicodedata.normalize("NFD", text))
    assert "’" not in folded(text)


@given(st.text(KNOWN))
def test_tokens_hold_no_sign_of_the_files(text: str) -> None:
    """A line of a shard is parted by spaces, the weights behind a token begin with a capital letter, and a script holds
    it between two grave accents."""
    tokens = [token for tokenizer in TOKENIZERS.values() for token in tokenizer.of(text)]
    assert [token for token in tokens if not token or set(token) & set(" \n`\\$ABCDEFGHI")] == []
