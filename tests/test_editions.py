"""Editions: frozen once, copied to the site from then on, never made again."""

from __future__ import annotations

import datetime
import io
import json
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from cut_down import cut_down
from frozen import FILES, FIRST, SECOND, Archive
from lxml import html
from program import ROOT, run, tree
from pypdf import PdfReader
from test_golden import difference
from test_uptodate import keep_state

import build
from gazette.files import checksums, known_digests
from gazette.messages.catalogue import catalogue
from gazette.messages.problems import ContentError
from gazette.model.changes import GROUPS, KINDS
from gazette.model.lifecycle import EVENTS
from gazette.model.notice_records import NoticeKind
from gazette.model.record import choices
from gazette.publishing.restoring import editions_of, restore

GOLDEN = ROOT / "tests" / "golden-editions"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The invented city with two editions, between which a pledge was reopened; read only."""
    archive = Archive(tmp_path_factory.mktemp("editions"))
    archive.freeze(FIRST)
    archive.reopen()
    archive.freeze(SECOND)
    return archive


@pytest.fixture
def archive(kept: Archive, tmp_path: Path) -> Archive:
    """The same in a folder of its own, with what is remembered."""
    shutil.copytree(kept.content, tmp_path / "content")
    return Archive(tmp_path)


@pytest.fixture
def fresh(tmp_path: Path) -> Archive:
    """The invented city without an edition."""
    return Archive(tmp_path)


def codes(error: pytest.ExceptionInfo[ContentError]) -> list[str]:
    return [problem.code for problem in error.value.problems]


# ── freezing ─────────────────────────────────────────────────────────────────


def test_an_edition_holds_what_was_published_and_its_content(fresh: Archive) -> None:
    before = tree(fresh.content)
    done = fresh.freeze(FIRST)
    found = tree(done.folder)
    assert done.folder == fresh.editions / "1" and done.registered.lines > 100
    assert {path.removeprefix("files/"): data for path, data in found.items() if path.startswith("files/")} == {
        **FILES,
        checksums.NAME: found[f"files/{checksums.NAME}"],
    }
    for folder in (done.folder, done.folder / "files"):
        assert (compared := checksums.compare(folder)) and compared.agrees
    assert found["edition.yaml"].decode().splitlines()[:2] == ["number: 1", "date: 2031-10-01"]
    with zipfile.ZipFile(io.BytesIO(found["content.zip"])) as content:
        archived = {name: content.read(name) for name in content.namelist()}
    kept = {path: data for path, data in tree(fresh.content).items() if path.startswith(("register/", "translations/"))}
    assert archived == {**before, **kept}
    assert Counter(path.partition("/")[0] for path in kept) == {"register": 4, "translations": 4}


def test_the_same_day_gives_the_same_bytes(fresh: Archive, tmp_path: Path) -> None:
    other = Archive(tmp_path / "elsewhere")
    assert tree(fresh.freeze(FIRST).folder) == tree(other.freeze(FIRST).folder)


def test_numbers_run_on_and_days_do_not_run_back(fresh: Archive) -> None:
    with pytest.raises(ContentError) as told:
        fresh.freeze(datetime.date(2031, 9, 29))
    assert codes(told) == ["edition_before_as_of"] and not fresh.editions.exists()
    assert fresh.freeze(FIRST).number == 1
    before = tree(fresh.content)
    for day, code in ((FIRST, "edition_same_day"), (datetime.date(2031, 9, 30), "edition_early")):
        with pytest.raises(ContentError) as told:
            fresh.freeze(day)
        assert codes(told) == [code]
    assert tree(fresh.content) == before
    assert fresh.freeze(SECOND).number == 2


def test_the_number_and_the_day_in_the_settings_agree_or_are_told(fresh: Archive) -> None:
    settings = fresh.content / "site.yaml"
    text = settings.read_text("utf-8")
    settings.write_text(f"{text}bulletin: {{number: 7, date: 2031-10-01}}\n", "utf-8")
    with pytest.raises(ContentError) as told:
        fresh.freeze(SECOND)
    assert codes(told) == ["edition_date"] and told.value.problems[0].line > 1
    assert fresh.freeze(FIRST).number == 7  # a bulletin that was numbered by hand goes on
    settings.write_text(f"{text}bulletin: {{number: 7}}\n", "utf-8")
    with pytest.raises(ContentError) as told:
        fresh.freeze(SECOND)
    assert codes(told) == ["edition_number"] and dict(told.value.problems[0].values)["expected"] == "8"
    settings.write_text(f"{text}bulletin: {{number: {{zh: 试刊, en: Trial}}}}\n", "utf-8")
    assert fresh.freeze(SECOND).number == 8


def test_nothing_is_frozen_of_content_that_changes_meanwhile_or_of_other_files(fresh: Archive) -> None:
    before = tree(fresh.content)
    with pytest.raises(ContentError) as told:
        fresh.freeze(FIRST, changed=True)
    assert codes(told) == ["edition_content_changed"]
    right = FILES["zh/bulletin.pdf"]
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Path, "write_bytes", lambda place, data, own=Path.write_bytes: own(
                place, b"another" if data == right else data))  # fmt: skip
            with pytest.raises(ContentError) as told:
                fresh.freeze(FIRST)
    finally:
        assert codes(told) == ["edition_stale"]
    assert tree(fresh.content) == before and not fresh.editions.exists()


def test_what_a_killed_command_left_is_no_edition(archive: Archive) -> None:
    (archive.editions / ".new" / "files").mkdir(parents=True)
    (archive.editions / ".new" / "edition.yaml").write_text("number: 3\n")
    assert [edition.number for edition in editions_of(archive.content, None)] == [1, 2]
    assert archive.freeze(datetime.date(2031, 12, 1)).number == 3
    assert not (archive.editions / ".new").exists()


# ── keeping ──────────────────────────────────────────────────────────────────

BULLETIN = "files/zh/bulletin.pdf"
DAMAGES: dict[str, Callable[[Path], object]] = {
    "edition_changed": lambda folder: keep_state(folder / BULLETIN, b"%PDF-1.7 ZH"),
    "edition_missing": lambda folder: (folder / BULLETIN).unlink(),
    "edition_extra": lambda folder: (folder / "files" / "zh" / "more.pdf").write_bytes(b"%PDF"),
    "edition_unlisted": lambda folder: (folder / checksums.NAME).unlink(),
    "edition_list": lambda folder: (folder / checksums.NAME).write_text(
        "what\n" + (folder / checksums.NAME).read_text()
    ),
    "edition_gone": lambda folder: shutil.rmtree(folder),
    "edition_place": lambda folder: folder.rename(folder.with_name("first")),
}


def rewritten(folder: Path) -> None:
    """Another file, with a list of checksums that agrees."""
    (folder / BULLETIN).write_bytes(b"another")
    listed, _ = checksums.read((folder / checksums.NAME).read_text("utf-8"))
    digests = {path: checksums.digest_of(folder / path) for path in listed}
    (folder / checksums.NAME).write_text(checksums.written(digests), "utf-8")


DAMAGES["edition_rewritten"] = rewritten


@pytest.mark.parametrize("code", DAMAGES)
def test_an_edition_that_was_touched_is_told_by_the_check_and_by_every_build(archive: Archive, code: str) -> None:
    asked = ["--content", str(archive.content), "--cache", str(archive.folder / "cache")]
    site = ["--output", str(archive.folder / "out"), "--no-pdf", "--jobs", "1"]
    assert build.main([*asked, *site]) == 0
    there = tree(archive.folder / "out")
    DAMAGES[code](archive.editions / "1")
    with pytest.raises(ContentError) as told:
        editions_of(archive.content, archive.folder / "cache")
    assert code in codes(told)
    for command in (["check", *asked], [*asked, *site]):
        assert build.main(command) == 1
    assert tree(archive.folder / "out") == there


def test_an_edition_is_restored_byte_for_byte_and_over_nothing(archive: Archive, tmp_path: Path) -> None:
    day = tree(archive.content)
    place = tmp_path / "then"
    done = restore(archive.content, 2, place)
    assert (done.edition.number, done.files) == (2, len(FILES) + 1)
    assert tree(place / "files") == tree(archive.editions / "2" / "files")
    assert tree(place / "content") == {p: data for p, data in day.items() if not p.startswith("editions/2/")}
    (place / "content" / "site.yaml").write_text("mine")
    before = tree(place)
    with pytest.raises(ContentError) as told:
        restore(archive.content, 1, place)
    assert codes(told) == ["restore_taken"] and tree(place) == before
    with pytest.raises(ContentError) as told:
        restore(archive.content, 9, tmp_path / "nine")
    assert codes(told) == ["edition_unknown"] and not (tmp_path / "nine").exists()
    (archive.editions / "1" / "content.zip").write_bytes(b"PK")
    for number in (1, 2):  # the second would bring the first along
        with pytest.raises(ContentError) as told:
            restore(archive.content, number, tmp_path / "again")
        assert codes(told) == ["edition_changed"] and not (tmp_path / "again").exists()


# ── on the site ──────────────────────────────────────────────────────────────


def published(archive: Archive, name: str = "out") -> Path:
    """The site without documents of its own."""
    site = archive.folder / name
    asked = ["--content", str(archive.content), "--output", str(site), "--cache", str(archive.folder / f"{name}-cache")]
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
    for path, data in made.items():
        if request.config.getoption("--bless", default=False):
            (GOLDEN / path).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / path).write_bytes(unstamped(data))
        assert difference(path, (GOLDEN / path).read_bytes(), unstamped(data)) == []


def unstamped(data: bytes) -> bytes:
    from test_golden import unstamped

    return unstamped(data)


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
    assert done.stdout.startswith("From nothing (there is no edition yet) to ") and "new: 4; nothing" in done.stdout
    assert len(done.stdout.splitlines()) == 2 + 4
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


def test_an_edition_from_the_command_to_the_site_and_back(fresh: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    """Built as the issue that it is, frozen, listed, restored; what was restored gives the same documents again."""
    templates = cut_down(fresh.folder / "templates", "bulletin")
    asked = [f"--content={fresh.content}", f"--templates={templates}", "--messages=en"]
    places = [f"--output={fresh.folder / 'out'}", f"--cache={fresh.folder / 'cache'}", "--executor=serial"]
    assert build.main(["edition", "new", *asked, *places, f"--at={FIRST}"]) == 0
    fresh.reopen()
    assert build.main(["edition", "new", *asked, *places, f"--at={SECOND}"]) == 0
    folder = fresh.editions / "2" / "files"
    assert Counter(path.rpartition("/")[0] for path in tree(folder)) == {
        "": 2,  # the parallel edition and the sums
        "data": 2 * 10,
        "zh": 4,
        "zh/sheets": 4,
        "zh/notices": 1,
        "en": 3,  # without the official layout
        "en/sheets": 4,
        "en/notices": 1,
    }
    for code, number, since in (("zh", "第2期·2031年11月1日", "第1期（2031年10月1日）以来的变化"),
                                ("en", "No.2·1November2031", "ChangessinceNo.1(1October2031)")):  # fmt: skip
        pages = ["".join(page.extract_text().split()) for page in PdfReader(folder / code / "bulletin.pdf").pages]
        assert number in pages[0] and since in pages[1]
    assert build.main([*asked, *places]) == 0
    assert tree(fresh.folder / "out" / "editions" / "2") == tree(folder)
    cover = PdfReader(fresh.folder / "out" / "en" / "bulletin.pdf").pages[0].extract_text()
    assert "No. 2" not in cover
    capsys.readouterr()
    assert build.main(["edition", "list", *asked, f"--cache={fresh.folder / 'cache'}"]) == 0
    assert [line[:17] for line in capsys.readouterr().out.splitlines()] == ["No. 1  2031-10-01", "No. 2  2031-11-01"]
    then = fresh.folder / "then"
    assert build.main(["edition", "restore", "2", str(then), *asked]) == 0
    again = [f"--content={then / 'content'}", f"--templates={templates}", f"--output={fresh.folder / 'again'}"]
    again += [f"--cache={fresh.folder / 'again-cache'}", "--executor=serial"]
    assert build.main(["edition", "new", *again, f"--at={SECOND}"]) == 0
    assert tree(then / "content" / "editions" / "2") == tree(fresh.editions / "2")


# ── words ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_change_has_its_sentence(language: str) -> None:
    words = catalogue(language)
    of_units = {kind for kind in KINDS if kind.endswith("_unit") and kind not in ("added_unit", "gone_unit")}
    needed = {*KINDS} - of_units | {f"n_{group}" for group in GROUPS}
    more = {"summary", "nothing", "between", "subject", "subject_unit", "was", "is", "was_is"}
    assert {*words.changes} == needed | more
    elsewhere = {"moved", *choices(NoticeKind)}  # a change of its own; no snapshot has notices
    assert {*words.events} == {*EVENTS} - elsewhere | {"notice-over"}
