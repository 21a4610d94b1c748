"""Reads the templates folder, and checks the templates in it."""

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
"""The endings of text files in a templates folder."""


class SiteFiles(msgspec.Struct, frozen=True):
    """The files of a site that templates know. `paths` exist whatever the units say; `assets` are the files of the
    templates folder that targets are made from; `stamps` are parts of the addresses of what pages load, by path."""

    paths: frozenset[str]
    assets: frozenset[str]
    stamps: Mapping[str, str] = {}


def load_templates(
    folder: Path, display_path: str, content: SharedContent, files: SiteFiles, cache: Cache
) -> TemplateSet:
    """Return the templates of a folder, which an editor types as `display_path`.

    Raises ContentError if an asset is missing, a template cannot be read or parsed, or it uses a template, a word or a
    name that does not exist.
    """
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
        templates=templates,
        uses=uses,
        assets=assets,
        words=content.words,
        tags=tags,
        paths=files.paths,
        fonts=fonts,
        display_path=display_path,
        cache=cache,
        stamps=files.stamps,
    )
    template_set.trees.update(trees)
    if problems := [*_misfits(template_set), *_unfilled(template_set)]:
        raise ContentError(problems)
    return template_set


def _read(folder: Path, display_path: str, wanted: Collection[str]) -> tuple[dict[str, str], dict[str, bytes]]:
    """Return the templates of the folder, and the bytes of its files that are `wanted`. Raises ContentError with all
    files that are missing or cannot be read."""
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
    """Return a file's bytes with LF line ends in texts: Git or an archive program on Windows may have written CRLF."""
    return data.replace(b"\r\n", b"\n") if name.endswith(TEXT_ENDINGS) else data


def _files_of(folder: Path, display_path: str) -> list[str]:
    """Return the names of the files in the templates folder, sorted. Raises ContentError if the folder cannot be
    read."""
    try:
        return sorted(name for name, _ in walk(folder, follow=True) if not is_litter(name.rpartition("/")[2]))
    except OSError as error:
        unreadable = Path(error.filename or folder)
        inner = unreadable.relative_to(folder).as_posix() if unreadable.is_relative_to(folder) else "."
        path = display_path if inner == "." else f"{display_path}/{inner}"
        raise ContentError([Problem.of_folder(path, "folder_unreadable", reason=reason_of(error))]) from None


def _parse(templates: Mapping[str, str], trees: Trees, display_path: str) -> dict[str, TemplateUses]:
    """Return what each template uses, and put its parsed tree into `trees`. Raises ContentError with all templates that
    do not parse."""
    environment = SiteEnvironment()
    uses, problems = {}, []
    for name, source in templates.items():
        try:
            tree = trees[name] = environment.parse(source, name)
        except jinja2.TemplateSyntaxError as error:
            words = (error.message or "syntax").rstrip(".")
            problems.append(Problem.at(f"{display_path}/{name}", error.lineno, 1, "template_syntax", found=words))
            continue
        uses[name] = uses_of(tree)
    if problems:
        raise ContentError(problems)
    return uses


def _misfits(template_set: TemplateSet) -> Iterator[Problem]:
    """Yield a problem for each template that includes a missing template or uses a word that does not exist."""
    for name in sorted(template_set.templates):
        try:
            template_set.closure(name)
        except ContentError as error:
            yield from error.problems
        for word, line in template_set.uses[name].words:
            if word not in template_set.words_below:
                yield Problem.at(template_set.file(name), line, 1, "template_word", found=word)


def _unfilled(template_set: TemplateSet) -> Iterator[Problem]:
    """Yield a problem for each word whose `{names}` a template does not fill in, with the first such template."""
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
