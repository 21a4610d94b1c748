"""Reads the catalogue of messages: a TOML file for each language, parsed table by table when first used."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from gazette.lazy_re import pattern
from gazette.messages.plurals import inflected

FOLDER = Path(__file__).parent

FALLBACK = "en"
"""The language for users whose system uses none of the others."""

Table = Mapping[str, str]
"""`{code: text}`; a text may be a template of `str.format`."""


_HEAD = pattern(r"^\[(\w+)\].*\n", re.M)


class Catalogue:
    """The messages in one language; `text` is its TOML file. Each field is a table of it. A table is parsed when it is
    first read: a command needs few, and parsing all takes a fifth of a build with nothing to do."""

    help: Table
    console: Table
    progress: Table
    causes: Table
    problems: Table
    phrases: Table
    choices: Table
    states: Table
    reasons: Table
    preview: Table
    signing: Table
    changes: Table
    events: Table
    fields: Table
    shared: Table
    deadlines: Table
    office: Table
    columns: Table
    statement: Table
    asking: Table

    def __init__(self, text: str, language: str) -> None:
        _, *parts = _HEAD.split(text)
        self.language, self._texts = language, dict(zip(parts[::2], parts[1::2], strict=True))

    def __getattr__(self, name: str) -> Table:
        import tomllib

        if name not in TABLE_NAMES:
            raise AttributeError(name)
        table = {code: _words(text, self.language) for code, text in tomllib.loads(self._texts[name]).items()}
        setattr(self, name, table)
        return table

    def reason(self, reason: str) -> str:
        """Return a reason of a library or the system in words: ours, else the system's words for an error name
        (`EINVAL`), else `reason` as it is."""
        number = getattr(errno, reason, None)
        return self.reasons.get(reason) or (os.strerror(number) if isinstance(number, int) else reason)

    def listed_choices(self, words: Sequence[str]) -> str:
        """Return the words that a field may hold, each with its meaning in this language unless they are the same."""
        meanings = [(word, self.choices.get(word, word)) for word in words]
        choice = self.phrases["choice"]
        explained = (
            word if meaning == word else choice.format(word=word, meaning=meaning) for word, meaning in meanings
        )
        return self.phrases["between_choices"].join(explained)


TABLE_NAMES = (*Catalogue.__annotations__,)
"""The tables of a file of messages."""


class Words(str):
    """A text of the catalogue that chooses plural forms as it is filled in, by the rules of `locale` ("" for the
    fallback, which has one form for 1 and one for everything else)."""

    __slots__ = ("locale",)

    locale: str

    def format(self, *values: object, **named: object) -> str:
        """Fill in the text like `str.format`, with the plural forms that the numbers require."""
        return str.format(inflected(self, named, self.locale), *values, **named)

    def format_map(self, named: Mapping[str, object]) -> str:  # type: ignore[override]
        """Fill in the text like `str.format_map`, with the plural forms that the numbers require."""
        return str.format_map(inflected(self, named, self.locale), named)


def _words(text: str, language: str) -> Words:
    words = Words(text)
    words.locale = "" if language == FALLBACK else language
    return words


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages that have a file, the fallback last."""
    codes = {path.stem for path in FOLDER.glob("*.toml")}
    return (*sorted(codes - {FALLBACK}), FALLBACK)


@cache
def catalogue(language: str) -> Catalogue:
    """Return the messages in one of the `languages`."""
    return Catalogue((FOLDER / f"{language}.toml").read_text("utf-8"), language)


def choice_meant(found: str, expected: Sequence[str]) -> str:
    """Return which of the words in `expected` was probably meant by `found`: one whose meaning in some language `found`
    begins with (pages may say more: 已办结（销号）), or the most similar; "" if there is none."""
    if found in ("是", "true", "True") and "yes" in expected:
        return "yes"
    for choices in (catalogue(language).choices for language in languages()):
        for word in expected:
            meaning = choices.get(word, word)
            if meaning != word and found.startswith(meaning):
                return word
    import difflib

    return next(iter(difflib.get_close_matches(found.lower(), expected, 1)), "")
