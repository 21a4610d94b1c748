"""What all pages share is told where it changes: each field of themes, programmes, terms, articles and settings, and
the words of the interface."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from program import ROOT, SITE
from reached import at_least_one
from telling import DAY, OTHER, SAID, in_full, unchecked
from whole import open_content

from gazette.building.settings import Settings
from gazette.cli.changes_told import lines
from gazette.editions.differing import differ
from gazette.model.forms.record import Record
from gazette.model.published.comparing import compare
from gazette.model.published.shared_fields import CALLED, NESTED, NOT_TOLD_SHARED, SHARED, SHARED_TOLD, told_fields
from gazette.model.published.shared_lines import lines_of_shared, lines_of_words
from gazette.model.published.snapshots import Snapshot, gathered
from gazette.model.records.changes import Change
from gazette.model.records.content import Article, SharedContent
from gazette.model.records.editions import Edition
from gazette.model.records.shared import Programme, Term, Theme
from gazette.model.records.site import Language, Licence, Publisher, River, Site, SuperiorList, Tile
from gazette.planning.language import language_contexts
from gazette.planning.since import since_view
from gazette.reading.published.snapshot import format_snapshot, parse_snapshot


@pytest.fixture(scope="module")
def content() -> SharedContent:
    return open_content(SITE).content


def snapshot(content: SharedContent) -> Snapshot:
    """As an edition keeps it."""
    found = [*lines_of_shared(content), *lines_of_words(content.words)]
    return gathered(parse_snapshot("x", format_snapshot(found)))


# ── each field ───────────────────────────────────────────────────────────────

_BASIS = {"basis": "unexplained", "outside": OTHER}
SAMPLES: dict[str, dict[str, Any]] = {
    "theme": {"name": OTHER, "text": OTHER, "formerly": ("before",)},
    "programme": {"name": OTHER, "text": OTHER, "formerly": ("before",), **_BASIS},
    "term": {"term": OTHER, "text": OTHER, "see": ("lamp",), "formerly": ("before",), **_BASIS},
    "article": {"title": "Another", "description": "Another.", "body": "Another text."},
    "site": {
        "languages": (Language(code="zh", tag="zh", locale="zh", name="某文", script="Hant"),),
        "title": OTHER,
        "wordmark": OTHER,
        "place": OTHER,
        "strapline": OTHER,
        "occasion": OTHER,
        "motto": OTHER,
        "source": OTHER,
        "fictional": OTHER,
        "as_of": datetime.date(2033, 1, 1),
        "statements_date": datetime.date(2030, 1, 1),
        "timezone": "Asia/Urumqi",
        "base_url": "https://elsewhere.example",
        "publisher": Publisher(name=OTHER, site_code="1", icp="2", police="3", contact=OTHER, feedback="a@b.cn"),
        "superior_list": SuperiorList(name=OTHER, url="https://list.example", date=DAY),
        "licence_data": Licence(name=OTHER, url="https://data.example"),
        "licence_texts": Licence(name=OTHER, url="https://texts.example"),
        "public_numbers": ("13900000000",),
        "tiles": (Tile(unit="zhiyuan", column=9, row=9),),
        "rivers": (River(name=OTHER, course="0,0 1,1"),),
    },
}
_FIELDS = [(of, field) for of, fields in SAMPLES.items() for field in fields]


def changed(content: SharedContent, of: str, field: str) -> SharedContent:
    """The content with another value of one field, of the first of its kind."""
    value = SAMPLES[of][field]
    if of == "site":
        return replace(content, site=unchecked(content.site, **{field: value}))
    if of == "article":
        key = "method", "en"
        return replace(content, articles={**content.articles, key: unchecked(content.articles[key], **{field: value})})
    name = {"theme": "themes", "programme": "programmes", "term": "glossary"}[of]
    first, *others = getattr(content, name)
    return replace(content, **{name: (unchecked(first, **{field: value}), *others)})


@pytest.mark.parametrize("of", SHARED)
def test_no_field_is_forgotten(of: str) -> None:
    """A field that is added to a record has a value to change it to here, or is not told for a reason."""
    assert {*SAMPLES[of]} | {*NOT_TOLD_SHARED[SHARED[of]]} == {*SHARED[of].__struct_fields__}
    nested = {name: type(value) for name, value in SAMPLES[of].items() if isinstance(value, Record)}
    assert nested == (NESTED if of == "site" else {}) and CALLED[of] in SHARED[of].__struct_fields__


@pytest.mark.parametrize("record", [SharedContent])
def test_nothing_that_is_shared_is_forgotten(record: type[msgspec.Struct]) -> None:
    told = {"site", "words", "themes", "programmes", "glossary", "articles"}
    follows = {"editions", "has_notices", "stale", "search_shards"}  # from what was frozen, units, translations
    assert told | follows == {*record.__struct_fields__}


@pytest.mark.parametrize(("of", "field"), _FIELDS)
def test_each_field_is_told(content: SharedContent, of: str, field: str) -> None:
    before, now = snapshot(content), snapshot(changed(content, of, field))
    for changes in (compare(before, now), compare(now, before)):
        assert changes and {change.of for change in changes} == {of}
        expected = {field} | {f"{field}_{own}" for own in getattr(NESTED.get(field), "__struct_fields__", ())}
        assert {change.what for change in changes} <= expected & {*SHARED_TOLD}
        in_full(changes)


def test_each_setting_in_a_record_is_told_by_itself() -> None:
    site = SAMPLES["site"]
    full = unchecked(open_content(SITE).content.site, **site)
    assert {name for name, _ in told_fields(full)} <= {*SHARED_TOLD}
    assert {f"publisher_{name}" for name in Publisher.__struct_fields__} <= {name for name, _ in told_fields(full)}


# ── what is said ─────────────────────────────────────────────────────────────


def told(changes: tuple[Change, ...], language: str = "en") -> list[str]:
    return [*lines(changes, language)]


def test_what_changed_is_said_in_words(content: SharedContent) -> None:
    theme, term = content.themes[0], content.glossary[0]
    now = replace(
        content,
        themes=(unchecked(theme, name={"zh": "新名", "en": "New name"}), *content.themes[1:]),
        glossary=(*content.glossary[1:], replace(term, id="quite-new", term={"zh": "新词", "en": "New word"})),
        site=replace(content.site, as_of=datetime.date(2031, 12, 31)),
    )
    found = compare(snapshot(content), snapshot(changed(now, "article", "body")))
    english, chinese = told(found), told(found, "zh")
    assert [change.of for change in found] == ["term", "theme", "article", "term", "site"]  # gone, altered, new
    method = content.articles["method", "en"].title
    assert f"article “{method}” (method): now reads differently: text." in english
    assert (
        f"theme “New name” ({theme.id}): now reads differently: name."
        f" It was “{theme.name['en']}”, and is “New name”." in english
    )
    assert f"glossary, “{term.term['en']}” ({term.id}): no longer listed." in english
    assert "glossary, “New word” (quite-new): new." in english
    assert f"主题“新名”（{theme.id}）：有改动：名称，原来是“{theme.name['zh']}”，现在是“新名”。" in chinese
    assert "名词解释“新词”（quite-new）：新增。" in chinese
    day = content.site.as_of
    assert chinese[-1] == f"网站设置（site.yaml）：有改动：统计日期，原来是“{day}”，现在是“2031-12-31”。"


def test_another_id_is_told_as_such(content: SharedContent) -> None:
    first = content.programmes[0]
    renamed = unchecked(first, id="called-otherwise", formerly=(*first.formerly, first.id))
    now = replace(content, programmes=(renamed, *content.programmes[1:]))
    (change,) = compare(snapshot(content), snapshot(now))
    assert (change.kind, change.before, change.after) == ("renamed_shared", {"": first.id}, {"": "called-otherwise"})


def test_words_that_read_otherwise_are_told_one_by_one_and_others_counted(content: SharedContent) -> None:
    words = {**content.words, "nav.about": {"zh": "关于我们", "en": content.words["nav.about"]["en"]}, "x.y": SAID}
    del words["nav.home"]
    found = compare(snapshot(content), snapshot(replace(content, words=words)))
    assert [(each.kind, each.what, each.n) for each in found] == [
        ("altered_setting", "nav.about", 0),
        ("words_added", "", 1),
        ("words_gone", "", 1),
    ]
    was = content.words["nav.about"]["zh"]
    assert told(found, "zh")[0] == (
        f"界面用语（words.yaml）：有改动：用语“nav.about”，原来是“{was}”，现在是“关于我们”。"
    )


# ── what is not told ─────────────────────────────────────────────────────────


def test_an_edition_that_knows_nothing_of_it_makes_nothing_new_or_gone(content: SharedContent) -> None:
    whole = snapshot(content)
    assert compare({}, whole) == compare(whole, {}) == ()
    without_words = {key: entry for key, entry in whole.items() if entry.of != "words"}
    assert compare(without_words, whole) == compare(whole, without_words) == compare(whole, whole) == ()


def test_a_new_language_changes_nothing_but_the_settings(content: SharedContent) -> None:
    lines_now = [*lines_of_shared(content), *lines_of_words(content.words)]
    assert compare(gathered(line for line in lines_now if line.language != "en"), gathered(lines_now)) == ()


def test_pages_tell_what_they_show_and_not_the_settings(content: SharedContent) -> None:
    now = changed(changed(content, "site", "timezone"), "term", "text")
    gone = replace(now, themes=now.themes[1:])
    found = compare(snapshot(content), snapshot(gone))
    assert {change.of for change in found} == {"site", "term", "theme"}
    edition = Edition(1, DAY, DAY, 4, 20, (), (), "", "")
    for lang in at_least_one(language_contexts(gone)):
        since = since_view(lang, edition, found)
        assert [(each.of, each.about.ref if each.about else None) for each in since.changed] == [
            ("theme", ""),  # it has no page any more
            ("term", f"term:{content.glossary[0].id}"),
        ]
        assert [(count.code, count.n) for count in since.counts] == [("shared", 2)]


def test_a_content_folder_beside_another_tells_all(tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(SITE, other)
    article = other / "articles" / "about.zh.md"
    article.write_text(article.read_text("utf-8") + "\n再加一段。\n", "utf-8")
    site = other / "site.yaml"
    site.write_text(site.read_text("utf-8").replace("as_of: 2031-09-30", "as_of: 2031-10-02"), "utf-8")
    found = differ(Settings(other, ROOT / "templates", tmp_path / "cache"), [str(SITE)]).changes
    shared = [(change.of, change.id, change.what) for change in found if change.of]
    assert shared == [("article", "about", "body"), ("site", "site", "as_of")]


def test_the_records_are_those_that_have_samples() -> None:
    assert {*SHARED.values()} == {Theme, Programme, Term, Article, Site}
