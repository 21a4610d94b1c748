"""Finds the markup that a text in a YAML file may hold, links and paragraphs, and turns it into HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec
from markupsafe import Markup, escape

from gazette.lazy_re import pattern
from gazette.model.text.flow import PART

LINK = pattern(r"\[([^\[\]\n]+)\]\(([^()\s]+)\)")
"""`[words](target)`: the only markup in a text of a YAML file. Everything else is shown as typed."""

PAGES = (
    *("index", "units", "themes", "programmes", "ledger", "deadlines", "status", "glossary", "about", "method"),
    "downloads",
)
"""The pages that a `page:` link may name."""

Resolve = Callable[[str], str]
"""Returns the address to write in this page for a link target such as `term:xiaohao`."""


class Link(msgspec.Struct, frozen=True):
    """A link in a text: its target as written, and the offset at which it begins (from 0)."""

    target: str
    offset: int


def links(text: str) -> Iterator[Link]:
    """The links of a text, in order."""
    for match in LINK.finditer(text):
        yield Link(match.group(2), match.start())


# ── what looks like a link and is none ───────────────────────────────────────

_SUSPECT = pattern(
    r"[\]］:：](?:"  # every case has one of these four, so a long text is searched quickly
    r"(?<=[\]］])\("  # [words]( …
    r"|(?<=[\]］])\s*[(（]\s*(?:term|page|https?|javascript)\s*[:：]"  # [words] (term: … , ［words］（term: …
    r"|(?<=(?:term|page)[:：])(?<![A-Za-z](?:term|page)[:：])(?=[a-z])"  # term:xiaohao outside a link
    r")"
)
_OPENING = pattern(r"!?[\[［][^\[\]［］]*\Z")
_BARE = pattern(r"(?:term|page)\Z")
_REST = pattern(r"[^()（）\n]{0,80}?[)）]|[\x21-\x7e]*")
_WORDS = pattern(r"[\[［]\s*([^\[\]［］]+?)\s*[\]］]")
_TARGET = pattern(r"(term|page)\s*[:：]\s*([a-z][a-z0-9-]*)|(https?://[^\s()（）]+)")


class Mistyped(msgspec.Struct, frozen=True):
    """Text that looks like markup and is none: as found, the offset at which it begins, the code of its message, and
    what was probably meant."""

    found: str
    offset: int
    code: str
    likely: str = ""


def mistyped(text: str) -> Iterator[Mistyped]:
    """Mistyped links and pictures, which readers would see as raw code."""
    if not looks_linked(text):
        return
    for match in LINK.finditer(text):
        if text[match.start() - 1 : match.start()] == "!":
            yield Mistyped(f"!{match.group()}", match.start() - 1, "picture")
        elif not match.group(1).strip():
            yield Mistyped(match.group(), match.start(), "link_form", f"[…]({match.group(2)})")
    rest = LINK.sub(lambda match: "\0" * len(match.group()), text)
    done = 0
    for match in _SUSPECT.finditer(rest):
        if match.start() < done:
            continue
        before = _OPENING.search(rest, 0, match.start()) or _BARE.search(rest, 0, match.start())
        tail = _REST.match(rest, match.end())
        done = tail.end() if tail else match.end()
        start = before.start() if before else match.start()
        text_found = rest[start:done].rstrip("\0")
        yield Mistyped(text_found, start, "picture" if text_found.startswith("!") else "link_form", _likely(text_found))


def _likely(found: str) -> str:
    """The link that was probably meant."""
    words, target = _WORDS.search(found), _TARGET.search(found)
    address = "term:…" if target is None else target[3] or f"{target[1]}:{target[2]}"
    return f"[{words[1] if words else '…'}]({address})"


def looks_linked(text: str) -> bool:
    """True if the text holds a link, or something that looks like one."""
    return _SUSPECT.search(text) is not None


def plain(text: str) -> str:
    """The text without its markup, for tables and descriptions."""
    return LINK.sub(r"\1", text) if "](" in text else text


def prose(text: str, resolve: Resolve, marked: Callable[[str], Markup]) -> Markup:
    """The text as HTML. `marked` escapes plain words and turns them into HTML; `resolve` gives the addresses of
    links."""
    if "](" not in text:
        return marked(text)
    parts, done = [], 0
    for match in LINK.finditer(text):
        words, target = match.groups()
        kind = ' class="term"' if target.startswith("term:") else ""
        link = f'<a{kind} href="{escape(resolve(target))}">{marked(words)}</a>'
        parts += [marked(text[done : match.start()]), link]
        done = match.end()
    return Markup("".join([*parts, marked(text[done:])]))


def in_paragraphs(words: str, kind: str = "") -> Markup:
    """The words as HTML paragraphs, separated at empty lines. All have the class `kind`, those after the first also
    `next`."""
    first, *others = str(escape(words)).split(PART)
    html = f'<p class="{kind}">{first}</p>' if kind else f"<p>{first}</p>"
    follows = f"{kind} next" if kind else "next"
    return Markup(html + "".join(f'<p class="{follows}">{each}</p>' for each in others))


def entry(words: Markup) -> Markup:
    """Words inside an element that stands for a paragraph: bare, unless they are several paragraphs."""
    return in_paragraphs(words) if PART in words else words


def printed(text: str, marked: Callable[[str], Markup], outward: Callable[[str, str], Markup]) -> Markup:
    """The text as HTML for paper. `outward` makes the HTML of a link from its words and address; links within the site
    become plain words."""
    if "](" not in text:
        return marked(text)
    out, done = Markup(""), 0
    for match in LINK.finditer(text):
        words, target = match.groups()
        if target.startswith(OUTWARD):
            out += marked(plain(text[done : match.start()])) + outward(words, target)
            done = match.end()
    return out + marked(plain(text[done:]))


OUTWARD = ("http://", "https://")
"""Beginnings of addresses outside the site."""
