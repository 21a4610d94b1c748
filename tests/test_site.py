"""The small city built whole: golden tree, determinism, links, languages, totals, documents, the README's commands."""

from __future__ import annotations

import csv
import html
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import cities
import jinja2
import pytest

from gazette.building.links import anchors, links
from gazette.building.place import state_folder

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "tests" / "site"
GOLDEN = ROOT / "tests" / "golden"

LANGUAGES = {"zh": "zh-Hans", "en": "en"}


def run(*arguments: str, content: Path = SITE, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """The program as a user runs it."""
    command = [sys.executable, str(ROOT / "build.py"), *arguments, "--content", str(content), "--messages", "en"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, **(env or {})})


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small city, built with everything."""
    folder = tmp_path_factory.mktemp("built") / "site"
    done = run("--output", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module", params=["small", "real"])
def built(request: pytest.FixtureRequest, output: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small city, and the real content: what every site must keep."""
    if request.param == "small":
        return output
    folder = tmp_path_factory.mktemp("real") / "site"
    done = run("--output", str(folder), "--no-pdf", content=ROOT / "content")
    assert done.returncode == 0, done.stderr
    printed = cities.built(tmp_path_factory, "wuhan")
    for path in printed.rglob("*.pdf"):
        (folder / path.relative_to(printed)).parent.mkdir(exist_ok=True)
        shutil.copy(path, folder / path.relative_to(printed))
    return folder


def pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def text_files(folder: Path) -> dict[str, bytes]:
    """What the golden tree holds: all but fonts and documents, whose bytes belong to the tools, and their checksums."""
    found = {path: data for path, data in tree(folder).items() if not path.endswith((".woff2", ".pdf"))}
    if sums := found.get("sha256sums.txt"):
        lines = sums.splitlines(keepends=True)
        found["sha256sums.txt"] = b"".join(line for line in lines if not line.endswith(b".pdf\n"))
    return found


def unstamped(data: bytes) -> bytes:
    """A page without the digests in its addresses, so that another style is no other page."""
    return re.sub(rb'(?<=\?v=)[0-9a-f]{10}(?=")', b"digest", data)


def test_golden_tree(output: Path, request: pytest.FixtureRequest) -> None:
    made = {path: unstamped(data) for path, data in text_files(output).items() if not path.startswith("static/")}
    if request.config.getoption("--bless", default=False):
        shutil.rmtree(GOLDEN, ignore_errors=True)
        for path, data in made.items():
            (GOLDEN / path).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / path).write_bytes(data)
    golden = tree(GOLDEN)
    assert sorted(made) == sorted(golden)
    different = [path for path in made if made[path] != golden[path]]
    assert different == [], "these differ from tests/golden; look, then `make bless`"


def test_the_same_content_gives_the_same_bytes(output: Path, tmp_path: Path) -> None:
    """Another hash seed, one worker, another folder, another working language of the machine."""
    env = {"PYTHONHASHSEED": "12345", "LANG": "C", "TZ": "America/Lima"}
    done = run("--output", str(tmp_path / "other"), "--jobs", "1", env=env)
    assert done.returncode == 0, done.stderr
    assert tree(tmp_path / "other") == tree(output)


def test_nothing_is_made_again_without_a_change(tmp_path: Path) -> None:
    folder, report = tmp_path / "site", tmp_path / "report.json"
    assert run("--output", str(folder), "--no-pdf").returncode == 0
    assert run("--output", str(folder), "--no-pdf", "--report", str(report)).returncode == 0
    told = json.loads(report.read_text("utf-8"))
    assert (told["made"], told["written"], told["removed"]) == ([], [], [])


def test_an_edit_writes_only_what_shows_it(tmp_path: Path) -> None:
    content, folder, report = tmp_path / "content", tmp_path / "site", tmp_path / "report.json"
    shutil.copytree(SITE, content)
    assert run("--output", str(folder), "--no-pdf", content=content).returncode == 0
    unit = content / "districts" / "yinghuo.yaml"
    unit.write_text(
        unit.read_text("utf-8").replace("The hour is published and kept.", "The hour is known and kept."), "utf-8"
    )
    assert run("--output", str(folder), "--no-pdf", "--report", str(report), content=content).returncode == 0
    written = json.loads(report.read_text("utf-8"))["written"]
    assert written == ["data/pledges.csv", "data/pledges.json", "en/pledges/yinghuo-1.html", "sha256sums.txt"]
    clean = tmp_path / "clean"
    assert run("--output", str(clean), "--no-pdf", content=content).returncode == 0
    assert tree(folder) == tree(clean)


