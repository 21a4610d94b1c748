"""The templates folder: its files read, and the templates among them checked."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import jinja2
import msgspec

from gazette.files.cache import Cache
from gazette.files.litter import is_litter
from gazette.files.walk import walk
from gazette.fonts.typeface import load_fonts
from gazette.messages.problems import ContentError, Problem, reason_of
from gazette.model.forms.words import braced, names_in
from gazette.model.records.content import SharedContent
from gazette.rendering.environment import SiteEnvironment, Trees
from gazette.rendering.template_uses import TemplateUses, uses_of
from gazette.rendering.templates import TemplateSet

TEMPLATE_ENDINGS = (".html", ".css", ".xml", ".txt")

TEXT_ENDINGS = (*TEMPLATE_ENDINGS, ".js", ".json", ".svg", ".webmanifest")
"""What is text among the files of a templates folder."""


class SiteFiles(msgspec.Struct, frozen=True):
    """The files of a site, as far as templates know them: the paths that exist whatever the units are, the `assets` of
    the templates folder that targets are made from, and the `stamps` in the addresses of what pages load."""

    paths: frozenset[str]
    assets: frozenset[str]
    stamps: Mapping[str, str] = {}


def load_templates(
    folder: Path, display_path: str, content: SharedContent, files: SiteFiles, cache: Cache
) -> TemplateSet:
    """The templates of a folder, which an editor types as `display_path`. Raises ContentError where an asset is missing
    or a template cannot be read or does not fit."""
    templates, assets = _read(folder, display_path, files.assets)
    trees: Trees = {}
    uses = cache.get_or_compute(
        "templates",
        json.dumps(templates),
        lambda: _parse(templates, trees, display_path),
        dict[str, TemplateUses],
    )
    tags: dict[str, str] = {}
    for language in content.site.languages:
        tags.setdefault(language.script, language.tag)
    fonts = load_fonts(cache)
    template_set = TemplateSet(
        templates, uses, assets, content.words, tags, files.paths, fonts, display_path, cache, files.stamps
    )
    template_set.trees.update(trees)
    if problems := [*_misfits(template_set), *_unfilled(template_set)]:
        raise ContentError(problems)
    return template_set


def _read(folder: Path, display_path: str, wanted: Collection[str]) -> tuple[dict[str, str], dict[str, bytes]]:
    """The templates of the folder, and those of its files that are `wanted` as they are. Raises ContentError with all
    that are missing or cannot be read."""
    templates: dict[str, str] = {}
    assets: dict[str, bytes] = {}
    problems = []
    for name in _files_of(folder, display_path):
        path = folder / name
        try:
            if not name.startswith(("static/", ".")) and path.suffix in TEMPLATE_ENDINGS:
                templates[name] = path.read_text("utf-8")
            if name in wanted:
                assets[name] = _as_published(name, path.read_bytes())
        except OSError as error:
            problems.append(Problem.at(f"{display_path}/{name}", 0, 0, "file_unreadable", reason=reason_of(error)))
        except UnicodeDecodeError as error:
            values = {"found": f"0x{error.object[error.start]:02X}"}
            line = error.object.count(b"\n", 0, error.start) + 1
            problems.append(Problem.at(f"{display_path}/{name}", line, 1, "file_encoding", **values))
    missing = sorted({*wanted} - set(assets))
    problems += [Problem.at(f"{display_path}/{name}", 0, 0, "asset_missing", found=name) for name in missing]
    if problems:
        raise ContentError(problems)
    return templates, assets


def _as_published(name: str, data: bytes) -> bytes:
    """A file's bytes, the same whatever ends the lines of its text: a Git or an unpacker of Windows may have put others
    there."""
    return data.replace(b"\r\n", b"\n") if name.endswith(TEXT_ENDINGS) else data


def _files_of(folder: Path, display_path: str) -> list[str]:
    """The files of the templates folder, by name. Raises ContentError for a folder that cannot be read."""
    try:
        return sorted(name for name, _ in walk(folder, follow=True) if not is_litter(name.rpartition("/")[2]))
    except OSError as error:
        place = Path(error.filename or folder)
        inner = place.relative_to(folder).as_posix() if place.is_relative_to(folder) else "."
        path = display_path if inner == "." else f"{display_path}/{inner}"
        raise ContentError([Problem.of_folder(path, "folder_unreadable", reason=reason_of(error))]) from None


def _parse(templates: Mapping[str, str], trees: Trees, display_path: str) -> dict[str, TemplateUses]:
    """What each template uses; their `trees` are put down. Raises ContentError with all that do not parse."""
    environment = SiteEnvironment()
    found, problems = {}, []
    for name, source in templates.items():
        try:
            tree = trees[name] = environment.parse(source, name)
        except jinja2.TemplateSyntaxError as error:
            words = (error.message or "syntax").rstrip(".")
            problems.append(Problem.at(f"{display_path}/{name}", error.lineno, 1, "template_syntax", found=words))
            continue
        found[name] = uses_of(tree)
    if problems:
        raise ContentError(problems)
    return found


def _misfits(template_set: TemplateSet) -> Iterator[Problem]:
    """Templates that include what is not there, or use words that do not exist."""
    for name in sorted(template_set.templates):
        try:
            template_set.closure(name)
        except ContentError as error:
            yield from error.problems
        for word, line in template_set.uses[name].words:
            if word not in template_set.words_below:
                yield Problem.at(template_set.file(name), line, 1, "template_word", found=word)


def _unfilled(template_set: TemplateSet) -> Iterator[Problem]:
    """The words that hold `{names}` that a template does not fill in, each with the first such template."""
    reported = set()
    for name in sorted(template_set.templates):
        for filled in template_set.uses[name].filled:
            texts = template_set.words.get(filled.word, {}).values()
            unknown = {each for text in texts for each in names_in(text) or ()} - {*filled.names}
            if unknown and filled.word not in reported:
                reported.add(filled.word)
                values = {"names": braced(unknown), "expected": braced({*filled.names})}
                yield Problem.at(
                    template_set.file(name), filled.line, 1, "template_word_names", found=filled.word, **values
                )
