"""The preview, as an editor uses it: a save is seen at once, a mistake is told in the page until it is mended."""

from __future__ import annotations

import io
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from concurrent.futures import Future
from pathlib import Path

import pytest
from previews import ROOT, UNIT, Editor, documents, preview
from pypdf import PdfReader

from gazette.building.output import Output
from gazette.building.settings import Settings
from gazette.preview.preview import Preview

PAGE = "zh/pledges/yinghuo-1.html"


def test_what_threads_ask_for_is_done_in_the_main_thread_in_turn(tmp_path: Path) -> None:
    """The limits of a document hold there alone, and two builds never meet."""
    settings = Settings(tmp_path, tmp_path, tmp_path)
    preview = Preview(Output(tmp_path / "site", tmp_path / "cache"), settings)
    seen: list[tuple[int, threading.Thread]] = []

    def ask() -> None:
        for n in range(3):
            preview.ask(lambda n=n: seen.append((n, threading.current_thread())))  # type: ignore[misc]
        preview.asked.put((end, Future()))

    def end() -> None:
        raise KeyboardInterrupt

    threading.Thread(target=ask, daemon=True).start()
    with pytest.raises(KeyboardInterrupt):
        preview.work()
    assert seen == [(n, threading.main_thread()) for n in range(3)]


def test_a_save_is_seen_and_a_mistake_is_told_until_it_is_mended(editor: Editor) -> None:
    assert "夜里关灯" in editor.get(PAGE)
    for n in (1, 2, 3):
        editor.save("夜里关灯" if n == 1 else f"关灯{n - 1}次", f"关灯{n}次")
        assert f"关灯{n}次" in editor.get(PAGE)
    assert editor.problems() == []
    editor.save("themes: [mechanism]", "themes: [mechanizm]")
    (told,) = editor.problems()
    assert "yinghuo.yaml:17:14:" in told and "mechanism" in told
    assert "关灯3次" in editor.get(PAGE), "the site stays as it was"
    editor.save("themes: [mechanizm]", "themes: [mechanism]")
    assert editor.problems() == []


def test_pages_learn_to_look_again_and_drafts_are_shown_with_a_banner(editor: Editor) -> None:
    page = editor.get("zh/index.html")
    assert page.count('<script src="/_preview/page.js"') == 1 and f'data-version="{editor.version}"' in page
    assert "SharedWorker" in editor.get("_preview/page.js") and "EventSource" in editor.get("_preview/worker.js")
    editor.save("order: 4", "order: 4\ndraft: true")
    draft = editor.get("zh/districts/yinghuo.html")
    assert 'class="draft"' in draft and "草稿" in draft


# ── documents ────────────────────────────────────────────────────────────────


def test_the_document_that_is_asked_for_is_made_and_no_other(editor: Editor) -> None:
    def made() -> set[str]:
        return {path.name for path in documents(editor.folder)}

    assert editor.ask("/zh/sheets/yinghuo.pdf", "HEAD")[0] == 404 and made() == set()
    assert editor.ask("/zh/sheets/yinghuo.pdf")[1].startswith(b"%PDF-") and made() == {"yinghuo.pdf"}
    (first,) = documents(editor.folder)
    before = first.read_bytes()
    editor.save("夜里关灯", "夜里熄灯")
    assert first.read_bytes() == before
    status, data = editor.ask("/zh/sheets/yinghuo.pdf")
    assert status == 200 and data != before and editor.nothing_for(0.3), "pages are as they were"
    assert editor.ask("/zh/sheets/nobody.pdf")[0] == 404


def test_what_no_page_shows_is_made_when_it_is_asked_for(editor: Editor) -> None:
    """A save makes neither workbooks nor the files of single pledges anew, until somebody wants one."""

    def made() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in editor.folder.rglob("data/**/*") if path.is_file()}

    editor.save("夜里关灯", "夜里熄灯")
    assert "pledges.csv" in made() and not {"pledges.xlsx", "yinghuo-1.json"} & made().keys()
    status, data = editor.ask("/data/pledges/yinghuo-1.json")
    assert status == 200 and "夜里熄灯" in data.decode() and editor.nothing_for(0.3), "pages are as they were"
    before = made()
    editor.save("夜里熄灯", "夜里点灯")
    after = made()
    assert all(after[name] == before[name] for name in ("pledges.xlsx", "yinghuo-1.json"))
    assert editor.ask("/data/pledges.xlsx")[1] != before["pledges.xlsx"]
    assert "夜里点灯" in made()["yinghuo-1.json"].decode() and editor.problems() == []


@pytest.mark.long
def test_a_save_while_a_document_is_made_is_seen_after_it(editor: Editor) -> None:
    """A document takes seconds; a save in that time is neither lost nor mixed into it."""
    answers: list[tuple[int, bytes]] = []
    reader = threading.Thread(target=lambda: answers.append(editor.ask("/zh/bulletin.pdf")))
    reader.start()
    time.sleep(0.3)
    editor.save("夜里关灯", "夜里熄灯")
    reader.join(60)
    ((status, first),) = answers
    assert status == 200 and first.startswith(b"%PDF-") and "夜里熄灯" in editor.get(PAGE)
    status, second = editor.ask("/zh/bulletin.pdf")
    texts = [words_of(data) for data in (first, second)]
    assert status == 200 and "夜里熄灯" in texts[1] and "夜里关灯" not in texts[1]
    assert ("夜里关灯" in texts[0]) != ("夜里熄灯" in texts[0]), "one state or the other"
    assert editor.problems() == [] and editor.terminal() == ""


def words_of(document: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(document)).pages)


# ── whatever happens ─────────────────────────────────────────────────────────

