"""The list of what a site is made from beside its units, item by item, so that a change can be called by name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import yaml

from gazette.building.database.history import Item
from gazette.model.content import SharedContent
from gazette.reading.listing import Listing
from gazette.rendering.render import short_digest
from gazette.rendering.templates import TemplateSet
from gazette.versions import package_digest, tools_of

SETTINGS = "site.yaml"
WORDS = "words.yaml"
LISTS = ("themes.yaml", "programmes.yaml", "glossary.yaml")


def sources(listing: Listing, content: SharedContent, template_set: TemplateSet) -> dict[Item, str]:
    """Every item with its version or digest. The content is one that was found right, and the bytes are those that were
    found so.

    Values are compared, not the records that they are read into: another program may have other records.
    """
    found: dict[Item, str] = {("word", name): _digest(word) for name, word in content.words.items()}
    found |= {("setting", name): digest for name, digest in _settings(listing, content)}
    found["date", ""] = content.site.as_of.isoformat() if content.site.as_of else ""
    for name in LISTS:
        entries = _read(listing, name)
        found["file", name] = _digest(entries)
        found |= {("entry", f"{name} {entry['id']}"): _digest(entry) for entry in entries or ()}
    for id, language in content.articles:
        name = f"articles/{id}.{language}.md"
        found["file", name] = short_digest(listing.bytes_of(listing.root / name))
    found |= {("template", name): short_digest(text.encode()) for name, text in template_set.templates.items()}
    found |= {("template", name): short_digest(data) for name, data in template_set.assets.items()}
    tools = tools_of("content", "page", "pdf", "font", "text", fonts=template_set.fonts.digest)
    found |= {("tool", name): version for name, version in tools.items()}
    found["program", ""] = short_digest(package_digest().encode())
    return found


def _settings(listing: Listing, content: SharedContent) -> Iterator[tuple[str, str]]:
    """The settings as they hold: two of them may be given on the command line."""
    for name, value in (_read(listing, SETTINGS) or {}).items():
        if name not in ("as_of", "base_url"):
            yield name, _digest(value)
    yield "base_url", _digest(content.site.base_url)


def _read(listing: Listing, name: str) -> Any:
    """A YAML file as plain texts; without the comments, which change nothing."""
    return yaml.load(listing.bytes_of(listing.root / name).decode("utf-8-sig"), yaml.CBaseLoader)


def _digest(value: object) -> str:
    return short_digest(json.dumps(value, sort_keys=True).encode())
