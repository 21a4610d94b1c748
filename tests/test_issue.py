"""The number and the day of an issue, on its cover."""

from __future__ import annotations

import re
from pathlib import Path

from compiled import compiled
from cut_down import cut_down, one_unit
from pypdf import PdfReader

import build


def test_a_cover_names_its_issue(tmp_path: Path) -> None:
    one_unit(tmp_path / "content")
    compiled(tmp_path / "cache")
    settings = tmp_path / "content" / "site.yaml"
    settings.write_text(settings.read_text("utf-8") + "bulletin: {number: 3, date: 2031-10-15}\n", "utf-8")
    cut_down(tmp_path / "templates", "bulletin")
    asked = [f"--{name}={tmp_path / name}" for name in ("content", "templates", "output", "cache")]
    assert build.main([*asked, "--executor", "serial", "--only", "pdf"]) == 0
    for code, words in (("zh", "第3期·2031年10月15日"), ("en", "No.3·15October2031")):
        cover = PdfReader(tmp_path / "output" / code / "bulletin.pdf").pages[0].extract_text()
        assert words in re.sub(r"\s", "", cover)
