"""Content that tries to be code, ids that are those of the page, words that say nothing: pages stay whole."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import hostile
import pytest
import yaml
from compiled import compiled
from laid_out import documents
from lxml import etree, html
from reached import at_least_one
from shape import Shape, shape

from gazette.model.records.content import ProgramWord
from gazette.reading.wording import BY_CODE, SPEAKING

ROOT = Path(__file__).resolve().parent.parent
BASE = "https://example.org/zg/"

PAYLOAD = """"' onclick=y() <script src=//x.invalid onload=y() &lt"""
"""Ends attributes of both kinds, brings a handler, and begins a script that whatever follows in the page would end. (A
whole tag is refused where it is written.)"""


def built(content: Path, folder: Path) -> Path:
    """The pages and data of a content folder, with a base address."""
    places = ["--content", str(content), "--output", str(folder / "site"), "--cache", str(compiled(folder / "cache"))]
    command = [sys.executable, str(ROOT / "build.py"), *places, "--no-pdf", "--base-url", BASE, "--messages", "en"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The small city with a harmless ending to each of its texts and words, and with one that tries to be code."""
    folders = tmp_path_factory.mktemp("harmless"), tmp_path_factory.mktemp("hostile")
    for folder, ending in zip(folders, ("x", PAYLOAD), strict=True):
        hostile.changed(folder / "content", lambda text, ending=ending: text + ending)  # type: ignore[misc]
    return folders


def shape_of(text: str) -> Shape:
    return shape(html.document_fromstring(text.encode()))


def test_content_stays_text_in_every_page(both: tuple[Path, Path]) -> None:
    harmless, attacked = (built(folder / "content", folder) for folder in both)
    pages = sorted(path.relative_to(harmless) for path in harmless.rglob("*.html"))
    assert len(pages) > 60 and pages == sorted(path.relative_to(attacked) for path in attacked.rglob("*.html"))
    for page in pages:
        text = (attacked / page).read_text("utf-8")
        assert shape_of(text) == shape_of((harmless / page).read_text("utf-8")), page
        assert not html.document_fromstring(text.encode()).xpath("//comment()"), page
    arrived = "".join((attacked / page).read_text("utf-8") for page in pages)
    assert arrived.count("&lt;script src=//x.invalid") > 5_000 and "<script src=//x" not in arrived
    check_data(attacked)


def check_data(site: Path) -> None:
    addresses = etree.parse(site / "sitemap.xml").findall("{*}url/{*}loc")
    assert len(addresses) > 60 and all(str(each.text).startswith(BASE) for each in addresses)
    for name in ("pledges", "units"):
        records = json.loads((site / "data" / f"{name}.json").read_text("utf-8"))[name]
        rows = list(csv.DictReader(io.StringIO((site / "data" / f"{name}.csv").read_text("utf-8-sig"))))
        assert len(records) == len(rows) > 3 and all(
            PAYLOAD in (record.get("title") or record["name"])["en"] for record in records
        )
        assert [row["id"] for row in rows] == [record["id"] for record in records]


COLUMN = ("ol", ("class",))


def test_content_stays_text_in_every_document(both: tuple[Path, Path]) -> None:
    harmless, attacked = ([*documents(folder / "content", folder / "cache")] for folder in both)
    assert len(harmless) == len(attacked) > 40
    for (path, expected), (_, text) in zip(harmless, attacked, strict=True):
        # where a column ends depends on how long texts are
        found, right = ([each for each in shape_of(some) if each != COLUMN] for some in (text, expected))
        assert found == right, path
        assert "&lt;script src=//x" in text and "<script" not in text, path


def test_a_word_between_lines_is_text(tmp_path: Path) -> None:
    """What joins the units of a programme has no place in a template."""
    content = hostile.changed(tmp_path / "content", lambda text: text)
    words = hostile.read(content / "words.yaml")
    words["gap"]["list"] = {"zh": "<b ", "en": "<b "}
    hostile.write(content / "words.yaml", words)
    page = (built(content, tmp_path) / "en" / "programmes.html").read_text("utf-8")
    assert "</a>&lt;b <a" in page


# ── ids ──────────────────────────────────────────────────────────────────────


def ids(text: str) -> Counter[str]:
    return Counter(map(str, html.document_fromstring(text.encode()).xpath("//@id")))


@pytest.mark.long
def test_no_id_stands_twice_whatever_content_is_called(small: Path, tmp_path: Path) -> None:
    """Themes, programmes, terms and units are called as the page's own places are."""
    own = {id for path in small.rglob("*.html") for id in ids(path.read_text("utf-8"))}
    own |= {id for _, text in documents(hostile.SITE, tmp_path / "cache") for id in ids(text)}
    own |= {id.replace("_", "-") for id in own} | {"all", "main", "contents", "k1", "size-medium"}
    taken = sorted(id for id in own if re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", id) and id not in TAKEN)
    content = hostile.changed(tmp_path / "content", lambda text: text)
    add_entries(content, [id for id in taken if not re.search(r"-\d+$", id)])
    site = built(content, tmp_path)
    found = [(path, ids(path.read_text("utf-8"))) for path in site.rglob("*.html")]
    found += [(Path(path), ids(text)) for path, text in documents(content, tmp_path / "cache")]
    twice = {str(path): [id for id, n in counts.items() if n > 1] for path, counts in found}
    assert not {path: some for path, some in twice.items() if some}
    assert {"main", "contents", "all"} <= set(ids((site / "en" / "glossary.html").read_text("utf-8")))


TAKEN = ("air", "water", "mechanism", "xiaohao", "san-yuan", "gua-hao")
"""Ids that the small city has already."""


def add_entries(content: Path, names: list[str]) -> None:
    """A theme, a programme, a term and a unit of each name; themes and units no more than a site may have."""
    for file, most in (("themes.yaml", 30), ("programmes.yaml", 400), ("glossary.yaml", 400)):
        known = hostile.read(content / file)
        there = {entry["id"] for entry in known}
        texts = [{"zh": name, "en": name} for name in names[:most]]
        for name, text in zip(names, texts, strict=False):
            title = {"term": text} if file == "glossary.yaml" else {"name": text}
            basis = {} if file == "themes.yaml" else {"basis": "source"}
            known += [] if name in there else [{"id": name, **title, "text": text, **basis}]
        hostile.write(content / file, known)
    pattern = (content / "districts" / "yinghuo.yaml").read_text("utf-8")
    for order, name in enumerate((name for name in names if "-" not in name), 100):
        unit = yaml.load(pattern.replace("yinghuo-", f"{name}-"), Loader=yaml.CBaseLoader)
        unit |= {"order": order, "name": {"zh": name, "en": name}}
        if not (content / "districts" / f"{name}.yaml").exists():
            hostile.write(content / "districts" / f"{name}.yaml", unit)


# ── words ────────────────────────────────────────────────────────────────────

ALONE = ("a", "button", "caption", "dt", "h1", "h2", "h3", "label", "legend", "option", "th", "title")
"""Elements that mean nothing without words."""


def mute(content: Path) -> None:
    """Empties every word that may be empty."""

    def emptied(value: object, name: str) -> object:
        assert isinstance(value, dict)
        if set(value) == {"zh", "en"}:
            speaks = any(name == each or name.startswith(f"{each}.") for each in SPEAKING)
            return value if speaks else {"zh": "", "en": ""}
        return {key: emptied(inner, f"{name}.{key}".lstrip(".")) for key, inner in value.items()}

    words = content / "words.yaml"
    data = emptied(hostile.read(words), "")
    hostile.write(words, data)


def wordless(text: str) -> Iterator[str]:
    tree = html.document_fromstring(text.encode())
    for element in tree.iter(*ALONE):
        if not (element.text_content().strip() or element.get("aria-label") or element.xpath("string(.//img/@alt)")):
            yield etree.tostring(element, encoding="unicode", with_tail=False)
    yield from map(str, tree.xpath("//@aria-label[normalize-space()='']"))
    yield from map(str, tree.xpath("//meta[@content='']/@name"))


def test_what_stands_alone_says_something(tmp_path: Path) -> None:
    """Links, buttons, headings and labels have words, though every word that may be empty is."""
    content = hostile.changed(tmp_path / "content", lambda text: text)
    mute(content)
    site = built(content, tmp_path)
    pages = [(path.relative_to(site).as_posix(), path.read_text("utf-8")) for path in site.rglob("*.html")]
    for path, text in at_least_one((*pages, *documents(content, tmp_path / "cache"))):
        assert not list(wordless(text)), path


def test_groups_of_words_that_templates_look_up_are_listed() -> None:
    """`w.state[code]` in a template needs a word for every code: the program knows which."""
    looked_up = set()
    for path in (ROOT / "templates").rglob("*.html"):
        looked_up |= set(re.findall(r"\bw((?:\.\w+)+)\[", path.read_text("utf-8")))
    names = {name.lstrip(".") for name in looked_up}
    assert len(names) > 12
    for name in names:
        assert name in BY_CODE or any(group.startswith(f"{name}.") for group in BY_CODE), name


def test_the_program_asks_for_words_by_their_declared_names() -> None:
    """`SharedContent.word` takes only names that are checked when the words are read; so are those that templates ask
    for too, and groups of which the program knows every word."""
    templates = "".join(path.read_text("utf-8") for path in (ROOT / "templates").rglob("*.html"))
    code = "".join(path.read_text("utf-8") for path in (ROOT / "gazette").rglob("*.py"))
    asked = {name.removesuffix(".") for name in re.findall(r'\.words\[f?"([\w.]+)', code)}
    assert len(asked) > 5
    known = {
        *get_args(ProgramWord),
        *BY_CODE,
        *(f"{group}.{each}" for group, names in BY_CODE.items() for each in names),
    }
    assert [name for name in asked if name not in known and f"w.{name}" not in templates] == []
