"""Characters that the bulletins cannot print: told in few lines, with what to write; and the tool that adds some."""

from __future__ import annotations

import importlib.util
import sys
import unicodedata
from pathlib import Path
from types import ModuleType

import pytest
from fontTools.ttLib import TTFont
from reached import at_least_one

from gazette.fonts.typeface import FOLDER, load_fonts
from gazette.reading.files.encoding import read_text
from gazette.reading.validation.unprintable import instead, unprintable

ROOT = Path(__file__).resolve().parent.parent
FONTS = load_fonts()


def test_what_input_methods_offer_can_be_printed() -> None:
    signs = "㎡㎥㎞㎏㎜㎝㏄㎎℃☑☐☒✔✓✗№‰①⑳ⅢⅫ→≥≤≠★●■▲※§¶°′″μΩ㈠℡™©€￥〔〕【】「」—…·×÷±∵∴♀♂"
    assert FONTS.missing(signs) == ""


@pytest.mark.parametrize(
    "words", ["區國臺灣個為這對說開關門馬", "Ελληνικά", "Українська їжак", "București ș ț", "Tiếng Việt"]
)
def test_the_scripts_that_are_offered_can_be_printed(words: str) -> None:
    assert FONTS.missing(words) == ""


def test_accents_behind_their_letter_are_put_on_it() -> None:
    assert read_text("x", "cafe\u0301 \u212b".encode()) == "café Å"


def test_every_radical_has_a_character_to_write() -> None:
    radicals = [chr(n) for n in (*range(0x2E80, 0x2EF4), *range(0x2F00, 0x2FD6)) if unicodedata.name(chr(n), "")]
    assert set(map(ord, radicals)).isdisjoint(FONTS.repertoire)
    known = {radical: instead(radical, FONTS) for radical in radicals}
    assert sum(map(bool, known.values())) > 250
    assert all(meant not in radicals and not FONTS.missing(meant) for meant in known.values())
    assert [known[c] for c in "⽬⽔⻔⻓⻅⻢"] == [*"目水门长见马"]


def test_a_file_of_one_script_is_told_in_one_line() -> None:
    arabic = "".join(map(chr, range(0x621, 0x64B)))
    (problem,) = unprintable("x.yaml", f"a: 好\nb: {arabic}\n", FONTS)
    assert (problem.line, problem.column, problem.code) == (2, 4, "script_missing")
    assert "阿拉伯字母" in problem.message("zh") and "Arabic" in problem.message("en")


def test_many_characters_are_one_line_with_a_command_that_is_whole() -> None:
    rare = "".join(map(chr, range(0x20000, 0x20040)))
    assert len(FONTS.missing(rare)) == len(rare)
    (problem,) = unprintable("x.yaml", f"a: {rare}\n", FONTS)
    words = problem.message("en")
    assert problem.code == "character_missing" and "(+59)" in words
    assert f"--add {rare[:60]}." in words


def test_comments_of_yaml_are_not_printed_and_those_of_articles_are() -> None:
    assert list(unprintable("x.yaml", "# 㐂\na: b # 㐂\n", FONTS)) == []
    assert len(list(unprintable("x.yaml", 'a: "b #㐂 c"\n', FONTS))) == 1
    assert len(list(unprintable("x.md", "text #㐂\n", FONTS, comments=False))) == 1


# ── tools/make_print_fonts.py ────────────────────────────────────────────────


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The tool with lists of its own. (The sources would have to be fetched; the bundled fonts stand for them.)"""
    spec = importlib.util.spec_from_file_location("make_print_fonts", ROOT / "tools" / "make_print_fonts.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "make_print_fonts", module)
    spec.loader.exec_module(module)
    for path in module.LISTS.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(module, "LISTS", tmp_path)
    return module


def test_adding_says_of_each_character_what_became_of_it(tool: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    sources = {source: (FOLDER / source.name).read_bytes() for source in tool.SOURCES}
    before = (tool.LISTS / "added.txt").read_bytes()
    assert tool.add(["✅", "𠮷", "目"], sources) == ["目"]
    said = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in said] == ["✅ U+2705", "𠮷 U+20BB7", "目 U+76EE"]
    assert "none" in said[0] and "none" in said[1] and "already" in said[2]
    assert (tool.LISTS / "added.txt").read_bytes() == before


def test_what_a_source_has_is_added_for_good(tool: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    (tool.LISTS / "tongyong-guifan.txt").write_text("一\n", "utf-8")  # so that the fonts have more than is wanted
    sources = {source: (FOLDER / source.name).read_bytes() for source in tool.SOURCES}
    assert tool.add(["㑇"], sources) == ["㑇"]
    assert "added" in capsys.readouterr().out
    assert (tool.LISTS / "added.txt").read_text("utf-8").endswith("㑇\n")
    assert all(ord("㑇") in tool.repertoire(kind) for kind in ("han", "latin", "signs"))


def test_a_sign_makes_no_line_higher(tool: ModuleType) -> None:
    signs, words = (TTFont(FOLDER / f"{name}-Regular.ttf") for name in ("NotoSansSymbols2", "NotoSerifSC"))
    for table, names in at_least_one(tool.HEIGHTS.items()):
        for name in at_least_one(names):
            ratio = (getattr(font[table], name) / font["head"].unitsPerEm for font in (signs, words))
            assert next(ratio) == pytest.approx(next(ratio), abs=0.001), name


def test_the_bundled_fonts_are_those_of_the_tool(tool: ModuleType) -> None:
    assert {path.name for path in FOLDER.glob("*.ttf")} == {source.name for source in tool.SOURCES}
    assert len(list(FOLDER.glob("OFL-*.txt"))) == len({source.package for source in tool.SOURCES})
