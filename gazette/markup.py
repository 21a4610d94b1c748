"""Owns what content may contain beside plain words: links in a text, and Markdown in an article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec
from markupsafe import Markup

from gazette.patterns import pattern

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

LINK = pattern(r"\[([^\[\]\n]+)\]\(([^()\s]+)\)")
"""`[words](target)`: the only markup in a text of a YAML file. Everything else is shown as typed."""

PAGES = ("index", "units", "themes", "programmes", "ledger", "deadlines", "glossary", "about", "method", "downloads")
"""What `page:` may name."""

Resolve = Callable[[str], str]
"""A link target such as `term:xiaohao` → the address to write in this page."""


class Link(msgspec.Struct, frozen=True):
    """A link in a text: its target as written, and where it begins (0-based)."""

    target: str
    offset: int


def links(text: str) -> Iterator[Link]:
    """The links of a text, in order."""
    for match in LINK.finditer(text):
        yield Link(match.group(2), match.start())


# ── what looks like a link and is none ───────────────────────────────────────

_SUSPECT = pattern(
    r"[\]］:：](?:"  # every case has one of these four: a long text is searched for them alone
    r"(?<=[\]］])\("  # [words]( …
    r"|(?<=[\]］])\s*[(（]\s*(?:term|page|https?|javascript)\s*[:：]"  # [words] (term: … , ［words］（term: …
    r"|(?<=(?:term|page)[:：])(?<![A-Za-z](?:term|page)[:：])(?=[a-z])"  # term:xiaohao where no link is
    r")"
)
_OPENING = pattern(r"!?[\[［][^\[\]［］]*\Z")
_BARE = pattern(r"(?:term|page)\Z")
_REST = pattern(r"[^()（）\n]{0,80}?[)）]|[\x21-\x7e]*")
_WORDS = pattern(r"[\[［]\s*([^\[\]［］]+?)\s*[\]］]")
_TARGET = pattern(r"(term|page)\s*[:：]\s*([a-z][a-z0-9-]*)|(https?://[^\s()（）]+)")


class Mistyped(msgspec.Struct, frozen=True):
    """What looks like a link (or a picture) and is none: as found, where it begins, and the code of its message with
    what was probably meant."""

    found: str
    offset: int
    code: str
    likely: str = ""


def mistyped(text: str) -> Iterator[Mistyped]:
    """What in a text would be shown as raw code."""
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
        found = rest[start:done].rstrip("\0")
        yield Mistyped(found, start, "picture" if found.startswith("!") else "link_form", _likely(found))


def _likely(found: str) -> str:
    """The link that was probably meant."""
    words, target = _WORDS.search(found), _TARGET.search(found)
    address = "term:…" if target is None else target[3] or f"{target[1]}:{target[2]}"
    return f"[{words[1] if words else '…'}]({address})"


def looks_linked(text: str) -> bool:
    """Whether a text holds a link, or something that looks like one."""
    return _SUSPECT.search(text) is not None


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


def printed(text: str, marked: Callable[[str], Markup], outward: Callable[[str, str], Markup]) -> Markup:
    """A text as HTML for paper: `outward` makes a link of words and an address; a link to another page of the site is
    only words."""
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
"""How the address of a place outside the site begins."""


# ── articles ─────────────────────────────────────────────────────────────────


class Piece(msgspec.Struct, frozen=True):
    """What matters in an article's body: a `link` (its target), a `picture` (its address) or plain `words`; `line` is
    that of the body, from 0."""

    kind: str
    text: str
    line: int


def pieces(body: str) -> Iterator[Piece]:
    """The links, the pictures and the plain words of a Markdown body, in order. What is shown as code is left out."""
    for token in _markdown().parse(body):
        yield from _pieces_of(token.children or (), (token.map or [0])[0])


def _pieces_of(tokens: Iterable[Token], line: int) -> Iterator[Piece]:
    words, target = "", ""
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield Piece("words", words, line)
            words, line = "", line + 1
        elif token.type == "image":
            yield Piece("picture", str(token.attrs["src"]), line)
        elif token.type == "link_close" and target:
            yield Piece("words", f"[]({target})", line)  # a link without words cannot be seen
        target = str(token.attrs["href"]) if token.type == "link_open" else ""
        if token.type == "link_open":
            yield Piece("link", target, line)
        words += token.content if token.type == "text" else "\0"
    yield Piece("words", words, line)


def paragraphs(body: str) -> tuple[str, ...]:
    """The paragraphs and headings of a Markdown body that holds nothing else; otherwise all of it as one."""
    if _BLOCKS.search(body):
        return (body,)
    return tuple(part for part in _BETWEEN.split(body.strip()) if part)


_BETWEEN = pattern(r"\n\s*\n")
_BLOCKS = pattern(r"(?m)^(?:[ \t]+\S|[-*+>|`~=]|\d+[.)])")
"""What may begin a list, a table, a quotation or code, which can hold empty lines: at the start of a line."""


def article(body: str, resolve: Resolve, marked: Callable[[str], Markup], table: str, level: int = 2) -> Markup:
    """A Markdown body as safe HTML: no raw HTML, links through `resolve`, `##` becomes heading `level`. A table stands
    in a box of its own with a name (`table`), which scrolls where a screen is narrow."""
    parser = _markdown()
    tokens = _with_level(parser.parse(body), level)
    for token in tokens:
        for child in token.children or ():
            if child.type == "link_open":
                target = str(child.attrs["href"])
                child.attrs["href"] = resolve(target)
                if target.startswith("term:"):
                    child.attrs["class"] = "term"
    box = Markup('<div class="scroll" role="region" aria-label="{}" tabindex="0"><table>\n').format(table)
    parser.add_render_rule("text", lambda _self, tokens, index, *_: str(marked(tokens[index].content)))
    parser.add_render_rule("table_open", lambda *_: box)
    parser.add_render_rule("table_close", lambda *_: "</table></div>\n")
    return Markup(parser.renderer.render(tokens, parser.options, {}))


def printed_article(
    body: str, marked: Callable[[str], Markup], outward: Callable[[str, str], Markup], level: int = 2
) -> Markup:
    """A Markdown body as `article` makes it, for paper: its links as `printed` makes them."""
    parser = _markdown()
    tokens = _with_level(parser.parse(body), level)
    for token in tokens:
        token.children = _joined(_printed_links(token.children)) if token.children else token.children
    parser.add_render_rule("text", lambda _self, tokens, index, *_: str(marked(tokens[index].content)))
    parser.add_render_rule("outward", lambda _self, tokens, index, *_: str(outward(*tokens[index].meta["link"])))
    return Markup(parser.renderer.render(tokens, parser.options, {}))


def _printed_links(tokens: Iterable[Token]) -> Iterator[Token]:
    """The parts of a line, where a link out of the site is one part (its words, without their markup, and its address),
    and any other is what stands in it."""
    link: Token | None = None
    words = ""
    for token in tokens:
        if token.type == "link_open":
            link, words = token, ""
        elif token.type == "link_close" and link is not None:
            target = str(link.attrs["href"])
            if target.startswith(OUTWARD):
                link.type, link.meta = "outward", {"link": (words, target)}
                yield link
            link = None
        elif link is None or not str(link.attrs["href"]).startswith(OUTWARD):
            yield token
        else:
            words += " " if token.type in ("softbreak", "hardbreak") else token.content


def _joined(tokens: Iterable[Token]) -> list[Token]:
    """Words that follow one another, as one part."""
    found: list[Token] = []
    for token in tokens:
        if token.type == "text" and found and found[-1].type == "text":
            found[-1].content += token.content
        else:
            found.append(token)
    return found


def _with_level(tokens: list[Token], level: int) -> list[Token]:
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) - 2 + level)}"
    return tokens


def _markdown() -> MarkdownIt:
    """A CommonMark parser with tables, without raw HTML; it keeps every link, so that each is checked."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    return parser
