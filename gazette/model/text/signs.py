"""Finds signs of markup that have no meaning where they stand, and would be shown as typed."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

import msgspec

from gazette.lazy_re import pattern
from gazette.model.text.flow import PART
from gazette.model.text.markup import LINK, Mistyped


class _Rule(msgspec.Struct, frozen=True):
    """A pattern and the code of its message. `likely` returns what was probably meant ("" if unknown), or None to
    accept the match."""

    code: str
    pattern: re.Pattern[str]
    likely: Callable[[re.Match[str]], str | None] = lambda match: ""  # noqa: ARG005


def _entity(match: re.Match[str]) -> str | None:
    """The character that an HTML entity stands for; None if HTML does not know it."""
    meant = html.unescape(match[0])
    return None if meant == match[0] or not meant.strip() else meant


def _reference(match: re.Match[str]) -> str | None:
    """The link that was probably meant; None for [1][2], the numbers of two notes."""
    return None if re.fullmatch(r"\d+", match[1]) else f"[{match[1]}](term:…)"


_EVERYWHERE = (
    _Rule("sign_tag", pattern(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>\n]*)?/?>|<!--(?:[^<\n]*?-->)?")),
    _Rule("sign_entity", pattern(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});"), _entity),
    _Rule("sign_blank", pattern(r"&(?:nbsp|ensp|emsp|thinsp|#160|#12288|#x[aA]0|#x3000);?")),
    _Rule("sign_strike", pattern(r"~~[^~\n]*(?:~~)?")),
    _Rule("sign_note", pattern(r"\[\^[^\[\]\n]+\](?:[:：])?")),
    _Rule("sign_box", pattern(r"\[([ xX])\](?=\s*$|\s(?!\s*[(（]))"), lambda match: "☐" if match[1] == " " else "☑"),
    _Rule("sign_reference", pattern(r"\[([^\[\]\n]+)\]\[[^\[\]\n]*\]"), _reference),
    _Rule("sign_table", pattern(r"(?m)^(?:[^\S\n]|\0)*[|｜].*[|｜](?:[^\S\n]|\0)*$|^[ |:]*-{3,}[ :]*\|[-:| ]*$")),
)
"""Rules for signs that are markup in no text of a site."""

_IN_YAML = (
    *_EVERYWHERE,
    _Rule("sign_bold", pattern(r"(\*\*|__)(?=[^\s*_])[^*\n]{1,200}?(?<=\S)\1|\*\*(?!\*)")),
    _Rule("sign_bold", pattern(r"(?<![0-9A-Za-z*_/])([*_])(?=[^\s*_])[^*_\n]{1,200}(?<=[^\s*_])\1(?![0-9A-Za-z*_])")),
    _Rule("sign_code", pattern(r"`+[^`\n]*`*")),
    _Rule("sign_heading", pattern(r"(?m)^(?:#{1,6} +|[#＃]{2,6}(?![#＃])).*")),
    _Rule("sign_item", pattern(r"(?m)^[-*+] +.*")),
    _Rule("sign_quote", pattern(r"(?m)^>(?! *[\d.=<>]).*")),
    _Rule("sign_backslash", pattern(r"\\[nt](?![A-Za-z])|\\$")),
)

_IN_ARTICLES = (
    *_EVERYWHERE,
    _Rule(
        "article_heading_space",
        pattern(r"(?:^(?:#{1,6}(?=\s|$)|#{2,6}|＃{1,6}|#(?=[^\d\s#]))|(?<=\0)#{2,6})[^\0]*"),
        lambda match: _spaced(match[0]),
    ),
    _Rule(
        "article_stars",
        pattern(r"\*+|(?<![0-9A-Za-z_/])_{1,2}(?=[^\s_])[^_\n]{1,200}(?<=[^\s_])_{1,2}(?![0-9A-Za-z_])"),
    ),
    _Rule("article_definition", pattern(r"^\[[^\[\]\n]+\]: +(?:https?:|term:|page:|[</#])\S*")),
    _Rule("article_ticks", pattern(r"`+")),
)

_SUSPECT = pattern(r"[*_`~<&\[\\|｜]|(?:(?m:^)|(?<=\0))[#＃>+-]")


def _spaced(found: str) -> str:
    """The heading with the space that it lacks."""
    title = found.lstrip("#＃")
    return f"{'#' * max(2, len(found) - len(title))} {title.strip()}"


def signs(text: str) -> Iterator[Mistyped]:
    """Signs of markup in a text of a YAML file that readers would see as typed. Mistyped links are not among them."""
    if _SUSPECT.search(text):
        yield from _found(text.replace(PART, " \n"), _IN_YAML)


def signs_in_words(words: str) -> Iterator[Mistyped]:
    """Signs of markup in a line of an article that Markdown took for words."""
    if _SUSPECT.search(words):
        yield from _found(words, _IN_ARTICLES)


def _found(text: str, rules: tuple[_Rule, ...]) -> Iterator[Mistyped]:
    """Matches of `rules` outside links, in the order of the rules. No part of the text is reported twice."""
    rest = LINK.sub(lambda match: "\0" * len(match[0]), text)
    for rule in rules:
        for match in rule.pattern.finditer(rest):
            likely = rule.likely(match)
            if likely is not None:
                yield Mistyped(text[match.start() : match.end()].strip(), match.start(), rule.code, likely)
                rest = rest[: match.start()] + "\0" * len(match[0]) + rest[match.end() :]
