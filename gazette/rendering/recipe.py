"""The recipe key of a target: the digests of all that it is made from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache

import msgspec

from gazette.rendering.render import DOCUMENTS, RENDERERS
from gazette.rendering.templates import TemplateSet
from gazette.site.shown import short_digest
from gazette.site.target import Target
from gazette.site.views.page import Dates, Page, SiteView
from gazette.versions import package_digest, tools_of

PARTS = ("program", "template", "words", "site", "view")
"""The parts of every key, in their order. After them come those that only some keys have: `dates` of publication;
`asset:`, `slot:` and, for what is attached, `file:` with a name; `needs` for what is made from other files. A key is
kept in parts so that two of them tell what differs."""


def recipe_key(
    target: Target, template_set: TemplateSet, digests: Mapping[str, str], needed: Mapping[str, str] | None = None
) -> str:
    """The digests of a target's recipe: equal keys mean equal bytes. `digests` are those of the fragments of its slots
    (`all_slots`), `needed` those of the files that it is made from, by path."""
    template = target.template
    site, view, dates = _site_apart(target.view)
    parts = [
        _program_digest(target.maker, template_set.fonts.digest),
        "" if template is None else short_digest(template_set.digest(template).encode()),
        "" if template is None else short_digest(template_set.digest_of_words(template).encode()),
        site,
        short_digest(msgspec.msgpack.encode((target.maker, target.path, view))),
    ]
    if dates is not None:
        parts.append(f"dates={short_digest(f'{dates.first} {dates.last}'.encode())}")
    parts += [f"asset:{name}={short_digest(template_set.assets[name])}" for name in target.assets]
    parts += [f"slot:{slot.name}={short_digest(digests[slot.name].encode())}" for slot in target.slots]
    for file in target.attachments:
        recipe = f"{recipe_key(file.target, template_set, digests)} {file.day} {file.about}"
        parts.append(f"{_FILE}{file.target.path}={short_digest(recipe.encode())}")
    if needed is not None:
        parts.append(f"needs={short_digest(msgspec.msgpack.encode(sorted(needed.items())))}")
    return " ".join(parts)


_FILE = "file:"


def recipe_key_without_files(key: str) -> str:
    """The key of a document as it would be if it carried no files."""
    return " ".join(part for part in key.split(" ") if not part.startswith(_FILE))


def key_parts(key: str) -> dict[str, str]:
    """The digests of a key, by the names of its parts."""
    found = key.split(" ")
    named = (part.rpartition("=") for part in found[len(PARTS) :])
    return {**dict(zip(PARTS, found, strict=False)), **{name: digest for name, _, digest in named}}


def _site_apart(view: object) -> tuple[str, object, Dates | None]:
    """What a page says of the site, which all pages of a language have in common, as a digest; all the rest; and its
    dates of publication."""
    if not isinstance(view, Page):
        return "", view, None
    rest = msgspec.structs.asdict(view)
    return _site_digest(rest.pop("site")), rest, rest.pop("dates")


@lru_cache(maxsize=64)
def _site_digest(site: SiteView) -> str:
    return short_digest(msgspec.msgpack.encode(site))


@lru_cache(maxsize=64)
def _program_digest(maker: str, fonts: str) -> str:
    return short_digest(f"{package_digest()} {_tools((maker,), fonts)}".encode())


def _tools(makers: tuple[str, ...], fonts: str) -> str:
    return "; ".join(f"{name} {version}" for name, version in tools_of(*makers, fonts=fonts).items())


def shared_digest(context_parts: Iterable[object], template_set: TemplateSet) -> str:
    """The digest of all that every unit is made from beside its own file. Its targets may have any maker that makes
    them from a view; its fragments have no others."""
    tools = _tools(("content", *RENDERERS, *DOCUMENTS), template_set.fonts.digest)
    parts = [*map(str, context_parts), template_set.whole, package_digest(), tools]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
