"""The templates folder: what is in it, which template needs which parts and words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import jinja2
import jinja2.nodes
import msgspec

from gazette.files.cache import NO_CACHE, Cache
from gazette.files.litter import is_litter
from gazette.files.walk import walk
from gazette.fonts.typeface import PrintFonts, load_fonts
from gazette.messages.problems import ContentError, Problem, reason_of
from gazette.model.content import SharedContent
from gazette.model.fields import braced, names_in
from gazette.rendering.environment import SiteEnvironment, Trees

Words = Mapping[str, Mapping[str, str]]

TEMPLATE_ENDINGS = (".html", ".css", ".xml", ".txt")

TEXT_ENDINGS = (*TEMPLATE_ENDINGS, ".js", ".json", ".svg", ".webmanifest")
"""What is text among the files of a templates folder."""


Fill = tuple[str, int, tuple[str, ...]]
"""A word that a template fills in, the line, and the names that it fills in."""

Uses = tuple[tuple[str, ...], tuple[tuple[str, int], ...], tuple[Fill, ...]]
"""What a template refers to, the words that it uses with their lines, and those that it fills in."""


class TemplateSet(msgspec.Struct, frozen=True, eq=False, dict=True, weakref=True):
    """All that making needs beside a target: the templates with what they use, the words, and the paths that exist. It
    travels to workers whole, so a worker needs the package and nothing else. `cache` is for compiled templates
    and drawings. `stamps` stand in the addresses of what pages load (stamps.py)."""

    templates: Mapping[str, str]
    uses: Mapping[str, Uses]
    assets: Mapping[str, bytes]
    words: Words
    tags: Mapping[str, str]
    paths: frozenset[str]
    fonts: PrintFonts
    shown: str = "templates"
    cache: Cache = NO_CACHE
    stamps: Mapping[str, str] = {}

    @cached_property
    def trees(self) -> Trees:
        """The templates that were parsed when the folder was opened, and are not compiled yet."""
        return {}

    @cached_property
    def whole(self) -> str:
        """One digest over all templates and assets."""
        total = hashlib.sha256()
        for name, data in (*self.assets.items(), *((name, text.encode()) for name, text in self.templates.items())):
            total.update(f"{len(name)} {name} {len(data)} ".encode("utf-8", "surrogateescape") + data)
        return total.hexdigest()

    @cached_property
    def closures(self) -> dict[str, tuple[str, ...]]:
        """Each template with everything that it includes, extends or imports."""
        return {name: tuple(sorted(self._closure(name))) for name in self.templates}

    def _closure(self, name: str) -> set[str]:
        found, todo = set(), [name]
        while todo:
            current = todo.pop()
            if current in found:
                continue
            found.add(current)
            for inner in self.uses[current][0]:
                if inner not in self.templates:
                    raise ContentError([Problem.at(self.file(current), 1, 1, "template_missing", found=inner)])
                todo.append(inner)
        return found

    def file(self, name: str) -> str:
        """A template's path as an editor types it."""
        return f"{self.shown}/{name}"

    def words_of(self, template: str) -> dict[str, Mapping[str, str]]:
        """The words that a template and its parts use. `w.state[x]` uses everything below `state`."""
        used = {word for name in self.closures[template] for word, _ in self.uses[name][1]}
        return {
            name: self.words[name] for name in sorted({name for word in used for name in self._below.get(word, ())})
        }

    @cached_property
    def _below(self) -> dict[str, list[str]]:
        """The words at and below each dotted name."""
        found: dict[str, list[str]] = {}
        for name in self.words:
            parts = name.split(".")
            for n in range(1, len(parts) + 1):
                found.setdefault(".".join(parts[:n]), []).append(name)
        return found

    def uses_word(self, template: str, word: str) -> bool:
        """Whether a template or its parts use a word, which may be gone by now."""
        used = {word for name in self.closures.get(template, ()) for word, _ in self.uses[name][1]}
        return any(word == name or word.startswith(f"{name}.") for name in used)

    @cached_property
    def _digests(self) -> dict[tuple[str, str], str]:
        return {}

    def digest(self, name: str) -> str:
        """The digest of a template with its parts."""
        if name not in self.templates:
            raise ContentError([Problem.at(self.file(name), 0, 0, "template_missing", found=name)])
        return self._digest("template", name, lambda: [(part, self.templates[part]) for part in self.closures[name]])

    def digest_of_words(self, name: str) -> str:
        """The digest of the words that a template and its parts use, and of the languages' tags."""
        return self._digest("words", name, lambda: [self.words_of(name), dict(self.tags)])

    def _digest(self, what: str, name: str, recipe: Callable[[], object]) -> str:
        if (what, name) not in self._digests:
            text = json.dumps(recipe(), sort_keys=True)
            self._digests[what, name] = hashlib.sha256(text.encode()).hexdigest()
        return self._digests[what, name]

    def check(self) -> Iterator[Problem]:
        """Templates that include what is not there, or use words that do not exist."""
        for name in sorted(self.templates):
            try:
                self._closure(name)
            except ContentError as error:
                yield from error.problems
            for word, line in self.uses[name][1]:
                if word not in self._below:
                    yield Problem.at(self.file(name), line, 1, "template_word", found=word)
        yield from self._unfilled()

    def _unfilled(self) -> Iterator[Problem]:
        """The words that hold `{names}` that a template does not fill in, each with the first such template."""
        told = set()
        for name in sorted(self.templates):
            for word, line, filled in self.uses[name][2]:
                texts = self.words.get(word, {}).values()
                unknown = {each for text in texts for each in names_in(text) or ()} - {*filled}
                if unknown and word not in told:
                    told.add(word)
                    values = {"names": braced(unknown), "expected": braced({*filled})}
                    yield Problem.at(self.file(name), line, 1, "template_word_names", found=word, **values)


