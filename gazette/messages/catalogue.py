"""The catalogue of what people are told: a TOML file for each language, a table of which is read when something is told
in it."""

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
"""The language of those whose system speaks none of the others."""

Table = Mapping[str, str]
"""For each code a text, or a template of `str.format`."""


_HEAD = pattern(r"^\[(\w+)\].*\n", re.M)


class Catalogue:
    """What people are told in one language, as the `text` of its file; each field is a table of that. A table is read
    when it is asked for: a command says little, and all of it would take a fifth of a build with nothing to do."""

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
        """What a library or the system gave as its reason, in words: ours, those of the system for the name of one of
        its errors (`EINVAL`), else as it is."""
        number = getattr(errno, reason, None)
        return self.reasons.get(reason) or (os.strerror(number) if isinstance(number, int) else reason)

    def listed_choices(self, words: Sequence[str]) -> str:
        """The words that a field may hold, each with its meaning in this language where it does not say it itself."""
        meanings = [(word, self.choices.get(word, word)) for word in words]
        choice = self.phrases["choice"]
        shown = (word if meaning == word else choice.format(word=word, meaning=meaning) for word, meaning in meanings)
        return self.phrases["between_choices"].join(shown)


TABLE_NAMES = (*Catalogue.__annotations__,)
"""The tables of such a file."""


class Words(str):
    """A text of the catalogue, which chooses the forms beside its numbers as it is filled in, after those of a `locale`
    (none for the fallback, which has one form for 1 and one for all else)."""

    __slots__ = ("locale",)

    locale: str

    def format(self, *values: object, **named: object) -> str:
        return str.format(inflected(self, named, self.locale), *values, **named)

    def format_map(self, named: Mapping[str, object]) -> str:  # type: ignore[override]
        return str.format_map(inflected(self, named, self.locale), named)


def _words(text: str, language: str) -> Words:
    words = Words(text)
    words.locale = "" if language == FALLBACK else language
    return words


@cache
def languages() -> tuple[str, ...]:
    """The codes of the languages that there is a file for, the fallback last."""
    codes = {path.stem for path in FOLDER.glob("*.toml")}
    return (*sorted(codes - {FALLBACK}), FALLBACK)


@cache
def catalogue(language: str) -> Catalogue:
    """What is told in one of the `languages`."""
    return Catalogue((FOLDER / f"{language}.toml").read_text("utf-8"), language)


def choice_meant(found: str, expected: Sequence[str]) -> str:
    """Which of the words that a field may hold was probably meant, or nothing: the one that means in some language what
    was found (pages may say more: 已办结（销号）), or looks much like it."""
    if found in ("是", "true", "True") and "yes" in expected:
        return "yes"
    for choices in (catalogue(language).choices for language in languages()):
        for word in expected:
            meaning = choices.get(word, word)
            if meaning != word and found.startswith(meaning):
                return word
    import difflib

    return next(iter(difflib.get_close_matches(found.lower(), expected, 1)), "")
