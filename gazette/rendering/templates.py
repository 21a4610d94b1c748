"""Holds the templates of a site, with what each of them uses."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import cached_property

import msgspec

from gazette.files.cache import NO_CACHE, Cache
from gazette.fonts.typeface import PrintFonts
from gazette.messages.problems import ContentError, Problem
from gazette.rendering.environment import SiteEnvironment, Trees
from gazette.rendering.template_uses import TemplateUses

_ENCODER = msgspec.msgpack.Encoder(order="sorted")


class TemplateSet(msgspec.Struct, frozen=True, eq=False, dict=True):
    """All that rendering needs besides a target: the templates, what they use, the words, and the paths that exist.

    A worker receives it whole, and needs only the package besides. `tags` are the language tags by script;
    `display_path` is the templates folder as an editor types it; `cache` keeps compiled templates and drawings;
    `stamps` are parts of the addresses of what pages load (`stamps.py`).
    """

    templates: Mapping[str, str]
    uses: Mapping[str, TemplateUses]
    assets: Mapping[str, bytes]
    words: Mapping[str, Mapping[str, str]]
    tags: Mapping[str, str]
    paths: frozenset[str]
    fonts: PrintFonts
    display_path: str = "templates"
    cache: Cache = NO_CACHE
    stamps: Mapping[str, str] = {}

    @cached_property
    def trees(self) -> Trees:
        """The templates that were parsed when the folder was loaded, and are not compiled yet."""
        return {}

    @cached_property
    def environments(self) -> dict[object, SiteEnvironment]:
        """The environments of this process, by what they depend on besides the templates. Workers do not receive it."""
        return {}

    @cached_property
    def whole(self) -> str:
        """The SHA-256 of all templates and assets together."""
        total = hashlib.sha256()
        for name, data in (*self.assets.items(), *((name, text.encode()) for name, text in self.templates.items())):
            total.update(f"{len(name)} {name} {len(data)} ".encode("utf-8", "surrogateescape") + data)
        return total.hexdigest()

    @cached_property
    def closures(self) -> dict[str, tuple[str, ...]]:
        """For each template, the names of it and of all that it includes, extends or imports."""
        return {name: tuple(sorted(self.closure(name))) for name in self.templates}

    def closure(self, name: str) -> set[str]:
        """Return a template's name and those of all that it includes, extends or imports. Raises ContentError if one is
        missing."""
        reached, todo = set(), [name]
        while todo:
            current = todo.pop()
            if current in reached:
                continue
            reached.add(current)
            for inner in self.uses[current].templates:
                if inner not in self.templates:
                    raise ContentError([Problem.at(self.file(current), 1, 1, "template_missing", found=inner)])
                todo.append(inner)
        return reached

    def file(self, name: str) -> str:
        """Return a template's path as an editor types it."""
        return f"{self.display_path}/{name}"

    def words_of(self, template: str) -> dict[str, Mapping[str, str]]:
        """Return the words that a template and its parts use. `w.state[x]` uses everything below `state`."""
        used = {word for name in self.closures[template] for word, _ in self.uses[name].words}
        return {
            name: self.words[name]
            for name in sorted({name for word in used for name in self.words_below.get(word, ())})
        }

    @cached_property
    def words_below(self) -> dict[str, list[str]]:
        """The names of the words at and below each dotted name."""
        below: dict[str, list[str]] = {}
        for name in self.words:
            parts = name.split(".")
            for n in range(1, len(parts) + 1):
                below.setdefault(".".join(parts[:n]), []).append(name)
        return below

    def uses_word(self, template: str, word: str) -> bool:
        """Return whether a template or its parts use a word, which may have been deleted."""
        used = {word for name in self.closures.get(template, ()) for word, _ in self.uses[name].words}
        return any(word == name or word.startswith(f"{name}.") for name in used)

    @cached_property
    def _digests(self) -> dict[tuple[str, str], str]:
        return {}

    def digest(self, name: str) -> str:
        """Return the digest of a template with its parts. Raises ContentError if there is no such template."""
        if name not in self.templates:
            raise ContentError([Problem.at(self.file(name), 0, 0, "template_missing", found=name)])
        return self._digest("template", name, lambda: [(part, self._own[part]) for part in self.closures[name]])

    @cached_property
    def _own(self) -> dict[str, bytes]:
        """The digest of each template without its parts. It is kept, because many are parts of most."""
        return {name: hashlib.sha256(text.encode()).digest() for name, text in self.templates.items()}

    def digest_of_words(self, name: str) -> str:
        """Return the digest of the words that a template and its parts use, and of the languages' tags."""
        return self._digest("words", name, lambda: [self.words_of(name), dict(self.tags)])

    def _digest(self, what: str, name: str, recipe: Callable[[], object]) -> str:
        if (what, name) not in self._digests:
            self._digests[what, name] = hashlib.sha256(_ENCODER.encode(recipe())).hexdigest()
        return self._digests[what, name]
