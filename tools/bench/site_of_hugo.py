"""The folder that Hugo builds: the templates of `hugo/`, and the content that Gazette builds as files that Hugo reads.

What Gazette draws, joins or knows of itself is handed over ready: Hugo has no less to write, and less to do.
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
DISTRICTS = "data/districts"
HANDED = {
    "wordmark": ("index.html", r'class="wordmark"[^>]*>(<svg.*?</svg>)'),
    "steps": ("method.html", r'(<h2 id="steps">.*?)\s*</div>\s*</div>\s*</main>'),
    "dictionary": ("dictionary.html", r"</ol></nav>\s*(.*?)\s*</div>\s*</main>"),
}
"""Of each, the page that has it and where it stands there."""


def lay_out(content: Path, folder: Path) -> None:
    """Makes `folder` from a content folder."""
    shutil.copytree(TEMPLATES, folder)
    shutil.copytree(content / "districts", folder / DISTRICTS)
    for article in (content / "articles").glob("*.md"):
        if not article.name.startswith("foreword"):  # which stands in documents alone
            shutil.copy(article, folder / "content")
    sprite = Environment(loader=FileSystemLoader(OURS)).get_template("_sprite.html")
    partials = folder / "layouts" / "_partials"
    (partials / "sprite.html").write_text(sprite.render(), "utf-8")
    (partials / "sprite-ledger.html").write_text(sprite.render(only=("under-way",)), "utf-8")
    _data(content, folder / "data")


def hand_over(built: Path, folder: Path) -> None:
    """Hands over what Gazette `built` and Hugo cannot: the files that pages share, the wordmark, the table of steps,
    the data dictionary, and the pages that belong to no language."""
    shutil.copytree(built / "static", folder / "static" / "static")
    for name in ("index.html", "404.html"):
        shutil.copy(built / name, folder / "static")
    for code in LANGUAGES:
        for name, (page, pattern) in HANDED.items():
            found = re.search(pattern, (built / code / page).read_text("utf-8"), re.DOTALL)
            if found is None:
                raise LookupError(f"{page}: no {name}")
            (folder / "layouts" / "_partials" / f"{name}-{code}.html").write_text(found[1], "utf-8")


def _data(content: Path, folder: Path) -> None:
    """Shared content and the words of each language, as JSON, which Hugo reads fastest."""
    (folder / "words").mkdir(parents=True, exist_ok=True)
    for name in ("site", "themes", "programmes", "glossary"):
        _write(folder / f"{name}.json", _read(content / f"{name}.yaml"))
    words = _read(content / "words.yaml")
    for code in LANGUAGES:
        _write(folder / "words" / f"{code}.json", _in_language(words, code))


def _in_language(words: Any, code: str) -> Any:
    if not isinstance(words, dict):
        return words
    if set(words) <= set(LANGUAGES):
        return words[code]
    return {key: _in_language(value, code) for key, value in words.items()}


def _read(path: Path) -> Any:
    """A file of content, with every value as it is written: `yes` is a code here."""
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
