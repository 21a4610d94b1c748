"""Lists everything a site is made from, except units, as items: so a change has a name."""

from __future__ import annotations

import datetime
import json
from collections.abc import Container, Iterator, Sequence

import msgspec

from gazette.building.database.history import Item, Version
from gazette.model.records.content import SharedContent
from gazette.model.records.evidence_files import FOLDER as EVIDENCE
from gazette.model.records.evidence_files import Files
from gazette.model.records.notices import NoticeFile
from gazette.model.records.publications import Publications, moment_text
from gazette.model.records.shared import Programme, Term, Theme
from gazette.model.records.site import Site
from gazette.reading.files.listing import NOTICES, OF_SHARED, OF_SITE, PUBLISHED, TRANSLATIONS
from gazette.reading.published.publications import format_publications
from gazette.rendering.templates import TemplateSet
from gazette.site.shown import short_digest
from gazette.versions import MAKERS, package_digest, tools_of

SETTINGS = "site.yaml"
WORDS = "words.yaml"
LISTS = ("themes.yaml", "programmes.yaml", "glossary.yaml")


def is_notice(name: str) -> bool:
    """Return whether a content file is a notice."""
    return name.startswith(f"{NOTICES}/")


def evidence_name(name: str) -> str:
    """Return the name of a file of evidence within its folder; "" for any other content file."""
    return name.removeprefix(f"{EVIDENCE}/") if name.startswith(f"{EVIDENCE}/") else ""


def sources(
    content: SharedContent,
    notices: Sequence[NoticeFile],
    files: Files,
    template_set: TemplateSet,
    given: Container[str] = (),
) -> dict[Item, Version]:
    """Return the current version of every item. Content counts as it was read: comments and formatting do not. `given`:
    names of the settings that a command gave. After an update of this program, whose records may have other fields,
    every item may seem changed."""
    versions = {Item("word", name): _of(word) for name, word in content.words.items()}
    versions |= {Item("setting", name): _of(value, is_given=name in given) for name, value in _settings(content.site)}
    versions[Item("date", "")] = Version(content.site.as_of.isoformat() if content.site.as_of else "")
    lists: tuple[Sequence[Theme | Programme | Term], ...] = (content.themes, content.programmes, content.glossary)
    for name, entries in zip(LISTS, lists, strict=True):
        versions[Item("file", name)] = _of(entries)
        versions |= {Item("entry", entry.id, name): _of(entry) for entry in entries}
    for (id, language), article in content.articles.items():
        versions[Item("file", f"articles/{id}.{language}.md")] = _of(article)
    if content.stale:
        versions[Item("file", f"{TRANSLATIONS}/{OF_SHARED}.tsv")] = _of(content.stale)
    for edition in content.editions:
        versions[Item("file", f"editions/{edition.number}")] = _of_bytes(edition.sums.encode())
    versions |= {Item("file", f"{NOTICES}/{file.id}.yaml"): _of_notice(file) for file in notices}
    versions |= {Item("file", f"{EVIDENCE}/{file.name}"): Version(file.digest) for file in files.values()}
    versions |= {Item("template", name): _of_bytes(text.encode()) for name, text in template_set.templates.items()}
    versions |= {Item("template", name): _of_bytes(data) for name, data in template_set.assets.items()}
    tools = tools_of(*MAKERS, fonts=template_set.fonts.digest)
    versions |= {Item("tool", name): Version(version) for name, version in tools.items()}
    versions[Item("program", "")] = _of_bytes(package_digest().encode())
    return versions


def of_publication(records: Publications, moment: datetime.datetime | None) -> dict[Item, Version]:
    """Return the items about publication: the `records` of shared pages, and the `moment` that the build is for."""
    versions = {Item("moment", ""): Version(moment_text(moment) if moment else "")}
    if records:
        versions[Item("file", f"{PUBLISHED}/{OF_SITE}.tsv")] = _of_bytes(format_publications(records).encode())
    return versions


def _settings(site: Site) -> Iterator[tuple[str, object]]:
    """Yield (name, value) of each setting that differs from its default, and of the base address, but not of the
    reference date. Values may come from a command."""
    for field in msgspec.structs.fields(site):
        value = getattr(site, field.name)
        if field.name not in ("as_of", "base_url") and value != field.default:
            yield field.name, value
    yield "base_url", site.base_url


def _of_notice(file: NoticeFile) -> Version:
    return _of((file.notice, file.stale) if file.stale else file.notice, units=file.units)


def _of(value: object, is_given: bool = False, units: tuple[str, ...] = ()) -> Version:
    text = json.dumps(msgspec.to_builtins(value), sort_keys=True)
    return Version(short_digest(text.encode()), is_given, units)


def _of_bytes(data: bytes) -> Version:
    return Version(short_digest(data))
