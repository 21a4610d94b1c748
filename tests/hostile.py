"""Changes every text of the small city, and every word of the interface: into what tries to be code, for one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from overfull import live_on

from gazette.model.forms.texts import TITLE_LIMIT

SITE = Path(__file__).resolve().parent / "site"
LANGUAGES = {"zh", "en"}
LINES = {"section": 120, "item": 12, "printed": 60, "icp": 120, "police": 120, "name": 120}
LINES["numbers"] = 20
"""Fields that hold a text of one language, or several, and their limits."""

Change = Callable[[str], str]


def changed(folder: Path, change: Change) -> Path:
    """The small city in `folder`, with every text and every word as `change` makes it."""
    shutil.copytree(SITE, folder)
    for path in folder.rglob("*.yaml"):
        data = read(path)
        if path.name == "words.yaml":
            data = _walk(data, lambda words: " | ".join(map(change, words.split(" | "))) if words else words)
        else:
            data = _walk(_filled(data), change)
        write(path, data)
    for path in (folder / "articles").iterdir():
        _, head, body = path.read_text("utf-8").split("---\n", 2)
        head = "".join(f"{change(line)}\n" for line in head.splitlines())
        path.write_text(f"---\n{head}---\n{body}\n\n## {change('x')}\n\n{change('x')}\n\n> {change('x')}\n", "utf-8")
    return folder


class _Plain(yaml.SafeDumper):
    """YAML without anchors, which content may not hold."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


def read(path: Path) -> Any:
    """A YAML file whose values are all texts."""
    return yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader)


def write(path: Path, data: object) -> None:
    """A YAML file as an editor may write it."""
    path.write_text(yaml.dump(data, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=10_000), "utf-8")


def _filled(data: Any) -> Any:
    """A file of the small city with what it leaves empty."""
    if isinstance(data, dict) and "publisher" in data:
        del data["base_url"]
        data["publisher"] |= {"site_code": "4201000001", "icp": "x", "police": "x"}
        data["licence_texts"] = {"name": {"zh": "x", "en": "x"}, "url": "https://example.org/?a=1&b=2"}
        for language in data["languages"]:
            language["name"] += "x"
    if isinstance(data, dict) and ("pledges" in data):
        live_on(data)
    return data


def _walk(value: Any, change: Change) -> Any:
    if isinstance(value, list):
        return [_walk(entry, change) for entry in value]
    if (
        isinstance(value, dict)
        and value
        and set(value) <= LANGUAGES
        and all(isinstance(v, str) for v in value.values())
    ):
        return {language: change(words) for language, words in value.items()}
    if isinstance(value, dict):
        return {key: _field(key, inner, change) for key, inner in value.items()}
    return value


def _field(name: str, value: Any, change: Change) -> Any:
    if isinstance(value, list) and name in LINES:
        return [_field(name, entry, change) for entry in value]
    if isinstance(value, str) and name in LINES:
        return change(value)[: LINES[name]]
    if name in ("title", "alt"):  # some are near their limit
        return _walk(value, lambda words: change(words[: TITLE_LIMIT - len(change(""))]))
    return _walk(value, change)
