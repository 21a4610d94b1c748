"""The files of evidence on a site: what is published of them and what is not, where they are shown, and when they are
made again."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from clerks import Clerk
from frozen import FIRST, Archive
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from PIL import Image
from program import SITE, tree

import build
from gazette.building import evidence, scheduler
from gazette.building.database.files import FileRecord
from gazette.building.output import Output
from gazette.model.evidence_files import NAME_PATTERN, likely_name
from gazette.pictures import photographs as making
from gazette.publishing.archive import read_archive
from gazette.publishing.freezing import handed_out
from gazette.reading import evidence_files as reading

PICTURE, PAPER = "zhiyuan/room.jpg", "zhiyuan/minutes.pdf"
MADE = {
    "files/zhiyuan/room-1600.jpg",
    "files/zhiyuan/room-640.jpg",
    "files/zhiyuan/minutes.pdf",
}
"""What the invented city publishes as evidence."""


class Desk:
    """The invented city on somebody's desk."""

    def __init__(self, folder: Path, said: pytest.CaptureFixture[str]) -> None:
        self.folder, self.said, self.answers = folder, said, ""
        self.content, self.site = folder / "content", folder / "site"
        shutil.copytree(SITE, self.content)

    @property
    def files(self) -> Path:
        return self.content / "files"

    def run(self, command: str = "build", *more: str) -> tuple[int, str]:
        """Exit status, and what stands on stderr."""
        asked = ["--content", str(self.content), "--cache", str(self.folder / "cache"), "--messages", "en"]
        if command == "build":
            report = str(self.folder / "report.json")
            asked += ["--output", str(self.site), "--no-pdf", "--jobs", "1", "--report", report]
        status = build.main([command, *asked, *more])
        out, err = self.said.readouterr()
        self.answers = out
        return status, err

    def build(self, *more: str) -> dict[str, Any]:
        status, told = self.run("build", *more)
        assert status == 0, told
        return dict(json.loads((self.folder / "report.json").read_text("utf-8")))

    def told(self, *more: str) -> list[str]:
        """What is wrong, without the place of the content folder."""
        status, told = self.run("build", *more)
        assert status == 1
        return told.replace(f"{self.content}/", "").splitlines()[:-1]

    def edit(self, old: str, new: str, unit: str = "zhiyuan") -> None:
        file = self.content / "districts" / f"{unit}.yaml"
        text = file.read_text("utf-8")
        assert text.count(old) == 1
        file.write_text(text.replace(old, new), "utf-8")

    def paint(self, name: str, colour: str, size: tuple[int, int] = (800, 600), **how: Any) -> Path:
        place = self.files / name
        place.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", size, colour).save(place, **how)
        return place

    def rows(self) -> list[dict[str, str]]:
        text = (self.site / "data" / "files.csv").read_text("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def page(self, path: str) -> html.HtmlElement:
        return html.document_fromstring((self.site / path).read_bytes())

    def published(self) -> set[str]:
        return {path for path in tree(self.site) if path.startswith("files/")}


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# ── what is published ────────────────────────────────────────────────────────


def test_pictures_are_made_anew_and_all_else_is_as_it_was(desk: Desk) -> None:
    desk.build()
    site, original = tree(desk.site), (desk.files / PICTURE).read_bytes()
    assert desk.published() == MADE
    assert site["files/zhiyuan/minutes.pdf"] == (desk.files / PAPER).read_bytes()
    assert b"Nowhere" in original and b"room 1" in original  # the telephone, and a comment
    assert not any(original in data or b"room 1" in data for data in site.values())
    for width in (1600, 640):
        made = Image.open(io.BytesIO(site[f"files/zhiyuan/room-{width}.jpg"]))
        assert made.size == ((720, 540) if width == 1600 else (640, 480)) and not made.getexif()


def test_the_data_tell_of_each_file_what_it_is(desk: Desk) -> None:
    desk.build()
    site = tree(desk.site)
    sums = dict(reversed(line.split("  ")) for line in site["sha256sums.txt"].decode().splitlines())
    assert sums.keys() >= MADE
    for row in desk.rows():
        data = site[row["file"]]
        assert (row["bytes"], row["sha256"]) == (str(len(data)), digest(data)) and sums[row["file"]] == row["sha256"]
        assert (row["unit"], row["pledge"], row["notice"]) == ("zhiyuan", "zhiyuan-5", "")
    picture, paper = desk.rows()
    assert picture["original_sha256"] == digest((desk.files / PICTURE).read_bytes()) != picture["sha256"]
    assert paper["original_sha256"] == paper["sha256"] and (picture["width"], picture["height"]) == ("720", "540")
    assert (picture["file_kind"], paper["file_kind"]) == ("picture", "pdf") and paper["url"].startswith("https://")
    records = json.loads(site["data/files.json"])["files"]
    for row, record in zip(desk.rows(), records, strict=True):
        assert {"zh", "en"} == {*record["title"]} and isinstance(record["bytes"], int)
        assert all(str(record[name]) == row[name] for name in ("file", "bytes", "sha256", "original_sha256"))


def test_pages_show_the_picture_and_lead_to_the_rest(desk: Desk) -> None:
    desk.build()
    for code in ("zh", "en"):
        page = desk.page(f"{code}/pledges/zhiyuan-5.html")
        (image,), (paper,) = page.xpath("//figure//img"), page.xpath("//a[contains(@href, 'zhiyuan/minutes')]")
        stamp = digest((desk.files / PICTURE).read_bytes())[:10]
        assert image.get("src") == f"../../files/zhiyuan/room-640.jpg?v={stamp}"
        assert (image.get("width"), image.get("height"), image.get("loading")) == ("640", "480", "lazy")
        assert image.getparent().get("href") == f"../../files/zhiyuan/room-1600.jpg?v={stamp}"
        assert image.get("alt").startswith({"zh": "一间屋子", "en": "A room"}[code])
        assert "2031" in page.xpath("string(//figcaption)") and "PDF" in paper.getparent().text_content()
    assert "1 KB" in page.xpath("string(//li[a[contains(@href, 'zhiyuan/minutes')]])")


def test_notices_and_the_unit_itself_have_evidence_too(desk: Desk) -> None:
    desk.paint("gate.png", "blue", (300, 200))
    (desk.files / "acceptance.csv").write_text("处,数\n门,1\n", "utf-8")
    notice = desk.content / "notices" / "closing-2031-7.yaml"
    text = "evidence:\n  - {title: {zh: 门, en: Gate}, file: gate.png, alt: {zh: 蓝门, en: A blue gate}}\n"
    notice.write_text(notice.read_text("utf-8") + text, "utf-8")
    heads = "heads:\n  - name: {zh: 甲某, en: Person A}\n    title: {zh: 区长, en: Head}\n    evidence:\n"
    table = "      - {title: {zh: 表, en: Table}, file: acceptance.csv}\n"
    desk.edit("commitments: 8\n", f"commitments: 8\n{heads}{table}")
    desk.build()
    assert desk.published() == MADE | {"files/gate-640.jpg", "files/acceptance.csv"}
    assert desk.page("en/notices/closing-2031-7.html").xpath("//figure//img/@alt") == ["A blue gate"]
    assert desk.page("en/districts/zhiyuan.html").xpath("//a[contains(@href, 'acceptance.csv')]")
    found = {row["file"]: (row["unit"], row["pledge"], row["notice"]) for row in desk.rows()}
    assert found["files/gate-640.jpg"] == ("dengmi", "", "closing-2031-7")
    assert found["files/acceptance.csv"] == ("zhiyuan", "", "")


def test_a_site_without_files_has_nothing_of_it(desk: Desk) -> None:
    desk.edit("            file: zhiyuan/minutes.pdf\n", "")
    desk.edit(re.search(r"            file: .*room.*\n            alt:\n.*\n.*\n", unit_text(desk))[0], "")  # type: ignore[index]
    shutil.rmtree(desk.files)
    desk.build()
    assert desk.published() == set() and not (desk.site / "data" / "files.csv").exists()
    assert "data/files" not in (desk.site / "en" / "downloads.html").read_text("utf-8")


def unit_text(desk: Desk) -> str:
    return (desk.content / "districts" / "zhiyuan.yaml").read_text("utf-8")


# ── what is not ──────────────────────────────────────────────────────────────


def test_a_file_that_nobody_names_is_told_and_not_published(desk: Desk) -> None:
    (desk.files / "spare.txt").write_text("x\n", "utf-8")
    for command in ("build", "check"):
        status, told = desk.run(command)
        assert status == 0 and f"{desk.content}/files/spare.txt:0:0: no evidence names this file" in told
        assert told.count("\n") == 1
    assert desk.published() == MADE


def test_a_file_that_only_a_draft_names_waits_with_it(desk: Desk) -> None:
    desk.edit(
        "    text: {zh: 该区承诺每季度至少开一次会。", "    draft: true\n    text: {zh: 该区承诺每季度至少开一次会。"
    )
    status, told = desk.run()
    assert (status, told, desk.published()) == (0, "", set())
    desk.edit(
        "    draft: true\n    text: {zh: 该区承诺每季度至少开一次会。", "    text: {zh: 该区承诺每季度至少开一次会。"
    )
    desk.build()
    assert desk.published() == MADE


def test_a_file_goes_with_the_evidence_that_named_it(desk: Desk) -> None:
    desk.build()
    desk.edit("            file: zhiyuan/minutes.pdf\n", "")
    report = desk.build()
    assert report["removed"] == ["files/zhiyuan/minutes.pdf"] and desk.published() == MADE - {*report["removed"]}
    assert len(desk.rows()) == 1


def link(place: Path) -> None:
    place.symlink_to("/etc/hostname")


def inner_link(place: Path) -> None:
    place.symlink_to(place.parent / "zhiyuan" / "minutes.pdf")


ODD: dict[str, tuple[str, Callable[[Path], Any], str]] = {
    "a link outward": ("a.txt", link, "evidence is kept as the file itself"),
    "a link inward": ("a.pdf", inner_link, "evidence is kept as the file itself"),
    "a pipe": ("a.txt", os.mkfifo, "not an ordinary file"),
    "a name of windows": ("con.txt", lambda place: place.write_text("x"), "a name that Windows keeps"),
    "a folder of windows": ("aux", Path.mkdir, "a name that Windows keeps"),
    "a large file": (
        "a.pdf",
        lambda place: (place.write_bytes(b"%PDF-"), os.truncate(place, 20_000_001)),
        "the limit is",
    ),
}


@pytest.mark.parametrize("case", ODD)
def test_what_is_no_file_to_publish_is_told(case: str, desk: Desk) -> None:
    name, make, words = ODD[case]
    make(desk.files / name)
    (told,) = desk.told()
    assert told.startswith(f"files/{name}:0:0: ") and words.casefold() in told.casefold()


def test_names_that_differ_by_capitals_alone_are_told(desk: Desk) -> None:
    (desk.files / "a.txt").write_text("x\n", "utf-8")
    (desk.files / "A.txt").write_text("x\n", "utf-8")
    if len([*desk.files.glob("[aA].txt")]) == 1:
        pytest.skip("this file system takes them for one")
    (told,) = desk.told()
    assert told.startswith("files/A.txt:0:0: “A.txt” and “a.txt” differ only in capital letters")


def test_what_the_folder_is_instead_of_one_is_told(desk: Desk) -> None:
    shutil.rmtree(desk.files)
    desk.files.write_text("x", "utf-8")
    assert any(line.startswith("files:0:0: this file does not belong here") for line in desk.told())


def test_what_editors_leave_behind_is_passed_by(desk: Desk) -> None:
    for name in (".DS_Store", "Thumbs.db", "~$a.xlsx", "a.jpg.part"):
        (desk.files / name).write_bytes(b"\0")
    assert desk.run() == (0, "")


def test_a_number_may_be_public(desk: Desk) -> None:
    (desk.files / "call-13800138000.csv").write_text("甲某,13900139000\n", "utf-8")
    assert len(desk.told()) == 2
    site = desk.content / "site.yaml"
    site.write_text(f'{site.read_text("utf-8")}public_numbers: ["13800138000", 139-0013-9000]\n', "utf-8")
    assert desk.run()[0] == 0


@given(st.text(max_size=40))
def test_the_name_that_is_offered_can_be_used(name: str) -> None:
    for whole in (name, f"{name}.jpg", f"{name}/{name}.PDF"):
        assert re.fullmatch(NAME_PATTERN, likely_name(whole))


# ── when it is made again ────────────────────────────────────────────────────

SHOWING = {"zh/pledges/zhiyuan-5.html", "en/pledges/zhiyuan-5.html"}
LISTING = {"data/files.csv", "data/files.json", "sha256sums.txt"}


def test_another_picture_makes_what_shows_it_and_nothing_else(desk: Desk) -> None:
    desk.build()
    assert desk.build()["made"] == []
    desk.paint(PICTURE, "green")
    report = desk.build("--explain", "en/pledges/zhiyuan-5.html", "--explain", "files/zhiyuan/room-640.jpg")
    assert {*report["made"]} == MADE - {"files/zhiyuan/minutes.pdf"} | SHOWING | LISTING
    assert [cause["text"] for cause in report["causes"]] == [f"{desk.files / PICTURE} changed"]
    assert desk.answers.count(f"{desk.files / PICTURE} changed (what the page shows is different)") == 2
    clean = desk.folder / "clean"
    before = tree(desk.site)
    asked = ["--content", str(desk.content), "--output", str(clean), "--cache", str(desk.folder / "cold"), "--no-pdf"]
    assert build.main(asked) == 0 and tree(clean) == before


@pytest.mark.parametrize("key", ['"file": "{}"', "file : '{}'", "file:\n              {}"])
def test_however_a_file_is_named_another_one_is_seen(key: str, desk: Desk) -> None:
    desk.edit(f"file: {PICTURE}", key.format(PICTURE))
    desk.build()
    assert desk.run("check") == (0, "")
    desk.paint(PICTURE, "red")
    assert {*desk.build()["made"]} >= SHOWING


def test_what_another_hand_did_to_a_file_is_undone(desk: Desk) -> None:
    desk.build()
    before = tree(desk.site)
    (desk.site / "files" / "zhiyuan" / "room-640.jpg").write_bytes(b"x")
    (desk.site / "files" / "zhiyuan" / "minutes.pdf").unlink()
    assert len(desk.build()["made"]) == 2 and tree(desk.site) == before


def test_looking_makes_no_picture_and_reads_each_file_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("made")

    monkeypatch.setattr(making, "photographs", never)
    read: list[str] = []
    inspect = reading.inspect
    monkeypatch.setattr(reading, "inspect", lambda name, *rest: read.append(name) or inspect(name, *rest))
    for path in desk.files.rglob("*.*"):
        os.utime(path, ns=(10**18, 10**18))
    assert desk.run("check")[0] == 0 and sorted(read) == [PAPER, PICTURE]
    for _ in range(3):  # what is as young as the note of it is read again
        os.utime(desk.folder / "cache" / "evidence.msgpack")
        desk.run("check")
    assert len(read) <= 4
    (desk.files / PAPER).touch()
    desk.run("check")
    assert read[-1] == PAPER


def test_other_processes_make_the_same(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.build()
    before = tree(desk.site)
    shutil.rmtree(desk.site)
    monkeypatch.setattr(evidence, "_WORTH_A_WORKER", 1)
    desk.build("--jobs", "2")
    assert tree(desk.site) == before


def test_a_file_that_changes_meanwhile_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = evidence.EvidenceMaker.stage

    def late(self: evidence.EvidenceMaker, *rest: Any) -> Any:
        (desk.files / PAPER).write_bytes((desk.files / PAPER).read_bytes() + b"\n")
        return stage(self, *rest)

    monkeypatch.setattr(evidence.EvidenceMaker, "stage", late)
    (told,) = desk.told()
    assert told == f"files/{PAPER}:0:0: this file changed while the site was being built. Build again."
    assert not desk.site.exists() or not desk.published()


def test_a_picture_that_cannot_be_made_is_told() -> None:
    job = scheduler.PictureJob("a.jpg", "content/files/a.jpg", b"\xff\xd8\xff", (640,))
    with pytest.raises(scheduler.ContentError) as error:
        scheduler.make_pictures(job, None)  # type: ignore[arg-type]
    assert [problem.code for problem in error.value.problems] == ["evidence_broken"]


# ── elsewhere ────────────────────────────────────────────────────────────────


def test_an_edition_keeps_the_originals_and_no_copy(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    folder = archive.freeze(FIRST).folder
    kept = read_archive(folder / "content.zip")
    for name in (PICTURE, PAPER):
        assert kept[f"files/{name}"] == (archive.content / "files" / name).read_bytes()
    records = {path: FileRecord("", "data", "", "", 1, 1, 1, 1) for path in (*MADE, "data/files.csv")}
    assert [*handed_out(output_of(tmp_path, records))] == ["data/files.csv"]


def output_of(folder: Path, records: dict[str, FileRecord]) -> Output:
    output = Output(folder / "site", folder / "state")
    output.files.update(records, ())
    return output


def test_the_workbook_has_a_column_for_files(clerk: Clerk) -> None:
    clerk.write()
    clerk.set("Updates", "dengmi-1", "evidence.1.title.zh", "纪要", "1")
    clerk.set("Updates", "dengmi-1", "evidence.1.title.en", "Minutes", "1")
    clerk.set("Updates", "dengmi-1", "evidence.1.file", PAPER, "1")
    assert clerk.run("import", str(clerk.book), "--yes") == 0
    text = (clerk.content / "districts" / "dengmi.yaml").read_text("utf-8")
    assert f"- title: {{zh: 纪要, en: Minutes}}\n            file: {PAPER}\n" in text


def test_a_file_that_the_workbook_misspells_is_told_at_its_cell(
    clerk: Clerk, capsys: pytest.CaptureFixture[str]
) -> None:
    clerk.write()
    clerk.set("Updates", "zhiyuan-5", "evidence.2.file", "zhiyuan/minute.pdf", "1")
    capsys.readouterr()
    assert clerk.run("import", str(clerk.book), "--yes") == 1
    told = capsys.readouterr().err
    assert "there is no “zhiyuan/minute.pdf” in the folder “files”" in told and "book.xlsx" in told
