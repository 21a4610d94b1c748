"""What every page of a site keeps to, in the invented city and the real one: links, languages, addresses, words."""

from __future__ import annotations

import html
import re
from pathlib import Path

import glyphs
from program import tree
from published import LANGUAGES, is_door, pages, rows, text_files
from reached import at_least_one

from gazette.building.links import anchors, links


def test_every_link_and_anchor_exists(published: Path) -> None:
    known = {path: anchors(path.read_text("utf-8")) for path in pages(published)}
    count = 0
    for page in known:
        for link in links(page.read_text("utf-8")):
            target, _, place = link.partition("#")
            target = target.partition("?")[0]
            full = (page.parent / target).resolve() if target else page.resolve()
            assert full.is_file(), f"{page.relative_to(published)}: {link}"
            if place and full.suffix == ".html":
                assert place in anchors(full.read_text("utf-8")), f"{page.relative_to(published)}: {link}"
            count += 1
    assert count > 1000


def test_addresses_are_lower_case_ascii_and_links_relative(published: Path) -> None:
    for path in at_least_one(tree(published)):
        assert re.fullmatch(r"[a-z0-9./_-]+", path), path
    for page in at_least_one(pages(published)):
        for link in at_least_one(links(page.read_text("utf-8"))):
            assert not link.startswith("/"), f"{page}: {link}"
            assert not link.endswith("/"), f"{page}: {link}"


_UNSEEN = re.compile("[\u00ad\u034f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")


def test_nobody_copies_signs_that_nobody_sees(published: Path) -> None:
    """Names and columns are found again where they are pasted: no soft hyphens, no spaces without width."""
    for path in at_least_one(pages(published)):
        assert not _UNSEEN.search(html.unescape(path.read_text("utf-8"))), path
    documents = [*(published / "en").rglob("*.pdf")]
    assert len(documents) > 5
    for path in documents:
        assert not _UNSEEN.search("".join(glyph.text for page in glyphs.pages(path) for glyph in page)), path
    for code, name in (("zh", "pledges"), ("en", "units")):
        page = (published / code / "dictionary.html").read_text("utf-8")
        named = [re.sub("<[^>]+>", "", each) for each in re.findall(r'<th scope="row"><code>(.*?)</code>', page)]
        assert set(rows(published, name)[0]) <= set(named)


def test_pages_ask_no_other_host_for_anything(published: Path) -> None:
    fetched = re.compile(r"""<(?:script|img|link|iframe|source|video|audio)\b[^>]*?(?:src|href)="([^"]*)""")
    asked = 0
    for path, data in text_files(published).items():
        for found in fetched.findall(data.decode()):
            assert not found.startswith(("http:", "https:", "//")), f"{path}: {found}"
            asked += 1
        assert "@import" not in data.decode() and "url(http" not in data.decode(), path
    assert asked > 200


def test_every_page_has_its_language_title_description_and_twin(published: Path) -> None:
    seen: dict[tuple[str, str], str] = {}
    for page in at_least_one(pages(published)):
        text, path = page.read_text("utf-8"), page.relative_to(published).as_posix()
        language = path.split("/")[0] if path.startswith(("zh/", "en/")) else "zh"
        assert f'<html lang="{LANGUAGES[language]}">' in text, path
        title = re.search(r"<title>(.+?)</title>", text)
        description = re.search(r'<meta name="description" content="(.+?)">', text)
        assert title and description, path
        if path.startswith(("zh/", "en/")) and "noindex" not in text:
            assert (language, title.group(1)) not in seen, (
                f"{path} has the title of {seen.get((language, title.group(1)))}"
            )
            seen[language, title.group(1)] = path
        if path.startswith(("zh/", "en/")) and not is_door(page, published):
            twins = re.findall(r'<a class="lang" href="([^"]+)" hreflang="([^"]+)" lang="[^"]+" rel="alternate">', text)
            assert [tag for _, tag in twins] == [tag for code, tag in LANGUAGES.items() if code != language], path
            there = (page.parent / twins[0][0]).resolve().relative_to(published.resolve()).as_posix()
            assert there == path.replace(f"{language}/", "en/" if language == "zh" else "zh/", 1)
            assert '<link rel="alternate" hreflang=' not in text, "search engines want whole addresses there"


def test_foreign_runs_name_their_language(published: Path) -> None:
    """In an English page every run of Han characters stands inside an element of lang zh-Hans."""
    checked = 0
    for page in pages(published / "en"):
        body = page.read_text("utf-8").split("<body>", 1)[1].split("</body>")[0]
        body = re.sub(r"<(script|style|title)\b.*?</\1>", "", body, flags=re.S)
        stack: list[bool] = []
        for piece in re.split(r"(<[^>]+>)", body):
            if piece.startswith("</"):
                stack.pop()
            elif piece.startswith("<") and not piece.startswith("<!"):
                name = re.match(r"<([a-z0-9]+)", piece).group(1)  # type: ignore[union-attr]
                if not piece.endswith("/>") and name not in ("input", "br", "meta", "link", "col", "img", "hr"):
                    stack.append('lang="zh-Hans"' in piece)
            elif re.search("[\u4e00-\u9fff]", piece):
                assert any(stack), f"{page.name}: {piece.strip()[:40]}"
                checked += 1
    assert checked > 20


def test_markup_in_content_arrives_as_text(small: Path) -> None:
    for code in at_least_one(LANGUAGES):
        text = (small / code / "pledges" / "zhiyuan-1.html").read_text("utf-8")
        assert "&lt;script src=//x.invalid " in text
        assert "<script src=//x" not in text
    assert "&lt;b&gt;not bold&lt;/b&gt;" in (small / "en" / "method.html").read_text("utf-8")


def test_every_page_says_that_the_city_is_invented(small: Path) -> None:
    for page in at_least_one(pages(small)):
        text = page.read_text("utf-8")
        assert "Nowhere City was made up for testing" in text or "虚城是为测试而编造的城市" in text, page


def test_drafts_are_nowhere(small: Path) -> None:
    for path, data in at_least_one(tree(small).items()):
        assert b"zhiyuan-8" not in data, path
        assert "这一条还是草稿".encode() not in data and b"This update is still a draft" not in data, path
