"""What the model accepts is built: names, titles and texts at their limits, places and numbers at the last there is."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from compiled import compiled
from cut_down import cut_down
from hostile import read, write
from laid_out import single_pages, words_of
from limits import content
from pypdf import PdfReader

from gazette.model.forms.words import WORD_LIMIT
from gazette.reading.wording import JOINT_LIMIT

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parent.parent


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "build.py"), *arguments, "--content", str(folder / "content")]
    command += ["--cache", str(compiled(folder / "cache")), "--messages", "en"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=os.environ)


WHOLE = ("bulletin", "parallel", "official", "booklet", "sheet", "brief")


@pytest.mark.parametrize(
    ("units", "themes", "short", "whole"), [(2, 2, "", WHOLE), (2, 21, "短", ("sheet", "brief"))], ids=["all", "themes"]
)
def test_all_documents_are_built_of_content_at_its_limits(
    units: int, themes: int, short: str, whole: tuple[str, ...], tmp_path: Path
) -> None:
    """How many themes there are is seen on one page alone."""
    content(tmp_path / "content", units, themes, short=short)
    templates = cut_down(tmp_path / "templates", *whole)
    assert "Nothing is wrong" in run(tmp_path, "check").stdout
    done = run(tmp_path, "build", "--output", str(tmp_path / "site"), "--templates", str(templates), "--jobs", "2")
    assert done.returncode == 0, done.stderr
    one_page = [*(tmp_path / "site").glob("*/brief.pdf"), *(tmp_path / "site").glob("*/sheets/*.pdf")]
    assert len(one_page) == 2 + 2 * units
    assert {len(PdfReader(path).pages) for path in one_page} == {1}


def test_words_at_their_limit_find_room_on_a_page(tmp_path: Path) -> None:
    """Every word of a sheet and of the brief is as long as a word may be."""
    folder = content(tmp_path / "content", 2, 1)
    data = read(folder / "words.yaml")
    for name in words_of(folder, tmp_path / "cache"):
        *way, last = name.split(".")
        place = data
        for step in way:
            place = place[step]
        limit = JOINT_LIMIT if way == ["gap"] else WORD_LIMIT
        place[last] = {code: (text + "改" * limit)[:limit] for code, text in place[last].items()}
    write(folder / "words.yaml", data)
    made = dict(single_pages(tmp_path / "content", tmp_path / "cache"))
    assert len(made) == 6 and {len(PdfReader(io.BytesIO(data)).pages) for data in made.values()} == {1}
