"""The way from HTML to PDF: repeatable, closed to the outside, with the bundled fonts as they are."""

from __future__ import annotations

import hashlib
import http.server
import io
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from compiled import compiled
from cut_down import cut_down
from pypdf import PdfReader
from reached import at_least_one

from gazette.fonts.typeface import FOLDER
from gazette.pdf import write_pdf
from gazette.pdf.attach import File, attach, detach
from gazette.pdf.problem import PdfProblem
from gazette.workers.limits import Limit

ROOT = Path(__file__).resolve().parent.parent
PAGE = """<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>试</title>
<meta name="dcterms.created" content="2031-01-01"></head><body><h1>整改承诺公开</h1><p>硚口区“零反弹”，<b>粗体</b>。</p>
<p lang="en">Jiang’an “quoted” <b>bold</b>.</p></body></html>"""
STYLE = """@page { size: A5 } :lang(zh) { font-family: "Noto Serif SC" } :lang(en) { font-family: "Noto Serif" }"""

PRINTED = (
    f"import hashlib, sys; sys.path.insert(0, {str(ROOT)!r}); from gazette.pdf import write_pdf; "
    f"found = hashlib.sha256(write_pdf({PAGE!r}, stylesheets=[{STYLE!r}])).hexdigest()"
)
"""What another process runs: the digest of the page as it prints it."""


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return write_pdf(PAGE, stylesheets=[STYLE])


def test_the_same_in_another_process_and_place(pdf: bytes, tmp_path: Path) -> None:
    script = f"{PRINTED}; print(found)"
    for seed in ("1", "99"):
        env = {
            "PATH": os.environ["PATH"],
            "PYTHONHASHSEED": seed,
            "LANG": "C",
            "TZ": "Asia/Tokyo",
            "HOME": str(tmp_path),
        }
        done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env=env, capture_output=True, text=True)
        assert done.stdout.strip() == hashlib.sha256(pdf).hexdigest(), done.stderr


def test_the_same_after_something_else_steered_fontconfig(pdf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    for value in ("/etc/fonts/fonts.conf", None):
        if value is None:
            monkeypatch.delenv("FONTCONFIG_FILE")
        else:
            monkeypatch.setenv("FONTCONFIG_FILE", value)
        assert write_pdf(PAGE, stylesheets=[STYLE]) == pdf


def test_the_fonts_of_the_machine_never_reach_a_document(pdf: bytes, tmp_path: Path) -> None:
    """Also where WeasyPrint was imported before, with a machine's fonts; and what comes later finds its own again."""
    other = tmp_path / "fonts.conf"
    other.write_text(f"<fontconfig><dir>{tmp_path}</dir><cachedir>/dev/null</cachedir></fontconfig>", "utf-8")
    for name, font in (("NotoSerif-Regular.ttf", "NotoSans-Regular.ttf"), ("x.ttf", "NotoSansSC-Regular.ttf")):
        (tmp_path / name).write_bytes((FOLDER / font).read_bytes())
    script = f"import os, weasyprint; {PRINTED}; print(found, os.environ.get('FONTCONFIG_FILE'))"
    for variables in ({}, {"FONTCONFIG_FILE": str(other)}):
        env = {"PATH": os.environ["PATH"], **variables}
        done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True)
        found = [hashlib.sha256(pdf).hexdigest(), variables.get("FONTCONFIG_FILE", "None")]
        assert done.stdout.split() == found, done.stderr


@pytest.mark.long
def test_nothing_is_left_in_the_folder_for_temporary_files(tmp_path: Path) -> None:
    """Two processes make documents, of which the bulletins carry files."""
    (tmp_path / "tmp").mkdir()
    templates = cut_down(tmp_path / "templates", "brief")
    command = [sys.executable, str(ROOT / "build.py"), "--content", str(ROOT / "tests" / "site"), "--jobs", "2"]
    command += ["--templates", str(templates), "--output", str(tmp_path / "site"), "--only", "pdf"]
    command += ["--cache", str(compiled(tmp_path / "cache"))]
    done = subprocess.run(command, env={**os.environ, "TMPDIR": str(tmp_path / "tmp")}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert [*(tmp_path / "site").rglob("*.pdf")] and not [*(tmp_path / "tmp").iterdir()]


def test_text_language_and_structure(pdf: bytes) -> None:
    reader = PdfReader(io.BytesIO(pdf))
    text = reader.pages[0].extract_text()
    assert "整改承诺公开" in text and "硚口区" in text and "Jiang’an" in text
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "zh-Hans" and root["/MarkInfo"]["/Marked"]


SECRET = "a secret of this machine"


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, list[str]]]:
    """A local file, a web server, and what that was asked for."""
    file = tmp_path_factory.mktemp("outside") / "secret.svg"
    file.write_text(f'<svg xmlns="http://www.w3.org/2000/svg"><title>{SECRET}</title></svg>', "utf-8")
    asked: list[str] = []

    class Ear(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Ear) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield file.as_uri(), f"http://127.0.0.1:{server.server_port}/x.svg", asked
        server.shutdown()