def test_every_link_and_anchor_exists(built: Path) -> None:
    known = {path: anchors(path.read_text("utf-8")) for path in pages(built)}
    count = 0
    for page in known:
        for link in links(page.read_text("utf-8")):
            target, _, place = link.partition("#")
            target = target.partition("?")[0]
            full = (page.parent / target).resolve() if target else page.resolve()
            assert full.is_file(), f"{page.relative_to(built)}: {link}"
            if place and full.suffix == ".html":
                assert place in anchors(full.read_text("utf-8")), f"{page.relative_to(built)}: {link}"
            count += 1
    assert count > 1000


def test_addresses_are_lower_case_ascii_and_links_relative(built: Path) -> None:
    for path in tree(built):
        assert re.fullmatch(r"[a-z0-9./_-]+", path), path
    for page in pages(built):
        for link in links(page.read_text("utf-8")):
            assert not link.startswith("/"), f"{page}: {link}"
            assert not link.endswith("/"), f"{page}: {link}"


_UNSEEN = re.compile("[\u00ad\u034f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")


def test_nobody_copies_signs_that_nobody_sees(built: Path) -> None:
    """Names and columns are found again where they are pasted: no soft hyphens, no spaces without width."""
    from pypdf import PdfReader

    for path in pages(built):
        assert not _UNSEEN.search(html.unescape(path.read_text("utf-8"))), path
    for path in (built / "en").rglob("*.pdf"):
        assert not _UNSEEN.search("".join(page.extract_text() for page in PdfReader(path).pages)), path
    for code, name in (("zh", "pledges"), ("en", "units")):
        page = (built / code / "dictionary.html").read_text("utf-8")
        named = [re.sub("<[^>]+>", "", each) for each in re.findall(r'<th scope="row"><code>(.*?)</code>', page)]
        assert set(rows(built, name)[0]) <= set(named)


