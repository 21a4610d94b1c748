"""The folder that Hugo builds: the templates of `hugo/` and the content that Gazette builds, as files of the kinds that
Hugo reads. What Gazette draws or joins and Hugo cannot (fonts, wordmark, style sheets in one file) is handed to it ready.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader

TEMPLATES = Path(__file__).resolve().parent / "hugo"
OURS = Path(__file__).resolve().parents[2] / "templates"
LANGUAGES = ("zh", "en")


def lay_out(content: Path, built: Path, folder: Path) -> None:
    """Makes `folder` from a content folder, and from the site that Gazette `built` of it."""
    shutil.copytree(TEMPLATES, folder)
    shutil.copytree(content / "districts", folder / "assets" / "districts")
    shutil.copytree(built / "static", folder / "static" / "static")
    _data(content, folder / "data")
    for article in (content / "articles").glob("*.md"):
        shutil.copy(article, folder / "content")
    partials = folder / "layouts" / "_partials"
    sprite = Environment(loader=FileSystemLoader(OURS)).get_template("_sprite.html").render()
    (partials / "sprite.html").write_text(sprite, "utf-8")
    for code in LANGUAGES:
        front = (built / code / "index.html").read_text("utf-8")
        wordmark = re.search(r'class="wordmark"[^>]*>(<svg.*?</svg>)', front, re.DOTALL)
        assert wordmark is not None
        (partials / f"wordmark-{code}.html").write_text(wordmark[1], "utf-8")


def _data(content: Path, folder: Path) -> None:
    """Shared content and the words of each language, as JSON, which Hugo reads fastest."""
    (folder / "words").mkdir(parents=True)
    for name in ("site", "themes", "programmes", "glossary"):
        _write(folder / f"{name}.json", yaml.safe_load((content / f"{name}.yaml").read_text("utf-8")))
    words = yaml.safe_load((content / "words.yaml").read_text("utf-8"))
    for code in LANGUAGES:
        _write(folder / "words" / f"{code}.json", _in_language(words, code))


def _in_language(words: Any, code: str) -> Any:
    if not isinstance(words, dict):
        return words
    if set(words) <= set(LANGUAGES):
        return words[code]
    return {key: _in_language(value, code) for key, value in words.items()}


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, default=str), "utf-8")
