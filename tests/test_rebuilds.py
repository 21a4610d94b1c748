"""A build after another one: what it makes again, what it writes, and what it says is there."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from compiled import compiled
from cut_down import cut_down
from program import run, tree
from workplaces import Workplace


def test_nothing_is_made_again_without_a_change(built: Workplace) -> None:
    report = built.folder / "report.json"
    built.build("--report", str(report))
    told = json.loads(report.read_text("utf-8"))
    assert (told["made"], told["written"], told["removed"]) == ([], [], [])


def test_an_edit_writes_only_what_shows_it(built: Workplace) -> None:
    report, unit = built.folder / "report.json", built.content / "districts" / "yinghuo.yaml"
    text = unit.read_text("utf-8")
    assert "The hour is published and kept." in text
    unit.write_text(text.replace("The hour is published and kept.", "The hour is known and kept."), "utf-8")
    built.build("--report", str(report))
    written = json.loads(report.read_text("utf-8"))["written"]
    others = [path for path in written if "/search/" not in path]  # which those are is in test_search_files.py
    tables = [*("catalog.jsonld", "datapackage.json", "ledger.xlsx", "pledges.csv", "pledges.json", "pledges.xlsx")]
    records = ["pledges/yinghuo-1.json", "units/yinghuo.json"]
    data = [f"data/{name}" for name in (*tables, *records)]
    assert others == [*data, "en/pledges/yinghuo-1.html", "sha256sums.txt"]
    assert {path.partition("/")[0] for path in {*written} - {*others}} == {"en"}


def test_tampered_and_strange_files_are_put_right(built: Workplace) -> None:
    before = tree(built.output)
    (built.output / "zh" / "index.html").write_text("tampered", "utf-8")
    (built.output / "en" / "ledger.html").unlink()
    (built.output / "zh" / "stray.html").write_text("stray", "utf-8")
    assert "1 file not made by this program, left alone: zh/stray.html" in built.build()
    assert tree(built.output) == before | {"zh/stray.html": b"stray"}


def test_files_of_others_make_no_work(built: Workplace) -> None:
    """They are named each time, and the next build sees at a glance that there is nothing to do."""
    for _ in range(2):  # so that a copied folder is known by its bytes, and what was copied just now is old enough
        built.build()
    for number in range(7):
        (built.output / f"{number}.docx").write_text("mine", "utf-8")
    before = built.database.stat().st_mtime_ns
    said = built.build()
    assert "0.docx, 1.docx, 2.docx, 3.docx, 4.docx, …" in said and "5.docx" not in said
    assert built.database.stat().st_mtime_ns == before, "the build was never begun"
    assert len(list(built.output.glob("*.docx"))) == 7


def test_what_is_told_is_what_is_there(tmp_path: Path) -> None:
    """A document that somebody deleted is not counted by a build without documents."""
    folder, cache = tmp_path / "site", tmp_path / "cache"
    asked = [f"--output={folder}", f"--cache={compiled(cache)}", "--jobs=1"]
    asked.append(f"--templates={cut_down(tmp_path / 'templates')}")
    assert run(*asked).returncode == 0
    documents = sorted(path for path in folder.rglob("*.pdf") if "files" not in path.parts)
    assert len(documents) > 10
    for document in documents:
        document.unlink()
    done = run(*asked, "--no-pdf")
    assert f": {len(tree(folder))} files, 1 made" in done.stdout, done.stdout
    listed = (folder / "sha256sums.txt").read_text("utf-8").splitlines()
    assert [line for line in listed if ".pdf" in line and "  files/" not in line] == []
    assert run(*asked).returncode == 0
    assert all(document.is_file() for document in documents)


def test_a_folder_that_was_deleted_is_built_again(built: Workplace) -> None:
    before = tree(built.output)
    shutil.rmtree(built.output)
    built.build()
    assert tree(built.output) == before
