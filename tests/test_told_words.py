"""Every kind of change has its words: a sentence on the page of issues, in both languages, and on the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from program import ROOT, SITE
from reached import at_least_one
from telling import DAY, OTHER, SAID, in_full

from gazette.building import opening
from gazette.building.settings import Settings
from gazette.cli.changes_told import in_view, lines
from gazette.messages.catalogue import catalogue
from gazette.model.forms.record import choices
from gazette.model.life.status import PASSED
from gazette.model.published.shared_fields import PUBLIC_TOLD, SHARED, SHARED_TOLD, WORDS
from gazette.model.published.snapshot_lines import TOLD
from gazette.model.records.changes import GROUPS, KINDS, Change, of_all
from gazette.model.records.editions import Edition
from gazette.model.records.lifecycle import EVENTS
from gazette.model.records.notices import (
    NoticeOutcome,
)
from gazette.model.records.tenures import Role
from gazette.planning.language import language_contexts
from gazette.planning.since import since_view
from gazette.rendering.jinja import render_page
from gazette.rendering.state import CurrentPage
from gazette.site.kinds import KINDS as FILES
from gazette.site.views.editions import EditionsView, EditionView


def every_kind() -> tuple[Change, ...]:
    """A change of each kind, with all that one of its kind may hold."""
    more = {"day": "2031-09-05", "by": SAID, "n": 2}
    whats = {**dict.fromkeys(GROUPS["charge"], "lead"), "step": "applied", "notice_added": "circular"}
    whats |= {
        "altered_shared": "name",
        "altered_setting": "timezone",
        "notice_result": "result-unopposed",
        "notice_upheld": "result-upheld",
        "notice_result_of": "result-unopposed",
        "notice_upheld_of": "result-upheld",
    }
    dated = {"overdue", "past", "recheck", "moved", "reset", "missed", "caught_up"}
    found = []
    for kind in KINDS:
        is_notice = kind.endswith("_notice") or kind.startswith("notice_")
        of = "theme" if kind.endswith("_shared") else "site" if kind in GROUPS["settings"] else ""
        title = {} if kind.endswith("_unit") or kind in ("merged", "divided") else SAID
        texts = {"": "2031-06"} if kind in dated else {"zh": "甲 | 乙", "en": "A | B"}
        what = whats.get(kind, "title" if kind in GROUPS["revised"] else "")
        id = of or ("closing-2031-7" if is_notice else "zhiyuan-1" if title else "zhiyuan")
        unit, name = ("", {}) if is_notice or of else ("zhiyuan", OTHER)
        told = {"what": what, "before": texts, "after": texts, **more}
        found.append(Change(kind, unit=unit, id=id, name=name, title=title, of=of, **told))
    for what in (*TOLD, "head"):
        step = {"": "2031-09-05 applied"} if what in ("step", "details") else SAID
        kind = "altered" if what != "head" else "named"
        found.append(Change(kind, unit="zhiyuan", id="zhiyuan-1", name=OTHER, title=SAID, what=what, after=step))
    for of, whats_of in {"article": PUBLIC_TOLD, "site": SHARED_TOLD, "words": ("nav.about",)}.items():
        kind = "altered_shared" if of == "article" else "altered_setting"
        own = {"unit": "", "id": of, "name": {}, "title": SAID, "of": of}
        found += [Change(kind, what=what, before=SAID, after=OTHER, **own) for what in whats_of]
    return tuple(found)


def test_every_change_has_its_sentence_on_the_page_and_on_the_terminal(tmp_path: Path) -> None:
    changes = every_kind()
    in_full(changes)
    settings = Settings(SITE, ROOT / "templates", tmp_path)
    cache = opening.open_cache(settings)
    context = opening.open_context(opening.open_content(settings, cache), settings, FILES, cache, {})
    edition = Edition(1, DAY, DAY, 4, 20, (), (), "", "")
    for lang in at_least_one(language_contexts(context.content)):
        since = since_view(lang, edition, changes)
        shown = EditionView(2, "2031-10-01", "", 4, 20, since, (), ())
        page = lang.page("downloads", "downloads", EditionsView((shown,)))  # of a site that has no such page yet
        text = render_page(context.template_set, "editions.html", CurrentPage(f"{lang.code}/downloads.html", page))
        sentences = [each.text_content() for each in html.document_fromstring(text).xpath("//ul[@class='changes']/li")]
        public = [change for change in changes if change.is_public]
        assert sum(len(each.changes) for each in since.changed) == len(public) and len(since.changed) == len(sentences)
        for sentence in sentences:
            assert sentence.endswith(("。", ".")) and not any(
                sign in sentence for sign in ("{", "。。", "：。", "None")
            )
    assert {change.kind for change in changes} == {*KINDS}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_change_has_its_words(language: str) -> None:
    words = catalogue(language)
    more = {"summary", "nothing", "between", "comma", "list", "subject", "subject_unit", "subject_notice"}
    more |= {"accepted_late", "was", "is", "was_is", "entry", "no_more", "span", "file_gone", "file_changed"}
    more |= {"word", "word_column", "word_code"}
    more |= {f"subject_{of}" for of in (*SHARED, WORDS)}
    assert {*words.changes} == {of_all(kind) for kind in KINDS} | {f"n_{group}" for group in GROUPS} | more
    told_otherwise = {"moved", "target-changed", "assigned", "released"}
    results = {f"result-{outcome}" for outcome in choices(NoticeOutcome)}
    assert {*words.events} == {*EVENTS} - told_otherwise | {"notice-over", "merged", "divided", *PASSED} | results
    assert {*words.shared} == {*SHARED_TOLD}
    assert {*words.fields} == {*TOLD} | {*choices(Role), "head"}


TEXTS = st.text("ab 字。", max_size=200)


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_of_two_long_texts_the_difference_is_in_view(head: str, before: str, after: str, tail: str) -> None:
    was, is_now = in_view(head + before + tail, head + after + tail)
    assert (was == is_now) == (before == after)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("Short.", "Shorter.", ("Short.", "Shorter.")),
        ("word " * 30 + "is ten.", "word " * 30 + "is two.", ("…word word word is ten.", "…word word word is two.")),
        ("字" * 130, "字" * 130 + "新。", ("…" + "字" * 24, "…" + "字" * 24 + "新。")),
        ("", "字" * 130, ("", "字" * 120 + "…")),
    ],
)
def test_a_long_text_is_shown_from_where_it_differs(before: str, after: str, told: tuple[str, str]) -> None:
    assert in_view(before, after) == told


def test_a_line_shows_the_words_of_a_link_and_no_bar_between_names() -> None:
    head = {"zh": "甲某 | 区长", "en": "Jia | Head"}
    own = {"unit": "a", "name": SAID}
    appointed = Change("appointed", day="2031-09-05", what="head", after=head, id="a", **own)
    text = {"zh": "见[销号](term:xiaohao)。", "en": "See [closing](term:xiaohao)."}
    changed = Change("change", "2031-09-05", "text", OTHER, text, id="a-1", title=SAID, **own)
    told = [line for language in ("zh", "en") for line in lines((appointed, changed), language)]
    assert "甲某，区长" in told[0] and "Jia, Head" in told[2]
    assert "“见销号。”" in told[1] and "“See closing.”" in told[3]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "column.pledges.status_since",
            "in the data dictionary, what the column “status_since” of the table “pledges” means",
        ),
        ("code.status.withdrawn", "in the data dictionary, what “withdrawn” in the column “status” means"),
        ("page.skip", "the words “page.skip”"),
    ],
)
def test_a_word_of_the_interface_is_called_by_where_it_is_read(name: str, told: str) -> None:
    change = Change(
        "altered_setting",
        unit="",
        id=WORDS,
        name={},
        title={},
        of=WORDS,
        what=name,
        before={"en": "A"},
        after={"en": "B"},
    )
    expected = f"words of the interface (words.yaml): now reads differently: {told}. It was “A”, and is “B”."
    assert [*lines([change], "en")] == [expected]