def load_templates(
    folder: Path,
    content: SharedContent,
    paths: frozenset[str],
    assets: frozenset[str],
    shown: str,
    cache: Cache,
    stamps: Mapping[str, str],
) -> TemplateSet:
    """The templates folder, read. Raises ContentError where an asset is missing or a template cannot be read."""
    templates, files, problems = {}, {}, []
    tags: dict[str, str] = {}
    for language in content.site.languages:
        tags.setdefault(language.script, language.tag)
    for name in _files_of(folder, shown):
        path = folder / name
        try:
            if not name.startswith(("static/", ".")) and path.suffix in TEMPLATE_ENDINGS:
                templates[name] = path.read_text("utf-8")
            if name in assets:
                files[name] = _as_published(name, path.read_bytes())
        except OSError as error:
            problems.append(Problem.at(f"{shown}/{name}", 0, 0, "file_unreadable", reason=reason_of(error)))
        except UnicodeDecodeError as error:
            values = {"found": f"0x{error.object[error.start]:02X}"}
            line = error.object.count(b"\n", 0, error.start) + 1
            problems.append(Problem.at(f"{shown}/{name}", line, 1, "file_encoding", **values))
    problems += [
        Problem.at(f"{shown}/{name}", 0, 0, "asset_missing", found=name) for name in sorted(assets - set(files))
    ]
    if problems:
        raise ContentError(problems)
    trees: Trees = {}
    uses = cache.get_or_compute(
        "templates", json.dumps(templates), lambda: _survey(templates, trees, shown), dict[str, Uses]
    )
    template_set = TemplateSet(
        templates, uses, files, content.words, tags, paths, load_fonts(cache), shown, cache, stamps
    )
    template_set.trees.update(trees)
    problems += template_set.check()
    if problems:
        raise ContentError(problems)
    # A preview opens the same templates again and again: what was worked out for them is kept with the kit.
    if _last and all(getattr(_last[0], name) == getattr(template_set, name) for name in template_set.__struct_fields__):
        return _last[0]
    _last[:] = [template_set]
    return template_set


def _as_published(name: str, data: bytes) -> bytes:
    """A file's bytes, the same whatever ends the lines of its text: a Git or an unpacker of Windows may have put others
    there."""
    return data.replace(b"\r\n", b"\n") if name.endswith(TEXT_ENDINGS) else data