@pytest.mark.parametrize("where", [0, 1], ids=["file", "network"])
@pytest.mark.parametrize(
    "hostile",
    [
        '<img src="URL" alt="x">',
        '<link rel="attachment" href="URL">',
        '<link rel="stylesheet" href="URL">',
        '<style>@import url("URL");</style>',
        '<style>@font-face { font-family: x; src: url("URL") } p { font-family: x }</style>',
        '<p style="background: url(URL)">x</p>',
        '<ul style="list-style-image: url(URL)"><li>x</ul>',
        '<style>p::before { content: url("URL") }</style>',
        '<a rel="attachment" href="URL">x</a>',
        '<object data="URL"></object>',
        '<embed src="URL">',
        '<svg width="9" height="9"><title>x</title><image href="URL" width="9" height="9"/></svg>',
    ],
)
def test_nothing_from_outside_is_read(hostile: str, where: int, outside: tuple[str, str, list[str]]) -> None:
    address, asked = outside[where], outside[2]
    page = PAGE.replace("</body>", f"{hostile.replace('URL', address)}</body>")
    with pytest.raises(PdfProblem) as told:
        write_pdf(page, stylesheets=[STYLE])
    assert told.value.code == "pdf_refused" and str(told.value.values["found"]).startswith(address)
    assert asked == []


@pytest.mark.parametrize("path", ["/etc/hostname", "../../etc/hostname", "//example.org/x", "x.svg/../../y"])
def test_no_way_leads_out_of_the_assets(path: str) -> None:
    with pytest.raises(PdfProblem, match="pdf_refused"):
        write_pdf(PAGE.replace("</body>", f'<img src="{path}" alt="x"></body>'), stylesheets=[STYLE])


def test_a_style_sheet_reads_nothing_either(outside: tuple[str, str, list[str]]) -> None:
    for address in at_least_one(outside[:2]):
        with pytest.raises(PdfProblem, match="pdf_refused"):
            write_pdf(PAGE, stylesheets=[STYLE, f'p {{ background: url("{address}") }}'])
    assert outside[2] == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (f"<p>{'字' * 1_000_000}</p>", "pdf_time"),
        ('<table><tr><td colspan="1000000">x</td></tr></table>', "pdf_time"),
        (f"{'<div>' * 900}x{'</div>' * 900}", "pdf_deep"),
    ],
)
def test_what_never_ends_is_stopped(body: str, code: str) -> None:
    with pytest.raises(PdfProblem, match=code):
        limit = Limit(0.6 if code == "pdf_time" else 9, 2**40)
        write_pdf(PAGE.replace("</body>", f"{body}</body>"), stylesheets=[STYLE], limit=limit)
    assert write_pdf(PAGE, stylesheets=[STYLE])[:5] == b"%PDF-"  # and what comes next is printed as ever


@pytest.mark.long
def test_what_takes_all_memory_is_stopped() -> None:
    page = PAGE.replace("</body>", f"{'<p>字</p>' * 20_000}</body>")
    with pytest.raises(PdfProblem, match="pdf_memory"):
        write_pdf(page, stylesheets=[STYLE], limit=Limit(600, 20_000_000))


def test_listed_assets_are_read() -> None:
    picture = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>x</title><path d="M0 0H9V9Z"/></svg>'
    )
    page = PAGE.replace("</body>", '<img src="x.svg" alt="x"></body>')
    assert write_pdf(page, stylesheets=[STYLE], assets={"x.svg": picture})[:5] == b"%PDF-"


def test_a_warning_of_the_printer_is_an_error() -> None:
    with pytest.raises(PdfProblem, match="colour"):
        write_pdf(PAGE, stylesheets=[STYLE + "p { colour: red }"])


# ── files that a document carries ────────────────────────────────────────────

FILES = [File("b.json", b"{}", "乙", "2031-01-02"), File("a.csv", b"x\r\n1\r\n" * 99, "first (1)", "1970-01-01")]


@pytest.fixture(scope="module")
def carrier() -> bytes:
    return write_pdf(PAGE, stylesheets=[STYLE], carries=True)


def test_files_are_attached_and_taken_off_again(carrier: bytes) -> None:
    full = attach(carrier, FILES)
    assert full == attach(carrier, reversed(FILES)) and full.startswith(carrier)
    assert detach(full) == carrier == detach(carrier)
    reader = PdfReader(io.BytesIO(full), strict=True)
    assert {name: data for name, (data,) in reader.attachments.items()} == {file.name: file.data for file in FILES}
    (first, second) = (spec.get_object() for spec in reader.trailer["/Root"]["/AF"])
    assert (first["/Desc"], second["/Desc"]) == ("first (1)", "乙")
    assert second["/EF"]["/F"].get_object()["/Params"]["/ModDate"] == "D:20310102"
    assert reader.trailer["/ID"][0] == PdfReader(io.BytesIO(carrier)).trailer["/ID"][0] != reader.trailer["/ID"][1]
    assert "整改承诺公开" in reader.pages[0].extract_text()


def test_only_documents_of_its_own_are_changed() -> None:
    for data in (b"", b"%PDF-1.7\n", b"startxref\n5\n%%EOF\n"):
        with pytest.raises(ValueError, match="pydyf"):
            attach(data, FILES)
