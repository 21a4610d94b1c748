"""Articles: no sign of markup reaches a reader, and headings go down one level at a time, whatever is written."""

from __future__ import annotations

import html
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markupsafe import Markup, escape
from verapdf import broken_rules, validated

from gazette.messages.problems import FileProblems, Problem
from gazette.model.forms.words import Word
from gazette.model.text.markdown import article, printed_article
from gazette.model.text.signs import signs
from gazette.pdf import write_pdf
from gazette.reading.articles import check_article, read_article
from gazette.reading.decode import decode
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.yaml.parser import compose

ROOT = Path(__file__).resolve().parent.parent
HEAD = "---\ntitle: 标题\ndescription: 说明\n---\n"


def told(body: str) -> list[Problem]:
    """What an editor is told of an article with this body."""
    diagnostics, path = Diagnostics(Path("content")), "content/articles/about.zh.md"
    diagnostics.texts[path] = HEAD + body
    found = read_article(diagnostics, path, HEAD + body, "about", "zh")
    if found is not None:
        check_article(diagnostics, found, None)
    return diagnostics.problems


def shown(body: str) -> Markup:
    return article(body, lambda target: f"#{target}", escape, "")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("**注意：**请先看", "<strong>注意：</strong>请先看"),
        ("收录**《办法》**的全文", "收录<strong>《办法》</strong>的全文"),
        ("**“双查”**照常", "<strong>“双查”</strong>照常"),
        ("说**“甲”**和**“乙”**。", "说<strong>“甲”</strong>和<strong>“乙”</strong>。"),
        ("（**甲**）、*乙*。", "（<strong>甲</strong>）、<em>乙</em>。"),
        ("见**[销\n号](term:x)**。", '见<strong><a href="#term:x" class="term">销号</a></strong>。'),
        ("**粗\n体**的 word\nword", "<strong>粗体</strong>的 word\nword"),
    ],
)
def test_bold_beside_chinese_marks_and_across_lines(body: str, expected: str) -> None:
    assert shown(body) == f"<p>{expected}</p>\n" and told(body) == []


def test_in_print_a_link_is_its_words() -> None:
    found = printed_article("见[销\n号](term:x)和<https://e.org>。", escape, lambda words, _: Markup(words))
    assert found == "<p>见销号和https://e.org。</p>\n"


def test_aligned_tables_have_no_style_of_their_own() -> None:
    text = shown("| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |\n")
    assert "style" not in text
    assert re.findall(r'<td class="([^"]+)">', text) == ["to-left", "to-center", "to-right"]
    css = (ROOT / "templates/styles/article.css").read_text("utf-8")
    printed = (ROOT / "templates/print.css").read_text("utf-8")
    assert all(name in css and name in printed for name in (".to-center", ".to-right"))


MARKS = (
    "**",
    "*",
    "_",
    "__",
    "`",
    "~~",
    "[^1]",
    "##",
    "<br>",
    "&nbsp",
    "&amp;",
    "\\*",
    "5",
    "word",
    "[甲](term:x)",
    "[甲][乙]",
)
WORDS = ("注意", "：", "。", "《办法》", "“双查”", "　　", " ", "\n", "\n\n", "[乙]: http://e.org\n")
BLOCKS = (
    "## ",
    "# ",
    "#### ",
    "> ",
    "- ",
    "1. ",
    "[ ] ",
    "    ",
    "---\n",
    "===\n",
    "```\n",
    "| a | b |\n",
    "|---|---|\n",
)
PIECES = st.sampled_from((*MARKS, *WORDS, *BLOCKS))

_RAW = re.compile(r"\*|~~|`|\[\^|\[ \]|<br>|&nbsp|\]\[|(?m:^#{2,}\S)|(?m:^\|.*\|$)|(?m:^\[乙\]:)")


whole: list[str] = []
"""Bodies of articles with which nothing was wrong."""


