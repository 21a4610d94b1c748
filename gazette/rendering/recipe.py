"""Computes the recipe key of a target: the digests of everything it is made from."""

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
"""The parts of every key, in order. Parts that only some keys have follow: `dates` of publication; `asset:`, `slot:`
and, for an attachment, `file:` with a name; `needs` for what is made from other files. A key is stored in parts so that
a comparison of two tells what differs."""


def recipe_key(
    target: Target, template_set: TemplateSet, digests: Mapping[str, str], needed: Mapping[str, str] | None = None
) -> str:
    """Return the recipe key of a target; equal keys mean equal bytes. `digests`: of the fragments in each slot of
    `all_slots`, by slot. `needed`: SHA-256 of the files it is made from, by path (None: made from none)."""
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
    """Return the key that a document would have without its attachments."""
    return " ".join(part for part in key.split(" ") if not part.startswith(_FILE))


def key_parts(key: str) -> dict[str, str]:
    """Return the digests in a key: `{name of the part: digest}`."""
    parts = key.split(" ")
    named_parts = (part.rpartition("=") for part in parts[len(PARTS) :])
    return {**dict(zip(PARTS, parts, strict=False)), **{name: digest for name, _, digest in named_parts}}


def _site_apart(view: object) -> tuple[str, object, Dates | None]:
    """Return (digest of what all pages of a language say of the site, the rest of the view, dates of publication). For
    a view that is no page: ("", view, None)."""
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
    """Return the digest of everything that every unit is made from besides its own file. Its targets may have any maker
    that works from a view; so may its fragments."""
    tools = _tools(("content", *RENDERERS, *DOCUMENTS), template_set.fonts.digest)
    parts = [*map(str, context_parts), template_set.whole, package_digest(), tools]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
