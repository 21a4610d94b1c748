"""The files of evidence on a site: what is published of them and what is not, and where they are shown."""

from __future__ import annotations

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
from desks import Desk
from frozen import FIRST, Archive
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from program import tree
from reached import at_least_one

from gazette.building.database.files import FileRecord
from gazette.building.output import Output
from gazette.editions.archive import read_archive
from gazette.editions.freezing import handed_out
from gazette.model.records.evidence_files import NAME_PATTERN, likely_name

PICTURE, PAPER = "zhiyuan/room.jpg", "zhiyuan/minutes.pdf"
MADE = {
    "files/zhiyuan/room-1600.jpg",
    "files/zhiyuan/room-640.jpg",
    "files/zhiyuan/minutes.pdf",
}
"""What the invented city publishes as evidence."""


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# ── what is published ────────────────────────────────────────────────────────


def test_pictures_are_made_anew_and_all_else_is_as_it_was(city_desk: Desk) -> None:
    city_desk.build()
    site, original = tree(city_desk.site), (city_desk.files / PICTURE).read_bytes()
    assert city_desk.published() == MADE
    assert site["files/zhiyuan/minutes.pdf"] == (city_desk.files / PAPER).read_bytes()
    assert b"Nowhere" in original and b"room 1" in original  # the telephone, and a comment
    assert not any(original in data or b"room 1" in data for data in site.values())
    for width in (1600, 640):
        made = Image.open(io.BytesIO(site[f"files/zhiyuan/room-{width}.jpg"]))
        assert made.size == ((720, 540) if width == 1600 else (640, 480)) and not made.getexif()


def test_the_data_tell_of_each_file_what_it_is(city_desk: Desk) -> None:
    city_desk.build()
    site = tree(city_desk.site)
    sums = dict(reversed(line.split("  ")) for line in site["sha256sums.txt"].decode().splitlines())
    assert sums.keys() >= MADE
    for row in at_least_one(city_desk.rows()):
        data = site[row["file"]]
        assert (row["bytes"], row["sha256"]) == (str(len(data)), digest(data)) and sums[row["file"]] == row["sha256"]
        assert (row["unit"], row["pledge"], row["notice"]) == ("zhiyuan", "zhiyuan-5", "")
    picture, paper = city_desk.rows()
    assert picture["original_sha256"] == digest((city_desk.files / PICTURE).read_bytes()) != picture["sha256"]
    assert paper["original_sha256"] == paper["sha256"] and (picture["width"], picture["height"]) == ("720", "540")
    assert (picture["file_kind"], paper["file_kind"]) == ("picture", "pdf") and paper["url"].startswith("https://")
    records = json.loads(site["data/files.json"])["files"]
    for row, record in at_least_one(zip(city_desk.rows(), records, strict=True)):
        assert {"zh", "en"} == {*record["title"]} and isinstance(record["bytes"], int)
        assert all(str(record[name]) == row[name] for name in ("file", "bytes", "sha256", "original_sha256"))


def test_pages_show_the_picture_and_lead_to_the_rest(city_desk: Desk) -> None:
    city_desk.build()
    for code in ("zh", "en"):
        page = city_desk.page(f"{code}/pledges/zhiyuan-5.html")
        (image,), (paper,) = page.xpath("//figure//img"), page.xpath("//a[contains(@href, 'zhiyuan/minutes')]")
        stamp = digest((city_desk.files / PICTURE).read_bytes())[:10]
        assert image.get("src") == f"../../files/zhiyuan/room-640.jpg?v={stamp}"
        assert (image.get("width"), image.get("height"), image.get("loading")) == ("640", "480", "lazy")
        assert image.getparent().get("href") == f"../../files/zhiyuan/room-1600.jpg?v={stamp}"
        assert image.get("alt").startswith({"zh": "一间屋子", "en": "A room"}[code])
        assert "2031" in page.xpath("string(//figcaption)") and "PDF" in paper.getparent().text_content()
    assert "1 KB" in page.xpath("string(//li[a[contains(@href, 'zhiyuan/minutes')]])")


def test_notices_and_the_unit_itself_have_evidence_too(city_desk: Desk) -> None:
    city_desk.paint("gate.png", "blue", (300, 200))
    (city_desk.files / "acceptance.csv").write_text("处,数\n门,1\n", "utf-8")
    notice = city_desk.content / "notices" / "closing-2031-7.yaml"
    text = "evidence:\n  - {title: {zh: 门, en: Gate}, file: gate.png, alt: {zh: 蓝门, en: A blue gate}}\n"
    notice.write_text(notice.read_text("utf-8") + text, "utf-8")
    heads = "heads:\n  - name: {zh: 甲某, en: Person A}\n    title: {zh: 区长, en: Head}\n    evidence:\n"
    table = "      - {title: {zh: 表, en: Table}, file: acceptance.csv}\n"
    city_desk.edit("commitments: 8\n", f"commitments: 8\n{heads}{table}")
    city_desk.build()
    assert city_desk.published() == MADE | {"files/gate-640.jpg", "files/acceptance.csv"}
    assert city_desk.page("en/notices/closing-2031-7.html").xpath("//figure//img/@alt") == ["A blue gate"]
    assert city_desk.page("en/districts/zhiyuan.html").xpath("//a[contains(@href, 'acceptance.csv')]")
    found = {row["file"]: (row["unit"], row["pledge"], row["notice"]) for row in city_desk.rows()}
    assert found["files/gate-640.jpg"] == ("dengmi", "", "closing-2031-7")
    assert found["files/acceptance.csv"] == ("zhiyuan", "", "")


