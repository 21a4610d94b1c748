"""The digests in the addresses of what pages load."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import pytest
from edits import first_build

import build
from gazette.building.stamps import LOADED, with_stamps
from gazette.planning.heading_fonts import FONT_PATHS

ROOT = Path(__file__).resolve().parent.parent

STAMPED = re.compile(r'"((?:[^":?]*/)?([a-z-]+\.(?:css|js|svg|woff2)))(?:\?v=([0-9a-f]{10}))?"')


class City:
    """The small city with templates of its own."""

    def __init__(self, folder: Path) -> None:
        self.content, self.templates, self.site = folder / "content", folder / "templates", folder / "site"
        self.cache = folder / "cache"

    def build(self, *more: str) -> None:
        folders = ["--content", str(self.content), "--templates", str(self.templates), "--output", str(self.site)]
        assert build.main([*folders, "--cache", str(self.cache), "--no-pdf", "--jobs", "1", *more]) == 0

    def edit(self, path: Path, old: str, new: str) -> None:
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")


def loaded(site: Path, base: str = "") -> dict[str, set[str]]:
    """What pages and the style sheet load: path from the root → the digests in the addresses; each address is checked
    to lead to a file that has this digest."""
    found: dict[str, set[str]] = {}
    for page in [*site.rglob("*.html"), site / "static" / "site.css"]:
        for address, _, stamp in STAMPED.findall(page.read_text("utf-8")):
            own = address.removeprefix(base) if base and page.name == "404.html" else address
            file = site / own if own != address else page.parent / own
            path = file.resolve().relative_to(site.resolve()).as_posix()
            assert stamp, f"{page}: {address} has no digest"
            assert hashlib.sha256(file.read_bytes()).hexdigest().startswith(stamp), f"{page}: {address}"
            found.setdefault(path, set()).add(stamp)
    return found


@pytest.fixture
def city(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> City:
    """The city after its first build, for each test its own."""
    return City(shutil.copytree(first_build(tmp_path_factory), tmp_path / "city", symlinks=True))


def test_every_address_of_what_pages_load_holds_its_digest(city: City) -> None:
    """Cards for other sites, and their style, are there only where the site has an address."""
    whole = {*LOADED, *FONT_PATHS}
    assert set(loaded(city.site)) == whole - {"static/embed.css"}
    city.build("--base-url", "https://example.org/")
    assert set(loaded(city.site, "/")) == whole


def test_the_cards_for_other_sites_get_another_address_with_another_style(city: City) -> None:
    city.build("--base-url", "https://example.org/")
    before = loaded(city.site, "/")
    city.edit(city.templates / "embed.css", "\n", "\nh1 { color: #063; }\n")
    city.build("--base-url", "https://example.org/")
    after = loaded(city.site, "/")
    assert {path for path in after if after[path] != before[path]} == {"static/embed.css"}


def test_a_new_character_in_a_name_gives_font_and_style_another_address_in_every_page(city: City) -> None:
    before = loaded(city.site)
    city.edit(city.content / "districts" / "yinghuo.yaml", "zh: 萤火新区", "zh: 鹦鹉螺新区")
    city.build()
    after = loaded(city.site)
    other = {path for path in after if after[path] != before[path]}
    assert other == {"static/heading-units.woff2", "static/site.css"}
    assert all(len(stamps) == 1 for stamps in after.values())


def test_what_is_not_made_keeps_its_address(city: City) -> None:
    """A style that was edited is not made by a build of data alone: the pages still lead to the one that is there."""
    before = loaded(city.site)
    city.edit(city.templates / "styles" / "base.css", "\n", "\nh1 { color: #063; }\n")
    city.build("--only", "data")
    assert loaded(city.site) == before
    (city.site / "static" / "site.css").unlink()
    city.build("--only", "data")
    city.build("--only", "data")
    city.build()
    assert loaded(city.site)["static/site.css"] != before["static/site.css"]


def test_a_build_that_fails_leaves_the_addresses_as_they_were(city: City) -> None:
    before = loaded(city.site)
    city.edit(city.templates / "styles" / "base.css", "\n", "\nh1 { color: #063; }\n")
    city.edit(city.templates / "about.html", 'url("method")', 'url("methods")')
    with pytest.raises(AssertionError):
        city.build()
    assert loaded(city.site) == before
    city.edit(city.templates / "about.html", 'url("methods")', 'url("method")')
    city.build()
    assert loaded(city.site)["static/site.css"] != before["static/site.css"]


def test_the_page_for_wrong_addresses_leads_to_the_right_style_below_a_base_address(city: City) -> None:
    city.build("--base-url", "https://example.org/a/b/")
    loaded(city.site, "/a/b/")
    city.edit(city.templates / "styles" / "base.css", "\n", "\nh1 { color: #063; }\n")
    city.build("--base-url", "https://example.org/a/b/")
    loaded(city.site, "/a/b/")


def test_only_addresses_of_the_site_take_other_stamps() -> None:
    old, new = "0" * 10, dict.fromkeys(LOADED, "f" * 10)
    for link in ("", "../", "../../", "/zg/"):
        page = f'<link rel="stylesheet" href="{link}static/site.css?v={old}">'.encode()
        assert with_stamps(page, new) == page.replace(old.encode(), b"f" * 10)
    for words in (
        f'<a href="https://example.org/static/site.css?v={old}">',
        f'<a href="//example.org:80/static/site.css?v={old}">',
        f"<p>href=&#34;static/site.css?v={old}&#34;",
        f'<meta name="description" content="static/site.css?v={old}">',
        f'<a href="static/other.css?v={old}">',
    ):
        assert with_stamps(words.encode(), new) == words.encode()
