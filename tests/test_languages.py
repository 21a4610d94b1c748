"""Sites of one language and of three: nothing in the program knows how many there are."""

from __future__ import annotations

import itertools
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cities
import glyphs
import pytest
import yaml
from compiled import compiled
from cut_down import cut_down
from glyphs import text_of
from pypdf import PdfReader
from structure import elements

import build
from gazette.site.routes import PARALLEL


class Loader(yaml.SafeLoader):
    """YAML 1.2, as the program reads it: `yes` is a word."""


_BOOL = "tag:yaml.org,2002:bool"
Loader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in forms if tag != _BOOL]
    for first, forms in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver(_BOOL, re.compile("true|false"), ["t", "f"])


def loaded(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), Loader)


def dumped(path: Path, content: Any) -> None:
    path.unlink()  # it may be a link to a file of the project
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=10_000), "utf-8")


def rewritten(site: Path, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """The small city with every text changed; a text is a mapping with a word for each language."""

    def walk(content: Any) -> Any:
        if isinstance(content, dict):
            walked = {key: walk(value) for key, value in content.items()}
            return change(walked) if {"zh", "en"} <= walked.keys() else walked
        return [walk(each) for each in content] if isinstance(content, list) else content

    shutil.copytree(cities.CITIES["nowhere"], site)
    for path in site.rglob("*.yaml"):
        dumped(path, walk(loaded(path)))


def made(folder: Path, kinds: str, document: str) -> Path:
    """The site of the content in a folder, of whose documents one kind alone is whole, or none."""
    compiled(folder / "c")
    cut_down(folder / "templates", document)
    places = {"content": "content", "templates": "templates", "output": "o", "cache": "c"}
    asked = [f"--{name}={folder / place}" for name, place in places.items()]
    assert build.main([*asked, "--executor", "serial", "--only", kinds]) == 0
    return folder / "o"


def test_one_language_has_no_parallel_edition(tmp_path: Path) -> None:
    site = tmp_path / "content"
    rewritten(site, lambda text: {"zh": text["zh"]})
    settings = site / "site.yaml"
    content = loaded(settings)
    content["languages"] = content["languages"][:1]
    dumped(settings, content)
    for path in site.rglob("*.en.md"):
        path.unlink()
    output = made(tmp_path, "pages,pdf", "")
    assert not (output / PARALLEL).exists() and (output / "zh" / "bulletin.pdf").exists()
    assert not any(PARALLEL in page.read_text("utf-8") for page in output.rglob("*.html"))


@pytest.mark.long
def test_three_languages_stand_in_three_columns(tmp_path: Path) -> None:
    site = tmp_path / "content"
    rewritten(site, lambda text: {**text, "fr": text["en"]})
    settings = site / "site.yaml"
    content = loaded(settings)
    content["languages"].append({"code": "fr", "tag": "fr", "locale": "fr_FR", "script": "Latn", "name": "Français"})
    dumped(settings, content)
    for path in site.rglob("*.en.md"):
        shutil.copy(path, path.with_name(path.name.replace(".en.", ".fr.")))
    output = made(tmp_path, "pdf", "parallel")
    reader = PdfReader(output / PARALLEL)
    checked = 0
    for page in glyphs.lines_of(output / PARALLEL):
        rows = itertools.groupby(
            sorted((g for line in page for g in line), key=lambda g: (-round(g.y), g.x)), lambda g: round(g.y)
        )
        heads = next((row for _, each in rows if text_of(row := list(each)) == "№中文EnglishFrançais"), [])
        places = [glyph.x for glyph in heads if glyph.text in "№中EF"]
        if places:
            steps = [after - before for before, after in itertools.pairwise(places)]
            assert steps == pytest.approx([26, 242.5, 246.6], abs=0.5)
            checked += 1
    assert checked >= 4
    rows = [element for element in elements(reader) if element.get("/S") == "/TR"]
    tags = [[str(cell.get_object().get("/Lang", "")) for cell in row["/K"]] for row in rows]
    assert tags.count(["", "zh-Hans", "en", "fr"]) >= 15
