"""Turns the Markdown of articles into HTML: CommonMark with tables, without raw HTML, adapted to Chinese."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
from markupsafe import Markup

from gazette.lazy_re import pattern
from gazette.model.text.flow import is_wide, leaves_a_space
from gazette.model.text.markup import OUTWARD, Resolve

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.rules_inline.state_inline import Scanned
    from markdown_it.token import Token


class Piece(msgspec.Struct, frozen=True):
    """A piece of an article's line. `kind` is `link` (its target), `picture` (its address), `words` (plain words), or
    `read`: the words as readers see them, with backslashes and numeric entities (`&#…;`) resolved. `line` is counted
    from 0."""

    kind: str
    text: str
    line: int


def parse(body: str) -> tuple[Sequence[Token], dict[str, Any]]:
    """Parse a Markdown body. Returns its tokens, and the parser's notes (`references`). Escaped characters and numeric
    entities are tokens of their own."""
    parser = _markdown()
    parser.core.ruler.disable("text_join")
    noted: dict[str, Any] = {}
    return parser.parse(body, noted), noted


def pieces(tokens: Iterable[Token]) -> Iterator[Piece]:
    """The links, pictures and words of `tokens`, in order. Code is left out."""
    for token in tokens:
        yield from _pieces_of(token.children or (), (token.map or [0])[0])


def _pieces_of(tokens: Iterable[Token], line: int) -> Iterator[Piece]:
    words, read, target = "", "", ""
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield from (Piece("words", words, line), Piece("read", read, line))
            words, read, line = "", "", line + 1
            continue
        if token.type == "image":
            yield Piece("picture", str(token.attrs["src"]), line)
        elif token.type == "link_close" and target:
            yield Piece("words", f"[]({target})", line)  # readers cannot see a link without words
        target = str(token.attrs["href"]) if token.type == "link_open" else ""
        if token.type == "link_open":
            yield Piece("link", target, line)
        words += token.content if token.type == "text" else "\0"
        read += token.content if token.type in ("text", "text_special") else ""
    yield from (Piece("words", words, line), Piece("read", read, line))


def paragraphs(body: str) -> tuple[str, ...]:
    """The paragraphs and headings of a body that holds nothing else; otherwise the whole body as one."""
    if _BLOCKS.search(body):
        return (body,)
    return tuple(part for part in _BETWEEN.split(body.strip()) if part)


_BETWEEN = pattern(r"\n\s*\n")
_BLOCKS = pattern(r"(?m)^(?:[ \t]+\S|[-*+>|`~=]|\d+[.)])")
"""The start of a line that may begin a list, table, quotation or code, which can hold empty lines."""


def article(body: str, resolve: Resolve, marked: Callable[[str], Markup], table: str, level: int = 2) -> Markup:
    """A Markdown body as safe HTML, without raw HTML or inline styles.

    `resolve` gives the address of a link, `marked` escapes plain words, `##` becomes heading `level`. A table stands in
    a box labelled `table`, which scrolls on narrow screens.
    """
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
    """A Markdown body as HTML for paper: like `article`, with links as in `markup.printed`."""
    parser = _markdown()
    tokens = _with_level(parser.parse(body), level)
    for token in tokens:
        token.children = _joined(_printed_links(token.children)) if token.children else token.children
    parser.add_render_rule("text", lambda _self, tokens, index, *_: str(marked(tokens[index].content)))
    parser.add_render_rule("outward", lambda _self, tokens, index, *_: str(outward(*tokens[index].meta["link"])))
    return Markup(parser.renderer.render(tokens, parser.options, {}))


def _with_level(tokens: Sequence[Token], level: int) -> list[Token]:
    """The tokens with headings that begin at `level`, classes instead of inline styles, and without line ends that
    leave no space."""
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) - 2 + level)}"
        elif token.type in ("th_open", "td_open") and "style" in token.attrs:
            side = str(token.attrs.pop("style")).removeprefix("text-align:")
            token.attrs["class"] = f"to-{side}"
        elif token.children:
            token.children = [child for child in token.children if not child.hidden]
    return list(tokens)


def _printed_links(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens of a line. A link out of the site becomes one token with its plain words and address; any other link
    is replaced by its content."""
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
    """The tokens with adjacent texts merged."""
    merged: list[Token] = []
    for token in tokens:
        if token.type == "text" and merged and merged[-1].type == "text":
            merged[-1].content += token.content
        else:
            merged.append(token)
    return merged


# ── the parser ───────────────────────────────────────────────────────────────


def _markdown() -> MarkdownIt:
    """A CommonMark parser with tables and without raw HTML. It keeps every link, so that each is checked."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    parser.inline.ruler.at("emphasis", _emphasis)
    parser.core.ruler.after("inline", "line_ends", _close_up)
    return parser


def _close_up(state: StateCore) -> None:
    """Hide the line ends that leave no space."""
    for token in state.tokens:
        children = token.children or []
        for index, child in enumerate(children):
            if child.type == "softbreak":
                before = next((each.content for each in reversed(children[:index]) if each.content), "")
                after = next((each.content for each in children[index + 1 :] if each.content), "")
                if not leaves_a_space(before, after):
                    child.hidden = True


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Parse emphasis as CommonMark does, with the rule of `_flanking` for what may open or close it."""
    from markdown_it.rules_inline import emphasis

    state.scanDelims = lambda start, inside_words: _flanking(state, start, inside_words)  # type: ignore[method-assign,assignment]
    return emphasis.tokenize(state, silent)


def _flanking(state: StateInline, start: int, inside_words: bool) -> Scanned:
    """Say whether a run of `*` or `_` may open or close emphasis.

    CommonMark (6.2) asks for a space or punctuation beside a run that touches punctuation. Chinese has no spaces, so
    here a full-width character suffices, and full-width punctuation counts as a letter: **注意：**请看.
    """
    from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
    from markdown_it.rules_inline.state_inline import Scanned

    text, end = state.src, start
    while end < state.posMax and text[end] == text[start]:
        end += 1
    before = text[start - 1] if start else " "
    after = text[end] if end < state.posMax else " "
    marks = [isMdAsciiPunct(ord(each)) or isPunctChar(each) for each in (before, after)]
    spaces = [isWhiteSpace(ord(each)) for each in (before, after)]
    wide = [is_wide(each) for each in (before, after)]
    narrow = [mark and not full for mark, full in zip(marks, wide, strict=True)]
    left = not spaces[1] and (not narrow[1] or spaces[0] or marks[0] or wide[0])
    right = not spaces[0] and (not narrow[0] or spaces[1] or marks[1] or wide[1])
    opens, closes = left and (inside_words or not right or marks[0]), right and (inside_words or not left or marks[1])
    return Scanned(opens, closes, end - start)
