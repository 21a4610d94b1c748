"""The bulletins as an archive, a screen reader and somebody who computes with them find them."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import glyphs
import pytest
import verapdf
from cities import CITIES, built, carried_tables
from compiled import compiled
from cut_down import cut_down, one_unit
from published import LANGUAGES, rows
from pypdf import PdfReader
from reached import at_least_one
from structure import elements
from typefaces import faces, wrong_glyphs
from verapdf import validated

import build
from gazette import pdf as printing
from gazette.pdf.attach import detach
from gazette.publishing import validator
from gazette.site.tables import ENDINGS, TABLES

BULLETINS = [(city, code) for city in CITIES for code in ("zh", "en")]

each = pytest.mark.parametrize(("city", "code"), BULLETINS)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder of a city's bulletins and data."""
    return partial(built, tmp_path_factory)


Built = Callable[[str], Path]


# ── standards ────────────────────────────────────────────────────────────────


@pytest.mark.long
@validated
@pytest.mark.parametrize("code", ["zh", "en"])
def test_a_bulletin_keeps_to_both_standards(site: Built, code: str) -> None:
    assert verapdf.broken_by_site(site("nowhere"))[f"{code}/bulletin.pdf"] == []


SPOILT = {
    "5-": ("ua1", b"<pdfuaid:part>1<", b"<pdfuaid:part>2<"),
    "6.8-": ("3a", b"/AFRelationship", b"/XXRelationship"),
    "6.6.4-": ("3a", b'pdfaid:conformance="A"', b'pdfaid:conformance="B"'),
}
"""How each of some rules is broken: the profile that has it, what stands in the file, and what instead."""


@pytest.mark.long
@validated
def test_the_validator_sees_what_is_missing(site: Built, tmp_path: Path) -> None:
    data = (site("nowhere") / "en" / "bulletin.pdf").read_bytes()
    promises: dict[Path, tuple[str]] = {}
    for rule, (profile, there, instead) in SPOILT.items():
        assert there in data
        (spoilt := tmp_path / rule).write_bytes(data.replace(there, instead))
        promises[spoilt] = (profile,)
    for spoilt, broken in at_least_one(validator.broken_rules(promises).items()):
        assert any(each.startswith(spoilt.name) for each in broken), spoilt.name


@pytest.mark.parametrize(("code", "other"), [("zh", "en"), ("en", "zh-Hans")])
def test_tags_tell_languages_pictures_and_links(site: Built, code: str, other: str) -> None:
    reader = PdfReader(site("nowhere") / code / "bulletin.pdf")
    found = list(elements(reader))
    languages = {str(element["/Lang"]) for element in found if "/Lang" in element}
    assert other in languages and languages <= {"zh-Hans", "en"}
    figures = [element for element in found if element.get("/S") == "/Figure"]
    assert figures and all(element.get("/Alt") for element in figures)
    links = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    targets = {str(link["/Dest"]) for link in links if "/Dest" in link}
    assert len(targets) > 10 and not targets & {str(link["/Contents"]) for link in links}


# ── the data that it carries ─────────────────────────────────────────────────


@each
def test_a_bulletin_carries_the_open_data(site: Built, city: str, code: str) -> None:
    folder = site(city)
    reader = PdfReader(folder / code / "bulletin.pdf")
    root = reader.trailer["/Root"]
    tree = [part.get_object() for part in root["/Names"]["/EmbeddedFiles"]["/Names"]]
    specs = dict(zip(map(str, tree[::2]), tree[1::2], strict=True))
    assert [*specs] == carried_tables(folder / "data")
    assert [spec.get_object() for spec in root["/AF"]] == [*specs.values()]
    for name, spec in specs.items():
        stream = spec["/EF"]["/F"].get_object()
        assert stream.get_data() == (folder / "data" / name).read_bytes()
        assert stream["/Subtype"] == {"csv": "/text/csv", "json": "/application/json"}[name.partition(".")[2]]
        assert spec["/AFRelationship"] == "/Data" and spec["/UF"] == name
        assert bool(re.search("[㐀-鿿]", spec["/Desc"])) == (code == "zh")
        day = {"nowhere": "D:20310930", "wuhan": "D:19700101"}[city]
        assert stream["/Params"]["/ModDate"] == stream["/Params"]["/CreationDate"] == day


