"""The list of what a site is made from beside its units, item by item, so that a change can be called by name."""

from __future__ import annotations

import datetime
import json
from collections.abc import Container, Iterator, Sequence

import msgspec

from gazette.building.database.history import Item
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
GIVEN = "given "
"""What the digest of a setting begins with that a command gave in place of the one in the file."""
LISTS = ("themes.yaml", "programmes.yaml", "glossary.yaml")


def is_notice(name: str) -> bool:
    """Whether a content file is a notice's."""
    return name.startswith(f"{NOTICES}/")


def evidence_name(name: str) -> str:
    """The name of a content file that is evidence, in the folder of these; empty for any other."""
    return name.removeprefix(f"{EVIDENCE}/") if name.startswith(f"{EVIDENCE}/") else ""


def sources(
    content: SharedContent,
    notices: Sequence[NoticeFile],
    files: Files,
    template_set: TemplateSet,
    given: Container[str] = (),
) -> dict[Item, str]:
    """Every item with its version or digest. What counts of the content is what is read from it: neither comments nor
    the way in which it is written. `given` are the settings that a command gave. A program with other records may find
    all of it changed, beside itself."""
    found: dict[Item, str] = {("word", name): _digest(word) for name, word in content.words.items()}
    found |= {
        ("setting", name): f"{GIVEN}{digest}" if name in given else digest for name, digest in _settings(content.site)
    }
    found["date", ""] = content.site.as_of.isoformat() if content.site.as_of else ""
    lists: tuple[Sequence[Theme | Programme | Term], ...] = (content.themes, content.programmes, content.glossary)
    for name, entries in zip(LISTS, lists, strict=True):
        found["file", name] = _digest(entries)
        found |= {("entry", f"{name} {entry.id}"): _digest(entry) for entry in entries}
    for (id, language), article in content.articles.items():
        found["file", f"articles/{id}.{language}.md"] = _digest(article)
    if content.stale:
        found["file", f"{TRANSLATIONS}/{OF_SHARED}.tsv"] = _digest(content.stale)
    for edition in content.editions:
        found["file", f"editions/{edition.number}"] = short_digest(edition.sums.encode())
    found |= {("file", f"{NOTICES}/{file.id}.yaml"): _of_notice(file) for file in notices}
    found |= {("file", f"{EVIDENCE}/{file.name}"): file.digest for file in files.values()}
    found |= {("template", name): short_digest(text.encode()) for name, text in template_set.templates.items()}
    found |= {("template", name): short_digest(data) for name, data in template_set.assets.items()}
    tools = tools_of(*MAKERS, fonts=template_set.fonts.digest)
    found |= {("tool", name): version for name, version in tools.items()}
    found["program", ""] = short_digest(package_digest().encode())
    return found


def of_publication(records: Publications, moment: datetime.datetime | None) -> dict[Item, str]:
    """The items that tell of publication: the `records` of the pages that all units share, and the `moment` that a
    build is for."""
    found = {("moment", ""): moment_text(moment) if moment else ""}
    if records:
        found["file", f"{PUBLISHED}/{OF_SITE}.tsv"] = short_digest(format_publications(records).encode())
    return found


def _settings(site: Site) -> Iterator[tuple[str, str]]:
    """The settings as they hold, but for the date: a command may give some of them. Those that are as if they were
    not there are left out."""
    for field in msgspec.structs.fields(site):
        value = getattr(site, field.name)
        if field.name not in ("as_of", "base_url") and value != field.default:
            yield field.name, _digest(value)
    yield "base_url", _digest(site.base_url)


def _of_notice(file: NoticeFile) -> str:
    """A notice's digest, and the units whose pledges it names."""
    said = (file.notice, file.stale) if file.stale else file.notice
    return " ".join((_digest(said), *file.units))


def concerns(notice: str, unit: str) -> bool:
    """Whether a notice, as `sources` tells of it, names a pledge of a unit; none that is not there does."""
    return unit in notice.split(" ")[1:]


def _digest(value: object) -> str:
    return short_digest(json.dumps(msgspec.to_builtins(value), sort_keys=True).encode())
