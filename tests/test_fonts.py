"""The bundled fonts: what they hold, the heading font, the wordmark."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from gazette.files.cache import Cache
from gazette.fonts import typeface
from gazette.fonts.typeface import PRINT_FONTS, heading_woff2, load_fonts
from gazette.pictures.wordmark import FONT, wordmark
from gazette.rendering.formats import inner, quoted_names, searched
from gazette.rendering.typography import cut, described

PACKAGE = Path(__file__).resolve().parent.parent / "gazette"


def test_print_fonts_hold_gb2312_and_the_rare_names() -> None:
    wanted = set("硚陂晟欷滠湾①→□■“”‘’—…·《》")
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                wanted.add(bytes((row, cell)).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    assert len(wanted) > 6_700
    fonts = load_fonts()
    assert fonts.missing("".join(wanted)) == ""
    assert fonts.missing("好😀 \n") == "😀"
    assert len(fonts.repertoire) > 9_000


def test_other_fonts_are_seen_in_the_same_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is known of the fonts is handed on, with the cache: nothing keeps it from one build to the next."""
    before = load_fonts(Cache(tmp_path, "program"))
    assert before == load_fonts() == load_fonts(Cache(tmp_path, "program"))
    monkeypatch.setattr(typeface, "PRINT_FONTS", PRINT_FONTS[:1])
    now = load_fonts(Cache(tmp_path, "program"))
    assert now.digest != before.digest and now.missing("整") == "整" and before.missing("整") == ""


def test_fonts_are_one_file_a_family_and_weight_with_a_licence() -> None:
    from fontTools.ttLib import TTFont

    names = [str(TTFont(io.BytesIO(path.read_bytes()))["name"].getDebugName(4)) for path in PRINT_FONTS]
    assert len(names) == len(set(names)) >= 5
    assert len(list((PACKAGE / "fonts").glob("OFL-*.txt"))) >= 3


def test_heading_font_repeats_and_keeps_narrow_quotes() -> None:

    from fontTools.ttLib import TTFont

    characters = "整改承诺公开“”’Gazette"
    data = heading_woff2(FONT, characters)
    assert data == heading_woff2(FONT, characters) and data[:4] == b"wOF2"
    font = TTFont(io.BytesIO(data))
    assert set(map(ord, characters)) <= set(font.getBestCmap())
    assert "pwid" in {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}


def test_quotations_in_quotations_take_inner_marks() -> None:
    """GB/T 15834: “ ” outside, ‘ ’ inside, “ ” again in these. Apostrophes stay."""
    assert inner("完成“三网”拆除") == "完成‘三网’拆除"
    assert inner("写明“所谓‘河’长”的") == "写明‘所谓“河”长’的"
    assert inner("Jiang’an’s “three nets”") == "Jiang’an’s ‘three nets’"
    assert inner("the units’ ‘own’ word") == "the units’ “own” word"
    assert inner("plain") == "plain"


def test_names_in_quotation_marks_are_known() -> None:
    assert quoted_names("{site}，“{title}”，编号{id}。") == {"title"}
    assert quoted_names("{site}, “all of {title} ({id})”.") == {"title", "id"}
    assert quoted_names("“plain” {n} “words”") == frozenset()


def test_a_search_needs_each_word_once_and_none_that_stands_beside_it() -> None:
    assert searched("该区将拆除三网，该区将拆除三网；再治理。", "再治理湖泊") == "该区将拆除三网"
    assert searched("The Zone will plant, and plant 12 trees.", "Plant trees") == "the zone will and 12"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("短。", "短。"),
        ("汉" * 79 + "。", "汉" * 79 + "。"),
        ("汉" * 60 + "。" + "字" * 60 + "。", "汉" * 60 + "。"),
        ("汉" * 70 + "，" + "字" * 60 + "。", "汉" * 70 + "…"),
        ("字" * 200, "字" * 80 + "…"),
        ("One sentence that is long enough to be half of it, at least so far as here it goes. " + "more " * 30, None),
        ("word " * 50, "word " * 31 + "word…"),
    ],
)
def test_descriptions_end_behind_sentences_or_words(text: str, shown: str | None) -> None:
    assert described(text) == (shown or text[: text.index(".") + 1])


def test_wordmark_gives_the_tally_its_own_ink() -> None:
    mark = wordmark("整改", "#b32d18")
    assert mark.count("<path") == 2 and 'class="zheng" fill="#b32d18"' in mark and "<title>整改</title>" in mark
    assert "zheng" not in wordmark("Gazette") and "&lt;" in wordmark("<x>")


def test_names_are_cut_where_there_is_room_for_usual_ones() -> None:
    assert cut("武汉东湖新技术开发区", 10) == "武汉东湖新技术开发区"
    assert cut("武汉东湖新技术开发区", 9) == "武汉东湖新技术开发…"
    assert cut("East Lake High-tech Development Zone", 28) == "East Lake High-tech Development Zone"
    assert cut("East Lake High-tech", 5) == "East Lak…"
