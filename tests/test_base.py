"""The base address of a site."""

from __future__ import annotations

import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from compiled import compiled
from program import run
from published import pages, text_files

import build
from gazette.model.forms.base_address import base_address, readable
from gazette.model.forms.fields import InvalidValue

ROOT = Path(__file__).resolve().parent.parent

WRITTEN = {
    "https://example.gov.cn": "https://example.gov.cn/",
    "https://example.gov.cn/zg//": "https://example.gov.cn/zg/",
    "https://example.gov.cn//zg///a//": "https://example.gov.cn/zg/a/",
    "HTTPS://Example.GOV.cn:443/ZG": "https://example.gov.cn/ZG/",
    "http://example.gov.cn:80": "http://example.gov.cn/",
    "http://localhost:08000/": "http://localhost:8000/",
    "http://[0:0::1]:8080/a": "http://[::1]:8080/a/",
    "https://example.gov.cn/整改/": "https://example.gov.cn/%E6%95%B4%E6%94%B9/",
    "https://example.gov.cn/%e6%95%b4改": "https://example.gov.cn/%E6%95%B4%E6%94%B9/",
    "https://example.gov.cn/%7Eoffice/%2f": "https://example.gov.cn/~office/%2F/",
    "https://测试。例子:8443/": "https://xn--0zwm56d.xn--fsqu00a:8443/",
    "https://example.gov.cn/a&b": "https://example.gov.cn/a&b/",
}


@pytest.mark.parametrize("text", WRITTEN)
def test_an_address_is_written_in_one_way(text: str) -> None:
    found = base_address(text)
    assert found == WRITTEN[text]
    assert base_address(found) == found and base_address(readable(found)) == found


@pytest.mark.parametrize(
    "text",
    [
        "www.example.cn",
        "https://example.cn/a/../b/",
        "ftp://example.cn/",
        "https://",
        "https:///zg/",
        "https://example.cn/?a=1",
        "https://example.cn/#a",
        "https://example.cn/a b",
        "https://example.cn/%zz",
        "https://exa<mple.cn/",
        "https://-example.cn/",
        "https://a..cn/",
        "https://999.1.1.1/",
        "https://example.cn:99999/",
        "https://example.cn:0/",
        "https://example.cn:x/",
        "http://[::1",
        "http://[::g]/",
        f"https://{'a' * 64}.cn/",
        f"https://example.cn/{'整' * 200}/",
    ],
)
def test_what_cannot_be_an_address(text: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        base_address(text)
    assert caught.value.code != "url_secret"


def test_a_secret_is_told_apart() -> None:
    with pytest.raises(InvalidValue) as caught:
        base_address("https://office:secret@example.cn/")
    assert caught.value.code == "url_secret"


def test_people_read_the_letters_and_signs_stay_encoded() -> None:
    assert readable("https://xn--0zwm56d.xn--fsqu00a/%E6%95%B4%E6%94%B9/") == "https://测试.例子/整改/"
    for address in (
        "https://a.cn/a%20b%2F/",
        "https://a.cn/%E2%80%8B/",
        "https://a.cn/%FF/",
        "https://a.cn/%E3%80%80/",
    ):
        assert readable(address) == address


@pytest.mark.parametrize("where", ["option", "setting"])
def test_every_link_of_the_site_has_the_address_as_search_engines_ask(where: str, tmp_path: Path) -> None:
    content, site = tmp_path / "content", tmp_path / "site"
    shutil.copytree(ROOT / "tests" / "site", content)
    address, expected = "HTTPS://测试.例子:443//a&b/整改//", "https://xn--0zwm56d.xn--fsqu00a/a&b/%E6%95%B4%E6%94%B9/"
    more = ["--base-url", address]
    if where == "setting":
        settings, more = content / "site.yaml", []
        text = settings.read_text("utf-8")
        settings.write_text(text.replace("base_url:\n", f"base_url: {address}\n"), "utf-8")
    cache = compiled(tmp_path / "cache")
    asked = ["--content", str(content), "--output", str(site), "--cache", str(cache), "--only", "pages"]
    assert build.main([*asked, "--jobs", "1", *more]) == 0
    tree = ET.parse(site / "sitemap.xml")
    addresses = [each.text or "" for each in tree.iter() if each.tag.endswith("loc")]
    addresses += [each.attrib["href"] for each in tree.iter() if "href" in each.attrib]
    assert len(addresses) > 100 and all(each.startswith(expected) for each in addresses)
    assert f"Sitemap: {expected}sitemap.xml" in (site / "robots.txt").read_text("utf-8")
    page = (site / "zh" / "pledges" / "dengmi-1.html").read_text("utf-8")
    escaped = expected.replace("&", "&amp;")
    assert f'<link rel="canonical" href="{escaped}zh/pledges/dengmi-1.html">' in page
    assert f'<meta property="og:url" content="{escaped}zh/pledges/dengmi-1.html">' in page
    assert "https://测试.例子/a&amp;b/整改/zh/pledges/dengmi-1.html" in page  # to cite, for people
    lost = re.findall(r'href="([^"]+)"', (site / "404.html").read_text("utf-8"))
    assert lost and all(link.startswith("/a&amp;b/%E6%95%B4%E6%94%B9/") for link in lost)


def test_a_base_address_gives_canonical_links_and_a_sitemap(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    done = run("--output", str(folder), "--no-pdf", "--base-url", "https://example.gov.cn/zg")
    assert done.returncode == 0, done.stderr
    page = (folder / "en" / "districts" / "dengmi.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://example.gov.cn/zg/en/districts/dengmi.html">' in page
    addresses = re.findall(r"<loc>(.+?)</loc>", (folder / "sitemap.xml").read_text("utf-8"))
    expected = {
        f"https://example.gov.cn/zg/{path.relative_to(folder).as_posix()}"
        for path in pages(folder)
        if path.parent != folder and "noindex" not in path.read_text("utf-8")
    }
    assert set(addresses) == expected and len(addresses) == len(expected)
    assert "Sitemap: https://example.gov.cn/zg/sitemap.xml" in (folder / "robots.txt").read_text("utf-8")
    assert 'href="/zg/static/site.css?v=' in (folder / "404.html").read_text("utf-8")


def test_without_a_base_address_there_is_no_sitemap(published: Path) -> None:
    assert not (published / "sitemap.xml").exists() and not (published / "robots.txt").exists()
    assert b"canonical" not in b"".join(text_files(published).values())
