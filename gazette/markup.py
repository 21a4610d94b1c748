"""Owns what content may contain beside plain words: links in a text, and Markdown in an article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

LINK = re.compile(r"\[([^\[\]\n]+)\]\(([^()\s]+)\)")
"""`[words](target)`: the only markup in a text of a YAML file. Everything else is shown as typed."""

PAGES = ("index", "units", "themes", "programmes", "ledger", "deadlines", "glossary", "about", "method", "downloads")
"""What `page:` may name."""

Resolve = Callable[[str], str]
"""A link target such as `term:xiaohao` → the address to write in this page."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a text: its target as written, and where it begins (0-based)."""

    target: str
    offset: int


def links(text: str) -> Iterator[Link]:
    """The links of a text, in order."""
    for match in LINK.finditer(text):
        yield Link(match.group(2), match.start())


def plain(text: str) -> str:
    """A text without its markup, as tables and descriptions show it."""
    return LINK.sub(r"\1", text) if "](" in text else text


def prose(text: str, resolve: Resolve, marked: Callable[[str], Markup]) -> Markup:
    """A text as HTML. `marked` turns plain words into HTML (escaping them); `resolve` gives the addresses."""
    if "](" not in text:
        return marked(text)
    out, done = Markup(""), 0
    for match in LINK.finditer(text):
        words, target = match.groups()
        kind = Markup(' class="term"') if target.startswith("term:") else Markup("")
        out += marked(text[done : match.start()])
        out += Markup('<a{} href="{}">{}</a>').format(kind, resolve(target), marked(words))
        done = match.end()
    return out + marked(text[done:])


# ── articles ─────────────────────────────────────────────────────────────────

_FRONT = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.S)


def split_article(text: str) -> tuple[dict[str, str], str] | None:
    """Front matter (lines of `key: value`) and body; None where the article has no front matter."""
    match = _FRONT.match(text)
    if match is None:
        return None
    pairs = (line.partition(":") for line in match.group(1).split("\n") if line.strip())
    return {key.strip(): value.strip() for key, _, value in pairs}, match.group(2)


def article_links(body: str) -> Iterator[tuple[str, int]]:
    """The link targets of a Markdown body, each with the 0-based line of its block."""
    for token in _markdown().parse(body):
        for child in token.children or ():
            if child.type == "link_open":
                yield str(child.attrs["href"]), (token.map or [0])[0]
            if child.type == "image":
                yield str(child.attrs["src"]), (token.map or [0])[0]


def article(body: str, resolve: Resolve, marked: Callable[[str], Markup], level: int = 2) -> Markup:
    """A Markdown body as safe HTML: no raw HTML, links through `resolve`, `##` becomes heading `level`."""
    parser = _markdown()
    tokens = parser.parse(body)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) - 2 + level)}"
        for child in token.children or ():
            if child.type == "link_open":
                target = str(child.attrs["href"])
                child.attrs["href"] = resolve(target)
                if target.startswith("term:"):
                    child.attrs["class"] = "term"
    parser.add_render_rule("text", lambda _self, tokens, index, *_: str(marked(tokens[index].content)))
    return Markup(parser.renderer.render(tokens, parser.options, {}))


def _markdown() -> MarkdownIt:
    """A CommonMark parser with tables, without raw HTML; it keeps every link, so that each is checked."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    return parser


def words_only(text: str) -> Markup:
    """Escaped words, nothing more."""
    return escape(text)