_last: list[TemplateSet] = []


def _files_of(folder: Path, shown: str) -> list[str]:
    """The files of the templates folder, by name. Raises ContentError for a folder that cannot be read."""
    try:
        return sorted(name for name, _ in walk(folder, follow=True) if not is_litter(name.rpartition("/")[2]))
    except OSError as error:
        place = Path(error.filename or folder)
        inner = place.relative_to(folder).as_posix() if place.is_relative_to(folder) else "."
        path = shown if inner == "." else f"{shown}/{inner}"
        raise ContentError([Problem.at(path, 0, 0, "folder_unreadable", reason=reason_of(error))]) from None


def _survey(templates: Mapping[str, str], trees: Trees, shown: str) -> dict[str, Uses]:
    """What each template uses; their `trees` are put down. Raises ContentError with all that do not parse."""
    environment = SiteEnvironment()
    found, problems = {}, []
    for name, source in templates.items():
        try:
            tree = trees[name] = environment.parse(source, name)
        except jinja2.TemplateSyntaxError as error:
            words = (error.message or "syntax").rstrip(".")
            problems.append(Problem.at(f"{shown}/{name}", error.lineno, 1, "template_syntax", found=words))
            continue
        nodes = (*tree.find_all(jinja2.nodes.Node),)
        found[name] = (*_referred_in(nodes),), tuple(sorted(set(_words_in(nodes)))), tuple(_fills_in(nodes))
    if problems:
        raise ContentError(problems)
    return found


Nodes = Iterable[jinja2.nodes.Node]
"""All nodes of a template: walking its tree takes longer than looking at one of them."""


def _referred_in(nodes: Nodes) -> Iterator[str]:
    """The templates that a template includes, extends or imports, and the parts that it has poured (`part("…", …)`)."""
    for node in nodes:
        match node:
            case jinja2.nodes.Call(
                node=jinja2.nodes.Name(name="part"), args=[jinja2.nodes.Const(value=str(inner)), *_]
            ):
                yield inner
            case jinja2.nodes.Extends() | jinja2.nodes.FromImport() | jinja2.nodes.Import() | jinja2.nodes.Include():
                yield from (each.value for each in _all_of(node.template) if isinstance(each, jinja2.nodes.Const))


def _all_of(name: jinja2.nodes.Expr) -> Sequence[jinja2.nodes.Expr]:
    """The names in one of a template, or in a list of them of which the first that is there is taken."""
    return name.items if isinstance(name, (jinja2.nodes.List, jinja2.nodes.Tuple)) else (name,)


def _words_in(nodes: Nodes) -> Iterator[tuple[str, int]]:
    """The longest constant ways below `w`: `w.nav.home`, or `w.state` for `w.state[code]`."""
    steps = [node for node in nodes if isinstance(node, jinja2.nodes.Getattr)]
    inner = {id(node.node) for node in steps}
    for node in steps:
        names = _chain(node)
        if names is not None and id(node) not in inner:
            yield ".".join(names), node.lineno


def _chain(node: jinja2.nodes.Node) -> list[str] | None:
    names: list[str] = []
    while isinstance(node, jinja2.nodes.Getattr):
        names.insert(0, node.attr)
        node = node.node
    return names if isinstance(node, jinja2.nodes.Name) and node.name == "w" and names else None


def _fills_in(nodes: Nodes) -> Iterator[Fill]:
    """The words that are filled in: `fill(w.footer.source, source=…)`, `count(w.n.pledges, n)`."""
    for node in nodes:
        match node:
            case jinja2.nodes.Call(node=jinja2.nodes.Name(name=name), args=[words, *_]) if name in _FILLING:
                names = (*_FILLING[name], *(given.key for given in node.kwargs))
                either = (words.expr1, words.expr2) if isinstance(words, jinja2.nodes.CondExpr) else (words,)
                ways = (_chain(each) for each in either if each is not None)
                yield from ((".".join(way), node.lineno, names) for way in ways if way is not None)


_FILLING: dict[str, tuple[str, ...]] = {"fill": (), "count": ("n",)}
"""What fills in words, and the names that it knows itself."""
