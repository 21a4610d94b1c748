"""The pages in a real browser: nothing scrolls sideways, the ledger filters and sorts, no script fails."""

from __future__ import annotations

import functools
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = pytest.mark.skipif(CHROMIUM is None and not os.environ.get("CI"), reason="no Chromium is installed")

PROBE = """<!doctype html><meta charset="utf-8"><pre id="result"></pre><script>
const [width, path] = location.hash.slice(1).split("|");
const frame = document.createElement("iframe");
frame.style = `border:0;width:${width}px;height:900px`;
frame.src = path;
frame.onload = () => setTimeout(() => {
  const page = frame.contentDocument, root = page.documentElement;
  const wide = [...page.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1
    && !e.closest(".vh, svg") && getComputedStyle(e).position !== "absolute").map((e) => e.tagName + "." + e.className);
  const small = [...page.querySelectorAll("nav a, .lang, button, select, input[type=search], .pager a")]
    .filter((e) => e.offsetParent && e.getBoundingClientRect().height < 43.5).map((e) => e.textContent.trim());
  const rows = [...page.querySelectorAll("table.ledger tbody tr")].filter((r) => !r.hidden).map((r) => r.id);
  document.getElementById("result").textContent = JSON.stringify({
    scroll: root.scrollWidth, client: root.clientWidth, wide: wide.slice(0, 5), small: small.slice(0, 5), rows,
    shown: page.querySelector("[data-ledger-shown]")?.textContent,
    faces: [...page.fonts].map((face) => face.status),
    fonts: frame.contentWindow.performance.getEntriesByType("resource")
      .map((each) => each.name.match(/[^/]+[.]woff2/)?.[0]).filter(Boolean),
    none: page.querySelector("[data-ledger-none]")?.hidden === false,
    chosen: page.querySelector("[data-ledger-chosen]")?.textContent,
    twin: page.querySelector("a.lang")?.search,
    address: frame.contentWindow.location.search + frame.contentWindow.location.hash,
    top: page.querySelector(":target")?.getBoundingClientRect().top,
  });
}, 400);
document.body.append(frame);
</script>"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The small city on a web server on this machine."""
    folder = tmp_path_factory.mktemp("browser")
    command = [sys.executable, str(ROOT / "build.py"), "--content", str(ROOT / "tests" / "site"), "--no-pdf"]
    subprocess.run([*command, "--output", str(folder / "site")], check=True, capture_output=True)
    (folder / "probe.html").write_text(PROBE, "utf-8")
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_port}"
        httpd.shutdown()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Keep the test's output readable."""


def look(server: str, path: str, width: int, profile: Path) -> dict[str, object]:
    """What the browser says of a page of the site at a width in CSS pixels."""
    assert CHROMIUM is not None, "Chromium is needed (tools/packages.txt)"
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    flags += [
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
        "--hide-scrollbars",
        "--window-size=1600,1000",
    ]
    done = subprocess.run(
        [CHROMIUM, *flags, f"--user-data-dir={profile}", "--virtual-time-budget=5000", "--dump-dom",
         f"{server}/probe.html#{width}|/site/{path}"],
        capture_output=True, text=True, timeout=90,
    )  # fmt: skip
    found = re.search(r'<pre id="result">(\{.*?\})</pre>', done.stdout, re.S)
    assert found, done.stderr[-500:]
    return dict(json.loads(found.group(1).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")))


PAGES = (
    *("index", "units", "ledger", "themes", "deadlines", "programmes", "glossary", "about", "method", "downloads"),
    *("dictionary", "districts/dengmi", "pledges/dengmi-3", "themes/mechanism"),
)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_scrolls_sideways(server: str, tmp_path: Path, language: str, page: str, width: int) -> None:
    seen = look(server, f"{language}/{page}.html", width, tmp_path)
    assert seen["scroll"] == seen["client"] == width, seen["wide"]
    assert seen["small"] == []
    assert "loaded" in seen["faces"] and "error" not in seen["faces"]  # type: ignore[operator]


@pytest.mark.parametrize("page", ["pledges/dengmi-3", "districts/dengmi", "ledger", "index"])
def test_a_page_in_latin_letters_loads_the_latin_part_of_the_font_alone(server: str, tmp_path: Path, page: str) -> None:
    assert look(server, f"en/{page}.html", 1000, tmp_path)["fonts"] == ["heading.woff2"]
    assert "heading-han.woff2" in look(server, f"zh/{page}.html", 1000, tmp_path)["fonts"]  # type: ignore[operator]


@pytest.mark.parametrize("query", ["", "?theme=water", "?q=yinghuo", "?q=nowhere-to-be-found&unit=zhiyuan"])
def test_the_ledger_keeps_the_row_that_its_address_names(server: str, query: str, tmp_path: Path) -> None:
    """Fitting the filters or not, the row is shown, at the top of the window or as near as the page lets it."""
    found = look(server, f"en/ledger.html{query}#zhiyuan-7", 1000, tmp_path)
    assert found["address"] == f"{query}#zhiyuan-7"
    assert "zhiyuan-7" in found["rows"] and 0 <= found["top"] < 900
    assert found["shown"].startswith(f"{len(found['rows'])} of ")


def test_the_ledger_filters_by_its_address(server: str, tmp_path: Path) -> None:
    everything = look(server, "en/ledger.html", 1200, tmp_path)
    assert len(everything["rows"]) == 15 and everything["shown"] == "15 of 15 shown"  # type: ignore[arg-type]
    water = look(server, "en/ledger.html?theme=water&unit=dengmi", 1200, tmp_path)
    assert water["rows"] == ["dengmi-1", "dengmi-4"] and water["shown"] == "2 of 15 shown"
    words = look(server, "zh/ledger.html?q=锅炉", 1200, tmp_path)
    assert words["rows"] == ["dengmi-3"]
    state = look(server, "en/ledger.html?status=accepted", 1200, tmp_path)
    assert state["rows"] == ["dengmi-3"]
    assert state["chosen"] == "Filtered by: Status Accepted and closed · 1 of 15 shown"
    assert look(server, "en/ledger.html?status=overdue", 1200, tmp_path)["rows"] == ["zhiyuan-2"]
    assert look(server, "en/ledger.html?status=past", 1200, tmp_path)["rows"] == ["zhiyuan-3"]


@pytest.mark.parametrize(
    ("address", "rows"),
    [
        ("zh/ledger.html?q=承诺停用", ["dengmi-3"]),
        ("zh/ledger.html?q=风筝行动", ["zhiyuan-3", "dengmi-3"]),
        ("en/ledger.html?q=ＫＩＴＥ%20Campaign", ["zhiyuan-3", "dengmi-3"]),
        ("zh/ledger.html?q=乙某、旧锅炉", ["dengmi-3"]),
        ("en/ledger.html?q=stop%20the%20old%20boiler", ["dengmi-3"]),
    ],
)
def test_the_ledger_finds_what_its_rows_do_not_show(server: str, tmp_path: Path, address: str, rows: list[str]) -> None:
    """Texts, signatories, programmes; capitals, full-width letters and kinds of apostrophes make no difference."""
    found = look(server, address, 1200, tmp_path)
    assert found["rows"] == rows and not found["none"]


def test_where_nothing_fits_the_ledger_says_what_to_do(server: str, tmp_path: Path) -> None:
    found = look(server, "en/ledger.html?q=nowhere-to-be-found&theme=water", 1200, tmp_path)
    assert found["rows"] == [] and found["none"]
    assert found["twin"] == "?theme=water", "a word of one language is none of the other"