@settings(max_examples=250, deadline=None, derandomize=True)
@given(st.lists(PIECES, max_size=12).map("".join))
@example("a **b")
@example("## 一\n\n#### 二")
@example("```\n没有结束")
def test_what_is_not_told_shows_no_sign_and_skips_no_level(body: str) -> None:
    problems = told(body)
    assert all(problem.message("zh") and problem.message("en") for problem in problems)
    if not problems:
        whole.append(body)
        assert_clean(body, shown(body))


def test_many_are_not_told() -> None:
    """So that the test above looks at pages too: what it draws from is the same in each run."""
    if not whole:
        test_what_is_not_told_shows_no_sign_and_skips_no_level()
    assert len({*whole}) > 40


def assert_clean(body: str, page: Markup) -> None:
    """No sign of markup is left on a page, and its headings go down one level at a time."""
    words = re.sub(r"<pre>.*?</pre>|<code>.*?</code>", "code", page, flags=re.S)
    escaped = html.unescape(re.sub("<[^>]+>", "", words))
    if "\\*" not in body:
        assert not _RAW.search(escaped), (body, escaped)
    levels = [1, *map(int, re.findall(r"<h(\d)>", page))]
    assert all(below <= above + 1 for above, below in pairwise(levels))
    assert 1 not in levels[1:] and not re.search(r"<h\d></h\d>", page)
    assert "<pre><code>" not in page or "```" in body or "~~~" in body


@pytest.mark.parametrize(
    "text",
    [
        "5*3*2",
        "COD<30且>20",
        "Q&A；R&D;",
        "#3锅炉",
        "见[销号](term:a_b)",
        "file_name_x",
        "注*",
        "> 80%",
        "甲|乙",
        "[1][2]",
    ],
)
def test_what_is_no_markup_is_left_alone(text: str) -> None:
    assert list(signs(text)) == []


@given(st.text(alphabet="*_`~[]<>&#|-\\n1甲a \n^!()", max_size=60))
def test_signs_are_found_where_they_stand(text: str) -> None:
    assert [sign for sign in signs(text) if not sign.found or not 0 <= sign.offset < len(text) + 2] == []


HOSTILE = """这是第一段，写到一半就
换了一行。**注意：**☑ 已办 ☐ 未办 ㎡，*着重*。

## 一

1. 甲
   - 乙

     丙

     > 引

     | 甲 | 乙 |
     |---|---|
     | 1 | 2 |

     ```
     代码
     ```

### 二

| 单位 | 数量 |  |
|:---|:---:|---:|
| 甲 | | 3 |

#### 三

> 引用
>
> - 列表

##### 四

```
代码
```

---

## 五

见[销号](term:x)与<https://www.example.org/>。
"""


@validated
def test_an_article_with_everything_is_accessible_in_print(tmp_path: Path) -> None:
    """PDF/UA-1 and PDF/A hold for all that may stand in an article."""
    assert told(HOSTILE) == []
    page = (
        '<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>试</title>'
        '<meta name="dcterms.created" content="2031-01-01"></head><body><section class="front"><h1>前言</h1>'
        f"{printed_article(HOSTILE, escape, lambda words, _: Markup(words))}</section></body></html>"
    )
    file = tmp_path / "article.pdf"
    file.write_bytes(write_pdf(page, stylesheets=[(ROOT / "templates/print.css").read_text("utf-8")]))
    assert broken_rules(file, "ua1", "2a") == []


@pytest.mark.parametrize(
    ("words", "code"), [("<br>", "sign_tag"), ("**x**", "sign_bold"), ("&nbsp;", "sign_blank"), ("a\n\nb", "one_line")]
)
def test_a_word_of_the_interface_holds_no_markup(words: str, code: str) -> None:
    with pytest.raises(FileProblems) as caught:
        decode("words.yaml", compose("words.yaml", json.dumps({"zh": words, "en": "x"})), Word, ("zh", "en"))
    assert [problem.code for problem in caught.value.problems] == [code]
