"""Editions as they are seen: on the site, and through the commands."""

from __future__ import annotations

import datetime
import json
import shutil
from collections import Counter
from pathlib import Path

import pytest
from compiled import compiled
from cut_down import cut_down, one_unit
from fontTools.ttLib import TTFont
from frozen import FILES, FIRST, SECOND, Archive
from lxml import html
from msgspec.structs import replace
from program import ROOT, run, tree
from pypdf import PdfReader
from reached import at_least_one
from test_golden import difference, unstamped
from whole import open_content

import build
from gazette.building.unit_job import UnitJob
from gazette.building.units import UnitRegistry
from gazette.files import checksums, known_digests
from gazette.messages.catalogue import catalogue
from gazette.model.records.changes import Change
from gazette.model.records.content import SharedContent
from gazette.model.records.site import Bulletin
from gazette.planning.language import language_contexts
from gazette.planning.since import told_since
from gazette.reading.loaded_content import LoadedContent

GOLDEN = ROOT / "tests" / "golden-editions"

# ── on the site ──────────────────────────────────────────────────────────────


def published(archive: Archive, name: str = "out") -> Path:
    """The site without documents of its own."""
    site = archive.folder / name
    cache = compiled(archive.folder / f"{name}-cache")
    asked = ["--content", str(archive.content), "--output", str(site), "--cache", str(cache)]
    assert build.main([*asked, "--only", "pages,data", "--jobs", "1", "--base-url", "https://example.org/x/"]) == 0
    return site


def test_a_site_without_editions_says_nothing_of_them(fresh: Archive) -> None:
    site = published(fresh)
    assert not [path for path, data in tree(site).items() if "editions" in path or b"editions.html" in data]


def test_the_page_tells_each_edition_and_leads_to_its_files(archive: Archive, request: pytest.FixtureRequest) -> None:
    site = published(archive)
    for code in ("zh", "en"):
        page = html.document_fromstring((site / code / "editions.html").read_bytes())
        numbers = [each.get("id") for each in page.xpath("//section[starts-with(@id, 'issue_')]")]
        assert numbers == ["issue_2", "issue_1"]
        assert len(page.xpath("//li[@class='changes--back']/a")) == 2
        links = {link.partition("editions/")[2] for link in page.xpath("//main//@href") if "/editions/" in link}
        assert links == {f"{n}/{path}" for n in (1, 2) for path in (*FILES, checksums.NAME)}
    assert b"/zh/editions.html</loc>" in (site / "sitemap.xml").read_bytes()
    made = {path: (site / path).read_bytes() for path in ("en/editions.html",)}
    for path, data in at_least_one(made.items()):
        if request.config.getoption("--bless", default=False):
            (GOLDEN / path).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / path).write_bytes(unstamped(data))
        assert difference(path, (GOLDEN / path).read_bytes(), unstamped(data)) == []


def test_the_heading_font_has_what_is_there_only_sometimes(archive: Archive) -> None:
    """The heads of the page of issues, of the notices, and of each table that has a row."""
    site = published(archive)
    known = {sign for font in (site / "static").glob("*.woff2") for sign in TTFont(font).getBestCmap()}
    for path in ("editions", "dictionary", "notices", "changes"):
        page = html.document_fromstring((site / "zh" / f"{path}.html").read_bytes())
        for heading in at_least_one(page.xpath("//h1 | //h2")):
            absent = {sign for sign in heading.text_content() if ord(sign) not in known and not sign.isspace()}
            assert not absent, (path, heading.text_content())


def test_frozen_files_are_copied_and_come_back(archive: Archive) -> None:
    site = published(archive)
    own = {path: data for path, data in tree(archive.editions / "1" / "files").items() if not path.endswith(".pdf")}
    assert tree(site / "editions" / "1") == own and len(own) == 2
    whole = tree(site)
    (site / "editions" / "1" / "data" / "pledges.csv").write_bytes(b"id\r\n")
    (site / "editions" / "2" / checksums.NAME).unlink()
    assert tree(published(archive)) == whole
    shutil.rmtree(archive.folder / "out-cache")
    assert tree(published(archive)) == whole
    assert tree(published(archive, "other")) == whole


