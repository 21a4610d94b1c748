"""The bundled fonts: what they hold, the heading font, the wordmark."""

from __future__ import annotations

import html
import io
import re
from pathlib import Path

import pytest
from edits import City
from fontTools.ttLib import TTFont
from published import pages
from reached import at_least_one

from gazette.files.cache import Cache
from gazette.fonts import typeface
from gazette.fonts.typeface import PRINT_FONTS, heading_woff2, load_fonts
from gazette.pictures.wordmark import FONT, wordmark
from gazette.rendering.formats import inner, quoted_names
from gazette.rendering.typography import cut, described
from gazette.searching.beside import searched

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
    names = [str(TTFont(io.BytesIO(path.read_bytes()))["name"].getDebugName(4)) for path in PRINT_FONTS]
    assert len(names) == len(set(names)) >= 5
    assert len(list((PACKAGE / "fonts").glob("OFL-*.txt"))) >= 3


def test_heading_font_repeats_and_keeps_narrow_quotes() -> None:

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


# ── as they are shipped ──────────────────────────────────────────────────────


def test_the_heading_font_comes_with_its_licence(published: Path) -> None:
    """OFL 1.1, condition 2: each copy holds the copyright notice and the licence."""
    licence = (published / "static" / "ofl.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    fonts = [*(published / "static").glob("*.woff2")]
    assert len(fonts) >= 5
    for path in fonts:
        assert TTFont(path)["name"].getDebugName(0) in licence
    assert 'href="../static/ofl.txt"' in (published / "en" / "about.html").read_text("utf-8")


OTHER_FONTS = r'class="(h1--pledge|is-own)"'
"""Headings with titles or words of their own, which are set in the reader's fonts."""


def parts_of(site: Path) -> dict[str, tuple[set[int], list[tuple[int, int]]]]:
    """The parts of the heading font in the order of the style sheet: what each has, and the ranges it is loaded for."""
    css = (site / "static" / "site.css").read_text("utf-8")
    found = {}
    for name, ranges in re.findall(r'url\("(heading[^?"]*)\?[^}]*?unicode-range:([^}]*)}', css):
        ends = ((each.removeprefix("U+").split("-") * 2)[:2] for each in ranges.split(","))
        known = set(TTFont(io.BytesIO((site / "static" / name).read_bytes())).getBestCmap())
        found[name] = known, [(int(first, 16), int(last, 16)) for first, last in ends]
    return found


def test_each_character_of_headings_is_in_the_part_that_a_browser_takes(published: Path) -> None:
    """Of several ranges that hold a character, that is the last one."""
    parts = parts_of(published)
    known: dict[int, str] = {}
    for name, (characters, _) in at_least_one(parts.items()):
        assert not known.keys() & characters, f"{name} has what another part has"
        known |= dict.fromkeys(characters, name)
    for character, name in at_least_one(known.items()):
        taken = [part for part, (_, ranges) in parts.items() if any(a <= character <= b for a, b in ranges)]
        assert taken[-1] == name, chr(character)


def test_heading_font_has_every_heading_character(published: Path) -> None:
    known, checked = set().union(*(characters for characters, _ in parts_of(published).values())), 0
    for page in pages(published):
        for marks, heading in re.findall(r"<h[12]([^>]*)>(.*?)</h[12]>", page.read_text("utf-8"), re.S):
            if "pledge" in page.parent.name or 'class="pledge__title"' in heading or re.search(OTHER_FONTS, marks):
                continue
            words = html.unescape(re.sub(r"<[^>]+>", "", heading))
            absent = {c for c in words if ord(c) not in known and not c.isspace()}
            assert not absent, f"{page}: {absent}"
            checked += 1
    assert checked > 100


@pytest.mark.long
def test_the_heading_font_is_packed_again_only_where_it_holds_another_character_or_font(
    edited: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another output folder needs the same parts, which the cache has."""
    packed: list[str] = []

    def pack(font: Path, characters: str) -> bytes:
        packed.append(characters)
        return heading_woff2(font, characters)

    monkeypatch.setattr(typeface, "heading_woff2", pack)
    elsewhere, cache = edited.folder / "elsewhere", edited.folder / "cache"
    edited.build(elsewhere, cache)
    parts = {path.name: path.read_bytes() for path in elsewhere.glob("static/*.woff2")}
    assert len(parts) == 11 and not packed
    assert parts == {path.name: path.read_bytes() for path in edited.site.glob("static/*.woff2")}
    edited.replace("content/themes.yaml", r"name: \{zh: ", "name: {zh: 喜")
    edited.build(elsewhere, cache)
    assert len(packed) == 1 and "喜" in packed[0]
    monkeypatch.setattr(typeface, "PRINT_FONTS", PRINT_FONTS[::-1])  # which has another digest
    edited.build(edited.folder / "third", cache)
    assert len(packed) == 1 + len(parts)


def test_a_font_that_is_changed_is_noticed_by_the_next_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also by one of the same process, as a preview's are."""
    font = tmp_path / "font.ttf"
    font.write_bytes(min(PRINT_FONTS, key=lambda path: path.stat().st_size).read_bytes())
    monkeypatch.setattr(typeface, "PRINT_FONTS", (font,))
    cache = Cache(tmp_path / "cache", "test")
    before = load_fonts(cache)
    assert load_fonts(cache) == before
    font.write_bytes(font.read_bytes() + b"\0")
    assert load_fonts(cache).digest != before.digest
    assert before.repertoire == frozenset(TTFont(font).getBestCmap())
