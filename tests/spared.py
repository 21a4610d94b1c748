"""Prints a rich document as the program does, or `plain`: without the patches that only make it faster.

python tests/spared.py plain|spared FILE.pdf
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

_ROW = """<tr><th>{n}</th><td><h2>第{n}项</h2><p>该区将开展大排查，找出潜在的环境问题。</p>
<p class="done">{tally}未收到报告 · 未写日期</p></td>
<td lang="en"><h2>Item {n}</h2><p>The district will carry out a thorough check for environmental problems, Jiang’an
included.</p><p class="done">No report received · No date stated</p></td></tr>"""

_TALLY = """<svg class="tally" viewBox="0 0 20 20"><title>{n}</title><path d="M3 3.5H17" fill="none" stroke="#1a1b1d"
stroke-width="1.3"/><path d="M10 3.5V16" fill="none" stroke="#b32d18" opacity="{fade}"/>
<rect width="4" height="4"/></svg>"""

_ROWS = "".join(_ROW.format(n=n, tally=_TALLY.format(n=n % 3, fade=0.5 if n % 4 else 1)) for n in range(1, 41))

HTML = f"""<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>试</title>
<meta name="dcterms.created" content="2031-01-01"></head><body><h1>整改承诺公开</h1><p class="float">浮动</p>
<p>硚口区将在2017年12月底前落实“零反弹”，<b>粗体</b>与<i lang="en">italics</i>并用；
<span class="moved">移位</span>。</p>
<table><thead><tr><th>№</th><th>中文</th><th lang="en">English</th></tr></thead>
<tbody>{_ROWS}</tbody></table>
<ol><li>一</li><li lang="en">two<ul><li>three</li></ul></li></ol></body></html>"""

STYLE = """@page { size: A5; @bottom-center { content: counter(page) } }
:lang(zh) { font-family: "Noto Serif SC" } :lang(en) { font-family: "Noto Serif" }
table { border-collapse: collapse; width: 100% }
td, th { border-top: 1px solid; padding: 1mm; vertical-align: baseline }
p { text-align: justify; hyphens: auto } h2 { break-after: avoid } .float { float: right; width: 25%; background: #eee }
.tally { width: 4mm; height: 4mm } i { outline: 1px solid; border-bottom: 1px dotted }
.moved { position: relative; top: 1mm }
.done { border-left: 2px solid #b32d18; padding-left: 2%; box-sizing: border-box; width: 90% }"""


def spare_nothing() -> None:
    """Leaves out the patches that only save time. None of them is imported."""
    engine = import_module("gazette.pdf.engine")
    engine.left_out = lambda: tuple(patch for patch in engine.PATCHES if not patch.is_required)  # type: ignore[attr-defined]


def start_nothing(event: str, _arguments: object) -> None:
    """To load the library takes no other process."""
    assert event not in ("subprocess.Popen", "os.posix_spawn", "os.fork"), event


if __name__ == "__main__":
    if sys.argv[1] == "plain":
        spare_nothing()
    else:
        sys.addaudithook(start_nothing)
        import_module("gazette.pdf.engine").load_weasyprint()
    from gazette.pdf import write_pdf

    Path(sys.argv[2]).write_bytes(write_pdf(HTML, stylesheets=[STYLE]))
    print(*sorted(name for name in sys.modules if name.startswith("gazette.pdf.patches.")))