def test_a_site_without_files_has_nothing_of_it(city_desk: Desk) -> None:
    city_desk.edit("            file: zhiyuan/minutes.pdf\n", "")
    city_desk.edit(re.search(r"            file: .*room.*\n            alt:\n.*\n.*\n", unit_text(city_desk))[0], "")  # type: ignore[index]
    shutil.rmtree(city_desk.files)
    city_desk.build()
    assert city_desk.published() == set() and not (city_desk.site / "data" / "files.csv").exists()
    assert "data/files" not in (city_desk.site / "en" / "downloads.html").read_text("utf-8")


def unit_text(city_desk: Desk) -> str:
    return (city_desk.content / "districts" / "zhiyuan.yaml").read_text("utf-8")


# ── what is not ──────────────────────────────────────────────────────────────


def test_a_file_that_nobody_names_is_told_and_not_published(city_desk: Desk) -> None:
    (city_desk.files / "spare.txt").write_text("x\n", "utf-8")
    for command in ("build", "check"):
        status, told = city_desk.run(command)
        assert status == 0 and f"{city_desk.content}/files/spare.txt:1:1: no evidence names this file" in told
        assert told.count("\n") == 1
    assert city_desk.published() == MADE


def test_a_file_that_only_a_draft_names_waits_with_it(city_desk: Desk) -> None:
    city_desk.edit(
        "    text: {zh: 该区承诺每季度至少开一次会。", "    draft: true\n    text: {zh: 该区承诺每季度至少开一次会。"
    )
    status, told = city_desk.run()
    assert (status, told, city_desk.published()) == (0, "", set())
    city_desk.edit(
        "    draft: true\n    text: {zh: 该区承诺每季度至少开一次会。", "    text: {zh: 该区承诺每季度至少开一次会。"
    )
    city_desk.build()
    assert city_desk.published() == MADE


def test_a_file_goes_with_the_evidence_that_named_it(city_desk: Desk) -> None:
    city_desk.build()
    city_desk.edit("            file: zhiyuan/minutes.pdf\n", "")
    report = city_desk.build()
    assert report["removed"] == ["files/zhiyuan/minutes.pdf"] and city_desk.published() == MADE - {*report["removed"]}
    assert len(city_desk.rows()) == 1


def link(place: Path) -> None:
    place.symlink_to("/etc/hostname")


def inner_link(place: Path) -> None:
    place.symlink_to(place.parent / "zhiyuan" / "minutes.pdf")


ODD: dict[str, tuple[str, Callable[[Path], Any], str]] = {
    "a link outward": ("a.txt", link, "evidence must be the file itself"),
    "a link inward": ("a.pdf", inner_link, "evidence must be the file itself"),
    "a pipe": ("a.txt", os.mkfifo, "not an ordinary file"),
    "a name of windows": ("con.txt", lambda place: place.write_text("x"), "a name that Windows reserves"),
    "a folder of windows": ("aux", Path.mkdir, "a name that Windows reserves"),
    "a large file": (
        "a.pdf",
        lambda place: (place.write_bytes(b"%PDF-"), os.truncate(place, 20_000_001)),
        "the limit is",
    ),
}


@pytest.mark.parametrize("case", ODD)
def test_what_is_no_file_to_publish_is_told(case: str, city_desk: Desk) -> None:
    name, make, words = ODD[case]
    make(city_desk.files / name)
    (told,) = city_desk.told()
    assert told.startswith((f"files/{name}:1:1: ", f"files/{name}/: ")) and words.casefold() in told.casefold()


def test_names_that_differ_by_capitals_alone_are_told(city_desk: Desk) -> None:
    (city_desk.files / "a.txt").write_text("x\n", "utf-8")
    (city_desk.files / "A.txt").write_text("x\n", "utf-8")
    if len([*city_desk.files.glob("[aA].txt")]) == 1:
        pytest.skip("this file system takes them for one")
    (told,) = city_desk.told()
    assert told.startswith("files/A.txt:1:1: “A.txt” and “a.txt” differ only in upper and lower case")


def test_what_the_folder_is_instead_of_one_is_told(city_desk: Desk) -> None:
    shutil.rmtree(city_desk.files)
    city_desk.files.write_text("x", "utf-8")
    assert any(line.startswith("files:1:1: this file does not belong here") for line in city_desk.told())


def test_what_editors_leave_behind_is_passed_by(city_desk: Desk) -> None:
    for name in (".DS_Store", "Thumbs.db", "~$a.xlsx", "a.jpg.part"):
        (city_desk.files / name).write_bytes(b"\0")
    assert city_desk.run() == (0, "")


def test_a_number_may_be_public(city_desk: Desk) -> None:
    (city_desk.files / "call-13800138000.csv").write_text("甲某,13900139000\n", "utf-8")
    assert len(city_desk.told()) == 2
    site = city_desk.content / "site.yaml"
    site.write_text(f'{site.read_text("utf-8")}public_numbers: ["13800138000", 139-0013-9000]\n', "utf-8")
    assert city_desk.run()[0] == 0


@given(st.text(max_size=40))
def test_the_name_that_is_offered_can_be_used(name: str) -> None:
    for whole in (name, f"{name}.jpg", f"{name}/{name}.PDF"):
        assert re.fullmatch(NAME_PATTERN, likely_name(whole))


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