def test_a_build_after_an_edit_reads_no_frozen_file(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    read: list[Path] = []
    digest_of = known_digests.digest_of

    def counted(path: Path) -> str:
        read.append(path)
        return digest_of(path)

    monkeypatch.setattr(known_digests, "digest_of", counted)
    time.sleep(0.1)
    published(archive)
    assert len(read) == 2 * (len(FILES) + 1 + 4)
    time.sleep(0.1)
    archive.edit("yinghuo", "order: 4", "order: 9")
    read.clear()
    published(archive)
    assert read == []


def test_another_edition_makes_no_unit_be_looked_at_again(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """What units show is only whether there are editions."""
    looked_at = list[int]()
    stale_units = UnitRegistry.stale_units

    def counted(registry: UnitRegistry, opened: LoadedContent) -> list[UnitJob]:
        jobs = stale_units(registry, opened)
        looked_at.append(len(jobs))
        return jobs

    monkeypatch.setattr(UnitRegistry, "stale_units", counted)
    site = published(archive)
    archive.freeze(datetime.date(2031, 12, 1))
    assert published(archive) == site and b'id="issue_3"' in (site / "en" / "editions.html").read_bytes()
    shutil.rmtree(archive.editions)
    (archive.content / "register" / "_editions.tsv").unlink()  # it would miss them
    published(archive)
    assert looked_at == [4, 0, 4]
    assert not [path for path, data in tree(site).items() if b"editions.html" in data]


def test_a_bulletin_tells_what_the_last_edition_told_until_something_is_new(archive: Archive) -> None:
    """Unless it is another issue already."""
    content = open_content(archive.content).content
    first, _ = content.editions
    name = {"zh": "灯谜区", "en": "Dengmi District"}
    moved_on = (Change(id="dengmi-3", unit="dengmi", name=name, kind="withdrawn"),)

    def told(content: SharedContent, changes: tuple[Change, ...] = ()) -> tuple[int, dict[str, int]]:
        lang = language_contexts(content)[0]
        since = told_since(lang, changes)
        return (since.number, {each.code: each.n for each in since.counts}) if since else (0, {})

    assert told(content) == (1, {"back": 1, "moved": 1}) == told(_issued(content, 2, SECOND))
    assert told(content, moved_on) == (2, {"withdrawn": 1}) == told(_issued(content, 2, SECOND), moved_on)
    assert told(_issued(content, 3, None)) == (2, {}) == told(_issued(content, None, datetime.date(2031, 12, 1)))
    alone = replace(content, editions=(first,))
    assert told(alone) == (0, {}) and told(alone, moved_on) == (1, {"withdrawn": 1})


def _issued(content: SharedContent, number: int | None, date: datetime.date | None) -> SharedContent:
    return replace(content, site=replace(content.site, bulletin=Bulletin(number=number, date=date)))


# ── the commands ─────────────────────────────────────────────────────────────


def test_diff_tells_what_went_back_first_and_changes_nothing(archive: Archive, tmp_path: Path) -> None:
    before = tree(archive.content)
    report = tmp_path / "report.json"
    done = run("diff", "--cache", str(tmp_path / "cache"), "--report", str(report), content=archive.content)
    assert done.returncode == 0 and done.stdout.splitlines()[1:] == ["Nothing has changed."], done.stderr
    assert json.loads(report.read_text("utf-8"))["changes"] == []
    done = run("diff", "1", "2", "--cache", str(tmp_path / "cache"), "--report", str(report), content=archive.content)
    lines = done.stdout.splitlines()
    assert lines[0] == "From No. 1 (2031-10-01) to No. 2 (2031-11-01):"
    assert lines[1] == "steps back: 1, deadlines changed: 1; nothing else."
    assert lines[2] == "  Dengmi District, Stop the old boiler (dengmi-3): reopened on 2031-09-12."
    told = json.loads(report.read_text("utf-8"))
    assert told["summary"] == {"back": 1, "moved": 1} and told["changes"][0]["sentence"] == lines[2].strip()
    assert tree(archive.content) == before


def test_diff_before_the_first_edition_and_between_folders(fresh: Archive, tmp_path: Path) -> None:
    cache = ["--cache", str(tmp_path / "cache")]
    done = run("diff", *cache, content=fresh.content)
    assert (
        done.stdout.startswith("From nothing (there is no edition yet) to ")
        and "new: 4, notices: 4; nothing" in done.stdout
    )
    assert len(done.stdout.splitlines()) == 2 + 4 + 4
    other = shutil.copytree(fresh.content, tmp_path / "other")
    fresh.reopen()
    done = run("diff", str(other), *cache, content=fresh.content)
    assert "steps back: 1, deadlines changed: 1; nothing else." in done.stdout
    done = run("diff", str(fresh.content), str(other), *cache, content=fresh.content)
    assert "It was “2031-09-12 reopened”." in done.stdout


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (["edition"], "edition_what"),
        (["edition", "made"], "edition_what"),
        (["edition", "restore", "x", "y"], "edition_restore"),
        (["edition", "restore", "1", "content"], "restore_inside"),
        (["edition", "new", "--only", "pdf"], "option_not_here"),
        (["diff", "1", "2", "3"], "diff_many"),
        (["diff", "nowhere-at-all"], "diff_side"),
    ],
)
def test_wrong_use_is_told(asked: list[str], code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main([*asked, "--messages", "en"]) == 2
    told = capsys.readouterr().err
    assert catalogue("en").problems[code].split("{")[0].split("“")[0][:40] in told


UNDER_WAY = """    updates:
      - date: 2031-09-12
        state: under-way
        text: {zh: 开关已经装好。, en: The switches are in place.}
"""


def test_an_edition_from_the_command_to_the_site_and_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Built as the issue that it is, frozen, listed, restored; what was restored gives the same documents again."""
    unit = one_unit(tmp_path / "content")
    unit.write_text(unit.read_text("utf-8").replace("deadline: unstated", "deadline: 2032-01"), "utf-8")
    fresh = Archive(tmp_path)
    templates = cut_down(fresh.folder / "templates", "bulletin")
    asked = [f"--content={fresh.content}", f"--templates={templates}", "--messages=en"]
    places = [f"--output={fresh.folder / 'out'}", f"--cache={fresh.folder / 'cache'}", "--executor=serial"]
    assert build.main(["edition", "new", *asked, *places, f"--at={FIRST}"]) == 0
    unit.write_text(unit.read_text("utf-8") + UNDER_WAY, "utf-8")
    assert build.main(["edition", "new", *asked, *places, f"--at={SECOND}"]) == 0
    folder = fresh.editions / "2" / "files"
    assert Counter(path.rpartition("/")[0] for path in tree(folder)) == {
        "": 2,  # the parallel edition and the sums
        "data": 2 * 3 + 1,  # and the data package
        "zh": 4 + 1,  # and the calendar
        "zh/sheets": 1,
        "en": 3 + 1,  # without the official layout
        "en/sheets": 1,
    }
    for code, number, since in (("zh", "第2期·2031年11月1日", "第1期（2031年10月1日）以来的变化"),
                                ("en", "No.2·1November2031", "ChangessinceNo.1(1October2031)")):  # fmt: skip
        pages = ["".join(page.extract_text().split()) for page in PdfReader(folder / code / "bulletin.pdf").pages]
        assert number in pages[0] and since in pages[1]
    assert build.main([*asked, *places]) == 0
    assert tree(fresh.folder / "out" / "editions" / "2") == tree(folder)
    cover = PdfReader(fresh.folder / "out" / "en" / "bulletin.pdf").pages[0].extract_text()
    assert "No. 2" not in cover
    opening = PdfReader(fresh.folder / "out" / "en" / "bulletin.pdf").pages[1].extract_text()
    assert "Changes since No. 1" in opening and "Nothing has changed" not in opening
    capsys.readouterr()
    assert build.main(["edition", "list", *asked, f"--cache={fresh.folder / 'cache'}"]) == 0
    assert [line[:17] for line in capsys.readouterr().out.splitlines()] == ["No. 1  2031-10-01", "No. 2  2031-11-01"]
    then = fresh.folder / "then"
    assert build.main(["edition", "restore", "2", str(then), *asked]) == 0
    again = [f"--content={then / 'content'}", f"--templates={templates}", f"--output={fresh.folder / 'again'}"]
    again += [f"--cache={compiled(fresh.folder / 'again-cache')}", "--executor=serial"]
    assert build.main(["edition", "new", *again, f"--at={SECOND}"]) == 0
    assert tree(then / "content" / "editions" / "2") == tree(fresh.editions / "2")