def test_the_heading_font_comes_with_its_licence(built: Path) -> None:
    """OFL 1.1, condition 2: each copy holds the copyright notice and the licence."""
    from fontTools.ttLib import TTFont

    licence = (built / "static" / "ofl.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    for path in (built / "static").glob("*.woff2"):
        assert TTFont(path)["name"].getDebugName(0) in licence
    assert 'href="../static/ofl.txt"' in (built / "en" / "about.html").read_text("utf-8")


def test_pages_ask_no_other_host_for_anything(built: Path) -> None:
    fetched = re.compile(r"""<(?:script|img|link|iframe|source|video|audio)\b[^>]*?(?:src|href)="([^"]*)""")
    for path, data in text_files(built).items():
        for found in fetched.findall(data.decode()):
            assert not found.startswith(("http:", "https:", "//")), f"{path}: {found}"
        assert "@import" not in data.decode() and "url(http" not in data.decode(), path


def test_every_page_has_its_language_title_description_and_twin(built: Path) -> None:
    seen: dict[tuple[str, str], str] = {}
    for page in pages(built):
        text, path = page.read_text("utf-8"), page.relative_to(built).as_posix()
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
        if path.startswith(("zh/", "en/")):
            alternates = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', text))
            assert set(alternates) == set(LANGUAGES.values()), path
            for code, tag in LANGUAGES.items():
                there = (page.parent / alternates[tag]).resolve().relative_to(built.resolve()).as_posix()
                assert there == re.sub(r"^(zh|en)/", f"{code}/", path)


def test_foreign_runs_name_their_language(built: Path) -> None:
    """In an English page every run of Han characters stands inside an element of lang zh-Hans."""
    checked = 0
    for page in pages(built / "en"):
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


def test_markup_in_content_arrives_as_text(output: Path) -> None:
    for code in LANGUAGES:
        text = (output / code / "pledges" / "zhiyuan-1.html").read_text("utf-8")
        assert "&lt;script src=//x.invalid " in text
        assert "<script src=//x" not in text
    assert "&lt;b&gt;not bold&lt;/b&gt;" in (output / "en" / "method.html").read_text("utf-8")


def test_every_page_says_that_the_city_is_invented(output: Path) -> None:
    for page in pages(output):
        text = page.read_text("utf-8")
        assert "Nowhere City was made up for testing" in text or "虚城是为测试而编造的城市" in text, page


def rows(output: Path, name: str) -> list[dict[str, str]]:
    data = (output / "data" / f"{name}.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") and b"\r\n" in data
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_totals_on_pages_are_those_of_the_csv(built: Path) -> None:
    pledges, units = rows(built, "pledges"), rows(built, "units")
    by_unit = Counter(row["unit"] for row in pledges)
    by_theme = Counter(theme for row in pledges for theme in row["themes"].split(";"))
    for code in LANGUAGES:
        home = (built / code / "index.html").read_text("utf-8")
        assert f"<dd>{len(units)}</dd>" in home and f"<dd>{len(pledges)}</dd>" in home
        assert f"<dd>{sum(row['updates'] != '0' for row in pledges)}</dd>" in home
        sums = re.findall(r'<td class="matrix__sum">(\d+)</td>', home)
        assert sums == [str(by_unit[row["id"]]) for row in units]
        ledger = (built / code / "ledger.html").read_text("utf-8")
        assert re.findall(r'<tr id="([^"]+)"', ledger) == [row["id"] for row in pledges]
        for theme, n in by_theme.items():
            text = (built / code / "themes" / f"{theme}.html").read_text("utf-8")
            assert text.count('<li class="pledge"') == n
        for unit, n in by_unit.items():
            text = (built / code / "districts" / f"{unit}.html").read_text("utf-8")
            assert text.count('<li class="pledge"') == n


def test_json_and_csv_agree(built: Path) -> None:
    for name in ("pledges", "units"):
        records = json.loads((built / "data" / f"{name}.json").read_text("utf-8"))[name]
        table = rows(built, name)
        assert [record["id"] for record in records] == [row["id"] for row in table]
        for record, row in zip(records, table, strict=True):
            for key, value in record.items():
                if isinstance(value, dict):
                    assert {language: row[f"{key}_{language}"] for language in value} == value
                elif value is not None and not isinstance(value, list):
                    assert row[key] == str(value)


def test_states_are_derived_from_updates(output: Path) -> None:
    found = {row["id"]: (row["status"], row["alert"]) for row in rows(output, "pledges")}
    assert found["zhiyuan-1"] == ("under-way", "")
    assert found["zhiyuan-2"] == ("under-way", "overdue")
    assert found["zhiyuan-3"] == ("none", "past")
    assert found["zhiyuan-4"] == ("applied", "")
    assert found["dengmi-1"] == ("inspected", "")
    assert found["dengmi-2"] == ("notice-over", "")
    assert found["dengmi-3"] == ("accepted", "")
    assert found["dengmi-4"] == ("reopened", "")
    assert found["dengmi-5"] == ("withdrawn", "")


def test_drafts_are_nowhere(output: Path) -> None:
    for path, data in tree(output).items():
        assert b"zhiyuan-8" not in data, path
        assert "这一条还是草稿".encode() not in data and b"This update is still a draft" not in data, path


def test_former_address_leads_to_the_pledge(output: Path) -> None:
    text = (output / "en" / "pledges" / "dengmi-9.html").read_text("utf-8")
    assert 'href="dengmi-5.html"' in text and "noindex" in text


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


def test_without_a_base_address_there_is_no_sitemap(built: Path) -> None:
    assert not (built / "sitemap.xml").exists() and not (built / "robots.txt").exists()
    assert b"canonical" not in b"".join(text_files(built).values())


def test_heading_font_is_small_and_has_every_heading_character(built: Path) -> None:
    from fontTools.ttLib import TTFont

    parts = {}
    for name, size in (("heading.woff2", 12_500), ("heading-han.woff2", 50_000)):
        path = built / "static" / name
        assert path.stat().st_size <= size
        parts[name] = set(TTFont(io.BytesIO(path.read_bytes())).getBestCmap())
    assert max(parts["heading.woff2"]) < 0x2E80 <= min(parts["heading-han.woff2"]), "as the style sheet says"
    known = parts["heading.woff2"] | parts["heading-han.woff2"]
    for page in pages(built):
        for heading in re.findall(r"<h[12][^>]*>(.*?)</h[12]>", page.read_text("utf-8"), re.S):
            if "pledge" in page.parent.name or 'class="pledge__title"' in heading:
                continue
            words = html.unescape(re.sub(r"<[^>]+>", "", heading))
            absent = {c for c in words if ord(c) not in known and not c.isspace()}
            assert not absent, f"{page}: {absent}"


@pytest.mark.parametrize("code", LANGUAGES)
def test_bulletin_holds_every_unit_and_pledge_in_order(built: Path, code: str) -> None:
    from pypdf import PdfReader

    reader = PdfReader(built / code / "bulletin.pdf")
    titles = [str(item.title) for item in flat(reader.outline)]
    units = rows(built, "units")
    places = [titles.index(row[f"name_{code}"]) for row in units]
    assert places == sorted(places)
    for row in rows(built, "pledges"):
        assert any(title.endswith(row[f"title_{code}"]) for title in titles), row["id"]
    text = "".join("".join(page.extract_text() for page in reader.pages).split())
    for row in units:
        assert "".join(row[f"name_{code}"].split()) in text
    assert reader.trailer["/Root"]["/Lang"] == LANGUAGES[code]
    fonts = {str(font["/BaseFont"]) for page in reader.pages for font in page_fonts(page)}
    assert any("Bold" in font for font in fonts), fonts


def flat(outline: list) -> list:  # type: ignore[type-arg]
    return [leaf for item in outline for leaf in (flat(item) if isinstance(item, list) else [item])]


def page_fonts(page) -> list:  # type: ignore[no-untyped-def, type-arg]
    return [font.get_object() for font in page["/Resources"].get("/Font", {}).values()]


def test_broken_template_names_template_and_line_and_writes_nothing(tmp_path: Path) -> None:
    templates, folder = tmp_path / "templates", tmp_path / "site"
    shutil.copytree(ROOT / "templates", templates)
    cases = {
        "units.html": ("{% endblock %}", "{% endblok %}", r"units\.html:\d+:1: the template is wrong"),
        "theme.html": ("view.card", "view.kard", r"theme\.html:\d+:1: the template failed .*kard"),
        "themes.html": ("w.nav.themes", "w.nav.teams", r"themes\.html:\d+:1: the template uses the words .nav\.teams"),
        "home.html": ('url("method")', 'url("methods")', r"home\.html:\d+:1: .* links to .methods"),
    }
    for name, (right, wrong, told) in cases.items():
        original = (templates / name).read_text("utf-8")
        assert right in original
        (templates / name).write_text(original.replace(right, wrong, 1), "utf-8")
        done = run("--output", str(folder), "--no-pdf", "--templates", str(templates))
        (templates / name).write_text(original, "utf-8")
        assert done.returncode == 1 and "Traceback" not in done.stderr
        assert re.search(told, done.stderr), done.stderr
        assert not folder.exists() or tree(folder) == {}


def test_tampered_and_strange_files_are_put_right(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    assert run("--output", str(folder), "--no-pdf").returncode == 0
    before = tree(folder)
    (folder / "zh" / "index.html").write_text("tampered", "utf-8")
    (folder / "en" / "ledger.html").unlink()
    (folder / "zh" / "stray.html").write_text("stray", "utf-8")
    done = run("--output", str(folder), "--no-pdf")
    assert done.returncode == 0 and "1 file not made by this program, left alone: zh/stray.html" in done.stderr
    assert tree(folder) == before | {"zh/stray.html": b"stray"}


def test_files_of_others_make_no_work(tmp_path: Path) -> None:
    """They are named each time, and the next build sees at a glance that there is nothing to do."""
    folder, cache = tmp_path / "site", tmp_path / "cache"
    asked = ["--output", str(folder), "--cache", str(cache), "--no-pdf"]
    assert run(*asked).returncode == 0
    for number in range(7):
        (folder / f"{number}.docx").write_text("mine", "utf-8")
    database = state_folder(cache, folder) / "build.db"
    before = database.stat().st_mtime_ns
    done = run(*asked)
    assert "0.docx, 1.docx, 2.docx, 3.docx, 4.docx, …" in done.stderr and "5.docx" not in done.stderr
    assert database.stat().st_mtime_ns == before, "the build was never begun"
    assert len(list(folder.glob("*.docx"))) == 7


def test_what_is_told_is_what_is_there(tmp_path: Path) -> None:
    """A document that somebody deleted is not counted by a build without documents."""
    folder = tmp_path / "site"
    assert run("--output", str(folder)).returncode == 0
    documents = sorted(folder.rglob("*.pdf"))
    for document in documents:
        document.unlink()
    done = run("--output", str(folder), "--no-pdf")
    assert f": {len(tree(folder))} files, 1 made" in done.stdout, done.stdout
    assert ".pdf" not in (folder / "sha256sums.txt").read_text("utf-8")
    assert run("--output", str(folder)).returncode == 0
    assert sorted(folder.rglob("*.pdf")) == documents


def test_a_folder_that_was_deleted_is_built_again(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    assert run("--output", str(folder), "--no-pdf").returncode == 0
    before = tree(folder)
    shutil.rmtree(folder)
    assert run("--output", str(folder), "--no-pdf").returncode == 0
    assert tree(folder) == before


def test_a_folder_of_others_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("keep me", "utf-8")
    done = run("--output", str(tmp_path / "mine"), "--no-pdf")
    assert done.returncode == 1 and "letter.txt" in done.stderr
    assert tree(tmp_path / "mine") == {"letter.txt": b"keep me"}


def test_wrong_use_of_the_command(tmp_path: Path) -> None:
    for arguments in (
        ["--as-of", "yesterday"],
        ["--only", "cakes"],
        ["--jobs", "0"],
        ["--base-url", "nowhere"],
        ["--what"],
    ):
        assert run("--output", str(tmp_path / "x"), *arguments).returncode == 2, arguments


def test_a_release_demands_its_settings(tmp_path: Path) -> None:
    done = run("--output", str(tmp_path / "x"), "--no-pdf", "--release")
    assert done.returncode == 1
    assert "base_url" in done.stderr and "as_of" not in done.stderr


def test_readme_shows_the_two_commands() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for name in ("README.md", "README.zh.md"):
        text = (ROOT / name).read_text("utf-8")
        for command in ("site", "test"):
            assert f"make {command}" in text and re.search(rf"^{command}:", makefile, re.M)
        for picture in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text):
            assert (ROOT / picture).is_file(), picture
        for option in re.findall(r"`(--[a-z-]+)", text):
            assert any(
                option in run(*command, "--help").stdout for command in ([], ["build"], ["serve"], ["sign"], ["verify"])
            ), option


def test_every_file_of_the_templates_is_in_some_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A template, style or script whose change made nothing again would leave stale pages behind."""
    from whole import open_content

    from gazette.files.cache import Cache
    from gazette.planning.counting import Totals, count, entries
    from gazette.planning.plan import plan_shared, plan_unit, shared_assets, shared_paths
    from gazette.rendering.recipe import recipe_key
    from gazette.rendering.template_folder import SiteFiles, load_templates
    from gazette.site.kinds import KINDS

    opened = open_content(SITE, base_url="https://example.org/")
    content = opened.content
    units = [plan_unit(content, unit_file, content.site.as_of, KINDS) for unit_file in opened.shards]
    sums = sum((count(entries(unit_file, None), content.languages) for unit_file in opened.shards), Counter())
    shared = plan_shared(content, Totals(sums, ("district", "zone")), content.site.as_of, "")
    targets = [*shared, *(target for unit in units for target in unit.targets)]
    lines = {line.template for unit in units for line in unit.fragments if line.template}
    digests = dict.fromkeys((slot.name for target in targets for slot in target.slots), "")

    def keys(folder: Path) -> dict[str, str]:
        files = SiteFiles(shared_paths(content), shared_assets())
        template_set = load_templates(folder, "templates", content, files, Cache(None, ""))
        return {target.path: recipe_key(target, template_set, digests) for target in targets} | {
            t: template_set.digest(t) for t in lines
        }

    parse, known = jinja2.Environment._parse, dict[tuple[Any, ...], Any]()

    def parsed(environment: jinja2.Environment, *what: Any) -> Any:
        """What was read before is not read again: all templates but one are, each time."""
        if what not in known:
            known[what] = parse(environment, *what)
        return known[what]

    monkeypatch.setattr(jinja2.Environment, "_parse", parsed)
    folder = tmp_path / "templates"
    shutil.copytree(ROOT / "templates", folder)
    before = keys(folder)
    for path in sorted(file for file in folder.rglob("*") if file.is_file()):
        original = path.read_bytes()
        path.write_bytes(original + b"\n")
        changed = {name for name, value in keys(folder).items() if value != before[name]}
        path.write_bytes(original)
        assert changed, path.relative_to(folder)
