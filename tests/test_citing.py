"""How a pledge is cited by programs, and how a reader reports an error in it."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from program import SITE, build, run
from test_heads import city

from gazette.rendering.citing import Citation, frame_code, report_link

BASE = "https://www.example.org/ledger/"

WORDS = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1)

PLAIN = {"textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^"}


def of_tex(value: str) -> str:
    """What TeX prints of a value."""
    return re.sub(r"\\(?:(text\w+)\{\}|(.))", lambda match: PLAIN[match[1]] if match[1] else match[2], value)


def fields(entry: str) -> dict[str, str]:
    """The fields of an entry, read as BibTeX does: a value ends where its braces are closed."""
    head, _, rest = entry.partition(",\n")
    assert re.fullmatch(r"@misc\{[a-z0-9-]+", head) and rest.endswith("}")
    found = {}
    for line in rest.removesuffix("}").split(",\n")[:-1]:
        name, _, value = line.strip().partition(" = ")
        bare = re.sub(r"\\.", "", value)
        depths = [bare[: place + 1].count("{") - bare[: place + 1].count("}") for place in range(len(bare))]
        assert value[0] == "{" and depths.index(0) == len(bare) - 1, value
        found[name] = value[1:-1]
    return found


@given(WORDS, WORDS, WORDS)
def test_any_words_can_be_cited(title: str, site: str, author: str) -> None:
    entry = Citation("dengmi-1", title, "note", "2031-07-10", site, author, BASE, "en")
    found = fields(entry.bibtex)
    assert of_tex(found["title"][1:-1]) == title and of_tex(found["author"][1:-1]) == author
    assert of_tex(found["howpublished"]) == site
    assert (found["year"], found["month"], found["url"]) == ("2031", "7", BASE)
    [item] = json.loads(entry.csl_json)
    assert (item["title"], item["container-title"], item["author"]) == (title, site, [{"literal": author}])
    assert item["issued"] == {"date-parts": [[2031, 7, 10]]} and item["URL"] == BASE


def test_what_is_not_known_is_left_out() -> None:
    entry = Citation("dengmi-1", "title", "note", "", "site", "", "", "zh-Hans")
    assert fields(entry.bibtex).keys() == {"title", "howpublished", "note", "language"}
    assert json.loads(entry.csl_json)[0].keys() == {"id", "type", "title", "container-title", "note", "language"}


def test_a_page_has_its_citation_in_three_forms(tmp_path: Path) -> None:
    folder = build(SITE, tmp_path / "site", "--only", "pages", "--jobs", "1", "--base-url", BASE)
    for code, unit in (("zh", "纸鸢区"), ("en", "Zhiyuan District")):
        page = (folder / code / "pledges" / "zhiyuan-5.html").read_text("utf-8")
        bibtex, csl = (html.unescape(each) for each in re.findall(r"<pre>(.*?)</pre>", page, re.S)[:2])
        found, [item] = fields(bibtex), json.loads(csl)
        assert found["url"] == item["URL"] == f"{BASE}{code}/pledges/zhiyuan-5.html"
        assert found["note"] == item["note"] and "zhiyuan-5" in item["note"]
        assert item["issued"] == {"date-parts": [[2031, 7, 10]]}  # the day of its record, not that of the build
        cited = html.unescape(re.sub("<.*?>", "", re.search(r"<cite>(.*?)</cite>", page)[1]))  # type: ignore[index]
        assert item["title"] in cited and unit in item["note"] and unit in cited


def test_a_form_takes_the_number_and_a_letter_has_it_in_its_subject() -> None:
    assert report_link("https://a.cn/f?item={id}", "dengmi-1", "x") == "https://a.cn/f?item=dengmi-1"
    assert report_link("https://a.cn/f?item={id}") == "https://a.cn/f?item="
    letter = urlsplit(report_link("feedback@example.gov.cn", "dengmi-1", "虚城：反映dengmi-1的差错 & more"))
    assert (letter.scheme, letter.path) == ("mailto", "feedback@example.gov.cn")
    assert parse_qs(letter.query) == {"subject": ["虚城：反映dengmi-1的差错 & more"]}


@pytest.mark.parametrize("feedback", ["feedback@example.gov.cn", "https://www.example.org/f?item={id}"])
def test_each_pledge_says_how_to_report_an_error_in_it(tmp_path: Path, feedback: str) -> None:
    content = city(tmp_path, f"publisher:\n  name: {{zh: 甲, en: A}}\n  feedback: {feedback}\n")
    folder = build(content, tmp_path / "site", "--only", "pages", "--jobs", "1")
    for id in ("dengmi-1", "zhiyuan-5"):
        page = (folder / "zh" / "pledges" / f"{id}.html").read_text("utf-8")
        [link] = re.findall(r'<a class="action" href="([^"]+)"', page.partition('class="sub report"')[2])
        assert id in link and ("mailto:" in link) == ("@" in feedback)
    policy = (folder / "zh" / "corrections.html").read_text("utf-8")
    assert len(re.findall(r'<a class="action" href="([^"]+)"', policy)) == 1


def test_where_no_contact_is_set_nothing_is_said_of_one(tmp_path: Path) -> None:
    content = city(tmp_path, "publisher:\n  name: {zh: 甲, en: A}\n")
    folder = build(content, tmp_path / "site", "--only", "pages", "--jobs", "1")
    for page in ("pledges/dengmi-1", "corrections"):
        whole = lxml.html.document_fromstring((folder / "zh" / f"{page}.html").read_bytes())
        words = whole.get_element_by_id("page_main").text_content()
        assert words.strip() and "联系" not in words and "反映" not in words
        assert not whole.find_class("report") and not whole.find_class("action")


@pytest.mark.parametrize(
    ("setting", "code"),
    [
        ("site_code: 123", "not a site code"),
        ("site_code: bm123", "not a site code"),
        ("feedback: nobody", "readers cannot report"),
        ("feedback: http://localhost/x", "works only on an internal network"),
        ("feedback: a@b", "readers cannot report"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told(tmp_path: Path, setting: str, code: str) -> None:
    content = city(tmp_path, f"publisher:\n  {setting}\n")
    done = run("check", content=content)
    assert done.returncode == 1 and re.search(r"site\.yaml:\d+:\d+: .*" + code, done.stderr), done.stderr


@pytest.mark.parametrize("setting", ["site_code: 4201000001", "site_code: bm07000001", "site_code: 0420000001"])
def test_a_site_code_is_taken_as_it_is_written(tmp_path: Path, setting: str) -> None:
    assert run("check", content=city(tmp_path, f"publisher:\n  {setting}\n")).returncode == 0


@given(WORDS)
def test_the_code_of_a_frame_is_one_element(title: str) -> None:
    code = frame_code(f"{BASE}zh/embed/dengmi.html#dengmi-1", title)
    assert re.fullmatch(
        r'<iframe src="[^"<>]+" title="[^"<>]*" width="600" height="240" loading="lazy"></iframe>', code
    )
    assert html.unescape(re.search(r'title="([^"]*)"', code)[1]) == title  # type: ignore[index]