@pytest.mark.long
def test_words_in_one_language_lay_out_one_bulletin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The other one only carries other data; and both are what a clean build makes, to the last byte."""
    laid_out = []
    print_it = printing.write_pdf

    def listening(html: str, **more: Any) -> bytes:
        if any("/* The sizes of the bulletin on A4" in style for style in more["stylesheets"]):
            laid_out.append(re.findall(r'<html lang="([^"]+)"', html))
        return print_it(html, **more)

    monkeypatch.setattr(printing, "write_pdf", listening)
    unit = one_unit(tmp_path / "content")
    cut_down(tmp_path / "templates", "bulletin")
    asked = ["--content", str(tmp_path / "content"), "--templates", str(tmp_path / "templates")]
    asked += ["--executor", "serial", "--messages", "en"]

    def built(name: str, *more: str) -> dict[str, bytes]:
        folder, cache = tmp_path / name, compiled(tmp_path / f"cache-{name}")
        assert build.main([*asked, "--output", str(folder), "--cache", str(cache), *more]) == 0
        return {code: (folder / code / "bulletin.pdf").read_bytes() for code in ("zh", "en")}

    before = built("site", "--only", "pdf")
    assert laid_out == [["zh-Hans"], ["en"]]
    text = unit.read_text("utf-8")
    assert "en: Turn the lights off" in text
    unit.write_text(text.replace("en: Turn the lights off", "en: Zealously turn the lights off"), "utf-8")
    after = built("site", "--only", "pdf", "--explain", "zh/bulletin.pdf")
    assert laid_out == [["zh-Hans"], ["en"], ["en"]]
    assert "the data attached to the document are different" in capsys.readouterr().out
    assert detach(after["zh"]) == detach(before["zh"]) and after["zh"] != before["zh"]
    carried = PdfReader(io.BytesIO(after["zh"])).attachments["pledges.json"][0]
    assert "Zealously" in carried.decode() and json.loads(carried)
    assert built("clean", "--only", "pdf") == after

    (tmp_path / "site" / "zh" / "bulletin.pdf").write_bytes(before["en"])  # what another hand put there is no layout
    del laid_out[:]
    unit.write_text(text, "utf-8")
    assert built("site", "--only", "pdf") == before and laid_out == [["zh-Hans"], ["en"]]


# ── hostile content and templates ────────────────────────────────────────────

SECRET = "a secret of this machine"


def hostile_site(folder: Path) -> tuple[str, list[str]]:
    """A small city of one unit with its templates and a secret beside it: the secret's address, and a command."""
    (folder / "secret.txt").write_text(SECRET, "utf-8")
    one_unit(folder / "content")
    cut_down(folder / "templates", "bulletin")
    compiled(folder / "cache")
    asked = [f"--{name}={folder / name}" for name in ("content", "templates", "output", "cache")]
    return (folder / "secret.txt").as_uri(), [*asked, "--executor", "serial", "--only", "pdf"]


def everything_in(document: Path) -> bytes:
    """All that a document holds, unpacked."""
    reader, found = PdfReader(document), []
    for number in range(1, int(reader.trailer["/Size"])):
        thing = reader.get_object(number)
        found.append(thing.get_data() if hasattr(thing, "get_data") else repr(thing).encode())
    return b"".join(found)


def test_content_pulls_nothing_in(tmp_path: Path) -> None:
    """Whatever content holds is text."""
    address, command = hostile_site(tmp_path)
    tags = f"<link rel=attachment href={address}><img src={address}><style>@import url({address})</style>"
    open_tags = tags.replace(">", " ")  # whole ones are refused outside of code
    unit = tmp_path / "content" / "districts" / "yinghuo.yaml"
    text = unit.read_text("utf-8")
    said = '"The zone will turn the lights off at night, “so that the fireflies can be seen”."'
    assert said in text
    unit.write_text(text.replace(said, f"'{open_tags}'"), "utf-8")
    article = tmp_path / "content" / "articles" / "foreword.en.md"
    article.write_text(article.read_text("utf-8") + f"\n\n{open_tags}\n\n`{tags}`\n", "utf-8")
    assert build.main(command) == 0
    document = tmp_path / "output" / "en" / "bulletin.pdf"
    assert "rel=attachment" in "".join(page.extract_text() for page in PdfReader(document).pages)
    assert SECRET.encode() not in everything_in(document)
    carried = {tuple(name.split(".")) for name in PdfReader(document).attachments}
    assert len(carried) >= 6 and carried <= {(name, ending) for name in TABLES for ending in ENDINGS}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_template_that_reaches_outside_is_told(
    tmp_path: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    address, command = hostile_site(tmp_path)
    page = f'<html lang="{{{{ tag }}}}"><title>-</title><link rel="attachment" href="{address}"><h1>-</h1>'
    (tmp_path / "templates" / "bulletin.html").write_text(f"<!doctype html>{page}", "utf-8")
    assert build.main([*command, "--messages", language]) == 1
    told = capsys.readouterr().err
    assert "templates/bulletin.html:1:1: " in told
    assert {"zh": "不能访问网络", "en": "nothing from the network"}[language] in told and "secret.txt" in told
    assert not (tmp_path / "output").exists()


# ── right glyphs ─────────────────────────────────────────────────────────────


@each
def test_every_glyph_is_that_of_the_bundled_font(site: Built, city: str, code: str) -> None:
    checked, wrong = wrong_glyphs(site(city) / code / "bulletin.pdf", faces())
    assert wrong == [] and checked > 100


def test_a_wrong_glyph_is_seen(site: Built) -> None:
    spoilt = {name: faces()["NotoSerifSCBold" if name == "NotoSerifSC" else name] for name in faces()}
    _, wrong = wrong_glyphs(site("nowhere") / "zh" / "bulletin.pdf", spoilt)
    assert len(wrong) > 100


# ── what it holds ────────────────────────────────────────────────────────────


@each
def test_bulletin_holds_every_unit_and_pledge_in_order(site: Built, city: str, code: str) -> None:
    reader = PdfReader(site(city) / code / "bulletin.pdf")
    titles = [str(item.title) for item in flat(reader.outline)]
    units = rows(site(city), "units")
    places = [titles.index(row[f"name_{code}"]) for row in units]
    assert places == sorted(places)
    for row in at_least_one(rows(site(city), "pledges")):
        assert any(title.endswith(row[f"title_{code}"]) for title in titles), row["id"]
    text = "".join("".join(glyphs.texts(site(city) / code / "bulletin.pdf")).split())
    for row in at_least_one(units):
        assert "".join(row[f"name_{code}"].split()) in text
    assert reader.trailer["/Root"]["/Lang"] == LANGUAGES[code]
    fonts = {str(font["/BaseFont"]) for page in reader.pages for font in page_fonts(page)}
    assert any("Bold" in font for font in fonts), fonts


def flat(outline: list) -> list:  # type: ignore[type-arg]
    return [leaf for item in outline for leaf in (flat(item) if isinstance(item, list) else [item])]


def page_fonts(page) -> list:  # type: ignore[no-untyped-def, type-arg]
    return [font.get_object() for font in page["/Resources"].get("/Font", {}).values()]