FAILING = """
import sys
sys.path.insert(0, {root!r})
import gazette.building.pipeline as pipeline
run = pipeline.run
def failing(output, settings, *more):
    text = (settings.content / {unit!r}).read_text("utf-8")
    for name in ("ZeroDivisionError", "MemoryError", "GeneratorExit", "OSError"):
        if name in text:
            raise getattr(__import__("builtins"), name)("as the test wants\\n\\x1b[31m")
    return run(output, settings, *more)
pipeline.run = failing
import build
sys.exit(build.main(sys.argv[1:]))
"""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_program_error_is_told_in_the_page_and_the_preview_goes_on(tmp_path: Path, language: str) -> None:
    """A build that fails as no build should: it is made to, when a unit's file says so."""
    script = tmp_path / "failing.py"
    script.write_text(FAILING.format(root=str(ROOT), unit=UNIT), "utf-8")
    with preview(tmp_path, language, program=script) as editor:
        for name in ("ZeroDivisionError", "MemoryError", "GeneratorExit"):
            editor.save("夜里关灯", f"夜里关灯 {name}")
            (told,) = editor.problems()
            words = {
                "zh": ("程序自身出错", "发给维护本程序的人"),
                "en": ("this is a fault of the program", "send the lines"),
            }
            assert name in told and all(each in told for each in words[language]) and "\x1b" not in told
            assert "Traceback" not in told.replace("“Traceback”", "").replace("Traceback 开头", "")
            assert f"{name}: as the test wants" in editor.terminal() and "Traceback" in editor.terminal()
            assert "夜里关灯" in editor.get(PAGE), "the site stays as it was"
            editor.save(f"夜里关灯 {name}", "夜里关灯")
            assert editor.problems() == []
        editor.save("夜里关灯", "夜里关灯 OSError")
        assert {"zh": "电脑不允许", "en": "the system does not allow this"}[language] in editor.problems()[0]
        editor.save("夜里关灯 OSError", "夜里熄灯")
        assert editor.problems() == [] and "夜里熄灯" in editor.get(PAGE)


def test_content_that_comes_and_goes(editor: Editor) -> None:
    editor.content.rename(editor.folder / "away")
    editor.hear()
    assert editor.problems() and "夜里关灯" in editor.get(PAGE)
    (editor.folder / "away").rename(editor.content)
    editor.hear()
    assert editor.problems() == []


# ── saves ────────────────────────────────────────────────────────────────────


def test_a_file_that_is_put_aside_and_written_anew_is_one_save(editor: Editor) -> None:
    unit = editor.content / UNIT
    for turn in range(3):
        text = unit.read_text("utf-8").replace("夜里关灯", f"夜里关灯{turn}")
        unit.rename(unit.with_name("yinghuo.yaml~"))
        for _ in range(10):
            time.sleep(0.02)
            assert editor.ask(f"/{PAGE}", "HEAD")[0] == 200
        unit.write_text(text, "utf-8")
        unit.with_name("yinghuo.yaml~").unlink()
        editor.hear()
        assert f"夜里关灯{turn}" in editor.get(PAGE) and editor.nothing_for(0.3), "one save, and no more"


def test_a_file_that_is_emptied_and_then_filled_is_one_save(editor: Editor) -> None:
    unit = editor.content / UNIT
    text = unit.read_text("utf-8").replace("夜里关灯", "夜里熄灯")
    unit.write_text("", "utf-8")
    assert editor.nothing_for(0.4) and editor.problems() == []
    unit.write_text(text, "utf-8")
    editor.hear()
    assert "夜里熄灯" in editor.get(PAGE) and editor.problems() == []


def test_a_file_that_stays_away_is_deleted(editor: Editor) -> None:
    (editor.content / "articles" / "about.en.md").unlink()
    editor.hear()
    assert "about.en.md" in editor.problems()[0]


def test_a_second_preview_of_the_same_site_hears_of_saves_too(tmp_path: Path) -> None:
    with preview(tmp_path) as first, preview(tmp_path) as second:
        first.change("夜里关灯", "夜里熄灯")
        for each in (first, second):
            each.hear()
            assert "夜里熄灯" in each.get(PAGE)
        assert first.version != second.version


# ── beginning and end ────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", "端口 {port} 已被其他程序占用"),
        ("en", "port {port} is used by another program, perhaps another preview."),
    ],
)
def test_a_port_that_is_taken_is_told_with_one_that_is_free(tmp_path: Path, language: str, words: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, str(ROOT / "build.py"), "serve", "--content", str(ROOT / "tests" / "site")]
        command += ["--port", str(port), "--cache", str(tmp_path / "cache"), "--messages", language]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2 and done.stdout == "" and done.stderr.count("\n") == 1
    assert words.format(port=port) in done.stderr and "build.py:0" not in done.stderr
    free = int(done.stderr.rpartition("--port ")[2].split()[0].rstrip(".。"))
    with socket.create_server(("127.0.0.1", free)):
        assert free != port
    assert not (tmp_path / "cache").exists(), "nothing is built for it"


@pytest.mark.parametrize(("language", "words"), [("zh", "预览已结束。"), ("en", "The preview has ended.")])
def test_ended_it_says_so(tmp_path: Path, language: str, words: str) -> None:
    with preview(tmp_path, language) as editor:
        os.kill(editor.process.pid, signal.SIGINT)
        out, _ = editor.process.communicate(timeout=20)
        assert editor.process.returncode == 0 and out.strip() == words and editor.terminal() == ""


def test_the_version_is_that_of_a_page_s_making(editor: Editor) -> None:
    """A page that was made before a save knows it, however late its script runs."""
    old = editor.version
    editor.save("夜里关灯", "夜里熄灯")
    with urllib.request.urlopen(f"{editor.address}{PAGE}") as answer:
        assert f'data-version="{editor.version}"'.encode() in answer.read() and editor.version != old
